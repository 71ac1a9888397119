# 访客
visit-slip-title = 访客凭条
visit-slip-came = 到访时间
visit-slip-host = 被访人
visit-slip-company = 前往单位
visit-slip-room = 房间
visit-slip-how-to-leave = 离开时请扫描此码签离，请慢走
visit-roll-title = 在楼访客点名
visit-roll-at = 打印时间
visit-roll-count = 在楼人数

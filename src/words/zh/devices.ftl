# Devices as the desk and `lodge doctor` name them, and what is wrong with one: what to do about it.

device-reader = 读卡器
device-scanner = 扫描器
device-printer = 凭条打印机
device-label-printer = 标签打印机

fault-not-found = 找不到设备：请插好，或在设置中改正端口（{ $port }）
fault-busy = 端口被其他程序占用：请关闭该程序（{ $port }）
fault-not-allowed = 无权打开端口：请把运行用户加入 dialout 组后重新启动（{ $port }）
fault-refused = 端口不接受波特率 { $baud }：请核对设置中的端口和波特率（{ $port }）
fault-unplugged = 已拔出：请重新插上（{ $port }）
fault-failed = 端口出错：请拔下设备后重新插上（{ $port }）
fault-silent = 没有应答：请打开设备电源，检查数据线和波特率
fault-stalled = 不接收数据：请打开设备电源，检查流控设置
fault-key-unreadable = 无法读取密钥文件 { $file }：请确认文件存在且有权读取，再重新启动
fault-key-malformed = { $file } 中没有可用的密钥：请写入 32 位十六进制数字（不能是出厂密钥），再重新启动
fault-no-key = 设置中没有这台读卡器的密钥：请用 key_file 指定，再重新启动
fault-default-key = 读卡器只有出厂密钥：请用 lodge install-key 写入专用密钥，或查看是否被换过
fault-wrong-key = 读卡器的密钥与 key_file 不符：请查看是否被换过
fault-no-secure-channel = 读卡器无法建立安全通道：请更换，或设置 allow_clear_text
fault-forged = 读卡器的应答无法证明真伪：请查看线路上还接了什么
fault-key-not-taken = 读卡器没有接受密钥：请重试或更换
fault-paper-out = 缺纸：请装入新纸卷
fault-cover-open = 盖子未合上：请合上
fault-cutter = 切刀卡住：请关机，取出卡住的纸，再开机
fault-offline = 已离线：请看指示灯，并按联机键
fault-head-open = 打印头或盖子未合上：请合上
fault-labels-out = 标签用完：请装入新标签卷
fault-ribbon-out = 碳带用完：请装入新碳带
fault-jammed = 标签卡住：请取出
fault-paused = 已暂停：请按暂停键
fault-temperature = 温度过高或过低：稍后自动恢复
fault-other = 报告有故障：请看指示灯
fault-labels-silent = 没有应答：请检查电源、数据线、打印头是否合上、标签和碳带是否用完

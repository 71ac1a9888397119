# What stands on paper.
slip-loan-title = 借用凭条
slip-lent-at = 借出时间
slip-due = 请于此前归还
slip-deposit = 押金
slip-number = 单号
slip-how-to-return = 归还时扫描此码或物品标签
slip-thanks = 请慢走，再见
slip-pack-title = 应急清单
slip-pack-at = 打印时间
slip-pack-inside = 在楼访客
slip-pack-keys = 钥匙
slip-pack-out = 外借物品
slip-pack-mail = 待取邮件

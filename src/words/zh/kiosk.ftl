# What the touch screen says.

# Around every page.
trial = TRIAL 试用
other-language = English
comfort = 大字 · 低位
further = 更多
back = 返回
end = 结束
done = 完成
confirm = 确认
more-time = 再等一会
still-there = 您还在吗？
home-soon = 秒后返回首页
place-my-page = 我的页面
place-type-number = 输入号码
place-card = 刷卡
place-desk = 前台
place-here = 自助服务
wait = 请稍候

# Times as people say them.
date-short-day = { $month }{ $day }日 { $weekday }
date-alone = { $month }{ $day }日
when-yesterday = 昨天 { $time }
when-today = 今天 { $time }
when-tomorrow = 明天 { $time }
when-day = { $day } { $time }
thing-labelled = { $name } { $label }
number = 单号

# Home.
greeting-morning = 上午好，欢迎光临
greeting-afternoon = 下午好，欢迎光临
greeting-evening = 晚上好，欢迎光临
tap-hint = 有卡请直接刷卡
borrow = 借用物品
give-back = 归还

# Devices that do not work.
notice-no-reader = 读卡器暂时不能使用，请输入卡号。
notice-no-scanner = 扫描器暂时不能使用，请输入编号。
notice-no-printer = { $why }借还照常，凭条稍后打印。
notice-prints-elsewhere = 凭条暂由“{ $printer }”打印机打印。
notice-paper-near-end = 打印纸快用完了，借还照常。
paper-out = 打印机缺纸。
paper-cover-open = 打印机盖未合上。
paper-cutter = 打印机切刀卡住了。
paper-offline = 打印机已离线。
paper-stalled = 打印机停住了。
paper-unplugged = 打印机未连接。
paper-silent = 打印机没有应答。

# My page.
my-hello = 您好，{ $name }
my-tenant = { $tenant } · { $room }
my-mail = 有您的邮件
my-loans = 您借的物品
my-keys = 您领的钥匙
my-nothing = 您现在没有在借的物品。
my-next = 可以办理
loan-due = 请在{ $when } 前归还
loan-late = 归还时间是{ $when }，请先归还
give-back-now = 现在归还
give-back-how = 扫描标签或凭条
key-line = 钥匙 · 挂钩 { $hook }
mail-line = { $kind } { $count } 件
mail-detail = 货位 { $shelf } · { $when } 到
mail-letter = 平信
mail-printed-matter = 平刷
mail-registered-letter = 挂号信
mail-registered-printed-matter = 挂刷
mail-airmail = 航空信
mail-parcel-slip = 包裹单
mail-parcel = 包裹
mail-money-order = 汇款单
mail-newspaper = 报纸
mail-magazine = 杂志
mail-express = 特快专递

# What can be borrowed.
choose-title = 您想借什么？
choose-detail = 请选一种，然后刷卡。
offer-free = 现有 { $count } 件
offer-free-tagged = 现有 { $count } 件，请扫描标签
offer-limit = 每人 { $count } 件，您已借满
offer-overdue = 请先归还逾期的物品
offer-none-left = 暂时没有
offer-ask-desk = 请到前台询问

# Tap, scan, type.
to-borrow = 借用：{ $thing }
tap-title = 请刷卡
tap-detail = 请把卡靠近读卡器；访客请扫描访客凭条。
scan-title = 请扫描标签
scan-detail = 请取一件，把标签对准扫描器。
give-back-title = 请扫描归还物品
give-back-detail = 请把标签或凭条上的码对准扫描器。
type-card = 输入卡号
type-number = 输入编号
type-card-title = 请输入卡号
type-card-example = 卡面上的十位数字，或 205,42220 这样的号码
type-card-wrong = 没有认出这个号码，请对照卡面再输入一次
type-tag-title = 请输入物品编号
type-tag-example = 例如 UMB-0007
type-tag-wrong = 没有认出这个编号，请对照标签再输入一次
type-any-title = 请输入物品编号或单号
type-any-example = 例如 UMB-0007 或 A-1123-0042
erase = 删除

# Terms.
confirm-title = { $name }，请确认
confirm-deposit = 押金 { $amount }，请交到前台
please-return = 请在{ $when } 前归还

# It is yours.
borrowed-title = 借好了
slip-printing = 正在打印凭条，请稍候
slip-printed = 凭条已打印，请取走
badge-printing = 正在打印访客证，请稍候
badge-printed = 访客证已打印，请佩戴好
slip-waiting = { $why }凭条稍后打印。
slip-unknown = 凭条可能没有打印出来，请到前台查看。
trouble-title = 借好了，请记下单号
trouble-note = 对不起，凭条还没有打印。归还时报单号即可。

# It is back.
returned-title = 已归还，谢谢您
returned-number = 单号 { $number }
returned-by-another = 由他人代为归还，已登记
returned-late = 归还时间已过，已登记
returned-to-desk = 请把它交给前台检查

# No, because; and what to do.
ask-desk = 请到前台咨询。
choose-another = 请另选一件，或到前台咨询。
hand-in = 请交到前台，谢谢您送回。
refused-random-number = 对不起，这里不能刷手机
refused-random-number-why = 它每次给出的号码都不同，认不出持卡人。
refused-random-number-next = 请刷实体卡。
refused-several-cards = 读到了不止一张卡
refused-several-cards-why = 同时靠近的卡会互相干扰。
refused-several-cards-next = 请取出要用的一张，单独再刷一次。
refused-read-again = 刚才没有读完整
refused-read-again-why = 卡拿开得早了一点。
refused-read-again-next = 请拿开，再放上稍等片刻。
refused-other-card = 对不起，这里不能读这种卡
refused-other-card-why = 它不是本楼使用的卡。
refused-other-card-next = 请换一张卡，或到前台办理。
refused-not-proven = 对不起，证件没有通过验证
refused-not-proven-why = 读卡器没有认可这张证件。
refused-document = 这是身份证件
refused-document-why = 这里用的是门禁卡；证件内容没有保存。
refused-document-next = 请刷门禁卡；没有卡请到前台。
refused-unknown-card = 对不起，这张卡还没有登记
refused-unknown-card-why = 这里没有这张卡的记录。
refused-unknown-card-next = 请到前台登记，马上就好。
refused-lost-card = 对不起，这张卡已挂失
refused-lost-card-why = 为保护持卡人，挂失的卡不能使用。
refused-lost-card-next = 请把卡交到前台。
refused-expired-card = 对不起，这张卡已失效
refused-expired-card-why = 卡已到期，或来访已经结束。
refused-expired-card-next = 请到前台办理；临时卡请交还前台。
refused-tenant-moved = 对不起，这张卡已停用
refused-tenant-moved-why = 持卡人的公司已经迁出本楼。
refused-seen-to = 这位访客已经安排好了
refused-seen-to-why = 前台已经答复，或访客已经离开。
refused-seen-to-next = 您不用再做什么。
refused-not-lent = 对不起，现在不能借出
refused-not-allowed = 这张卡不能借用：{ $thing }。
refused-not-allowed-next = 如果需要，请到前台，我们来想办法。
refused-limit = { $thing }每人可借 { $limit } 件，您已借满。
refused-limit-next = 归还一件后就可以再借。
refused-overdue = { $thing }的归还时间是{ $when }。
refused-overdue-next = 请先归还，然后就可以再借。
refused-none-left = 对不起，暂时没有了
refused-none-left-why = { $thing }现在没有可借的。
refused-none-left-next = 请稍后再来，或到前台咨询。
refused-unknown-tag = 对不起，没有找到这个编号
refused-unknown-tag-why = 它不在可借的物品之中。
refused-unknown-tag-next = 请再扫描一次，或到前台咨询。
refused-already-out = 对不起，这一件已经借出
refused-already-out-why = { $thing }应在{ $when } 前归还。
refused-already-out-next = 请另选一件；如果它在您手上，请先归还。
refused-unknown-return-why = 它不在借出的物品之中。
refused-unknown-return-next = 请再扫描一次，或交到前台。
refused-never-lent = 对不起，没有它的借用记录
refused-already-returned = 它已经归还了
refused-already-returned-why = { $thing }已在{ $when } 归还。
refused-already-returned-next = 不用再办理；如有疑问，请到前台。
refused-not-done = 对不起，刚才没有办成
refused-not-done-why = 系统没有及时答复。
refused-not-done-next = 请再试一次，或到前台办理。
state-available = { $thing }现在没有借出。
state-on-loan = { $thing }已经借出。
state-awaiting-check = { $thing }刚归还，前台还没有检查。
state-reserved = { $thing }已为他人预留。
state-in-repair = { $thing }正在维修。
state-retired = { $thing }已不再借出。

# Nothing works here right now.
closed-title = 暂停服务
closed-detail = 对不起，请到前台办理。
fault-cannot-write = 工作人员：数据无法写入。请检查磁盘空间和数据文件夹，按故障表 F01 处理。
fault-damaged = 工作人员：数据库已损坏，请不要删除任何文件，按故障表 F02 处理。

# The way to a company, and the desk.
call-desk = 呼叫前台
directory = 楼层指引
directory-rooms = { $rooms } 室
directory-nothing = 目前没有公司信息。
desk-called = 已呼叫前台
desk-called-detail = 请稍候，工作人员马上过来。

# Typing and signing.
key-pinyin = 拼音
key-english = 英文
key-symbols = 123
key-code = 字码
key-space = 空格
key-shift = 大写
sign-here = 请在线上签名
sign-again = 重签
sign-missing = 请先签名，再确认。

# Mail.
collect-mail = 取邮件
collect-mail-count = { $count } 件待取
mail-present = 请刷卡、扫描或输入取件码
mail-present-detail = 取件码是六位数字
mail-offered = 您的邮件都在这里
mail-on-the-way = { $count } 件正在投递途中
mail-take = 取走
mail-leave = 先不取
mail-collect = 取走 { $count } 件
mail-withheld = 不能由您领取
mail-signatory-needed = 这件邮件需要单位的签字有效人员刷卡领取。
mail-card-not-tapped = 这一步需要刷卡，输入卡号不行。
mail-sign = 请签收
mail-sign-why = 签名即表示您已收到以下邮件：
mail-done = 请取走您的邮件
mail-done-detail = 请到这个货位取件。请慢走，再见。
mail-done-shelves = 请到各货位取件。请慢走，再见。
mail-shelf = 货位
mail-taken = 您取走的邮件
mail-left = 还有 { $count } 件留在这里
mail-of-company = { $kind } · 本单位的
mail-on-behalf = { $kind } · 代 { $name } 领取
mail-refused = 对不起，现在不能领取
mail-unknown-code = 没有找到这个取件码的邮件。
mail-nothing-waits = 目前没有您的邮件。
mail-only-withheld = 有您的邮件，但不能由您领取。
mail-not-given = 一件{ $kind }没有给出，请询问前台。
mail-nothing-chosen = 您没有选择任何邮件。
mail-signature-missing = 这些邮件需要签收。
mail-gone = 这件{ $kind }刚刚已被取走或移走。
mail-not-yours = 这件{ $kind }不能由您领取。
mail-wrong-code = 对不起，取件码不对
mail-wrong-code-why = 请核对后再试，还可以试 { $count } 次。
mail-misread = 对不起，没有看清取件码
mail-misread-why = 请再扫描一次，或输入六位数字。
mail-paused = 对不起，暂时不能使用取件码
mail-paused-why = 请在{ $when } 之后再试。
mail-again = 再试一次
mail-deputies = 委托他人领取
mail-deputies-how = 让同事代您领取邮件
mail-deputies-detail = 以下人员可以代您领取邮件
mail-deputies-none = 目前没有人可以代您领取。
mail-deputy-given = 已委托
mail-deputy-withdrawn = 已取消委托
mail-new-deputy = 委托一位同事
mail-withdraw = 取消
mail-name-deputy = 委托哪位同事？
mail-name-deputy-detail = 请输入姓名，或请同事刷卡
mail-found = 请选择
mail-deputy-terms = 委托 { $name } 领取
mail-covers = 领取什么
mail-covers-all = 全部邮件
mail-covers-unsigned = 不需签收的邮件
mail-lasts = 多长时间
mail-lasts-once = 只这一次
mail-lasts-today = 今天
mail-lasts-on = 直到取消
mail-until = 到{ $when }
mail-deputy-refused = 对不起，没有委托成
mail-other-deputy = 另选一位同事
mail-deputy-not-permitted = 您不能办理这项委托。
mail-deputy-same-person = 自己的邮件不用委托，请直接刷卡领取。
mail-deputy-not-a-colleague = 这里只能委托本单位的同事，其他人请到前台办理。
mail-deputy-over = 这项委托没有内容或已经到期。
mail-deputy-not-found = 这项委托已经不在了。

# Questions at a return, several things in one go, keeping something longer, rain.
asking-title = 已归还，请回答几个问题
asking-detail = { $thing }已登记归还。
asking-whole = 完好无损吗？
asking-wiped = 您的数据清除了吗？
asking-part = { $part }也带来了吗？
asking-all-parts = 配件都带来了吗？
given-title = 请拿好
given-detail = { $thing }，不用归还。
renew = 续借
renewed-title = 已续借
borrow-another = 再借一件
so-far-lent = 刚才还借了：{ $things }
so-far-back = 刚才还归还了：{ $things }
and-also = 、
returned-turned-up = 它曾登记为遗失，谢谢您把它找回来
in-place-title = 可以开始使用了
in-place-until = 请用到{ $when } 为止，用完再扫一次标签
in-place-over = 使用结束，谢谢您
rain-title = 下雨了，刷卡取伞
rain-hint = 刷一下卡，取一把{ $umbrella }
refused-reserved = { $thing }从{ $when } 起已为他人预留。
refused-not-renewed = 对不起，不能续借
refused-not-yours = { $thing }已经归还，或不是您借的。
refused-never-renewed = { $thing }不能续借。
refused-too-often = { $thing }最多续借 { $limit } 次。
refused-renew-overdue = { $thing }已过归还时间，请先归还。
refused-not-renewed-next = 请按时归还，或到前台咨询。
state-lost = { $thing }已登记为遗失。
refused-not-inside = 对不起，这张凭条现在不能借物
refused-not-inside-why = 访客登记入内以后，凭条才可以借物。
refused-not-inside-next = 请先登记，或到前台咨询。

# Having something kept.
reserve = 预留物品
reserve-how = 选好时间，到时为您留好
reserve-kind = 请选要预留的物品
reserve-day = 请选日期
reserve-time = 请选时间
reserve-time-detail = { $thing } · { $day }
reserve-today = 今天 { $day }
reserve-tomorrow = 明天 { $day }
reserve-now = 现在
reserve-span = { $from } – { $until }
reserve-free = 可预留 { $count } 件
reserve-taken = 没有空余
reserve-own = 这段时间已有为您预留的
reserve-nothing = 对不起，近几天都不能预留。请到前台咨询。
reserved-title = 已为您预留
reserved-fetch = 请在{ $when } 前来取，过时不再保留
reserved-ready = 现在可取：刷卡，再扫标签。{ $when } 后不再保留
my-kept = 为您预留
reserved-line-ready = { $when } · 现在可取，请扫标签
reserve-cancel = 取消预留
reserve-cancelled = 预留已取消
reserve-cancelled-detail = { $when } 的{ $thing }不再为您保留。
refused-not-reserved = 对不起，不能预留
refused-reserve-limit = 这段时间已为您预留{ $thing }，每人最多 { $limit } 件。
refused-reserve-limit-next = 请换个时间，或先取消原来的预留。
refused-reserve-taken = 那时{ $thing }都有人了，要到{ $when } 才空出来。
refused-reserve-none = 那个时间不能预留{ $thing }了。
refused-reserve-another = 请另选时间，或到前台咨询。
refused-reserve-gone = { $thing }现在没有可以预留的。
refused-reserve-never = { $thing }不能预留。
refused-reserve-other = 请另选物品，或到前台咨询。

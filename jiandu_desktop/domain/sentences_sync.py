"""Sentences for the troubles of sync: code → what happened and what to do next."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "folder-missing": QT_TRANSLATE_NOOP(
        "errors",
        "找不到共享文件夹“{path}”。请检查是否连上单位网络、U盘是否插好；记录都在本机，连上后再同步即可。",
    ),
    "folder-not-jiandu": QT_TRANSLATE_NOOP(
        "errors",
        "“{path}”里没有督导室的共享数据：可能选错了文件夹，或网络盘没有挂上。什么也没有写入；请核对后重试。",
    ),
    "folder-wrong-repo": QT_TRANSLATE_NOOP(
        "errors",
        "“{path}”是“{found}”的共享文件夹，不是本单位的。什么也没有写入；请改选本单位的共享文件夹。",
    ),
    "folder-newer": QT_TRANSLATE_NOOP(
        "errors",
        "共享文件夹“{path}”由更新版本的程序建立（版式{needed}，本机支持到{known}）。请安装新版程序后再同步；本机记录不受影响。",
    ),
    "folder-root-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "共享文件夹“{path}”的标识文件（root-0001.json）损坏或被改过。什么也没有写入；请联系督导室恢复该文件。",
    ),
    "folder-taken": QT_TRANSLATE_NOOP(
        "errors", "“{path}”已经是一个督导共享文件夹（有 {name}）。请换一个空文件夹，或使用已有的督导室数据。"
    ),
    "folder-full": QT_TRANSLATE_NOOP(
        "errors",
        "共享文件夹“{path}”空间已满，还有内容没有放进去。请联系管理员清理空间后再同步；没放进去的都还在本机。",
    ),
    "folder-read-only": QT_TRANSLATE_NOOP(
        "errors",
        "共享文件夹“{path}”不允许写入（只读、写保护或没有权限）。可以接收，不能上交；请联系管理员开通写入权限，或换一个U盘。",
    ),
    "folder-no-access": QT_TRANSLATE_NOOP(
        "errors", "没有权限读取共享文件夹“{path}”里的“{file}”。请联系管理员开通读取权限。"
    ),
    "folder-unreachable": QT_TRANSLATE_NOOP(
        "errors",
        "与共享文件夹“{path}”的连接中断（{reason}）。已放入的不会重复，没放入的都在本机；请稍后再同步。",
    ),
    "folder-name-refused": QT_TRANSLATE_NOOP(
        "errors", "共享文件夹“{path}”不接受文件名“{file}”（路径可能太长）。请把共享文件夹移到更短的路径下。"
    ),
    "folder-name-taken": QT_TRANSLATE_NOOP(
        "errors", "“{path}”已有同名而内容不同的文件，没有覆盖它。请核对该文件后把它移走或改名，再同步。"
    ),
    "folder-spoils": QT_TRANSLATE_NOOP(
        "errors",
        "写入共享文件夹“{path}”的文件“{file}”读回来与原来不一样，可能是磁盘或U盘有故障。请换一个再同步；本机记录完好。",
    ),
    "device-forked": QT_TRANSLATE_NOOP(
        "errors",
        "督导室的这台电脑从旧备份恢复过，要换新的身份才能继续发布，而本机没有督导室的根密钥（office-root.key）。接收照常；请把建室那台电脑数据文件夹里的这个文件复制到本机的数据文件夹，再同步一次。",
    ),
    "sync-renewed": QT_TRANSLATE_NOOP(
        "errors", "本机从备份恢复过或整盘复制过：已换新的身份继续，从前上交的记录都取回来了，没有丢失。"
    ),
    "sync-purged": QT_TRANSLATE_NOOP(
        "errors", "督导室已确认的旧照片有 {count} 张从本机腾出（{size} MB），要看时会从共享文件夹取回。"
    ),
    "shared-edits-need-upgrade": QT_TRANSLATE_NOOP(
        "errors",
        "督导室要求用更新版本的程序修改问题台账（版式{needed}，本机支持到{known}）。督导记录照常填写和上交；请升级后再改问题。",
    ),
    "device-unknown": QT_TRANSLATE_NOOP("errors", "没有编号以“{device}”开头的电脑。请用 office devices 查看。"),
    "device-ambiguous": QT_TRANSLATE_NOOP("errors", "编号以“{device}”开头的电脑有 {count} 台，请多写几位。"),
    "device-is-office": QT_TRANSLATE_NOOP("errors", "{device} 是督导室自己的电脑，由标识文件指定，不能这样停用。"),
    "media-not-in-folder": QT_TRANSLATE_NOOP(
        "errors", "共享文件夹里暂时没有这张照片的原件，已登记索取；督导室或上交的电脑下次同步会放回去。"
    ),
    "conflict-unknown": QT_TRANSLATE_NOOP("errors", "这处不一致已经不在了，可能刚由别人处理。请刷新后再看。"),
    "conflict-needs-reason": QT_TRANSLATE_NOOP("errors", "请写明为什么这样处理，台账里要留记录。"),
    "passphrase-short": QT_TRANSLATE_NOOP("errors", "口令太短，至少要 {least} 个字符。口令是U盘丢了以后唯一的保护。"),
    "passphrase-wrong": QT_TRANSLATE_NOOP(
        "errors", "口令不对，“{path}”打不开。请核对大小写后再试；没有口令谁也打不开。"
    ),
    "parcel-unreadable": QT_TRANSLATE_NOOP(
        "errors", "“{path}”不是搬家包，或不完整、被改过，什么也没有搬。请在旧电脑上重新打包，写完等U盘灯灭再拔。"
    ),
    "parcel-newer": QT_TRANSLATE_NOOP("errors", "“{path}”由更新版本的监督打包。请先在这台电脑安装新版程序。"),
    "file-spoilt": QT_TRANSLATE_NOOP(
        "errors", "“{path}”写完读回来不一样，可能是U盘或磁盘有故障，没有留下这个文件。请换一个位置再试。"
    ),
    "moved-away": QT_TRANSLATE_NOOP(
        "errors",
        "这台电脑的督导资料已于 {day} 打包搬走（{parcel}），本机停用，免得两台各改各的。"
        "请在新电脑上使用；没有搬成的话，可以继续在本机使用。",
    ),
    # jiandu sync doctor: what a folder can do, and what to ask the network administrator for.
    "doctor-mode-rename": QT_TRANSLATE_NOOP("errors", "可以新建、改名、删除文件：按正常方式同步。"),
    "doctor-mode-direct": QT_TRANSLATE_NOOP("errors", "不能改名：直接写入并读回核对，同样安全，略慢。"),
    "doctor-mode-read-only": QT_TRANSLATE_NOOP("errors", "不能写入（{refusal}）：只能接收，不能上交。"),
    "doctor-full": QT_TRANSLATE_NOOP("errors", "空间已满，写不进去。"),
    "doctor-place-local": QT_TRANSLATE_NOOP("errors", "在本机磁盘上{system}；如由网盘程序同步，由它负责传送。"),
    "doctor-place-network": QT_TRANSLATE_NOOP("errors", "是网络共享{system}。"),
    "doctor-place-removable": QT_TRANSLATE_NOOP("errors", "是U盘或移动硬盘{system}：每个文件写完都整个读回核对。"),
    "doctor-place-file-manager": QT_TRANSLATE_NOOP("errors", "是文件管理器打开的共享（GVFS），不适合长期使用。"),
    "doctor-free": QT_TRANSLATE_NOOP("errors", "剩余空间 {free} MB。"),
    "doctor-clock": QT_TRANSLATE_NOOP("errors", "对方时钟比本机{direction} {seconds} 秒（不影响同步）。"),
    "doctor-speed": QT_TRANSLATE_NOOP("errors", "写入约每秒 {speed} MB，列一次目录 {listing} 毫秒。"),
    "doctor-spoils": QT_TRANSLATE_NOOP("errors", "写进去的内容读回来不一样：这个位置会损坏文件，不能使用。"),
    "doctor-late-listing": QT_TRANSLATE_NOOP(
        "errors", "新文件不能马上列出来（有缓存）：别的电脑晚一会儿看到，不会丢。"
    ),
    "doctor-shared-names": QT_TRANSLATE_NOOP("errors", "不阻止两台电脑同时建同名文件；各台的文件名不同，不受影响。"),
    "doctor-case": QT_TRANSLATE_NOOP("errors", "不区分大小写（Windows 共享大多如此），不受影响。"),
    "ask-write": QT_TRANSLATE_NOOP("errors", "请管理员给督学的账号开通“修改”权限（新建、写入、改名、删除）。"),
    "ask-rename": QT_TRANSLATE_NOOP("errors", "如能开通“改名”和“删除”权限，可以更快；不开也能用。"),
    "ask-space": QT_TRANSLATE_NOOP("errors", "请管理员清理或扩大空间：每次督导约需 15 MB。"),
    "ask-mount": QT_TRANSLATE_NOOP("errors", "请管理员把共享挂载为盘符或 /mnt 下的目录，不要用文件管理器打开的网址。"),
    "ask-disk": QT_TRANSLATE_NOOP("errors", "请换一个U盘，或请管理员检查存储设备和网线。"),
    "ask-clock": QT_TRANSLATE_NOOP("errors", "请管理员校准服务器的时间（NTP）。"),
    "invitation-unreadable": QT_TRANSLATE_NOOP(
        "errors", "这不是督导室的邀请文件，或文件不完整。请选择以 .jdyq 结尾的文件，或请督导室重新发送。"
    ),
    "invitation-too-long": QT_TRANSLATE_NOOP(
        "errors", "这份邀请有 {size} 字节，二维码放不下。请把邀请文件直接发给本人。"
    ),
    "invitation-forged": QT_TRANSLATE_NOOP(
        "errors", "这份以“{office}”名义的邀请文件在签发后被改过，不能使用。请当面向督导室核实并重新索取。"
    ),
    "invitation-expired": QT_TRANSLATE_NOOP(
        "errors", "“{office}”的这份邀请已于 {until} 到期。请向督导室重新索取邀请文件。"
    ),
    # Why a file of the shared folder was not taken in (sync.refusal): shown one per line after a sync.
    "refused-incomplete": QT_TRANSLATE_NOOP(
        "errors", "“{name}”还没有传完整。不用处理，下次同步会再读；一直如此请检查网盘客户端。"
    ),
    "refused-corrupt": QT_TRANSLATE_NOOP(
        "errors", "“{name}”内容损坏，没有采用。已请上交的电脑重新放入；请让该督学再同步一次。"
    ),
    "refused-bad-signature": QT_TRANSLATE_NOOP(
        "errors", "“{name}”的签名不对，没有采用。可能被人改动或放错了位置；请把此文件名告诉督导室。"
    ),
    "refused-wrong-repo": QT_TRANSLATE_NOOP("errors", "“{name}”属于别的单位，没有采用。请把它从共享文件夹移走。"),
    "refused-future-schema": QT_TRANSLATE_NOOP(
        "errors", "“{name}”由更新版本的监督写成，暂未采用（待升级）。请安装新版程序，之后会自动读入。"
    ),
    "refused-senseless": QT_TRANSLATE_NOOP(
        "errors",
        "“{name}”里有读不懂的记录，没有采用，电脑 {device} 以后的记录先不读。请把此文件名告诉督导室核查。",
    ),
    "refused-oversize": QT_TRANSLATE_NOOP("errors", "“{name}”超过允许的大小，没有采用。请把此文件名告诉督导室核查。"),
    "refused-unknown-device": QT_TRANSLATE_NOOP(
        "errors", "“{name}”来自一台没有接入的电脑（{device}），没有采用。请督导室核实并发给邀请文件。"
    ),
    "refused-revoked-device": QT_TRANSLATE_NOOP(
        "errors", "“{name}”来自已停用的电脑（{device}），没有采用；停用以前的记录照旧有效。请督导室核实。"
    ),
    "refused-bad-role": QT_TRANSLATE_NOOP(
        "errors", "“{name}”里有这台电脑无权写入的内容（{kind}），没有采用。请督导室核实电脑 {device}。"
    ),
    "refused-fork": QT_TRANSLATE_NOOP(
        "errors",
        "电脑 {device} 的记录出现两个分支（整盘复制或恢复过旧备份），“{name}”暂未采用。请督导室重新邀请该电脑。",
    ),
    "refused-missing": QT_TRANSLATE_NOOP(
        "errors", "“{name}”还不在共享文件夹里。可能仍在传输；请让上交的电脑再同步一次。"
    ),
    "refused-no-access": QT_TRANSLATE_NOOP("errors", "没有权限读取“{name}”，已跳过。请联系管理员开通读取权限。"),
    "refused-invitation-expired": QT_TRANSLATE_NOOP(
        "errors", "电脑 {device} 接入用的邀请已于 {until} 到期，“{name}”没有采用。请督导室重新邀请。"
    ),
    "refused-invitation-used": QT_TRANSLATE_NOOP(
        "errors", "电脑 {device} 接入用的邀请已被另一台电脑用过，“{name}”没有采用。请督导室另发一份邀请。"
    ),
    "refused-invitation-forged": QT_TRANSLATE_NOOP(
        "errors", "电脑 {device} 接入用的邀请不是本单位签发的，“{name}”没有采用。请督导室核实这台电脑。"
    ),
}

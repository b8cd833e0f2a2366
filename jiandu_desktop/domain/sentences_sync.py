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
        "共享文件夹里有本机从前上交、而本机现在没有的记录：本机可能从旧备份恢复过，或整盘复制到了另一台电脑。为免混乱，暂停上交，接收照常；请联系督导室重新邀请本机。",
    ),
    "invitation-unreadable": QT_TRANSLATE_NOOP(
        "errors", "这不是督导室的邀请文件，或文件不完整。请选择以 .jdyq 结尾的文件，或请督导室重新发送。"
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
    "refused-oversize": QT_TRANSLATE_NOOP("errors", "“{name}”超过允许的大小，没有采用。请把此文件名告诉督导室核查。"),
    "refused-unknown-device": QT_TRANSLATE_NOOP(
        "errors", "“{name}”来自一台没有接入的电脑（{device}),没有采用。请督导室核实并发给邀请文件。"
    ),
    "refused-revoked-device": QT_TRANSLATE_NOOP(
        "errors", "“{name}”来自已停用的电脑（{device}),没有采用；停用以前的记录照旧有效。请督导室核实。"
    ),
    "refused-bad-role": QT_TRANSLATE_NOOP(
        "errors", "“{name}”里有这台电脑无权写入的内容（{kind}),没有采用。请督导室核实电脑 {device}。"
    ),
    "refused-fork": QT_TRANSLATE_NOOP(
        "errors", "电脑 {device} 的记录出现两个分支（整盘复制或恢复过旧备份),“{name}”暂未采用。请督导室重新邀请该电脑。"
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

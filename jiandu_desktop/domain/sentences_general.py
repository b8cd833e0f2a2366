"""Sentences for the troubles of the program as a whole: code → what happened and what to do next.

An area's table looks like this one: the literal is marked for translation, names what happened, which thing, and
what to do next; values stand in braces.
"""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "database-newer": QT_TRANSLATE_NOOP(
        "errors",
        "数据库“{path}”由更新版本的监督建立（数据版本 {found}，本程序支持到 {known}）。"
        "请安装新版程序后再打开；数据没有改动。",
    ),
    "database-damaged": QT_TRANSLATE_NOOP(
        "errors", "数据库“{path}”已损坏，打不开。请从“{backups}”里最近的备份恢复，或联系督导室。"
    ),
    "backup-damaged": QT_TRANSLATE_NOOP(
        "errors", "备份“{path}”打不开或不完整（{reason}），没有恢复，现在的数据没有动。请选另一份备份。"
    ),
    "database-busy": QT_TRANSLATE_NOOP(
        "errors", "数据库“{path}”正被另一个程序占用。请关闭其他监督窗口或备份软件后重试；已答内容不会丢失。"
    ),
    "disk-failed": QT_TRANSLATE_NOOP(
        "errors",
        "读写数据库“{path}”时磁盘出错（{reason}）。此前已保存的内容都在，请先重试；"
        "反复出现时请检查磁盘，必要时从“{backups}”里的备份恢复。",
    ),
    "disk-full": QT_TRANSLATE_NOOP(
        "errors", "磁盘已满，写不进“{path}”。请清理出至少 {need} MB 空间后重试；此前已保存的内容都在。"
    ),
    "file-not-writable": QT_TRANSLATE_NOOP(
        "errors",
        "写不进文件“{path}”（{reason}）。如果它正在 Excel、WPS 或阅读器里打开，请先关闭；或换一个位置保存。",
    ),
    "file-not-found": QT_TRANSLATE_NOOP("errors", "找不到文件“{path}”。请检查文件名和位置。"),
    "file-not-readable": QT_TRANSLATE_NOOP("errors", "读不了文件“{path}”（{reason}）。请检查权限，或另存一份再试。"),
    "already-running": QT_TRANSLATE_NOOP(
        "errors", "监督已经打开了（资料夹“{path}”）。请切换到已打开的窗口；同一份数据不能同时开两次。"
    ),
    "photo-not-picture": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是照片（内容是{found}）。请选择 JPG、PNG 或 HEIC 照片；其他材料请作为附件留在学校。"
    ),
    "photo-there": QT_TRANSLATE_NOOP("errors", "“{name}”和这里已有的“{known}”是同一张照片，没有再收一次。"),
    "photo-damaged": QT_TRANSLATE_NOOP("errors", "照片“{name}”不完整或已损坏。请从手机重新传一次。"),
    "photo-too-large": QT_TRANSLATE_NOOP(
        "errors", "照片“{name}”有 {size} MB，超过上限 {limit} MB。请在手机上改用普通画质再传。"
    ),
    "media-lost": QT_TRANSLATE_NOOP(
        "errors",
        "本机存的照片或文书（{name}）丢失或已损坏。请先同步，程序会从共享文件夹取回；仍然不行请联系督导室。",
    ),
    "visit-frozen": QT_TRANSLATE_NOOP(
        "errors", "这次督导已于 {when} 定稿，不能再改。确需改动，请点“重新打开”并写明理由，另成一个修订版。"
    ),
    "visit-not-ready": QT_TRANSLATE_NOOP("errors", "还有 {count} 处必须改，改完才能定稿。请按清单逐条处理。"),
    "problem-incomplete": QT_TRANSLATE_NOOP("errors", "问题“{text}”还缺{missing}，不能下达。请补上后再试。"),
    "checklist-unknown": QT_TRANSLATE_NOOP(
        "errors", "没有找到督导表单“{form}”。请先用 jiandu office add-form 加入它，或改成已有的表单名称。"
    ),
    "not-office": QT_TRANSLATE_NOOP(
        "errors", "“{path}”里还没有督导室的数据。请先运行 jiandu office init 共享文件夹 --name 单位名称。"
    ),
    "office-exists": QT_TRANSLATE_NOOP(
        "errors", "“{path}”已经建好了督导室“{name}”。不用再次初始化；换单位请另选一个空文件夹。"
    ),
    "not-joined": QT_TRANSLATE_NOOP(
        "errors", "本机还没有接入单位。请点“接入本单位”，选督导室发给您的邀请文件（.jdyq）。"
    ),
    "import-refused": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”有 {count} 行读不了，一行也没有导入。请按下面的说明改好再导入；只要好的行，可加 --skip-bad。",
    ),
    "school-unknown": QT_TRANSLATE_NOOP("errors", "名册里没有学校“{school}”。请检查名称或代码。"),
    "inspector-unknown": QT_TRANSLATE_NOOP("errors", "督学名单里没有“{inspector}”。请检查姓名，或先导入督学名单。"),
    "inspector-ambiguous": QT_TRANSLATE_NOOP("errors", "有 {count} 位督学叫“{inspector}”。请改用督学证号加以区分。"),
    "school-ambiguous": QT_TRANSLATE_NOOP("errors", "有 {count} 所学校叫“{school}”。请改用学校代码加以区分。"),
    "no-printer": QT_TRANSLATE_NOOP(
        "errors", "这台电脑没有找到打印机。请接好打印机并装好驱动，或先另存为 PDF，到有打印机的地方打印。"
    ),
    "print-failed": QT_TRANSLATE_NOOP(
        "errors", "打印机“{printer}”没有接受打印。请检查打印机是否开机、有纸、已连接，再打印一次；文书没有变化。"
    ),
    "unexpected": QT_TRANSLATE_NOOP(
        "errors", "程序遇到了没有想到的情况。已保存的内容都在，可以继续使用；请把报告复制给技术人员。"
    ),
    "review-please-check": QT_TRANSLATE_NOOP("errors", "请核对：{message}"),
    "review-required": QT_TRANSLATE_NOOP("errors", "这一题必须作答。{message}"),
    "review-wrong": QT_TRANSLATE_NOOP("errors", "填写有误：{message}"),
    "review-veto-open": QT_TRANSLATE_NOOP("errors", "一票否决项还没有作答。"),
    "review-unanswered": QT_TRANSLATE_NOOP("errors", "还没有作答。"),
    "review-problem-missing": QT_TRANSLATE_NOOP("errors", "判为不符合，还没有写问题。"),
    "review-no-text": QT_TRANSLATE_NOOP("errors", "缺问题描述"),
    "review-no-measure": QT_TRANSLATE_NOOP("errors", "缺措施"),
    "review-no-responsible": QT_TRANSLATE_NOOP("errors", "缺责任人"),
    "review-no-due": QT_TRANSLATE_NOOP("errors", "缺期限"),
    "review-photos": QT_TRANSLATE_NOOP("errors", "要 {wanted} 张，现有 {have} 张"),
    "no-folder": QT_TRANSLATE_NOOP("errors", "还没有选共享文件夹。请在“同步”页选督导室的共享文件夹、网盘文件夹或U盘。"),
    "sync-sent": QT_TRANSLATE_NOOP("errors", "已送出 {what}，{time} 已核对。"),
    "sync-published": QT_TRANSLATE_NOOP("errors", "已发布 {what}，{time} 已核对。"),
    "sync-arrived-plan": QT_TRANSLATE_NOOP("errors", "收到 {what}。"),
    "sync-collected": QT_TRANSLATE_NOOP("errors", "收到各位督学的 {what}。"),
    "sync-arrived-visits": QT_TRANSLATE_NOOP("errors", "收到其他督学的 {what}。"),
    "count-visits": QT_TRANSLATE_NOOP("errors", "{count} 份记录"),
    "count-photos": QT_TRANSLATE_NOOP("errors", "{count} 张照片"),
    "count-documents": QT_TRANSLATE_NOOP("errors", "{count} 份文书"),
    "count-schools": QT_TRANSLATE_NOOP("errors", "{count} 所学校"),
    "count-checklists": QT_TRANSLATE_NOOP("errors", "{count} 份表单"),
    "count-assignments": QT_TRANSLATE_NOOP("errors", "{count} 项任务"),
    "count-problems": QT_TRANSLATE_NOOP("errors", "{count} 个问题"),
    "sync-refused": QT_TRANSLATE_NOOP("errors", "有 {refused} 个文件没有读入，原因见下。"),
    "sync-nothing-new": QT_TRANSLATE_NOOP("errors", "没有新内容，{time} 已核对。"),
    "folder-mode-rename": QT_TRANSLATE_NOOP("errors", "“{path}”可以正常读写，剩余空间 {free} MB。"),
    "folder-mode-direct": QT_TRANSLATE_NOOP(
        "errors", "“{path}”可以写但不能改名，将直接写入并读回核对，剩余空间 {free} MB。"
    ),
    "folder-mode-read-only": QT_TRANSLATE_NOOP(
        "errors", "“{path}”只能读不能写：可以收任务，送不出记录。请向管理员要写入权限。"
    ),
    "document-elsewhere": QT_TRANSLATE_NOOP(
        "errors", "文书 {number} 是另一台电脑签发的，本机还没有它的文件。请先同步；或到共享文件夹的“督导文书”里找。"
    ),
    "verify-genuine": QT_TRANSLATE_NOOP("errors", "这是本单位签发的 {number}，内容没有改动。"),
    "verify-changed": QT_TRANSLATE_NOOP(
        "errors", "这份文件像是 {number}，但内容与签发时不同。请以共享文件夹里的原件为准。"
    ),
    "verify-unknown": QT_TRANSLATE_NOOP("errors", "本机没有签发或收到过这份文件，无法判断真伪。请先同步再试。"),
    "verify-consistent": QT_TRANSLATE_NOOP(
        "errors", "这份文件前后一致、没有改动痕迹，但本机没有它的登记。请先同步，或请签发的督导室核对编号。"
    ),
    "demo-folder-not-empty": QT_TRANSLATE_NOOP(
        "errors", "文件夹“{path}”里已经有东西。请换一个空文件夹来建演示单位，现有文件没有改动。"
    ),
}

"""Sentences for versions of checklists, and for submissions that come in and go out."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "version-in-force": QT_TRANSLATE_NOOP("errors", "这次督导用的已经是现行版本，不需要改用。"),
    "version-outlook-old": QT_TRANSLATE_NOOP(
        "errors", "看清单的这段时间里，记录或表单又有了变化，没有改用新版本。请重新打开清单看一遍再定。"
    ),
    "submission-no-form": QT_TRANSLATE_NOOP(
        "errors", "“{name}”没有写明属于哪份检查表，导入不了。请用 ODK 工具重新导出一次。"
    ),
    "submission-form-unknown": QT_TRANSLATE_NOOP(
        "errors", "“{name}”属于检查表“{form}”，本机没有这份表。请先同步，或请督导室加入这份表。"
    ),
    "submission-version-unknown": QT_TRANSLATE_NOOP(
        "errors", "“{name}”用的是“{title}”的版本 {version}，本机只有 {known}。请先同步，取回那一版再导入。"
    ),
    "submission-school-unknown": QT_TRANSLATE_NOOP(
        "errors", "“{name}”没有写明是哪所学校（学校代码“{school}”）。请选定学校，或在命令后面加 --school 学校代码。"
    ),
    "submission-already-open": QT_TRANSLATE_NOOP(
        "errors", "这份填报记录已经在本机了：{school}，{day} 开始，还没有定稿。请在“督导记录”里打开接着填。"
    ),
    "submission-already-here": QT_TRANSLATE_NOOP(
        "errors", "这份填报记录已经有了更新的一版：{school}，{day} 开始。没有再导入。"
    ),
    "submission-not-found": QT_TRANSLATE_NOOP(
        "errors", "“{path}”里没有 submission.xml。请选择导出的文件夹，或直接选择 submission.xml 文件。"
    ),
    "visit-unknown": QT_TRANSLATE_NOOP(
        "errors", "没有编号以“{visit}”开头的督导记录，或者不止一份。请用 jiandu visit list 查看编号。"
    ),
    "export-folder-in-use": QT_TRANSLATE_NOOP(
        "errors", "“{path}”里已经有同名的文件。请选一个空文件夹，免得新旧混在一起。"
    ),
    "recheck-several-schools": QT_TRANSLATE_NOOP(
        "errors", "选中的问题属于 {count} 所学校，一次复查只能去一所。请只选一所学校的问题后再开始。"
    ),
    "recheck-nothing": QT_TRANSLATE_NOOP(
        "errors", "{school}没有需要复查的问题，不用开始复查。要看已销号的问题，请到“问题”里查看。"
    ),
}

"""Sentences about the ledger as a workbook, out and in again, and about old lists of problems.

`ledger-…` concerns a whole workbook, `ledger-row-…` and `old-row-…` why one row cannot be taken, `note-…` what was done
or left alone.
"""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "ledger-empty": QT_TRANSLATE_NOOP(
        "errors", "没有可以导出的问题。待下达的问题不在台账里；请换一个视图或清除筛选后再导出。"
    ),
    "ledger-no-marks": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”里没有“{column}”这一列，认不出是哪些问题。请用本程序导出的台账填写；以前的问题清单请用“导入老问题”。",
    ),
    "ledger-moved-on": QT_TRANSLATE_NOOP(
        "errors", "比较“{file}”以后，其中的问题又有了新的办理情况，什么也没有导入。请重新比较一次。"
    ),
    # --- rows that are refused
    "ledger-row-no-mark": QT_TRANSLATE_NOOP(
        "errors", "没有标识，不知道是哪个问题，没有采用。新发现的问题请在“问题台账”里登记，或用“导入老问题”。"
    ),
    "ledger-row-mark-broken": QT_TRANSLATE_NOOP(
        "errors", "标识残缺，认不出是哪个问题，没有采用。请从导出的原表复制这一行的标识。"
    ),
    "ledger-row-unknown": QT_TRANSLATE_NOOP(
        "errors", "标识说的问题不在本机，没有采用。请先同步；如果是别的单位的台账，请交给那个单位。"
    ),
    "ledger-row-forged": QT_TRANSLATE_NOOP(
        "errors", "标识对不上：被改动过、从别的行复制来的，或者不是从这台电脑导出的，没有采用。请重新导出后再填。"
    ),
    "ledger-row-stale": QT_TRANSLATE_NOOP(
        "errors", "导出时的办理情况在本机查不到（可能换过数据），没有采用。请重新导出后再填。"
    ),
    "ledger-row-twice": QT_TRANSLATE_NOOP(
        "errors", "和第 {other} 行是同一个问题，填的内容却不一样，两处都没有采用。请留下一处再导入。"
    ),
    # --- what was left alone
    "note-ledger-missing": QT_TRANSLATE_NOOP(
        "errors", "“{file}”导出时有 {sent} 个问题，现在少了 {missing} 个。删去的行不会使问题消失，它们照旧不变。"
    ),
    "note-ledger-copied": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”第 {row} 行和第 {other} 行是同一个问题，相同的内容只算一次。"
    ),
    "note-ledger-fixed": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”第 {row} 行的“{column}”改动过，这一列不从表格里采用。要改请在问题里“更正”。"
    ),
    "note-ledger-column": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”的“{column}”列不认得，没有采用。要带话请写在“备注”列。"
    ),
    "note-ledger-other-sheet": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”里没有标识列，没有读取。"),
    # --- counters
    "count-period": QT_TRANSLATE_NOOP("errors", "时段不对：{first} 到 {last}。请让开始的日子不晚于结束的日子。"),
    # --- old lists
    "old-row-no-school": QT_TRANSLATE_NOOP(
        "errors", "名册里没有叫“{school}”的学校。请改成名册上的名称或学校代码，或先把它加进名册。"
    ),
    "old-row-which-school": QT_TRANSLATE_NOOP(
        "errors", "“{school}”可能是 {names}，不能确定是哪一所。请写全称或学校代码，或者在下面选一所。"
    ),
    "old-row-twice": QT_TRANSLATE_NOOP("errors", "和第 {other} 行是同一所学校的同一个问题。请删去一行。"),
    "note-old-known": QT_TRANSLATE_NOOP("errors", "有 {count} 个问题以前已经导入过，没有再导入。"),
    "note-old-incomplete": QT_TRANSLATE_NOOP(
        "errors", "有 {count} 个问题还缺措施、责任人或期限，会存为“待下达”，补齐后才能下达。"
    ),
}

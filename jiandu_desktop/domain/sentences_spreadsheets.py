"""Sentences for the troubles of spreadsheets: code → what happened and what to do next.

`sheet-…` concerns a whole workbook, `row-…` one row of it (placed by `row-place`), `note-…`
what a reader did by itself.
"""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    # --- the file
    "sheet-not-found": QT_TRANSLATE_NOOP("errors", "找不到文件“{path}”。请检查文件名和位置，U 盘是否还插着。"),
    "sheet-is-folder": QT_TRANSLATE_NOOP("errors", "“{path}”是文件夹。请选择里面的工作簿（.xlsx）。"),
    "sheet-locked": QT_TRANSLATE_NOOP(
        "errors", "打不开“{file}”：它正被别的程序占用，或没有读取权限。请在 Excel、WPS 里关闭它，或复制一份到桌面再选。"
    ),
    "sheet-unreachable": QT_TRANSLATE_NOOP(
        "errors", "读不了“{path}”（{reason}）。请检查 U 盘或网络位置是否还连着，或复制到本机再选。"
    ),
    "sheet-empty-file": QT_TRANSLATE_NOOP(
        "errors", "“{file}”是空文件，里面什么也没有。多半是复制或下载没有完成，请重新取一份。"
    ),
    "sheet-too-large": QT_TRANSLATE_NOOP(
        "errors", "“{file}”有 {size} MB，超过上限 {limit} MB。请删去图片和无关的工作表，另存后再选。"
    ),
    "sheet-damaged": QT_TRANSLATE_NOOP(
        "errors", "“{file}”已损坏或不完整，打不开。请用 Excel 或 WPS 打开并修复后另存为 .xlsx；打不开就请对方重发一份。"
    ),
    "sheet-password": QT_TRANSLATE_NOOP(
        "errors", "“{file}”加了打开密码。请用 Excel 或 WPS 输入密码打开，取消密码后另存为 .xlsx 再选。"
    ),
    "sheet-old-xls": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”是旧版 Excel 格式（.xls、.et 或 .xlsb）。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再选。",
    ),
    "sheet-strict": QT_TRANSLATE_NOOP(
        "errors", "“{file}”存成了“严格 Open XML”格式。请用 Excel 打开，另存为普通的“Excel 工作簿（.xlsx）”再选。"
    ),
    "sheet-is-csv": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”是分隔文本（CSV），不是工作簿。请用 Excel 或 WPS 导入，把代码列设为“文本”，另存为 .xlsx 再选。",
    ),
    "sheet-is-text": QT_TRANSLATE_NOOP(
        "errors", "“{file}”是纯文本，不是工作簿。请把内容粘贴到 Excel 或 WPS 表格里，另存为 .xlsx 再选。"
    ),
    "sheet-is-web-page": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”的内容是网页或 XML（有的系统导出时把它改名为 .xls）。请用 Excel 或 WPS 打开，另存为 .xlsx 再选。",
    ),
    "sheet-not-workbook": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”不是 Excel 工作簿，内容是{what}。请选择 .xlsx 文件；别的格式请先用 Excel 或 WPS 另存为 .xlsx。",
    ),
    # --- the sheet
    "sheet-no-header": QT_TRANSLATE_NOOP(
        "errors",
        "“{file}”里没有找到表头。要找的列是：{wanted}；看过的工作表：{sheets}；最接近的一行写的是：{found}。请在数据上方写一行列名。",
    ),
    "sheet-missing-column": QT_TRANSLATE_NOOP(
        "errors",
        "「{file}」工作表“{sheet}”第 {row} 行的表头缺少：{missing}。现有的列是：{found}。请补上这些列，或改好列名。",
    ),
    "sheet-no-sheet": QT_TRANSLATE_NOOP(
        "errors", "“{file}”里没有名为“{wanted}”的工作表，只有：{sheets}。请改好工作表名称再试。"
    ),
    "sheet-too-many-rows": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”的数据超过 {limit} 行。请分成几个文件分次导入。"
    ),
    "sheet-bad-rows": QT_TRANSLATE_NOOP("errors", "“{file}”工作表“{sheet}”有 {count} 处读不了。第一处：{first}"),
    "sheet-already-there": QT_TRANSLATE_NOOP("errors", "“{path}”已经有了，没有覆盖。请换一个文件名，或先把它移走。"),
    # --- the row
    "row-place": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”第 {row} 行“{column}”：{what}"),
    "row-place-whole": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”第 {row} 行：{what}"),
    "row-missing": QT_TRANSLATE_NOOP("errors", "没有填。请补上；这一行如果不要，请整行删除。"),
    "row-not-code": QT_TRANSLATE_NOOP("errors", "“{shown}”不是代码。请把这一列设为“文本”格式，再重新填写代码。"),
    "row-code-damaged": QT_TRANSLATE_NOOP(
        "errors", "“{shown}”是被 Excel 改成数值的长代码，后面的数字已经丢失。请把这一列设为“文本”格式，再重新填写。"
    ),
    "row-not-integer": QT_TRANSLATE_NOOP("errors", "“{shown}”不是整数。请改为数字，如 300；不清楚就空着。"),
    "row-negative": QT_TRANSLATE_NOOP("errors", "“{shown}”小于 0。请改为实际的数目；不清楚就空着。"),
    "row-not-number": QT_TRANSLATE_NOOP("errors", "“{shown}”不是数字。请改为数字，如 92.5；不清楚就空着。"),
    "row-not-date": QT_TRANSLATE_NOOP("errors", "“{shown}”不是日期。请改为日期，如 2026-11-24。"),
    "row-no-such-day": QT_TRANSLATE_NOOP("errors", "没有“{shown}”这一天。请改为日历上有的日期，如 2026-11-24。"),
    "row-date-no-day": QT_TRANSLATE_NOOP("errors", "“{shown}”没有写到哪一天。请写全年月日，如 2026-11-24。"),
    "row-date-no-year": QT_TRANSLATE_NOOP("errors", "“{shown}”没有写年份。请写全年月日，如 2026-11-24。"),
    "row-formula-uncounted": QT_TRANSLATE_NOOP(
        "errors", "是公式，但文件里没有存下计算结果。请用 Excel 或 WPS 打开这个文件，保存一次再导入。"
    ),
    "row-error-cell": QT_TRANSLATE_NOOP("errors", "单元格显示错误值“{shown}”。请改好公式，或直接填写内容。"),
    "row-unknown-choice": QT_TRANSLATE_NOOP("errors", "不认得“{shown}”。请改为下列之一：{known}。"),
    "row-duplicate-code": QT_TRANSLATE_NOOP(
        "errors", "“{shown}”（{name}）和第 {other} 行（{other_name}）重复。请改正其中一行，或删去多余的一行。"
    ),
    "row-duplicate-name": QT_TRANSLATE_NOOP(
        "errors", "“{name}”和第 {other} 行同名，又没有编号可以区分。两个人请都填上编号；是同一个人请删去一行。"
    ),
    "row-duplicate-line": QT_TRANSLATE_NOOP("errors", "和第 {other} 行完全相同。请删去多余的一行。"),
    "row-duplicate-day": QT_TRANSLATE_NOOP("errors", "{day} 和第 {other} 行是同一天。请删去多余的一行。"),
    "row-rule-figure": QT_TRANSLATE_NOOP("errors", "“{shown}”不能用。{name}请填 {least} 到 {most} 之间的整数。"),
    "row-rule-yes-no": QT_TRANSLATE_NOOP("errors", "“{shown}”不能用。{name}请填“是”或“否”。"),
    "row-rule-twice": QT_TRANSLATE_NOOP("errors", "和第 {other} 行说的是同一条。请删去多余的一行。"),
    # --- what the reader did by itself
    "note-macros": QT_TRANSLATE_NOOP("errors", "“{file}”带有宏；只读取了数据，宏没有运行。"),
    "note-other-sheet": QT_TRANSLATE_NOOP(
        "errors", "「{file}」读取了工作表“{sheet}”。工作表“{other}”也是这样的表，没有读取；需要时请并到一张表里。"
    ),
    "note-repeated-column": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”有不止一列叫“{column}”，用的是最左边的一列。"
    ),
    "note-no-rows": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”第 {header} 行是表头，下面没有数据。"),
    "note-gap": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”从第 {row} 行起连续 {count} 行空白，再往下没有读取。"
    ),
    "note-total-row": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”第 {row} 行“{text}”是合计行，没有导入。"),
    "note-example-row": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”第 {row} 行“{text}”是填写示例，没有导入。"
    ),
    "note-remark-row": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”第 {row} 行“{text}”是说明，没有导入。"),
    "note-same-name": QT_TRANSLATE_NOOP(
        "errors",
        "「{file}」工作表“{sheet}”第 {row} 行“{name}”（{code}）和第 {other} 行（{other_code}）同名，都已导入。请核对。",
    ),
    "note-year-supplied": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”第 {row} 行“{column}”写的是“{shown}”，没有年份，按 {day} 导入。请核对。"
    ),
    "note-kind-assumed": QT_TRANSLATE_NOOP(
        "errors", "「{file}」工作表“{sheet}”第 {row} 行没有写督导类型，按“{kind}”导入。"
    ),
    "note-kinds-assumed": QT_TRANSLATE_NOOP("errors", "「{file}」工作表“{sheet}”没有写督导类型，全部按“{kind}”导入。"),
}

"""A new checklist's workbook (新建表单): sheets, columns with their meaning, lists to choose from, an example."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets.form_columns import (
    CHOICES_COLUMNS,
    INSPECTION_COLUMNS,
    REMARK_COLUMN,
    SETTINGS_COLUMNS,
    SURVEY_COLUMNS,
    FormColumn,
)
from jiandu_desktop.spreadsheets.form_example import (
    INSPECTION_CHOICES,
    INSPECTION_SURVEY,
    PLAIN_CHOICES,
    PLAIN_SURVEY,
    Cells,
)
from jiandu_desktop.spreadsheets.sheet_look import new_workbook, put, row_height, save, set_up_print

INSPECTION: Final = "inspection"
PLAIN: Final = "plain"
_READY_ROWS: Final = 500  # rows that have their lists before anything is typed
_HELP_WIDTHS: Final = (12, 24, 64, 44)
_ADVICE: Final = (
    "survey 一行一题，自上而下就是现场作答的顺序；choices 写选项清单；settings 写表名、编号和版本。",
    "表里的题目是例子，可以改，可以删；列名和工作表名不要改。鼠标停在列名上，就有这一列的说明。",
    "改完用“资料 → 检查表单”看一遍，程序一次列出全部问题；再用“试填”走一遍，然后由督导室加入。",
    "每次修改都要换一个新的 version；题目改名，在 bind::jiandu:was 里写上曾用名。",
    "公式里引用别的题写 ${题名}；问题和措施里代入答案写 {题名}，不带美元符号。",
)


def write_form_workbook(path: Path, *, title: str, form_id: str, version: str, kind: str = INSPECTION) -> None:
    """Write a workbook to start from; `kind` is INSPECTION (all columns) or PLAIN (an ordinary questionnaire).

    Raises Trouble `sheet-already-there` (a filled-in one is never replaced), `file-not-writable` or `disk-full`.
    """
    if path.exists():
        raise Trouble("sheet-already-there", path=str(path))
    inspection = kind == INSPECTION
    survey_columns = (*SURVEY_COLUMNS, *(INSPECTION_COLUMNS if inspection else ()), REMARK_COLUMN)
    choices_columns = CHOICES_COLUMNS if inspection else CHOICES_COLUMNS[:3]
    settings_columns = SETTINGS_COLUMNS if inspection else SETTINGS_COLUMNS[:4]
    settings: Cells = {"form_title": title, "form_id": form_id, "version": version, "default_language": "zh"}
    if inspection:
        settings["namespaces"] = SETTINGS_COLUMNS[4].example
    workbook = new_workbook(title)
    survey = _sheet(workbook, "survey", survey_columns, INSPECTION_SURVEY if inspection else PLAIN_SURVEY)
    survey.freeze_panes = "D2"
    _sheet(workbook, "choices", choices_columns, INSPECTION_CHOICES if inspection else PLAIN_CHOICES)
    _sheet(workbook, "settings", settings_columns, [settings])
    _help(workbook, (("survey", survey_columns), ("choices", choices_columns), ("settings", settings_columns)))
    save(workbook, path)


def _sheet(workbook: Workbook, name: str, columns: Sequence[FormColumn], rows: Sequence[Cells]) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    widths = [column.width for column in columns]
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        head = put(sheet, 1, place, column.header, "jd_head")
        said = column.meaning + (f"\n例：{column.example}" if column.example else "")
        head.comment = Comment(said, "监督", height=110, width=260)
        sheet.column_dimensions[letter].width = column.width
        if column.values:
            offered = DataValidation(type="list", formula1=f'"{",".join(column.values)}"', allow_blank=True)
            # Only offered: a type with another list, or a formula in `required`, is right too.
            offered.showErrorMessage = False
            offered.add(f"{letter}2:{letter}{_READY_ROWS}")
            sheet.add_data_validation(offered)
    for number, row in enumerate(rows, start=2):
        values = [row.get(column.header, "") for column in columns]
        for place, value in enumerate(values, start=1):
            if value != "":
                put(sheet, number, place, value, "jd_text" if isinstance(value, str) else "jd_number")
        sheet.row_dimensions[number].height = row_height(values, widths)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    set_up_print(sheet, 1)
    return sheet


def _help(workbook: Workbook, sheets: Sequence[tuple[str, Sequence[FormColumn]]]) -> None:
    """The sheet 说明, which the program does not read."""
    page: Worksheet = workbook.create_sheet("说明")
    for number, text in enumerate(_ADVICE, start=1):
        put(page, number, 1, text, "jd_note").alignment = Alignment(horizontal="left")
    head = len(_ADVICE) + 2
    for place, text in enumerate(("工作表", "列", "写什么", "例"), start=1):
        put(page, head, place, text, "jd_head")
    number = head
    for name, columns in sheets:
        for column in columns:
            number += 1
            texts = (name, column.header, column.meaning, column.example)
            for place, text in enumerate(texts, start=1):
                put(page, number, place, text, "jd_text")
            page.row_dimensions[number].height = row_height(texts, _HELP_WIDTHS)
    for letter, width in zip("ABCD", _HELP_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = f"A{head + 1}"
    set_up_print(page, head)

"""Empty workbooks to start from: the roster, the list of inspectors and the plan, with an example and a sheet 说明."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets.plans import PLAN_COLUMNS
from jiandu_desktop.spreadsheets.reading import Column, Kind
from jiandu_desktop.spreadsheets.rosters import INSPECTOR_COLUMNS, SCHOOL_COLUMNS
from jiandu_desktop.spreadsheets.sheet_look import display_width, new_workbook, put, row_height, save, set_up_print

_READY_ROWS = 1_000  # rows that have their formats and lists before anything is typed
_ADVICE_WIDTHS = (14, 12, 44, 60)
_EXAMPLE_GREY = "FF7F7F7F"


class TemplateKind(StrEnum):
    """Which workbook: 名册 of schools, list of 督学, or 计划."""

    SCHOOLS = "schools"
    INSPECTORS = "inspectors"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class _Template:
    sheet: str
    columns: tuple[Column, ...]
    example: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    advice: tuple[str, ...]


def write_template(path: Path, kind: TemplateKind) -> None:
    """Write the empty workbook of `kind`. Raises Trouble `sheet-already-there`: a filled-in one is never replaced."""
    if path.exists():
        raise Trouble("sheet-already-there", path=str(path))
    template = _TEMPLATES[kind]
    workbook = new_workbook(template.sheet)
    _table_sheet(workbook.create_sheet(template.sheet), template)
    _advice_sheet(workbook.create_sheet("说明"), template)
    save(workbook, path)


def _table_sheet(sheet: Worksheet, template: _Template) -> None:
    for place, column in enumerate(template.columns, start=1):
        letter = get_column_letter(place)
        head = f"{column.title}*" if _wanted(template, column) else column.title
        put(sheet, 1, place, head, "jd_head")
        example = template.example.get(column.key, "")
        shown = put(sheet, 2, place, example, "jd_text")
        shown.font = Font(name="宋体", size=10.5, italic=True, color=_EXAMPLE_GREY)
        sheet.column_dimensions[letter].width = max(display_width(head), display_width(example), 8) + 3
        if column.kind is not Kind.COUNT:
            # As text from the start: Excel then leaves leading zeros and long codes alone.
            number_format = "yyyy-mm-dd" if column.kind is Kind.DATE else "@"
            for row in range(3, _READY_ROWS + 3):
                sheet.cell(row, place).number_format = number_format
        if choices := template.lists.get(column.key, column.known):
            allowed = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            allowed.showErrorMessage = False
            allowed.add(f"{letter}3:{letter}{_READY_ROWS + 2}")
            sheet.add_data_validation(allowed)
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "A2"
    set_up_print(sheet, 1)


def _advice_sheet(sheet: Worksheet, template: _Template) -> None:
    for place, head in enumerate(("列", "是否必填", "怎么填", "也认得的列名"), start=1):
        put(sheet, 1, place, head, "jd_head")
    for row, column in enumerate(template.columns, start=2):
        wanted = "必填" if column.required else ("填一列即可" if _wanted(template, column) else "可空")
        how = _HOW[column.kind] if not column.known else "、".join(column.known)
        texts = (column.title, wanted, how, "、".join(column.synonyms))
        for place, text in enumerate(texts, start=1):
            put(sheet, row, place, text, "jd_text")
        sheet.row_dimensions[row].height = row_height(texts, _ADVICE_WIDTHS)
    for row, text in enumerate((*_ADVICE, *template.advice), start=len(template.columns) + 3):
        put(sheet, row, 1, text, "jd_note").alignment = Alignment(horizontal="left")
    for letter, width in zip("ABCD", _ADVICE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    set_up_print(sheet, 1)


def _wanted(template: _Template, column: Column) -> bool:
    return column.required or (template.columns is PLAN_COLUMNS and column.key in ("code", "school"))


_HOW: dict[Kind, str] = {
    Kind.TEXT: "文字",
    Kind.CODE: "文字格式，前面的 0 要留着",
    Kind.PHONE: "文字格式，多个号码用空格或斜线隔开",
    Kind.COUNT: "整数，不清楚就空着",
    Kind.NUMBER: "数字，不清楚就空着",
    Kind.DATE: "日期，如 2026-11-24",
    Kind.NAMES: "几个人用顿号隔开，第一个牵头",
    Kind.CHOICE: "从下拉列表里选",
}
_ADVICE = (
    "带 * 的列必须有。列的次序可以变，列名可以用右边任何一种，也可以多出别的列（不会读取）。",
    "第 2 行灰字是示例，导入时跳过，可以删去，也可以留着。",
    "导入时逐行检查，读不了的行会一一列出原因；同一个文件再导入一次，不会重复。",
)

_TEMPLATES: dict[TemplateKind, _Template] = {
    TemplateKind.SCHOOLS: _Template(
        "学校名册",
        SCHOOL_COLUMNS,
        {
            "code": "示例-3145000001",
            "name": "青石县城关镇第二小学",
            "district": "青石县",
            "area": "第一责任区",
            "stage": "小学",
            "ownership": "公办",
            "setting": "镇区",
            "address": "城关镇学府路 12 号",
            "head": "周明远",
            "phone": "0398-5550123",
            "pupils": "1186",
            "teachers": "68",
            "classes": "24",
            "boarders": "0",
            "chain": "刘副县长、城关镇、县教育局",
        },
        {"ownership": ("公办", "民办", "普惠性民办"), "setting": ("城区", "镇区", "乡村")},
        (
            "学校代码每校一个，不能重复；改名的学校代码不变，再导入时按代码更新。",
            "包抓由上到下，用顿号隔开；新问题自动带上。",
        ),
    ),
    TemplateKind.INSPECTORS: _Template(
        "督学名单",
        INSPECTOR_COLUMNS,
        {
            "name": "示例-周明远",
            "certificate": "QS-017",
            "area": "第一责任区",
            "employment": "专职",
            "phone": "13800000000",
            "stages": "小学、初中",
        },
        {"employment": ("专职", "兼职")},
        ("同名的督学靠督学证号区分，请都填上。",),
    ),
    TemplateKind.PLAN: _Template(
        "督导计划",
        PLAN_COLUMNS,
        {
            "code": "示例-3145000001",
            "school": "青石县城关镇第二小学",
            "task": "秋季开学督导",
            "kind": "经常性督导",
            "checklist": "开学工作检查表",
            "inspectors": "周明远、刘桂兰",
            "due": "2026-11-24",
        },
        {},
        ("学校代码和学校填一列即可，两列都填时以代码为准；表单写它的名称或编号。",),
    ),
}

"""What the shipped checklists ask, in one page; `python -m tests.forms.page` writes docs/checklists.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from jiandu_desktop.form_engine import Definition, Item, load_form

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "forms"
PAGE = ROOT / "docs" / "checklists.md"
GRADES = {"minor": "小问题", "general": "一般", "serious": "严重", "complex": "复杂"}
_NOTES = ("来源", "适用范围", "以本地文件为准", "计分")
_HEAD = """# 随程序带的检查表

`forms/` 里的工作簿，逐份列出来源、日期、节、题数、分值、参数、一票否决。
改题目、改参数见 docs/forms.md“参数：会变的数只写一处”。

本页由 `python -m tests.forms.page` 从工作簿生成，不要直接改。

"""

Row = Mapping[str, Any]


def page() -> str:
    """The whole page."""
    books = [checklist(path) for path in sorted(FORMS.glob("*.xlsx"))]
    return _HEAD + "\n".join(_overview(books)) + "\n\n" + "\n\n".join("\n".join(book.part()) for book in books) + "\n"


@cache
def checklist(path: Path) -> Checklist:
    """Read once for all tests of a run."""
    return Checklist(path)


class Checklist:
    """One workbook: its sheets as they are, and the checklist made of it."""

    def __init__(self, path: Path) -> None:
        book = load_workbook(path, read_only=True)
        self.sheets = {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
        book.close()
        heads, *rows = self.sheets["survey"]
        self.stem = path.stem
        self.rows: list[Row] = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
        self.notes = {str(row[0]): str(row[1]) for row in self.sheets["说明"][1:]}
        self.definition: Definition = load_form(path.read_bytes())
        self.items = [item for item in self.definition.items.values() if item.number]
        self.labels = {str(row["name"]): self._said(str(row["label"])) for row in self.rows if row["label"]}

    @property
    def limits(self) -> list[Row]:
        return [row for row in self.rows if str(row["name"]).startswith("limit_")]

    @property
    def vetoes(self) -> list[Item]:
        return [item for item in self.items if item.inspection.veto]

    @property
    def marks(self) -> str:
        """Full marks with every item shown, "—" where nothing is scored."""
        return _sum(self.items)

    def part(self) -> Iterator[str]:
        """The chapter of this checklist."""
        yield f"## {self.definition.title}"
        yield ""
        yield (
            f"文件 `forms/{self.stem}.xlsx`，版本 {self.definition.version}，编制 {self.notes['编制日期']}。"
            f"{self.notes['表单']}"
        )
        yield ""
        yield from (f"- {name}：{self.notes[name]}" for name in _NOTES)
        yield ""
        yield "| 节 | 题 | 分值 | 形成问题的题 |"
        yield "|---|---|---|---|"
        for section in self.definition.sections:
            items = [item for item in self.items if item.section_ref == section.ref]
            failing = sum(1 for item in items if item.inspection.problem)
            yield f"| {section.number} {section.label} | {len(items)} | {_sum(items)} | {failing} |"
        if self.limits:
            yield ""
            yield "| 参数 | 数值 | 依据 | 备注 |"
            yield "|---|---|---|---|"
            for row in self.limits:
                value = f"{str(row['calculation']).strip(chr(39))}{row.get('bind::jiandu:unit') or ''}"
                yield f"| {row['label']} | {value} | {row['bind::jiandu:basis']} | {row.get('备注') or ''} |"
        if self.vetoes:
            yield ""
            yield "一票否决：" + "；".join(f"{item.number} {self.labels[item.name]}" for item in self.vetoes) + "。"
        yield ""
        yield "| 题 | 内容 | 分值 | 天数 | 等级 |"
        yield "|---|---|---|---|---|"
        for item in self.items:
            inspection = item.inspection
            worth = "否决" if inspection.veto else _sum([item]).replace("—", "")
            days, grade = inspection.days or "", GRADES.get(inspection.grade, "")
            yield f"| {item.number} | {self.labels[item.name]} | {worth} | {days} | {grade} |"

    def _said(self, label: str) -> str:
        """With thresholds filled in and other answers named, as an office reads it."""
        limits = {str(row["name"]): str(row["calculation"]).strip("'") for row in self.limits}
        return re.sub(r"\$\{(\w+)\}", lambda found: limits.get(found.group(1), "…"), label).replace("|", "\\|")


def _overview(books: list[Checklist]) -> Iterator[str]:
    yield "| 检查表 | 文件 | 题 | 满分 | 一票否决 | 参数 |"
    yield "|---|---|---|---|---|---|"
    for book in books:
        yield (
            f"| {book.definition.title} | `{book.stem}.xlsx` | {len(book.items)} | {book.marks} "
            f"| {len(book.vetoes) or '—'} | {len(book.limits) or '—'} |"
        )


def _sum(items: Iterable[Item]) -> str:
    """Full marks together, "—" where nothing is scored."""
    weights = [item.inspection.weight for item in items if item.inspection.weight is not None]
    return f"{sum(weights, Decimal(0)).normalize():f}" if weights else "—"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

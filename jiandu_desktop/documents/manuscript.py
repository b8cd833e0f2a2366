"""A document's text as it is written down: paragraphs, headings by level, tables, the end; set and paged at once.

Every method also notes in `composer.parts` what it was told (`told`), from which the Word file is made: a new method
notes its words there, and Word has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiandu_desktop.documents import furniture, grid, told, wording
from jiandu_desktop.documents.charts import chart_unit, together
from jiandu_desktop.documents.composing import Composer, Measure, Span
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.form_sheet import FormRow, form_units
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.grid import CELL, UPRIGHT, Sheet
from jiandu_desktop.documents.layout import Page, Unit, blank_unit, flow, line_unit, mark_unit
from jiandu_desktop.documents.pictures import photo_units
from jiandu_desktop.documents.tables import Column, table_units
from jiandu_desktop.domain.document import Chart, Office, Picture

ANNEX_ROWS = 4
"""Rows of the grid that the head of an annex takes."""


class Manuscript:
    """Collects what a document says, top to bottom, and gives its pages."""

    def __init__(self, composer: Composer, sheet: Sheet = UPRIGHT, *, listed: bool = False) -> None:
        """`listed` keeps the headings with their pages, for a list of contents."""
        self.composer = composer
        self.sheet = sheet
        self._first = Page(sheet)
        self._first_row = 0
        self._letter = False
        self._units: list[Unit] = []
        self._paragraph = 0
        self._chapter = 0
        self._listed = listed
        self._ended = False
        self._measure = Measure(grid.TEXT_SIZE, CELL, sheet.columns)
        self._part = told.Part(lying=not sheet.upright)
        composer.parts.append(self._part)

    def head(self, office: Office, number: str, title: Sequence[str], *, signer: str = "") -> None:
        """Red head, number, rule and title; the text begins two rows below the title."""
        self._note(told.Head(office=office.name, number=number, title=tuple(title), signer=signer))
        furniture.draw_red_head(self.composer, self._first, office, number, signer=signer)
        furniture.draw_title(self.composer, self._first, title, grid.TITLE_TOP)
        self._first_row = grid.FIRST_TEXT_ROW + len(title)

    def letter_head(self, office: Office, number: str, title: Sequence[str]) -> None:
        """The head of a letter (§10.1), its rules at head and foot of the first page, and the title."""
        self._letter = True
        self._note(told.Head(office=office.name, number=number, title=tuple(title), letter=True))
        furniture.draw_letter_head(self.composer, self._first, office, number)
        furniture.draw_title(self.composer, self._first, title, grid.LETTER_TITLE_TOP)
        self._first_row = grid.FIRST_LETTER_ROW + len(title)

    def plain_head(self, title: Sequence[str], lines: Sequence[str]) -> None:
        """Title at the top of the type area, then lines of small facts; for lists that bear no red head."""
        self._note(told.PlainHead(title=tuple(title), lines=tuple(lines)))
        furniture.draw_title(self.composer, self._first, title, self.sheet.top)
        self._first_row = len(title)
        for text in lines:
            line = self.composer.natural([(text, Role.TEXT)], grid.TABLE_SIZE)
            unit = line_unit(line, self.sheet.left, self._next_paragraph(), keeps_next=True)
            self._units.append(unit)

    def annex_head(self, label: str, title: str) -> None:
        """附件1 in 黑体 at the left of the first row, the annex's title in the middle of the third (§7.3.7)."""
        self._note(told.AnnexHead(label=label, title=title))
        line = self.composer.natural([(label, Role.FIRST_HEADING)], grid.TEXT_SIZE)
        self._first.row(line, self.sheet.left, self.sheet.top)
        furniture.draw_title(self.composer, self._first, [title], self.sheet.row_top(2) + (CELL - grid.TITLE_SIZE) / 2)
        self._first_row = ANNEX_ROWS
        if self._listed:
            self._first.headings.append((1, f"{label}　{title}", self.sheet.top))

    def addressee(self, name: str) -> None:
        """主送机关: flush left on every line, with a full-width colon (§7.3.2)."""
        self._note(told.Addressee(name=name))
        self._set([(f"{name}：", Role.TEXT)], first_indent=0, keeps_next=True)

    def chapter(self, heading: str) -> None:
        """一、 in 黑体, a line of its own."""
        self._chapter += 1
        text = f"{wording.ordinal(self._chapter)}、{self.composer.words.headings.get(heading, heading)}"
        self._note(told.Heading(level=1, heading=text))
        self._list_next(1, text)
        self._set([(text, Role.FIRST_HEADING)], keeps_next=True)

    def section(self, number: int, heading: str, text: str = "") -> None:
        """（一） in 楷体, with the text going on in 仿宋."""
        lead = f"（{wording.ordinal(number)}）{heading}"
        self._note(told.Heading(level=2, heading=lead, text=text))
        self._list_next(2, lead.rstrip("。"))
        self._set([(lead, Role.SECOND_HEADING), (text, Role.TEXT)], keeps_next=not text)

    def body(self, text: str) -> None:
        """A paragraph, two characters in."""
        self._note(told.Paragraph(text=text))
        self._set([(text, Role.TEXT)])

    def items(self, texts: Sequence[str]) -> None:
        """1. 2. … (the figure and its point fill a square, so no space follows); a single one goes without a number."""
        if len(texts) == 1:
            self.body(texts[0])
            return
        for index, text in enumerate(texts):
            self.body(f"{index + 1}.{text}")

    def ending(self, text: str) -> None:
        """The last line (特此函告。), or what the office has in its place; nothing where both are empty."""
        said = self.composer.words.ending or text
        self._ended = True
        if said:
            self.body(said)

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明 (§7.3.4): a blank row, two characters in; names without a mark, under one another."""
        names = [wording.clause(name) for name in names if name]
        if not names:
            return
        if not self._ended:
            self.ending("")
        self._note(told.Attachments(names=tuple(names)))
        self._units.append(blank_unit(self._next_paragraph()))
        if len(names) == 1:
            self._set([(f"附件：{names[0]}", Role.TEXT)], indent=5)
            return
        together = self._next_paragraph()
        for index, name in enumerate(names):
            lead = "附件：" if index == 0 else ""
            text = f"{lead}{index + 1}.{name}"
            more = index < len(names) - 1
            first_indent = 2 if index == 0 else 5
            self._set([(text, Role.TEXT)], first_indent=first_indent, indent=6, paragraph=together, keeps_next=more)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: float) -> None:
        self._note(
            told.Table(
                heads=tuple(column.head for column in columns),
                widths=tuple(column.width for column in columns),
                centred=tuple(column.centred for column in columns),
                rows=tuple(tuple(row) for row in rows),
                size=size,
            )
        )
        self._units += table_units(
            self.composer, self.sheet, columns, rows, size=size, paragraph=self._next_paragraph()
        )

    def form(self, rows: Sequence[FormRow]) -> None:
        """A form's rows: labels with their contents, room for ink where there is none."""
        self._note(told.Form(rows=tuple(row.pairs for row in rows), least=tuple(row.least for row in rows)))
        self._units += form_units(self.composer, self.sheet, rows, paragraph=self._next_paragraph())

    def chart(self, chart: Chart, ordinal: int) -> None:
        """A bar chart with its name; in Word it is the table of its figures."""
        bars = together(chart)
        self._note(
            told.Table(
                heads=("项目", f"{chart.title}（{chart.unit}）"),
                widths=(2, 1),
                centred=(False, True),
                rows=tuple((label, str(value)) for label, value in bars),
                size=grid.TABLE_SIZE,
            )
        )
        self._units.append(chart_unit(self.composer, self.sheet, chart, ordinal, paragraph=self._next_paragraph()))

    def photos(self, pictures: Sequence[Picture], per_page: int) -> None:
        """Photos with their captions, two or six to a page."""
        told_pictures = tuple((each.sha256, wording.tidy(each.caption)) for each in pictures)
        self._note(told.Photos(pictures=told_pictures, per_page=per_page))
        self._units += photo_units(self.composer, self.sheet, pictures, per_page, paragraph=self._next_paragraph())

    def blank(self) -> None:
        self._note(told.Blank())
        self._units.append(blank_unit(self._next_paragraph()))

    def close(self, closing: Closing) -> None:
        if not self._ended:
            self.ending("")
        closing = furniture.with_signatories(closing, self.composer.words.signatories)
        self._note(furniture.end_of(closing))
        unit = furniture.closing_unit(self.composer, self.sheet, closing, self._next_paragraph())
        self._units.append(unit)

    def imprint(self, closing: Closing) -> None:
        """The 版记 alone, at the foot of the last page, where annexes stand between it and the signature."""
        self._note(furniture.imprint_of(closing))
        self._units.append(furniture.imprint_unit(self.composer, self.sheet, closing, self._next_paragraph()))

    def pages(self) -> list[Page]:
        """The text flowed over pages, with page numbers."""
        pages = self.unnumbered()
        furniture.draw_page_numbers(self.composer, pages, letter=self._letter)
        return pages

    def unnumbered(self) -> list[Page]:
        """The pages of one part of a document that is numbered as a whole."""
        return flow(self._units, self._first, self._first_row)

    def _note(self, said: told.Said) -> None:
        self._part.said.append(said)

    def _set(
        self,
        spans: Sequence[Span],
        *,
        first_indent: float = 2,
        indent: float = 0,
        keeps_next: bool = False,
        paragraph: int | None = None,
    ) -> None:
        number = self._next_paragraph() if paragraph is None else paragraph
        lines = self.composer.paragraph(spans, self._measure, first_indent=first_indent, indent=indent)
        self._units += [line_unit(line, self.sheet.left, number, keeps_next=keeps_next) for line in lines]

    def _list_next(self, level: int, words: str) -> None:
        """Note on its page where the heading comes to stand, which is known when it is drawn."""
        if self._listed:
            self._units.append(mark_unit(lambda page, top: page.headings.append((level, words, top)), self._paragraph))

    def _next_paragraph(self) -> int:
        self._paragraph += 1
        return self._paragraph

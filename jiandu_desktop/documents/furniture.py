"""What stands at fixed places: red head, number, rule, title, page numbers, the closing block, the imprint (版记)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiandu_desktop.documents import grid, signing, told, wording
from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import CELL, MM, ROW, UPRIGHT, Sheet
from jiandu_desktop.documents.layout import OriginMark, Page, TextMark, Unit
from jiandu_desktop.documents.seal import SealMark
from jiandu_desktop.domain.document import Office
from jiandu_desktop.domain.visit import Signature

ORIGIN_SIDE = 18 * MM
_NARROWEST = 0.6
"""A long issuer's name is narrowed to this at most, then made smaller."""
_LONGEST_RED_HEAD = 150 * MM
_LONGEST_LETTER_HEAD = 156 * MM


def draw_red_head(composer: Composer, page: Page, office: Office, number: str, *, signer: str = "") -> None:
    """The issuer in red, its ink 72 mm below the paper's edge, the number, and the red rule 4 mm under it.

    With `signer` the document goes to a higher body: the number stands at the left, 签发人 at the right (§7.2.5, 6).
    """
    _draw_name(composer, page, office, grid.RED_HEAD_TOP, grid.RED_HEAD_HEIGHT, _LONGEST_RED_HEAD)
    line = composer.natural([(number, Role.TEXT)], grid.TEXT_SIZE)
    if signer:
        page.text(line, UPRIGHT.left + CELL, grid.NUMBER_TOP)
        signed = composer.natural([("签发人：", Role.TEXT), (signer, Role.SECOND_HEADING)], grid.TEXT_SIZE)
        page.text(signed, UPRIGHT.right - CELL - signed.width, grid.NUMBER_TOP)
    else:
        page.text(line, UPRIGHT.left + (UPRIGHT.area_width - line.width) / 2, grid.NUMBER_TOP)
    rule = grid.RED_RULE_TOP + grid.RED_RULE / 2
    page.rule(UPRIGHT.left, rule, UPRIGHT.right, rule, grid.RED_RULE, red=True)


def draw_letter_head(composer: Composer, page: Page, office: Office, number: str) -> None:
    """信函格式 (§10.1): the name 30 mm below the paper's edge between red pairs of rules, the number at the right."""
    height = grid.LETTER_HEAD_HEIGHT
    top = _draw_name(composer, page, office, grid.LETTER_HEAD_TOP, height, _LONGEST_LETTER_HEAD) + grid.LETTER_DROP
    left = UPRIGHT.left + (UPRIGHT.area_width - grid.LETTER_RULE_LENGTH) / 2
    right = left + grid.LETTER_RULE_LENGTH
    thick, thin, foot = grid.LETTER_THICK, grid.LETTER_THIN, grid.LETTER_FOOT
    for middle, thickness in (
        (top + thick / 2, thick),
        (top + grid.LETTER_PAIR - thin / 2, thin),
        (foot - grid.LETTER_PAIR + thin / 2, thin),
        (foot - thick / 2, thick),
    ):
        page.rule(left, middle, right, middle, thickness, red=True)
    line = composer.natural([(number, Role.TEXT)], grid.TEXT_SIZE)
    page.text(line, UPRIGHT.right - line.width, top + grid.LETTER_PAIR + grid.LETTER_NUMBER_DROP)


def _draw_name(composer: Composer, page: Page, office: Office, top: float, height: float, longest: float) -> float:
    """The issuer in red: its ink begins at `top` and is `height` high, narrowed where it is longer than `longest`, and
    smaller where that does not do; returns where its ink ends."""
    faces = [composer.fonts.face_for(Role.TITLE, char) for char in office.name]
    inks = [face.ink(char) for face, char in zip(faces, office.name, strict=True) if face]
    highest, lowest = max(high for _, high in inks), min(low for low, _ in inks)
    size = height / (highest - lowest)
    name = composer.natural([(office.name, Role.TITLE)], size, tracking=size * 0.02)
    narrowing = min(1.0, longest / name.width)
    if narrowing < _NARROWEST:
        size *= narrowing / _NARROWEST
        name = composer.natural([(office.name, Role.TITLE)], size, tracking=size * 0.02)
        narrowing = _NARROWEST
    baseline = top + highest * size
    centre = composer.fonts.face(Role.TITLE).centre
    left = UPRIGHT.left + (UPRIGHT.area_width - name.width * narrowing) / 2
    page.marks.append(TextMark(name, left, baseline - centre * size, red=True, narrowing=narrowing))
    return top + (highest - lowest) * size


def draw_title(composer: Composer, page: Page, lines: Sequence[str], top: float) -> None:
    """Title lines centred, one row apart; `top` is the head of the first line's characters."""
    for index, text in enumerate(lines):
        line = composer.natural([(text, Role.TITLE)], grid.TITLE_SIZE)
        sheet = page.sheet
        if line.width > sheet.area_width:
            size = grid.TITLE_SIZE * sheet.area_width / line.width
            line = composer.natural([(text, Role.TITLE)], size)
        middle = top + index * ROW + grid.TITLE_SIZE / 2
        page.marks.append(TextMark(line, sheet.left + (sheet.area_width - line.width) / 2, middle))


def draw_page_numbers(composer: Composer, pages: Sequence[Page], *, letter: bool = False) -> None:
    """— 1 —, 4号宋体, 7 mm below the type area; odd pages right, even ones left, one character in (§7.5).

    The first page of a `letter` bears none (§10.1).
    """
    for index, page in enumerate(pages):
        if letter and index == 0:
            continue
        line = composer.natural([(f"— {index + 1} —", Role.SONG)], grid.SMALL_SIZE)
        odd = index % 2 == 0
        along = UPRIGHT.right - grid.SMALL_SIZE - line.width if odd else UPRIGHT.left + grid.SMALL_SIZE
        below = UPRIGHT.bottom + grid.PAGE_NUMBER_DROP
        # The dash's own middle, not the figure's, lies on that height.
        face = composer.fonts.face(Role.SONG)
        dash = sum(face.ink("—")) / 2
        below += (dash - face.centre) * grid.SMALL_SIZE
        if page.sheet.upright:
            page.marks.append(TextMark(line, along, below))
        else:
            # The sheet lies; its left edge is the foot of the bound page, and the number keeps its usual place there.
            page.marks.append(TextMark(line, page.sheet.width - below, along, sideways=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a document: issuer and date, a note in brackets, the signatures' table, the imprint."""

    office: Office
    dated: date
    sealed: bool
    origin: bool
    signatures: Sequence[Signature] = ()
    signatures_first: bool = False
    imprint: bool = False
    letter: bool = False
    """A letter's 版记 is the 抄送 alone, without rules (§10.1)."""

    copies_to: Sequence[str] = ()


def with_signatories(closing: Closing, roles: Sequence[str]) -> Closing:
    """With a place more for each role that the office wants to sign, left for ink."""
    return replace(closing, signatures=(*closing.signatures, *(Signature(role=role, name="") for role in roles)))


def end_of(closing: Closing) -> told.End:
    """The same as words, for Word."""
    return told.End(
        office=closing.office.name,
        dated=wording.day(closing.dated),
        sealed=closing.sealed,
        note=_contact(closing.office),
        signatures=tuple(
            (
                each.role,
                wording.tidy(each.name),
                signing.refusal(each) or (wording.moment(each.signed_at) if each.signed_at else ""),
            )
            for each in closing.signatures
        ),
        signatures_first=closing.signatures_first,
        imprint=closing.imprint,
        letter=closing.letter,
        copies_to=tuple(wording.clause(name) for name in closing.copies_to if name),
    )


def closing_unit(composer: Composer, sheet: Sheet, closing: Closing, paragraph: int) -> Unit:
    """The closing block as one unit: never divided and never alone on a page."""
    issuer = composer.natural([(closing.office.name, Role.TEXT)], grid.TEXT_SIZE)
    dated = composer.natural([(wording.day(closing.dated), Role.TEXT)], grid.TEXT_SIZE)
    issuer_x, dated_x = _places(issuer, dated, sheet, sealed=closing.sealed)
    note = _contact(closing.office)
    note_lines = (
        composer.paragraph([(note, Role.TEXT)], Measure(grid.TEXT_SIZE, CELL, sheet.columns), first_indent=2)
        if note
        else []
    )
    table = signing.height_of(composer, sheet, closing.signatures)
    before = table if closing.signatures_first else 0.0
    # Two blank rows take a seal of 45 mm whose head is within a row of the text; without a seal one is usual.
    blank_rows = 2 if closing.sealed else 1
    before_rows = int(before / ROW) + (1 if before % ROW > 0.01 else 0)
    rows = before_rows + blank_rows + 2 + len(note_lines)
    imprint = _imprint_lines(composer, closing) if closing.imprint or closing.letter else []
    height = rows * ROW
    if table and not closing.signatures_first:
        height += 2 * MM + table
    if closing.imprint:
        height += 4 * MM + (len(imprint) + 1) * ROW
    elif imprint:
        height += len(imprint) * ROW

    def draw(page: Page, top: float) -> None:
        y = top
        if before:
            signing.draw(composer, page, closing.signatures, y)
        y += (before_rows + blank_rows) * ROW
        page.row(issuer, issuer_x, y)
        page.row(dated, dated_x, y + ROW)
        if closing.sealed:
            text_foot = y - blank_rows * ROW - (ROW - CELL)
            page.marks.append(SealMark(dated_x + dated.width / 2, y + (ROW + CELL) / 2, text_foot))
        if closing.origin:
            page.marks.append(OriginMark(sheet.left, y + ROW + CELL - ORIGIN_SIDE, ORIGIN_SIDE))
        y += 2 * ROW
        for line in note_lines:
            page.row(line, sheet.left, y)
            y += ROW
        if table and not closing.signatures_first:
            signing.draw(composer, page, closing.signatures, y + 2 * MM)
        if closing.imprint:
            _draw_imprint(composer, page, closing, imprint)
        else:
            for index, line in enumerate(imprint):
                page.row(line, sheet.left, sheet.bottom - CELL - (len(imprint) - 1 - index) * ROW)

    return Unit(height, draw, paragraph, keeps_before=True)


def imprint_unit(composer: Composer, sheet: Sheet, closing: Closing, paragraph: int) -> Unit:
    """The 版记 of a document with annexes: at the foot of a page that has something else on it."""
    lines = _imprint_lines(composer, closing)
    height = 4 * MM + (len(lines) + 1) * ROW
    return Unit(height, lambda page, top: _draw_imprint(composer, page, closing, lines), paragraph, keeps_before=True)


def imprint_of(closing: Closing) -> told.Imprint:
    """The same as words, for Word."""
    return told.Imprint(
        office=closing.office.name,
        dated=wording.day(closing.dated),
        copies_to=tuple(wording.clause(name) for name in closing.copies_to if name),
    )


def _places(issuer: Line, dated: Line, sheet: Sheet, *, sealed: bool) -> tuple[float, float]:
    """Left ends of issuer and date (§7.3.5.1 with a seal, §7.3.5.2 without)."""
    if sealed:
        dated_x = sheet.right - 4 * CELL - dated.width
        issuer_x = dated_x + (dated.width - issuer.width) / 2
        over = max(0.0, issuer_x + issuer.width - sheet.right)
        return issuer_x - over, dated_x - over
    issuer_x = sheet.right - 2 * CELL - issuer.width
    dated_x = issuer_x + 2 * CELL
    if dated_x + dated.width > sheet.right:  # the date is the longer one
        dated_x = sheet.right - 2 * CELL - dated.width
        issuer_x = dated_x - 2 * CELL
    return issuer_x, dated_x


def _contact(office: Office) -> str:
    """附注 (§7.3.6)."""
    parts = [f"联系人：{office.contact}" if office.contact else ""]
    parts.append(f"联系电话：{office.telephone}" if office.telephone else "")
    said = "，".join(part for part in parts if part)
    return f"（{said}）" if said else ""


def _imprint_lines(composer: Composer, closing: Closing) -> list[Line]:
    """抄送 (§7.4.2): one character in on both sides, later lines under the first name, a full stop at the end."""
    names = [wording.clause(name) for name in closing.copies_to if name]
    if not names:
        return []
    text = "抄送：" + "，".join(names) + "。"
    columns = UPRIGHT.area_width / grid.SMALL_SIZE
    measure = Measure(grid.SMALL_SIZE, grid.SMALL_SIZE, columns - 1, grid=False)
    return composer.paragraph([(text, Role.TEXT)], measure, first_indent=1, indent=4)


def _draw_imprint(composer: Composer, page: Page, closing: Closing, copies: Sequence[Line]) -> None:
    """The 版记 on the foot of the type area: thick rules outside, thin ones between (§7.4)."""
    sheet = page.sheet
    top = sheet.bottom - (len(copies) + 1) * ROW
    page.rule(sheet.left, top, sheet.right, top, grid.THICK_RULE)
    page.rule(sheet.left, sheet.bottom, sheet.right, sheet.bottom, grid.THICK_RULE)
    for index, line in enumerate(copies):
        page.marks.append(TextMark(line, sheet.left, top + (index + 0.5) * ROW))
    if copies:
        between = sheet.bottom - ROW
        page.rule(sheet.left, between, sheet.right, between, grid.THIN_RULE)
    issuer = composer.natural([(closing.office.name, Role.TEXT)], grid.SMALL_SIZE)
    printed = composer.natural([(f"{wording.day(closing.dated)}印发", Role.TEXT)], grid.SMALL_SIZE)
    middle = sheet.bottom - ROW / 2
    page.marks.append(TextMark(issuer, sheet.left + grid.SMALL_SIZE, middle))
    page.marks.append(TextMark(printed, sheet.right - grid.SMALL_SIZE - printed.width, middle))

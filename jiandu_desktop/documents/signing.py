"""The table of signatures: strokes made on screen, room for ink, or 拒签 with its reason and who saw it."""

from __future__ import annotations

from collections.abc import Sequence

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer, Line, Measure
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.grid import MM, Sheet
from jiandu_desktop.documents.layout import Page, StrokesMark
from jiandu_desktop.documents.tables import INNER_RULE, OUTER_RULE, frame
from jiandu_desktop.domain.visit import Signature

_ROW = 17 * MM
_LABEL_WIDTH = 30 * MM
_INSET = 1.2 * MM
_LEADING = grid.TABLE_SIZE * 1.6


def refusal(signature: Signature) -> str:
    """何田拒签，理由：……。 as it stands on the paper; "" for who signed or will."""
    if not signature.refused:
        return ""
    who = wording.tidy(signature.name) or signature.role
    return f"{who}拒绝签字，理由：{wording.sentence(signature.refused)}"


def height_of(composer: Composer, sheet: Sheet, signatures: Sequence[Signature]) -> float:
    """Points that the table takes with the refusals below it."""
    told = _refusals(composer, sheet, signatures)
    return (len(signatures) + 1) // 2 * _ROW + (len(told) * _LEADING + 1.5 * MM if told else 0.0)


def draw(composer: Composer, page: Page, signatures: Sequence[Signature], top: float) -> None:
    """Two places to a row: role and name, then the strokes or room for ink; the refusals under the table."""
    sheet = page.sheet
    half = sheet.area_width / 2
    edges = [sheet.left, sheet.left + _LABEL_WIDTH, sheet.left + half, sheet.left + half + _LABEL_WIDTH, sheet.right]
    rows = [signatures[at : at + 2] for at in range(0, len(signatures), 2)]
    for index, pair in enumerate(rows):
        y = top + index * _ROW
        used = edges if len(pair) == 2 else [edges[0], edges[1], edges[-1]]
        frame(page, used, y, y + _ROW, top_rule=OUTER_RULE if index == 0 else INNER_RULE)
        for place, signature in enumerate(pair):
            _draw_one(composer, page, signature, edges[2 * place], used[2 * place + 1], y)
    foot = top + len(rows) * _ROW
    page.rule(sheet.left, foot, sheet.right, foot, OUTER_RULE)
    for number, line in enumerate(_refusals(composer, sheet, signatures)):
        page.text(line, sheet.left, foot + 1.5 * MM + number * _LEADING)


def _refusals(composer: Composer, sheet: Sheet, signatures: Sequence[Signature]) -> list[Line]:
    measure = Measure(grid.TABLE_SIZE, grid.TABLE_SIZE, int(sheet.area_width / grid.TABLE_SIZE), grid=False)
    return [
        line
        for signature in signatures
        if signature.refused
        for line in composer.paragraph([(refusal(signature), Role.TEXT)], measure, first_indent=2)
    ]


def _draw_one(
    composer: Composer, page: Page, signature: Signature, left: float, strokes_left: float, top: float
) -> None:
    label = [text for text in (signature.role, wording.tidy(signature.name)) if text] or [""]
    if len(label) == 1:
        label.append("（签名）")
    y = top + (_ROW - len(label) * _LEADING) / 2 + (_LEADING - grid.TABLE_SIZE) / 2
    for text in label:
        line = composer.natural([(text, Role.TEXT)], grid.TABLE_SIZE)
        page.text(line, left + (_LABEL_WIDTH - line.width) / 2, y)
        y += _LEADING
    height = _ROW - 2 * _INSET
    if signature.refused:
        word = composer.natural([("拒　签", Role.FIRST_HEADING)], grid.SMALL_SIZE)
        page.text(word, strokes_left + 6 * MM, top + (_ROW - grid.SMALL_SIZE) / 2)
    elif signature.strokes:
        box = (strokes_left + _INSET, top + _INSET, 2 * height, height)
        page.marks.append(StrokesMark(signature.strokes, *box))
    if signature.signed_at:
        when = composer.natural([(wording.moment(signature.signed_at), Role.TEXT)], 9)
        right = strokes_left + page.sheet.area_width / 2 - _LABEL_WIDTH
        page.text(when, right - when.width - _INSET, top + _ROW - 9 - _INSET)

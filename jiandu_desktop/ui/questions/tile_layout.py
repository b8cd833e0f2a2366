"""Where the choices of a select stand: wrapped tiles, columns, one below the other, or the cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.appearance import ChoiceLook
from jiandu_desktop.ui.questions.form_pictures import NO_PICTURES, FormPictures
from jiandu_desktop.ui.questions.question import Option
from jiandu_desktop.ui.questions.wrapping import wrapped
from jiandu_desktop.ui.widgets.answer_keys import RING

GAP, SIDE, MARK, MARK_GAP = 8, 12, 16, 6
LINE = 20
PICTURE = 112
"""Height of a choice's picture at 100 %."""

TABLE_CELL = 84


@dataclass(frozen=True, slots=True)
class Tile:
    """One choice: the whole area, the lines of its words and the size of its picture."""

    area: QRectF
    lines: tuple[str, ...]
    picture: QSize


@dataclass(frozen=True, slots=True)
class Plan:
    """How the tiles are to be laid out. `columns` 0: as many as fit; `marks` False: no key or tick before the word."""

    look: ChoiceLook
    columns: int = 0
    marks: bool = True
    pictures: FormPictures = NO_PICTURES


def arrange(options: Sequence[Option], plan: Plan, width: int) -> list[Tile]:
    """The tiles in order, for a widget `width` logical pixels wide."""
    room = max(width - 2 * RING, 40)
    if plan.look is ChoiceLook.TILES:
        return _packed(options, plan, room)
    columns = _columns(options, plan, room)
    gap = 0 if plan.look in (ChoiceLook.HEAD, ChoiceLook.BARE) else GAP
    each = (room - gap * (columns - 1)) / max(columns, 1)
    tiles: list[Tile] = []
    top = float(RING)
    for begin in range(0, len(options), max(columns, 1)):
        row = [_tile(option, plan, each) for option in options[begin : begin + columns]]
        height = max(tile.area.height() for tile in row)
        for place, tile in enumerate(row):
            area = QRectF(RING + place * (each + gap), top, each, height)
            tiles.append(Tile(area, tile.lines, tile.picture))
        top += height + gap
    return tiles


def height_of(tiles: Sequence[Tile]) -> int:
    """With nothing on offer, the height of the line that says so."""
    return round(max((tile.area.bottom() for tile in tiles), default=theme().px(LINE)) + RING)


def table_width(options: Sequence[Option]) -> int:
    """How wide the cells of a table's line are; the same for its head and for every line below it."""
    return len(options) * theme().px(TABLE_CELL) + 2 * RING


def natural_width(option: Option, plan: Plan) -> float:
    """The width of a tile whose words need not be broken."""
    t = theme()
    words = paint.text_width(option.label, SIZE_TEXT, bold=True)
    marks = t.px(MARK) + t.px(MARK_GAP) if plan.marks else 0
    return float(round(max(words + marks, _picture(option, plan).width()) + 2 * t.px(SIDE) + 1))


def _packed(options: Sequence[Option], plan: Plan, room: float) -> list[Tile]:
    tiles: list[Tile] = []
    left, top, row_height = float(RING), float(RING), 0.0
    for option in options:
        tile = _tile(option, plan, min(natural_width(option, plan), room))
        if tiles and left + tile.area.width() > room + RING + 0.5:
            left, top = float(RING), top + row_height + GAP
            row_height = 0.0
        tiles.append(Tile(tile.area.translated(left, top), tile.lines, tile.picture))
        left += tile.area.width() + GAP
        row_height = max(row_height, tile.area.height())
    return tiles


def _columns(options: Sequence[Option], plan: Plan, room: float) -> int:
    if plan.look in (ChoiceLook.HEAD, ChoiceLook.BARE):
        return max(len(options), 1)
    if plan.look is ChoiceLook.LINES:
        return 1
    if plan.columns:
        return plan.columns
    widest = max((natural_width(option, plan) for option in options), default=1.0)
    return max(1, min(len(options), int((room + GAP) // (min(widest, room / 2) + GAP))))


def _tile(option: Option, plan: Plan, width: float) -> Tile:
    """One tile at the upper left corner, as high as its words and picture need."""
    t = theme()
    if plan.look is ChoiceLook.BARE:
        return Tile(QRectF(0, 0, width, t.tokens.control), (), QSize())
    if plan.look is ChoiceLook.HEAD:
        lines = wrapped(option.label, width - 8, SIZE_META)
        return Tile(QRectF(0, 0, width, max(t.tokens.control, len(lines) * t.px(16) + 8)), tuple(lines), QSize())
    picture = _picture(option, plan, width - 2 * t.px(SIDE))
    marks = t.px(MARK) + t.px(MARK_GAP) if plan.marks else 0
    words = "" if not plan.marks and not picture.isEmpty() else option.label
    lines = wrapped(words, width - 2 * t.px(SIDE) - marks + 1, SIZE_TEXT, bold=True) if words else []
    height = max(t.tokens.control if lines else 0, len(lines) * t.px(LINE) + t.px(LINE) - 4 if len(lines) > 1 else 0)
    if not picture.isEmpty():
        height += picture.height() + 2 * t.px(8) - (t.px(8) if lines else 0)
    return Tile(QRectF(0, 0, width, height), tuple(lines), picture)


def _picture(option: Option, plan: Plan, room: float = 10_000.0) -> QSize:
    if not option.image:
        return QSize()
    height = theme().px(PICTURE)
    return plan.pictures.fitted(option.image, QSize(min(2 * height, max(round(room), 16)), height))

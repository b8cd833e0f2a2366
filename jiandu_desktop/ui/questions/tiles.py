"""Selects whose choices are all in sight: tiles that wrap, stand in columns or lines, or form the line of a table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.appearance import ChoiceLook, choice_look, columns_of
from jiandu_desktop.ui.questions.painted_choices import PaintedChoices
from jiandu_desktop.ui.questions.question import Kind, Option, Question, QuestionField
from jiandu_desktop.ui.questions.tile_layout import (
    LINE,
    MARK,
    MARK_GAP,
    SIDE,
    Plan,
    Tile,
    arrange,
    height_of,
    table_width,
)
from jiandu_desktop.ui.questions.wrapping import paint_lines
from jiandu_desktop.ui.widgets.answer_keys import RING

_TONES = {
    "good": ("accent", "accent_soft"),
    "part": ("caution", "caution_soft"),
    "bad": ("caution", "caution_soft"),
    "na": ("text2", "hover"),
    "veto": ("red", "red_soft"),
    "plain": ("accent", "accent_soft"),
}


class TilesField(QuestionField):
    """Digits, the mouse, or ←/→ and Space choose; Enter goes on. One answer or several."""

    inset = RING

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._many = kind is Kind.MANY
        self._quick = False
        self._value = ""
        self.tiles = ChoiceTiles(self._many, self)
        self.tiles.flipped.connect(self._flipped)
        self.tiles.cleared.connect(self._cleared)
        self.setFocusProxy(self.tiles)
        self.wide = True

    def show_question(self, question: Question) -> None:
        look = choice_look(question)
        self.wide = look not in (ChoiceLook.HEAD, ChoiceLook.BARE)
        self._quick = question.looks("quick", "quickcompact") and not self._many
        self.tiles.setAccessibleName(question.label)
        bare = question.looks("no-buttons") and any(option.image for option in question.options)
        plan = Plan(look, columns_of(question), marks=not bare, pictures=question.pictures)
        locked = question.readonly or look is ChoiceLook.HEAD
        if self.tiles.show_options(question.options, plan, locked):
            self.refit.emit()
        self._value = question.value
        self.tiles.show_chosen(question.value.split() if self._many else [question.value] if question.value else [])

    def take_key(self, text: str) -> bool:
        return self.tiles.take_key(text)

    def focus_target(self) -> QWidget:
        return self.tiles

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.tiles.height_for(width)

    def sizeHint(self) -> QSize:
        if not self.wide:
            width = table_width(self.tiles.options)
            return QSize(width, self.heightForWidth(width))
        width = max(self.width(), theme().px(300))
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: object) -> None:
        del event
        self.tiles.setGeometry(self.rect())

    @Slot(str, bool)
    def _flipped(self, name: str, by_key: bool) -> None:
        if not self._many:
            on = by_key or self._quick
            if name != self._value or on:
                self._value = name
                self.answered.emit(name, on)
            return
        chosen = set(self.tiles.chosen)
        value = " ".join(option.name for option in self.tiles.options if option.name in chosen)
        if value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _cleared(self) -> None:
        if self._value:
            self._value = ""
            self.answered.emit("", False)


class ChoiceTiles(PaintedChoices):
    """The painted tiles; one widget however many choices there are."""

    flipped = Signal(str, bool)
    """The choice that was touched, and whether a key of its own did it."""

    cleared = Signal()

    def __init__(self, many: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: list[str] = []
        self._many = many
        self._plan = Plan(ChoiceLook.TILES)
        self._tiles: list[Tile] = []
        self._width = -1

    def show_options(self, options: tuple[Option, ...], plan: Plan, readonly: bool) -> bool:
        """True when the tiles need another height than before."""
        head = plan.look is ChoiceLook.HEAD
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if head else Qt.FocusPolicy.StrongFocus)
        changed = options != self.options or plan != self._plan
        if changed or readonly != self._readonly:
            self.options, self._plan, self._readonly = options, plan, readonly
            self._cursor = min(self._cursor, max(len(options) - 1, 0))
            self._width = -1
            self.update()
        return changed

    def show_chosen(self, chosen: list[str]) -> None:
        self.chosen = list(chosen)
        names = {option.name: option.label for option in self.options}
        self.setAccessibleDescription("、".join(names.get(name, name) for name in self.chosen))
        self.update()

    def areas(self) -> list[QRectF]:
        return [tile.area for tile in self.tiles_at(self.width())]

    def touched(self, name: str, by_key: bool) -> None:
        if not self._many:
            self.show_chosen([name])
        elif name in self.chosen:
            self.show_chosen([each for each in self.chosen if each != name])
        else:
            self.show_chosen([*self.chosen, name])
        self.flipped.emit(name, by_key)

    def emptied(self) -> None:
        if self.chosen and not self._many:
            self.cleared.emit()

    def place_of_answer(self) -> int:
        if self._many or not self.chosen:
            return -1
        return next((place for place, option in enumerate(self.options) if option.name == self.chosen[0]), -1)

    def height_for(self, width: int) -> int:
        return height_of(self.tiles_at(width))

    def tiles_at(self, width: int) -> list[Tile]:
        """Where each choice stands, measured once per width."""
        if width != self._width:
            self._tiles, self._width = arrange(self.options, self._plan, width), width
        return self._tiles

    def take_theme(self) -> None:
        self._width = -1
        super().take_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        if not self.options:
            words = self.tr("现在没有可选的答案，看看前面的题答了没有")
            paint.text(painter, self.area().adjusted(RING, 0, 0, 0), words, "text2", SIZE_META)
        for place, tile in enumerate(self.tiles_at(self.width())):
            if tile.area.intersects(QRectF(event.rect())):
                self._paint(painter, place, self.options[place], tile)
        painter.end()

    def _paint(self, painter: QPainter, place: int, option: Option, tile: Tile) -> None:
        on = option.name in self.chosen
        ink, ground = _TONES[option.tone.value]
        area = tile.area
        if self._plan.look is ChoiceLook.HEAD:
            words = area.adjusted(4, 0, -4, 0)
            paint_lines(painter, words, tile.lines, self.px(16), "text2", SIZE_META, align="center")
            return
        if self._plan.look is not ChoiceLook.BARE:
            edge = ink if on else "line2"
            fill = ground if on else "hover" if place == self._hovered else "surface"
            if self._readonly:
                paint.rounded(painter, area, RADIUS_CONTROL, ground if on else "sunken")
            else:
                paint.rounded(painter, area, RADIUS_CONTROL, fill, edge, 2.0 if on and not self._plan.marks else 1.0)
        inner = self._paint_picture(painter, option, tile)
        left = inner.left() + self.px(SIDE)
        if self._plan.look is ChoiceLook.BARE:
            left = area.center().x() - self.px(MARK) / 2
        if self._plan.marks:
            self._paint_mark(painter, QRectF(left, inner.top(), self.px(MARK), inner.height()), option, on, ink)
            left += self.px(MARK) + self.px(MARK_GAP)
        if tile.lines:
            words = QRectF(left, inner.top(), inner.right() - left - 4, inner.height())
            tone = ink if on else "text3" if self._readonly else "text"
            paint_lines(painter, words, tile.lines, self.px(LINE), tone, SIZE_TEXT, bold=on)
        if self.hasFocus() and place == self._cursor:
            paint.focus_ring(painter, area.adjusted(-RING, -RING, RING, RING), RADIUS_CONTROL + RING)

    def _paint_picture(self, painter: QPainter, option: Option, tile: Tile) -> QRectF:
        """The picture at the top of its tile; returns what is left for the words."""
        if tile.picture.isEmpty():
            return tile.area
        size, area = tile.picture, tile.area
        left = area.center().x() - size.width() / 2
        spot = QRectF(left, area.top() + self.px(8), size.width(), size.height())
        painter.drawImage(spot, self._plan.pictures.image(option.image, size))
        return area.adjusted(0, size.height() + self.px(8), 0, 0)

    def _paint_mark(self, painter: QPainter, area: QRectF, option: Option, on: bool, ink: str) -> None:
        """A ring for one answer, a box for several; the key that gives it stands inside while it is open."""
        size = float(area.width())
        box = QRectF(area.left(), area.center().y() - size / 2, size, size)
        radius = 3.0 if self._many else size / 2
        if on:
            paint.rounded(painter, box, radius, ink)
            paint.icon(painter, "check", box.left() + 2, box.center().y(), size - 4, "surface", 2.5)
        elif self._readonly:
            paint.rounded(painter, box, radius, edge="line")
        else:
            paint.rounded(painter, box, radius, edge="line2")
            if len(option.key) == 1:
                paint.text(painter, box, option.key, "text3", SIZE_META - 2, align="center")

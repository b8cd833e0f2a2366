"""One item of the checklist as a light row: number, question, its field at the right, and what opens below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.questions.factory import field_for
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.media import MediaField
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.wizard.label_aids import LabelAids
from jiandu_desktop.ui.wizard.opening import Opening
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.row_layout import (
    place_below_cell,
    place_card,
    place_keep,
    place_note,
    place_photos,
    place_self_rating,
)
from jiandu_desktop.ui.wizard.row_wiring import RowSignals
from jiandu_desktop.ui.wizard.row_words import (
    CELL_GAP,
    LEFT,
    META_LINE,
    NUMBER_LEFT,
    RIGHT,
    ItemView,
    RowWords,
    cell_warning_height,
    paint_cell_warning,
    paint_trouble,
    paint_warning,
)
from jiandu_desktop.ui.wizard.self_rating import SelfRatingLine


class ItemRow(RowSignals):
    """A row repaints only when its own view changed, and asks for a new layout only when its height did."""

    def __init__(
        self,
        question: Question,
        pictures: Pictures,
        today: date,
        card_maker: Callable[[], ProblemCard],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.ref = question.ref
        self.kind = question.kind
        self.view: ItemView | None = None
        self._pictures = pictures
        self._today = today
        self._card_maker = card_maker
        self._current = False
        self._words = RowWords()
        self._height = 0
        self._fitted = -1
        self._warning_top = self._trouble_top = self._words_width = 0
        self._opening = Opening(self)
        self._opening.moved.connect(self._refit)
        self.cell: tuple[int, int] | None = None
        """Place and number of columns where the item stands in a table; its head names it there."""
        self.aids: LabelAids | None = None
        self.field: QuestionField = field_for(question, pictures, today, self)
        self.field.answered.connect(self._answered)
        self.field.typing.connect(self._typing_value)
        self.field.went_on.connect(self._went_on)
        self.field.refit.connect(self._refit)
        self._badge: Badge | None = None
        self.keep_link: Link | None = None
        self.self_rating: SelfRatingLine | None = None
        self.note: LongText | None = None
        self.photos: PhotoField | None = None
        self.card: ProblemCard | None = None
        if isinstance(self.field, MediaField):
            self.wire_photos(self.field)

    # --- showing ------------------------------------------------------------------------------------------------

    def show_view(self, view: ItemView, animate: bool = False) -> bool:
        """Shows another state; True when the row's height changed by it."""
        if view == self.view:
            return False
        before, self.view = self.view, view
        if before is None or before.question != view.question:
            self.field.show_question(view.question)
            self.setAccessibleName(f"{view.number} {view.question.label}")
        self._show_badge(view)
        self._show_aids(view.question)
        self._show_keep(view)
        self._show_self_rating(view)
        self._show_note(view, before)
        self._show_photos(view)
        opened = self._show_card(view)
        self.update()
        if opened and animate:
            self._opening.start()
        return self._refit_quietly()

    def set_current(self, current: bool) -> None:
        """Marks the item in hand with the bar at the left."""
        if current != self._current:
            self._current = current
            self.update()

    def open_note(self) -> LongText:
        """The note's field, made when it is first needed."""
        if self.note is None:
            self.note = LongText(1, 6, self)
            self.note.setAccessibleName(self.tr("备注"))
            self.note.setPlaceholderText(self.tr("备注只进记录，不进文书"))
            self.note.typed.connect(self._typing_note)
            self.note.left.connect(self._note_left)
            self.note.confirmed.connect(self._note_confirmed)
            self.note.height_changed.connect(self._refit)
        return self.note

    def fit(self, width: int) -> int:
        """Lays the row out for `width` and returns its height."""
        if width != self.width():
            self.resize(width, max(self._height, 1))
        if width != self._fitted:
            self._place(width)
        return self._height

    def forget_fit(self) -> None:
        """What it holds has other sizes now: it is laid out anew at the next `fit`."""
        self._fitted = -1

    def take_key(self, text: str) -> bool:
        return self.field.take_key(text)

    def focus_field(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.field.focus_target().setFocus(reason)

    def commit(self) -> None:
        """Makes what is half typed in the field and the note an answer and a note."""
        self.field.commit()
        if self.note is not None and self.note.isVisibleTo(self):
            self._note_left()

    def take_theme(self) -> None:
        super().take_theme()
        if self._badge is not None:
            self._badge.resize(self._badge.sizeHint())
        self._refit_quietly()

    def holds_text_focus(self) -> bool:
        """Whether the keyboard is in a note or in the card, where digits are letters."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus) and not self.field.isAncestorOf(focus)

    # --- layout -------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place(event.size().width())

    def _place(self, width: int) -> None:
        view = self.view
        if view is None or width <= 0:
            return
        t = theme().tokens
        self._fitted = width
        if self.cell is not None:
            self._place_cell(width)
            return
        right = width - RIGHT
        hint = self.field.sizeHint()
        wide = self._stands_below(width, hint.width())
        label_right = right if wide or not hint.width() else right - hint.width() - 16
        label_left = LEFT + self._badge_width()
        self._words_width = max(label_right - label_left, t.px(120))
        y = t.item_row + self._words.measure(view.question, self._words_width)
        if self.aids is not None and not self.aids.isHidden():
            height = self.aids.fit(label_right - LEFT)
            self.aids.setGeometry(LEFT, y - t.px(10), label_right - LEFT, height)
            y += height
        if self._badge is not None:
            self._badge.move(LEFT, round(t.item_row / 2 - self._badge.height() / 2))
        if wide:
            top = y - t.px(8)
            inset = self.field.inset
            height = self._field_height(right - LEFT + 2 * inset)
            self.field.setGeometry(LEFT - inset, top, right - LEFT + 2 * inset, height)
            y = top + height + t.px(8)
        else:
            self.field.setGeometry(
                right - hint.width() + RING, round(t.item_row / 2 - hint.height() / 2), hint.width(), hint.height()
            )
        self._warning_top = y - t.px(8)
        if view.question.warning:
            y += place_keep(self.keep_link, self._warning_top, right)
        if view.trouble:
            self._trouble_top = y - t.px(8)
            y += t.px(META_LINE) + 4
        y += place_self_rating(self.self_rating, y, right)
        y += place_note(self.note, y, right)
        y += place_photos(self.photos, y, right)
        y += round(place_card(self.card, y, right) * self._opening.share)
        self._height = y + 1

    def _place_cell(self, width: int) -> None:
        """In a table the field fills its cell; what is to be said about it stands under it."""
        assert self.view is not None
        t = theme().tokens
        height = max(self._field_height(width - CELL_GAP), t.control + 2 * RING)
        wish = width if self.field.wide else self.field.sizeHint().width()
        self.field.setGeometry(0, t.px(4), min(width - CELL_GAP + RING, wish), height)
        self._warning_top = t.px(4) + height
        y = self._warning_top + cell_warning_height(self.view, width)
        self._height = y + place_below_cell((self.note, self.photos, self.card), y, width) + t.px(4)

    def _stands_below(self, width: int, wish: int) -> bool:
        return self.field.wide or wish > (width - LEFT - RIGHT - self._badge_width()) * 0.68

    def _field_height(self, width: int) -> int:
        height = self.field.heightForWidth(width)
        return height if height >= 0 else self.field.sizeHint().height()

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        view = self.view
        if view is None:
            return
        t = theme().tokens
        painter = self.painter()
        if self.cell is not None:
            paint_cell_warning(painter, view, self.width(), self._warning_top)
            painter.end()
            return
        right = self.width() - RIGHT
        if self._current:
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme().color("accent"))
        first = QRectF(0, 0, self.width(), t.item_row)
        number = first.adjusted(NUMBER_LEFT, 0, LEFT - 4 - self.width(), 0)
        paint.text(painter, number, view.number, "accent" if self._current else "text2", SIZE_TEXT, bold=self._current)
        words = QRectF(LEFT + self._badge_width(), 0, self._words_width, t.item_row)
        self._words.paint_question(painter, view.question, words)
        if view.question.warning:
            paint_warning(painter, view, self._warning_top, right)
        if view.trouble:
            paint_trouble(painter, view, self._trouble_top, right)
        if self.note is not None and not self.note.isHidden():
            area = QRectF(LEFT, self.note.y(), t.px(44), t.control)
            paint.text(painter, area, self.tr("备注"), "text2", SIZE_META)
        paint.hairline(painter, LEFT, right, self.height() - 1)
        painter.end()

    # --- parts --------------------------------------------------------------------------------------------------

    def _badge_width(self) -> int:
        return self._badge.sizeHint().width() + 8 if self._badge is not None else 0

    def _show_badge(self, view: ItemView) -> None:
        if view.veto and self._badge is None and self.cell is None:
            self._badge = Badge(self.tr("一票否决"), "red", "octagon-minus", self)
            self._badge.resize(self._badge.sizeHint())
            self._badge.show()

    def _show_aids(self, question: Question) -> None:
        wanted = self.cell is None and bool(question.guidance or question.media)
        if wanted and self.aids is None:
            self.aids = LabelAids(self)
            self.aids.moved.connect(self._refit)
            self.aids.opened.connect(lambda kind, name: self.media_opened.emit(self.ref, kind, name))
        if self.aids is not None:
            self.aids.setVisible(wanted)
            self.aids.show_aids(question)

    def _show_keep(self, view: ItemView) -> None:
        wanted = bool(view.question.warning) and view.question.soft and self.cell is None
        if wanted and self.keep_link is None:
            self.keep_link = Link(self.tr("属实，保留"), SIZE_META, parent=self)
            self.keep_link.clicked.connect(self._keep_clicked)
        if self.keep_link is not None:
            self.keep_link.setText(self.tr("不保留") if view.kept else self.tr("属实，保留"))
            self.keep_link.setVisible(wanted)

    def _show_self_rating(self, view: ItemView) -> None:
        if view.self_rating is None or self.cell is not None:
            return
        if self.self_rating is None:
            self.self_rating = SelfRatingLine(view.question, self._pictures, self._today, self)
            self.self_rating.rated.connect(lambda value: self.self_rated.emit(self.ref, value))
            self.self_rating.show()
        self.self_rating.show_rating(view.question, view.self_rating)

    def _show_note(self, view: ItemView, before: ItemView | None) -> None:
        wanted = bool(view.note or view.note_open or view.unsaved_note)
        if wanted:
            note = self.open_note()
            first = before is None or not (before.note or before.note_open or before.unsaved_note)
            if first or not note.hasFocus():
                note.set_text(view.unsaved_note or view.note)
            note.show()
        elif self.note is not None:
            self.note.hide()

    def _show_photos(self, view: ItemView) -> None:
        wanted = bool(view.question.photos) and view.card is None and not isinstance(self.field, MediaField)
        if wanted and self.photos is None:
            self.photos = PhotoField(self._pictures, self)
            self.wire_photos(self.photos)
        if self.photos is not None:
            if wanted:
                self.photos.show_photos(view.question.photos, "")
            self.photos.setVisible(wanted)

    def _show_card(self, view: ItemView) -> bool:
        """Makes, fills or takes away the card; True when it has just opened."""
        if view.card is None:
            if self.card is not None:
                self._opening.stop()
                card, self.card = self.card, None
                card.hide()
                card.deleteLater()
            return False
        opened = self.card is None
        if self.card is None:
            card = self._card_maker()
            card.setParent(self)
            self.wire_card(card)
            self.card = card
            card.show_content(view.card)
            card.resize(max(self.width() - LEFT - RIGHT, 1), card.sizeHint().height())
            card.show()
            card.refit.connect(self._refit)
        else:
            self.card.show_content(view.card)
        return opened

    def _refit_quietly(self) -> bool:
        """A row that was not laid out yet is so when the list puts it at its place."""
        before = self._height
        if self._fitted >= 0:
            self._place(self.width())
        return self._height != before

    @Slot()
    def _refit(self) -> None:
        if self.view is not None and self._refit_quietly():
            self.height_changed.emit()

    # --- what the user does ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.focus_field(Qt.FocusReason.MouseFocusReason)

    @Slot(str, bool)
    def _answered(self, value: str, by_key: bool) -> None:
        self.answered.emit(self.ref, value, by_key)

    @Slot(str)
    def _typing_value(self, text: str) -> None:
        self.typing.emit(self.ref, "value", text)

    @Slot()
    def _typing_note(self) -> None:
        if self.note is not None:
            self.typing.emit(self.ref, "note", self.note.text())

    @Slot()
    def _went_on(self) -> None:
        self.went_on.emit(self.ref)

    @Slot()
    def _note_left(self) -> None:
        if self.note is not None:
            self.noted.emit(self.ref, self.note.text().strip())

    @Slot()
    def _note_confirmed(self) -> None:
        self._note_left()
        self.went_on.emit(self.ref)

    @Slot()
    def _keep_clicked(self) -> None:
        if self.view is not None:
            self.kept.emit(self.ref, not self.view.kept)

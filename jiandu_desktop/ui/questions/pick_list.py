"""The list that drops under a field: the keyboard stays in the field, arrows and Enter are the list's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_TEXT
from jiandu_desktop.ui.questions.choice_search import ChoiceModel

MOST_ROWS = 10
_ROW = 34
_LISTS = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))


class PickList(QListView):
    """Opened with `open_under`; `taken` tells the row, and the list closes unless several may be taken."""

    taken = Signal(int)

    def __init__(self, edit: QLineEdit, model: ChoiceModel, stays: bool) -> None:
        super().__init__(edit)
        self._edit = edit
        self._model = model
        self._stays = stays
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(edit)
        self.setModel(model)
        self.setItemDelegate(_Row(self))
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(400)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._clicked)
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(self._fit)
        self.hide()

    def open_under(self) -> None:
        """Drops the list under its field, or above it where there is no room."""
        if self._model.rowCount() == 0:
            return
        self._place()
        if not self.isVisible():
            self.show()
        self._mark_first()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.InputMethod, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethodQuery):
            QApplication.sendEvent(self._edit, event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _LISTS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            QApplication.sendEvent(self._edit, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab closes the list and leaves the field."""
        self.hide()
        key = Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab
        QApplication.sendEvent(self._edit, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        return True

    def _place(self) -> None:
        rows = min(self._model.rowCount(), MOST_ROWS)
        height = rows * theme().px(_ROW) + 2 * self.frameWidth() + 4
        width = max(self._edit.width(), theme().px(240))
        corner = self._edit.mapToGlobal(QPoint(0, self._edit.height() + 2))
        screen = self._edit.screen().availableGeometry()
        if corner.y() + height > screen.bottom():
            above = self._edit.mapToGlobal(QPoint(0, 0)).y() - height - 2
            corner.setY(above if above > screen.top() else max(screen.top(), screen.bottom() - height))
        self.setGeometry(corner.x(), corner.y(), width, height)

    def _mark_first(self) -> None:
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def _fit(self) -> None:
        if not self.isVisible():
            return
        if self._model.rowCount() == 0 and self._model.complete:
            self.hide()
            return
        self._place()
        self._mark_first()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.hide()
            return
        if not self._stays:
            self.hide()
        self.taken.emit(index.row())


class _Row(QStyledItemDelegate):
    """A line of the list: a tick before what is chosen, the words elided at their end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        del option, index
        return QSize(theme().px(200), theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        assert isinstance(index, QModelIndex)
        area = option.rect
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, theme().color("accent_soft" if marked else "surface"))
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.icon(painter, "check", area.left() + 8, area.center().y() + 0.5, theme().px(16), "accent")
        words = area.adjusted(theme().px(16) + 14, 0, -8, 0)
        paint.text(painter, words, str(index.data()), "accent" if chosen else "text", SIZE_TEXT, bold=chosen)

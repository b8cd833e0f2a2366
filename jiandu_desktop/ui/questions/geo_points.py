"""A line or an area by hand: a list of points, added one by one or pasted line by line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from jiandu_desktop.domain import places
from jiandu_desktop.domain.places import Spot
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.geo import angle_trouble, no_map_words
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label

SHAPE = "geoshape"
MOST_SHOWN = 8
"""Rows that stand open; more of them scroll."""


class PointsField(QuestionField):
    """The points in a table, their number and the length below; a shape is closed by itself."""

    wide = True

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = question.item_kind == SHAPE
        self._value = ""
        self._filling = False
        self.table = QTableWidget(0, 4, self)
        heads = [self.tr("纬度"), self.tr("经度"), self.tr("海拔（米）"), self.tr("精度（米）")]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectItems)
        self.table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.itemChanged.connect(self._changed)
        self.table.itemSelectionChanged.connect(self._follow)
        self.table.installEventFilter(self)
        self.add = Button(self.tr("添加一点"), icon="plus", parent=self)
        self.remove = Button(self.tr("删除所选"), icon="trash-2", parent=self)
        self.paste_button = Button(self.tr("粘贴多行"), icon="copy", parent=self)
        self._words = Label("", "meta")
        self._words.setWordWrap(True)
        self._words.hide()
        self._map = no_map_words(question)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add, self.remove, self.paste_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, RING, 0, RING)
        column.setSpacing(6)
        column.addWidget(self.table)
        column.addLayout(row)
        column.addWidget(self._words)
        self.add.clicked.connect(self.add_point)
        self.remove.clicked.connect(self.remove_points)
        self.paste_button.clicked.connect(self.paste)
        self.setFocusProxy(self.add)
        self.table.setShowGrid(True)
        self._fit()
        self._follow()

    def show_question(self, question: Question) -> None:
        self.table.setAccessibleName(question.label)
        trigger = QTableWidget.EditTrigger
        by_hand = trigger.DoubleClicked | trigger.SelectedClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed
        self.table.setEditTriggers(trigger.NoEditTriggers if question.readonly else by_hand)
        for button in (self.add, self.remove, self.paste_button):
            button.setVisible(not question.readonly)
            button.setAccessibleName(f"{question.label} {button.text()}")
        if question.value != self._value or (question.value and not self.table.rowCount()):
            self._value = question.value
            self._show(self._points_of(question.value))
        self._follow()

    def show_unsaved(self, text: str) -> None:
        """Rows that were typed and are no answer yet."""
        self._fill([line.split("|") for line in text.splitlines()])
        self._follow()

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.table if self.table.rowCount() else self.add

    def sizeHint(self) -> QSize:
        return QSize(theme().px(520), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(320), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = theme().tokens.control + 2 * RING
        if self.table.rowCount():
            height += self.table.height() + 6
        if self._words.text():
            height += self._words.heightForWidth(max(width, 1)) + 6
        return height

    @Slot()
    def add_point(self) -> None:
        """A new line, ready to be typed into; a place in the clipboard is offered by Ctrl+V."""
        rows = self._texts()
        self._fill([*rows, ["", "", "", ""]])
        self._follow()
        self.table.setFocus()
        self.table.setCurrentCell(len(rows), 0)
        first = self.table.item(len(rows), 0)
        if first is not None:
            self.table.editItem(first)

    @Slot()
    def remove_points(self) -> None:
        """Takes the lines of the selected cells out."""
        gone = {index.row() for index in self.table.selectedIndexes()}
        place = min(gone, default=0)
        self._fill([row for number, row in enumerate(self._texts()) if number not in gone])
        self._settle()
        if self.table.rowCount():
            self.table.setCurrentCell(min(place, self.table.rowCount() - 1), 0)
        else:
            self.add.setFocus()

    @Slot()
    def paste(self) -> bool:
        """Every line of the clipboard that is a place becomes a point; what was no place is said. False for none."""
        lines = [line for line in QGuiApplication.clipboard().text().replace(";", "\n").splitlines() if line.strip()]
        found = [(line, places.spot(line)) for line in lines]
        good = [spot for _, spot in found if spot is not None]
        wrong = [line for line, spot in found if spot is None]
        if good:
            kept = [row for row in self._texts() if any(cell.strip() for cell in row)]
            self._fill([*kept, *map(_cells, good)])
            self._settle()
        if wrong or not lines:
            example = wrong[0].strip()[:24] if wrong else ""
            self._say(
                self.tr("剪贴板里有 {0} 行不是坐标（“{1}”），每行请写成 31.2304,121.4737").format(len(wrong), example)
                if wrong
                else self.tr("剪贴板里没有坐标，请先复制，每行一个，例如 31.2304,121.4737"),
                wrong=True,
            )
        return bool(good)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.table:
            if event.matches(QKeySequence.StandardKey.Paste):
                return self.paste()
            if event.key() == Qt.Key.Key_Delete and not self.remove.isHidden():
                self.remove_points()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._next_cell()
                return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            event.accept()  # not the room's, which would look for a picture
            return True
        return super().eventFilter(watched, event)

    def _next_cell(self) -> None:
        """Enter goes through the cells, and after the last on to the next question."""
        row, column = self.table.currentRow(), self.table.currentColumn()
        if row < 0 or row == self.table.rowCount() - 1:
            self._settle()
            self.went_on.emit()
        else:
            self.table.setCurrentCell(row + 1, max(column, 0))

    # --- rows -------------------------------------------------------------------------------------------------------

    def _points_of(self, value: str) -> tuple[Spot, ...]:
        points = places.spots(value)
        return places.opened(points) if self._shape else points

    def _show(self, points: tuple[Spot, ...]) -> None:
        self._fill([_cells(point) for point in points])

    def _fill(self, rows: list[list[str]]) -> None:
        self._filling = True
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column in range(4):
                self.table.setItem(number, column, QTableWidgetItem(row[column] if column < len(row) else ""))
        self._filling = False
        self._fit()

    def _fit(self) -> None:
        row = theme().tokens.control
        self.table.verticalHeader().setDefaultSectionSize(row)
        shown = min(self.table.rowCount(), MOST_SHOWN)
        height = theme().tokens.table_head + shown * row + 4
        self.table.setVisible(shown > 0)
        if self.table.height() != (height if shown else 0):
            self.table.setFixedHeight(height if shown else 0)
            self.refit.emit()

    def _texts(self) -> list[list[str]]:
        return [
            [item.text() if (item := self.table.item(row, column)) is not None else "" for column in range(4)]
            for row in range(self.table.rowCount())
        ]

    @Slot(QTableWidgetItem)
    def _changed(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        whole = places.spot(item.text())
        if whole is not None and item.column() == 0:
            rows = self._texts()
            rows[item.row()] = _cells(whole)
            self._fill(rows)
        self._settle()

    def _settle(self) -> None:
        """Tells the line or shape as soon as it is one; until then the typed rows are kept as half-typed text."""
        rows = [row for row in self._texts() if any(cell.strip() for cell in row)]
        points = []
        for number, row in enumerate(rows, 1):
            point = _point(row)
            if isinstance(point, str):
                self._keep_typed()
                self._say(self.tr("第 {0} 点：{1}").format(number, point), wrong=True)
                return
            points.append(point)
        least = 3 if self._shape else 2
        if points and places.distinct(tuple(points)) < least:
            self._keep_typed()
            words = self.tr("围成一块地至少要 3 个不同的点") if self._shape else self.tr("一条线至少要 2 个不同的点")
            self._say(words, wrong=True)
            return
        whole = places.closed(tuple(points)) if self._shape else tuple(points)
        value = places.written(whole)
        if not places.is_same(value, self._value):
            self._value = value
            self.answered.emit(value, False)
        self._follow()

    def _keep_typed(self) -> None:
        self.typing.emit("\n".join("|".join(row) for row in self._texts()))

    @Slot()
    def _follow(self) -> None:
        self.remove.setEnabled(bool(self.table.selectedIndexes()))
        points = self._points_of(self._value)
        if not points:
            self._say(self._map)
            return
        metres = places.length(places.closed(points) if self._shape else points)
        words = self.tr("{0} 点，周长 {1:.0f} 米") if self._shape else self.tr("{0} 点，长 {1:.0f} 米")
        self._say(words.format(len(points), metres))

    def _say(self, words: str, wrong: bool = False) -> None:
        self._words.set_tone("caution" if wrong else "text2")
        if self._words.text() != words:
            self._words.setText(words)
            self._words.setVisible(bool(words))
            self.refit.emit()


def _cells(point: Spot) -> list[str]:
    return [
        places.plain(point.latitude),
        places.plain(point.longitude),
        places.plain(point.altitude) if point.altitude else "",
        places.plain(point.accuracy) if point.accuracy else "",
    ]


def _point(row: list[str]) -> Spot | str:
    """The place of a line, or why it is none."""
    latitude, longitude = places.angle(row[0], 90), places.angle(row[1], 180)
    if latitude is None:
        return angle_trouble(row[0], 90)
    if longitude is None:
        return angle_trouble(row[1], 180)
    rest = [places.metres(cell) if cell.strip() else None for cell in row[2:4]]
    for cell, metres in zip(row[2:4], rest, strict=True):
        if cell.strip() and metres is None:
            return QCoreApplication.translate("Places", "“{}”不是米数，请写成 12 或 12.5").format(cell)
    return Spot(latitude, longitude, *rest)

"""A place by hand: latitude, longitude, altitude and accuracy, as decimals, degrees, or pasted in one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jiandu_desktop.domain import places
from jiandu_desktop.domain.places import Spot
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.text import Label

ANGLE_WIDTH, METRES_WIDTH = 136, 68


def no_map_words(question: Question) -> str:
    """What is said where the form asks for a map."""
    if question.looks("placement-map", "maps"):
        return QCoreApplication.translate("Places", "本机离线，没有地图，请手工填写或粘贴坐标")
    return ""


def angle_trouble(text: str, largest: int) -> str:
    """Why a text is no latitude (90) or longitude (180)."""
    tr = QCoreApplication.translate
    if not text.strip():
        return tr("Places", "还缺纬度") if largest == 90 else tr("Places", "还缺经度")
    if largest == 90:
        return tr("Places", "纬度“{}”看不懂或超出 -90 到 90，请写成 31.2304 或 31°13′49″").format(text)
    return tr("Places", "经度“{}”看不懂或超出 -180 到 180，请写成 121.4737 或 121°28′25″").format(text)


class _PlaceEdit(RoomLineEdit):
    """A field into which a whole place may be pasted."""

    def __init__(self, field: PlaceField, width: int) -> None:
        super().__init__(field)
        self._field = field
        self._wide = width
        self.setFixedWidth(theme().px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._field.paste(QGuiApplication.clipboard().text()):
            return
        super().keyPressEvent(event)


class PlaceField(QuestionField):
    """Four fields in a row; what is wrong stands below in a sentence."""

    wide = True

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.latitude = _PlaceEdit(self, ANGLE_WIDTH)
        self.longitude = _PlaceEdit(self, ANGLE_WIDTH)
        self.altitude = _PlaceEdit(self, METRES_WIDTH)
        self.accuracy = _PlaceEdit(self, METRES_WIDTH)
        self._names = {
            self.latitude: self.tr("纬度"),
            self.longitude: self.tr("经度"),
            self.altitude: self.tr("海拔（米）"),
            self.accuracy: self.tr("精度（米）"),
        }
        self._map = no_map_words(question)
        self._words = Label("", "meta")
        self._words.setWordWrap(True)
        self._wrong = False
        angles, rest = QHBoxLayout(), QHBoxLayout()
        for edit, name in self._names.items():
            part = angles if edit in (self.latitude, self.longitude) else rest
            part.addWidget(Label(name, "label"))
            part.addWidget(edit)
            part.addSpacing(6)
            edit.textEdited.connect(self._edited)
            edit.returnPressed.connect(self._entered)
            edit.left.connect(self._settle)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(6)
        for part in (angles, rest):
            part.setSpacing(6)
            self._fields.addLayout(part)
        angles.addStretch(1)
        rest.addStretch(100)
        self.latitude.setPlaceholderText("31.2304")
        self.longitude.setPlaceholderText("121.4737")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, RING, 0, RING)
        column.setSpacing(4)
        column.addLayout(self._fields)
        column.addWidget(self._words)
        self.setFocusProxy(self.latitude)
        self._tell("")

    def show_question(self, question: Question) -> None:
        for edit, name in self._names.items():
            edit.setAccessibleName(self.tr("{0}：{1}").format(question.label, name))
            edit.setReadOnly(question.readonly)
        if question.value != self._value or self._is_empty():
            self._value = question.value
            self._fill(question.value)

    def show_unsaved(self, text: str) -> None:
        for edit, words in zip(self._names, text.split("|"), strict=False):
            edit.setText(words)

    def paste(self, text: str) -> bool:
        """Takes a whole place from the clipboard; False for what is none."""
        spot = places.spot(text)
        if spot is None or self.latitude.isReadOnly():
            return False
        self._show(spot)
        self._settle_whole()
        return True

    def commit(self) -> None:
        self._settle_whole()

    def focus_target(self) -> QWidget:
        return self.latitude

    def sizeHint(self) -> QSize:
        return QSize(theme().px(640), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Where the four fields do not fit side by side, they stand in two lines."""
        control = theme().tokens.control
        height = (control if self._fits(width) else 2 * control + 6) + 2 * RING
        if not self._words.isHidden():
            height += self._words.heightForWidth(max(width, 1)) + 4
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._fields.setDirection(direction.LeftToRight if self._fits(event.size().width()) else direction.TopToBottom)

    def _fits(self, width: int) -> bool:
        names = sum(paint.text_width(name, SIZE_META) for name in self._names.values())
        fields = sum(edit.width() for edit in self._names)
        return names + fields + 18 * len(self._names) <= width

    def _is_empty(self) -> bool:
        return not any(edit.text().strip() for edit in self._names)

    def _fill(self, value: str) -> None:
        found = places.spots(value)
        if found:
            self._show(found[0])
        else:
            for edit in self._names:
                edit.setText("")
        self._tell("")

    def _show(self, spot: Spot) -> None:
        self.latitude.setText(places.plain(spot.latitude))
        self.longitude.setText(places.plain(spot.longitude))
        self.altitude.setText(places.plain(spot.altitude) if spot.altitude else "")
        self.accuracy.setText(places.plain(spot.accuracy) if spot.accuracy else "")

    @Slot()
    def _edited(self) -> None:
        spot = places.spot(self.latitude.text())
        if spot is not None and not self.longitude.text() and "," in self.latitude.text().replace("，", ","):
            return  # a whole place typed into the first field: taken apart when it is left
        self.typing.emit("|".join(edit.text() for edit in self._names))
        self._tell("")

    @Slot()
    def _settle(self) -> None:
        """Going from one of the four fields to the next is no answer yet."""
        now = self.window().focusWidget()
        if isinstance(now, QLineEdit) and now in self._names:
            return
        self._settle_whole()

    def _settle_whole(self) -> None:
        whole = places.spot(self.latitude.text())
        if whole is not None and not self.longitude.text().strip():
            self._show(whole)
        value = self._typed()
        if value is not None:
            self._tell("")
            if not places.is_same(value, self._value):
                self._value = value
                self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._settle_whole()
        if self._wrong:
            return
        if self.latitude.hasFocus() and not self.longitude.text():
            self.longitude.setFocus()
        else:
            self.went_on.emit()

    def _typed(self) -> str | None:
        """The answer as it stands; "" for none, None while something is wrong, which is said."""
        if self._is_empty():
            return ""
        for edit, largest in ((self.latitude, 90), (self.longitude, 180)):
            if places.angle(edit.text(), largest) is None:
                self._tell(angle_trouble(edit.text(), largest), edit)
                return None
        for edit in (self.altitude, self.accuracy):
            if edit.text().strip() and places.metres(edit.text()) is None:
                self._tell(self.tr("{0}“{1}”不是数，请写成 12 或 12.5").format(self._names[edit], edit.text()), edit)
                return None
        latitude, longitude = places.angle(self.latitude.text(), 90), places.angle(self.longitude.text(), 180)
        assert latitude is not None
        assert longitude is not None
        return Spot(
            latitude, longitude, places.metres(self.altitude.text()), places.metres(self.accuracy.text())
        ).written()

    def _tell(self, wrong: str, at: RoomLineEdit | None = None) -> None:
        self._wrong = bool(wrong)
        for edit in self._names:
            edit.set_warning(edit is at)
        self._words.set_tone("caution" if wrong else "text2")
        words = wrong or self._map
        if self._words.text() != words or self._words.isHidden() is bool(words):
            self._words.setText(words)
            self._words.setVisible(bool(words))
            self.refit.emit()

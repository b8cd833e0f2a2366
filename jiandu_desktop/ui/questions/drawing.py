"""Desks over the window on which a picture is made: marks on a copy of a photo, a drawing, a signature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QImageWriter, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import INKS, SIZE_ITEM
from jiandu_desktop.ui.questions.ink_marks import Tool
from jiandu_desktop.ui.questions.sheet import MEDIUM, THICK, THIN, Sheet
from jiandu_desktop.ui.widgets.buttons import Button, IconButton
from jiandu_desktop.ui.widgets.overlay import Overlay
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.signature import SignatureBox, paint_strokes
from jiandu_desktop.ui.widgets.text import Label, VerticalHairline

BLANK = (1600, 1200)
"""Pixels of an empty drawing sheet."""

SIGNED = (1000, 500)
"""Pixels of a signature as a picture; the box is twice as wide as high."""

_MARGIN = 12
_BOX_WIDTH = 800
_TITLE_WIDTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture that was made by hand: the bytes of a file, its name, the photo (its id) it takes the place of, and the
    photo it was drawn on."""

    content: bytes
    name: str
    replaces: str = ""
    covers: str = ""


class DrawingDesk(Overlay):
    """Tools above, the sheet below; 保存 tells `drawn` with the picture."""

    drawn = Signal(QImage)

    def __init__(self, over: QWidget, title: str) -> None:
        super().__init__(over)
        self.setAccessibleName(title)
        self.sheet = Sheet(self)
        self.tools: dict[Tool, Button] = {}
        self.undo = IconButton("undo-2", self.tr("撤销一笔  Ctrl+Z"), self)
        self.redo = IconButton("redo-2", self.tr("恢复一笔  Ctrl+Y"), self)
        self.wipe = IconButton("trash-2", self.tr("全部擦掉"), self)
        self.save = Button(self.tr("保存"), "primary", hint="Ctrl+S", parent=self)
        self.cancel = Button(self.tr("不保存"), hint="Esc", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(title))
        column.addWidget(self.sheet, 1)
        column.addWidget(self._inks_bar())
        self.undo.clicked.connect(self.sheet.undo)
        self.redo.clicked.connect(self.sheet.redo)
        self.wipe.clicked.connect(self.sheet.clear)
        self.sheet.changed.connect(self._follow)
        self.sheet.left.connect(self.leave)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.leave)
        self._choose_tool(Tool.PEN)

    def draw_on(self, base: QImage | None) -> None:
        """Opens with a copy of this picture, or with an empty sheet."""
        if base is None or base.isNull():
            base = QImage(*BLANK, QImage.Format.Format_RGB32)
            base.fill(QColor(255, 255, 255))
        self.sheet.show_picture(base)
        self.open()
        self.sheet.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.sheet.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or (
            event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.sheet.redo()
        elif event.matches(QKeySequence.StandardKey.Save):
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif len(text) == 1 and text in "12345":
            self._choose_tool(list(Tool)[int(text) - 1])
        else:
            event.accept()

    def _bar(self, title: str) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("ground", "bar-top")
        row = QHBoxLayout(bar)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        name = Label(paint.elide(title, theme().px(_TITLE_WIDTH), SIZE_ITEM, bold=True), "heading")
        name.setToolTip(title)
        row.addWidget(name)
        row.addSpacing(8)
        looks = {
            Tool.PEN: (self.tr("画线"), "pencil"),
            Tool.ARROW: (self.tr("箭头"), "arrow-up-right"),
            Tool.BOX: (self.tr("方框"), "square"),
            Tool.WORDS: (self.tr("文字"), "type"),
            Tool.MOSAIC: (self.tr("马赛克"), "grid-3x3"),
        }
        group = QButtonGroup(self)
        for number, (tool, (words, icon)) in enumerate(looks.items(), 1):
            button = Button(words, icon=icon, hint=str(number), parent=bar)
            button.setCheckable(True)
            button.clicked.connect(self._tool_clicked)
            group.addButton(button)
            row.addWidget(button)
            self.tools[tool] = button
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return bar

    def _inks_bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("ground", "bar-bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        names = (self.tr("红"), self.tr("蓝"), self.tr("黑"), self.tr("白"))
        self.inks = Segmented(list(zip(INKS, names, strict=True)), INKS[0], bar)
        self.inks.setAccessibleName(self.tr("颜色"))
        self.inks.chosen.connect(self.sheet.set_ink)
        widths = ((THIN, self.tr("细")), (MEDIUM, self.tr("中")), (THICK, self.tr("粗")))
        self.widths = Segmented([(str(width), words) for width, words in widths], str(MEDIUM), bar)
        self.widths.setAccessibleName(self.tr("粗细"))
        self.widths.chosen.connect(self._set_width)
        row.addWidget(self.inks)
        row.addWidget(self.widths)
        row.addWidget(VerticalHairline())
        for button in (self.undo, self.redo, self.wipe):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(Label(self.tr("滚轮或 + - 缩放，方向键和空格键也能画"), "meta"))
        return bar

    def _choose_tool(self, tool: Tool) -> None:
        self.tools[tool].setChecked(True)
        self.sheet.choose(tool)

    @Slot()
    def _tool_clicked(self) -> None:
        self._choose_tool(next(tool for tool, button in self.tools.items() if button is self.sender()))
        self.sheet.setFocus()

    @Slot(str)
    def _set_width(self, width: str) -> None:
        self.sheet.set_width(int(width))

    @Slot()
    def _follow(self) -> None:
        some = bool(self.sheet.marks())
        self.undo.setEnabled(some)
        self.wipe.setEnabled(some)
        self.redo.setEnabled(self.sheet.can_redo())

    @Slot()
    def _save(self) -> None:
        """Without a mark nothing was made, and nothing is kept."""
        picture = self.sheet.picture()
        if self.sheet.marks():
            self.drawn.emit(picture)
        self.leave()


class SigningDesk(Overlay):
    """A large box to sign in; 保存 tells `drawn` with black strokes on white."""

    drawn = Signal(QImage)

    def __init__(self, over: QWidget, title: str) -> None:
        super().__init__(over)
        self.setAccessibleName(title)
        self.box = SignatureBox(title, "", self)
        self.again = Button(self.tr("重签"), icon="eraser", parent=self)
        self.cancel = Button(self.tr("不保存"), hint="Esc", parent=self)
        self.save = Button(self.tr("保存"), "primary", hint="Ctrl+S", parent=self)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(Label(title, "heading"))
        column.addStretch(1)
        self.box.setMaximumWidth(theme().px(_BOX_WIDTH))
        middle = QHBoxLayout()
        middle.addWidget(self.box)
        column.addLayout(middle)
        column.addStretch(1)
        column.addLayout(row)
        self.again.clicked.connect(self.box.clear)
        self.cancel.clicked.connect(self.leave)
        self.save.clicked.connect(self._save)
        self.box.signed.connect(self._follow)
        self._follow()

    def sign(self) -> None:
        """Opens with an empty box."""
        self.open()
        self.box.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.matches(QKeySequence.StandardKey.Save):
            self._save()
        else:
            event.accept()

    @Slot()
    def _follow(self) -> None:
        self.save.setEnabled(not self.box.is_empty())
        self.again.setEnabled(not self.box.is_empty())

    @Slot()
    def _save(self) -> None:
        if self.box.is_empty():
            return
        picture = QImage(*SIGNED, QImage.Format.Format_RGB32)
        picture.fill(QColor(255, 255, 255))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_strokes(painter, self.box.strokes(), QRectF(picture.rect()), QColor(0, 0, 0))
        painter.end()
        self.drawn.emit(picture)
        self.leave()


def encoded(picture: QImage, photo: bool) -> bytes:
    """The bytes of a file: JPEG for what is drawn on a photo, PNG for lines on white."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpg" if photo else b"png")
    if photo:
        writer.setQuality(90)
    writer.write(picture)
    buffer.close()
    return bytes(data.data())


def marked_name(name: str) -> str:
    """What a marked copy of a photo is called: IMG_1.jpg gives IMG_1-marked.jpg."""
    stem = PurePath(name).stem
    return f"{stem if stem.endswith('-marked') else stem + '-marked'}.jpg"

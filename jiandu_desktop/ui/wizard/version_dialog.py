"""改用新版本: first what would be lost and why, then what to look at again; nothing is moved before it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.services.versions import Concern, Outlook
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose
from jiandu_desktop.ui.wizard.version_words import part_word, why_words

WIDTH = 660
"""At 100 %; never wider than a small laptop's screen."""

NUMBER = 44
LIST_LEAST, LIST_MOST = 120, 320
"""How high the list of what is concerned may be, in px at 100 %."""


class VersionDialog(QDialog):
    """Shows what a move would do; `chosen` once, with True for it and False for staying."""

    chosen = Signal(bool)

    def __init__(self, outlook: Outlook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = False
        self.setWindowTitle(self.tr("改用新版本"))
        offer = outlook.offer
        heading = Label(
            self.tr("“{title}”改用版本 {version}").format(title=offer.title, version=offer.version), role="heading"
        )
        heading.setWordWrap(True)
        self.notice = InlineNotice(*_verdict(outlook))
        self.stay = Button(self.tr("仍用版本 {}").format(offer.own_version or "—"))
        losing = bool(outlook.lost)
        self.move_button = Button(
            self.tr("舍去这些，改用新版本") if losing else self.tr("改用新版本"), kind="" if losing else "primary"
        )
        if losing:
            self.stay.set_kind("primary")
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addStretch(1)
        keys.addWidget(self.stay)
        keys.addWidget(self.move_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(Prose(_summary(outlook), tone="text2"))
        column.addWidget(self.notice)
        if outlook.lost or outlook.changed:
            column.addWidget(_concerns(outlook), 1)
        column.addSpacing(4)
        column.addLayout(keys)
        room = self.screen().availableGeometry() if self.screen() is not None else None
        wide = theme().px(WIDTH)
        self.setFixedWidth(min(wide, room.width() - 40) if room is not None else wide)
        if room is not None:
            self.setMaximumHeight(room.height() - 40)
        self.stay.clicked.connect(self.reject)
        self.move_button.clicked.connect(self._move)
        self.finished.connect(self._closed)
        (self.stay if losing else self.move_button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter presses the button that has the keyboard, and no other: nothing is lost by a hasty key.
            event.ignore()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _move(self) -> None:
        self._tell(True)
        self.accept()

    @Slot()
    def _closed(self) -> None:
        self._tell(False)

    def _tell(self, chosen: bool) -> None:
        if not self._told:
            self._told = True
            self.chosen.emit(chosen)


class ConcernRow(QWidget):
    """One thing that is lost or changed: which item, what was said, why."""

    def __init__(self, concern: Concern, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.concern = concern
        number = Label(concern.number, tone="text2")
        number.setFixedWidth(theme().px(NUMBER))
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(Prose(concern.label, SIZE_TEXT, bold=True))
        right.addWidget(Prose(f"{part_word(concern.part)}：{concern.text}"))
        right.addWidget(Prose(why_words(concern), tone="text2"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(0)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Hairline())
        self.setAccessibleName(f"{concern.number} {concern.label} {concern.text} {why_words(concern)}")


def _summary(outlook: Outlook) -> str:
    tr = QCoreApplication.translate
    kept = tr("VersionDialog", "{count} 题的答案原样带过去").format(count=outlook.kept)
    if outlook.renamed:
        kept += tr("VersionDialog", "（其中 {count} 题换了名称或位置）").format(count=outlook.renamed)
    added = tr("VersionDialog", "新版本多出 {count} 题").format(count=len(outlook.added))
    rest = tr("VersionDialog", "备注、照片和问题跟着题目走")
    return f"{kept}；{added if outlook.added else rest}。"


def _verdict(outlook: Outlook) -> tuple[str, str]:
    tr = QCoreApplication.translate
    if outlook.lost:
        return tr("VersionDialog", "有 {count} 处内容会舍去，请先看清楚。").format(count=len(outlook.lost)), "caution"
    if outlook.changed:
        words = tr("VersionDialog", "什么也不会丢，有 {count} 处改用后请再看一眼。")
        return words.format(count=len(outlook.changed)), "info"
    return tr("VersionDialog", "什么也不会丢，可以放心改用。"), "info"


def _concerns(outlook: Outlook) -> QScrollArea:
    tr = QCoreApplication.translate
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(0)
    parts: tuple[tuple[str, Sequence[Concern]], ...] = (
        (tr("VersionDialog", "会舍去"), outlook.lost),
        (tr("VersionDialog", "请再看一眼"), outlook.changed),
    )
    for words, concerns in parts:
        if concerns:
            column.addSpacing(4)
            column.addWidget(Label(f"{words} {len(concerns)}", role="label"))
        for concern in concerns:
            column.addWidget(ConcernRow(concern))
    column.addStretch(1)
    area = QScrollArea()
    area.setAccessibleName(tr("VersionDialog", "改用新版本会怎样"))
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    few = 86 * (len(outlook.lost) + len(outlook.changed)) + 40
    area.setMinimumHeight(theme().px(min(max(few, LIST_LEAST), LIST_MOST)))
    return area

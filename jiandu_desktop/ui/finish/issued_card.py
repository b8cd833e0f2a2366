"""After 定稿: what was issued, under which number, and how often it was printed; ticked lines are printed again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import ESCALATION_NAMES
from jiandu_desktop.domain.problem.escalation import CAUSE_NAMES
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.escalations import EscalationRow
from jiandu_desktop.services.letters import KIND_OF_LEVEL
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.write_button import WriteButton
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose

_EDGE = 19


class IssuedCard(QFrame):
    """Takes the place of the list that had to be gone through."""

    letter_wanted = Signal(object)
    """A `LetterWish` for what is proposed."""
    signature_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._badge = Badge("")
        self._when = Label(role="meta")
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(10)
        head.addWidget(Label(self.tr("已定稿"), role="heading"))
        head.addWidget(self._badge)
        head.addStretch(1)
        head.addWidget(self._when)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(_EDGE, 4, _EDGE, 4)
        self._list.setSpacing(0)
        self._next = Prose(tone="text2")
        self.sign = Button(self.tr("电子签名…"), icon="signature")
        self.sign.setToolTip(self.tr("用督导室的证书给勾选的文书签名，签后的 PDF 用“另存为”取出"))
        self.sign.clicked.connect(self.signature_wanted)
        self.sign.hide()
        self._mark = Label(role="meta")
        self._mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._list)
        column.addWidget(Hairline())
        foot = QVBoxLayout()
        foot.setContentsMargins(_EDGE, 14, _EDGE, 14)
        foot.setSpacing(10)
        foot.addWidget(self._next)
        foot.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self._mark)
        column.addLayout(foot)
        self._visit = ""
        self.write = WriteButton(lambda: self._visit)
        self.write.wanted.connect(self.letter_wanted)
        others = QHBoxLayout()
        others.setContentsMargins(_EDGE, 0, _EDGE, 14)
        others.addWidget(self.write)
        others.addStretch(1)
        column.addLayout(others)
        self._proposed = QVBoxLayout()
        self._proposed.setContentsMargins(_EDGE, 0, _EDGE, 14)
        self._proposed.setSpacing(8)
        column.addLayout(self._proposed)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("出具的文书"))
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(scroll, 1)
        self.boxes: dict[DocumentKind, QCheckBox] = {}

    def show_issued(self, visit: Visit, documents: Sequence[Document]) -> None:
        """Shows the frozen visit and its documents; the ticks of before stay."""
        self._visit = visit.id
        waits = visit.state is VisitState.AWAITING_SIGNATURE
        self._badge.set(self.tr("待签字") if waits else self.tr("已完成"), "caution" if waits else "accent")
        at = visit.finished_at
        self._when.setText(f"{at:%Y-%m-%d %H:%M}" if at else "")
        ticked = {kind for kind, box in self.boxes.items() if box.isChecked()}
        known = set(self.boxes)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.boxes = {}
        for place, document in enumerate(documents):
            row = self._row(document)
            self.boxes[document.kind].setChecked(document.kind in ticked or document.kind not in known)
            if place:
                self._list.addWidget(Hairline())
            self._list.addWidget(row)
        if waits:
            words = self.tr("打印后请学校负责人在纸上签字；签好后点“已手签”。记录在下次同步时上交。")
        else:
            words = self.tr("记录在下次同步时上交督导室。要改须写明理由，在“督导记录”里重新打开。")
        self._next.set_text(words)
        self._mark.setText(self.tr("校验码 {}").format(visit.content_hash[:16]))
        self._mark.setToolTip(visit.content_hash)

    def offer_signature(self, *, offered: bool) -> None:
        """Where this computer has the office's certificate."""
        self.sign.setVisible(offered)

    def show_proposed(self, rows: Sequence[EscalationRow]) -> None:
        """What the rules propose for what is not put right; a person decides, each button opens a draft."""
        while (item := self._proposed.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not rows:
            return
        self._proposed.addWidget(Hairline())
        self._proposed.addWidget(Label(self.tr("建议的下一步"), role="section"))
        for level in dict.fromkeys(row.proposal.level for row in rows):
            here = [row for row in rows if row.proposal.level is level]
            causes = dict.fromkeys(CAUSE_NAMES[rule.cause] for row in here for rule, _ in row.proposal.reasons)
            words = self.tr("{count} 个问题建议{level}（{causes}）")
            text = words.format(count=len(here), level=ESCALATION_NAMES[level], causes="、".join(causes))
            self._proposed.addWidget(Prose(text))
            button = Button(self.tr("拟{kind}…").format(kind=DOCUMENT_KIND_NAMES[KIND_OF_LEVEL[level]]))
            wish = LetterWish(kind=KIND_OF_LEVEL[level], problem_ids=tuple(row.problem.id for row in here), level=level)
            button.clicked.connect(lambda _=False, wish=wish: self.letter_wanted.emit(wish))
            self._proposed.addWidget(button)

    def proposals(self) -> list[Button]:
        """The buttons that open a draft of what is proposed."""
        items = (self._proposed.itemAt(place) for place in range(self._proposed.count()))
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Button)]

    def chosen(self) -> tuple[DocumentKind, ...]:
        """The documents ticked."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def _row(self, document: Document) -> QWidget:
        row = QWidget()
        box = QCheckBox(self.tr(DOCUMENT_KIND_NAMES[document.kind]))
        box.setToolTip(self.tr("勾选的文书一起打印、另存"))
        self.boxes[document.kind] = box
        number = Label(document.number, role="strong")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        facts = self.tr("{} 页").format(document.pages)
        if document.prints:
            facts += self.tr("，已打印 {} 份").format(document.prints)
        above = QHBoxLayout()
        above.addWidget(box)
        above.addStretch(1)
        above.addWidget(Label(facts, role="meta"))
        below = QHBoxLayout()
        below.setContentsMargins(26, 0, 0, 0)
        below.addWidget(number)
        below.addStretch(1)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(below)
        return row

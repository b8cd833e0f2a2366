"""签字: inspectors and head sign on the screen or leave it blank for ink; what the school says; who came along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.visit import SchoolOpinion, Signature, Visit
from jiandu_desktop.services.drafting import HEAD_ROLE, INSPECTOR_ROLE
from jiandu_desktop.ui.finish.companion_names import CompanionNames
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.signature import SignatureBox, Strokes
from jiandu_desktop.ui.widgets.text import Label, Prose

TYPING_MS = 500
"""Half-typed words are saved this long after the last key."""


class SigningCard(Card):
    """Emits what changed; saving is the room's. The field `companions` stands wherever the room puts it."""

    signed = Signal(str, str, object)
    """Role, name and strokes; no strokes clear a signature."""
    opinion_said = Signal(str, str)
    """Value of SchoolOpinion, and the words added to it."""
    companions_named = Signal(str)
    refusal_wanted = Signal()
    refusal_withdrawn = Signal()
    """The head will not sign; or signs after all."""

    def __init__(
        self, inspectors: Sequence[str], head: str, known: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`known`: names that 同行人员 completes."""
        super().__init__(parent)
        self.boxes: dict[tuple[str, str], SignatureBox] = {}
        self._opinion = SchoolOpinion.UNSAID
        self.column.setContentsMargins(19, 12, 19, 15)
        heading = QHBoxLayout()
        heading.addWidget(Label(self.tr("签字"), role="heading"))
        heading.addStretch(1)
        heading.addWidget(Label(self.tr("鼠标、手写笔，或留白打印后手签"), role="meta"))
        self.column.addLayout(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        people = [(INSPECTOR_ROLE, name, self.tr("督学")) for name in inspectors]
        people.append((HEAD_ROLE, head, self.tr("校长")))
        for place, (role, name, word) in enumerate(people):
            box = SignatureBox(word, name)
            box.signed.connect(self._signed)
            self.boxes[(role, name)] = box
            grid.addWidget(box, place // 2, place % 2)
        self.opinion = Segmented(
            [(SchoolOpinion.AGREES.value, self.tr("无异议")), (SchoolOpinion.OBJECTS.value, self.tr("有异议"))]
        )
        self.opinion.setAccessibleName(self.tr("学校意见"))
        self.opinion.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.opinion_text = QLineEdit()
        self.opinion_text.setAccessibleName(self.tr("学校意见"))
        self.companions = QLineEdit()
        self.companions.setAccessibleName(self.tr("同行人员"))
        self.companions.setPlaceholderText(self.tr("没有就留空，几个人用顿号隔开"))
        names = CompanionNames(known, self.companions)
        self.companions.setCompleter(names)
        cell = QVBoxLayout()
        cell.setSpacing(6)
        cell.addStretch(1)
        cell.addWidget(Label(self.tr("学校意见"), role="label"))
        cell.addWidget(self.opinion)
        cell.addWidget(self.opinion_text)
        place = len(people)
        if place % 2:
            grid.addLayout(cell, place // 2, 1)
        else:
            grid.addLayout(cell, place // 2, 0, 1, 2)
        self.column.addLayout(grid)
        self._refused = False
        self.refusal = Prose("", size=12)
        self.refuse = Link(self.tr("学校不肯签字，登记拒签…"), SIZE_META)
        self.withdraw = Link(self.tr("改为签字"), SIZE_META)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self.refusal, 1)
        told.addWidget(self.refuse)
        told.addWidget(self.withdraw)
        self.column.addLayout(told)
        self.refuse.clicked.connect(self.refusal_wanted)
        self.withdraw.clicked.connect(self.refusal_withdrawn)
        self.show_refusal(None)
        self.opinion.chosen.connect(self._choose)
        self._wait = {field: self._timer(field) for field in (self.opinion_text, self.companions)}
        names.activated.connect(lambda _: self._wait[self.companions].start())
        self._show_opinion()

    def show_visit(self, visit: Visit, signatures: Sequence[Signature]) -> None:
        """What is stored; emits nothing."""
        self._opinion = visit.opinion
        self.opinion.set_value(visit.opinion.value)
        self._fill(self.opinion_text, visit.opinion_text)
        self._fill(self.companions, visit.companions)
        self._show_opinion()
        for signature in signatures:
            box = self.boxes.get((signature.role, signature.name))
            if box is not None:
                when = f"{signature.signed_at:%H:%M}" if signature.signed_at else ""
                box.set_strokes(signature.strokes, when)
        head = next((each for each in signatures if each.role == HEAD_ROLE and each.refused), None)
        self.show_refusal(head)

    def show_refusal(self, refused: Signature | None) -> None:
        """What the paper will say of a head who would not sign; None for one who may still."""
        self._refused = refused is not None
        if refused is not None:
            words = self.tr("{name}拒签：{reason}").format(name=refused.name, reason=refused.refused)
            if refused.witnesses:
                words += self.tr("（见证人：{}）").format("、".join(refused.witnesses))
            self.refusal.set_text(words, "caution")
        self.refusal.setVisible(self._refused)
        self.withdraw.setVisible(self._refused)
        self.refuse.setVisible(not self._refused)
        for (role, _), box in self.boxes.items():
            if role == HEAD_ROLE:
                box.setEnabled(not self._refused)

    def set_read_only(self, read_only: bool) -> None:
        """A frozen visit is signed on paper only."""
        for box in self.boxes.values():
            box.set_read_only(read_only)
        self.refuse.setEnabled(not read_only)
        self.withdraw.setEnabled(not read_only)
        self.opinion.setEnabled(not read_only)
        self.opinion_text.setReadOnly(read_only)
        self.companions.setReadOnly(read_only)
        for field in (self.opinion_text, self.companions):
            if read_only and not field.text():
                field.setPlaceholderText("")

    def is_signed(self, role: str) -> bool:
        """Whether everyone of this role has signed on the screen, or would not."""
        if role == HEAD_ROLE and self._refused:
            return True
        return all(not box.is_empty() for (its_role, _), box in self.boxes.items() if its_role == role)

    def commit(self) -> None:
        """Tells half-typed words at once."""
        for field, timer in self._wait.items():
            if timer.isActive():
                timer.stop()
                self._tell(field)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()

    @Slot(object)
    def _signed(self, strokes: Strokes) -> None:
        for (role, name), box in self.boxes.items():
            if box is self.sender():
                self.signed.emit(role, name, strokes)

    @Slot(str)
    def _choose(self, value: str) -> None:
        self._opinion = SchoolOpinion(value)
        self._show_opinion()
        self._tell(self.opinion_text)
        if self._opinion is SchoolOpinion.OBJECTS and not self.opinion_text.text():
            self.opinion_text.setFocus()

    def _show_opinion(self) -> None:
        objects = self._opinion is SchoolOpinion.OBJECTS
        self.opinion_text.setPlaceholderText(self.tr("请写明异议") if objects else self.tr("可写补充意见"))

    def _timer(self, field: QLineEdit) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(TYPING_MS)
        timer.timeout.connect(lambda: self._tell(field))
        field.textEdited.connect(lambda _: timer.start())
        field.editingFinished.connect(self.commit)
        return timer

    def _tell(self, field: QLineEdit) -> None:
        if field is self.companions:
            self.companions_named.emit(field.text().strip())
        else:
            self.opinion_said.emit(self._opinion.value, self.opinion_text.text().strip())

    def _fill(self, field: QLineEdit, text: str) -> None:
        if field.text() != text and not self._wait[field].isActive():
            field.setText(text)

"""What the visit scored: the figure, beside it a veto that was hit, below it one bar per section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.form_engine import Instance
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.score import ScoreView, SectionBars, SectionScore, VetoBox
from jiandu_desktop.ui.widgets.text import Hairline


class ScoreCard(Card):
    """Follows an instance; a section's bar leads to the section."""

    section_chosen = Signal(str)
    """Ref of the section."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = ScoreView()
        self._veto = VetoBox()
        self._line = Hairline()
        self._bars = SectionBars()
        self._refs: Sequence[str] = ()
        across = QHBoxLayout()
        across.setSpacing(theme().px(20))
        across.addWidget(self._score)
        across.addWidget(self._veto, 1)
        across.addStretch(0)
        self.column.setContentsMargins(19, 14, 19, 9)
        self.column.addLayout(across)
        self.column.addSpacing(4)
        self.column.addWidget(self._line)
        self.column.addSpacing(2)
        self.column.addWidget(self._bars)
        self._veto.hide()
        self._bars.chosen.connect(self._choose)

    def show_score(self, instance: Instance) -> None:
        """Reads the marks as they stand."""
        sheet = instance.score()
        percent = None if sheet.percent is None else float(sheet.percent)
        note = self.tr("暂计，{} 题未答").format(sheet.unanswered) if sheet.provisional else ""
        scored = [section for section in sheet.sections if section.weight_total]
        if not scored:
            note = self.tr("本表不计分")
        self._score.set_score(percent, note)
        hits = [instance.node(ref) for ref in sheet.veto_hits]
        self._veto.setVisible(bool(hits))
        if hits:
            item = f"{hits[0].item.number} {hits[0].label}"
            if len(hits) > 1:
                item = self.tr("{}，另有 {} 项").format(item, len(hits) - 1)
            title = self.tr("一票否决 {} 项").format(len(hits))
            self._veto.set_veto(title, item, self.tr("结论：不通过，与得分无关"))
        vetoed = {node.item.section_ref for node in hits}
        sections = {section.ref: section for section in instance.definition.sections}
        self._refs = [section.ref for section in scored]
        self._bars.set_rows(
            [
                SectionScore(
                    number=sections[section.ref].number,
                    name=sections[section.ref].label,
                    earned=float(section.earned) if section.possible else None,
                    weight=float(section.weight_total),
                    vetoed=section.ref in vetoed,
                )
                for section in scored
            ]
        )
        for widget in (self._line, self._bars):
            widget.setVisible(bool(scored))

    @Slot(int)
    def _choose(self, row: int) -> None:
        self.section_chosen.emit(self._refs[row])

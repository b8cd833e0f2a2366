"""Beside the matrix: one school's values, how each was reckoned, and what would lift it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from jiandu_desktop.domain.indicator import INDICATOR_NAMES, SECTION_NAMES, Indicator, Reach
from jiandu_desktop.services.balance_picture import IndicatorRow, Picture
from jiandu_desktop.ui.pages import indicator_words as words
from jiandu_desktop.ui.pages.panel import add_title
from jiandu_desktop.ui.pages.words import day_words, join
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.text import Prose


class IndicatorsPanel(SidePanel):
    """What is not met comes first, then what is missing, then the rest."""

    record_wanted = Signal(str)
    """The visit whose sheet these figures stand in."""

    school_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row: IndicatorRow | None = None
        self.record = Button(self.tr("打开这份学校表"), icon="clipboard-list")
        self.school = Button(self.tr("学校情况"), icon="school")
        self.foot.addWidget(self.record)
        self.foot.addWidget(self.school)
        self.record.clicked.connect(self._open_record)
        self.school.clicked.connect(self._open_school)
        self.show_row(None, None)

    def show_row(self, picture: Picture | None, row: IndicatorRow | None) -> None:
        """The figures of one 学段 of one school; None for no choice."""
        self._row = row
        self.clear()
        self.record.setVisible(row is not None and bool(row.visit_id))
        self.school.setVisible(row is not None)
        if row is None or picture is None:
            self.body.addWidget(Prose(self.tr("选一所学校，看每项指标怎么算、还差多少"), tone="text2"))
            return
        day = self.tr("{} 的学校表").format(day_words(row.day)) if row.day is not None else ""
        add_title(self, row.school.name, join((SECTION_NAMES[row.section], row.school.area, day)))
        result = row.result
        if result is None:
            told = self.tr("这所学校还没有办结的“优质均衡（学校）”表。到校督导时选这份表填报，办结后这里就有数。")
            self.body.addWidget(Prose(told, tone="text2"))
            return
        met = self.tr("{met} 项达标，{near} 项达到 85%，{below} 项低于 85%，{missing} 项缺数据")
        counts = {reach: result.count(reach) for reach in Reach}
        self.body.addWidget(
            Prose(
                met.format(
                    met=counts[Reach.MET],
                    near=counts[Reach.NEAR],
                    below=counts[Reach.BELOW],
                    missing=counts[Reach.MISSING],
                )
            )
        )
        order = (Reach.BELOW, Reach.NEAR, Reach.MISSING, Reach.MET)
        for indicator in sorted(Indicator, key=lambda each: order.index(result.readings[each].reach)):
            self._add(picture, row, indicator)

    def _add(self, picture: Picture, row: IndicatorRow, indicator: Indicator) -> None:
        assert row.result is not None
        reading = row.result.readings[indicator]
        self.add_line()
        self.body.addWidget(Prose(INDICATOR_NAMES[indicator], size=12, tone="text2"))
        self.body.addWidget(Prose(words.reading_words(reading, indicator), bold=reading.reach is not Reach.MET))
        formula = words.formula_words(picture, row, indicator)
        if formula:
            self.body.addWidget(Prose(formula, size=12, tone="text2"))
        lacking = words.lift_words(picture.lift(row, indicator), indicator)
        if lacking:
            self.body.addWidget(Prose(lacking, tone="caution"))

    @Slot()
    def _open_record(self) -> None:
        if self._row is not None:
            self.record_wanted.emit(self._row.visit_id)

    @Slot()
    def _open_school(self) -> None:
        if self._row is not None:
            self.school_wanted.emit(self._row.school.id)

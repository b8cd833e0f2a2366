"""优质均衡: the matrix school × indicator of a county, 差异系数 above it, one school's figures beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from jiandu_desktop.domain.indicator import (
    INDICATOR_SHORT,
    SECTION_NAMES,
    Indicator,
    Section,
    Verdict,
)
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.balance_picture import IndicatorRow, Picture
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.school_names import spellings
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages import indicator_words as words
from jiandu_desktop.ui.pages.counters_chart import Figure, FigureStrip
from jiandu_desktop.ui.pages.indicators_panel import IndicatorsPanel
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.filters import FilterButton, SearchField
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import Page
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column
from jiandu_desktop.ui.widgets.text import Label, Prose

PUPILS, SCHOOLS = "pupils", "schools"


class IndicatorsRoom(QWidget):
    """From 统计 one comes here and goes back there with Esc."""

    leave = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picture: Picture | None = None
        self.bar = RoomBar(self.tr("统计"))
        self.bar.left.connect(self.leave)
        self.save = Button(self.tr("导出官方表"), icon="download")
        self.save.setToolTip(self.tr("写成 Excel 工作簿：表Ⅰ 至表Ⅵ"))
        self.bar.add(self.save)
        self.section = Segmented([(each.value, SECTION_NAMES[each]) for each in Section], Section.PRIMARY.value)
        self.section.setAccessibleName(self.tr("学段"))
        self.weighting = Segmented([(PUPILS, self.tr("按学生数加权")), (SCHOOLS, self.tr("按学校等权"))], PUPILS)
        self.weighting.setAccessibleName(self.tr("差异系数怎么算"))
        self.weighting.setToolTip(self.tr("认定按学生数加权（教督〔2012〕3号）；按学校等权只供比较"))
        self.area = FilterButton(self.tr("责任区"), [("", self.tr("全部"))])
        self.day = DateField(desk.services.store.today(), ahead=False)
        self.day.setAccessibleName(self.tr("截至哪一天"))
        self.day.set_day(desk.services.store.today())
        self.search = SearchField(self.tr("学校、拼音首字母"), "Ctrl+F")
        self.strip = FigureStrip()
        self.told = Prose(size=12, tone="text2")
        self.table = DataTable("indicators", _columns(), lambda row: row.key, search=_searched)
        self.table.set_empty(
            EmptyState(
                self.tr("还没有应评的学校"),
                self.tr("名册里的小学、初中和一贯制学校会列在这里。"),
                "school",
            )
        )
        self.panel = IndicatorsPanel()
        self._lay_out()
        self._query = Query(desk.tasks, desk.services.indicators.picture, self)
        self._connect()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reckons anew."""
        self._query.ask(self.day.day())

    def export_to(self, path: Path) -> None:
        """Writes the official tables as of the day shown."""
        indicators, day = self._desk.services.indicators, self.day.day()

        def work(progress: Progress) -> Path:
            progress.check()
            indicators.write(path, day)
            return path

        self._desk.tasks.run(Lane.DATABASE, work, done=self._exported, failed=self._desk.messages.error)

    def _lay_out(self) -> None:
        page = Page(self.tr("义务教育优质均衡：资源配置"))
        page.title_row.addStretch(1)
        page.title_row.addWidget(self.weighting)
        page.tools.addWidget(self.section)
        page.tools.addWidget(self.search, 1)
        page.tools.addWidget(self.area)
        page.tools.addWidget(Label(self.tr("截至"), tone="text2"))
        page.tools.addWidget(self.day)
        page.tools.addWidget(self.table.columns_button())
        self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("2026-11-21") + 56)
        page.content.addWidget(self.strip)
        page.content.addWidget(self.told)
        page.content.addWidget(self.table, 1)
        page.set_side(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(page, 1)
        lead_focus(self, self.table)

    def _connect(self) -> None:
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.leave)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self._query.answered.connect(self._show)
        self.section.chosen.connect(self._draw)
        self.weighting.chosen.connect(self._draw)
        self.area.chosen.connect(self._draw)
        self.day.day_changed.connect(self.refresh)
        self.search.searched.connect(self.table.set_query)
        self.search.left_down.connect(self.table.focus)
        self.table.current_changed.connect(self._choose)
        self.panel.record_wanted.connect(self._desk.record_wanted)
        self.panel.school_wanted.connect(self._desk.school_wanted)
        self.save.clicked.connect(self._choose_file)
        self._desk.relay.changed.connect(self._take_changes)

    @Slot(object)
    def _show(self, picture: Picture) -> None:
        self._picture = picture
        areas = sorted({row.school.area for row in picture.rows if row.school.area})
        self.area.set_choices([("", self.tr("全部")), *((area, area) for area in areas)])
        self._draw()

    @Slot()
    def _draw(self) -> None:
        picture = self._picture
        if picture is None:
            return
        section = Section(self.section.value())
        rows = picture.of(section)
        by_pupils = self.weighting.value() == PUPILS
        county = (picture.weighted if by_pupils else picture.unweighted)[section]
        figures = []
        for indicator in Indicator:
            said, tone = words.spread_words(county.spreads[indicator])
            figures.append(Figure(INDICATOR_SHORT[indicator], said, tone))
        figures.append(Figure(self.tr("综合"), "—" if county.overall is None else str(county.overall)))
        self.strip.set_figures(figures)
        self.told.set_text(self._told(picture, section, by_pupils))
        verdicts = [row.result.verdict for row in rows if row.result is not None]
        line = self.tr("{section} {all} 所：达标 {met}，未达标 {failed}，待补数据 {unknown}，没有学校表 {none}")
        self.bar.set_title(
            self.tr("优质均衡"),
            line.format(
                section=SECTION_NAMES[section],
                all=len(rows),
                met=verdicts.count(Verdict.MET),
                failed=verdicts.count(Verdict.FAILED),
                unknown=verdicts.count(Verdict.UNKNOWN),
                none=len(rows) - len(verdicts),
            ),
        )
        area = self.area.value()
        shown = [row for row in rows if not area or row.school.area == area]
        self.table.set_rows(sorted(shown, key=lambda row: row.result is None))

    def _told(self, picture: Picture, section: Section, by_pupils: bool) -> str:
        limit = words.value_words(picture.standards.limits[section])
        formula = (
            self.tr(
                "上面是全县差异系数，按学生数加权：各校与全县平均值之差的平方按学生数平均，开方，除以平均值。限值 {}。"
            )
            if by_pupils
            else self.tr("上面是按学校等权算的差异系数，只供比较，不作认定依据。限值 {}。")
        )
        unknown = max((spread.unknown for spread in picture.weighted[section].spreads.values()), default=0)
        doubt = self.tr("{} 所学校缺数据，暂按已有数据计算，不作认定。").format(unknown) if unknown else ""
        return formula.format(limit) + doubt

    @Slot(object)
    def _choose(self, row: IndicatorRow | None) -> None:
        self.panel.show_row(self._picture, row)

    @Slot()
    def _choose_file(self) -> None:
        name = self.tr("优质均衡官方表 {}.xlsx").format(self.day.day() or self._desk.services.store.today())
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出官方表"), name, self.tr("Excel 工作簿 (*.xlsx)"))
        if chosen:
            self.export_to(Path(chosen))

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self._desk.messages.toast(self.tr("官方表已写到 {name}").format(name=path.name))

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if changes.visits or changes.schools:
            self.refresh()


def _searched(row: IndicatorRow) -> str:
    return f"{row.school.name} {spellings(row.school.name)} {row.school.code}"


def _columns() -> list[Column]:
    tr = QCoreApplication.translate

    def pupils(row: IndicatorRow) -> int | None:
        return row.figures.of(row.section).pupils if row.figures is not None else None

    columns = [
        Column(
            "school", tr("Indicators", "学校"), lambda row: row.school.name, kind="name", stretch=True, optional=False
        ),
        Column("area", tr("Indicators", "责任区"), lambda row: row.school.area, tone="text2", spare=9, hidden=True),
        Column(
            "pupils",
            tr("Indicators", "学生数"),
            lambda row: "—" if pupils(row) is None else str(pupils(row)),
            kind="number",
            sort=lambda row: -1 if pupils(row) is None else pupils(row),
            width=72,
            spare=8,
        ),
        Column(
            "verdict",
            tr("Indicators", "综合评估"),
            lambda row: words.verdict_words(row.result.verdict if row.result is not None else None),
            kind="state",
            value=lambda row: words.verdict_state(row.result.verdict if row.result is not None else None),
            width=112,
        ),
    ]
    return columns + [_indicator(each, place) for place, each in enumerate(Indicator)]


def _indicator(indicator: Indicator, place: int) -> Column:
    def reading_of(row: IndicatorRow) -> object:
        return words.cell_state(row.result.readings[indicator] if row.result is not None else None)

    def text(row: IndicatorRow) -> str:
        return words.cell_state(row.result.readings[indicator] if row.result is not None else None).word

    def sort(row: IndicatorRow) -> float:
        value = row.result.readings[indicator].value if row.result is not None else None
        return -1.0 if value is None else float(value)

    return Column(
        indicator.value,
        INDICATOR_SHORT[indicator],
        text,
        kind="state",
        value=reading_of,
        sort=sort,
        width=92,
        spare=7 - place,
    )

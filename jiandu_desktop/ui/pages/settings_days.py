"""整改期限 in 设置: how many days each grade has and how they are counted, and what notices say of plan and report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from jiandu_desktop.domain.document import PHOTOS_PER_PAGE
from jiandu_desktop.domain.problem import GRADE_NAMES, Grade
from jiandu_desktop.ui.pages.settings_form import FormCard, KeptSpin, Section, later
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Prose


class DaysSection(Section):
    """Keeps what is changed through `keep(key, value)`."""

    def __init__(self, spins: Mapping[str, KeptSpin], keep: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._keep = keep
        self.counted = Segmented([("calendar", self.tr("自然日")), ("working", self.tr("工作日"))])
        self.counted.setAccessibleName(self.tr("天数怎样算"))
        self.photos = Segmented(
            [("0", self.tr("不附")), *((str(n), self.tr("每页 {count} 张").format(count=n)) for n in PHOTOS_PER_PAGE)]
        )
        self.photos.setAccessibleName(self.tr("附问题照片"))
        self.leader = QLineEdit()
        self.leader.setAccessibleName(self.tr("包抓领导"))
        self.leader.setPlaceholderText(self.tr("没有就留空"))
        days = FormCard(self.tr("问题的整改期限"))
        for grade in Grade:
            days.add_row(self.tr(GRADE_NAMES[grade]), spins[f"days_{grade.value}"])
        days.add_row(
            self.tr("天数怎样算"),
            self.counted,
            self.tr("自然日：最后一天是休息日就顺延到下一个工作日。工作日：周末、放假不算，调休上班算。"),
        )
        words = self.tr("检查表写明了天数的，以检查表为准；这里是没有写的默认值，每个问题都可以再改。")
        days.column.addWidget(Prose(words, size=12, tone="text2"))
        paper = FormCard(self.tr("通知书"))
        paper.add_row(self.tr("交整改方案"), spins["plan_days"], self.tr("学校收到通知书后，几个工作日内交整改方案。"))
        paper.add_row(self.tr("交整改报告"), spins["report_days"], self.tr("整改期满后，几天内书面报告整改情况。"))
        paper.add_row(
            self.tr("附问题照片"), self.photos, self.tr("整改通知书后面附上问题的现场照片，作为附件一起打印、编页码。")
        )
        paper.add_row(self.tr("包抓领导"), self.leader, self.tr("新问题自动带上这个名字，可以逐个再改。"))
        self.add(days)
        self.add(paper)
        self.counted.chosen.connect(lambda value: keep("deadline_days", value))
        self.photos.chosen.connect(lambda value: keep("notice_photos", int(value)))
        later(self, self.leader.textEdited, self._keep_leader)
        self.leader.editingFinished.connect(self._keep_leader)

    def fill(self, get: Callable[[str], Any]) -> None:
        """Shows what is kept; a field that has the focus stays as it is typed."""
        self.counted.set_value(str(get("deadline_days")))
        self.photos.set_value(str(get("notice_photos")))
        if not self.leader.hasFocus():
            self.leader.setText(str(get("leader")))

    @Slot()
    def _keep_leader(self) -> None:
        self._keep("leader", self.leader.text().strip())

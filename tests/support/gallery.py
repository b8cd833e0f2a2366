"""All shared widgets on one page, laid out as in the design's picture of components. Run to look at them:

python -m tests.support.gallery OUT.png [--dark] [--scale 1.15]      (QT_SCALE_FACTOR=1.75 for a sharper screen)
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.widgets.answer_keys import RING, AnswerChoice, AnswerKeys
from jiandu_desktop.ui.widgets.badges import Badge, KeyHint
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.filters import Count, FilterButton, SearchField, SummaryLine
from jiandu_desktop.ui.widgets.notices import EmptyState, InlineNotice, Toast
from jiandu_desktop.ui.widgets.outline import CompactOutline, OutlineLegend, OutlineList, OutlineRow
from jiandu_desktop.ui.widgets.photos import Photo, PhotoStrip
from jiandu_desktop.ui.widgets.progress import ProgressLine, SyncStageBar
from jiandu_desktop.ui.widgets.score import ScoreView, SectionBars, SectionScore, VetoBox
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.signature import SignatureBox
from jiandu_desktop.ui.widgets.steps import Steps
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due, State
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.widgets.timeline import TimeLine, TimeStep

TODAY = date(2026, 11, 24)

FOUR = (
    AnswerChoice("1", "符合", "good"),
    AnswerChoice("2", "部分", "part"),
    AnswerChoice("3", "不符合", "bad"),
    AnswerChoice("4", "不适用", "na"),
)
VETO = (AnswerChoice("no", "无事故", "good"), AnswerChoice("yes", "有事故", "veto"))


@dataclass(frozen=True)
class School:
    """A row of the gallery's table."""

    name: str
    due_in: int
    problems: int
    state: State
    steps: Steps


SCHOOLS = [
    School("青禾县双河口镇中心小学石门沟教学点", -3, 2, State("ring", "未开始"), Steps(2, "整改中")),
    School("城关第二小学", 0, 2, State("three-quarter-disc", "督导中", "accent"), Steps(3, "待复查")),
    School("城关镇中心幼儿园", 1, 1, State("squiggle", "待签字", "caution"), Steps(1, "待下达")),
    School("城关第一小学", 2, 0, State("check", "已完成"), Steps(5, "已销号")),
    School("河西小学", 6, 3, State("ring", "未开始"), Steps(0, "待确认")),
]


def school_table(name: str = "gallery", wide: bool = False) -> DataTable:
    """The table of the components picture; `wide` adds the state and step columns."""
    columns = [
        Column("name", "学校", lambda s: s.name, kind="name", stretch=True),
        Column(
            "due", "期限", lambda s: str(TODAY + timedelta(s.due_in)), kind="due", width=120,
            value=lambda s: Due(TODAY + timedelta(s.due_in), TODAY),
        ),
        Column("problems", "未销号", lambda s: str(s.problems), kind="count", width=116, value=lambda s: s.problems),
    ]  # fmt: skip
    if wide:
        columns += [
            Column("steps", "进度", lambda s: s.steps.word, kind="steps", width=150, value=lambda s: s.steps),
            Column("state", "状态", lambda s: s.state.word, kind="state", width=96, value=lambda s: s.state),
        ]
    table = DataTable(name, columns, key=lambda s: s.name)
    table.set_rows(SCHOOLS)
    return table


def gallery() -> QWidget:
    """The page of the components picture, 1366 × 768."""
    page = QFrame()
    page.setProperty("ground", "canvas")
    page.resize(1366, 768)

    def put(widget: QWidget, x: int, y: int, width: int = 0, height: int = 0) -> QWidget:
        widget.setParent(page)
        size = widget.sizeHint()
        widget.setGeometry(x, y, width or size.width(), height or size.height())
        return widget

    put(Label("组件与状态", role="title"), 40, 18, 300, 30)
    put(Label("按钮：主要、停用、次要、停用、轻", role="section"), 40, 60, 400, 18)
    put(Button("开始督导", kind="primary"), 40, 88)
    put(Button("定稿并打印", kind="primary"), 136, 88).setEnabled(False)
    put(Button("学校情况"), 246, 88)
    put(Button("打印草稿"), 344, 88).setEnabled(False)
    put(Button("看原文", kind="quiet"), 442, 88)
    put(Label("输入：提示、焦点、选择", role="section"), 40, 140, 400, 18)
    field = QLineEdit()
    field.setPlaceholderText("学校、拼音首字母、编号")
    put(field, 40, 168, 220)
    focused = QLineEdit("城关二小")
    put(focused, 272, 168, 150)
    combo = QComboBox()
    combo.addItem("城关责任区")
    put(combo, 434, 168, 150)
    put(Label("表格（QTableView + 委托）", role="section"), 40, 220, 400, 18)
    table = school_table()
    put(table, 40, 248, 584, 228)
    put(Label("空页：说下一步", role="section"), 40, 496, 400, 18)
    card = QFrame()
    card.setProperty("ground", "card")
    inside = QVBoxLayout(card)
    line = "下一次是 11月25日 城关镇中心幼儿园"
    inside.addWidget(EmptyState("今天没有要去的学校", line, primary="提前开始", secondary="看全部学校"))
    put(card, 40, 520, 584, 208)
    put(Label("作答键", role="section"), 672, 60, 400, 18)
    rows = ("未答", None), ("符合", "1"), ("部分", "2"), ("不符合", "3"), ("不适用", "4"), ("焦点", None)
    for number, (word, value) in enumerate(rows):
        put(Label(word, role="label"), 672, 96 + 46 * number, 60, 20)
        put(AnswerKeys(FOUR, value), 736 - RING, 88 - RING + 46 * number)
    put(Label("否决项", role="label"), 672, 372, 60, 20)
    put(AnswerKeys(VETO), 736 - RING, 364 - RING)
    put(AnswerKeys(VETO, "yes"), 952 - RING, 364 - RING)
    put(Label("标记", role="section"), 672, 418, 100, 18)
    put(Badge("一票否决", "red", "octagon-minus"), 672, 444)
    put(Badge("逾期 3 天", "red", "clock"), 764, 444)
    put(Badge("一般问题", "caution"), 856, 444)
    put(Badge("今天到期", "caution", "clock"), 930, 444)
    put(Badge("督导中", "accent"), 1022, 444)
    put(Badge("未开始"), 1084, 444)
    put(ProgressLine(47 / 62), 912, 512, 160)
    put(KeyHint("F8", "下一未答"), 672, 500)
    put(InlineNotice("请核对：上次填 3 名，这次填 12 名", link="属实，保留"), 672, 654, 560, 40)
    put(InlineNotice("一票否决 1 项：结论为不通过，与得分无关", "red"), 672, 702, 560, 40)
    toast = Toast(page)
    toast.show_text("本节 2 题已答“符合”", "撤销 Ctrl+Z")
    put(toast, 664, 562, 436)
    table.select("城关第二小学")
    focused.setFocus()
    return page


def second_page() -> QWidget:
    """The widgets that the components picture does not show: outline, score, filters, time line, sync."""
    page = QFrame()
    page.setProperty("ground", "canvas")
    page.resize(1366, 768)
    rows = [
        OutlineRow("1", "校务管理和制度执行", ("done",) * 8),
        OutlineRow("2", "课程开设和课堂教学", ("done", "done", "problem", "done", "open")),
        OutlineRow("3", "校园及周边安全、学生交通安全", ("done", "problem", "done", "open", "veto", "open")),
        OutlineRow("4", "校风、教风、学风建设", ("open",) * 20),
    ]
    outline, compact, legend = OutlineList(), CompactOutline(), OutlineLegend()
    for widget in (outline, compact):
        widget.set_rows(rows)
        widget.set_current(2)
    legend.set_counts(47, 15, 4, 3)
    score, veto, bars = ScoreView(), VetoBox(), SectionBars()
    score.set_score(86.4, "暂计，2 题未答")
    veto.set_veto("一票否决 1 项", "7.3 食品索证索票记录作假", "结论：不通过，与得分无关")
    bars.set_rows([
        SectionScore("1", "校务管理", 11.5, 12), SectionScore("2", "招生收费", 9, 10),
        SectionScore("6", "校园安全", 14.5, 18), SectionScore("7", "食堂卫生", 10.4, 14, vetoed=True),
    ])  # fmt: skip
    line = TimeLine()
    line.set_steps([
        TimeStep("发现", "周明元・校园安全专项 6.5", "09-12"), TimeStep("整改", "陈立：移走 8 套", "10-09"),
        TimeStep("复查", "不到位，再限 11-24", "10-18", "back"), TimeStep("复查", "看现场", "今天", "now"),
        TimeStep("销号", "督导室审核后销号", "", "coming"),
    ])  # fmt: skip
    sync = SyncStageBar(("打包", "上传", "督导室读回", "核对一致"))
    sync.set_stage(1, 0.56, ("3 份记录、64 张照片", "46 MB / 82 MB", "等上传完成", "一致后才算送到"))
    summary = SummaryLine()
    summary.set_counts([
        Count("todo", 11, "所待督导"), Count("today", 2, "个问题今天到期"), Count("late", 1, "所已逾期", "red")
    ])  # fmt: skip
    area = FilterButton("责任区", [("", "全部"), ("a", "城关")])
    area.set_value("a")
    keys = [Button("继续督导", "primary", hint="Enter"), Button("同步", icon="refresh-cw")]
    keys.append(Button("照片 17", "bar", icon="camera"))
    photos = PhotoStrip()
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    photos.set_photos([Photo("a", picture), Photo("b")])
    empty_box, signed_box = SignatureBox("督学", "吴桐"), SignatureBox("督学", "周明元")
    wave = tuple((0.2 + i / 80, 0.6 + 0.15 * math.sin(i / 3)) for i in range(48))
    signed_box.set_strokes((wave, ((0.3, 0.4), (0.7, 0.8))), "11:26")
    places: list[tuple[QWidget, int, int, int, int]] = [
        (outline, 0, 20, 256, 300), (legend, 16, 330, 0, 0), (compact, 270, 20, 64, 300),
        (score, 360, 20, 0, 0), (veto, 492, 20, 256, 0), (bars, 360, 130, 388, 0), (line, 780, 20, 284, 0),
        (summary, 360, 250, 0, 0), (SearchField("学校、拼音首字母、编号"), 360, 300, 296, 0),
        (FilterButton("学段", [("", "全部")]), 664, 300, 0, 0), (area, 780, 300, 0, 0),
        (Segmented([("now", "即知即改"), ("due", "限期整改")], "due"), 920, 300, 0, 0),
        (sync, 360, 360, 980, 0), (school_table("gallery2", wide=True), 24, 420, 800, 300),
        (keys[0], 860, 420, 260, 0), (keys[1], 860, 470, 0, 0), (keys[2], 960, 470, 0, 0),
        (photos, 860, 520, 300, 0), (DateField(TODAY, date(2026, 12, 9)), 860, 590, 0, 0),
        (empty_box, 860, 640, 188, 99), (signed_box, 1060, 640, 188, 99),
    ]  # fmt: skip
    for widget, x, y, width, height in places:
        widget.setParent(page)
        size = widget.sizeHint()
        widget.setGeometry(x, y, width or size.width(), height or size.height())
    return page


def main() -> None:
    app = QApplication(sys.argv)
    scale = float(sys.argv[sys.argv.index("--scale") + 1]) if "--scale" in sys.argv else 1.0
    set_theme(app, "--dark" in sys.argv, scale)
    page = second_page() if "--second" in sys.argv else gallery()
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    page.show()
    page.activateWindow()
    app.processEvents()
    page.grab().save(sys.argv[1])


if __name__ == "__main__":
    main()

"""文书登记簿: every number with its holder and fate as a list, the sums above it; leads to the documents themselves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.register import LINE_STATE_NAMES, LineState, RegisterLine, RegisterSum
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Prose

_MARKS: dict[LineState, tuple[str, str]] = {
    LineState.USED: ("check", "accent"),
    LineState.RETURNED: ("signature", "accent"),
    LineState.REFUSED: ("squiggle", "caution"),
    LineState.SUPERSEDED: ("copy", "text2"),
    LineState.VOIDED: ("x", "text2"),
    LineState.ELSEWHERE: ("clock", "text2"),
    LineState.LEFT: ("ring", "text2"),
    LineState.GIVEN_UP: ("minus", "text2"),
    LineState.PROVISIONAL: ("clock", "caution"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """The lines, and how the numbers of this year stand."""

    lines: tuple[RegisterLine, ...]
    sums: tuple[RegisterSum, ...]


def read_register(services: Services) -> RegisterView:
    """The whole register; the sums are of the current year."""
    lines = services.register.lines()
    year = services.store.today().year
    return RegisterView(lines=lines, sums=services.register.sums(line for line in lines if line.year == year))


class RegisterList(ListPage):
    """The lines with search and filters; 导出 writes what is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("RegisterList", "文书登记簿"))
        table = DataTable("register", self._columns(), lambda line: line.key, search=_search)
        table.set_empty(
            EmptyState(
                self.tr("还没有文号"),
                self.tr("督导室发布时给每台电脑发一段号；出具文书后，用了哪个号、谁用的，都列在这里。"),
                icon="list-checks",
            )
        )
        kinds = [(DOCUMENT_KIND_NAMES[each], DOCUMENT_KIND_NAMES[each]) for each in DocumentKind]
        states = [(each.value, LINE_STATE_NAMES[each]) for each in LineState]
        self.build(
            table,
            self.tr("文号、学校、持号人"),
            (
                Filter("kind", self.tr("种类"), kinds, lambda line, value: line.kind == value),
                Filter("state", self.tr("状态"), states, lambda line, value: line.state.value == value),
                Filter("year", self.tr("年份"), (), lambda line, value: str(line.year) == value),
            ),
        )
        if (head := self._title.parentWidget()) is not None:
            head.hide()  # the room's bar says it already
        self.sums = Prose("", size=12, tone="text2")
        self.content.insertWidget(0, self.sums)
        self._rows = Query(desk.tasks, lambda: read_register(desk.services), self)
        self._rows.answered.connect(self._show)

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.documents or changes.settings or changes.sync)

    def count_words(self, count: int) -> str:
        return self.tr("共 {count} 行").format(count=count)

    def _columns(self) -> list[Column]:
        return [
            Column("number", self.tr("文号"), lambda line: line.number, kind="name", width=236, optional=False),
            Column(
                "state",
                self.tr("状态"),
                lambda line: LINE_STATE_NAMES[line.state],
                kind="state",
                value=lambda line: State(_MARKS[line.state][0], LINE_STATE_NAMES[line.state], _MARKS[line.state][1]),
                width=128,
            ),
            Column("school", self.tr("学校或主送"), lambda line: line.school, width=150, spare=3),
            Column(
                "day",
                self.tr("日期"),
                lambda line: f"{line.day:%Y-%m-%d}" if line.day else "",
                width=92,
                tone="text2",
            ),
            Column("holder", self.tr("持号人"), lambda line: line.holder, width=82, spare=2),
            Column("kind", self.tr("种类"), lambda line: line.kind, width=114, spare=4),
            Column("note", self.tr("说明"), lambda line: line.note, width=200, stretch=True, tone="text2"),
        ]

    @Slot(object)
    def _show(self, view: RegisterView) -> None:
        self.set_choices("year", [(str(year), str(year)) for year in sorted({line.year for line in view.lines})])
        self.sums.set_text("；".join(self._told(each) for each in view.sums if each.used or each.voided))
        self.set_rows(view.lines)

    def _told(self, each: RegisterSum) -> str:
        words = [self.tr("已用 {}").format(each.used)]
        if each.voided:
            words.append(self.tr("作废 {}").format(each.voided))
        if each.provisional:
            words.append(self.tr("待编号 {}").format(each.provisional))
        words.append(self.tr("未用 {}").format(each.left))
        return self.tr("{kind}：{words}").format(kind=each.kind, words="，".join(words))


class RegisterRoom(QWidget):
    """The register as large as the window."""

    leave = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk = desk
        self.bar = RoomBar(self.tr("返回"))
        self.bar.set_title(self.tr("文书登记簿"), self.tr("文号一个不缺：用了、作废、在谁手里、为什么空着"))
        self.open_paper = Button(self.tr("看文书"), icon="file-text", hint="Enter")
        self.spoilt = Button(self.tr("作废空号"))
        self.spoilt.setToolTip(self.tr("下一个文号写坏了或手写用掉了，登记作废，不留无故的空号"))
        self.kinds = QMenu(self.spoilt)
        for kind in DocumentKind:
            self.kinds.addAction(DOCUMENT_KIND_NAMES[kind]).setData(kind.value)
        self.bar.add(self.spoilt)
        self.bar.add(self.open_paper)
        self.list = RegisterList(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.bar.left.connect(self.leave)
        for keys in ("Esc", "Alt+Left"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.leave.emit)
        self.spoilt.clicked.connect(self._open_kinds)
        self.kinds.triggered.connect(lambda action: self.void_next(DocumentKind(str(action.data()))))
        self.open_paper.clicked.connect(self._open)
        self.list.table.activated.connect(self._show_paper)
        self.list.table.current_changed.connect(self._selected)
        self._selected(None)
        self.list.refresh()

    def refresh(self) -> None:
        """Asks anew, as when a document's room above it was left."""
        self.list.refresh()

    def void_next(self, kind: DocumentKind) -> None:
        """Asks why, and takes the next number of this kind out of use."""
        life, messages = self._desk.services.paper_life, self._desk.messages

        def then(reason: str | None) -> None:
            if not reason:
                return

            def work(progress: Progress) -> str:
                progress.check()
                return life.void_next_number(kind, reason).number

            self._desk.tasks.run(Lane.DATABASE, work, done=self._voided, failed=messages.error)

        messages.ask_text(
            self.tr("作废下一个{}文号，理由是？").format(DOCUMENT_KIND_NAMES[kind]),
            then,
            self.tr("例如停电时手写用掉了。这个号登记为作废，以后不再使用。"),
            word=self.tr("作废"),
        )

    @Slot(object)
    def _voided(self, number: str) -> None:
        self._desk.messages.toast(self.tr("{} 已登记作废").format(number))

    @Slot()
    def _open_kinds(self) -> None:
        self.kinds.popup(self.spoilt.mapToGlobal(self.spoilt.rect().bottomLeft()))

    @Slot(object)
    def _selected(self, line: RegisterLine | None) -> None:
        self._line = line
        self.open_paper.setEnabled(line is not None and line.document is not None)

    @Slot()
    def _open(self) -> None:
        if self._line is not None:
            self._show_paper(self._line)

    @Slot(object)
    def _show_paper(self, line: RegisterLine) -> None:
        if line.document is not None:
            self._desk.paper_wanted.emit(line.document)


def _search(line: RegisterLine) -> str:
    return f"{line.number} {line.school} {initials(line.school)} {line.holder} {line.title} {line.note} {line.kind}"

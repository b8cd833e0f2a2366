"""检查表单: every fault of a checklist's workbook with its sheet, row and column; checked anew when it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.form_files import check_form
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.panel import add_title
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState, InlineNotice
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Fault
    from jiandu_desktop.form_engine.report import FormReport

SAVED_MS = 400
"""Excel saves in several steps: the file is read when it has been left alone for so long."""


class FormCheckRoom(QWidget):
    """The faults of one workbook, errors first; a trial of it once there are none."""

    leave = Signal()

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk = desk
        self._path = path
        self.bar = RoomBar(self.tr("返回"))
        self.bar.set_title(path.name, str(path.parent))
        self.book = Button(self.tr("打开工作簿"), icon="external-link", hint="Ctrl+O")
        self.again = Button(self.tr("重新检查"), icon="refresh-cw", hint="F5")
        self.trial = Button(self.tr("试填"), kind="primary", icon="play")
        for button in (self.book, self.again, self.trial):
            self.bar.add(button)
        self.notice = InlineNotice(self.tr("正在检查……"), "info")
        self.table = DataTable("faults", self._columns(), _key)
        self.table.set_empty(
            EmptyState(
                self.tr("没有要改的地方"),
                self.tr("可以试填一遍，再由督导室加入。"),
                icon="check",
            )
        )
        self.panel = FaultPanel()
        self._lay_out()
        self._query = Query(desk.tasks, lambda: check_form(path), self, Lane.POOL, tells_failure=True)
        self._query.answered.connect(self._show)
        self._query.failed.connect(self._failed)
        self._watcher = QFileSystemWatcher(self)
        self._saved = QTimer(self)
        self._saved.setSingleShot(True)
        self._saved.setInterval(SAVED_MS)
        self._saved.timeout.connect(self.refresh)
        # The folder as well: Excel and WPS put a new file in the place of the old one.
        self._watcher.addPaths([str(path), str(path.parent)])
        self._watcher.fileChanged.connect(self._file_changed)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._stamp = _stamp(path)
        self._connect()
        lead_focus(self, self.table)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Checks the file as it is now."""
        self._stamp = _stamp(self._path)
        if self._path.exists() and str(self._path) not in self._watcher.files():
            self._watcher.addPath(str(self._path))
        self._query.ask()

    def _connect(self) -> None:
        self.bar.left.connect(self.leave)
        self.book.clicked.connect(self.open_book)
        self.again.clicked.connect(self.refresh)
        self.trial.clicked.connect(self._try)
        self.table.current_changed.connect(self.panel.show_fault)
        self.table.activated.connect(self.copy)
        self.panel.copy.clicked.connect(self._copy_current)
        self.panel.book.clicked.connect(self.open_book)
        for keys, act in (
            ("Esc", self.leave),
            ("Alt+Left", self.leave),
            ("F5", self.refresh),
            ("Ctrl+O", self.open_book),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self.notice)
        left.addWidget(self.table, 1)
        body = QHBoxLayout()
        body.setContentsMargins(WINDOW_MARGIN, 20, WINDOW_MARGIN, WINDOW_MARGIN)
        body.setSpacing(CARD_GAP)
        body.addLayout(left, 1)
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)

    def _columns(self) -> list[Column]:
        return [
            Column(
                "grade",
                self.tr("轻重"),
                lambda fault: self._grade(fault).word,
                kind="state",
                value=self._grade,
                sort=lambda fault: fault.warning,
                width=104,
                optional=False,
            ),
            Column("sheet", self.tr("工作表"), lambda fault: fault.sheet or "—", width=88, tone="text2"),
            Column(
                "row",
                self.tr("行"),
                lambda fault: str(fault.row or "—"),
                kind="number",
                sort=lambda fault: fault.row or 0,
                width=56,
            ),
            Column("column", self.tr("列"), _column_words, width=190, spare=2),
            Column(
                "words",
                self.tr("问题和改法"),
                lambda fault: fault.words(),
                kind="sentence",
                stretch=True,
                optional=False,
            ),
        ]

    def _grade(self, fault: Fault) -> State:
        if fault.warning:
            return State("info", self.tr("请留意"))
        return State("circle-x", self.tr("错误"), "caution")

    @Slot(object)
    def _show(self, report: FormReport) -> None:
        self.bar.set_title(
            report.title, join((report.file_name, self.tr("版本 {version}").format(version=report.version)))
        )
        self.trial.setEnabled(not report.errors)
        if report.errors:
            words = self.tr("有 {errors} 处错误，改好才能使用；另有 {warnings} 处请留意。改完保存，这里自动重新检查。")
            self.notice.set(words.format(errors=len(report.errors), warnings=len(report.warnings)), "caution")
        elif report.warnings:
            words = self.tr("没有错误，可以使用：{sections} 节，{questions} 题。有 {warnings} 处请留意。")
            self._fine(words, report)
        else:
            self._fine(self.tr("没有错误，可以使用：{sections} 节，{questions} 题。"), report)
        self.table.set_rows([*report.errors, *report.warnings])
        if self.table.current_row() is None and self.table.model.rowCount():
            self.table.select(self.table.model.key_at(0))

    def _fine(self, words: str, report: FormReport) -> None:
        said = words.format(sections=report.sections, questions=report.questions, warnings=len(report.warnings))
        self.notice.set(said, "info")

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        """A file that cannot be read is said here; the old faults are no longer true."""
        if not (isinstance(error, Trouble) and is_expected(error)):
            self._desk.messages.error(error)
            return
        self.trial.setEnabled(False)
        self.table.set_rows([])
        self.notice.set(sentence_for(error), "caution")

    @Slot()
    def _file_changed(self) -> None:
        self._saved.start()

    @Slot()
    def _folder_changed(self) -> None:
        """Something beside the workbook changed: only a new workbook is worth a check."""
        if _stamp(self._path) not in (self._stamp, 0):
            self._saved.start()

    @Slot()
    def open_book(self) -> None:
        """In the system's program for workbooks."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path))):
            self._desk.messages.warn(self.tr("这台电脑没有能打开工作簿的程序。请装上 Excel 或 WPS 再试。"))

    @Slot(object)
    def copy(self, fault: Fault) -> None:
        """The whole sentence, to be pasted into a message to whoever keeps the workbook."""
        QGuiApplication.clipboard().setText(fault.sentence())
        self._desk.messages.toast(self.tr("已复制这条说明"))

    @Slot()
    def _copy_current(self) -> None:
        fault = self.table.current_row()
        if fault is not None:
            self.copy(fault)

    @Slot()
    def _try(self) -> None:
        self._desk.trial_wanted.emit(str(self._path))


class FaultPanel(SidePanel):
    """The whole sentence of one fault."""

    def __init__(self) -> None:
        super().__init__(324)
        self.copy = Button(self.tr("复制这条说明"), icon="copy", hint="Enter")
        self.book = Button(self.tr("打开工作簿"), icon="external-link")
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.book)
        self.show_fault(None)

    @Slot(object)
    def show_fault(self, fault: Fault | None) -> None:
        """Another fault, or none."""
        self.clear()
        self.setVisible(fault is not None)
        if fault is None:
            return
        where = fault.cell if fault.row and fault.letter else (fault.sheet or self.tr("整个工作簿"))
        add_title(self, where, fault.place)
        self.add_line()
        words = Label(fault.words())
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(words)


def _key(fault: Fault) -> tuple[str, int, str, str, str]:
    return fault.sheet, fault.row or 0, fault.column or "", fault.code, fault.words()


def _column_words(fault: Fault) -> str:
    return " ".join(part for part in (fault.letter, fault.column) if part) or "—"


def _stamp(path: Path) -> int:
    """When the file was written last; 0 while it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

"""文书: every issued document, to be looked at, printed again, saved, and checked against a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.paper_life import PAPER_STATE_NAMES, PaperState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.papers import Verdict
from jiandu_desktop.services.rows import DocumentRow
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.columns import paper_columns, paper_search, school_column
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.paper_panel import PaperPanel
from jiandu_desktop.ui.pages.words import sync_state
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState, InlineNotice
from jiandu_desktop.ui.widgets.table import DataTable

_GENUINE, _CONSISTENT = "verify-genuine", "verify-consistent"


class PapersPage(ListPage):
    """The register of documents; a PDF dropped on it is checked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("PapersPage", "文书"))
        self._today = desk.services.store.today()
        self._wanted_visit = ""
        table = DataTable(
            "papers",
            paper_columns(lambda: self._today, school_column()),
            lambda row: row.document.id,
            search=paper_search,
        )
        table.set_empty(
            EmptyState(
                self.tr("还没有文书"),
                self.tr("督导定稿时会出具现场反馈意见书等；提醒函、督办函、通报、约谈和清单，用“新文书”出具。"),
                icon="file-text",
            )
        )
        kinds = [(each.value, DOCUMENT_KIND_NAMES[each]) for each in DocumentKind]
        states = [(each.value, PAPER_STATE_NAMES[each]) for each in PaperState]
        syncs = [(each.value, sync_state(each).word) for each in SyncState]
        filters = (
            Filter("kind", self.tr("种类"), kinds, lambda row, value: row.document.kind.value == value),
            Filter("state", self.tr("状态"), states, lambda row, value: row.state.value == value),
            Filter("printed", self.tr("打印"), self._print_words(), _is_printed),
            Filter("sync", self.tr("同步"), syncs, lambda row, value: row.sync_state.value == value),
        )
        self.build(table, self.tr("文号、学校、种类"), filters)
        table.sort_by("day", descending=True)
        self.register_button = Button(self.tr("登记簿"), icon="list-checks")
        self.register_button.setToolTip(self.tr("全部文号：用了、作废、在谁手里、为什么空着"))
        self.verify_button = Button(self.tr("核对文件"), icon="circle-check")
        self.verify_button.setToolTip(self.tr("选一个 PDF 或把它拖到这里，看是不是本单位签发的原件"))
        self.new_button = Button(self.tr("新文书"), icon="plus", hint="Ctrl+N")
        self.new_button.setToolTip(self.tr("提醒函、督办函、通报、约谈、销号单、四个清单……  {}").format("Ctrl+N"))
        self.title_row.addStretch(1)
        self.title_row.addWidget(self.register_button)
        self.title_row.addWidget(self.verify_button)
        self.title_row.addWidget(self.new_button)
        self.verdict = InlineNotice("", "info", self.tr("知道了"))
        self.verdict.hide()
        self.content.insertWidget(0, self.verdict)
        self.panel = PaperPanel(desk)
        self.set_side(self.panel)
        self.setAcceptDrops(True)
        self._rows = Query(desk.tasks, lambda: reading.read_papers(desk.services), self)
        self._check = Query(desk.tasks, desk.services.papers.verify, self, tells_failure=True)
        self._rows.answered.connect(self._show)
        self._check.answered.connect(self._say)
        self._check.failed.connect(self._say_failure)
        self.verdict.linked.connect(self.verdict.hide)
        self.register_button.clicked.connect(desk.register_wanted)
        self.verify_button.clicked.connect(self._choose_file)
        self.new_button.clicked.connect(self._write_new)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._write_new)
        table.current_changed.connect(self._selected)
        table.activated.connect(self.panel.enlarge)
        table.view.selectionModel().selectionChanged.connect(self._chosen)

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.documents or changes.visits or changes.sync)

    def count_words(self, count: int) -> str:
        return self.tr("共 {count} 份").format(count=count)

    def show_visit(self, visit_id: str) -> None:
        """Selects the first document of a visit."""
        self.clear_filters()
        self._wanted_visit = visit_id
        self._select_wanted()

    def verify(self, path: Path) -> None:
        """Says in place whether a file is a document of ours."""
        self._check.ask(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take_dropped(files)

    def take_dropped(self, files: Sequence[Path]) -> None:
        """A PDF is checked; pictures are pages of the selected document's signed copy."""
        pictures = [path for path in files if path.suffix.lower() != ".pdf"]
        document = self.panel.document()
        if pictures and document is not None:
            from jiandu_desktop.ui.pages.paperwork.dialogs import AttachDialog

            AttachDialog(self.desk, document, self.window(), pictures).open()
        else:
            self.verify(files[0])

    def _print_words(self) -> list[tuple[str, str]]:
        return [("no", self.tr("没有印过")), ("yes", self.tr("印过"))]

    @Slot(object)
    def _show(self, view: reading.PapersView) -> None:
        self._today = view.now.date()
        self.set_rows(view.rows)
        self._select_wanted()

    def _select_wanted(self) -> None:
        if self._wanted_visit:
            rows = [row for row in self.table.rows() if row.document.visit_id == self._wanted_visit]
            first = min(rows, key=lambda row: list(DocumentKind).index(row.document.kind), default=None)
            if first is not None and self.table.select(first.document.id):
                self._wanted_visit = ""

    @Slot(object)
    def _selected(self, row: DocumentRow | None) -> None:
        self.panel.show_row(row)

    @Slot()
    def _chosen(self) -> None:
        self.panel.show_chosen(self.table.selected_rows())

    @Slot()
    def _write_new(self) -> None:
        self.desk.letter_wanted.emit(LetterWish())

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("核对文件"), "", self.tr("PDF 文件 (*.pdf)"))
        if chosen:
            self.verify(Path(chosen))

    @Slot(object)
    def _say(self, verdict: Verdict) -> None:
        number = verdict.document.number if verdict.document is not None else ""
        told = [sentence_for(Trouble(each.code, **each.values)) for each in verdict.details]
        words = "\n".join([sentence_for(Trouble(verdict.code, number=number)), *told])
        good = verdict.code in (_GENUINE, _CONSISTENT)
        self.verdict.set(words, "info" if good else "caution", self.tr("知道了"))
        self.verdict.show()
        if verdict.document is not None:
            self.table.select(verdict.document.id)

    @Slot(object)
    def _say_failure(self, error: Exception) -> None:
        if isinstance(error, Trouble) and is_expected(error):
            self.verdict.set(sentence_for(error), "caution", self.tr("知道了"))
            self.verdict.show()
        else:
            self.desk.messages.error(error)


def _is_printed(row: DocumentRow, value: str) -> bool:
    return (row.document.prints > 0) == (value == "yes")

"""The record of a visit, to be read: answers by section with notes, photos and problems; facts and documents beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.visit import Photo, SchoolOpinion, VisitState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.operations.attachments import AttachmentDesk
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.operations.records import Record, RecordItem, read_record
from jiandu_desktop.ui.pages.columns import score_words
from jiandu_desktop.ui.pages.export_button import ExportButton
from jiandu_desktop.ui.pages.panel import add_title
from jiandu_desktop.ui.pages.record_rows import RecordRow, SectionTitle
from jiandu_desktop.ui.pages.record_trail import TrailView
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.pages.view_tabs import Tab, ViewTabs
from jiandu_desktop.ui.pages.words import join, visit_state
from jiandu_desktop.ui.pages.write_button import WriteButton
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page import Card, SidePanel
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.wizard.photo_view import PhotoView

EVERY, FAILED, MORE, TRAIL = "all", "failed", "more", "trail"


class RecordRoom(QWidget):
    """Nothing can be changed here; a visit still being filled in can be gone on with."""

    leave = Signal()

    def __init__(self, desk: Desk, visit_id: str) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk = desk
        self._visit_id = visit_id
        self._record: Record | None = None
        self._pictures = Pictures(desk.tasks, desk.services.visits.thumbnail, self)
        self.bar = RoomBar(self.tr("返回"))
        self.go_on = Button(self.tr("继续督导"), kind="primary")
        self.go_on.hide()
        self.papers = Button(self.tr("打开文书"), icon="file-text")
        self.papers.hide()
        self.export = ExportButton(desk, lambda: [visit_id])
        self.write = WriteButton(lambda: visit_id)
        self.write.hide()
        self.write.wanted.connect(desk.letter_wanted)
        self.bar.add(self.export)
        self.bar.add(self.write)
        self.bar.add(self.papers)
        self.bar.add(self.go_on)
        self.tabs = ViewTabs()
        self.tabs.set_tabs(self._tabs(0, 0, 0, 0))
        self.notice = InlineNotice("", "red")
        self.notice.hide()
        self.panel = SidePanel(300)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.tr("督导记录"))
        self.trail = TrailView()
        self._pages = QStackedWidget()
        self._lay_out()
        self.photo = PhotoView(self, removable=False)
        self._files = AttachmentDesk(self, desk.services.visits, desk.tasks, desk.messages)
        self._query = Query(desk.tasks, lambda: read_record(desk.services, visit_id), self)
        self._query.answered.connect(self._show)
        self.bar.left.connect(self.leave)
        self.go_on.clicked.connect(self._go_on)
        self.papers.clicked.connect(self._open_papers)
        self.tabs.chosen.connect(self._show_rows)
        desk.relay.changed.connect(self._take_changes)
        for keys in ("Esc", "Alt+Left"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.leave)
        lead_focus(self, self._scroll)
        self.refresh()

    def refresh(self) -> None:
        """Asks anew; called when a room above this one is left."""
        self._query.ask()

    def rows(self) -> list[RecordRow]:
        """The items shown, in their order."""
        inner = self._scroll.widget()
        return inner.findChildren(RecordRow) if inner is not None else []

    def _lay_out(self) -> None:
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self._scroll)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self.tabs)
        left.addWidget(self.notice)
        self._pages.addWidget(card)
        self._pages.addWidget(self.trail)
        left.addWidget(self._pages, 1)
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

    def _tabs(self, every: int, failed: int, more: int, changes: int) -> list[Tab]:
        return [
            Tab(EVERY, self.tr("全部题目"), every),
            Tab(FAILED, self.tr("只看问题"), failed),
            Tab(MORE, self.tr("有备注或照片"), more),
            Tab(TRAIL, self.tr("填写过程"), changes),
        ]

    @Slot(object)
    def _show(self, record: Record) -> None:
        self._record = record
        visit = record.visit
        started = visit.started_at
        self.bar.set_title(record.school, join((visit.task, f"{started:%Y-%m-%d}", record.inspectors)))
        self.go_on.setVisible(visit.state is VisitState.DRAFT)
        self.papers.setVisible(bool(record.documents))
        self.write.setVisible(visit.state is not VisitState.DRAFT)
        self.notice.setVisible(bool(record.vetoes))
        if record.vetoes:
            self.notice.set(self.tr("一票否决：{items}").format(items="、".join(record.vetoes)), "red")
        items = [item for section in record.sections for item in section.items]
        counts = (len(items), sum(map(_is_failed, items)), sum(map(_says_more, items)), len(record.trail))
        self.tabs.set_tabs(self._tabs(*counts))
        self.trail.set_lines(record.trail)
        self._show_facts(record)
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        """Only what the view asks for is built; sections without such items are left out."""
        self._pages.setCurrentIndex(int(self.tabs.value() == TRAIL))
        if self._record is None or self.tabs.value() == TRAIL:
            return
        holds = _VIEWS[self.tabs.value()]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 8, 20, 20)
        column.setSpacing(0)
        shown = 0
        for section in self._record.sections:
            items = [item for item in section.items if holds(item)]
            if not items:
                continue
            column.addWidget(SectionTitle(section.number, section.label))
            for item in items:
                row = RecordRow(item, self._pictures)
                row.photo_opened.connect(self._open_photo)
                row.file_saved.connect(self._save_file)
                column.addWidget(row)
                shown += 1
        if not shown:
            column.addWidget(Label(self.tr("没有这样的题目"), tone="text2"))
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _show_facts(self, record: Record) -> None:
        visit = record.visit
        self.panel.clear()
        add_title(self.panel, record.school, visit.task)
        opinions = {
            SchoolOpinion.AGREES: self.tr("无异议"),
            SchoolOpinion.OBJECTS: self.tr("有异议"),
            SchoolOpinion.UNSAID: "",
        }
        finished = f"{visit.finished_at:%Y-%m-%d %H:%M}" if visit.finished_at is not None else ""
        revision = ""
        if visit.revises:
            revision = self.tr("第 {number} 版：{reason}").format(number=visit.revision, reason=visit.revision_reason)
        self.panel.add_facts(
            [
                (self.tr("状态"), visit_state(visit).word),
                (self.tr("得分"), score_words(visit) if visit.score is not None else ""),
                (self.tr("开始"), f"{visit.started_at:%Y-%m-%d %H:%M}"),
                (self.tr("定稿"), finished),
                (self.tr("督学"), record.inspectors),
                (self.tr("同行"), visit.companions),
                (self.tr("表单"), record.checklist),
                (self.tr("已答"), f"{visit.answered}/{visit.item_total}" if visit.item_total else ""),
                (self.tr("意见"), join((opinions[visit.opinion], visit.opinion_text))),
                (self.tr("修订"), revision),
                (self.tr("校验码"), visit.content_hash[:16]),
            ]
        )
        if record.documents:
            self.panel.add_line()
            self.panel.add_heading(self.tr("文书 {count}").format(count=len(record.documents)))
            for document in record.documents:
                self._add_document(document)

    def _add_document(self, document: Document) -> None:
        link = Link(DOCUMENT_KIND_NAMES[document.kind])
        link.setToolTip(self.tr("打开 {number}").format(number=document.number))
        link.clicked.connect(self._open_papers)
        self.panel.body.addWidget(link)
        self.panel.body.addWidget(Label(document.number, role="meta"))

    @Slot(str)
    def _open_photo(self, photo_id: str) -> None:
        """As large as the room; Esc closes the photo first."""
        photo = self._photo(photo_id)
        if photo is not None and photo.is_picture:
            self.photo.show_photo(photo, self._desk.tasks, self._desk.services.exchange.bytes_of)
        elif photo is not None:
            self._files.open(photo)

    @Slot(str)
    def _save_file(self, photo_id: str) -> None:
        photo = self._photo(photo_id)
        if photo is not None:
            self._files.save_as(photo)

    def _photo(self, photo_id: str) -> Photo | None:
        return next((each for each in self._record.photos if each.id == photo_id), None) if self._record else None

    @Slot()
    def _go_on(self) -> None:
        self._desk.resume_wanted.emit(self._visit_id)

    @Slot()
    def _open_papers(self) -> None:
        self._desk.papers_wanted.emit(self._visit_id)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self.isVisible() and self._visit_id in changes.visits:
            self.refresh()


def _is_failed(item: RecordItem) -> bool:
    return item.verdict in ("failed", "veto") or item.problem is not None


def _says_more(item: RecordItem) -> bool:
    return bool(item.note or item.photos)


def _is_asked(item: RecordItem) -> bool:
    del item
    return True


_VIEWS = {EVERY: _is_asked, FAILED: _is_failed, MORE: _says_more}

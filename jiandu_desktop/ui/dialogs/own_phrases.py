"""我的常用话语 in 资料: what the inspector added to the checklists' wordings, and how one of them goes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.phrases import PhrasePlace
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column
from jiandu_desktop.ui.widgets.text import Label


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """One row: a wording, where it is offered, and the checklist's title."""

    place: PhrasePlace
    text: str
    checklist: str


class OwnPhrasesDialog(QDialog):
    """A list; 删除 or the key Delete takes one out at once. Records that were written with it stay as they are."""

    def __init__(self, desk: Desk, titles: Mapping[str, str], parent: QWidget) -> None:
        """`titles`: the checklists' titles by form_id."""
        super().__init__(parent)
        self._desk, self._titles = desk, titles
        self.setWindowTitle(self.tr("我的常用话语"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fields = {"text": self.tr("问题"), "measure": self.tr("措施"), "note": self.tr("备注")}
        self.table = DataTable(
            "own-phrases",
            [
                Column("text", self.tr("话语"), lambda row: row.text, kind="sentence", stretch=True, optional=False),
                Column("field", self.tr("用在"), lambda row: fields[row.place.field], width=72, tone="text2"),
                Column("checklist", self.tr("表单"), lambda row: row.checklist, width=200, tone="text2", spare=1),
            ],
            lambda row: (row.place, row.text),
        )
        self.table.set_empty(
            EmptyState(
                self.tr("还没有自己的话语"),
                self.tr("督导时按 Ctrl+K，把写好的一句存为常用话语，就列在这里。"),
                icon="message-square-text",
            )
        )
        self.remove = Button(self.tr("删除"), icon="trash-2", hint="Delete")
        self.leave = Button(self.tr("关闭"))
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.remove)
        keys.addStretch(1)
        keys.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("我的常用话语"), role="heading"))
        column.addWidget(self.table, 1)
        column.addLayout(keys)
        self.resize(theme().px(680), theme().px(420))
        self.remove.clicked.connect(self._remove)
        self.leave.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self).activated.connect(self._remove)
        self.table.current_changed.connect(self._chosen)
        self.show_phrases()

    @Slot()
    def show_phrases(self) -> None:
        """What is kept now."""
        own = self._desk.services.phrases.own()
        self.table.set_rows([OwnPhrase(place, text, self._titles.get(place.form_id, "")) for place, text in own])
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self.remove.setEnabled(self.table.current_row() is not None)

    @Slot()
    def _remove(self) -> None:
        row: OwnPhrase | None = self.table.current_row()
        if row is None:
            return
        phrases = self._desk.services.phrases

        def work(progress: Progress) -> None:
            progress.check()
            phrases.remove(row.place, row.text)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._removed, failed=self._desk.messages.error)

    @Slot(object)
    def _removed(self, nothing: object) -> None:
        del nothing
        self.show_phrases()

"""文书模板 in 设置: which documents are worded in the unit's own way; the office changes it by workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NUMBER_MARKS, DocumentKind, DocumentTemplate
from jiandu_desktop.services.document_templates import TemplateBook
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.messages import Choice, Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.settings_doing import Doing
from jiandu_desktop.ui.pages.settings_form import FormCard, Section
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Prose

_KNOWN = "(*.xlsx *.csv)"


class TemplatesSection(Section):
    """What differs from the program's own wording; with the office's data, keys that write and read the workbook."""

    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._services, self._messages = services, messages
        self._doing = Doing(tasks, messages, self)
        self.notice = self._doing.notice
        self._doing.done.connect(self.changed)
        self.export = Button(self.tr("导出模板…"), icon="download")
        self.take = Button(self.tr("导入模板…"), icon="upload")
        self.reset = Button(self.tr("改回程序的写法"), icon="undo-2")
        self._keys = FormCard(self.tr("修改模板"))
        self._keys.add_row(
            self.tr("工作簿"),
            (self.export, self.take),
            self.tr(
                "先导出，在“本单位写法”一列填机关名称、开头语、小标题、要求、结束语、加签、抄送，再导入；"
                "逐行检查，有一处不对就全部不改。发布后各台电脑都按它出文书。"
            ),
        )
        self._keys.add_row(self.tr("恢复"), self.reset, self.tr("所有文书都照程序的写法；已经签发的文书不变。"))
        self._keys.hide()
        self._kinds = FormCard(self.tr("按本单位写法的文书"))
        self._intro = Prose("", tone="text2")
        self._kinds.column.addWidget(self._intro)
        self.lines: list[Prose] = []
        for widget in (self.notice, self._keys, self._kinds):
            self.add(widget)
        self._read = Query(tasks, services.templates.read, self)
        self._read.answered.connect(self._show)
        self.export.clicked.connect(self._export)
        self.take.clicked.connect(self._import)
        self.reset.clicked.connect(self._ask_reset)
        self.changed.connect(self._read.ask)

    def refresh(self) -> None:
        """Reads the templates in force."""
        self._read.ask()

    def import_templates(self, path: Path) -> None:
        """Puts a workbook in force, or says what keeps it from that."""
        self._doing.run(
            lambda: self._services.templates.import_file(path), self.tr("文书模板已生效，发布后各台电脑都按它出文书")
        )

    @Slot(object)
    def _show(self, book: TemplateBook) -> None:
        self._keys.setVisible(book.is_office)
        self.reset.setEnabled(bool(book.templates))
        if book.templates:
            words = self.tr("下列文书由督导室改过写法，其余照程序的写法。")
        else:
            words = self.tr("所有文书都照程序的写法。需要改机关名称、用语、加签或者抄送，由督导室在这里导入模板。")
        self._intro.set_text(words)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [Prose(_told(kind, template)) for kind, template in book.templates]
        for line in self.lines:
            self._kinds.column.addWidget(line)

    @Slot()
    def _export(self) -> None:
        name = self.tr("文书模板.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出模板"), name, "(*.xlsx)")
        if chosen:
            path = Path(chosen)
            self._doing.run(lambda: self._services.templates.export(path), self.tr("已导出 {}").format(path.name))

    @Slot()
    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("导入模板"), "", _KNOWN)
        if chosen:
            self.import_templates(Path(chosen))

    @Slot()
    def _ask_reset(self) -> None:
        def then(answer: str | None) -> None:
            if answer == "reset":
                self._doing.run(self._services.templates.reset, self.tr("所有文书都改回程序的写法"))

        self._messages.ask(
            self.tr("把所有文书改回程序的写法吗？"),
            [Choice("no", self.tr("不改")), Choice("reset", self.tr("改回"), "primary")],
            then,
            self.tr("本单位写法会从各台电脑上去掉；先“导出模板”可以留一份。已经签发的文书不变。"),
        )


def _told(kind: DocumentKind, template: DocumentTemplate) -> str:
    """整改通知书：机关名称“……”；开头语；要求 3 条；抄送“……”."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("TemplatesSection", text)

    parts = []
    if template.issuer:
        parts.append(tr("机关名称“{}”").format(template.issuer))
    if template.mark:
        parts.append(tr("文种代字“{own}”（原为“{old}”）").format(own=template.mark, old=NUMBER_MARKS[kind]))
    if template.opening:
        parts.append(tr("开头语"))
    if template.headings:
        parts.append(tr("小标题 {} 个").format(len(template.headings)))
    if template.demand:
        parts.append(tr("要求 {} 条").format(len(template.demand)))
    if template.ending:
        parts.append(tr("结束语“{}”").format(template.ending))
    if template.signatories:
        parts.append(tr("加签{}").format("、".join(template.signatories)))
    if template.copies_to is not None:
        parts.append(tr("抄送{}").format("、".join(template.copies_to)) if template.copies_to else tr("不抄送"))
    if template.contact or template.telephone:
        parts.append(tr("联系人和电话"))
    return tr("{kind}：{parts}").format(kind=DOCUMENT_KIND_NAMES[kind], parts="；".join(parts))

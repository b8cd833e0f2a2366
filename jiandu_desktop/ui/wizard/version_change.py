"""From “本表单有新版本” to the visit in that version: told in place, shown in a dialog, then carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice

if TYPE_CHECKING:
    from jiandu_desktop.services.open_visit import OpenVisit
    from jiandu_desktop.services.versions import Offer, Outlook
    from jiandu_desktop.ui.wizard.version_dialog import VersionDialog


class VersionMove(QObject):
    """Asks what a move would do, shows it over `window`, and moves the draft if that is wished."""

    moved = Signal(object)
    """The OpenVisit in its new version."""

    def __init__(self, services: Services, tasks: Tasks, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._tasks, self._messages, self._window = services, tasks, messages, window
        self._outlook: Outlook | None = None
        self._visit_id = ""
        self.dialog: VersionDialog | None = None

    def start(self, visit_id: str) -> None:
        """Begins with what would be lost; a second wish while one is under way is not heard."""
        if self._visit_id:
            return
        self._visit_id = visit_id
        self._run(lambda: self._services.versions.outlook(visit_id), self._show)

    @Slot(object)
    def _show(self, outlook: Outlook) -> None:
        from jiandu_desktop.ui.wizard.version_dialog import VersionDialog

        self._outlook = outlook
        self.dialog = VersionDialog(outlook, self._window.window())
        self.dialog.chosen.connect(self._chosen)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot(bool)
    def _chosen(self, move: bool) -> None:
        self.dialog = None
        outlook, visit_id = self._outlook, self._visit_id
        if not move or outlook is None:
            self._visit_id = ""
            return
        self._run(lambda: self._services.versions.move(visit_id, outlook), self._moved)

    @Slot(object)
    def _moved(self, opened: OpenVisit) -> None:
        self._visit_id = ""
        version = opened.definition.version
        self._messages.toast(self.tr("已改用版本 {version}").format(version=version))
        self.moved.emit(opened)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._visit_id = ""
        self._messages.error(error)

    def _run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def run(progress: Progress) -> Any:
            progress.check()
            return work()

        self._tasks.run(Lane.DATABASE, run, done=then, failed=self._failed)


class VersionNotice(QWidget):
    """The line in the wizard that says so; hidden while the visit has the version in force.

    `settle` makes every answer durable before the draft is looked at; False stops.
    """

    moved = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, messages: Messages, visit_id: str, settle: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._visit_id, self._settle = visit_id, settle
        self.notice = InlineNotice("", "info")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 0)
        column.addWidget(self.notice)
        self.hide()
        self.move_flow = VersionMove(services, tasks, messages, self)
        self.move_flow.moved.connect(self.moved)
        self._query = Query(tasks, lambda: services.versions.offer(visit_id), self)
        self._query.answered.connect(self._show)
        self.notice.linked.connect(self._start)
        self._query.ask()

    @Slot(object)
    def take_changes(self, changes: Changes) -> None:
        """Another checklist may have come."""
        if changes.checklists:
            self._query.ask()

    @Slot(object)
    def _show(self, offer: Offer | None) -> None:
        self.setVisible(offer is not None)
        if offer is not None:
            words = self.tr("本表单有新版本 {version}，这次督导仍用版本 {own}，可以照常填完。")
            words = words.format(version=offer.version, own=offer.own_version or "—")
            self.notice.set(words, "info", self.tr("改用新版本…"))

    @Slot()
    def _start(self) -> None:
        if self._settle():
            self.move_flow.start(self._visit_id)

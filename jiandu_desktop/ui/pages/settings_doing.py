"""What a key of 设置 does: off the window's thread, said when it is done, and told in place when it is refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.importing import ImportRefused
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice


class Doing(QObject):
    """Carries out one thing after the other and keeps `notice`, which stands at the head of its section."""

    done = Signal()
    """What the section shows has changed."""

    def __init__(self, tasks: Tasks, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._messages = tasks, messages
        self.notice = InlineNotice("")
        self.notice.hide()

    def run(self, work: Callable[[], object], told: str) -> None:
        """`work` on the database's lane; `told` is said once it is done."""
        self.notice.hide()

        def run(progress: Progress) -> str:
            progress.check()
            work()
            return told

        self._tasks.run(Lane.DATABASE, run, done=self.say_done, failed=self._failed)

    @Slot(object)
    def say_done(self, told: str) -> None:
        """As after `run`, for what was done elsewhere."""
        self._messages.toast(told)
        self.done.emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if isinstance(error, ImportRefused):
            self._say("\n".join([sentence_for(error), *error.faults]))
        elif isinstance(error, Trouble) and is_expected(error):
            self._say(sentence_for(error))
        else:
            self._messages.error(error)

    def _say(self, words: str) -> None:
        self.notice.set(words, "caution")
        self.notice.show()

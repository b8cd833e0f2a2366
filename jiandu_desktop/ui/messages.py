"""The one door to the user: nobody else opens a dialog; tests put a recorder in its place.

    Messages(window)
      toast(text, action_text="", action=None)          what was just done, 6 s, at most one action (撤销)
      withdraw()                                        the toast's action would no longer fit: it goes
      warn(text)                                        a sentence that stays until closed
      ask(question, choices, then, detail="")           choices: [Choice(value, word, kind="")]; then(value | None);
                                                        does not block; None = closed with Esc
      ask_text(question, then, detail="", initial="", word="")   one line of words, such as a reason; then(text | None)
      error(Trouble | Exception)                        a sentence for a Trouble, a copyable report for a fault of ours
      lift(px)                                          height of the bar above which toasts stand
What belongs to a place on the page is said there, with widgets.notices.InlineNotice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.ui.errors import is_expected, report_for, sentence_for
from jiandu_desktop.ui.widgets.notices import Toast

if TYPE_CHECKING:
    from jiandu_desktop.ui.widgets.warning_strip import WarningStrip


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question; `kind` "primary" for the one proposed, at most once."""

    value: str
    word: str
    kind: str = ""


class Messages(QObject):
    """Says things to the user over one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bar_height = 0

    # Made when there is something to say: no start waits for them.

    @cached_property
    def _toast(self) -> Toast:
        toast = Toast(self._window)
        toast.lift(self._bar_height + 16)
        return toast

    @cached_property
    def _strip(self) -> WarningStrip:
        from jiandu_desktop.ui.widgets.warning_strip import WarningStrip

        return WarningStrip(self._window)

    def toast(self, text: str, action_text: str = "", action: Callable[[], Any] | None = None) -> None:
        """Says what was just done."""
        self._toast.show_text(text, action_text, action)

    def withdraw(self) -> None:
        """Something else was done since: a toast that offers to take back what was done goes."""
        if "_toast" in vars(self):
            self._toast.withdraw()

    def warn(self, text: str) -> None:
        """Says what stands in the way and what to do next; stays until closed or until the next warning."""
        self._strip.show_text(text)

    def ask(
        self,
        question: str,
        choices: Sequence[Choice],
        then: Callable[[str | None], Any],
        detail: str = "",
    ) -> None:
        """Asks, and calls `then` with the value chosen, or None."""
        from jiandu_desktop.ui.widgets.asking import QuestionDialog

        answers = [(choice.value, choice.word, choice.kind) for choice in choices]
        dialog = QuestionDialog(question, detail, answers, self._window)
        dialog.answered.connect(then)
        self._open(dialog)

    def ask_text(
        self,
        question: str,
        then: Callable[[str | None], Any],
        detail: str = "",
        initial: str = "",
        word: str = "",
    ) -> None:
        """Asks for a line of words, and calls `then` with it (never empty), or None; `word` is on the button."""
        from jiandu_desktop.ui.widgets.asking import TextDialog

        dialog = TextDialog(question, detail, initial, word or self.tr("确定"), self._window)
        dialog.answered.connect(then)
        self._open(dialog)

    def error(self, error: BaseException) -> None:
        """A sentence for what the user can act on; for a fault of ours, a report that can be copied."""
        if isinstance(error, Trouble) and is_expected(error):
            self.warn(sentence_for(error))
            return
        from jiandu_desktop.ui.widgets.asking import ReportDialog

        self._open(ReportDialog(report_for(error), self._window))

    def lift(self, height: int) -> None:
        """Keeps toasts above a bar of this height at the window's lower edge."""
        self._bar_height = height
        if "_toast" in vars(self):
            self._toast.lift(height + 16)

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

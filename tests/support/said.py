"""What the program said to the user, recorded at the one door, with the answers a test has ready for its questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jiandu_desktop.domain.errors import Trouble


class Said:
    """Takes the place of the dialogs behind `ui.messages.Messages`; a question nobody prepared for fails the test."""

    def __init__(self) -> None:
        self.toasts: list[str] = []
        self.offer = ""
        """The action that the toast offers now, "" for none."""
        self.warnings: list[str] = []
        self.questions: list[str] = []
        self.troubles: list[Trouble] = []
        self._answers: deque[str | None] = deque()

    def answer(self, *values: str | None) -> None:
        """The values of the choices, or the words, for the questions to come; None closes the dialog."""
        self._answers.extend(values)

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        """From here to the end of the test no dialog opens."""
        from jiandu_desktop.ui.errors import is_expected, sentence_for
        from jiandu_desktop.ui.messages import Choice, Messages

        def toast(_: Messages, text: str, action_text: str = "", action: Callable[[], Any] | None = None) -> None:
            self.toasts.append(text)
            self.offer = action_text

        def withdraw(_: Messages) -> None:
            self.offer = ""

        def warn(_: Messages, text: str) -> None:
            self.warnings.append(text)

        def ask(
            _: Messages,
            question: str,
            choices: Sequence[Choice],
            then: Callable[[str | None], Any],
            detail: str = "",
        ) -> None:
            value = self._take(question)
            assert value is None or value in {choice.value for choice in choices}, f"{question}: no choice {value!r}"
            then(value)

        def ask_text(
            _: Messages,
            question: str,
            then: Callable[[str | None], Any],
            detail: str = "",
            initial: str = "",
            word: str = "",
        ) -> None:
            then(self._take(question))

        def error(_: Messages, error: BaseException) -> None:
            if not (isinstance(error, Trouble) and is_expected(error)):
                raise AssertionError("the user was shown the report of a fault of ours") from error
            self.troubles.append(error)
            self.warnings.append(sentence_for(error))

        for name, stand_in in (
            ("toast", toast),
            ("withdraw", withdraw),
            ("warn", warn),
            ("ask", ask),
            ("ask_text", ask_text),
            ("error", error),
        ):
            patch.setattr(Messages, name, stand_in)

    def _take(self, question: str) -> str | None:
        self.questions.append(question)
        assert self._answers, f"nobody expected this question: {question}"
        return self._answers.popleft()

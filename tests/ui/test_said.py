"""What the user would have read can be asserted on, and no dialog waits for a person who is not there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from jiandu_desktop.ui.messages import Choice, Messages
from tests.support.said import Said


@pytest.fixture
def messages(qtbot: QtBot, said: Said) -> Messages:
    window = QWidget()
    qtbot.addWidget(window)
    return Messages(window)


def test_words_and_answers_are_recorded(messages: Messages, said: Said) -> None:
    heard: list[str | None] = []
    said.answer("keep", None)
    messages.toast("已同步")
    messages.ask("要保留吗？", [Choice("keep", "保留"), Choice("drop", "放弃")], heard.append)
    messages.ask_text("原因？", heard.append)
    assert said.toasts == ["已同步"]
    assert said.questions == ["要保留吗？", "原因？"]
    assert heard == ["keep", None]


def test_an_unexpected_question_fails_the_test(messages: Messages) -> None:
    with pytest.raises(AssertionError, match="nobody expected"):
        messages.ask("要保留吗？", [Choice("keep", "保留")], print)


def test_a_fault_of_ours_fails_the_test(messages: Messages) -> None:
    with pytest.raises(AssertionError, match="fault of ours"):
        messages.error(ZeroDivisionError())

"""How many key presses, clicks and typed characters a visit takes, counted in the real window, by keys and by mouse."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QAbstractButton

from bench.hands import Count
from bench.measuring import Figure, Result
from bench.school_day import ITEMS, SECTIONS, Day, picture
from bench.workplace import Workplace
from jiandu_desktop.ui.application import make_application
from jiandu_desktop.ui.widgets.answer_keys import AnswerKeys

FAILED = (3, 7, 15, 22, 39)
"""Places of the items with a problem, from 1: two in one section, one of them the veto."""

CONFORMING, WITH_PROBLEMS, TO_PRINT, TO_ANSWER = 12, 12 + 5 * 4, 3, 3
"""The most interactions: from 今日 to 完成, the same with five problems, 完成 to the printer, to the first answer."""

KEYS, MOUSE = "keys", "mouse"
WAYS = (KEYS, MOUSE)


def measure(place: Workplace) -> Iterator[Result]:
    """Each way of working in bureaus of its own."""
    app = make_application()
    for way in WAYS:
        for tasks in DAYS:
            with tempfile.TemporaryDirectory(dir=place.folder) as folder, Day(app, Path(folder)) as day:
                for name, limit, task in tasks:
                    total = float(task(day, way).total)
                    yield Result(f"{name}, by {way}", Figure((total,)), limit=limit, unit="interactions")


# --- the tasks, each by keyboard alone and by mouse alone -------------------------------------------------------------


def first_answer(day: Day, way: str) -> Count:
    """From the program's window to the first answer of today's school."""
    with day.hands.counting() as count:
        enter(day, way)
        if way == KEYS:
            day.hands.press("1")
        else:
            choose(day, 1, 0)
    expect(day.wizard.instance.progress().answered == 1, "the first item is answered")
    return count


def all_conforming(day: Day, way: str) -> Count:
    """From 今日 to 完成 with nothing to object to."""
    with day.hands.counting() as count:
        enter(day, way)
        answer_rest(day, way)
        finish(day, way)
    expect(day.finishing.review.rows == [], "nothing is left to look at")
    return count


def five_problems(day: Day, way: str) -> Count:
    """The same with five problems, each confirmed as it is proposed, with a photo."""
    with day.hands.counting() as count:
        enter(day, way)
        for number in FAILED:
            fail(day, way, number)
        answer_rest(day, way)
        expect_problems(day)
        finish(day, way)
    expect(count.typed == 0, "nothing is typed")
    expect(day.finishing.bottom.freeze.isEnabled(), "nothing stands in the way")
    return count


def to_the_printer(day: Day, way: str) -> Count:
    """From 完成, where one is, to the print dialog, whose place a file takes here."""
    finishing = day.finishing
    day.director.wait(finishing.papers.documents, "the drafts")
    with day.hands.counting() as count:
        if way == KEYS:
            day.hands.press("Ctrl+P", "Return")
        else:
            day.hands.click(finishing.bottom.freeze)
            day.hands.click(finishing.bottom.question.accept)
        day.director.wait(day.printed.exists, "the printed notice", 60)
    day.director.settle()
    return count


Task = tuple[str, int, Callable[[Day, str], Count]]

DAYS: tuple[tuple[Task, ...], ...] = (
    (("first answer", TO_ANSWER, first_answer),),
    (("40 items conforming", CONFORMING, all_conforming),),
    (("40 items, 5 problems", WITH_PROBLEMS, five_problems), ("完成 to the printer", TO_PRINT, to_the_printer)),
)
"""What is done one after the other in one day, and the most interactions that each may take."""


# --- what an inspector does on the way --------------------------------------------------------------------------------


def enter(day: Day, way: str) -> None:
    """Begins the visit of the school that stands first."""
    if way == KEYS:
        day.hands.press("Return")
    else:
        day.hands.click(day.today.panel.primary)
    expect(day.wizard.current_ref, "the checklist is open")


def choose(day: Day, number: int, choice: int) -> None:
    """Clicks one of the answers of an item."""
    keys = day.row(number).field.focus_target()
    assert isinstance(keys, AnswerKeys)
    day.hands.click(keys, keys.segments()[choice].center().toPoint())


def fail(day: Day, way: str, number: int) -> None:
    """不符合, the photo, and the confirmation of what is proposed."""
    section, place = divmod(number - 1, ITEMS // SECTIONS)
    turn_to(day, way, section)
    if way == KEYS:
        day.hands.press(f"Alt+{(place + 1) % 10}", "3")
        day.hands.paste(picture(640 + number, 480))  # the same picture twice would be one
        day.hands.press("Return")
        return
    choose(day, number, 2)
    card = day.row(number).card
    assert card is not None
    day.director.wait(lambda: day.row(number).height() > card.height(), "the card is open")
    day.hands.drop(card.text, [day.photo])
    day.hands.click(card.confirm)


def turn_to(day: Day, way: str, section: int) -> None:
    """Goes on to a section, if it is not the one that is shown."""
    sections = [each.ref for each in day.wizard.filling.paper.sections]
    while sections.index(day.wizard.view.section) != section:
        if way == KEYS:
            day.hands.press("Ctrl+Return")
        else:
            outline = day.wizard.side.outline
            name = outline.row_center(section) - QPointF(0, 12)  # the cells below it lead to single items
            day.hands.click(outline.viewport(), name.toPoint())


def answer_rest(day: Day, way: str) -> None:
    """本节其余全部符合 in section after section; what it leaves is answered one by one."""
    while not day.is_answered():
        wizard = day.wizard
        if not wizard.filling.paper.is_unanswered(wizard.current_ref):
            press_or_click(day, way, "F8", wizard.bottom.next)
        elif wizard.view.head.bulk.isEnabled():
            press_or_click(day, way, "Ctrl+Shift+Return", wizard.view.head.bulk)
        elif way == KEYS:
            day.hands.press("1")
        else:
            choose(day, wizard.filling.paper.refs().index(wizard.current_ref) + 1, 0)


def finish(day: Day, way: str) -> None:
    """To 完成."""
    expect(day.is_answered(), "everything is answered")
    press_or_click(day, way, "Return", day.wizard.bottom.finish)
    expect(day.finishing, "完成")


def press_or_click(day: Day, way: str, key: str, button: QAbstractButton) -> None:
    """The key that does what the button does, or the button."""
    if way == KEYS:
        day.hands.press(key)
    else:
        day.hands.click(button)


def expect_problems(day: Day) -> None:
    """Five, each confirmed and with its photo."""
    filling = day.wizard.filling
    day.director.wait(lambda: len(filling.photos) == len(FAILED), "five photos")
    expect(len(filling.problems) == len(FAILED), "five problems")
    expect(all(problem.confirmed for problem in filling.problems.values()), "each is confirmed")
    expect({photo.ref for photo in filling.photos} == filling.problems.keys(), "each has its photo")


def expect(true: object, what: str) -> None:
    """What must be so for the count to mean anything; raises RuntimeError."""
    if not true:
        raise RuntimeError(f"not so: {what}")

"""One start of the real window, worked by keyboard alone, in a process of its own that may be killed.

    python -m tests.journeys.keyboard_visit DATA PRINT_TO begin|finish

`begin` looks the school up by its initials, starts the visit, answers, opens a problem, leaves a note half written,
says where it is as one line of JSON and then stands still until it is killed. `finish` starts again, says the same of
what it found, answers the rest, freezes, prints, syncs and closes the window.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.ui.application import build_window, dress, make_application
from jiandu_desktop.ui.errors import install_hook
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.questions.question import Kind
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.tour.director import Director, activate
from jiandu_desktop.ui.wizard.room import WizardRoom

INITIALS = "cgzdyxx"
"""城关镇第一小学."""

NOTE = "门卫室登记本缺十月第三周，已当面"
"""Half a sentence: it is never confirmed before the program is killed."""


class Keyboard:
    """The window and a pair of hands without a mouse."""

    def __init__(self, data: Path, print_to: Path) -> None:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(data / "settings"))
        self.app = make_application()
        self.profiles = Profiles(data, clock=system_clock, new_id=new_id)
        self.profiles.hold()
        self.services = self.profiles.open(Progress())
        dress(self.app, self.services.preferences)
        self.tasks = Tasks()
        self.window: MainWindow = build_window(self.services, self.profiles, self.tasks, print_to)
        self.hands = Director(self.app)
        self.hands.take(self.window, lambda: not self.tasks.is_idle())
        activate(self.window)
        self.hands.settle()

    def enter_visit(self) -> WizardRoom:
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        self.hands.wait(page.table.all_rows, "schools on 今日")
        self.hands.press("Ctrl+F")
        self.hands.write(INITIALS)
        self.hands.wait(lambda: len(page.table.rows()) == 1, "one school found")
        self.hands.press("Return")
        self.hands.press("Return")
        self.hands.wait(lambda: isinstance(self.window.room(), WizardRoom), "the checklist")
        self.hands.settle()
        room = self.window.room()
        assert isinstance(room, WizardRoom)
        return room

    def close(self) -> None:
        self.window.close()
        self.profiles.release()


class StrayWindows(QObject):
    """Notices what is shown before it has a parent: it flashes as a window of its own and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow | QDialog)
            and watched.windowType() not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
        ):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()} {getattr(watched, 'text', str)()}")
        return False


def main() -> int:
    data, print_to, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    faults: list[BaseException] = []
    keyboard = Keyboard(data, print_to)
    install_hook(faults.append)
    stray = StrayWindows()
    keyboard.app.installEventFilter(stray)
    room = keyboard.enter_visit()
    if what == "begin":
        begin(keyboard, room)
    else:
        say(keyboard, room)
        finish(keyboard, room)
    keyboard.app.removeEventFilter(stray)
    if faults:
        raise faults[0]
    assert not stray.seen, stray.seen
    return 0


def begin(keyboard: Keyboard, room: WizardRoom) -> None:
    """Answers, two problems confirmed with Enter, the next section, a note half written; then it waits to be killed."""
    hands = keyboard.hands
    for key in ("1", "1", "2"):
        hands.press(key)
    hands.press("Return")
    hands.press("1")
    hands.press("3")
    hands.write("，校长已在场确认")
    hands.press("Return")
    hands.press("Ctrl+Return")
    for key in ("1", "1"):
        hands.press(key)
    hands.press("Ctrl+D")
    hands.write(NOTE)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        # What is half typed is kept a moment after the last key.
        QApplication.processEvents()
        time.sleep(0.01)
    hands.settle()
    say(keyboard, room)
    while True:
        QApplication.processEvents()
        time.sleep(0.01)


def say(keyboard: Keyboard, room: WizardRoom) -> None:
    """Where the visit stands, as the window shows it."""
    keyboard.hands.settle()
    row = room.view.list.row(room.current_ref)
    assert row is not None
    shown = {
        "here": room.instance.node(room.current_ref).item.name,
        "note": row.note.text() if row.note is not None else "",
        "note_has_keyboard": row.note is not None and row.note.hasFocus(),
        "values": {ref: value for ref, value in room.instance.values().items() if value},
        "problems": sorted(problem.text for problem in room.filling.problems.values()),
        "confirmed": sum(problem.confirmed for problem in room.filling.problems.values()),
        "scroll": room.view.list.verticalScrollBar().value(),
    }
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def finish(keyboard: Keyboard, room: WizardRoom) -> None:
    """The rest by F8 and digits, then 完成, printing and sync, all by keys."""
    hands = keyboard.hands
    hands.write("补齐。")
    hands.press("Return")
    answer_rest(keyboard, room)
    hands.wait(room.bottom.finish.hasFocus, "去完成 has the keyboard")
    hands.press("Return")
    hands.wait(lambda: isinstance(keyboard.window.room(), FinishRoom), "完成")
    hands.settle()
    finishing = keyboard.window.room()
    assert isinstance(finishing, FinishRoom)
    hands.wait(finishing.papers.documents, "the drafts")
    assert finishing.bottom.freeze.isEnabled(), [row.text() for row in finishing.review.rows]
    hands.press("Ctrl+P")
    hands.wait(lambda: finishing.bottom.asks, "the question")
    hands.press("Return")
    hands.wait(lambda: finishing.frozen and Path(sys.argv[2]).exists(), "frozen and printed", 60)
    hands.settle()
    hands.press("Esc")
    hands.wait(lambda: keyboard.window.room() is None, "今日")
    hands.press("Ctrl+8")
    hands.press("Ctrl+Return")
    hands.wait(
        lambda: (state := keyboard.services.exchange.state()).receipts and state.waiting[0].state.value == "in_folder",
        "the record in the folder",
        60,
    )
    hands.settle()
    keyboard.close()


def answer_rest(keyboard: Keyboard, room: WizardRoom) -> None:
    """Every kind of question by keys until the wizard says that all is answered."""
    hands = keyboard.hands
    way: list[str] = []
    while not room.bottom.finish.hasFocus():
        ref = room.current_ref
        way.append(room.instance.node(ref).item.name)
        assert len(way) < 200, f"no way on from {way[-8:]}"
        if not room.filling.paper.is_unanswered(ref):
            hands.press("F8")
            continue
        row = room.view.list.row(ref)
        assert row is not None
        if row.kind is Kind.ONE:
            hands.press("1")
        elif row.kind is Kind.MANY:
            hands.write("12")
            hands.press("Return")
        elif row.kind is Kind.PHOTOS:
            hands.press("Ctrl+P")
            hands.choose_files([Path(sys.argv[1]) / "photo.jpg"])
            hands.wait(lambda ref=ref: not room.filling.paper.is_unanswered(ref), "the photo")
            hands.press("F8")
        else:
            hands.write({Kind.WHOLE: "6", Kind.DATE: "2026-11-02"}.get(row.kind, "情况属实"))
            hands.press("Return")


if __name__ == "__main__":
    sys.exit(main())

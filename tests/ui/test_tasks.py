"""Work in the background: the window stays alive, every task ends in exactly one way, and nothing is cut off."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.ui.tasks import Lane, Task, Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    assert made.shutdown(5000)


class Ends:
    """Collects how a task ended, in order."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, object]] = []

    def run(self, tasks: Tasks, lane: Lane, work: object) -> Task:
        return tasks.run(
            lane,
            work,  # type: ignore[arg-type]
            done=lambda value: self.seen.append(("done", value)),
            failed=lambda error: self.seen.append(("failed", error)),
            cancelled=lambda: self.seen.append(("cancelled", None)),
            finished=lambda: self.seen.append(("finished", None)),
        )


def test_result_arrives_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[int] = []
    worked: list[int] = []

    def work(progress: Progress) -> int:
        worked.append(threading.get_ident())
        return 7

    task = tasks.run(Lane.DATABASE, work, done=lambda value: threads.append(threading.get_ident()))
    with qtbot.waitSignal(task.finished):
        pass
    assert threads == [threading.get_ident()]
    assert worked != threads


def test_success_failure_and_cancel_are_three_ends_and_finished_always_fires(tasks: Tasks, qtbot: QtBot) -> None:
    def raise_it(progress: Progress) -> None:
        raise ValueError("broken")

    def wait_to_be_stopped(progress: Progress) -> None:
        while True:
            progress.report(Step(0, 0))

    good, bad, stopped = Ends(), Ends(), Ends()
    with qtbot.waitSignal(good.run(tasks, Lane.POOL, lambda progress: "ok").finished):
        pass
    with qtbot.waitSignal(bad.run(tasks, Lane.POOL, raise_it).finished):
        pass
    task = stopped.run(tasks, Lane.POOL, wait_to_be_stopped)
    with qtbot.waitSignal(task.finished):
        task.cancel()
    assert good.seen == [("done", "ok"), ("finished", None)]
    assert [name for name, _ in bad.seen] == ["failed", "finished"]
    assert isinstance(bad.seen[0][1], ValueError)
    assert stopped.seen == [("cancelled", None), ("finished", None)]


def test_progress_is_heard(tasks: Tasks, qtbot: QtBot) -> None:
    steps: list[Step] = []

    def work(progress: Progress) -> None:
        for number in range(1, 4):
            progress.report(Step(number, 3, "读取"))

    with qtbot.waitSignal(tasks.run(Lane.POOL, work, progressed=steps.append).finished):
        pass
    assert [step.done for step in steps] == [1, 2, 3]


def test_answers_are_written_one_after_the_other_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    running = threading.Lock()
    order: list[int] = []

    def write(number: int) -> None:
        assert running.acquire(blocking=False), "two writes at the same time"
        order.append(number)
        running.release()

    last = [tasks.run(Lane.DATABASE, lambda progress, n=n: write(n)) for n in range(60)][-1]  # type: ignore[misc]
    with qtbot.waitSignal(last.finished):
        pass
    assert order == list(range(60))


def test_a_task_cancelled_before_its_turn_never_runs(tasks: Tasks, qtbot: QtBot) -> None:
    gate, ran = threading.Event(), []
    tasks.run(Lane.FOLDER, lambda progress: gate.wait(5))
    waiting = tasks.run(Lane.FOLDER, lambda progress: ran.append(1))
    waiting.cancel()
    with qtbot.waitSignal(waiting.cancelled):
        gate.set()
    assert not ran


def test_a_failure_nobody_asked_for_is_still_told(tasks: Tasks, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise OSError("gone")

    with qtbot.waitSignal(tasks.failed_unheard) as heard:
        tasks.run(Lane.POOL, work)
    assert isinstance(heard.args[0], OSError)


def test_closing_waits_for_what_was_given_to_the_database_and_stops_the_rest(qapp: object) -> None:
    tasks = Tasks()
    written: list[int] = []

    def endless(progress: Progress) -> None:
        while True:
            progress.check()

    tasks.run(Lane.FOLDER, endless)
    for number in range(20):
        tasks.run(Lane.DATABASE, lambda progress, n=number: written.append(n))  # type: ignore[misc]
    assert tasks.shutdown(5000)
    assert written == list(range(20))
    with pytest.raises(RuntimeError):
        tasks.run(Lane.DATABASE, lambda progress: None)


def test_many_tasks_leave_nothing_behind(tasks: Tasks, qtbot: QtBot) -> None:
    results: list[int] = []
    for number in range(300):
        lane = (Lane.DATABASE, Lane.FOLDER, Lane.POOL)[number % 3]
        tasks.run(lane, lambda progress, n=number: n, done=results.append)  # type: ignore[misc]
    qtbot.waitUntil(tasks.is_idle, timeout=10_000)
    assert sorted(results) == list(range(300))

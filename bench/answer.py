"""One answer, from the call until it is durable: the service with trail, place and counts, and one bare commit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from bench.measuring import Result, in_turn
from bench.workplace import Workplace
from jiandu_desktop.domain.visit import Place
from jiandu_desktop.services.filling import AnswerChange, Tally
from jiandu_desktop.storage.driver import connect

RUNS, WARM_UP = 600, 50
LIMIT = 3.0


def measure(place: Workplace) -> Iterator[Result]:
    """The yardstick writes one row by the same driver with the same pragmas; each of both waits for the disk once."""
    with place.laptop() as services:
        waiting = next(row for row in services.today.rows(services.store.today()) if row.visit_id is None)
        opened = services.visits.start(waiting.assignment_id)
        visit_id = opened.visit.id
        items = [(ref, item) for ref, item in opened.definition.items.items() if item.kind == "select_one"]
        answers = cycle([(ref, value) for value in ("yes", "no") for ref, _ in items])
        bare = connect(place.folder / "bare.db")
        bare.execute("CREATE TABLE answers (visit_id TEXT, ref TEXT, value TEXT, PRIMARY KEY (visit_id, ref))")

        def ours() -> None:
            ref, value = next(answers)
            change = AnswerChange(ref=ref, value=value)
            services.visits.save_answers(visit_id, [change], Place(ref=ref), Tally(answered=30, total=60))

        def yardstick() -> None:
            ref, value = next(answers)
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (visit_id, ref, value))
            bare.execute("COMMIT")

        figure, beside = in_turn(ours, yardstick, runs=RUNS, warm_up=WARM_UP)
        bare.close()
    yield Result("answer accepted and durable", figure, beside, LIMIT)

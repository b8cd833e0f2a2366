"""The form engine beside JavaRosa, the engine inside ODK Collect: same XForm, same answers, a JVM that is warm."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl

from bench import forms_made
from bench.forms_made import Answers, Row
from bench.measuring import Figure, Result, alone, in_turn, since, slowest_key
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import system_clock
from jiandu_desktop.form_engine import Definition, Instance, load_form
from jiandu_desktop.form_engine.load import forget
from tests.support.javarosa import JavaRosa, missing

WARM_UP, RUNS, WARM = 6, 9, 20
LOAD, ANSWER, CHOICES, ROWS = 0.7, 1.0, 0.3, 1.3
SIZES = (150, 1_000, 3_000)
OPENED_MS, KEY_MS = 300.0, 16.0
LIST_ROWS = 100_000


def measure(place: Workplace) -> Iterator[Result]:
    """Ours: from the checklist as it is kept on the disk to a form ready for the first answer; then single answers."""
    why_not = missing()
    if why_not:
        print(f"forms: without JavaRosa beside it ({why_not})", flush=True)
    rosa = None if why_not else JavaRosa("-Xmx1g")
    try:
        for size in SIZES:
            yield from _sized(place, size, rosa)
        yield _rows(place)
        yield from _long_list(place, rosa)
        yield _memory(place)
    finally:
        if rosa is not None:
            rosa.close()


def _sized(place: Workplace, size: int, rosa: JavaRosa | None) -> Iterator[Result]:
    survey, choices, answers = forms_made.checklist(size)
    path, definition = _made(place.folder, f"q{size}", survey, choices)

    def opened() -> None:
        forget()
        Instance(load_form(path, cached_in=place.folder / "compiled"), now=system_clock)

    if rosa is not None:
        # Until its compiler has come to rest, a JVM works on several threads at once.
        rosa.time(definition.xform, [], WARM)
    if rosa is None:
        yield Result(f"open {size} questions", alone(opened, runs=RUNS, warm_up=2), limit=OPENED_MS)
    else:
        ours, beside = in_turn(opened, lambda: rosa.load(definition.xform) / 1e6, runs=RUNS, warm_up=WARM_UP)
        yield Result(f"open {size} questions", ours, beside, LOAD)
        if size == SIZES[1]:
            yield Result(f"open {size} questions, alone", alone(opened, runs=RUNS), limit=OPENED_MS)
    if size == SIZES[0]:
        return
    rounds = [_answered(definition, answers) for _ in range(WARM_UP)]
    if rosa is None:
        yield Result(f"{size}: one answer, median", _of(rounds, _median), limit=KEY_MS)
        yield Result(f"{size}: one answer, worst", _of(rounds, max), limit=KEY_MS)
        return
    rosa.time(definition.xform, answers, WARM_UP)
    rounds, others = [], []
    for _ in range(RUNS):
        rounds.append(_answered(definition, answers))
        others.append([ns / 1e6 for ns in rosa.time(definition.xform, answers, 1)[1][0]])
    # The worst key of a run is the machine's; the worst of the medians per key is the engine's.
    yield Result(f"{size}: one answer, median", _of(rounds, _median), _of(others, _median), ANSWER)
    yield Result(f"{size}: one answer, worst", slowest_key(rounds), slowest_key(others), ANSWER)
    yield Result(f"{size}: worst key and its state", _shown(definition, answers), limit=KEY_MS)


def _rows(place: Workplace) -> Result:
    """Fifty answers in a repeat of 200 rows that look at each other, against four times the same in one of 50."""

    def answers_of(rows: int) -> Callable[[], float]:
        survey, choices = forms_made.staff(rows)
        _, definition = _made(place.folder, f"staff{rows}", survey, choices)

        def run() -> float:
            instance = Instance(definition, now=system_clock)
            began = time.perf_counter()
            for number in range(1, 51):
                instance.answer(f"/data/row[{number}]/hours", str(number % 30))
            return since(began)

        return run

    many, few = answers_of(200), answers_of(50)
    ours, beside = in_turn(many, lambda: 4 * few(), runs=RUNS, warm_up=2)
    return Result("200 rows : 4 × 50 rows", ours, beside, ROWS)


def _long_list(place: Workplace, rosa: JavaRosa | None) -> Iterator[Result]:
    survey, text = forms_made.towns(LIST_ROWS)
    folder = place.folder / "towns-media"
    folder.mkdir()
    (folder / "schools.csv").write_text(text, encoding="utf-8")
    _, definition = _made(place.folder, "towns", survey, [])
    instance = Instance(definition, now=system_clock)
    instance.answer("/data/kind", "kind2")
    turns = iter(range(1_000_000))

    def ours() -> float:
        county = f"county{next(turns) % 80 * 5 + 2}"  # those that have schools of that kind
        began = time.perf_counter()
        instance.answer("/data/county", county)
        assert len(instance.node("/data/school").choices) == LIST_ROWS // 400
        return since(began)

    if rosa is None:
        yield Result("filter 100,000 choices", alone(ours, runs=RUNS, warm_up=2), limit=KEY_MS)
        return
    rosa.load(definition.xform, folder)
    rosa.answer("/data/kind", "kind2")
    others = iter(range(1_000_000))

    def beside() -> float:
        took = rosa.answer("/data/county", f"county{next(others) % 80 * 5 + 2}")
        ns, count, _ = rosa.choices("/data/school")
        assert count == LIST_ROWS // 400
        return (took + ns) / 1e6

    figure, yardstick = in_turn(ours, beside, runs=RUNS, warm_up=WARM_UP)
    yield Result("filter 100,000 choices", figure, yardstick, CHOICES)


def _memory(place: Workplace) -> Result:
    """Megabytes in the place of milliseconds: definition and instance of the largest form."""
    forget()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    path = place.folder / f"q{SIZES[-1]}.xlsx"
    instance = Instance(load_form(path, cached_in=place.folder / "compiled"), now=system_clock)
    taken = (tracemalloc.get_traced_memory()[0] - before) / 1e6
    tracemalloc.stop()
    assert instance.definition.items
    return Result(f"{SIZES[-1]} questions in memory [MB]", Figure((taken,)))


def _made(folder: Path, name: str, survey: Sequence[Row], choices: Sequence[Row]) -> tuple[Path, Definition]:
    settings = {"form_title": name, "form_id": name, "version": "1"}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (("survey", survey), ("choices", choices), ("settings", [settings])):
        headers = list(dict.fromkeys(header for row in rows for header in row))
        if rows:
            sheet = book.create_sheet(title)
            sheet.append(headers)
            for row in rows:
                sheet.append([row.get(header) for header in headers])
    out = io.BytesIO()
    book.save(out)
    path = folder / f"{name}.xlsx"
    path.write_bytes(out.getvalue())
    return path, load_form(path, cached_in=folder / "compiled")


def _answered(definition: Definition, answers: Answers) -> list[float]:
    """Milliseconds per answer, with all that follows from it."""
    instance = Instance(definition, now=system_clock)
    took = []
    for ref, text in answers:
        began = time.perf_counter()
        instance.answer(ref, text)
        took.append(since(began))
    return took


def _shown(definition: Definition, answers: Answers) -> Figure:
    """As `_answered`, with the state of everything that changed, as the screen asks for it: the slowest key."""
    rounds = []
    for _ in range(RUNS):
        instance = Instance(definition, now=system_clock)
        took = []
        for ref, text in answers:
            began = time.perf_counter()
            for changed in instance.answer(ref, text):
                instance.node(changed)
            took.append(since(began))
        rounds.append(took)
    return slowest_key(rounds)


def _median(times: Sequence[float]) -> float:
    return Figure(tuple(times)).median


def _of(rounds: Sequence[Sequence[float]], pick: Callable[[Sequence[float]], float]) -> Figure:
    return Figure(tuple(pick(times) for times in rounds))

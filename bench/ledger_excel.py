"""The ledger as workbooks: 100,000 problems out, and 10,000 rows in again with what they change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from bench.measuring import Result, in_turn
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.problem import Grade, Handling, Problem, ProblemEvent, ProblemState, Source, Step
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import lives, records, tables

COUNT, RETURNED, CHANGED = 100_000, 10_000, 500
EXPORT_LIMIT, IMPORT_LIMIT = 1.3, 2.0
_BATCH = 5_000


def measure(place: Workplace) -> Iterator[Result]:
    """Ours reads the database, seals every row and writes it with its styles; the yardstick writes bare values that it
    is handed. Coming back, ours compares with the database; the yardstick only reads the cells."""
    home = place.folder / "ledger-excel"
    home.mkdir()
    services = _office(home)
    try:
        out, bare = home / "ledger.xlsx", home / "bare.xlsx"
        services.ledger_export.write(out, Layout.JOINT)
        cells = _cells(out)
        ours, yardstick = in_turn(lambda: _export(services, out), lambda: _write_only(bare, cells), runs=3, warm_up=0)
        yield Result("100,000 problems to Excel", ours, yardstick, EXPORT_LIMIT)
        back = _returned(services, home / "back.xlsx")
        ours, yardstick = in_turn(lambda: _compare(services, back), lambda: _read_only(back), runs=5, warm_up=1)
        yield Result("10,000 returned rows compared", ours, yardstick, IMPORT_LIMIT)
    finally:
        services.close()


def _export(services: Services, path: Path) -> None:
    services.ledger_export.write(path, Layout.JOINT)


def _write_only(path: Path, cells: list[tuple[Any, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("四个清单")
    for row in cells:
        sheet.append(row)
    book.save(path)


def _compare(services: Services, path: Path) -> None:
    found = services.ledger_import.compare(path)
    if len(found.differences) != 2 * CHANGED or found.refused:
        raise RuntimeError(f"{len(found.differences)} differences, {found.refused[:2]}")


def _read_only(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    count = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if count < RETURNED:
        raise RuntimeError(f"only {count} cells")


def _cells(path: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def _returned(services: Services, path: Path) -> Path:
    """A ledger of 10,000 problems in which schools and the office wrote something into every twentieth row."""
    with services.store.glancing() as glance:
        ids = [problem.id for problem in glance.problems()[:RETURNED]]
    services.ledger_export.write(path, Layout.JOINT, ids)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    for row in range(5, 5 + RETURNED, RETURNED // CHANGED):
        sheet.cell(row, heads["责任人"]).value = f"张老师{row}"
        sheet.cell(row, heads["完成情况"]).value = f"第 {row} 行已经整改到位，附照片两张"
    book.save(path)
    return path


def _office(home: Path) -> Services:
    services = open_services(DataFolder(home / "data"), clock=system_clock, new_id=new_id)
    shared = home / "shared"
    shared.mkdir()
    services.profile.found_office(shared, Unit(name="青禾县人民政府教育督导室", code_letters="青教", county="青禾县"))
    roster = home / "roster.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("学校代码", "学校名称", "学校类型", "责任区"))
    for number in range(300):
        sheet.append((f"3601{number:06d}", f"青禾县第{number + 1}小学", "小学", f"第{number % 9 + 1}责任区"))
    book.save(roster)
    services.importing.schools(roster)
    schools = [row.school.id for row in services.schools.rows()]
    with services.store.writing() as work:
        for first in range(0, COUNT, _BATCH):
            made = [_problem(number, schools[number % len(schools)]) for number in range(first, first + _BATCH)]
            records.put(work, tables.problems, *made)
            bases = [{"problem_id": each.id, "record": to_wire(each)} for each in made]
            records.put_rows(work, tables.problem_bases, bases)
            lives.add_events(work, *(event for each in made for event in _events(each)))
    return services


def _problem(number: int, school: str) -> Problem:
    found = datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(days=number % 300)
    return Problem(
        id=new_id(),
        visit_id="",
        school_id=school,
        ref="",
        item=f"{number % 9}.{number % 17}",
        matter="校园安全",
        text=f"第{number}处消防通道堆放课桌椅，检查记录不完整",
        basis="《中小学校岗位安全工作指南》第三条：保持疏散通道畅通",
        measure=f"第{number}处立即清理并建立日巡查制度，责任到人，照片留存",
        grade=Grade.GENERAL,
        handling=Handling.BY_DATE,
        found_at=found,
        state=ProblemState.RECTIFYING,
        due=date(2026, 1, 20) + timedelta(days=number % 340),
        responsible=f"王建国{number % 1500}",
        leader="张副局长",
        confirmed=True,
        notice_number=f"青教督改〔2026〕{number}号",
        source=Source.SUPERIOR,
    )


def _events(problem: Problem) -> list[ProblemEvent]:
    found = _event(problem, Step.FOUND, ())
    return [found, _event(problem, Step.ISSUED, (found.id,))]


def _event(problem: Problem, step: Step, parents: tuple[str, ...]) -> ProblemEvent:
    return ProblemEvent(
        id=new_id(),
        problem_id=problem.id,
        step=step.value,
        at=problem.found_at,
        person="office",
        device="office",
        role="office",
        parents=parents,
    )

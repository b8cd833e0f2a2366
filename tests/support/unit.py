"""A unit of one computer with a school and checklists made by the test; needs no window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.identity import Clock, new_id
from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.domain.visit import AnswerSource, Place
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit, Tally
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from tests.support.checklists import SETTINGS, YES_NO_NA, workbook
from tests.support.workbooks import write_schools

SCHOOL = "城关镇第一小学"


def found_unit(home: Path, clock: Clock) -> Services:
    """The services of an office with a roster; the caller closes them."""
    services = open_services(DataFolder(home / "data"), clock=clock, new_id=new_id)
    shared = home / "shared"
    shared.mkdir()
    services.profile.found_office(shared, Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
    services.importing.schools(write_schools(home / "roster.xlsx"))
    return services


def add_checklist(
    services: Services,
    home: Path,
    *survey: Mapping[str, Any],
    version: str = "1",
    choices: Sequence[Mapping[str, Any]] = YES_NO_NA,
) -> None:
    """Another version of the checklist `tiny`, in force from now on."""
    path = home / f"tiny-{version}.xlsx"
    path.write_bytes(workbook(survey, choices, {**SETTINGS, "version": version}))
    services.office.add_form(path)


def begin(services: Services, task: str = "秋季开学督导") -> OpenVisit:
    """A visit at the school with the checklist `tiny`."""
    school = next(row.school for row in services.schools.rows() if row.school.name == SCHOOL)
    return services.visits.start_free(school.id, "tiny", task)


def answer(services: Services, opened: OpenVisit, answers: Mapping[str, str], place: Place | None = None) -> None:
    """Answers by name of the item, as the wizard keeps them."""
    instance = services.finishing.instance(opened)
    before = instance.values() if opened.values else {}
    for name, value in answers.items():
        instance.answer(name if name.startswith("/") else f"/data/{name}", value)
    after = instance.values()
    changes = [
        AnswerChange(ref=ref, value=value or None, source=AnswerSource.BY_HAND)
        for ref, value in after.items()
        if value != before.get(ref, "")
    ]
    counts = instance.progress()
    tally = Tally(answered=counts.answered, total=counts.total)
    services.visits.save_answers(opened.visit.id, changes, place or Place(), tally)


def problem(services: Services, opened: OpenVisit, ref: str, now: datetime, **fields: Any) -> Problem:
    """A complete problem of an item, put right on the spot."""
    made = Problem(
        **{
            "id": services.store.new_id(),
            "visit_id": opened.visit.id,
            "school_id": opened.school.id,
            "ref": ref,
            "item": "1.1",
            "matter": "",
            "text": "保安员无证上岗",
            "basis": "",
            "measure": "立即整改",
            "grade": Grade.GENERAL,
            "handling": Handling.ON_THE_SPOT,
            "found_at": now,
            **fields,
        }
    )
    return services.visits.save_problem(made)

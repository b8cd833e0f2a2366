"""What a checklist asks again each time, such as a contact or a number of rooms, comes along from the visit before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.support.checklists import q
from tests.support.unit import add_checklist, found_unit
from tests.support.visiting import save


@pytest.fixture
def office(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    yield services
    services.close()


def test_a_head_field_begins_with_the_answer_of_the_last_visit_at_this_school(office: Services, tmp_path: Path) -> None:
    add_checklist(
        office,
        tmp_path,
        q("hidden", "last_contact"),
        q("hidden", "last_rooms"),
        q("text", "contact", "联系人", default="${last_contact}"),
        q("integer", "rooms", "教室间数", default="${last_rooms}"),
        q("text", "weather", "天气"),
    )
    form_id = "tiny"
    here, there = (row.school.id for row in office.schools.rows()[:2])
    opened = office.visits.start_free(here, form_id, "第一次")
    instance = office.finishing.instance(opened)
    for name, value in (("contact", "陈立"), ("rooms", "24"), ("weather", "晴")):
        instance.answer(f"/data/{name}", value)
    save(office, opened, instance)
    office.finishing.finish(opened.visit.id, instance)

    again = office.finishing.instance(office.visits.start_free(here, form_id, "第二次"))
    assert [again.node(f"/data/{name}").value for name in ("contact", "rooms", "weather")] == ["陈立", "24", ""]
    elsewhere = office.finishing.instance(office.visits.start_free(there, form_id, "第一次"))
    assert elsewhere.node("/data/contact").value == ""

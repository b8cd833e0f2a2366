"""Papers around visits: from plan and record with nothing retyped, numbered, kept; published without persons."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from jiandu_desktop.domain.document import ABOUT_A_VISIT, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.numbering import numbers_left
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.program import Services


def finished_visit(services: Services) -> Visit:
    """The finished visit in which most was found wrong."""
    view = read_overview(services.store)
    found = [problem.visit_id for problem in view.problems]
    done = [visit for visit in view.latest_visits() if visit.state is not VisitState.DRAFT]
    return max(done, key=lambda visit: found.count(visit.id))


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "").replace("\u3000", "")


def whole_report(services: Services) -> LetterDraft:
    """Of everything that is on this laptop."""
    draft = LetterDraft(kind=DocumentKind.INSPECTION_REPORT, first=date(2020, 1, 1), last=date(2099, 12, 31))
    return services.letters.begin(draft)


@pytest.mark.parametrize("kind", sorted(ABOUT_A_VISIT))
def test_a_visits_papers_tell_what_the_record_holds_and_stand_with_it(laptop: Services, kind: DocumentKind) -> None:
    visit = finished_visit(laptop)
    draft = laptop.letters.begin(LetterDraft(kind=kind, visit_id=visit.id))
    school = laptop.visits.resume(visit.id).school
    assert (draft.addressee, draft.subject) == (school.name, visit.task)
    (document,) = laptop.letters.issue(draft)
    assert (document.kind, document.visit_id, document.school_id) == (kind, visit.id, school.id)
    assert document.id in {each.id for each in laptop.papers.of_visit(visit.id)}
    told = words(laptop.papers.pdf(document.id))
    assert school.name in told
    assert document.number in told
    problems = [row.problem for row in laptop.problems.rows(date(2026, 9, 1)) if row.problem.visit_id == visit.id]
    assert problems
    if kind is not DocumentKind.VISIT_CERTIFICATE:
        for problem in problems:
            assert problem.text[:8] in told


def test_the_record_sheet_has_every_item_that_was_asked(laptop: Services) -> None:
    visit = finished_visit(laptop)
    opened = laptop.visits.resume(visit.id)
    instance = laptop.finishing.instance(opened)
    told = words(
        laptop.letters.preview(LetterDraft(kind=DocumentKind.RECORD_SHEET, visit_id=visit.id, addressee="x")).pdf
    )
    numbers = [
        instance.node(ref).item.number
        for section in opened.definition.sections
        for ref in instance.section_items(section.ref)
        if instance.node(ref).item.kind not in ("note", "calculate", "hidden")
    ]
    assert numbers
    assert all(number in told for number in numbers)
    assert visit.manner in told


def test_the_notice_before_a_visit_comes_from_the_plan(laptop: Services) -> None:
    view = read_overview(laptop.store)
    one, *others = view.assignments
    draft = laptop.letters.begin(LetterDraft(kind=DocumentKind.INSPECTION_NOTICE, assignment_ids=(one.id,)))
    school = view.schools[one.school_id].name
    assert (draft.addressee, draft.subject) == (school, one.task)
    told = words(laptop.letters.preview(draft).pdf)
    for part in (f"{one.due.month}月{one.due.day}日前", "督导内容", "组长：", "特此通知"):
        assert part in told
    several = tuple(each.id for each in (one, *others[:3]))
    draft = laptop.letters.begin(LetterDraft(kind=DocumentKind.INSPECTION_NOTICE, assignment_ids=several))
    assert draft.addressee == "各有关学校"
    told = words(laptop.letters.preview(draft).pdf)
    assert all(view.schools[each.school_id].name in told for each in (one, *others[:3]))


def test_a_report_counts_what_was_found_and_shows_the_photos(laptop: Services) -> None:
    draft = replace(whole_report(laptop), photos=6)
    shown = laptop.letters.preview(draft)
    told = words(shown.pdf)
    counted = [row for row in laptop.problems.rows(date(2026, 9, 1)) if row.problem.visit_id]
    assert f"共发现问题{len(counted)}项" in told
    for part in ("目录", "图1", "各事项问题数", "附件1", "督导问题一览表", "现场照片"):
        assert part in told
    assert any(page.images for page in PdfReader(io.BytesIO(shown.pdf)).pages)
    assert "现场照片" not in words(laptop.letters.preview(replace(draft, photos=0)).pdf)


def test_the_public_version_names_nobody_on_any_page_nor_in_the_file(laptop: Services) -> None:
    view = read_overview(laptop.store)
    people = {inspector.name for inspector in view.inspectors.values()}
    people |= {school.head for school in view.schools.values() if len(school.head) > 1}
    people |= {problem.responsible.partition("（")[0] for problem in view.problems if problem.responsible}
    draft = replace(whole_report(laptop), photos=2)
    said = "\n".join(f"{name}老师反映：请{name}负责" for name in sorted(people))
    draft = replace(draft, evaluation=said, advice=said)
    assert any(name in words(laptop.letters.preview(draft).pdf) for name in people)
    (document,) = laptop.letters.issue(replace(draft, public=True))
    pdf = laptop.papers.pdf(document.id)
    told = words(pdf)
    assert "公示版" in told
    metadata = PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    kept = json.loads(laptop.store.media.read(document.words))
    for text in (told, str(dict(metadata)), json.dumps(kept, ensure_ascii=False), document.title):
        plain = text
        for school in view.schools.values():
            plain = plain.replace(school.name, "")
        assert not [name for name in people if name in plain]


def test_without_a_subject_nothing_is_issued_and_no_number_is_gone(laptop: Services) -> None:
    before = numbers_left(laptop.store)
    for kind, code in (
        (DocumentKind.RECORD_SHEET, "letter-needs-visit"),
        (DocumentKind.INSPECTION_NOTICE, "letter-needs-assignment"),
    ):
        empty = laptop.letters.begin(LetterDraft(kind=kind))
        with pytest.raises(Trouble) as refused:
            laptop.letters.issue(replace(empty, addressee="某校"))
        assert refused.value.code == code
    assert numbers_left(laptop.store) == before


def test_the_notice_of_a_visit_carries_its_photos_where_the_setting_says_so(laptop: Services) -> None:
    view = read_overview(laptop.store)
    by_date = {each.visit_id for each in view.problems if each.due and view.photo_counts.get((each.visit_id, each.ref))}
    visit = next(each for each in view.latest_visits() if each.id in by_date)
    instance = laptop.finishing.instance(laptop.visits.resume(visit.id))

    def annex() -> int:
        kinds = {each.kind: each for each in laptop.finishing.preview(visit.id, instance)}
        pages = PdfReader(io.BytesIO(kinds[DocumentKind.RECTIFICATION_NOTICE].pdf)).pages
        return sum(len(page.images) for page in pages)

    assert annex() == 0
    laptop.preferences.set("notice_photos", 2)
    assert annex() > 0

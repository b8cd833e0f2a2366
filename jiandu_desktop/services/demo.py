"""The demo bureau: an invented county made through the same doors as a real one, from workbooks that are shipped."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.domain.visit import AnswerSource, Place, SchoolOpinion
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.paths import resources, shipped_forms
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.demo_bureau import DEMO_PERSON, DemoBureau
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit, Tally
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.spreadsheets import read_records, write_table

__all__ = ["DEMO_FORMS", "DEMO_PERSON", "DEMO_UNIT", "DemoBureau", "make_demo"]

DEMO_UNIT = Unit(
    name="青禾县人民政府教育督导室",
    code_letters="青教",
    county="青禾县",
    contact="王岚",
    telephone="0900-5550100",
    copies_to=("县教育体育局",),
)
DEMO_FORMS = (
    "routine.xlsx",
    "campus-safety.xlsx",
    "kindergarten-routine.xlsx",
    "balance-school.xlsx",
    "canteen.xlsx",
    "five-managements.xlsx",
    "term-opening.xlsx",
    "lesson-observation.xlsx",
    "talks.xlsx",
)


def make_demo(root: Path, *, clock: Clock, new_id: IdSource, progress: Progress | None = None) -> DemoBureau:
    """Build the demo under `root` (which must be empty or not exist): office, invitations, earlier visits, sync.

    Takes some seconds. Raises Trouble as every step of real use does.
    """
    progress = progress or Progress()
    bureau = DemoBureau(root)
    bureau.shared.mkdir(parents=True, exist_ok=True)
    bureau.workbooks.mkdir(exist_ok=True)
    shipped = resources() / "demo"
    today = clock().date()
    history = _read_history(shipped / "history.xlsx")
    people = list(dict.fromkeys([DEMO_PERSON, *(visit["督学"].split("、")[0] for visit, _ in history)]))
    total = len(people) + len(history) + 3
    progress.report(Step(0, total, "office"))
    office = open_services(bureau.office, clock=clock, new_id=new_id)
    laptops: dict[str, Services] = {}
    moments = {person: _Moment(clock) for person in people}
    try:
        _prepare(office, bureau, shipped, today)
        for done, person in enumerate(people, start=1):
            progress.report(Step(done, total, person))
            laptops[person] = _join(office, bureau, person, moments[person], new_id)
        office.office.publish(Progress())
        for laptop in laptops.values():
            laptop.exchange.sync(Progress())
        for done, (head, lines) in enumerate(history, start=len(people) + 1):
            progress.report(Step(done, total, head["学校代码"]))
            person = head["督学"].split("、")[0]
            _replay(laptops[person], moments[person], head, lines, shipped / "photos")
        for laptop in laptops.values():
            laptop.exchange.sync(Progress())
        office.office.publish(Progress())
        own = laptops[DEMO_PERSON]
        own.exchange.sync(Progress())
        own.profile.mark_demo()
        office.profile.mark_demo()
    finally:
        for services in [office, *laptops.values()]:
            services.close()
    (root / "complete").write_text(today.isoformat(), encoding="utf-8")
    progress.report(Step(total, total, ""))
    return bureau


def _prepare(office: Services, bureau: DemoBureau, shipped: Path, today: date) -> None:
    office.profile.found_office(bureau.shared, DEMO_UNIT)
    for name in ("roster.xlsx", "inspectors.xlsx"):
        (bureau.workbooks / name).write_bytes((shipped / name).read_bytes())
    office.importing.schools(bureau.workbooks / "roster.xlsx")
    office.importing.inspectors(bureau.workbooks / "inspectors.xlsx")
    for name in DEMO_FORMS:
        office.office.add_form(shipped_forms() / name)
    plan = bureau.workbooks / "plan.xlsx"
    _write_plan(shipped / "plan.xlsx", plan, today)
    office.importing.plan(plan, today=today)
    office.office.publish(Progress())


def _write_plan(shipped: Path, target: Path, today: date) -> None:
    """The shipped plan says 期限 in days from today, so that the demo is as fresh on any day; a real plan has dates."""
    columns = ["学校", "任务", "督导类型", "表单", "督学"]
    rows = [
        [*(record[column] for column in columns), today + timedelta(days=int(record["期限（天）"]))]
        for record in read_records(shipped, "督导计划", [*columns, "期限（天）"])
    ]
    write_table(target, "督导计划", [*columns, "期限"], rows)


def _join(office: Services, bureau: DemoBureau, person: str, clock: Clock, new_id: IdSource) -> Services:
    invitations = bureau.root / "邀请"
    invitations.mkdir(exist_ok=True)
    path = office.office.invite(person, invitations)
    laptop = open_services(bureau.laptop(person), clock=clock, new_id=new_id)
    laptop.profile.join(path, str(bureau.shared))
    laptop.exchange.sync(Progress())
    return laptop


def _read_history(path: Path) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in read_records(path, "条目", ["督导编号", "题目名"]):
        lines[str(line["督导编号"])].append(line)
    heads = read_records(path, "督导", ["编号", "学校代码", "任务", "表单", "督学", "天前"])
    heads.sort(key=lambda head: -int(head["天前"]))
    return [(head, lines[str(head["编号"])]) for head in heads]


def _replay(past: Services, moment: _Moment, head: dict[str, Any], lines: list[dict[str, Any]], photos: Path) -> None:
    """Do an earlier visit over again, as the wizard would, at the time it is said to have happened."""
    started = (moment() - timedelta(days=int(head["天前"]))).replace(hour=9, minute=10, second=0, microsecond=0)
    moment.past = started
    try:
        school = next(row.school for row in past.schools.rows() if row.school.code == str(head["学校代码"]))
        form = next(row for row in past.library.rows() if head["表单"] in (row.title, row.form_id))
        people = {each.name: each.id for each in read_overview(past.store).inspectors.values()}
        others = tuple(people[name] for name in str(head["督学"]).split("、")[1:])
        opened = past.visits.start_free(school.id, form.form_id, str(head["任务"]), others)
        instance = past.finishing.instance(opened)
        names = {item.name: ref for ref, item in opened.definition.items.items()}
        said = {str(line["题目名"]): line for line in lines}
        _answer_all(instance, {names[name]: line for name, line in said.items() if name in names})
        values, items = instance.values(), opened.definition.items
        changes = [
            AnswerChange(ref=ref, value=value, source=AnswerSource.BY_HAND)
            for ref, value in values.items()
            if value and ref in items and items[ref].kind not in ("hidden", "calculate")
        ]
        counts = instance.progress()
        past.visits.save_answers(opened.visit.id, changes, Place(), Tally(answered=counts.answered, total=counts.total))
        for name, line in said.items():
            if name in names:
                _tell(past, opened, instance, names[name], line, photos)
        if head.get("同行人员"):
            past.visits.save_companions(opened.visit.id, str(head["同行人员"]))
        opinion, _, text = str(head.get("学校意见") or "无异议").partition("：")
        said_opinion = SchoolOpinion.OBJECTS if opinion == "有异议" else SchoolOpinion.AGREES
        past.visits.save_opinion(opened.visit.id, said_opinion, text)
        moment.past = started + timedelta(minutes=int(head.get("处理时长分钟") or 90))
        finished = past.finishing.finish(opened.visit.id, instance)
        for document in finished.documents:
            past.papers.record_print(document.id, 2)
    finally:
        moment.past = None


def _answer_all(instance: Instance, said: dict[str, dict[str, Any]]) -> None:
    """Answer in the order of the form: what the history says, else the first choice of every list."""
    for _ in range(3):
        # An answer may bring up items that stand before it; three rounds settle every form that is shipped.
        for section in instance.definition.sections:
            for ref in instance.section_items(section.ref):
                node = instance.node(ref)
                if node.value or node.readonly:
                    continue
                line = said.get(ref)
                if line is not None and line["答案"] is not None:
                    answer = line["答案"]
                    instance.answer(ref, answer.isoformat() if isinstance(answer, date) else str(answer))
                elif node.item.kind == "select_one" and node.choices and not node.readonly:
                    instance.answer(ref, node.choices[0].value)


def _tell(past: Services, opened: OpenVisit, instance: Instance, ref: str, line: dict[str, Any], photos: Path) -> None:
    visit_id = opened.visit.id
    node = instance.node(ref)
    if line.get("备注"):
        past.visits.save_note(visit_id, ref, str(line["备注"]))
    for name in str(line.get("照片") or "").split("、"):
        if name:
            past.visits.add_photo(visit_id, ref, photos / name, name)
    if node.violation is not None and node.violation.soft:
        past.visits.keep_warning(visit_id, ref, True)
    proposal = instance.proposal(ref, str(line.get("备注") or ""))
    if not node.failed or proposal is None:
        return
    handling = Handling.ON_THE_SPOT if line.get("处理") == "即知即改" else Handling.BY_DATE
    grade = Grade(proposal.grade) if proposal.grade else Grade.GENERAL
    days = line.get("整改天数") or proposal.days or past.preferences.days_for(grade)
    found_at = past.store.clock()
    past.visits.save_problem(
        Problem(
            id=past.store.new_id(),
            visit_id=visit_id,
            school_id=opened.school.id,
            ref=ref,
            item=node.item.number,
            matter=opened.definition.matters.get(proposal.matter, proposal.matter),
            text=str(line.get("问题") or proposal.text),
            basis=proposal.basis,
            measure=str(line.get("措施") or proposal.measure),
            grade=grade,
            handling=handling,
            found_at=found_at,
            due=past.deadlines.last_day(found_at.date(), int(days)).day if handling is Handling.BY_DATE else None,
            responsible=str(line.get("责任人") or "") or f"{opened.school.head}（校长）",
            confirmed=True,
            evidence_wanted=proposal.evidence,
            veto=node.veto_hit,
        )
    )


class _Moment:
    """A laptop's clock: the real one, but in the `past` while an earlier visit is done over. There each look at it is
    a second later, so that the trail keeps its order."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self.past: datetime | None = None

    def __call__(self) -> datetime:
        if self.past is None:
            return self._real()
        self.past += timedelta(seconds=1)
        return self.past

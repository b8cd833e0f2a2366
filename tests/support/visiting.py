"""An inspector's visit through the services, as the wizard does it, for tests that need a finished one."""

from __future__ import annotations

from datetime import timedelta

from jiandu_desktop.domain.problem import Grade, Handling, Problem
from jiandu_desktop.domain.visit import AnswerSource, Place
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.finishing import Finished
from jiandu_desktop.services.open_visit import AnswerChange, OpenVisit, Tally
from jiandu_desktop.services.program import Services


def answer_everything(instance: Instance, worst: frozenset[str] = frozenset()) -> None:
    """The first choice everywhere, the third for the names in `worst`; required numbers are 6, others open."""
    for _ in range(3):
        for section in instance.definition.sections:
            for ref in instance.section_items(section.ref):
                node = instance.node(ref)
                if node.item.kind == "select_one" and not node.value and not node.readonly:
                    place = 2 if node.item.name in worst and len(node.choices) > 2 else 0
                    instance.answer(ref, node.choices[place].value)
                elif node.item.kind == "integer" and node.required and not node.value:
                    instance.answer(ref, "6")


def save(services: Services, opened: OpenVisit, instance: Instance) -> None:
    """Write every answer down as the wizard would."""
    counts = instance.progress()
    changes = [
        AnswerChange(ref=ref, value=value, source=AnswerSource.BY_HAND)
        for ref, value in instance.values().items()
        if value and ref in opened.definition.items
    ]
    services.visits.save_answers(opened.visit.id, changes, Place(), Tally(answered=counts.answered, total=counts.total))


def raise_problems(services: Services, opened: OpenVisit, instance: Instance) -> list[Problem]:
    """A complete problem, by a date, for every failed item."""
    made = []
    for section in instance.definition.sections:
        for ref in instance.section_items(section.ref):
            node = instance.node(ref)
            proposal = instance.proposal(ref)
            if not node.failed or proposal is None:
                continue
            now = services.store.clock()
            made.append(
                services.visits.save_problem(
                    Problem(
                        id=services.store.new_id(),
                        visit_id=opened.visit.id,
                        school_id=opened.school.id,
                        ref=ref,
                        item=node.item.number,
                        matter=opened.definition.matters.get(proposal.matter, proposal.matter),
                        text=proposal.text,
                        basis=proposal.basis,
                        measure=proposal.measure or "立即整改",
                        grade=Grade(proposal.grade or "general"),
                        handling=Handling.BY_DATE,
                        found_at=now,
                        due=now.date() + timedelta(days=proposal.days or 15),
                        responsible="陈立（总务主任）",
                        evidence_wanted=proposal.evidence,
                    )
                )
            )
    return made


def do_visit(services: Services, assignment_id: str, worst: frozenset[str] = frozenset()) -> Finished:
    """Start, answer, raise problems, finish."""
    opened = services.visits.start(assignment_id)
    instance = services.finishing.instance(opened)
    answer_everything(instance, worst)
    save(services, opened, instance)
    raise_problems(services, opened, instance)
    return services.finishing.finish(opened.visit.id, instance)

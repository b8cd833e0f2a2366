"""督导意见书: the office's formal opinion on a visit: evaluation, problems, what is to be done by when, advice."""

from __future__ import annotations

from jiandu_desktop.documents import grid, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.rectification_notice import MOST_IN_PROSE, TABLE, notice_row
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, InspectionOpinion, NoticeProblem
from jiandu_desktop.domain.problem import Handling


def title_lines(opinion: InspectionOpinion) -> tuple[str, ...]:
    name = DOCUMENT_KIND_NAMES[opinion.kind]
    task = wording.clause(opinion.visit.task)
    return break_title((f"关于{opinion.visit.school}", f"{task}的", name), issuer=opinion.office.name)


def lay_out(opinion: InspectionOpinion, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    text.head(opinion.office, wording.number_text(opinion.number), title_lines(opinion))
    text.addressee(opinion.visit.school)
    for line in wording.lines(opinion.opening):
        text.body(line)
    if opinion.evaluation.strip() or opinion.highlights:
        text.chapter("督导评价")
        for line in wording.lines(opinion.evaluation):
            text.body(line)
        if opinion.highlights:
            highlights = "；".join(wording.clause(each) for each in opinion.highlights)
            text.body(f"主要做法和亮点：{highlights}。")
    text.chapter("存在的问题")
    if not opinion.problems:
        text.body("本次督导未发现需要整改的问题。")
    elif len(opinion.problems) > MOST_IN_PROSE:
        text.body(f"共发现问题{len(opinion.problems)}项，具体情况见下表：")
        text.table(TABLE, [notice_row(problem) for problem in opinion.problems], size=grid.TABLE_SIZE)
    else:
        text.items([_told(problem) for problem in opinion.problems])
    if opinion.demand.strip():
        text.chapter("整改要求" if opinion.problems else "有关要求")
        text.items(wording.lines(opinion.demand))
    if opinion.advice.strip():
        text.chapter("工作建议")
        text.items(wording.lines(opinion.advice))
    if opinion.replaces:
        text.body(phrases.replacing("意见书", opinion.replaces))
    text.close(
        Closing(
            office=opinion.office,
            dated=opinion.dated,
            sealed=opinion.sealed,
            origin=origin,
            imprint=True,
            copies_to=opinion.copies_to,
        )
    )
    return text.pages()


def _told(problem: NoticeProblem) -> str:
    said = phrases.problem_sentences(problem)
    if problem.handling is Handling.ON_THE_SPOT:
        return said + ("已当场整改到位。" if problem.fixed else "请立即整改。")
    measure = f"整改措施：{wording.sentence(problem.measure)}" if problem.measure else ""
    return said + measure + (f"完成时限：{wording.day(problem.due)}。" if problem.due else "")

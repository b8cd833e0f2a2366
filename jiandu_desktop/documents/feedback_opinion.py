"""现场反馈意见书: what was looked at, how it stands, what is to be done; told on the spot and signed by both sides."""

from __future__ import annotations

from jiandu_desktop.documents import office_words, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.opinions import close_opinion
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import (
    DOCUMENT_KIND_NAMES,
    FeedbackOpinion,
    NoticeProblem,
)
from jiandu_desktop.domain.problem import Handling


def title_lines(opinion: FeedbackOpinion) -> tuple[str, ...]:
    name = DOCUMENT_KIND_NAMES[opinion.kind]
    task = wording.clause(opinion.visit.task)
    return break_title((f"关于{opinion.visit.school}", f"{task}的", name), issuer=opinion.office.name)


def lay_out(opinion: FeedbackOpinion, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    text.head(opinion.office, wording.number_text(opinion.number), title_lines(opinion))
    text.addressee(opinion.visit.school)
    _open(text, opinion)
    _evaluate(text, opinion)
    on_the_spot = [p for p in opinion.problems if p.handling is Handling.ON_THE_SPOT]
    by_date = [p for p in opinion.problems if p.handling is Handling.BY_DATE]
    if on_the_spot:
        text.chapter("即知即改事项")
        text.items([_on_the_spot(p) for p in on_the_spot])
    text.chapter("存在问题")
    if by_date:
        text.items([_told(p) for p in by_date])
    else:
        other = "其他" if on_the_spot else ""
        text.body(f"本次督导未发现{other}需要限期整改的问题。")
    close_opinion(text, opinion, origin=origin)
    return text.pages()


def _open(text: Manuscript, opinion: FeedbackOpinion) -> None:
    companions = wording.listed(opinion.visit.companions)
    opening = phrases.visit_opening(opinion.office, opinion.visit)
    with_whom = f"，{companions}陪同" if companions else ""
    text.body(office_words.opening(opinion, f"{opening}{with_whom}。现将督导情况反馈如下。"))


def _evaluate(text: Manuscript, opinion: FeedbackOpinion) -> None:
    said = [wording.sentence(opinion.evaluation)] if opinion.evaluation else []
    if opinion.score:
        said.append(phrases.score_sentence(opinion.score))
    if not said and not opinion.highlights:
        return
    text.chapter("总体评价")
    if said:
        text.body("".join(said))
    if opinion.highlights:
        highlights = "；".join(wording.clause(highlight) for highlight in opinion.highlights)
        text.body(f"主要亮点：{highlights}。")


def _on_the_spot(problem: NoticeProblem) -> str:
    done = "已当场整改到位。" if problem.fixed else "请立即整改。"
    measure = wording.sentence(problem.measure) if problem.measure else ""
    return wording.sentence(problem.text) + measure + done


def _told(problem: NoticeProblem) -> str:
    text = phrases.problem_sentences(problem)
    when = f"完成时限：{wording.day(problem.due)}" if problem.due else ""
    rest = "，".join(part for part in (phrases.people(problem), when) if part)
    return text + (f"{rest}。" if rest else "")

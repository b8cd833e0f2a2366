"""复查意见书: which problems are put right, in part, or not, what comes next for each, signed by both sides."""

from __future__ import annotations

from datetime import date

from jiandu_desktop.documents import grid, office_words, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.opinions import close_opinion
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NoticeProblem, RecheckedProblem, RecheckOpinion
from jiandu_desktop.domain.problem import Handling, Recheck

RESULT_WORDS: dict[Recheck, str] = {Recheck.DONE: "已改", Recheck.PARTIAL: "部分整改", Recheck.NOT_DONE: "未改"}
MOST_IN_PROSE = 5

TABLE = (
    Column("序号", 11, centred=True),
    Column("问题", 43),
    Column("原文书号", 25, centred=True),
    Column("复查结论", 20, centred=True),
    Column("复查情况", 28),
    Column("处理意见", 29),
)


def title_lines(opinion: RecheckOpinion) -> tuple[str, ...]:
    name = DOCUMENT_KIND_NAMES[opinion.kind]
    return break_title((f"关于{opinion.visit.school}", "督导问题整改的", name), issuer=opinion.office.name)


def lay_out(opinion: RecheckOpinion, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    text.head(opinion.office, wording.number_text(opinion.number), title_lines(opinion))
    text.addressee(opinion.visit.school)
    text.body(office_words.opening(opinion, _opening(opinion)))
    text.chapter("逐项复查情况")
    if len(opinion.problems) > MOST_IN_PROSE:
        text.table(TABLE, [_row(problem, opinion.dated) for problem in opinion.problems], size=grid.TABLE_SIZE)
    elif opinion.problems:
        text.items([_told(problem, opinion.dated) for problem in opinion.problems])
    else:
        text.body("本次没有需要复查的问题。")
    if opinion.found:
        text.chapter("新发现的问题")
        text.items([_found(problem) for problem in opinion.found])
    text.chapter("处理意见")
    text.items(_next(opinion))
    close_opinion(text, opinion, origin=origin)
    return text.pages()


def _opening(opinion: RecheckOpinion) -> str:
    visit = opinion.visit
    names = wording.listed(visit.inspectors)
    who = f"责任督学{names}" if 0 < len(visit.inspectors) <= phrases.MANY_NAMES else "责任督学"
    companions = wording.listed(visit.companions)
    with_whom = f"，{companions}陪同" if companions else ""
    counts = [
        f"{RESULT_WORDS[result]}{count}项"
        for result in Recheck
        if (count := sum(problem.result is result for problem in opinion.problems))
    ]
    told = f"，其中{'、'.join(counts)}" if counts else ""
    return (
        f"{wording.days(visit.visited)}，{opinion.office.calls_itself}组织{who}对你校督导问题的整改情况进行了复查{with_whom}。"
        f"本次复查问题{len(opinion.problems)}项{told}。现提出如下意见。"
    )


def _told(problem: RecheckedProblem, dated: date) -> str:
    number = f"（{problem.number}）" if problem.number else ""
    said = f"{wording.clause(problem.text)}{number}。复查结论：{RESULT_WORDS[problem.result]}。"
    if problem.note:
        said += wording.sentence(problem.note)
    if problem.proof_count:
        said += f"附佐证照片{problem.proof_count}张。"
    return said + _handling(problem, dated)


def _handling(problem: RecheckedProblem, dated: date) -> str:
    """What comes next for one problem."""
    if problem.result is Recheck.DONE:
        return "按程序报请销号。"
    if problem.new_due is not None:
        return f"限{wording.day(problem.new_due)}前整改到位。"
    if problem.due is not None and problem.due < dated:
        return f"原定期限{wording.day(problem.due)}已过，请立即整改。"
    if problem.due is not None:
        return f"原定期限{wording.day(problem.due)}不变，请继续整改。"
    return "请继续整改。"


def _row(problem: RecheckedProblem, dated: date) -> tuple[str, ...]:
    return (
        str(problem.ordinal),
        wording.sentence(problem.text),
        problem.number,
        RESULT_WORDS[problem.result],
        wording.sentence(problem.note) if problem.note else "",
        _handling(problem, dated),
    )


def _found(problem: NoticeProblem) -> str:
    said = phrases.problem_sentences(problem)
    if problem.handling is Handling.ON_THE_SPOT:
        return said + ("已当场整改到位。" if problem.fixed else "请立即整改。")
    return said + (f"完成时限：{wording.day(problem.due)}。" if problem.due else "")


def _next(opinion: RecheckOpinion) -> list[str]:
    our = opinion.office.calls_itself
    done = sum(problem.result is Recheck.DONE for problem in opinion.problems)
    left = len(opinion.problems) - done
    said = []
    if done:
        said.append(f"已改的{done}项，由{our}另行审核后销号；销号后再次出现的，按反弹问题重新立项。")
    if left:
        said.append(
            f"尚未改到位的{left}项，请你校继续整改，逐项明确责任人，按期书面报告整改结果；"
            "再次复查仍未到位的，按照《教育督导问责办法》有关规定办理。"
        )
    return said or ["请你校继续落实各项管理制度，巩固整改成果。"]

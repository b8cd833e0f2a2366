"""Letters, notices and circulars about problems: one way of laying them out, worded by kind (`letter_words`)."""

from __future__ import annotations

from collections.abc import Sequence

from jiandu_desktop.documents import grid, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.letter_words import WORDS, title_parts
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import (
    DOCUMENT_KIND_NAMES,
    LETTER_FORMAT,
    WARNING_LEVEL_NAMES,
    PressedProblem,
    PressingLetter,
    Talk,
    Warned,
)

MOST_IN_PROSE = 4
"""More problems than these are read more easily in a table."""

TABLE = (
    Column("序号", 12, centred=True),
    Column("学校", 25),
    Column("问题", 48),
    Column("责任人", 19, centred=True),
    Column("整改期限", 33, centred=True),
    Column("进展", 19, centred=True),
)
STANDINGS = (
    Column("位次", 14, centred=True),
    Column("学校", 56),
    Column("问题数", 20, centred=True),
    Column("已办结", 20, centred=True),
    Column("逾期", 18, centred=True),
    Column("办结率", 22, centred=True),
)


def title_lines(letter: PressingLetter) -> tuple[str, ...]:
    """A letter's red head names the issuer already; a circular's title begins with it."""
    issuer = "" if letter.kind in LETTER_FORMAT else letter.office.name
    return break_title(title_parts(letter), issuer=issuer)


def lay_out(letter: PressingLetter, composer: Composer, *, origin: bool) -> list[Page]:
    words = WORDS[letter.kind]
    text = Manuscript(composer)
    number = wording.number_text(letter.number)
    is_letter = letter.kind in LETTER_FORMAT
    if is_letter:
        text.letter_head(letter.office, number, title_lines(letter))
    else:
        text.head(letter.office, number, title_lines(letter), signer=letter.signer)
    if letter.addressee:
        text.addressee(wording.clause(letter.addressee))
    for line in wording.lines(letter.opening):
        text.body(line)
    if letter.warned is not None:
        _warn(text, letter.warned)
    if letter.standings:
        _rank(text, letter)
    if letter.problems:
        text.chapter(words.problems_head)
        _tell(text, letter.problems)
    if letter.talk is not None:
        text.chapter("约谈安排")
        text.items(_arrangements(letter.talk))
    if letter.demand.strip():
        text.chapter(words.demand_head)
        text.items(wording.lines(letter.demand))
    if letter.advice.strip():
        text.chapter(words.advice_head)
        text.items(wording.lines(letter.advice))
    if letter.replaces:
        text.body(phrases.replacing(DOCUMENT_KIND_NAMES[letter.kind], letter.replaces))
    text.ending(words.ending)
    text.attachments(letter.attachments)
    text.close(
        Closing(
            office=letter.office,
            dated=letter.dated,
            sealed=letter.sealed,
            origin=origin,
            imprint=not is_letter,
            letter=is_letter,
            copies_to=letter.copies_to,
        )
    )
    return text.pages()


def _warn(text: Manuscript, warned: Warned) -> None:
    text.chapter("预警级别和指标")
    said = f"预警级别为{WARNING_LEVEL_NAMES[warned.level]}。"
    if warned.figure:
        said += f"触发指标：{wording.sentence(warned.figure)}"
    if warned.threshold:
        said += f"预警阈值：{wording.sentence(warned.threshold)}"
    text.body(said)
    if warned.lifting:
        text.body(f"解除条件：{wording.sentence(warned.lifting)}")


def _rank(text: Manuscript, letter: PressingLetter) -> None:
    text.chapter("各校办结情况")
    if letter.ranking_rule:
        text.body(wording.sentence(letter.ranking_rule))
    rows = [
        (str(each.rank), wording.tidy(each.school), str(each.found), str(each.closed), str(each.overdue), each.rate)
        for each in letter.standings
    ]
    text.table(STANDINGS, rows, size=grid.TABLE_SIZE)


def _tell(text: Manuscript, problems: Sequence[PressedProblem]) -> None:
    schools = {problem.school for problem in problems}
    if len(problems) > MOST_IN_PROSE:
        text.table(TABLE, [_row(problem) for problem in problems], size=grid.TABLE_SIZE)
    elif len(schools) > 1:
        for place, school in enumerate(dict.fromkeys(problem.school for problem in problems), start=1):
            text.section(place, f"{wording.tidy(school)}。")
            text.items([_told(problem) for problem in problems if problem.school == school])
    else:
        text.items([_told(problem) for problem in problems])


def _told(problem: PressedProblem) -> str:
    said = wording.sentence(problem.text)
    if problem.basis:
        said += phrases.basis_sentence(wording.clause(problem.basis))
    parts = []
    if problem.responsible:
        parts.append(f"责任人：{wording.tidy(problem.responsible)}")
    if problem.due:
        parts.append(f"整改期限：{wording.day(problem.due)}")
    said += "，".join(parts) + ("。" if parts else "")
    told = _progress(problem)
    return said + (f"{told}。" if told else "")


def _progress(problem: PressedProblem) -> str:
    parts = [f"已逾期{problem.days_over}天" if problem.days_over > 0 else ""]
    parts.append(f"复查未通过{problem.returned}次" if problem.returned else "")
    return "，".join(part for part in parts if part)


def _row(problem: PressedProblem) -> tuple[str, ...]:
    return (
        str(problem.ordinal),
        wording.tidy(problem.school),
        wording.sentence(problem.text),
        wording.tidy(problem.responsible),
        wording.day(problem.due) if problem.due else "",
        _progress(problem) or problem.state,
    )


def _arrangements(talk: Talk) -> list[str]:
    """Time, place and who takes part; what is not fixed yet is left to be told."""
    said = [
        f"约谈对象：{talk.person or '学校主要负责人'}。",
        f"时间：{talk.when or '另行通知'}。",
        f"地点：{talk.place or '另行通知'}。",
    ]
    if talk.by:
        said.append(f"约谈人：{talk.by}。")
    return said

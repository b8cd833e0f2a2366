"""整改通知书: the problems by date, each with basis, measure and person, and what the school is to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiandu_desktop.documents import furniture, grid, office_words, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NoticeProblem, RectificationNotice
from jiandu_desktop.domain.problem import Handling

PHOTOS = "问题照片"
"""Name of the annex."""

MOST_IN_PROSE = 5
"""More problems than these are easier to work off from a table."""

TABLE = (
    Column("序号", 12, centred=True),
    Column("存在问题及依据", 52),
    Column("整改措施", 40),
    Column("责任人", 19, centred=True),
    Column("完成时限", 33, centred=True),
)


def title_lines(notice: RectificationNotice) -> tuple[str, ...]:
    name = DOCUMENT_KIND_NAMES[notice.kind]
    return break_title((f"关于{notice.visit.school}", "存在问题的", name), issuer=notice.office.name)


def lay_out(notice: RectificationNotice, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    text.head(notice.office, wording.number_text(notice.number), title_lines(notice))
    text.addressee(notice.visit.school)
    opening = phrases.visit_opening(notice.office, notice.visit)
    on_the_spot = [p for p in notice.problems if p.handling is Handling.ON_THE_SPOT]
    by_date = [p for p in notice.problems if p.handling is Handling.BY_DATE]
    if not notice.problems:
        text.body(f"{opening}。本次督导未发现需要限期整改的问题，请你校继续落实各项管理制度。")
    else:
        built_in = f"{opening}，发现以下问题。现将有关情况和整改要求通知如下。"
        text.body(office_words.opening(notice, built_in))
        text.chapter("存在的主要问题")
        if len(notice.problems) > MOST_IN_PROSE:
            text.body(f"共发现问题{len(notice.problems)}项，具体问题、整改措施、责任人和完成时限见下表：")
            text.table(TABLE, [notice_row(p) for p in notice.problems], size=grid.TABLE_SIZE)
        else:
            _tell(text, by_date, on_the_spot)
        text.chapter("整改要求")
        text.items(office_words.demands(notice, _demands(notice, by_date)))
    if notice.replaces:
        text.body(phrases.replacing("通知书", notice.replaces))
    annex = (PHOTOS,) if notice.pictures else ()
    text.attachments((*notice.attachments, *annex))
    closing = Closing(
        office=notice.office,
        dated=notice.dated,
        sealed=notice.sealed,
        origin=origin,
        signatures=notice.signatures,
        imprint=not annex,
        copies_to=notice.copies_to,
    )
    text.close(closing)
    if not annex:
        return text.pages()
    # Annexes stand before the 版记, which closes the document (§7.3.7, §7.4).
    photos = Manuscript(composer)
    photos.annex_head(f"附件{len(notice.attachments) + 1}" if notice.attachments else "附件", PHOTOS)
    photos.photos(notice.pictures, notice.photos_per_page)
    photos.imprint(closing)
    pages = [*text.unnumbered(), *photos.unnumbered()]
    furniture.draw_page_numbers(composer, pages)
    return pages


def _tell(text: Manuscript, by_date: Sequence[NoticeProblem], on_the_spot: Sequence[NoticeProblem]) -> None:
    """The problems in prose: one section per date, the earliest first, then what is put right at once."""
    groups = _dates(by_date)
    if len(groups) + bool(on_the_spot) == 1 and groups:
        for number, problem in enumerate(_by_due(by_date), start=1):
            text.section(number, wording.sentence(problem.text), _particulars(problem, with_date=True))
        return
    for number, due in enumerate(groups, start=1):
        when = f"{wording.day(due)}前完成整改的问题。" if due else "尽快完成整改的问题。"
        _tell_group(text, number, when, [p for p in by_date if p.due == due])
    if on_the_spot:
        _tell_group(text, len(groups) + 1, "即知即改的问题。", on_the_spot)


def _tell_group(text: Manuscript, number: int, heading: str, problems: Sequence[NoticeProblem]) -> None:
    """A single problem goes on behind its heading; several are numbered under it."""
    if len(problems) == 1:
        text.section(number, heading, _told(problems[0]))
    else:
        text.section(number, heading)
        text.items([_told(problem) for problem in problems])


def _told(problem: NoticeProblem) -> str:
    fixed = "已当场整改到位。" if problem.fixed else ""
    return wording.sentence(problem.text) + _particulars(problem, with_date=False) + fixed


def _particulars(problem: NoticeProblem, *, with_date: bool) -> str:
    text = phrases.basis_sentence(wording.clause(problem.basis)) if problem.basis else ""
    if problem.measure:
        text += f"整改措施：{wording.sentence(problem.measure)}"
    people = phrases.people(problem)
    due = f"完成时限：{wording.day(problem.due)}" if with_date and problem.due else ""
    rest = "，".join(part for part in (people, due) if part)
    return text + (f"{rest}。" if rest else "")


def notice_row(problem: NoticeProblem) -> tuple[str, ...]:
    """The cells of one problem in `TABLE`."""
    when = wording.day(problem.due) if problem.due else ""
    if problem.handling is Handling.ON_THE_SPOT:
        when = "已当场整改" if problem.fixed else "即知即改"
    who = wording.stacked([problem.responsible, problem.leader])
    measure = wording.sentence(problem.measure)
    return (str(problem.ordinal), phrases.problem_sentences(problem), measure, who, when)


def _demands(notice: RectificationNotice, by_date: Sequence[NoticeProblem]) -> list[str]:
    our = notice.office.calls_itself
    demands = [
        f"你校应当于收到本通知书之日起{notice.plan_days}个工作日内制定整改方案，逐项明确整改措施、责任人和完成时限，报{our}备案。"
    ]
    if by_date:
        demands.append(
            f"请按期完成整改，并于整改完成后{notice.report_days}日内书面报告整改情况，附整改前后对比照片等佐证材料。"
        )
    demands.append(f"{our}将对整改情况进行复查；逾期未整改或者整改不到位的，按照《教育督导问责办法》有关规定办理。")
    return demands


def _dates(problems: Sequence[NoticeProblem]) -> list[date | None]:
    dated = sorted({p.due for p in problems if p.due is not None})
    return [*dated, None] if any(p.due is None for p in problems) else [*dated]


def _by_due(problems: Sequence[NoticeProblem]) -> list[NoticeProblem]:
    return sorted(problems, key=lambda p: (p.due or date.max, p.ordinal))

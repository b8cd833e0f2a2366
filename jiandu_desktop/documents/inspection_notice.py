"""督导通知书: before a visit, what is looked at, when, how, by whom, and what the school is to have ready."""

from __future__ import annotations

from jiandu_desktop.documents import grid, office_words, phrases, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import InspectionNotice, PlannedSchool

TABLE = (
    Column("序号", 14, centred=True),
    Column("学校", 62),
    Column("督导时间", 40, centred=True),
    Column("督导人员", 40, centred=True),
)


def title_lines(notice: InspectionNotice) -> tuple[str, ...]:
    """One school is named in the title, several are in the table."""
    whom = notice.schools[0].school if len(notice.schools) == 1 else "有关学校"
    return break_title((f"关于对{wording.clause(whom)}", f"开展{wording.clause(notice.task)}的", "通知"))


def lay_out(notice: InspectionNotice, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    text.head(notice.office, wording.number_text(notice.number), title_lines(notice))
    text.addressee(wording.clause(notice.addressee))
    for line in wording.lines(notice.opening):
        text.body(line)
    if notice.contents:
        text.chapter("督导内容")
        text.body(f"{wording.listed(notice.contents)}。")
    several = len(notice.schools) > 1
    if notice.when or not several:
        text.chapter("督导时间")
        text.body(wording.sentence(notice.when or notice.schools[0].when))
    if notice.method:
        text.chapter("督导方式")
        text.body(wording.sentence(notice.method))
    if several:
        text.chapter("学校和督导人员安排")
        rows = [_row(place, each) for place, each in enumerate(notice.schools, start=1)]
        text.table(TABLE, rows, size=grid.TABLE_SIZE)
    elif notice.schools[0].inspectors:
        text.chapter("督导人员")
        text.body(_people(notice.schools[0].inspectors))
    if notice.demand.strip():
        text.chapter("有关要求")
        text.items(wording.lines(notice.demand))
    if notice.replaces:
        text.body(phrases.replacing("通知书", notice.replaces))
    text.ending(office_words.INSPECTION_ENDING)
    text.close(
        Closing(
            office=notice.office,
            dated=notice.dated,
            sealed=notice.sealed,
            origin=origin,
            imprint=True,
            copies_to=notice.copies_to,
        )
    )
    return text.pages()


def _people(names: tuple[str, ...]) -> str:
    lead, *others = (wording.tidy(name) for name in names)
    return f"组长：{lead}。" + (f"成员：{wording.listed(others)}。" if others else "")


def _row(place: int, planned: PlannedSchool) -> tuple[str, ...]:
    return (str(place), wording.tidy(planned.school), wording.tidy(planned.when), wording.stacked(planned.inspectors))

"""督导报告: cover, contents with page numbers, sections with charts, annex tables set sideways, photos.

Cover and contents bear no page numbers; the text begins on page 1, so the contents' length changes nothing in it.
"""

from __future__ import annotations

from dataclasses import replace

from jiandu_desktop.documents import furniture, grid, report_annexes, told, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.contents import contents_pages, entries
from jiandu_desktop.documents.fonts import Role
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.grid import ROW, UPRIGHT
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, InspectionReport

PUBLIC_MARK = "（公示版）"
_COVER_SIZE = 30.0
_COVER_LIMIT = 14
"""Characters of a title line on the cover: 14 of 30 points fill the type area less a margin."""


def title_lines(report: InspectionReport) -> tuple[str, ...]:
    return break_title(_title_parts(report))


def _title_parts(report: InspectionReport) -> tuple[str, str]:
    """秋季开学督导 + 报告, 校园安全检查 + 督导报告."""
    subject, name = wording.clause(report.subject), DOCUMENT_KIND_NAMES[report.kind]
    return subject, name.removeprefix("督导") if subject.endswith("督导") else name


def document_title(report: InspectionReport) -> str:
    """The title in one line; the version for publication says so."""
    return "".join(title_lines(report)) + (PUBLIC_MARK if report.public else "")


def lay_out(report: InspectionReport, composer: Composer, *, origin: bool) -> list[Page]:
    cover = _cover(report, composer)
    text = Manuscript(composer, listed=True)
    _write(report, text, origin=origin)
    body = text.unnumbered()
    for annex in report_annexes.annexes(report, composer):
        body += annex.unnumbered()
    furniture.draw_page_numbers(composer, body)
    return [cover, *contents_pages(composer, entries(body)), *body]


def _cover(report: InspectionReport, composer: Composer) -> Page:
    page = Page(UPRIGHT)
    number = wording.number_text(report.number)
    lines = break_title(_title_parts(report), limit=_COVER_LIMIT)
    mark = (PUBLIC_MARK,) if report.public else ()
    foot = (report.office.name, wording.day(report.dated))
    composer.parts.append(told.Part(said=[told.Cover(title=(*lines, *mark), number=number, foot=foot)]))
    _centred(composer, page, number, Role.TEXT, grid.TEXT_SIZE, UPRIGHT.row_top(0))
    for place, line in enumerate(lines):
        _centred(composer, page, line, Role.TITLE, _COVER_SIZE, UPRIGHT.row_top(5) + place * 1.5 * ROW)
    for line in mark:
        _centred(
            composer, page, line, Role.SECOND_HEADING, grid.TITLE_SIZE, UPRIGHT.row_top(6) + len(lines) * 1.5 * ROW
        )
    for place, line in enumerate(foot):
        _centred(composer, page, line, Role.TEXT, grid.TEXT_SIZE, UPRIGHT.row_top(19 + place))
    return page


def _centred(composer: Composer, page: Page, text: str, role: Role, size: float, top: float) -> None:
    line = composer.natural([(text, role)], size)
    if line.width > UPRIGHT.area_width:
        line = composer.natural([(text, role)], size * UPRIGHT.area_width / line.width)
    page.text(line, UPRIGHT.left + (UPRIGHT.area_width - line.width) / 2, top)


def _write(report: InspectionReport, text: Manuscript, *, origin: bool) -> None:
    text.plain_head(title_lines(report), [])
    text.blank()
    if report.addressee:
        text.addressee(wording.clause(report.addressee))
    _chapter(text, "督导工作基本情况", report.organised)
    _chapter(text, "总体评价", report.evaluation)
    if report.figures or report.charts:
        text.chapter("数据分析")
        for line in report.figures:
            text.body(wording.sentence(line))
        for place, chart in enumerate(report.charts, start=1):
            text.chart(chart, place)
    if report.highlights.strip():
        text.chapter("主要做法和亮点")
        text.items(wording.lines(report.highlights))
    text.chapter("发现的主要问题")
    for place, matter in enumerate(report.matters, start=1):
        text.section(place, f"{wording.clause(matter.matter)}。", f"共{matter.count}项，涉及{matter.schools}所学校。")
        text.items([wording.sentence(case) for case in matter.cases])
    if not report.matters:
        text.body("本次督导未发现需要整改的问题。")
    if report.advice.strip():
        text.chapter("工作建议")
        text.items(wording.lines(report.advice))
    text.attachments(report_annexes.names(report))
    office = replace(report.office, contact="", telephone="") if report.public else report.office
    text.close(Closing(office=office, dated=report.dated, sealed=report.sealed, origin=origin))


def _chapter(text: Manuscript, heading: str, said: str) -> None:
    if said.strip():
        text.chapter(heading)
        for line in wording.lines(said):
            text.body(line)

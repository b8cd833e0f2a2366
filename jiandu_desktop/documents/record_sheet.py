"""督导记录表: the whole checklist as it was filled in, with score, problems, the school's opinion and signatures."""

from __future__ import annotations

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.form_sheet import FormRow
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.opinions import school_says
from jiandu_desktop.documents.phrases import score_sentence
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, RecordSheet, SheetRow, SheetSection
from jiandu_desktop.domain.problem import GRADE_NAMES, Handling
from jiandu_desktop.domain.visit import manner_words

TABLE = (
    Column("序号", 15, centred=True),
    Column("督导内容", 66),
    Column("督导结果", 28, centred=True),
    Column("情况说明", 47),
)
_LONGEST_RESULT = 10


def title_lines(sheet: RecordSheet) -> tuple[str, ...]:
    return break_title((wording.clause(sheet.visit.school), DOCUMENT_KIND_NAMES[sheet.kind]))


def lay_out(sheet: RecordSheet, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer)
    visit = sheet.visit
    text.plain_head(title_lines(sheet), [f"编号：{wording.number_text(sheet.number)}"])
    text.form(
        [
            FormRow((("督导任务", wording.clause(visit.task)), ("检查表", wording.clause(sheet.checklist)))),
            FormRow((("督导类型", sheet.method), ("督导方式", manner_words(visit.approach, visit.timing)))),
            FormRow((("督导时间", wording.days(visit.visited)),)),
            FormRow((("责任督学", wording.listed(visit.inspectors)), ("陪同人员", wording.listed(visit.companions)))),
        ]
    )
    for section in sheet.sections:
        _set_section(text, section)
    text.chapter("督导结论")
    text.form(
        [
            FormRow((("得分", score_sentence(sheet.score) if sheet.score else "本检查表不计分"),)),
            FormRow((("发现问题", _problems(sheet)),)),
            FormRow((("学校意见", school_says(sheet.opinion, sheet.opinion_text)),)),
        ]
    )
    if sheet.replaces:
        text.body(f"本表代替{sheet.replaces}。")
    text.close(
        Closing(
            office=sheet.office,
            dated=sheet.dated,
            sealed=False,
            origin=origin,
            signatures=sheet.signatures,
            signatures_first=True,
        )
    )
    return text.pages()


def _set_section(text: Manuscript, section: SheetSection) -> None:
    score = f"（{section.score}分）" if section.score else ""
    text.chapter(f"{wording.clause(section.label)}{score}")
    text.table(TABLE, [_row(row) for row in section.rows], size=grid.TABLE_SIZE)


def _row(row: SheetRow) -> tuple[str, ...]:
    """An answer in many words stands in the wide column, with what was noted."""
    answer = wording.tidy(row.answer) or "未填"
    long = len(answer) > _LONGEST_RESULT
    said = (wording.sentence(answer) if long else "") + (wording.sentence(row.note) if row.note else "")
    if row.photos:
        said += f"（照片{row.photos}张）"
    return row.number, wording.tidy(row.label), "见说明" if long else answer, said


def _problems(sheet: RecordSheet) -> str:
    """Every problem in a line, with grade and date."""
    if not sheet.problems:
        return "未发现问题"
    lines = []
    for problem in sheet.problems:
        when = f"{wording.day(problem.due)}前" if problem.due else ""
        if problem.handling is Handling.ON_THE_SPOT:
            when = "已当场整改" if problem.fixed else "即知即改"
        said = "，".join(part for part in (GRADE_NAMES[problem.grade], when) if part)
        lines.append(f"{problem.ordinal}.{wording.clause(problem.text)}（{said}）。")
    return "\n".join(lines)

"""Forms: 销号单 (a sheet per problem), 约谈记录 and 送达回证; what is known is printed, the rest is for ink."""

from __future__ import annotations

from dataclasses import replace

from jiandu_desktop.documents import furniture, grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.form_sheet import FormRow
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.domain.document import (
    DOCUMENT_KIND_NAMES,
    DeliveryReceipt,
    DocumentNumber,
    Office,
    StrikeOffForm,
    StruckOff,
    TalkRecord,
)
from jiandu_desktop.domain.problem import GRADE_NAMES

_OPINION = 24.0
"""Height in mm of a place for an opinion in ink, with name and date."""
_SIGNED = "\n\n　　　　　　签名：　　　　　　　　　　年　　月　　日"

PAPERS = (
    Column("序号", 14, centred=True),
    Column("文书名称", 84),
    Column("文号", 44, centred=True),
    Column("份数", 14, centred=True),
)

Form = StrikeOffForm | TalkRecord | DeliveryReceipt


def title_lines(form: Form) -> tuple[str, ...]:
    """The form's name; the office stands at its foot."""
    name = {
        StrikeOffForm: "督导问题整改销号单",
        TalkRecord: "教育督导约谈记录",
        DeliveryReceipt: "教育督导文书送达回证",
    }[type(form)]
    return (name,)


def document_title(form: Form) -> str:
    """In lists: the kind with whom it concerns."""
    return f"{wording.clause(form.addressee)}{DOCUMENT_KIND_NAMES[form.kind]}"


def lay_out_strike_off(form: StrikeOffForm, composer: Composer, *, origin: bool) -> list[Page]:
    """One sheet per problem, each from the head of a page."""
    pages: list[Page] = []
    for place, sheet in enumerate(form.sheets, start=1):
        text = _begin(composer, form, form.number)
        text.form(_struck_off(sheet, place, len(form.sheets)))
        _end(text, form.office, form, origin=origin and place == 1)
        pages += text.unnumbered()
    furniture.draw_page_numbers(composer, pages)
    return pages


def lay_out_talk(record: TalkRecord, composer: Composer, *, origin: bool) -> list[Page]:
    talk = record.talk
    text = _begin(composer, record, record.number)
    causes = "\n".join(f"{each.ordinal}.{wording.sentence(each.text)}" for each in record.problems)
    demand = "\n".join(wording.sentence(line) for line in record.demand.splitlines() if line.strip())
    text.form(
        [
            FormRow((("被约谈单位", wording.clause(record.addressee)),)),
            FormRow((("被约谈人", wording.tidy(talk.person)), ("职务", ""))),
            FormRow((("约谈时间", wording.tidy(talk.when)), ("约谈地点", wording.tidy(talk.place)))),
            FormRow((("约谈人", wording.tidy(talk.by)), ("记录人", wording.tidy(talk.recorder)))),
            FormRow((("约谈事由", wording.sentence(record.subject) + ("\n" + causes if causes else "")),), 16),
            FormRow((("指出的问题和提出的要求", demand),), 22),
            FormRow((("被约谈人陈述", ""),), 22),
            FormRow((("整改承诺和完成时限", ""),), 20),
            FormRow((("被约谈人", _SIGNED.strip("\n")),), 12),
            FormRow((("约谈人", _SIGNED.strip("\n")),), 12),
            FormRow((("后续核查", ""),), 16),
        ]
    )
    _end(text, record.office, record, origin=origin)
    return text.pages()


def lay_out_receipt(receipt: DeliveryReceipt, composer: Composer, *, origin: bool) -> list[Page]:
    text = _begin(composer, receipt, receipt.number)
    rows = [
        (str(place), wording.tidy(title), number, "1") for place, (title, number) in enumerate(receipt.papers, start=1)
    ]
    text.table(PAPERS, rows or [("", "", "", "")], size=grid.TABLE_SIZE)
    text.form(
        [
            FormRow((("受送达单位", wording.clause(receipt.addressee)),)),
            FormRow((("送达方式", "□ 直接送达　□ 邮寄送达　□ 电子送达　□ 留置送达"),)),
            FormRow((("送达地点", ""), ("送达时间", "　　年　月　日　时")), 14),
            FormRow((("受送达人", _SIGNED.strip("\n")),), 22),
            FormRow((("送达人", _SIGNED.strip("\n")),), 22),
            FormRow((("拒收事由和见证人", ""),), 26),
            FormRow((("备注", ""),), 20),
        ]
    )
    _end(text, receipt.office, receipt, origin=origin)
    return text.pages()


def _begin(composer: Composer, form: Form, number: DocumentNumber | None) -> Manuscript:
    text = Manuscript(composer)
    text.plain_head(title_lines(form), [f"编号：{wording.number_text(number)}"])
    return text


def _end(text: Manuscript, office: Office, form: Form, *, origin: bool) -> None:
    # Whom to ask stands on the notice; a form is to fit on its page.
    text.close(Closing(office=replace(office, contact="", telephone=""), dated=form.dated, sealed=False, origin=origin))


def _struck_off(sheet: StruckOff, place: int, of: int) -> list[FormRow]:
    problem = sheet.problem
    due = wording.day(problem.due) if problem.due else ""
    basis = f"\n依据：{wording.sentence(problem.basis)}" if problem.basis else ""
    proof = f"{problem.proof_count}件" if problem.proof_count else ""
    which = f"第{place}项，共{of}项" if of > 1 else ""
    return [
        FormRow((("学校", wording.tidy(problem.school)), ("下达文书", problem.number or which))),
        FormRow((("问题等级", GRADE_NAMES[problem.grade]), ("整改期限", due))),
        FormRow((("问题", wording.sentence(problem.text) + basis),), 18),
        FormRow((("整改措施", wording.sentence(problem.measure) if problem.measure else ""),), 14),
        FormRow((("整改完成情况", wording.sentence(problem.done) if problem.done else ""),), 20),
        FormRow((("佐证材料", proof), ("责任人", wording.tidy(problem.responsible)))),
        FormRow((("学校意见", _SIGNED.strip("\n")),), 18),
        FormRow((("督学核查意见", (sheet.recheck or "□ 到位　□ 不到位") + _SIGNED),), _OPINION),
        FormRow((("督导室审核意见", (sheet.decision or "□ 同意销号　□ 退回整改") + _SIGNED),), _OPINION),
    ]

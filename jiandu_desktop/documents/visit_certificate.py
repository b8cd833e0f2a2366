"""入校督导工作证明: who of the office was at the school, when and what for; its lower part is the school's receipt."""

from __future__ import annotations

from dataclasses import replace

from jiandu_desktop.documents import wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.form_sheet import FormRow
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, VisitCertificate

_LINE = 9.0
"""Height of a row in mm: with it the certificate of a whole checklist stays on one page."""
_SIGNED = "负责人签名：　　　　　　（公章）　　　　　年　　月　　日"


def title_lines(certificate: VisitCertificate) -> tuple[str, ...]:
    return (DOCUMENT_KIND_NAMES[certificate.kind],)


def document_title(certificate: VisitCertificate) -> str:
    """In lists: with the school it was written for."""
    return wording.clause(certificate.visit.school) + DOCUMENT_KIND_NAMES[certificate.kind]


def lay_out(certificate: VisitCertificate, composer: Composer, *, origin: bool) -> list[Page]:
    visit = certificate.visit
    text = Manuscript(composer)
    text.plain_head(title_lines(certificate), [f"编号：{wording.number_text(certificate.number)}"])
    people = "\n".join(
        wording.tidy(name) + (f"（督学证{wording.tidy(number)}）" if number else "")
        for name, number in certificate.people
    )
    text.form(
        [
            FormRow((("学校", wording.clause(visit.school)),), _LINE),
            FormRow((("督导人员", people),), _LINE),
            FormRow((("在校时间", wording.tidy(certificate.stay)),), _LINE),
            FormRow((("督导类型", certificate.method), ("督导任务", wording.clause(visit.task))), _LINE),
            FormRow((("督导内容", wording.listed(visit.matters)),), _LINE),
            FormRow((("留存文书", _papers(certificate)),), _LINE),
        ]
    )
    text.body("上述人员受本单位指派，到校开展教育督导工作，特此证明。")
    text.close(
        Closing(
            # Whom to ask stands on the opinion; the certificate is to fit on its page.
            office=replace(certificate.office, contact="", telephone=""),
            dated=certificate.dated,
            sealed=True,
            origin=origin,
        )
    )
    text.form(
        [
            FormRow((("学校回执", "□ 督导人员出示了证件　□ 督导时间、人员、内容属实"),), _LINE),
            FormRow((("意见和建议", ""),), 16),
            FormRow((("学校确认", _SIGNED),), 14),
        ]
    )
    return text.pages()


def _papers(certificate: VisitCertificate) -> str:
    lines = [wording.tidy(title) + (f"（{number}）" if number else "") for title, number in certificate.papers]
    return "\n".join(lines) or "无"

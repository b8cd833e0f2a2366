"""The kinds of documents (文种), their names, their marks in a number, and who issues them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from jiandu_desktop.domain.document.template import DocumentTemplate


class DocumentKind(StrEnum):
    """Every kind an office hands out. The value is what is stored; the Chinese names stand below."""

    INSPECTION_NOTICE = "inspection_notice"
    FEEDBACK_OPINION = "feedback_opinion"
    RECTIFICATION_NOTICE = "rectification_notice"
    PROBLEM_LIST = "problem_list"
    RECHECK_OPINION = "recheck_opinion"
    RECORD_SHEET = "record_sheet"
    VISIT_CERTIFICATE = "visit_certificate"
    INSPECTION_OPINION = "inspection_opinion"
    STRIKE_OFF_FORM = "strike_off_form"
    FOUR_LISTS = "four_lists"
    WORK_TIP = "work_tip"
    REMINDER = "reminder"
    WARNING = "warning"
    SUPERVISION = "supervision"
    CIRCULAR = "circular"
    TALK_NOTICE = "talk_notice"
    TALK_RECORD = "talk_record"
    CONSULTATION = "consultation"
    HANDOVER = "handover"
    COPY_NOTICE = "copy_notice"
    REPORT = "report"
    INSPECTION_REPORT = "inspection_report"
    RECEIPT = "receipt"


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.INSPECTION_NOTICE: "督导通知书",
    DocumentKind.FEEDBACK_OPINION: "现场反馈意见书",
    DocumentKind.RECTIFICATION_NOTICE: "整改通知书",
    DocumentKind.PROBLEM_LIST: "问题清单",
    DocumentKind.RECHECK_OPINION: "复查意见书",
    DocumentKind.RECORD_SHEET: "督导记录表",
    DocumentKind.VISIT_CERTIFICATE: "入校督导工作证明",
    DocumentKind.INSPECTION_OPINION: "督导意见书",
    DocumentKind.STRIKE_OFF_FORM: "销号单",
    DocumentKind.FOUR_LISTS: "四个清单",
    DocumentKind.WORK_TIP: "工作提示函",
    DocumentKind.REMINDER: "提醒函",
    DocumentKind.WARNING: "预警通知",
    DocumentKind.SUPERVISION: "督办函",
    DocumentKind.CIRCULAR: "督导通报",
    DocumentKind.TALK_NOTICE: "约谈通知书",
    DocumentKind.TALK_RECORD: "约谈记录",
    DocumentKind.CONSULTATION: "协商函",
    DocumentKind.HANDOVER: "移交函",
    DocumentKind.COPY_NOTICE: "抄告函",
    DocumentKind.REPORT: "专题报告",
    DocumentKind.INSPECTION_REPORT: "督导报告",
    DocumentKind.RECEIPT: "送达回证",
}

NUMBER_MARKS: dict[DocumentKind, str] = {
    DocumentKind.INSPECTION_NOTICE: "督知",
    DocumentKind.FEEDBACK_OPINION: "督意",
    DocumentKind.RECTIFICATION_NOTICE: "督改",
    DocumentKind.PROBLEM_LIST: "督单",
    DocumentKind.RECHECK_OPINION: "督复",
    DocumentKind.RECORD_SHEET: "督录",
    DocumentKind.VISIT_CERTIFICATE: "督证",
    DocumentKind.INSPECTION_OPINION: "督导意",
    DocumentKind.STRIKE_OFF_FORM: "督销",
    DocumentKind.FOUR_LISTS: "督账",
    DocumentKind.WORK_TIP: "督示函",
    DocumentKind.REMINDER: "督提函",
    DocumentKind.WARNING: "督警",
    DocumentKind.SUPERVISION: "督办函",
    DocumentKind.CIRCULAR: "督通",
    DocumentKind.TALK_NOTICE: "督约",
    DocumentKind.TALK_RECORD: "督谈",
    DocumentKind.CONSULTATION: "督商函",
    DocumentKind.HANDOVER: "督移函",
    DocumentKind.COPY_NOTICE: "督抄函",
    DocumentKind.REPORT: "督报",
    DocumentKind.INSPECTION_REPORT: "督导报",
    DocumentKind.RECEIPT: "督送",
}
"""文种 in a number, after the office's code letters: 青教 + 督改 + 〔2026〕17号. A letter's ends with 函."""

VISIT_KINDS = frozenset(
    {
        DocumentKind.FEEDBACK_OPINION,
        DocumentKind.RECTIFICATION_NOTICE,
        DocumentKind.PROBLEM_LIST,
        DocumentKind.RECHECK_OPINION,
    }
)
"""What a visit ends with; the others are written whenever a person decides so."""

ABOUT_A_VISIT = frozenset({DocumentKind.RECORD_SHEET, DocumentKind.VISIT_CERTIFICATE, DocumentKind.INSPECTION_OPINION})
"""Written about one finished visit, after it."""

INSPECTION_KINDS = ABOUT_A_VISIT | {DocumentKind.INSPECTION_NOTICE, DocumentKind.INSPECTION_REPORT}
"""Written around visits and not about chosen problems."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号 as in GB/T 9704-2012 §7.2.5: full year in 〔〕, no leading zero, no 第.

    `laptop` is empty for a number of the office's own counter. Where a laptop has used up its block, `laptop` names
    it and `ordinal` counts that laptop's provisional numbers: such a number can never be taken for a real one.
    """

    prefix: str
    year: int
    ordinal: int
    laptop: str = ""

    def __post_init__(self) -> None:
        if self.ordinal < 1 or not self.prefix:
            raise ValueError(f"no such document number: {self.prefix!r} {self.ordinal}")

    @property
    def provisional(self) -> bool:
        return bool(self.laptop)

    def __str__(self) -> str:
        if self.provisional:
            return f"{self.prefix}〔{self.year}〕临-{self.laptop}-{self.ordinal}号（待编号）"
        return f"{self.prefix}〔{self.year}〕{self.ordinal}号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The issuer (发文机关): its full name for the red head, its code letters (机关代字) for numbers, who to ask.

    `templates` are the kinds that the office words in its own way, by the kind's value.
    """

    name: str
    code_letters: str
    contact: str = ""
    telephone: str = ""
    templates: tuple[tuple[str, DocumentTemplate], ...] = ()

    def template(self, kind: DocumentKind) -> DocumentTemplate:
        """How the office words a kind; an empty one where it does not."""
        return next((template for value, template in self.templates if value == kind.value), DocumentTemplate())

    def issuing(self, kind: DocumentKind) -> Office:
        """The office as the head, the foot and the note of a kind name it."""
        own = self.template(kind)
        return replace(
            self,
            name=own.issuer or self.name,
            contact=own.contact or self.contact,
            telephone=own.telephone or self.telephone,
        )

    def copies_for(self, kind: DocumentKind, usual: tuple[str, ...]) -> tuple[str, ...]:
        """抄送 of a kind; `usual` where its template says nothing."""
        own = self.template(kind).copies_to
        return usual if own is None else own

    def number_prefix(self, kind: DocumentKind) -> str:
        return self.code_letters + (self.template(kind).mark or NUMBER_MARKS[kind])

    @property
    def calls_itself(self) -> str:
        """我室, 我办, 我局 …: the issuer's word for itself inside the text."""
        for ending, word in (
            ("办公室", "我办"),
            ("室", "我室"),
            ("局", "我局"),
            ("委员会", "我委"),
            ("中心", "我中心"),
        ):
            if self.name.endswith(ending):
                return word
        return "我单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyMark:
    """Whose laptop made a document, so that its paper can be checked later: goes into metadata, not on the page."""

    laptop: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltDocument:
    """A finished PDF. `sha256` is of the whole file; `missing` are characters no font had, shown as their codes;
    `words` is what it says as a record (`documents.told`), from which a Word file can be made."""

    pdf: bytes
    pages: int
    sha256: str
    title: str
    missing: tuple[str, ...] = ()
    words: bytes = b""

"""What a document (文书) says, before it is laid out: kinds, numbers, the office, and the facts of each kind."""

from __future__ import annotations

from jiandu_desktop.domain.document.inspection import (
    InspectionNotice,
    InspectionOpinion,
    PlannedSchool,
    RecordSheet,
    SheetRow,
    SheetSection,
    VisitCertificate,
)
from jiandu_desktop.domain.document.kinds import (
    ABOUT_A_VISIT,
    DOCUMENT_KIND_NAMES,
    INSPECTION_KINDS,
    NUMBER_MARKS,
    VISIT_KINDS,
    BuiltDocument,
    DocumentKind,
    DocumentNumber,
    Office,
    VerifyMark,
)
from jiandu_desktop.domain.document.pictures import PHOTOS_PER_PAGE, Picture
from jiandu_desktop.domain.document.pressing import (
    LETTER_FORMAT,
    WARNING_LEVEL_NAMES,
    DeliveryReceipt,
    FourLists,
    PressedProblem,
    PressingLetter,
    Standing,
    StrikeOffForm,
    StruckOff,
    Talk,
    TalkRecord,
    Warned,
    WarningLevel,
)
from jiandu_desktop.domain.document.report import (
    Chart,
    InspectionReport,
    ReportMatter,
    ReportSchool,
)
from jiandu_desktop.domain.document.template import DocumentTemplate
from jiandu_desktop.domain.document.visit_papers import (
    FeedbackOpinion,
    NoticeProblem,
    ProblemList,
    RecheckedProblem,
    RecheckOpinion,
    RectificationNotice,
    ScoreSummary,
    VisitFacts,
)

__all__ = [
    "ABOUT_A_VISIT",
    "DOCUMENT_KIND_NAMES",
    "INSPECTION_KINDS",
    "LETTER_FORMAT",
    "NUMBER_MARKS",
    "PHOTOS_PER_PAGE",
    "VISIT_KINDS",
    "WARNING_LEVEL_NAMES",
    "BuiltDocument",
    "Chart",
    "DeliveryReceipt",
    "DocumentKind",
    "DocumentNumber",
    "DocumentTemplate",
    "FeedbackOpinion",
    "FourLists",
    "InspectionNotice",
    "InspectionOpinion",
    "InspectionPaper",
    "InspectionReport",
    "NoticeProblem",
    "Office",
    "Picture",
    "PlannedSchool",
    "PressedProblem",
    "PressingLetter",
    "PressingPaper",
    "PrintedDocument",
    "ProblemList",
    "RecheckOpinion",
    "RecheckedProblem",
    "RecordSheet",
    "RectificationNotice",
    "ReportMatter",
    "ReportSchool",
    "ScoreSummary",
    "SheetRow",
    "SheetSection",
    "Standing",
    "StrikeOffForm",
    "StruckOff",
    "Talk",
    "TalkRecord",
    "VerifyMark",
    "VisitCertificate",
    "VisitFacts",
    "VisitPaper",
    "Warned",
    "WarningLevel",
]

VisitPaper = FeedbackOpinion | RectificationNotice | ProblemList | RecheckOpinion
PressingPaper = PressingLetter | TalkRecord | StrikeOffForm | FourLists | DeliveryReceipt
InspectionPaper = InspectionNotice | RecordSheet | VisitCertificate | InspectionOpinion | InspectionReport
PrintedDocument = VisitPaper | PressingPaper | InspectionPaper
"""What `documents.build` lays out. `number=None` is a draft and says so; `replaces` is the number it takes over."""

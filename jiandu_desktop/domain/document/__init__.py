"""What a document (文书) says, before it is laid out: kinds, numbers, the office, and the facts of each kind."""

from __future__ import annotations

from jiandu_desktop.domain.document.kinds import (
    DOCUMENT_KIND_NAMES,
    NUMBER_MARKS,
    VISIT_KINDS,
    BuiltDocument,
    DocumentKind,
    DocumentNumber,
    Office,
    VerifyMark,
)
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
    "DOCUMENT_KIND_NAMES",
    "LETTER_FORMAT",
    "NUMBER_MARKS",
    "VISIT_KINDS",
    "WARNING_LEVEL_NAMES",
    "BuiltDocument",
    "DeliveryReceipt",
    "DocumentKind",
    "DocumentNumber",
    "FeedbackOpinion",
    "FourLists",
    "NoticeProblem",
    "Office",
    "PressedProblem",
    "PressingLetter",
    "PressingPaper",
    "PrintedDocument",
    "ProblemList",
    "RecheckOpinion",
    "RecheckedProblem",
    "RectificationNotice",
    "ScoreSummary",
    "Standing",
    "StrikeOffForm",
    "StruckOff",
    "Talk",
    "TalkRecord",
    "VerifyMark",
    "VisitFacts",
    "VisitPaper",
    "Warned",
    "WarningLevel",
]

VisitPaper = FeedbackOpinion | RectificationNotice | ProblemList | RecheckOpinion
PressingPaper = PressingLetter | TalkRecord | StrikeOffForm | FourLists | DeliveryReceipt
PrintedDocument = VisitPaper | PressingPaper
"""What `documents.build` lays out. `number=None` is a draft and says so; `replaces` is the number it takes over."""

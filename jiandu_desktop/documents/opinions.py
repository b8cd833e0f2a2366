"""How every opinion on a visit ends: advice, what the school says, the number it takes over, both sides' signatures."""

from __future__ import annotations

from jiandu_desktop.documents import phrases, wording
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.domain.document import FeedbackOpinion, RecheckOpinion
from jiandu_desktop.domain.visit import SchoolOpinion


def close_opinion(text: Manuscript, opinion: FeedbackOpinion | RecheckOpinion, *, origin: bool) -> None:
    """意见建议, 学校意见 and the closing block; `origin` leaves a place for the verification mark."""
    if opinion.advice:
        text.chapter("意见建议")
        text.items([wording.sentence(advice) for advice in opinion.advice])
    text.chapter("学校意见")
    text.body(school_says(opinion.opinion, opinion.opinion_text))
    if opinion.replaces:
        text.body(phrases.replacing("意见书", opinion.replaces))
    text.close(
        Closing(
            office=opinion.office,
            dated=opinion.dated,
            sealed=opinion.sealed,
            origin=origin,
            signatures=opinion.signatures,
            signatures_first=True,
        )
    )


def school_says(opinion: SchoolOpinion, said: str) -> str:
    """学校意见; with nothing said yet, boxes to tick by hand."""
    if opinion is SchoolOpinion.UNSAID:
        return "□ 无异议　□ 有异议（可另附书面说明）"
    word = "无异议" if opinion is SchoolOpinion.AGREES else "有异议"
    return f"{word}。{wording.sentence(said)}" if said else f"{word}。"

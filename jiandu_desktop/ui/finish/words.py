"""Words that several parts of 完成 use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.completion import ReviewEntry
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.ui.errors import sentence_for


def short_name(kind: DocumentKind) -> str:
    """A document's everyday name, as on a tab."""
    if kind is DocumentKind.FEEDBACK_OPINION:
        return QCoreApplication.translate("finish", "意见书")
    return QCoreApplication.translate("finish", DOCUMENT_KIND_NAMES[kind])


def why(entry: ReviewEntry) -> str:
    """Why an item stands in the list: short, without a full stop; the form's own words where it has some."""
    if entry.code in ("review-please-check", "review-wrong", "review-required") and entry.values.get("message"):
        return entry.values["message"].rstrip("。")
    return sentence_for(Trouble(entry.code, **entry.values)).rstrip("。：")


def visit_line(opened: OpenVisit) -> str:
    """School, task and day of the visit in one line."""
    day = opened.visit.started_at
    when = QCoreApplication.translate("FinishRoom", "{month}月{day}日").format(month=day.month, day=day.day)
    return "・".join(part for part in (opened.school.name, opened.visit.task, when) if part)

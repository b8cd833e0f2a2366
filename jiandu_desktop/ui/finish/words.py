"""Words that several parts of 完成 use."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.completion import ReviewEntry
from jiandu_desktop.ui.errors import sentence_for

_SHORT: Mapping[DocumentKind, object] = {
    DocumentKind.FEEDBACK_OPINION: QT_TRANSLATE_NOOP("finish", "意见书"),
    DocumentKind.RECTIFICATION_NOTICE: QT_TRANSLATE_NOOP("finish", "整改通知书"),
    DocumentKind.PROBLEM_LIST: QT_TRANSLATE_NOOP("finish", "问题清单"),
    DocumentKind.RECHECK_OPINION: QT_TRANSLATE_NOOP("finish", "复查意见书"),
}


def short_name(kind: DocumentKind) -> str:
    """A document's everyday name, as on a tab."""
    return QCoreApplication.translate("finish", str(_SHORT[kind]))


def why(entry: ReviewEntry) -> str:
    """Why an item stands in the list: short, without a full stop; the form's own words where it has some."""
    if entry.code in ("review-please-check", "review-wrong", "review-required") and entry.values.get("message"):
        return entry.values["message"].rstrip("。")
    return sentence_for(Trouble(entry.code, **entry.values)).rstrip("。：")

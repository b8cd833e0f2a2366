"""Why something is lost or has to be looked at again when a draft moves to another version, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.services.versions import Concern, Part


def part_word(part: Part) -> str:
    """答案, 备注, 照片, 问题."""
    tr = QCoreApplication.translate
    return {
        Part.ANSWER: tr("VersionDialog", "答案"),
        Part.NOTE: tr("VersionDialog", "备注"),
        Part.PHOTO: tr("VersionDialog", "照片"),
        Part.PROBLEM: tr("VersionDialog", "问题"),
    }[part]


def why_lost(why: str) -> str:
    """Why it is lost, by `form_engine.migrate.Why`; what is no such reason is said as it is."""
    tr = QCoreApplication.translate
    return {
        "removed": tr("VersionDialog", "新版本没有这道题"),
        "type": tr("VersionDialog", "新版本里题型不同，原来的答案放不进去"),
        "choice": tr("VersionDialog", "新版本没有这个选项"),
        "irrelevant": tr("VersionDialog", "按新版本的出现条件，这道题不再出现"),
        "row": tr("VersionDialog", "新版本没有这么多行"),
        "verdict": tr("VersionDialog", "新版本里这个答案不算问题"),
    }.get(why, why)


def why_words(concern: Concern) -> str:
    """Why it is lost, or what to look at."""
    tr = QCoreApplication.translate
    kept = {
        "constraint": tr("VersionDialog", "答案保留，但不合新版本的规定：{detail}"),
        "reworded": tr("VersionDialog", "答案保留，说法变了：{detail}"),
        "verdict": tr("VersionDialog", "答案保留，但新版本对它的评判不同"),
    }.get(concern.why, "")
    if not kept or concern.part is not Part.ANSWER:
        return why_lost(concern.why)
    return kept.format(detail=concern.detail or "—").removesuffix("：—")

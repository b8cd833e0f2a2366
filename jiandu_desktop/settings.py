"""Every setting, declared once with its default and meaning; an undeclared key is an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting's default (its type is the setting's type), the values allowed (empty: any) and what it means."""

    default: bool | int | float | str
    meaning: str
    allowed: tuple[Any, ...] = ()


DECLARED: dict[str, Declared] = {
    "theme": Declared("system", "light, dark, or as the system says", ("system", "light", "dark")),
    "text_scale": Declared(1.0, "text size, multiplies type and row heights together", (0.9, 1.0, 1.15, 1.3)),
    "touch": Declared(False, "wider keys and rows for fingers"),
    "watched_folder": Declared("", "folder in which photos from the phone arrive; empty: none"),
    "form_language": Declared("", "language chosen last in a checklist that has several; empty: the checklist's own"),
    "printer": Declared("", "name of the printer used last"),
    "duplex": Declared(
        "", "both sides, as chosen last: over the long edge, the short one, or not", ("", "long", "short")
    ),
    "paper": Declared("a4", "paper that documents are printed on; A5 shows the same pages smaller", ("a4", "a5")),
    "slip_printer": Declared("", "name of the receipt printer used last"),
    "slip_width": Declared(80, "width of the receipt printer's paper in mm", (80, 58)),
    "leader": Declared("", "leader responsible for putting right (包抓领导), proposed on new problems"),
    "plan_days": Declared(5, "working days within which a school hands in its plan (整改方案)"),
    "report_days": Declared(3, "days after the deadline within which a school reports in writing (domain.md §1.5)"),
    "notice_photos": Declared(0, "photos of the problems behind a 整改通知书, so many to a page; 0: none", (0, 2, 6)),
    "deadline_days": Declared("calendar", "days to put right are counted so", ("calendar", "working")),
    "days_minor": Declared(3, "days to put a minor problem right"),
    "days_general": Declared(15, "days to put a general problem right"),
    "days_serious": Declared(30, "days to put a serious problem right"),
    "days_complex": Declared(60, "days to put a complex problem right"),
    "keep_media_days": Declared(30, "days that photos stay on this laptop after the office confirmed them"),
    "keep_media_free_gb": Declared(
        5, "confirmed old photos go only while less than this is free on the disk, in GB (2^30 bytes); 0: always"
    ),
    "ledger_views": Declared("", "the user's own views of the ledger as JSON; empty: none"),
    "ledger_scope": Declared("mine", "whose problems the ledger shows: of one's own schools, or all", ("mine", "all")),
    "sync_by_itself": Declared(True, "a round begins by itself when a shared folder appears"),
    "photo_edge": Declared(2560, "longest edge in pixels to which photos are made smaller; 0: as they were taken"),
    "photo_limit_mb": Declared(30, "largest photo that is taken in, in MB (2^20 bytes)"),
}


def checked(key: str, value: Any) -> bool | int | float | str:
    """`value` as the setting's own type.

    Raises KeyError for an undeclared key and ValueError for a value of the wrong type or outside what is allowed.
    """
    declared = DECLARED[key]
    kind = type(declared.default)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (declared.allowed and value not in declared.allowed):
        raise ValueError(f"{key} cannot be {value!r}")
    return value

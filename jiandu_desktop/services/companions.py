"""同行人员 that may be meant: who came along before, at this school first, and the county's other inspectors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jiandu_desktop.storage import county, visits

if TYPE_CHECKING:
    from jiandu_desktop.services.open_visit import OpenVisit
    from jiandu_desktop.services.store import Store

_BETWEEN = re.compile(r"[、，,;；]+")


def known_companions(store: Store, opened: OpenVisit) -> tuple[str, ...]:
    """Names as they were written, each once; nobody who inspects here."""
    visit = opened.visit
    with store.reading() as work:
        earlier = visits.companions(work)
        inspectors = [each.name for each in county.inspectors(work)]
    here = _names(text for school, text in earlier if school == visit.school_id)
    elsewhere = _names(text for school, text in earlier if school != visit.school_id)
    present = {each.name for each in opened.inspectors}
    return tuple(name for name in dict.fromkeys([*here, *elsewhere, *inspectors]) if name not in present)


def _names(texts: Iterable[str]) -> list[str]:
    return [name.strip() for text in texts for name in _BETWEEN.split(text) if name.strip()]

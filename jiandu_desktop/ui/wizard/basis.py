"""A clause as inspectors cite it, cut into its title and what it says."""

from __future__ import annotations

import re

_TITLE = re.compile(r"^(《[^》]+》(?:第[〇零一二三四五六七八九十百千\d]+条)?)[,，:：;；\s]*(.*)$", re.DOTALL)


def split_basis(basis: str) -> tuple[str, str]:
    """(《消防法》第二十八条, what follows it); a basis without a title in 《》 is all title."""
    found = _TITLE.match(basis.strip())
    if found is None:
        return basis.strip(), ""
    return found[1], found[2].strip()

"""Writes marks/: the small pictures of the style sheet, in the colours of both themes.

Run it again after a change of the tokens or of those icons: python resources/themes/make_marks.py. A test compares.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from jiandu_desktop.ui.look.style import MARKS, mark  # noqa: E402 - the path above is needed first
from jiandu_desktop.ui.look.tokens import DARK, LIGHT  # noqa: E402


def main() -> None:
    folder = HERE / "marks"
    folder.mkdir(exist_ok=True)
    for tokens in (LIGHT, DARK):
        for label in MARKS:
            (folder / f"{tokens.name}-{label}.svg").write_bytes(mark(label, tokens))


if __name__ == "__main__":
    main()

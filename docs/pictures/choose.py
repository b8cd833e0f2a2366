"""Chooses README's pictures from what a tour left: fewer colours, so that the repository stays small.

python3 dev.py run -- tour --out out/tour
.venv/bin/python docs/pictures/choose.py out/tour
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
CHOSEN = {
    "today": "today",
    "problem-card": "problem-card",
    "wizard-narrow-175-dark": "wizard-dark",
    "missing": "finish",
    "printed": "printed",
    "ledger-dark": "ledger-dark",
}
"""Name in the tour's folder, without number → name here."""


def main() -> int:
    """Writes each chosen picture, at most 1366 wide, with 256 colours; exit code 1 where one is missing."""
    pictures = Path(sys.argv[1]) / "截图"
    for wanted, name in CHOSEN.items():
        found = [path for path in pictures.glob("*.png") if path.stem.partition("-")[2] == wanted]
        if not found:
            print(f"{wanted} is not in {pictures}")
            return 1
        with Image.open(found[0]) as picture:
            small = picture.convert("RGB")
            if small.width > 1366:
                small = small.resize((1366, round(small.height * 1366 / small.width)), Image.Resampling.LANCZOS)
            target = HERE / f"{name}.png"
            small.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
            print(f"{target.name}: {target.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

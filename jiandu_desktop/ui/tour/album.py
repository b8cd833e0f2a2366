"""What the tour leaves to look at: one page with every picture, and a list of what lies where."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from jiandu_desktop.paths import write_atomically
from jiandu_desktop.ui.look.tokens import LIGHT
from jiandu_desktop.ui.tour.camera import Picture

CONTENTS: tuple[tuple[str, str], ...] = (
    ("index.html", "本页：全部截图，浅色和深色"),
    ("截图", "编号的截图（PNG）"),
    ("文书", "这次督导签发的文书，以及打印出来的那一份（PDF）"),
    ("督导汇总.xlsx", "督导室汇总的督导记录、问题台账、文书登记、得分"),
    ("工作簿", "督导室导入的补充计划，以及一份故意有错的名册"),
    ("导出", "一份督导记录的 OpenRosa 填报记录，ODK、Kobo 能收"),
    ("邀请", "给新电脑的邀请文件，演示里用它接入了本单位"),
    ("命令记录.txt", "督导室用过的命令和程序的回答"),
    ("数据/demo/共享文件夹", "共享文件夹；督导文书里是没装程序的同事看得到的 PDF"),
    ("数据/demo/工作簿", "演示单位的名册、督学名单和计划"),
    ("数据", "演示单位：督导室和每位督学电脑的数据"),
)
"""Where things lie under the tour's folder, and what they are."""

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>监督：自动演示</title><style>
body {{ font: 16px/1.6 sans-serif; max-width: 1400px; margin: 2em auto; padding: 0 1em; color: {LIGHT.text} }}
img {{ width: 100%; border: 1px solid {LIGHT.line}; border-radius: 6px }} figure {{ margin: 2em 0 }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1em }} td {{ padding: 0 1em 0 0 }}
</style></head><body>
<h1>监督：自动演示</h1><p>{when}</p><h2>这里有什么</h2><table>{contents}</table><h2>截图</h2>{figures}
</body></html>
"""


def write_album(out: Path, pictures: Sequence[Picture], commands: Iterable[str], when: str) -> None:
    """Write `index.html` and `命令记录.txt` into `out`; raises Trouble as `paths.write_atomically`."""
    lines = [
        f'<tr><td><a href="{html.escape(name)}">{html.escape(name)}</a></td><td>{html.escape(what)}</td></tr>'
        for name, what in CONTENTS
        if (out / name).exists() or name in ("index.html", "命令记录.txt")
    ]
    captions = list(dict.fromkeys(picture.caption for picture in pictures))
    figures = [
        _figure(number, caption, [picture for picture in pictures if picture.caption == caption], out)
        for number, caption in enumerate(captions, 1)
    ]
    page = _PAGE.format(LIGHT=LIGHT, when=html.escape(when), contents="".join(lines), figures="".join(figures))
    write_atomically(out / "index.html", page.encode())
    write_atomically(out / "命令记录.txt", "\n".join(commands).encode())


def _figure(number: int, caption: str, pictures: Sequence[Picture], out: Path) -> str:
    images = "".join(
        f'<a href="{name}"><img src="{name}" alt="{html.escape(caption)}" loading="lazy"></a>'
        for name in (picture.path.relative_to(out).as_posix() for picture in pictures)
    )
    return f'<figure><figcaption>{number}. {html.escape(caption)}</figcaption><div class="pair">{images}</div></figure>'

"""Which font serves which role of a document: the system's official faces first, the bundled ones behind them."""

from __future__ import annotations

import lzma
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from statistics import median
from threading import Lock
from typing import TYPE_CHECKING

from jiandu_desktop import paths
from jiandu_desktop.domain.errors import Trouble

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont


class Role(StrEnum):
    """The five faces of GB/T 9704-2012 and of the drawing of its page numbers."""

    TITLE = "小标宋"
    TEXT = "仿宋"
    SECOND_HEADING = "楷体"
    FIRST_HEADING = "黑体"
    SONG = "宋体"


@dataclass(frozen=True, slots=True)
class FontUse:
    """One row of the font table in 设置. `name` is the font's own; `fallback` marks those used per character."""

    role: str
    name: str
    file: Path
    bundled: bool
    fallback: bool = False


SYSTEM_FILES: dict[Role, tuple[str, ...]] = {
    Role.TITLE: (
        "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsk.ttf",
        "fzxbsk--gbk1-0.ttf", "fzxiaobiaosong-b05s.ttf", "fzxiaobiaosong-b05.ttf",
    ),
    Role.TEXT: ("仿宋_gb2312.ttf", "simfang_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    Role.SECOND_HEADING: ("楷体_gb2312.ttf", "simkai_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf"),
    Role.FIRST_HEADING: ("simhei.ttf",),
    Role.SONG: ("simsun.ttc", "simsun.ttf"),
}  # fmt: skip
"""File names, lower case, best first. Windows and the Linux desktops sold to offices use these."""

BUNDLED_FILES: dict[Role, str] = {
    Role.TITLE: "FandolSong-Bold.ttf",
    Role.TEXT: "FandolFang-Regular.ttf",
    Role.SECOND_HEADING: "FandolKai-Regular.ttf",
    Role.FIRST_HEADING: "FandolHei-Regular.ttf",
    Role.SONG: "FandolSong-Regular.ttf",
}

FALLBACK_FILES = ("NotoSerifSC-Rest.ttf.xz", "HanaMinB-Rest.ttf.xz")
"""For single characters the role's face lacks, in this order; read only when such a character turns up."""


class Face:
    """One font file: advance widths and the height at which its ideographs are centred. Parsed on first use."""

    def __init__(self, key: str, file: Path, *, bundled: bool) -> None:
        self.key = key
        self.file = file
        self.bundled = bundled
        self._font: TTFont | None = None
        self._widths: dict[int, float] = {}
        self._centre = 0.0

    def ready(self) -> TTFont:
        """ReportLab's font, parsed and registered under `key`. Raises Trouble `font-unusable`."""
        if self._font is None:
            self._font = self._load()
        return self._font

    @property
    def centre(self) -> float:
        """How far the middle of the ideographs' ink lies above the baseline, in em."""
        self.ready()
        return self._centre

    def has(self, char: str) -> bool:
        self.ready()
        return ord(char) in self._widths

    def advance(self, char: str) -> float:
        """Advance width of a character the face has, in em."""
        return self._widths[ord(char)] / 1000

    def ink(self, char: str) -> tuple[float, float]:
        """Lowest and highest ink of a character above the baseline, in em; (0, 0) for one without ink."""
        face = self.ready().face
        glyph = face.charToGlyph[ord(char)]
        start, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
        if end - start < 10:
            return 0.0, 0.0
        offset = face.get_table_pos("glyf")[0] + start
        _, _, low, _, high = struct.unpack(">hhhhh", face.get_chunk(offset, 10))
        return low / face.unitsPerEm, high / face.unitsPerEm

    def _load(self) -> TTFont:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFError

        from jiandu_desktop.documents.embedding import EmbeddedFont

        try:
            source: object = str(self.file)
            if self.file.suffix == ".xz":
                source = BytesIO(lzma.decompress(self.file.read_bytes()))
            font = EmbeddedFont(self.key, source)
        except (OSError, lzma.LZMAError, TTFError) as error:
            raise Trouble("font-unusable", path=str(self.file), reason=str(error)) from error
        pdfmetrics.registerFont(font)
        self._font = font
        self._widths = font.face.charWidths
        middles = [sum(self.ink(char)) / 2 for char in "国中督导检查学校整改问题" if ord(char) in self._widths]
        self._centre = median(middles) if middles else 0.38
        return font


class FontBook:
    """All faces of one process. `folders` are searched for the system's fonts; none means the bundled ones only."""

    def __init__(self, bundled: Path, folders: Sequence[Path] = ()) -> None:
        self._bundled = bundled
        self._folders = tuple(folders)
        self._chains: dict[Role, list[Face]] = {}
        self._fallbacks = [self._bundled_face(name) for name in FALLBACK_FILES]
        self._chosen: dict[tuple[Role, str], Face | None] = {}
        self._found: dict[str, Path] | None = None

    def face(self, role: Role) -> Face:
        """The role's own face."""
        return self._chain(role)[0]

    def face_for(self, role: Role, char: str) -> Face | None:
        """The first face that has `char`: the role's own, the bundled one of the role, the fallbacks; else None."""
        key = (role, char)
        if key not in self._chosen:
            chain = self._chain(role)
            self._chosen[key] = next((face for face in (*chain, *self._fallbacks) if face.has(char)), None)
        return self._chosen[key]

    def report(self) -> tuple[FontUse, ...]:
        """Which file serves which role now, then the fallbacks."""
        rows = [self._use(role.value, self.face(role)) for role in Role]
        rows += [self._use("生僻字", face, fallback=True) for face in self._fallbacks]
        return tuple(rows)

    def _use(self, role: str, face: Face, *, fallback: bool = False) -> FontUse:
        name = face.file.name.split(".")[0]
        return FontUse(role=role, name=name, file=face.file, bundled=face.bundled, fallback=fallback)

    def _chain(self, role: Role) -> list[Face]:
        if role not in self._chains:
            own = self._bundled_face(BUNDLED_FILES[role])
            system = self._system_face(role)
            self._chains[role] = [system, own] if system else [own]
        return self._chains[role]

    def _bundled_face(self, name: str) -> Face:
        return Face(f"jiandu-{name}", self._bundled / name, bundled=True)

    def _system_face(self, role: Role) -> Face | None:
        if self._found is None:
            wanted = {name for names in SYSTEM_FILES.values() for name in names}
            self._found = {path.name.lower(): path for path in _font_files(self._folders, wanted)}
        for name in SYSTEM_FILES[role]:
            path = self._found.get(name)
            if path is None or not has_truetype_outlines(path):
                continue
            face = Face(f"jiandu-system-{role.name}", path, bundled=False)
            try:
                face.ready()
            except Trouble:  # it forbids embedding or is damaged
                continue
            return face
        return None


def system_font_folders() -> tuple[Path, ...]:
    """Where this platform keeps fonts: for all users, then for this one."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = os.environ.get("LOCALAPPDATA")
        own = (Path(local) / "Microsoft/Windows/Fonts",) if local else ()
        return (windows / "Fonts", *own)
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def has_truetype_outlines(path: Path) -> bool:
    """Whether a font file has quadratic outlines; ReportLab cannot embed CFF ones."""
    try:
        with path.open("rb") as font:
            head = font.read(16)
            if head[:4] == b"ttcf":
                font.seek(struct.unpack(">I", head[12:16])[0])
                head = font.read(4)
    except (OSError, struct.error):
        return False
    return head[:4] in (b"\x00\x01\x00\x00", b"true")


_shared: FontBook | None = None
_shared_lock = Lock()


def font_book() -> FontBook:
    """The process's fonts, found on the first call."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = FontBook(paths.resources() / "fonts", system_font_folders())
        return _shared


def font_report() -> tuple[FontUse, ...]:
    """Role → font, for 设置."""
    return font_book().report()


def _font_files(folders: Sequence[Path], wanted: set[str]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.lower() in wanted:
                    yield Path(parent) / name

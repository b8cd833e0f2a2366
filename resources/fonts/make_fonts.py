"""Make the fonts in this folder out of four Debian packages; run once by whoever maintains them.

Documents are set by ReportLab, which takes TrueType outlines only, so the CFF faces are turned into
quadratic curves here.

    apt-get download texlive-lang-chinese fonts-noto-cjk fonts-hanazono
    for package in *.deb; do dpkg-deb -x "$package" unpacked; done
    python make_fonts.py unpacked OUTPUT_FOLDER          # needs fontTools; about four minutes

What comes out and what it is for is told in README.md beside this script.
"""

import argparse
import lzma
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
NOTO = "usr/share/fonts/opentype/noto"
HANAZONO = "usr/share/fonts/truetype/hanazono"
FANDOL_FACES = {
    "FandolSong-Bold": "FandolSong-Bold.ttf",
    "FandolSong-Regular": "FandolSong-Regular.ttf",
    "FandolFang-Regular": "FandolFang-Regular.ttf",
    "FandolKai-Regular": "FandolKai-Regular.ttf",
    "FandolHei-Regular": "FandolHei-Regular.ttf",
}
SIMPLIFIED_CHINESE_FACE = 2  # place of the SC face in the Noto collections
CURVE_ERROR = 1.0  # of 1000 units per em: 0.006 mm at 16 pt, below what a printer draws

HAN_BASIC = range(0x4E00, 0xA000)
HAN_EXTENSION_A = range(0x3400, 0x4DC0)
HAN_EXTENSION_B = range(0x20000, 0x2A6E0)
KOREAN = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980), range(0xAC00, 0xD800))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unpacked", type=Path, help="where the packages were unpacked")
    parser.add_argument("output", type=Path, help="where the fonts go")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    make_document_faces(arguments.unpacked, arguments.output)
    make_fallback_faces(arguments.unpacked, arguments.output)
    make_screen_faces(arguments.unpacked, arguments.output)


def make_document_faces(unpacked: Path, output: Path) -> None:
    """Fandol, every character of it, with TrueType outlines."""
    for face, file_name in FANDOL_FACES.items():
        font = TTFont(unpacked / FANDOL / f"{face}.otf")
        if face == "FandolSong-Regular":
            # It sets page numbers and codes of characters that no font has: no Han is wanted of it.
            keep_only(font, [code for code in font.getBestCmap() if is_no_han(code)])
        drop_layout_tables(font)
        turn_into_truetype(font)
        font.save(output / file_name)


def make_fallback_faces(unpacked: Path, output: Path) -> None:
    """Characters Fandol lacks: Noto Serif SC for most, Hanazono for the rest of extension B."""
    known = set(TTFont(output / "FandolFang-Regular.ttf", lazy=True).getBestCmap())
    serif = TTFont(unpacked / NOTO / "NotoSerifCJK-Regular.ttc", fontNumber=SIMPLIFIED_CHINESE_FACE)
    wanted = [code for code in serif.getBestCmap() if code not in known and not any(code in block for block in KOREAN)]
    keep_only(serif, wanted)
    turn_into_truetype(serif)
    rename(serif, "Noto Serif SC", "Regular", "NotoSerifSC-Regular")
    save_packed(serif, output / "NotoSerifSC-Rest.ttf.xz")

    rare = TTFont(unpacked / HANAZONO / "HanaMinB.ttf")
    in_serif = set(serif.getBestCmap())
    keep_only(rare, [c for c in rare.getBestCmap() if c in HAN_EXTENSION_B and c not in in_serif])
    save_packed(rare, output / "HanaMinB-Rest.ttf.xz")


def save_packed(font: TTFont, path: Path) -> None:
    """Read only when a name holds such a character, so it is kept packed: half the size or less."""
    plain = BytesIO()
    font.save(plain)
    path.write_bytes(lzma.compress(plain.getvalue(), preset=9 | lzma.PRESET_EXTREME))


def make_screen_faces(unpacked: Path, output: Path) -> None:
    """Noto Sans SC for windows on computers without a Chinese font; CFF outlines are fine there."""
    for weight in ("Regular", "Bold"):
        font = TTFont(unpacked / NOTO / f"NotoSansCJK-{weight}.ttc", fontNumber=SIMPLIFIED_CHINESE_FACE)
        keep_only(font, [code for code in font.getBestCmap() if is_for_the_screen(code)])
        rename(font, "Noto Sans SC", weight, f"NotoSansSC-{weight}")
        font.save(output / f"NotoSansSC-{weight}.otf")


def is_no_han(code: int) -> bool:
    """Latin, Greek, marks, symbols, kana and full-width forms."""
    return code < 0x3400 or 0xFE30 <= code < 0xFE50 or 0xFF00 <= code < 0xFFF0


def is_for_the_screen(code: int) -> bool:
    """Latin, Greek, Cyrillic, marks and symbols, kana and the Han of GB 18030's first two levels."""
    if code in HAN_BASIC or code in HAN_EXTENSION_A:
        return True
    if any(code in block for block in KOREAN):
        return False
    return code < 0x3400 or 0xFE30 <= code < 0xFE50 or 0xFF00 <= code < 0xFFF0 or 0x20000 <= code < 0x2A6E0


def keep_only(font: TTFont, codes: Iterable[int]) -> None:
    options = Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "kern"]
    options.hinting = False
    options.desubroutinize = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def turn_into_truetype(font: TTFont) -> None:
    """Replace CFF outlines by quadratic ones, in place."""
    glyph_order = font.getGlyphOrder()
    cubic = font.getGlyphSet()
    outlines = {}
    for name in glyph_order:
        pen = TTGlyphPen(None)
        cubic[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = glyph_order
    glyf.glyphs = outlines
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in [
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentDepth",
    ]:
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    font.recalcTimestamp = False
    for name in glyph_order:
        glyf[name].recalcBounds(glyf)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyf[name], "xMin", 0))


def drop_layout_tables(font: TTFont) -> None:
    for tag in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "kern"):
        if tag in font:
            del font[tag]


def rename(font: TTFont, family: str, style: str, postscript: str) -> None:
    """One plain English set of names: the collections name their faces in five languages."""
    keep = {number: font["name"].getDebugName(number) for number in (0, 5, 13, 14)}
    font["name"].names = []
    names = {1: family, 2: style, 3: postscript, 4: f"{family} {style}", 6: postscript}
    for number, text in {**keep, **names}.items():
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()

"""The styles of GB/T 9704-2012 in Word: fonts by the names offices know them by, sizes, spacing, headings by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jiandu_desktop.documents import grid

TITLE_FONT, TEXT_FONT, SECOND_FONT, FIRST_FONT, SONG_FONT = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "宋体",
)
NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RED: Final = "FF0000"
TWIPS: Final = 20
"""To a point"""
LINE: Final = round(225 * grid.MM / 22 * TWIPS)
"""From line to line in twips: Word counts 22 whole lines into 225 mm, where the PDF leaves out the last one's gap."""
CLOSER: Final = -5
"""Twentieths of a point between characters of 3号, so that 28 of them fit into 156 mm in every program: the grid of
characters itself is read so differently that one of them sets 14 to a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style. `indent` in hundredths of a character; `line` in twips, 0 for single spacing off the grid."""

    id: str
    name: str
    font: str
    size: float
    align: str = "both"
    indent: int = 0
    line: int = LINE
    outline: int | None = None
    keep_next: bool = False
    red: bool = False

    @property
    def spacing(self) -> int:
        return CLOSER if self.size == grid.TEXT_SIZE and self.line else 0

    def xml(self) -> str:
        built_in = self.name.isascii()
        spacing = (
            f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
            if self.line
            else '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        )
        return (
            f'<w:style w:type="paragraph"{"" if built_in else " w:customStyle=" + chr(34) + "1" + chr(34)}'
            f'{DEFAULT if self.id == BODY else ""} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>'
            + ("" if self.id == BODY else f'<w:basedOn w:val="{BODY}"/>')
            + (f'<w:next w:val="{BODY}"/>' if self.outline is not None else "")
            + "<w:qFormat/><w:pPr>"
            + ("<w:keepNext/>" if self.keep_next else "")
            + ("" if self.line else '<w:snapToGrid w:val="0"/>')
            + spacing
            + f'<w:ind w:firstLineChars="{self.indent}" w:firstLine="{round(self.indent / 100 * self.size * TWIPS)}"/>'
            + f'<w:jc w:val="{self.align}"/>'
            + (f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else "")
            + f"</w:pPr>{run_properties(self.font, self.size, red=self.red, spacing=self.spacing)}</w:style>"
        )


DEFAULT = ' w:default="1"'
BODY, TITLE, RED_HEAD, NUMBER, ADDRESSEE = "a", "Title", "RedHead", "Number", "Addressee"
ISSUER, NOTE, ATTACHMENTS, IMPRINT, FACTS = "Issuer", "Note", "Attachments", "Imprint", "Facts"
TABLE_TEXT, TABLE_HEAD, PAGE_NUMBER = "TableText", "TableHead", "PageNumber"
SECOND_WORDS = "SecondHeadingWords"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")

STYLES: tuple[Style, ...] = (
    Style(id=BODY, name="Normal", font=TEXT_FONT, size=grid.TEXT_SIZE, indent=200),
    Style(id=TITLE, name="Title", font=TITLE_FONT, size=grid.TITLE_SIZE, align="center", keep_next=True),
    *(
        Style(
            id=HEADINGS[level],
            name=f"heading {level + 1}",
            font=font,
            size=grid.TEXT_SIZE,
            indent=200,
            outline=level,
            keep_next=True,
        )
        for level, font in enumerate((FIRST_FONT, SECOND_FONT, TEXT_FONT, TEXT_FONT))
    ),
    Style(id=RED_HEAD, name="红头", font=TITLE_FONT, size=31, align="center", line=0, red=True),
    Style(id=NUMBER, name="发文字号", font=TEXT_FONT, size=grid.TEXT_SIZE, align="center"),
    Style(id=ADDRESSEE, name="主送机关", font=TEXT_FONT, size=grid.TEXT_SIZE, keep_next=True),
    Style(id=ISSUER, name="落款", font=TEXT_FONT, size=grid.TEXT_SIZE, align="right"),
    Style(id=NOTE, name="附注", font=TEXT_FONT, size=grid.TEXT_SIZE, indent=200),
    Style(id=ATTACHMENTS, name="附件说明", font=TEXT_FONT, size=grid.TEXT_SIZE),
    Style(id=IMPRINT, name="版记", font=TEXT_FONT, size=grid.SMALL_SIZE),
    Style(id=FACTS, name="说明文字", font=TEXT_FONT, size=grid.TABLE_SIZE, align="left", keep_next=True),
    Style(id=TABLE_TEXT, name="表格文字", font=TEXT_FONT, size=grid.TABLE_SIZE, align="left", line=0),
    Style(id=TABLE_HEAD, name="表头文字", font=FIRST_FONT, size=grid.TABLE_SIZE, align="center", line=0),
    Style(id=PAGE_NUMBER, name="页码文字", font=SONG_FONT, size=grid.SMALL_SIZE, align="left", line=0),
)


def run_properties(font: str, size: float, *, red: bool = False, narrowing: int = 100, spacing: int = 0) -> str:
    """A `w:rPr` with one font for Chinese, figures and Latin, as the standard wants; `narrowing` in percent, `spacing`
    in twentieths of a point."""
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        + (f'<w:color w:val="{RED}"/>' if red else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
        + (f'<w:w w:val="{narrowing}"/>' if narrowing != 100 else "")
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def font_of(style: str) -> str:
    """A `w:rPr` with the font of another style, for some words in a paragraph."""
    found = next(each for each in STYLES if each.id == style)
    return run_properties(found.font, found.size, spacing=found.spacing)


def styles_xml() -> str:
    """The whole list of styles of a document."""
    defaults = run_properties(TEXT_FONT, grid.TEXT_SIZE).replace(
        "</w:rPr>", '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + "".join(style.xml() for style in STYLES)
        + f'<w:style w:type="character" w:customStyle="1" w:styleId="{SECOND_WORDS}"><w:name w:val="二级标题文字"/>'
        f"<w:qFormat/>{run_properties(SECOND_FONT, grid.TEXT_SIZE, spacing=CLOSER)}</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        "</w:styles>"
    )

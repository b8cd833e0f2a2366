"""Paper, margins, the grid of 22 lines by 28 characters and the page numbers outside, of a Word document."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENTATION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from jiandu_desktop.documents import grid
from jiandu_desktop.documents.grid import MM, SIDEWAYS, UPRIGHT
from jiandu_desktop.documents.word import styles
from jiandu_desktop.documents.word.styles import NAMESPACE, TWIPS

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section

_FOOT = 20 * MM
"""From the paper's edge to the foot of what stands below the type area: a letter's lower rule (§10.1)."""
_NUMBER_ABOVE = 4.6 * MM
"""What the page number stands above that, so that its dashes lie 7 mm below the type area."""
_LYING_FOOT = 15 * MM
_WIDER = 7 * MM
"""By which a letter's rules (170 mm) are longer than the type area, to each side."""


def paper(word: WordDocument, lying: Sequence[bool], *, letter: bool) -> list[Any]:
    """A section's properties (`w:sectPr`) for each part; all share the page numbers. A `letter` has none on page 1
    but a pair of rules at its foot (§10.1)."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _only(footer, _number(align))
    if letter:
        section.different_first_page_header_footer = True
        section.first_page_footer.is_linked_to_previous = False
        _only(section.first_page_footer, _lower_rules())
    made = []
    for lies in lying:
        _size(section, lying=lies)
        made.append(copy.deepcopy(section._sectPr))
    return made


def _size(section: Section, *, lying: bool) -> None:
    sheet = SIDEWAYS if lying else UPRIGHT
    section.orientation = WD_ORIENTATION.LANDSCAPE if lying else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
    section.left_margin, section.top_margin = Pt(sheet.left), Pt(sheet.top)
    section.right_margin, section.bottom_margin = Pt(sheet.width - sheet.right), Pt(sheet.height - sheet.bottom)
    section.footer_distance = Pt(_LYING_FOOT if lying else _FOOT)
    section.header_distance = Pt(15 * MM)
    element = section._sectPr
    for old in element.findall(qn("w:docGrid")):
        element.remove(old)
    if not lying:
        grid_of_lines = f'<w:docGrid xmlns:w="{NAMESPACE}" w:type="lines" w:linePitch="{styles.LINE}"/>'
        element.append(parse_xml(grid_of_lines))


def _only(footer: Any, xml: str) -> None:
    """Put one paragraph into a footer, in place of what the library began it with."""
    element = footer._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(xml))


def _number(side: str) -> str:
    """— 1 —, one character in from the outer edge (§7.5)."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    inset = round(grid.SMALL_SIZE * TWIPS)
    after = round(_NUMBER_ABOVE * TWIPS)
    return (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="{styles.PAGE_NUMBER}"/><w:spacing w:after="{after}"/>'
        f'<w:ind w:left="{inset}" w:right="{inset}"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
    )


def _lower_rules() -> str:
    wider = -round(_WIDER * TWIPS)
    return (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="{styles.PAGE_NUMBER}"/><w:pBdr>'
        f'<w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="{styles.RED}"/></w:pBdr>'
        f'<w:ind w:left="{wider}" w:right="{wider}"/></w:pPr></w:p>'
    )

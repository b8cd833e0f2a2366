"""A document's words set as a Word file: the same words and time give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from jiandu_desktop.documents import grid, told
from jiandu_desktop.documents.grid import CELL, MM, SIDEWAYS, UPRIGHT
from jiandu_desktop.documents.word import pieces, styles
from jiandu_desktop.documents.word.pages import paper
from jiandu_desktop.documents.word.photos import Photo, Photos
from jiandu_desktop.documents.word.pieces import indents, paragraph, printable, run, styled_run
from jiandu_desktop.documents.word.styles import NAMESPACE, TWIPS

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_HEAD = 150 * MM
_HEAD_SIZE = 31.0
_COVER_SIZE = 30.0
_KEEP = "<w:keepNext/>"


def write_word(words: told.Told, issued_at: datetime, photo: Photo) -> bytes:
    """The .docx of a document; `issued_at` goes into its properties.

    A photo whose file is gone or damaged has a sentence in its place, as on paper.
    """
    word = docx.Document()
    _leave_out(word)
    _fill(word.styles.element, list(parse_xml(styles.styles_xml())))
    _name(word, words, issued_at)
    letter = any(isinstance(each, told.Head) and each.letter for part in words.parts for each in part.said)
    sections = paper(word, [part.lying for part in words.parts], letter=letter)
    blocks: list[Any] = []
    for place, (part, section) in enumerate(zip(words.parts, sections, strict=True)):
        content = "".join(_blocks(part, Photos(word, photo)))
        blocks += parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{content}</w:body>')
        if place < len(sections) - 1:
            end: Any = parse_xml(
                f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="{styles.TABLE_TEXT}"/></w:pPr></w:p>'
            )
            end.pPr.append(section)
            blocks.append(end)
        else:
            blocks.append(section)
    _fill(word.element.body, blocks)
    return _packed(word)


def _blocks(part: told.Part, photos: Photos) -> Iterator[str]:
    sheet = SIDEWAYS if part.lying else UPRIGHT
    before: told.Said | None = None
    for place, said in enumerate(part.said):
        # The signature is never alone on a page.
        last = place + 1 < len(part.said) and isinstance(part.said[place + 1], told.End)
        match said:
            case told.Head():
                yield from _head(said)
            case told.PlainHead():
                yield paragraph(styles.TITLE, run("\n".join(said.title)))
                for line in said.lines:
                    yield paragraph(styles.FACTS, run(line))
            case told.Cover():
                yield from _cover(said)
            case told.Addressee():
                yield paragraph(styles.ADDRESSEE, run(f"{said.name}："))
            case told.Heading(text=""):
                yield paragraph(styles.HEADINGS[said.level - 1], run(said.heading))
            case told.Heading():
                yield paragraph(styles.BODY, styled_run(said.heading, styles.SECOND_WORDS) + run(said.text))
            case told.Paragraph():
                yield paragraph(styles.BODY, run(said.text), _KEEP if last else "")
            case told.Attachments():
                yield from _attachments(said)
            case told.Table():
                yield from _apart(before)
                yield pieces.table(said, sheet.area_width, keep_last=last)
            case told.Form():
                yield from _apart(before)
                yield pieces.form(said, sheet.area_width, keep_last=last)
            case told.AnnexHead():
                yield paragraph(styles.ADDRESSEE, run(said.label, styles.font_of(styles.HEADINGS[0])), _KEEP)
                yield pieces.blank_rows(1)
                yield paragraph(styles.TITLE, run(said.title))
                yield pieces.blank_rows(1)
            case told.Photos():
                yield photos.table(said, sheet)
            case told.Imprint():
                yield from _imprint(said.office, said.dated, said.copies_to, ruled=True)
            case told.Blank():
                yield pieces.blank_rows(1)
            case told.End():
                yield from _end(said, sheet)
        before = said


def _apart(before: told.Said | None) -> Iterator[str]:
    """Word joins tables that nothing stands between."""
    if isinstance(before, told.Table | told.Form):
        yield _thin()


def _thin() -> str:
    return paragraph(styles.TABLE_TEXT, "", '<w:spacing w:line="120" w:lineRule="exact"/>')


def _head(said: told.Head) -> Iterator[str]:
    """The red name (narrowed where it is long), the number, the red rule, the title over its lines."""
    natural = len(said.office) * _HEAD_SIZE
    narrowing = max(60, min(100, int(100 * _LONGEST_HEAD / natural)))
    size = min(_HEAD_SIZE, _LONGEST_HEAD / (len(said.office) * narrowing / 100))
    name = run(said.office, styles.run_properties(styles.TITLE_FONT, size, red=True, narrowing=narrowing))
    rule = f'w:color="{styles.RED}"'
    if said.letter:
        # Word puts a rule at 31 points from its text at most, in whole points.
        pair = f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="8" {rule}/></w:pBdr>'
        yield paragraph(styles.RED_HEAD, name, pair + '<w:ind w:left="-397" w:right="-397"/>')
        yield paragraph(styles.NUMBER, run(said.number), '<w:spacing w:before="200"/><w:jc w:val="right"/>')
        yield pieces.blank_rows(2)
    else:
        yield paragraph(styles.RED_HEAD, name, f'<w:spacing w:before="{round(33 * MM * TWIPS)}"/>')
        yield pieces.blank_rows(2)
        line = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" {rule}/></w:pBdr>'
        if said.signer:
            signed = run("签发人：") + styled_run(said.signer, styles.SECOND_WORDS)
            tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(27 * CELL * TWIPS)}"/></w:tabs>'
            content = run(said.number) + "<w:r><w:tab/></w:r>" + signed
            yield paragraph(styles.NUMBER, content, f'{line}{tab}{indents(left=1, right=1)}<w:jc w:val="left"/>')
        else:
            yield paragraph(styles.NUMBER, run(said.number), line)
        yield pieces.blank_rows(2)
    yield paragraph(styles.TITLE, run("\n".join(said.title)))
    yield pieces.blank_rows(1)


def _cover(said: told.Cover) -> Iterator[str]:
    """Number, the title in large letters, issuer and date; then the contents, which Word fills from the headings."""
    yield paragraph(styles.NUMBER, run(said.number))
    yield pieces.blank_rows(4)
    large = styles.run_properties(styles.TITLE_FONT, _COVER_SIZE)
    room = '<w:spacing w:line="900" w:lineRule="exact"/>'
    for line in said.title:
        yield paragraph(styles.NUMBER, run(line, large), room)
    yield pieces.blank_rows(max(1, 12 - 2 * len(said.title)))
    for line in said.foot:
        yield paragraph(styles.NUMBER, run(line))
    yield paragraph(styles.NUMBER, run("目　录", styles.font_of(styles.HEADINGS[0])), "<w:pageBreakBefore/>")
    field = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("（在 Word 或 WPS 里右击这里，选“更新域”，目录就按标题生成。）")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    yield paragraph(styles.ADDRESSEE, field)


def _attachments(said: told.Attachments) -> Iterator[str]:
    yield pieces.blank_rows(1)
    if len(said.names) == 1:
        yield paragraph(styles.ATTACHMENTS, run(f"附件：{said.names[0]}"), indents(left=5, hanging=3))
        return
    for place, name in enumerate(said.names):
        lead = "附件：" if place == 0 else ""
        hanging = 4 if place == 0 else 1
        yield paragraph(styles.ATTACHMENTS, run(f"{lead}{place + 1}.{name}"), indents(left=6, hanging=hanging))


def _end(said: told.End, sheet: grid.Sheet) -> Iterator[str]:
    """Issuer and date at their places (§7.3.5), the note, the signatures, and at the foot of the page the 版记."""
    if said.signatures and said.signatures_first:
        yield _thin()
        yield pieces.signing(said.signatures, sheet.area_width)
    for _ in range(2 if said.sealed else 1):
        yield paragraph(styles.ADDRESSEE, "", _KEEP)
    issuer, dated = _cells(said.office), _cells(said.dated)
    if said.sealed:
        dated_right = 4.0
        issuer_right = max(0.0, dated_right + (dated - issuer) / 2)
    else:
        issuer_right = 2.0
        dated_right = issuer_right + issuer - 2 - dated
        if dated_right < 0:
            dated_right, issuer_right = 2.0, max(0.0, 2.0 + dated + 2 - issuer)
    yield paragraph(styles.ISSUER, run(said.office), _KEEP + indents(right=issuer_right))
    yield paragraph(styles.ISSUER, run(said.dated), indents(right=dated_right))
    if said.note:
        yield paragraph(styles.NOTE, run(said.note))
    if said.signatures and not said.signatures_first:
        yield _thin()
        yield pieces.signing(said.signatures, sheet.area_width)
    if said.imprint or (said.letter and said.copies_to):
        yield from _imprint(said.office, said.dated, said.copies_to, ruled=said.imprint)


def _imprint(office: str, dated: str, copies_to: Sequence[str], *, ruled: bool) -> Iterator[str]:
    """抄送 between a thick rule and a thin one, issuer and date below; a letter has 抄送 alone (§7.4, §10.1)."""
    rows = []
    if copies_to:
        sides = (
            '<w:ind w:leftChars="400" w:left="1120" w:rightChars="100" w:right="280" w:hangingChars="300" '
            'w:hanging="840"/>'
        )
        rows.append(paragraph(styles.IMPRINT, run(f"抄送：{'，'.join(copies_to)}。"), sides))
    if ruled:
        at = round((UPRIGHT.area_width - grid.SMALL_SIZE) * TWIPS)
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{at}"/></w:tabs>'
        content = run(office) + "<w:r><w:tab/></w:r>" + run(f"{dated}印发")
        inset = '<w:ind w:leftChars="100" w:left="280"/>'
        rows.append(paragraph(styles.IMPRINT, content, f'{tab}{inset}<w:jc w:val="left"/>'))
    yield pieces.at_the_foot(rows, UPRIGHT.area_width, ruled=ruled)
    yield _thin()


def _cells(text: str) -> float:
    """Width in characters: figures and Latin take half a square."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _leave_out(word: WordDocument) -> None:
    """The library's template brings styles, a theme and a picture that are no part of an official document."""
    wanted = ("/styles", "/settings")
    for owner, keep in ((word.part.rels, wanted), (word.part.package.rels, ("/officeDocument", "/core-properties"))):
        for key in [key for key, each in owner.items() if not each.reltype.endswith(keep)]:
            del owner[key]


def _fill(element: Any, children: Sequence[Any]) -> None:
    """Another content for an element that the package holds on to."""
    for child in list(element):
        element.remove(child)
    for child in children:
        element.append(child)


def _name(word: WordDocument, words: told.Told, issued_at: datetime) -> None:
    facts = word.core_properties
    at = issued_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    facts.title, facts.subject, facts.author = (
        printable(each)[:255] for each in (words.title, words.number, words.author)
    )
    facts.last_modified_by, facts.comments, facts.keywords = facts.author, "", ""
    facts.created = facts.modified = at
    facts.revision, facts.language = 1, "zh-CN"


def _packed(word: WordDocument) -> bytes:
    """Saved with the same times in the ZIP's list whenever it is written."""
    raw, out = io.BytesIO(), io.BytesIO()
    word.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(given.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            packed.writestr(zipfile.ZipInfo(name, _ZIP_TIME), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

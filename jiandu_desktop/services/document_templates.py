"""文书模板: how the office words its documents, kept as data, set by workbook, in force on every laptop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NUMBER_MARKS, DocumentKind, DocumentTemplate
from jiandu_desktop.domain.document.template import NO_COPIES, Part
from jiandu_desktop.domain.document.template_rules import parts_of
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.unit import TEMPLATES_FACT, Unit, read_unit, templates_of
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county
from jiandu_desktop.sync.operation import Draft

if TYPE_CHECKING:
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.spreadsheets.templates_book import TemplateLine

Templates = Mapping[DocumentKind, DocumentTemplate]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateBook:
    """What holds here: the kinds that are worded otherwise, and whether it can be changed on this computer."""

    templates: tuple[tuple[DocumentKind, DocumentTemplate], ...]
    is_office: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReport:
    """What an import did: the kinds that are worded otherwise now, by name, and what the reader did by itself."""

    file: str
    kinds: tuple[str, ...]
    notices: tuple[str, ...]


class DocumentTemplates:
    """Reading the templates anywhere; setting them on the office's own computer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> TemplateBook:
        """The templates in force, in the order of the kinds."""
        with self._store.reading() as work:
            known = dict(read_unit(work).templates)
        return TemplateBook(
            templates=tuple((kind, known[kind.value]) for kind in DocumentKind if kind.value in known),
            is_office=self._store.membership().role.value == "office",
        )

    def export(self, path: Path) -> None:
        """Write every part that may be worded otherwise, with the office's words where there are some.

        Raises Trouble `file-not-writable`, `disk-full`.
        """
        from jiandu_desktop.spreadsheets.templates_book import write_templates

        with self._store.reading() as work:
            unit = read_unit(work)
        write_templates(path, list(_lines(unit)))

    def import_file(self, path: Path) -> TemplateReport:
        """Put a workbook's templates in force: all of it or, with any fault, nothing. What it leaves empty is the
        program's again.

        Raises ImportRefused with file, sheet, row and column of every fault, Trouble `sheet-…`, `not-office`.
        """
        from jiandu_desktop.documents.template_words import headings_of
        from jiandu_desktop.services.importing import ImportRefused
        from jiandu_desktop.spreadsheets.templates_book import read_templates

        self._check_office()
        reading = read_templates(path, {kind: headings_of(kind) for kind in DocumentKind})
        if reading.faults:
            raise ImportRefused(path.name, [fault.sentence() for fault in reading.faults])
        made = _templates(reading.records)
        self.put(made)
        return TemplateReport(
            file=path.name,
            kinds=tuple(DOCUMENT_KIND_NAMES[kind] for kind in made),
            notices=tuple(notice.sentence() for notice in reading.notices if notice.code != "note-no-rows"),
        )

    def reset(self) -> None:
        """Word everything as the program does again; raises Trouble `not-office`."""
        self._check_office()
        self.put({})

    def put(self, templates: Templates) -> None:
        """Put templates in force here, and on every laptop with the next publication; raises Trouble `not-office`."""
        self._check_office()
        wire = {kind.value: to_wire(template) for kind, template in templates.items()}
        templates_of(wire)
        with self._store.writing() as work:
            county.keep_fact(work, TEMPLATES_FACT, wire)
            self._store.record(work, [Draft("office.templates", "templates", {"templates": wire})])
        self._store.publish(Changes(settings=True))

    def _check_office(self) -> None:
        if self._store.membership().role.value != "office":
            raise Trouble("not-office", path=str(self._store.folder.root))


def _templates(lines: Iterable[TemplateLine]) -> dict[DocumentKind, DocumentTemplate]:
    made: dict[DocumentKind, DocumentTemplate] = {}
    for line in lines:
        own = made.get(line.kind, DocumentTemplate())
        made[line.kind] = _with(own, line)
    return {kind: made[kind] for kind in DocumentKind if kind in made}


def _with(own: DocumentTemplate, line: TemplateLine) -> DocumentTemplate:
    match line.part:
        case Part.HEADING:
            return replace(own, headings=(*own.headings, (line.original, line.text)))
        case Part.DEMAND:
            return replace(own, demand=(*own.demand, line.text))
        case Part.SIGNATORY:
            return replace(own, signatories=(*own.signatories, line.text))
        case Part.COPIES:
            named = () if line.text == NO_COPIES else tuple(each for each in line.text.split("、") if each)
            return replace(own, copies_to=(*(own.copies_to or ()), *named))
        case _:
            single: dict[str, Any] = {line.part.value: line.text}
            return replace(own, **single)


def _lines(unit: Unit) -> Iterable[TemplateLine]:
    from jiandu_desktop.documents.template_samples import sample
    from jiandu_desktop.documents.template_words import ending_of, headings_of
    from jiandu_desktop.spreadsheets.templates_book import TemplateLine

    known = dict(unit.templates)
    for kind in DocumentKind:
        own = known.get(kind.value, DocumentTemplate())
        opening, demands = sample(kind)
        now = {
            Part.ISSUER: unit.name,
            Part.MARK: NUMBER_MARKS[kind],
            Part.OPENING: opening or "（按记录里的数字写）",
            Part.ENDING: ending_of(kind),
            Part.COPIES: "、".join(unit.copies_to),
            Part.CONTACT: unit.contact,
            Part.TELEPHONE: unit.telephone,
        }
        for part in parts_of(kind):
            if part is Part.HEADING:
                given = dict(own.headings)
                for heading in headings_of(kind):
                    yield TemplateLine(kind=kind, part=part, original=heading, text=given.get(heading, ""))
                continue
            texts = _texts(own, part)
            originals = demands if part is Part.DEMAND else (now.get(part, ""),) * len(texts)
            for original, text in zip_longest(originals, texts, fillvalue=""):
                yield TemplateLine(kind=kind, part=part, original=original, text=text)


def _texts(own: DocumentTemplate, part: Part) -> tuple[str, ...]:
    """What the office has for a part: one text, or several lines; an empty one where it has none."""
    match part:
        case Part.DEMAND:
            return own.demand or ("",)
        case Part.SIGNATORY:
            return own.signatories or ("",)
        case Part.COPIES:
            return ("",) if own.copies_to is None else own.copies_to or (NO_COPIES,)
        case _:
            return (str(getattr(own, part.value)),)

"""本单位: the office that this laptop belongs to, as its documents name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.document.template import DocumentTemplate
from jiandu_desktop.services.wire import from_wire, to_wire
from jiandu_desktop.storage import county

if TYPE_CHECKING:
    from jiandu_desktop.domain.document import Office
    from jiandu_desktop.storage.records import Work


TEMPLATES_FACT = "document_templates"
Templates = tuple[tuple[str, DocumentTemplate], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The office: full name for the red head, code letters (机关代字, 青教) for numbers, county for the window."""

    name: str
    code_letters: str
    county: str = ""
    contact: str = ""
    telephone: str = ""
    copies_to: tuple[str, ...] = ()
    templates: Templates = ()
    """The kinds of documents that it words in its own way, by the kind's value; published apart from the rest."""

    def office(self) -> Office:
        from jiandu_desktop.domain.document import Office

        return Office(
            name=self.name,
            code_letters=self.code_letters,
            contact=self.contact,
            telephone=self.telephone,
            templates=self.templates,
        )


def read_unit(work: Work) -> Unit:
    """The unit; before the office published it, what the invitation said of its name."""
    return unit_of(county.facts(work))


def unit_of(facts: Mapping[str, Any]) -> Unit:
    """The same from facts that were read already."""
    if "unit" not in facts:
        return Unit(name=facts.get("office_name") or "教育督导室", code_letters="教")
    unit = from_wire(Unit, facts["unit"])
    return replace(unit, templates=templates_of(facts.get(TEMPLATES_FACT) or {}))


def templates_of(known: Mapping[str, Any]) -> Templates:
    """文书模板 from their wire form, without kinds that this program does not know. Raises ValueError, TypeError."""
    from jiandu_desktop.domain.document import DocumentKind

    values = {kind.value for kind in DocumentKind}
    return tuple((kind, from_wire(DocumentTemplate, known[kind])) for kind in sorted(known) if kind in values)


def keep_unit(work: Work, unit: Unit) -> None:
    """Keep the unit (the office's own computer; laptops get it by sync)."""
    county.keep_fact(work, "unit", to_wire(unit))

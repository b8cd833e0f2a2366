"""A checklist as defined: frozen, compiled once, shared by every visit that uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jiandu_desktop.form_engine.attached import Attachment, attached_bytes, form_files
from jiandu_desktop.form_engine.runtime.running import CompiledForm


@dataclass(frozen=True, slots=True)
class Inspection:
    """The inspection columns of one item (the `bind::jiandu:…` columns of the survey sheet).

    `weight`: full marks, None where the item does not count. `failed`: answers that make a problem; empty means that
    the choices' own `failed` column decides. `days`: to put it right, None for the office's default. `evidence`:
    photos or files a failed answer demands. `unit`: shown behind a number field.
    """

    weight: Decimal | None = None
    veto: bool = False
    failed: frozenset[str] = frozenset()
    matter: str = ""
    basis: str = ""
    standard: str = ""
    problem: str = ""
    measure: str = ""
    days: int | None = None
    grade: str = ""
    evidence: int = 0
    phrases: tuple[str, ...] = ()
    self_rated: bool = False
    soft: bool = False
    was: tuple[str, ...] = ()
    indicator: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or a calculated or hidden value. `number` is "" for what is not asked (notes, calculations).

    `parameters`: `start end step` of a range, `rows`, `mediatype`, `max-pixels`, `quality`, `accuracyThreshold`,
    `randomize` … as the XForm spells them.
    """

    ref: str
    name: str
    number: str
    kind: str
    appearance: str
    parameters: Mapping[str, str]
    section_ref: str
    inspection: Inspection
    repeat_ref: str | None

    @property
    def appearances(self) -> frozenset[str]:
        """The words of `appearance`."""
        return frozenset(self.appearance.split())

    @property
    def mediatype(self) -> str:
        """Of image, audio, video and file: `image/*` …; "" for others."""
        return self.parameters.get("mediatype", "")

    @property
    def rows(self) -> int | None:
        """Lines that a text field should show."""
        text = self.parameters.get("rows", "")
        return int(text) if text.isdecimal() and int(text) > 0 else None


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level group; questions outside any group make one of their own, named after the form."""

    ref: str
    number: str
    label: str
    items: tuple[str, ...]
    appearances: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole checklist. `file_hash` is the SHA-256 of the workbook; `xform` the ODK XForm made from it."""

    form_id: str
    version: str
    title: str
    file_hash: str
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    xform: str
    matters: Mapping[str, str]
    attachments: Mapping[str, Attachment] = field(repr=False, compare=False)
    form: CompiledForm = field(repr=False, compare=False)

    @property
    def asks_for_last_saved(self) -> bool:
        """Whether some item starts from the last finished filling (`${last-saved#…}`)."""
        return bool(self.form.model.last_saved)

    def files(self) -> dict[str, bytes]:
        """The files that have to travel with the checklist, by name."""
        return form_files(self.xform, self.attachments)

    def attachment(self, name: str) -> bytes | None:
        """The bytes of an attached file; None where it did not come along."""
        found = self.attachments.get(name)
        return None if found is None else attached_bytes(found)

    def section(self, ref: str) -> Section:
        """Raises KeyError for a section the checklist has not."""
        for section in self.sections:
            if section.ref == ref:
                return section
        raise KeyError(ref)

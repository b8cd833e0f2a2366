"""Visits out of the program: OpenRosa submissions for ODK and Kobo, JSON, CSV (docs/exchange.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jiandu_desktop.domain.attachment import file_name
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import Photo, Visit
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.filling import Visits
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.trail import Trails
from jiandu_desktop.services.visit_csv import encoded, tables
from jiandu_desktop.services.visit_filled import Filled, instance_id
from jiandu_desktop.services.visit_json import visit_document
from jiandu_desktop.storage import visits

SUBMISSION, AUDIT = "submission.xml", "audit.csv"
"""Names inside the folder of one submission: what Collect, Briefcase and Central look for."""

EVIDENCE = "佐证"
"""Folder for photos that prove an answer: the form has no question that could hold them, so no tool may upload them."""

_ROW = re.compile(r"\[\d+\]")
_UPLOADS = frozenset(("image", "audio", "video", "file"))


class Format(StrEnum):
    """What to write."""

    OPENROSA = "openrosa"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Where it went; `missing`: names of photos and files whose bytes are not on this computer."""

    folder: Path
    visits: int
    files: int
    missing: tuple[str, ...]


class VisitExport:
    """Writes visits, finished ones and drafts, and reads them only."""

    def __init__(self, store: Store, filling: Visits, trails: Trails) -> None:
        self._store = store
        self._filling = filling
        self._trails = trails

    def found(self, beginning: str) -> Visit:
        """The one visit whose identifier begins or ends so; raises Trouble `visit-unknown`."""
        with self._store.reading() as work:
            fits = [
                each for each in visits.visits(work) if each.id.startswith(beginning) or each.id.endswith(beginning)
            ]
        if len(fits) != 1 or not beginning:
            raise Trouble("visit-unknown", visit=beginning)
        return fits[0]

    def write(self, visit_ids: Sequence[str], form: Format, folder: Path, progress: Progress) -> Exported:
        """Write these visits into `folder`, which is made where it is not there.

        Raises Trouble `export-folder-in-use` where a file of that name is there already (nothing is overwritten),
        `media-lost` where a checklist is not here, `file-not-writable`, `disk-full`.
        """
        missing: list[str] = []
        written = 0
        gathered: list[Filled] = []
        for place, visit_id in enumerate(visit_ids):
            progress.check()
            filled = self.filled(visit_id)
            if form is Format.OPENROSA:
                written += self._submission(filled, folder / filled.name(), missing)
            elif form is Format.JSON:
                written += self._media(filled, folder, missing, everything=True)
                text = json.dumps(visit_document(filled), ensure_ascii=False, indent=2)
                written += _write(folder / f"{filled.name()}.json", text.encode())
            else:
                written += self._media(filled, folder, missing, everything=False)
                gathered.append(filled)
            progress.report(Step(place + 1, len(visit_ids)))
        if gathered:
            written += _write_tables(gathered, folder)
        return Exported(folder=folder, visits=len(visit_ids), files=written, missing=tuple(missing))

    def filled(self, visit_id: str) -> Filled:
        """Everything of one visit; raises LookupError, Trouble `media-lost`."""
        from jiandu_desktop.form_engine import Instance, submission

        opened = self._filling.resume(visit_id)
        visit = opened.visit
        # `end` of a finished visit is when it was finished, not when somebody exports it.
        end = visit.finished_at
        instance = Instance(
            opened.definition,
            now=self._store.clock if end is None else lambda: end,
            username="、".join(inspector.name for inspector in opened.inspectors),
            deviceid=visit.device,
            prefill=opened.prefill,
            values=opened.values or None,
        )
        with self._store.reading() as work:
            deprecated = f"uuid:{visit.revises}" if visit.revises else visit.origin
            documents = visits.documents(work, visit_id=visit_id)
            signatures, trail = visits.signatures(work, visit_id), visits.trail(work, visit_id)
        xml = submission.with_identity(instance.to_xml(), instance_id(visit), deprecated, AUDIT)
        return Filled(
            opened=opened,
            instance=instance,
            xml=xml,
            values=submission.read(opened.definition.form.model, xml),
            instance_id=instance_id(visit),
            deprecated_id=deprecated,
            documents=documents,
            signatures=signatures,
            trail=trail,
        )

    def _submission(self, filled: Filled, folder: Path, missing: list[str]) -> int:
        """submission.xml, the files named in it beside it, the trail, and the photos that no question holds."""
        written = _write(folder / SUBMISSION, filled.xml)
        written += _write(folder / AUDIT, self._trails.audit(filled.opened.visit.id))
        for ref, photo in _answers_by_file(filled):
            written += self._copy(photo, folder / file_name(filled.values[ref], ()), missing)
        for photo in _evidence(filled):
            number = _number(filled, photo.ref)
            written += self._copy(photo, folder / EVIDENCE / file_name(f"{number} {photo.name}".strip(), ()), missing)
        return written

    def _media(self, filled: Filled, folder: Path, missing: list[str], *, everything: bool) -> int:
        """Into `media/<visit>/`, as two visits may each have a photo of the same name."""
        written = 0
        shown = f"media/{filled.opened.visit.id[-6:]}"
        answers = dict(_answers_by_file(filled))
        for photo in filled.opened.photos if everything else answers.values():
            # The name came from a camera, perhaps from another computer: nothing in it may lead elsewhere.
            path = f"{shown}/{file_name(photo.name, ())}"
            done = self._copy(photo, folder / path, missing)
            if done:
                filled.files[photo.id] = path
            written += done
        filled.media.update({ref: filled.files[photo.id] for ref, photo in answers.items() if photo.id in filled.files})
        return written

    def _copy(self, photo: Photo, path: Path, missing: list[str]) -> int:
        try:
            content = self._store.media.read(photo.sha256)
        except Trouble:
            # An office may have a record before its photos have come.
            missing.append(photo.name)
            return 0
        return _write(path, content)


def _answers_by_file(filled: Filled) -> Iterable[tuple[str, Photo]]:
    """Questions answered by a file, with the file; the answer is its name."""
    kinds = filled.kinds()
    named = {(photo.ref, photo.name): photo for photo in filled.opened.photos}
    for ref, value in filled.values.items():
        if kinds.get(_ROW.sub("", ref)) in _UPLOADS and (ref, value) in named:
            yield ref, named[ref, value]


def _evidence(filled: Filled) -> list[Photo]:
    answers = {photo.id for _, photo in _answers_by_file(filled)}
    return [photo for photo in filled.opened.photos if photo.id not in answers]


def _number(filled: Filled, ref: str) -> str:
    item = filled.opened.definition.items.get(_ROW.sub("", ref))
    return item.number if item is not None else ""


def _write_tables(gathered: Sequence[Filled], folder: Path) -> int:
    by_form: dict[str, list[Filled]] = {}
    for filled in gathered:
        by_form.setdefault(filled.opened.definition.form_id, []).append(filled)
    return sum(
        _write(folder / name, encoded(table))
        for form_id, group in by_form.items()
        for name, table in tables(file_name(form_id, ()), group).items()
    )


def _write(path: Path, content: bytes) -> int:
    if path.exists():
        raise Trouble("export-folder-in-use", path=str(path))
    write_atomically(path, content)
    return 1

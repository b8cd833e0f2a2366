"""A workbook's bytes → Definition: checked, converted, compiled, and kept by the hash of the bytes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine.attached import Attachment, Beside
from jiandu_desktop.form_engine.build import build_definition
from jiandu_desktop.form_engine.check import check_workbook
from jiandu_desktop.form_engine.definition import Definition
from jiandu_desktop.form_engine.faults import FormFaults
from jiandu_desktop.form_engine.runtime.running import CompiledForm
from jiandu_desktop.form_engine.workbook import Refusal, make_xform, read_workbook
from jiandu_desktop.form_engine.xform.expressions import XFormFault
from jiandu_desktop.form_engine.xform.graph import Rule, build_graph
from jiandu_desktop.form_engine.xform.parse import parse_xform

_KEPT: Final = 16  # definitions in memory; a bureau has about ten checklists in use
_known: OrderedDict[str, Definition] = OrderedDict()
_lock: Final = threading.Lock()


def load_form(
    source: Path | bytes, *, file_name: str = "", attachments: Mapping[str, Attachment] | None = None
) -> Definition:
    """The checklist in a workbook; the same bytes give the same Definition.

    `attachments`: its files by name (lists as CSV, XLSX, XML or GeoJSON, pictures of labels …); None: those beside a
    workbook given by its path, in the folder `NAME-media` (as ODK has it) or in the same folder.

    Raises FormFaults with everything that is wrong in the workbook, or Trouble where the file is no workbook that can
    be read (missing, empty, protected, an old .xls …).
    """
    content, name = _content(source, file_name)
    digest = hashlib.sha256(content).hexdigest()
    with _lock:
        known = _known.get(digest)
        if known is not None:
            _known.move_to_end(digest)
            return known
    if attachments is None:
        attachments = Beside(source) if isinstance(source, Path) else {}
    definition = _compile(content, name, digest, attachments)
    with _lock:
        _known[digest] = definition
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return definition


def _content(source: Path | bytes, file_name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or "?"
    try:
        return source.read_bytes(), file_name or source.name
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(source)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(source), reason=error.strerror or str(error)) from error


def _compile(content: bytes, name: str, digest: str, attachments: Mapping[str, Attachment]) -> Definition:
    book = read_workbook(content, name)
    checked = check_workbook(book)
    if checked.faults:
        raise FormFaults(name, checked.faults)
    try:
        xform = make_xform(book)
    except Refusal as refusal:
        raise FormFaults(name, (checked.refused(refusal.message, refusal.row),)) from refusal
    try:
        model = parse_xform(xform.encode())
    except XFormFault as fault:
        raise FormFaults(name, (checked.located(fault),)) from fault
    graph = build_graph(model)
    if graph.cycles:
        raise FormFaults(name, tuple(checked.cycle([_step(rule) for rule in cycle]) for cycle in graph.cycles))
    return build_definition(
        CompiledForm(model, graph),
        file_hash=digest,
        xform=xform,
        matters=checked.matters,
        phrases=checked.phrases,
        notes=checked.notes,
        attachments=attachments,
    )


def _step(rule: Rule) -> tuple[str, str]:
    return rule.target.ref, rule.aspect

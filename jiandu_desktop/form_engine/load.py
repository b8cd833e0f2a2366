"""A workbook's bytes → Definition: checked, converted, compiled, and kept by the hash of the bytes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import cache
from jiandu_desktop.form_engine.attached import Attachment, Beside, ListFile, list_files
from jiandu_desktop.form_engine.build import build_definition
from jiandu_desktop.form_engine.cache import Prepared
from jiandu_desktop.form_engine.definition import Definition
from jiandu_desktop.form_engine.faults import FormFaults
from jiandu_desktop.form_engine.runtime.collection import no_collection
from jiandu_desktop.form_engine.runtime.running import CompiledForm
from jiandu_desktop.form_engine.xform.attachments import Attachments
from jiandu_desktop.form_engine.xform.expressions import XFormFault
from jiandu_desktop.form_engine.xform.graph import Graph, Rule, build_graph
from jiandu_desktop.form_engine.xform.model import Model
from jiandu_desktop.form_engine.xform.parse import parse_xform
from jiandu_desktop.form_engine.xpath.nodes import ELEMENT, Node
from jiandu_desktop.form_engine.xpath.tables import Table

_KEPT: Final = 16  # definitions in memory; a bureau has about ten checklists in use
_known: OrderedDict[tuple[str, ...], Definition] = OrderedDict()
_lock: Final = threading.Lock()


def load_form(
    source: Path | bytes,
    *,
    file_name: str = "",
    attachments: Mapping[str, Attachment] | None = None,
    cached_in: Path | None = None,
) -> Definition:
    """The checklist in a workbook; the same bytes give the same Definition.

    `attachments`: its files by name (lists as CSV, XLSX, XML or GeoJSON, pictures of labels …); None: those beside a
    workbook given by its path, in the folder `NAME-media` (as ODK has it) or in the same folder. `cached_in`: a folder
    for what takes long to make from a workbook.

    Raises FormFaults with everything that is wrong in the workbook and its lists, or Trouble where the file is no
    workbook that can be read (missing, empty, protected, an old .xls …).
    """
    content, name = _content(source, file_name)
    digest = hashlib.sha256(content).hexdigest()
    if attachments is None:
        attachments = Beside(source) if isinstance(source, Path) else {}
    prepared = None if cached_in is None else cache.kept(cached_in, digest)
    with _lock:
        known = next((found for key, found in _known.items() if key[0] == digest), None)
    xform = known.xform if known is not None else prepared.xform if prepared is not None else None
    if xform is not None:
        files, missing = list_files(xform, attachments)
        digests = {file.name: file.digest() for file in files}
        key = (digest, *(f"{name} {digests[name]}" for name in sorted(digests)))
        with _lock:
            known = _known.get(key)
            if known is not None and not missing:
                _known.move_to_end(key)
                return known if known.attachments == attachments else replace(known, attachments=attachments)
        if prepared is not None and not missing and digests == prepared.files:
            try:
                return _remember(_from_prepared(prepared, digest, files, attachments), digests)
            except XFormFault:
                pass  # kept by a program that was more generous: the workbook itself tells what is wrong
    prepared, model, graph = _compile(content, name, attachments)
    if cached_in is not None:
        cache.keep(cached_in, digest, prepared)
    return _remember(_defined(prepared, model, graph, digest, attachments), prepared.files)


def forget() -> None:
    """Let go of every definition in memory, as at the program's start."""
    with _lock:
        _known.clear()


def _remember(definition: Definition, digests: Mapping[str, str]) -> Definition:
    key = (definition.file_hash, *(f"{name} {digests[name]}" for name in sorted(digests)))
    with _lock:
        _known[key] = definition
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


def _compile(content: bytes, name: str, attachments: Mapping[str, Attachment]) -> tuple[Prepared, Model, Graph]:
    from jiandu_desktop.form_engine.check import check_workbook  # brings openpyxl and pyxform
    from jiandu_desktop.form_engine.check.lists_beside import external_lists, in_survey, missing_columns, read_lists
    from jiandu_desktop.form_engine.workbook import Refusal, make_xform, read_workbook

    book = read_workbook(content, name)
    checked = check_workbook(book)
    if checked.faults:
        raise FormFaults(name, checked.faults)
    try:
        xform = make_xform(book)
    except Refusal as refusal:
        raise FormFaults(name, (checked.refused(refusal.message, refusal.row),)) from refusal
    files, missing = list_files(xform, attachments)
    lists = external_lists(book)
    nodes, faults = read_lists(files, missing, f"{Path(name).stem}-media")
    if faults:
        raise FormFaults(name, in_survey(faults, book))
    prepared = Prepared(
        xform, checked.matters, checked.phrases, checked.notes, lists, {file.name: file.digest() for file in files}
    )
    try:
        with no_collection():
            model = parse_xform(xform.encode(), Attachments({**nodes, **_external(lists)}))
            graph = build_graph(model)
    except XFormFault as fault:
        raise FormFaults(name, (checked.located(fault),)) from fault
    if graph.cycles:
        raise FormFaults(name, tuple(checked.cycle([_step(rule) for rule in cycle]) for cycle in graph.cycles))
    faults = missing_columns(model)
    if faults:
        raise FormFaults(name, in_survey(faults, book))
    return prepared, model, graph


def _from_prepared(
    prepared: Prepared, digest: str, files: list[ListFile], attachments: Mapping[str, Attachment]
) -> Definition:
    """The lists were looked through when the entry was made: their nodes are made when they are first asked for."""
    nodes = {file.address: file.node for file in files}
    with no_collection():
        model = parse_xform(prepared.xform.encode(), Attachments({**nodes, **_external(prepared.lists)}))
        graph = build_graph(model)
    return _defined(prepared, model, graph, digest, attachments)


def _defined(
    prepared: Prepared, model: Model, graph: Graph, digest: str, attachments: Mapping[str, Attachment]
) -> Definition:
    return build_definition(
        CompiledForm(model, graph),
        file_hash=digest,
        xform=prepared.xform,
        matters=prepared.matters,
        phrases=prepared.phrases,
        notes=prepared.notes,
        attachments=attachments,
    )


def _external(lists: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]) -> dict[str, Node]:
    found = {}
    for name, (columns, rows) in lists.items():
        wrapper = Node(ELEMENT, "instance")
        wrapper.append(Table(columns, rows))
        found[f"jr://file-csv/{name}.csv"] = wrapper
    return found


def _step(rule: Rule) -> tuple[str, str]:
    return rule.target.ref, rule.aspect

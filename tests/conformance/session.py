"""One form filled in for the scenario runner: the engine's own parts, driven as the runner's docstring defines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jiandu_desktop.form_engine import submission
from jiandu_desktop.form_engine.runtime import metadata
from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.running import CompiledForm, Running
from jiandu_desktop.form_engine.xform.attachments import Attachments, read_attachment
from jiandu_desktop.form_engine.xform.graph import build_graph
from jiandu_desktop.form_engine.xform.parse import parse_xform

ZONE = ZoneInfo("America/Phoenix")


class CircularForm(Exception):
    """The form's rules need each other in a circle."""


def open_form(trace: dict[str, Any], attachments: dict[str, str], instance_xml: str | None, mode: str) -> Session:
    """The callable of the scenario runner."""
    files = Attachments(
        {url: read_attachment(url, text) for url, text in attachments.items()},
        trace.get("missing_resources") == "BLANK",
    )
    model = parse_xform(trace["form_xml"].encode(), files)
    graph = build_graph(model)
    if graph.cycles:
        raise CircularForm
    return Session(CompiledForm(model, graph), trace, instance_xml, mode)


class Session:
    def __init__(self, form: CompiledForm, trace: dict[str, Any], instance_xml: str | None, mode: str) -> None:
        self._trace = trace
        language = trace.get("language") or None
        places = iter(trace.get("geolocation") or ())
        self._running = Running(form, now=self._now, language=language, locate=lambda: str(next(places, "")))
        if instance_xml is not None:
            values = submission.read(form.model, instance_xml.encode())
            submission.restore(self._running.tree, {}, values)
        metadata.fill_in(
            self._running.tree,
            self._now(),
            {name.lower(): value for name, value in (trace.get("preload_properties") or {}).items()},
            fresh=instance_xml is None,
            edit=mode == "edit",
        )
        events = ["odk-instance-load"] if instance_xml is not None else ["odk-instance-load", "odk-instance-first-load"]
        self._running.start(events)

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._trace["_now"]).astimezone(ZONE)

    def answer(self, ref: str, text: str | None) -> None:
        self._running.answer(self._running.tree.find(ref), text or "")

    def create_repeat(self, ref: str) -> None:
        above, _, name = ref.rpartition("/")
        around = self._running.tree.find(above)
        spec = next(child for child in around.spec.children if child.name == name.rpartition(":")[2])
        self._running.add_row(around, spec)

    def remove_repeat(self, ref: str) -> None:
        self._running.remove_row(self._running.tree.find(ref))

    def set_language(self, name: str) -> None:
        self._running.set_language(name)

    def instance_xml(self) -> str:
        return submission.to_xml(self._running.root).decode()

    def snapshot(self) -> dict[str, dict[str, Any]]:
        return dict(self._states(self._running.root))

    def _states(self, field: Field) -> Iterator[tuple[str, dict[str, Any]]]:
        ref = field.ref()
        yield ref, self._state(field)
        for spec in field.spec.children:
            if spec.repeat:
                stand_in, control, words = Field(spec), spec.control, self._running.words
                stand_in.parent = field
                rows = field.rows(spec)
                relevant = any(row.relevant for row in rows) if rows else field.relevant
                label = None
                if control is not None and control.label is not None:
                    label = words.wording(control.label, stand_in)
                yield f"{ref}/{spec.ref.rpartition('/')[2]}[*]", {
                    "relevant": relevant, "readonly": field.readonly or stand_in.readonly, "required": False,
                    "label": label, "hint": None,
                }  # fmt: skip
        for child in field.fields():
            yield from self._states(child)

    def _state(self, field: Field) -> dict[str, Any]:
        control = field.spec.control
        state: dict[str, Any] = {
            "relevant": field.relevant,
            "readonly": field.readonly,
            "required": field.required,
            "label": field.label if control is not None and control.label is not None else None,
            "hint": field.hint if control is not None and control.hint is not None else None,
        }
        if field.spec.leaf:
            value = field.text if field.relevant else ""
            state["value"] = value
            state["constraint_valid"] = field.holds or not value or not field.relevant
            state["required_valid"] = bool(value) or not field.required or not field.relevant
        if control is not None and control.kind in ("select1", "select", "rank"):
            state["choices"] = [
                [option.value, self._running.words.option_label(option, control, field)] for option in field.options
            ]
        return state

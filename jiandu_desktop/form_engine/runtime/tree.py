"""The fields of one filled form as a tree: built from the definition, found by ref, rows put in their place."""

from __future__ import annotations

from typing import Final

from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.xform.model import Model, Row, Spec
from jiandu_desktop.form_engine.xpath.nodes import DOCUMENT, Node

MOST_ROWS: Final = 5_000  # of one repeat; a form that asks for more is a slip of the pen


class Refused(ValueError):
    """An answer, row or reference that the form does not allow."""


class Tree:
    """`document` is the XPath root; `root` the primary instance's element."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.document = Node(DOCUMENT)
        self._single: dict[int, Field] = {}
        self.root = self.build(model.root)
        self.document.append(self.root)
        self.single: dict[str, list[Node]] = {path: [self._single[spec.index]] for path, spec in model.single.items()}

    def find(self, ref: str) -> Field:
        """The field at `ref`; raises Refused where there is none."""
        spec = self.model.by_ref.get(ref)
        if spec is not None and spec.index in self._single:
            return self._single[spec.index]
        at: Field | None = None
        for part in ref.strip("/").split("/"):
            name, _, place = part.partition("[")
            local = name.rpartition(":")[2]
            rows = [self.root] if at is None else [f for f in at.named(local) if isinstance(f, Field)]
            number = int(place.rstrip("]")) if place.rstrip("]").isdigit() else 1
            if not 0 < number <= len(rows) or rows[number - 1].name != local:
                raise Refused(f"no field {ref!r}")
            at = rows[number - 1]
        if at is None:
            raise Refused(f"no field {ref!r}")
        return at

    def located(self, spec: Spec, anchor: Spec | None, source: Field) -> list[Field]:
        """The fields of `spec` that share the field of `anchor` with `source` (None: all of the form)."""
        single = self._single.get(spec.index)
        if single is not None:
            return [single]
        start = source
        while start.spec is not anchor and start.above is not None:
            start = start.above
        path: list[Spec] = []
        at: Spec | None = spec
        while at is not None and at is not start.spec:
            path.append(at)
            at = at.parent
        found = [start]
        for step in reversed(path):
            found = [child for field in found for child in field.rows(step)]
        return found

    def build(self, spec: Spec, row: Row | None = None) -> Field:
        """A field with everything below it; `row`: texts and rows that the form brings along for this place."""
        field = Field(spec)
        if row is not None and spec.leaf:
            field.stored = field.text = row.texts.get(spec.ref, spec.text)
        if not spec.repeats():
            self._single[spec.index] = field
        for child in spec.children:
            if not child.repeat:
                field.append(self.build(child, row))
                continue
            brought = child.first_rows if row is None else row.rows.get(child.ref, [])
            for own in brought:
                field.append(self.build(child, own))
            if not brought and child.fixed_rows and child.count is None:
                field.append(self.build(child))
        return field

    def insert_row(self, around: Field, spec: Spec) -> Field:
        """A new last row of the repeat `spec` below `around`; raises Refused beyond MOST_ROWS."""
        rows = around.rows(spec)
        if len(rows) >= MOST_ROWS:
            raise Refused(f"{spec.ref} has {MOST_ROWS} rows already")
        brought = spec.first_rows[len(rows)] if spec.count is not None and len(rows) < len(spec.first_rows) else None
        row = self.build(spec, brought)
        around.insert(self._place_for(around, spec, rows), row)
        return row

    def set_rows(self, around: Field, spec: Spec, wanted: int) -> None:
        """Bring a repeat to a number of rows before the first computation."""
        for row in around.rows(spec)[wanted:]:
            around.remove(row)
        while len(around.rows(spec)) < min(wanted, MOST_ROWS):
            self.insert_row(around, spec)

    def add_leaf(self, around: Field, spec: Spec) -> Field:
        """A field that the definition lacks and this instance needs (`deprecatedID`)."""
        field = Field(spec)
        around.append(field)
        return field

    def _place_for(self, around: Field, spec: Spec, rows: list[Field]) -> int:
        """After the last row; for the first row, after everything that the form defines before the repeat."""
        if rows:
            return next(i for i, child in enumerate(around.children) if child is rows[-1]) + 1
        before = [i for i, child in enumerate(around.fields()) if child.spec.index < spec.index]
        return before[-1] + 1 if before else 0

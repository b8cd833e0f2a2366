"""Any form we fill in says the same in ODK Collect: values, relevance and validity, compared with JavaRosa itself.

`JIANDU_JAVAROSA=2000` compares that many forms instead of the few of CI.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.running import CompiledForm, Running
from jiandu_desktop.form_engine.runtime.tree import Refused
from jiandu_desktop.form_engine.xform.graph import build_graph
from jiandu_desktop.form_engine.xform.parse import parse_xform
from tests.support.javarosa import JavaRosa, missing
from tests.support.javarosa.forms import VALUES, Form, forms

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "there is JavaRosa")
FORMS = int(os.environ.get("JIANDU_JAVAROSA", "40"))


@pytest.fixture(scope="module")
def javarosa() -> Iterator[JavaRosa]:
    with JavaRosa("-Duser.timezone=UTC", "-Xmx256m") as running:
        yield running


@settings(max_examples=FORMS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=forms(), data=st.data())
def test_values_relevance_and_validity_are_those_of_javarosa(
    javarosa: JavaRosa, form: Form, data: st.DataObject
) -> None:
    javarosa.load(form.xform)
    model = parse_xform(form.xform.encode())
    ours = Running(CompiledForm(model, build_graph(model)), now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    ours.start(["odk-instance-load", "odk-instance-first-load"])
    _compare(ours, javarosa, "at the start")
    rows = form.rows
    for _ in range(data.draw(st.integers(1, 6))):
        if form.rows and data.draw(st.integers(0, 4)) == 0:
            rows += 1
            ours.add_row(ours.root, next(child for child in ours.root.spec.children if child.repeat))
            javarosa.add_row(f"/data/r[{rows}]")
        question = data.draw(st.sampled_from([q for q in form.questions if q.kind != "calculate"] or form.questions))
        if question.kind == "calculate":
            continue
        place = data.draw(st.integers(1, rows)) if rows else 1
        ref = question.path.replace("/data/r/", f"/data/r[{place}]/")
        text = data.draw(st.sampled_from(VALUES[question.kind]))
        try:
            ours.answer(ours.tree.find(ref), text)
        except Refused:
            continue  # read-only: the screen of Collect asks nothing either
        javarosa.answer(ref, text)
        _compare(ours, javarosa, f"{ref} := {text!r}")


def _compare(ours: Running, javarosa: JavaRosa, when: str) -> None:
    theirs = javarosa.state()
    for field in ours.root.all_below():
        ref = field.ref()
        if ref.startswith("/data/meta"):
            continue  # the identifier of the submission, which we add where a form has none
        other = theirs.get(ref)
        assert other is not None, f"{when}: JavaRosa has no {ref}"
        assert field.relevant == other["relevant"], f"{when}: relevance of {ref}"
        if not field.relevant or not field.spec.leaf:
            continue
        assert _same(field.text, other["value"]), f"{when}: {ref} is {field.text!r}, in JavaRosa {other['value']!r}"
        assert field.readonly == other["readonly"], f"{when}: read-only {ref}"
        assert field.required == other["required"], f"{when}: required {ref}"
        assert _holds(field) == other["holds"], f"{when}: constraint of {ref} with {field.text!r}"


def _holds(field: Field) -> bool:
    return field.holds or not field.text


def _same(text: str, other: Any) -> bool:
    if text == other:
        return True
    try:
        return math.isclose(float(text), float(other), rel_tol=1e-12)
    except ValueError:
        return False

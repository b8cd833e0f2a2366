"""No input ends the program or keeps it busy: expressions, patterns, damaged files, odd cells.

`JIANDU_FUZZ=100000` tries that many; CI tries a few hundred. Inputs that once broke something stay below by name.
"""

from __future__ import annotations

import os
import random
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType

import pytest
from lxml import etree

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import Instance, load_form
from jiandu_desktop.form_engine.faults import FormFaults
from jiandu_desktop.form_engine.xform.expressions import EXPRESSION_ERRORS
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.nodes import document
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.pattern_syntax import PatternFault
from jiandu_desktop.form_engine.xpath.patterns import TooLong, pattern
from jiandu_desktop.form_engine.xpath.scope import Scope
from jiandu_desktop.form_engine.xpath.values import to_number, to_string
from tests.support import fuzzing
from tests.support.checklists import END_GROUP, END_REPEAT, clock, q, workbook

TRIES = int(os.environ.get("JIANDU_FUZZ", "600"))
FORM = workbook(
    [
        q("integer", "a", "甲", j_weight=""),
        q("select_one ypn", "b", "乙", relevant="${a} > 1", j_weight=5),
        q("begin_repeat", "r", "行"),
        q("decimal", "n", "数", constraint=". < 10"),
        dict(END_REPEAT),
        q("begin_group", "g", "组"),
        q("calculate", "c", "", calculation="sum(${n})"),
        dict(END_GROUP),
    ]
)
DOCUMENT = '<data id="t"><a>5</a><b>x y</b><r><n>1</n></r><r><n/></r><d>2020-01-02</d><p>1 2 0 0;3 4 0 0</p></data>'


class Tried:
    """Names the input in the report of whatever goes wrong with it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(self._text)


class _Words:
    def itext(self, name: str, node: object) -> str:
        return name

    def choice_name(self, value: str, question: str, node: object) -> str:
        return value


def evaluate(text: str) -> None:
    """Compile and run as a form does; only the errors that a form turns into sentences may come out."""
    top = document(etree.fromstring(DOCUMENT))
    scope = Scope(top, lambda: datetime(2026, 11, 22, tzinfo=UTC), UTC, {}, _Words())
    try:
        compiled = compile_expression(parse(text), FORMS, {"": "*"})
    except EXPRESSION_ERRORS:
        return
    value = compiled.value_or_blank(top.elements()[0], scope)
    to_string(value)
    to_number(value, UTC)


def load(content: bytes) -> None:
    try:
        visit = Instance(load_form(content, file_name="表.xlsx"), now=clock)
        visit.violations()
    except (Trouble, FormFaults):
        return


def test_any_expression_is_answered_or_refused() -> None:
    for seed in range(TRIES * 8 // 10):
        text = fuzzing.expression(random.Random(seed))
        with Tried(f"seed {seed}: {text!r}"):
            evaluate(text)


def test_any_pattern_is_answered_or_refused() -> None:
    signs = "ab1.*+?|()[]{}^$\\d\\w\\b\\p{L}(?=(?!(?:{2,3}-,&&\\Q\\Ex"
    for seed in range(TRIES // 10):
        chance = random.Random(seed)
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(1, 25)))
        with Tried(f"seed {seed}: {text!r}"), suppress(PatternFault, TooLong):
            pattern(text).matches("".join(chance.choice("ab1 ") for _ in range(chance.randrange(60))))


@pytest.mark.parametrize("spoil", [fuzzing.damaged, fuzzing.part_damaged, fuzzing.odd_cells])
def test_any_workbook_is_read_or_refused(spoil: object) -> None:
    assert callable(spoil)
    for seed in range(TRIES // 30):
        with warnings.catch_warnings(), Tried(f"seed {seed} of {spoil}"):
            warnings.simplefilter("ignore")  # openpyxl's remarks on what it leaves out
            load(spoil(random.Random(seed), FORM))


BROKE_ONCE = {
    "an inspection column in the choices sheet": workbook(
        [q("select_one ypn", "a", "甲")], [{"list_name": "ypn", "name": "yes", "label": "是", "bind::jiandu:weight": 0}]
    ),
    "bytes that no longer unpack": FORM[:3_000] + bytes(64) + FORM[3_064:],
}


@pytest.mark.parametrize("content", BROKE_ONCE.values(), ids=BROKE_ONCE.keys())
def test_a_workbook_that_once_broke_the_program_does_no_more(content: bytes) -> None:
    load(content)


@pytest.mark.parametrize(
    "text",
    [
        "substr('hello', 0, 1 div 0)",  # an infinity was made a whole number
        "*[1=1+1*count(" * 15 + "*" + ")]" * 15,  # every level doubled the work
        "if(1=1+1*1,1+" * 45 + "1" + ",1)" * 45,  # Python's stack ran out
        "regex('" + "a" * 2_000 + "', '(a+)+b')",  # years
    ],
)
def test_an_expression_that_once_broke_the_program_does_no_more(text: str) -> None:
    evaluate(text)

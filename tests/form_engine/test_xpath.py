"""Expressions mean what XPath 1.0 and the ODK XForms specification say."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jiandu_desktop.form_engine.xform.expressions import EXPRESSION_ERRORS
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.nodes import document
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.scope import Scope, UnknownFunction, UnknownVariable, WrongArguments
from jiandu_desktop.form_engine.xpath.syntax import ExpressionFault
from jiandu_desktop.form_engine.xpath.values import number_text, to_string

ZONE = timezone(timedelta(hours=8))
DOCUMENT = document(
    etree.fromstring(
        "<data><school><name>城关二小</name><pupils>1250</pupils></school>"
        "<class><n>41</n></class><class><n>46</n></class><class><n>39</n></class>"
        "<when>2026-11-21</when><blank/><picked>a c</picked></data>"
    )
)


def value(expression: str) -> str:
    scope = Scope(DOCUMENT, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=ZONE), ZONE)
    return to_string(compile_expression(parse(expression), FORMS, {"": "*"}).value(DOCUMENT.elements()[0], scope))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3 - 4 div 2", "5"),
        ("7 mod -3", "1"),
        ("-(-3)", "3"),
        ("1and 1", "true"),
        ("/data/school/pupils", "1250"),
        ("school/pupils > 1000 and school/pupils <= 1500", "true"),
        ("count(class)", "3"),
        ("sum(class/n)", "126"),
        ("max(class/n)", "46"),
        ("class[2]/n", "46"),
        ("class[last()]/n", "39"),
        ("class[n > 45]/n", "46"),
        ("count(//n)", "3"),
        ("count(class[position() < 3])", "2"),
        ("name(class[1]/..)", "data"),
        ("class[2]/following-sibling::class/n", "39"),
        ("class[2]/preceding-sibling::*[1]/n", "41"),
        ("concat(school/name, '-', 2)", "城关二小-2"),
        ("string-length(school/name)", "4"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substring('12345', 2, 3)", "234"),
        ("selected(picked, 'c')", "true"),
        ("selected(picked, 'b')", "false"),
        ("count-selected(picked)", "2"),
        ("selected-at(picked, 1)", "c"),
        ("if(blank = '', '空', '有')", "空"),
        ("coalesce(blank, '无')", "无"),
        ("blank > 3", "false"),
        ("number(blank)", "NaN"),
        ("round(2.5)", "3"),
        ("round(-1.5)", "-1"),
        ("round(2.15, 1)", "2.2"),
        ("int(7.9)", "7"),
        ("pow(2, 10)", "1024"),
        ("regex('a12345678901b', '[0-9]{11}')", "false"),
        ("regex('13800000000', '[0-9]{11}')", "true"),
        ("boolean-from-string('TRUE')", "true"),
        ("today()", "2026-11-21"),
        ("when = today()", "true"),
        ("date('2026-12-01') > today()", "true"),
        ("'2026-11-20' < today()", "true"),
        ("date(today() + 15)", "2026-12-06"),
        ("int((date('2026-12-01') - today()))", "10"),
        ("format-date(when, '%Y年%n月%e日')", "2026年11月21日"),
        ("format-date('2026-11-21T08:05:00+08:00', '%H:%M')", "08:05"),
        ("checklist(2, -1, 1 = 1, 2 = 3, 4 = 4)", "true"),
        ("weighted-checklist(3, 5, 1 = 1, 2, 1 = 1, 2)", "true"),
        ("join('、', class/n)", "41、46、39"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("translate('aabb', 'ab', 'b')", "bb"),
        ("normalize-space('  a   b ')", "a b"),
        ("not(class)", "false"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("1 div 0", "Infinity"),
        ("0.0000001", "0.0000001"),
    ],
)
def test_expression_has_the_value_that_the_specification_gives(expression: str, expected: str) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "code", "at"),
    [
        ("1 +", "expression-expected-name", 3),
        ("(1 + 2", "expression-expected", 6),
        ("'open", "expression-open-quote", 0),
        ("a = “x”", "expression-unknown-sign", 4),
        ("1 2", "expression-left-over", 2),
        ("foo::bar", "expression-unknown-axis", 0),
        ("(" * 200 + "1" + ")" * 200, "expression-too-deep", 100),
        ("1" * 100_001, "expression-too-long", 100_000),
    ],
)
def test_syntax_error_is_named_with_its_place(expression: str, code: str, at: int) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(expression)
    assert (caught.value.code, caught.value.at) == (code, at)


def test_long_sum_is_no_trouble() -> None:
    assert value("+".join(["1"] * 20_000)) == "20000"


def test_function_that_does_not_exist_is_found_before_anything_runs() -> None:
    with pytest.raises(UnknownFunction):
        compile_expression(parse("false() and nothing(1)"), FORMS)
    with pytest.raises(WrongArguments):
        compile_expression(parse("selected(1)"), FORMS)
    with pytest.raises(WrongArguments):
        compile_expression(parse("count('text')"), FORMS)
    with pytest.raises(UnknownVariable):
        compile_expression(parse("$x"), FORMS)


@given(st.text(alphabet="ab12 ()[]/.*+-=<>!'\"|,:@$and", max_size=40))
def test_any_text_is_an_expression_or_a_named_fault(text: str) -> None:
    with suppress(*EXPRESSION_ERRORS):
        compile_expression(parse(text), FORMS, {"": "*"})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_written_as_text_is_the_same_number_without_exponent(number: float) -> None:
    text = number_text(number)
    assert "e" not in text
    assert math.isclose(float(text), number, rel_tol=1e-15, abs_tol=0.0) or float(text) == number

"""A condition as one would say it: `${boarders} > 0 and ${dorm} = 'yes'` → “寄宿生数”大于 0，并且“有宿舍”是“是”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jiandu_desktop.form_engine.check.formulas import read_formula
from jiandu_desktop.form_engine.xpath import syntax

_SIGNS: Final = {"=": "等于", "!=": "不等于", "<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于"}
_ARITHMETIC: Final = {"+": "加", "-": "减", "*": "乘", "div": "除以", "mod": "除的余数"}
_CALLS: Final = {
    "selected": "{0}选了{1}",
    "not": "不满足（{0}）",
    "today": "今天",
    "now": "现在",
    "true": "总是",
    "false": "从不",
    "string-length": "{0}的字数",
    "count-selected": "{0}选了几项",
    "if": "如果{0}，就是{1}，否则{2}",
    "coalesce": "{0}（没有就用{1}）",
    "round": "{0}四舍五入到 {1} 位",
    "int": "{0}取整数",
    "date": "{0}",
    "number": "{0}",
    "count": "{0}的份数",
    "sum": "{0}的合计",
    "regex": "{0}的写法符合 {1}",
}
_LONGEST: Final = 20  # characters of a label inside a condition


def in_words(text: str, labels: Mapping[str, str], choices: Mapping[str, Mapping[str, str]], here: str = "") -> str:
    """`labels`: question name → label; `choices`: question name → value → label; `here`: the name that `.` stands for.

    A condition that goes beyond these words is given as it stands.
    """
    formula = read_formula(text)
    if formula is None:
        return text
    try:
        return _Speaker(labels, choices, formula.names, here).say(formula.tree)
    except _Unspeakable:
        return text


class _Unspeakable(Exception):
    """There is no plain word for it."""


class _Speaker:
    def __init__(
        self,
        labels: Mapping[str, str],
        choices: Mapping[str, Mapping[str, str]],
        names: Mapping[str, str],
        here: str,
    ) -> None:
        self._labels = labels
        self._choices = choices
        self._names = names
        self._here = here

    def say(self, part: syntax.Expr) -> str:
        if isinstance(part, syntax.Number):
            return f"{part.value:g}"
        if isinstance(part, syntax.Literal):
            return f"“{part.value}”" if part.value else "空"
        if isinstance(part, syntax.Path):
            return self._label(self._name(part))
        if isinstance(part, syntax.Chain):
            return self._chain(part)
        if isinstance(part, syntax.Call):
            return self._call(part)
        raise _Unspeakable

    def _chain(self, part: syntax.Chain) -> str:
        if part.level in ("and", "or"):
            word = "，并且" if part.level == "and" else "，或者"
            said = []
            for operand in (part.first, *(operand for _, operand in part.rest)):
                inner = isinstance(operand, syntax.Chain) and operand.level in ("and", "or")
                said.append(f"（{self.say(operand)}）" if inner else self.say(operand))
            return word.join(said)
        words = self.say(part.first)
        before = part.first
        for sign, operand in part.rest:
            words += self._comparison(sign, before, operand)
            before = operand
        return words

    def _comparison(self, sign: str, left: syntax.Expr, right: syntax.Expr) -> str:
        if isinstance(right, syntax.Literal) and sign in ("=", "!="):
            if not right.value:
                return "没有填" if sign == "=" else "填了"
            return f"{'是' if sign == '=' else '不是'}“{self._choice(left, right.value)}”"
        if sign in _SIGNS:
            value = self.say(right)
            return f"{_SIGNS[sign]} {value}" if value[:1].isdigit() else f"{_SIGNS[sign]}{value}"
        if sign in _ARITHMETIC:
            value = self.say(right)
            return f"{_ARITHMETIC[sign]} {value}" if value[:1].isdigit() else f"{_ARITHMETIC[sign]}{value}"
        raise _Unspeakable

    def _call(self, part: syntax.Call) -> str:
        pattern = _CALLS.get(part.name)
        if pattern is None or pattern.count("{") > len(part.arguments):
            raise _Unspeakable
        arguments = [self.say(argument) for argument in part.arguments]
        if part.name == "selected" and isinstance(part.arguments[1], syntax.Literal):
            arguments[1] = f"“{self._choice(part.arguments[0], part.arguments[1].value)}”"
        return pattern.format(*arguments)

    def _choice(self, asked: syntax.Expr, value: str) -> str:
        name = self._name(asked) if isinstance(asked, syntax.Path) else ""
        return self._choices.get(name, {}).get(value, value)

    def _name(self, part: syntax.Path) -> str:
        if part.start is None and part.steps == (syntax.SELF,):
            return self._here
        if part.start is None and len(part.steps) == 1 and part.steps[0].test.local in self._names:
            return self._names[part.steps[0].test.local]
        raise _Unspeakable

    def _label(self, name: str) -> str:
        if name == self._here:
            return "本题"
        label = self._labels.get(name) or name
        return f"“{label if len(label) <= _LONGEST else label[:_LONGEST] + '…'}”"

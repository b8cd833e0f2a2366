"""Random forms that JavaRosa and we must agree on, as XForms text, with the answers to give.

Left out by construction, since the specification or forms.md decides otherwise than JavaRosa:
a node-set as a condition (XPath: there is a node; JavaRosa: it has a value), `<` on a date and a text that looks like
one, `max` and `min` over blanks, numbers beyond 10^7 or below 10^-3 as text (JavaRosa writes `1.0E7`), paths with
`[n]`, `//` and unions (JavaRosa has none), the number of nodes that are not relevant (blank here and in web-forms, no
nodes at all in JavaRosa), a condition kept as text (`1` in JavaRosa, `true` here and in web-forms), time zones other
than UTC (a date as a number is whole days there).
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

_HEAD = (
    '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"'
    ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>'
)
CHOICES = ("a", "b", "c")
VALUES = {
    "int": ("", "0", "1", "3", "-2", "17"),
    "decimal": ("", "0", "0.5", "2.25", "-1.5", "40"),
    "string": ("", "x", "ab c", "7", " pad ", "Zebra"),
    "date": ("", "2020-02-29", "2026-11-22", "1999-12-31"),
    "select1": ("", *CHOICES),
    "select": ("", "a", "a c", "b c", "a b c"),
}


@dataclass(frozen=True, slots=True)
class Question:
    path: str
    kind: str  # a key of VALUES, or "calculate"
    type: str  # of the bind
    rules: tuple[tuple[str, str], ...]
    start: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    questions: tuple[Question, ...]
    rows: int  # of the repeat /data/r; 0: there is none

    @property
    def xform(self) -> str:
        outer = [q for q in self.questions if not q.path.startswith("/data/r/")]
        inner = [q for q in self.questions if q.path.startswith("/data/r/")]
        leaves = "".join(f"<{q.path.rpartition('/')[2]}>{q.start}</{q.path.rpartition('/')[2]}>" for q in outer)
        row = "".join(f"<{q.path.rpartition('/')[2]}/>" for q in inner)
        repeat = f'<r jr:template="">{row}</r>' + f"<r>{row}</r>" * self.rows if inner else ""
        binds = "".join(
            f'<bind nodeset="{q.path}" type="{q.type}"'
            + "".join(f" {name}={quoteattr(text)}" for name, text in q.rules)
            + "/>"
            for q in self.questions
        )
        body = "".join(map(_control, outer))
        if inner:
            body += f'<group ref="/data/r"><repeat nodeset="/data/r">{"".join(map(_control, inner))}</repeat></group>'
        return (
            f'{_HEAD}<instance><data id="t">{leaves}{repeat}</data></instance>{binds}</model></h:head>'
            f"<h:body>{body}</h:body></h:html>"
        )


def _control(question: Question) -> str:
    if question.kind == "calculate":
        return ""
    if question.kind not in ("select1", "select"):
        return f'<input ref="{question.path}"><label>q</label></input>'
    items = "".join(f"<item><label>{name.upper()}</label><value>{name}</value></item>" for name in CHOICES)
    return f'<{question.kind} ref="{question.path}"><label>q</label>{items}</{question.kind}>'


@st.composite
def forms(draw: st.DrawFn) -> Form:
    made: list[Question] = []
    for place in range(draw(st.integers(3, 8))):
        made.append(draw(_question(f"/data/q{place}", tuple(made), repeated=False)))
    rows = draw(st.integers(0, 2))
    if rows:
        for place in range(draw(st.integers(1, 3))):
            made.append(draw(_question(f"/data/r/n{place}", tuple(made), repeated=True)))
        made.append(draw(_summary("/data/total", made)))
    return Form(tuple(made), rows)


@st.composite
def _question(draw: st.DrawFn, path: str, earlier: tuple[Question, ...], *, repeated: bool) -> Question:
    kind = draw(st.sampled_from([*VALUES, "calculate", "calculate"]))
    if kind == "calculate" and earlier:
        type_ = draw(st.sampled_from(["string", "decimal"]))
        text = draw(_text(earlier) if type_ == "string" else _number(earlier))
        rules = [("calculate", text), *draw(_rules(earlier, ("relevant",)))]
        return Question(path, "calculate", type_, tuple(rules))
    kind = "int" if kind == "calculate" else kind
    type_ = kind if kind in ("int", "decimal", "date") else "string"
    rules = draw(_rules(earlier, ("relevant", "required", "readonly")))
    if draw(st.booleans()):
        rules.append(("constraint", draw(_own(kind))))
    start = "" if repeated else draw(st.sampled_from(VALUES[kind])).strip()  # JavaRosa trims what a form brings
    return Question(path, kind, type_, tuple(rules), start)


@st.composite
def _rules(draw: st.DrawFn, earlier: tuple[Question, ...], names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, draw(_test(earlier))) for name in names if earlier and draw(st.integers(0, 3)) == 0]


@st.composite
def _summary(draw: st.DrawFn, path: str, made: list[Question]) -> Question:
    inner = [q for q in made if q.path.startswith("/data/r/")]
    of = draw(st.sampled_from(inner)).path
    text = draw(st.sampled_from(["count(/data/r)", f"count-non-empty({of})"]))
    if all(name != "relevant" for q in inner for name, _ in q.rules) and draw(st.booleans()):
        text = draw(st.sampled_from([f"count({of})", f"join('-', {of})"]))
    numbers = [q.path for q in inner if q.type in ("int", "decimal")]
    if numbers and draw(st.booleans()):
        text = f"sum({draw(st.sampled_from(numbers))})"
    return Question(path, "calculate", "string", (("calculate", text),))


def _paths(earlier: tuple[Question, ...], *types: str) -> list[str]:
    found = [q.path for q in earlier if (q.kind if q.kind != "calculate" else q.type) in types]
    return found or ["''"]


def _own(kind: str) -> st.SearchStrategy[str]:
    if kind in ("int", "decimal"):
        return st.sampled_from([". > 1", ". >= 0 and . < 10", "not(. = 3)", ". mod 2 = 1", ". != 0.5"])
    if kind == "date":
        return st.sampled_from([". <= date('2020-12-31')", "format-date(., '%Y') = '2020'", ". > date('2000-01-01')"])
    if kind in ("select", "select1"):
        return st.sampled_from(
            ["selected(., 'a')", "count-selected(.) < 2", "not(selected(., 'b') and selected(., 'c'))"]
        )
    return st.sampled_from(["string-length(.) > 2", "regex(., '[a-z ]+')", "contains(., 'a')", "starts-with(., 'x')"])


@st.composite
def _number(draw: st.DrawFn, earlier: tuple[Question, ...]) -> str:
    a = draw(st.sampled_from(_paths(earlier, "int", "decimal")))
    b = draw(st.sampled_from(_paths(earlier, "int", "decimal")))
    s = draw(st.sampled_from(_paths(earlier, "string", "select", "select1")))
    d = draw(st.sampled_from(_paths(earlier, "date")))
    return draw(
        st.sampled_from(
            [
                f"{a} + {b}", f"{a} - 2 * {b}", f"coalesce({a}, 0) + coalesce({b}, 4)", f"{a} div 4", f"{a} mod 3",
                f"round({a} div 3, 2)", f"int({a})", f"abs({a})", f"pow({a}, 2)", f"if({a} > {b}, {a}, 1)",
                f"string-length({s})", f"count-selected({s})", f"number({s})", f"-{a}", f"if({s} = '', 0, 1)",
                f"int(decimal-date-time({d}))" if d != "''" else "1", f"({a} > 1) + ({b} > 1)", f"round({a})",
            ]
        )
    )  # fmt: skip


@st.composite
def _text(draw: st.DrawFn, earlier: tuple[Question, ...]) -> str:
    n = draw(st.sampled_from(_paths(earlier, "int", "decimal")))
    s = draw(st.sampled_from(_paths(earlier, "string", "select", "select1")))
    t = draw(st.sampled_from(_paths(earlier, "string", "select", "select1")))
    d = draw(st.sampled_from(_paths(earlier, "date")))
    # Where nodes are wanted, an absolute path to the rows around means all of them here, in JavaRosa the own one.
    joining = "concat" if "/data/r/" in s + t else "join"
    return draw(
        st.sampled_from(
            [
                f"concat({s}, '-', {t})", f"substr({s}, 1, 3)", f"coalesce({s}, {t})", f"if({n} > 2, {s}, 'none')",
                f"{joining}(' ', {s}, {t}, 'end')", f"selected-at({s}, 1)", f"translate({s}, 'abx', 'AB')",
                f"normalize-space({s})", f"substring-before({s}, ' ')", f"substring-after({s}, 'a')",
                f"format-date({d}, '%d/%n/%y %a')" if d != "''" else "''", f"concat({n}, '')",
                f"digest({s}, 'MD5', 'hex')", f"string({n} > 1)",
            ]
        )
    )  # fmt: skip


@st.composite
def _test(draw: st.DrawFn, earlier: tuple[Question, ...]) -> str:
    n = draw(st.sampled_from(_paths(earlier, "int", "decimal")))
    s = draw(st.sampled_from(_paths(earlier, "string", "select", "select1")))
    d = draw(st.sampled_from(_paths(earlier, "date")))
    simple = [
        f"{n} > 1", f"{n} = 3", f"{n} != 0", f"{n} <= 2.25", f"{s} = 'a'", f"{s} != ''", f"selected({s}, 'c')",
        f"not({s} = 'b')", f"contains({s}, 'a')", f"{d} = ''", f"{n} = ''", "true()", "1 = 2",
    ]  # fmt: skip
    first, second = draw(st.sampled_from(simple)), draw(st.sampled_from(simple))
    return draw(st.sampled_from([first, f"{first} and {second}", f"{first} or {second}", f"not({first})"]))

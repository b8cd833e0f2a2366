"""The survey sheet as questions in their groups: types, names, nesting, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import SIMPLE_TYPES, Row

NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_SELECT: Final = re.compile(
    r"(select_one|select one|select_multiple|select multiple|rank)(?:\s+from)?\s+(\S+)(\s+or_other|\s+or other)?",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(r"\s(or_other|or other)$", re.IGNORECASE)
_FROM_FILE: Final = re.compile(r"select[ _](one|multiple)[ _]from[ _]file\b\s*(.*)", re.IGNORECASE)
_FILE_KINDS: Final = (".csv", ".xml", ".geojson", ".xlsx")  # .xlsx: ours; ODK knows the others
_EXTERNAL: Final = re.compile(r"select[ _]one[ _]external\s+(\S+)", re.IGNORECASE)  # list in the sheet external_choices
_BEGIN: Final = re.compile(r"begin[\s_]+(group|repeat|loop)", re.IGNORECASE)
_END: Final = re.compile(r"end[\s_]+(group|repeat|loop)", re.IGNORECASE)
_KINDS: Final = {"select one": "select_one", "select multiple": "select_multiple"}
_LATER: Final = frozenset(("osm", "background-geopoint", "background-audio"))
_BARE: Final = {"begin": "是不是“begin_group”？", "end": "是不是“end_group”？"}
_ATTACHED: Final = {"csv-external": ".csv", "xml-external": ".xml"}
_UNLABELLED: Final = frozenset(
    [
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "audit",
        "simserial",
        "subscriberid",
        "csv-external",
        "xml-external",
        "start-geopoint",
    ]
)
_SUGGESTED: Final = (
    *sorted(SIMPLE_TYPES),
    *("select_one", "select_multiple", "begin_group", "end_group", "begin_repeat", "end_repeat"),
    *("select_one_from_file", "select_multiple_from_file"),
)


@dataclass(slots=True, eq=False)
class Question:
    """One row of the survey sheet that makes a node. `kind`: the type without its list; `group`/`repeat` for those.

    `file`: the attached file its choices come from; `other`: whether the list is open to an answer of one's own.
    """

    row: Row
    kind: str
    list_name: str
    name: str
    ref: str
    around: list[Question] = field(default_factory=list)
    file: str = ""
    other: bool = False

    @property
    def is_group(self) -> bool:
        return self.kind in ("group", "repeat", "loop")


@dataclass(slots=True)
class Survey:
    """All questions in order, and the faults of their types, names and nesting."""

    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def repeated_names(self) -> frozenset[str]:
        """Names that several questions have, each in a group of its own: `${name}` does not say which is meant."""
        counted = Counter(question.name for question in self.questions)
        return frozenset(name for name, count in counted.items() if count > 1)

    def by_name(self) -> dict[str, Question]:
        found: dict[str, Question] = {}
        for question in self.questions:
            if question.name:
                found.setdefault(question.name, question)
        return found


def read_survey(columns: Columns) -> Survey:
    return _Reader(columns).read()


class _Reader:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._survey = Survey()
        self._open: list[Question] = []
        self._seen: dict[tuple[str, str], int] = {}

    def read(self) -> Survey:
        for row in self._columns.sheet.rows:
            if self._columns.get(row, "disabled").lower() not in ("yes", "true"):
                self._row(row)
        for group in self._open:
            self._fault(group.row, "type", "unclosed-group", name=group.name, type=group.kind)
        if not self._survey.questions and not self._survey.faults:
            self._survey.faults.append(Fault(self._columns.sheet.name, None, None, "empty-survey"))
        return self._survey

    def _fault(self, row: Row, column: str, code: str, /, **values: object) -> None:
        header = self._columns.header(column) or column
        self._survey.faults.append(Fault(self._columns.sheet.name, row.number, header, code, dict(values)))

    def _warn(self, row: Row, column: str, code: str, /, **values: object) -> None:
        header = self._columns.header(column) or column
        self._survey.faults.append(
            Fault(self._columns.sheet.name, row.number, header, code, dict(values), warning=True)
        )

    def _row(self, row: Row) -> None:
        kind = " ".join(self._columns.get(row, "type").split())
        if not kind:
            if self._columns.get(row, "name") or self._columns.get(row, "label"):
                self._fault(row, "type", "missing-type")
            return
        if kind.startswith("#"):
            return
        kind = self._in_small_letters(row, kind)
        bare = _BARE.get(kind)
        if bare is not None and (kind == "begin" or not self._columns.get(row, "name")):
            self._fault(row, "type", "unknown-type", type=kind, hint=bare)
            return
        end = _END.fullmatch(kind)
        if end:
            self._end(row, end.group(1).lower())
            return
        begin = _BEGIN.fullmatch(kind)
        if begin and begin.group(1).lower() == "loop":
            self._fault(row, "type", "unsupported-type", type=kind)
        question = self._question(row, begin.group(1).lower() if begin else "", kind)
        if begin:
            self._open.append(question)

    def _in_small_letters(self, row: Row, kind: str) -> str:
        """The type as it ought to be written: XLSForm tells `Text` from `text`; the name of a list stays as it is."""
        first, space, rest = kind.partition(" ")
        if first == first.lower() or kind in SIMPLE_TYPES:
            return kind
        right = f"{first.lower()}{space}{rest}"
        self._fault(row, "type", "type-in-capitals", type=kind, right=right)
        return right

    def _end(self, row: Row, kind: str) -> None:
        if not self._open:
            self._fault(row, "type", "unmatched-end", type=kind)
            return
        if self._open[-1].kind == kind:
            self._open.pop()
            return
        fitting = next((place for place in reversed(range(len(self._open))) if self._open[place].kind == kind), None)
        if fitting is None:
            group = self._open.pop()
            self._fault(row, "type", "wrong-end", type=kind, name=group.name, begun=group.kind, row=group.row.number)
            return
        # What stands open inside the group that ends here was forgotten; the rest of the sheet is not to suffer.
        for group in self._open[fitting + 1 :]:
            self._fault(group.row, "type", "unclosed-group", name=group.name, type=group.kind)
        del self._open[fitting:]

    def _question(self, row: Row, group_kind: str, kind: str) -> Question:
        plain, list_name = (group_kind, "") if group_kind else self._type(row, kind)
        file = list_name if plain in ("select_one", "select_multiple") and _FROM_FILE.fullmatch(kind) else ""
        name = self._columns.get(row, "name")
        above = "/".join(group.name for group in self._open)
        ref = f"/data/{above}/{name}" if above else f"/data/{name}"
        question = Question(row, plain, "" if file else list_name, name, ref, list(self._open), file)
        question.other = bool(_OTHER.search(kind))
        if plain in _ATTACHED:
            question.file = name + _ATTACHED[plain]
        self._survey.questions.append(question)
        if plain == "audit":
            if name not in ("", "audit"):
                self._fault(row, "name", "bad-audit-name", name=name)
            return question
        self._check_name(row, name, above, group_kind)
        if question.other and self._columns.get(row, "choice_filter"):
            self._fault(row, "choice_filter", "other-with-filter")
        needs_label = not question.is_group and plain not in _UNLABELLED and not plain.startswith("background")
        # A calculation may sit on a question of any type; then it need not be shown.
        shown = ("label", "image", "media", "hint", "calculation")
        if needs_label and plain and not any(self._columns.get(row, column) for column in shown):
            self._fault(row, "label", "missing-label", name=name)
        return question

    def _type(self, row: Row, kind: str) -> tuple[str, str]:
        if kind.split()[0].lower() in _LATER:
            self._fault(row, "type", "unsupported-type", type=kind)
            return "", ""
        from_file = _FROM_FILE.fullmatch(kind)
        if from_file:
            name = from_file.group(2).strip()
            if not name.lower().endswith(_FILE_KINDS):
                self._fault(row, "type", "bad-choice-file", name=name)
                return "", ""
            return f"select_{from_file.group(1).lower()}", name
        if _EXTERNAL.fullmatch(kind):
            return "select_one", ""
        select = _SELECT.fullmatch(kind)
        if select:
            plain = select.group(1).lower()
            return _KINDS.get(plain, plain), select.group(2)
        if kind.lower() in ("select_one", "select one", "select_multiple", "select multiple", "rank"):
            self._fault(row, "type", "missing-list", type=kind)
            return "", ""
        if kind in SIMPLE_TYPES or kind.lower() in SIMPLE_TYPES:
            return kind if kind in SIMPLE_TYPES else kind.lower(), ""
        first = kind.split()[0]
        self._fault(row, "type", "unknown-type", type=kind, hint=suggestion(first.lower(), _SUGGESTED))
        return "", ""

    def _check_name(self, row: Row, name: str, above: str, group_kind: str) -> None:
        if not name:
            self._fault(row, "name", "missing-name")
            return
        if not NAME.fullmatch(name):
            self._fault(row, "name", "bad-name", name=name)
            return
        if name == "meta" or (name == "data" and group_kind == "repeat"):
            self._fault(row, "name", "reserved-name", name=name)
        first = self._seen.setdefault((above, name), row.number)
        if first != row.number:
            self._fault(row, "name", "duplicate-name", name=name, row=first)
            return
        folded = self._seen.setdefault((above, f"?{name.lower()}"), row.number)
        if folded != row.number:
            self._warn(row, "name", "name-differs-in-case", name=name, row=folded)
        if group_kind == "repeat":
            other = self._seen.setdefault(("*repeat", name), row.number)
            if other != row.number:
                self._fault(row, "name", "duplicate-name", name=name, row=other)

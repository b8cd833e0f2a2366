"""The survey sheet as questions in their groups: types, names, nesting, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns, suggestion
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import SIMPLE_TYPES, Row

NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_SELECT: Final = re.compile(
    r"(select_one|select one|select_multiple|select multiple|rank)(?:\s+from)?\s+(\S+)(\s+or_other|\s+or other)?",
    re.IGNORECASE,
)
_FROM_FILE: Final = re.compile(
    r"(select_one_from_file|select_multiple_from_file|select_one_external)\b.*", re.IGNORECASE
)
_BEGIN: Final = re.compile(r"begin[\s_]+(group|repeat|loop)", re.IGNORECASE)
_END: Final = re.compile(r"end[\s_]+(group|repeat|loop)", re.IGNORECASE)
_KINDS: Final = {"select one": "select_one", "select multiple": "select_multiple"}
_LATER: Final = frozenset(("osm", "csv-external", "xml-external", "start-geopoint", "background-geopoint"))
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
    ]
)
_SUGGESTED: Final = (
    *sorted(SIMPLE_TYPES), "select_one", "select_multiple", "begin_group", "end_group", "begin_repeat", "end_repeat",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Question:
    """One row of the survey sheet that makes a node. `kind`: the type without its list; `group`/`repeat` for those."""

    row: Row
    kind: str
    list_name: str
    name: str
    ref: str
    around: list[Question] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.kind in ("group", "repeat", "loop")


@dataclass(slots=True)
class Survey:
    """All questions in order, and the faults of their types, names and nesting."""

    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

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

    def _row(self, row: Row) -> None:
        kind = " ".join(self._columns.get(row, "type").split())
        if not kind:
            if self._columns.get(row, "name") or self._columns.get(row, "label"):
                self._fault(row, "type", "missing-type")
            return
        if kind.startswith("#"):
            return
        end = _END.fullmatch(kind)
        if end:
            self._end(row, end.group(1).lower())
            return
        begin = _BEGIN.fullmatch(kind)
        question = self._question(row, begin.group(1).lower() if begin else "", kind)
        if begin:
            self._open.append(question)

    def _end(self, row: Row, kind: str) -> None:
        if not self._open:
            self._fault(row, "type", "unmatched-end", type=kind)
            return
        group = self._open.pop()
        if group.kind != kind:
            self._fault(row, "type", "wrong-end", type=kind, name=group.name, begun=group.kind, row=group.row.number)

    def _question(self, row: Row, group_kind: str, kind: str) -> Question:
        plain, list_name = (group_kind, "") if group_kind else self._type(row, kind)
        name = self._columns.get(row, "name")
        above = "/".join(group.name for group in self._open)
        ref = f"/data/{above}/{name}" if above else f"/data/{name}"
        question = Question(row, plain, list_name, name, ref, list(self._open))
        self._survey.questions.append(question)
        self._check_name(row, name, above)
        needs_label = not question.is_group and plain not in _UNLABELLED and not plain.startswith("background")
        # A calculation may sit on a question of any type; then it need not be shown.
        shown = ("label", "image", "media", "hint", "calculation")
        if needs_label and plain and not any(self._columns.get(row, column) for column in shown):
            self._fault(row, "label", "missing-label", name=name)
        return question

    def _type(self, row: Row, kind: str) -> tuple[str, str]:
        if _FROM_FILE.fullmatch(kind) or kind in _LATER:
            self._fault(row, "type", "unsupported-type", type=kind)
            return "", ""
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

    def _check_name(self, row: Row, name: str, above: str) -> None:
        if not name:
            self._fault(row, "name", "missing-name")
        elif not NAME.fullmatch(name):
            self._fault(row, "name", "bad-name", name=name)
        else:
            first = self._seen.setdefault((above, name.lower()), row.number)
            if first != row.number:
                self._fault(row, "name", "duplicate-name", name=name, row=first)

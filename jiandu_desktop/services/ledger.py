"""The ledger in memory: every problem as a number into columns, so that no filter, group or count asks the database.

    ledger = services.problems.ledger(today)          views, numbers, school and date: what is shown at once
    ledger.take(services.problems.details(ledger))    matter, grade, person, source, texts: filters, groups, search
Problem `n` (0 … count - 1) keeps its number for the life of the ledger. Columns with few values are bytes or codes;
*hits* are bytes too, 1 for each problem that is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    HANDLING_NAMES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Grade,
    Handling,
    ProblemState,
    Source,
)
from jiandu_desktop.services.ledger_views import (
    MARKS,
    Due,
    Field,
    Numbers,
    Selection,
    View,
    codes_of,
    numbers,
)
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.storage.ledger import NO_DAY_CODE


@dataclass(frozen=True, slots=True)
class LedgerSchool:
    """A school as the ledger knows it; `initials` is what it is found by besides its name."""

    id: str
    name: str
    area: str
    initials: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of names: per problem the place of its name in `names`, which are sorted."""

    codes: Sequence[int]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Details:
    """The second half of the columns; `texts` are lower case."""

    matter: Coded
    person: Coded
    grade: bytes
    source: bytes
    handling: bytes
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field with the number of shown problems that have it; `word` "" stands for none."""

    value: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Problems with one value of a field, in their order."""

    value: str
    word: str
    members: Sequence[int]
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """清零进度 of one school, matter or 责任区: `found` = `closed` + `open`; `late` is part of `open`.

    Problems that were withdrawn or not yet issued are none.
    """

    value: str
    word: str
    found: int
    closed: int
    open: int
    late: int

    @property
    def rate(self) -> float:
        """Share (0–1) of the found ones that are closed."""
        return self.closed / self.found if self.found else 0.0


class Ledger:
    """The columns, and what is asked of them."""

    def __init__(
        self,
        *,
        today: date,
        ids: str,
        schools: Sequence[LedgerSchool],
        school: Sequence[int],
        marks: bytes,
        days: Sequence[int],
        mine: frozenset[str],
    ) -> None:
        """`ids` are of one width, each followed by a sign; `school` points into `schools`, which are sorted by name."""
        self.today = today
        self.count = len(marks)
        self.schools = schools
        self.school = school
        self.marks = marks
        self.mine = mine
        self._ids = ids
        self._wide = (len(ids) + 1) // self.count if self.count else 1
        self._days = days
        self._details: Details | None = None
        self._mine_hits = _hits(school, {code for code, each in enumerate(schools) if each.id in mine})
        self._urgent = sorted(range(self.count), key=days.__getitem__)

    def take(self, details: Details | None) -> None:
        """The second half; None where the database has changed meanwhile: a newer ledger is under way then."""
        if details is not None and len(details.texts) == self.count:
            self._details = details

    @property
    def is_whole(self) -> bool:
        """Whether filters, groups and words can be answered."""
        return self._details is not None

    def same_as(self, ids: str) -> bool:
        """Whether a later reading found the same problems in the same order."""
        return ids == self._ids

    def id_of(self, number: int) -> str:
        return self._ids[number * self._wide : (number + 1) * self._wide - 1].rstrip()

    def number_of(self, problem_id: str) -> int:
        """The number of a problem, -1 for one that is not here."""
        place = self._ids.find(problem_id) if problem_id else -1
        number = place // self._wide
        return number if place >= 0 and self.id_of(number) == problem_id else -1

    # --- what is shown ------------------------------------------------------------------------------------------------

    def hits(self, shown: Selection) -> bytes:
        """1 for each problem that is shown. Fields and words whose columns are not here yet let everything through."""
        parts = [_of_view(self.marks, shown.view)]
        if shown.mine:
            parts.append(self._mine_hits)
        for field, values in shown.values.items():
            column = self._column(field)
            if values and column is not None:
                codes, words = column
                parts.append(_hits(codes, {code for code, (value, _) in enumerate(words) if value in values}))
        if self._details is not None:
            parts += [self._having(word, self._details) for word in shown.words.lower().split()]
        return _all_of(parts)

    def sizes(self, views: Iterable[View], *, mine: bool) -> dict[View, int]:
        """Number of problems by view."""
        counts = self._counts(mine)
        return {view: sum(counts.get(code, 0) for code in codes_of(view)) for view in views}

    def numbers(self, *, mine: bool) -> Numbers:
        """The numbers that add up."""
        return numbers(self._counts(mine))

    def is_over(self, number: int) -> bool:
        """Struck off, withdrawn, or put right on the spot."""
        state = MARKS[self.marks[number]].state
        return state in (ProblemState.STRUCK_OFF, ProblemState.WITHDRAWN, ProblemState.FIXED_ON_THE_SPOT)

    # --- in which order -----------------------------------------------------------------------------------------------

    def arranged(self, key: str, *, descending: bool = False) -> list[int]:
        """All numbers in the order of a column (problem, school, area, matter, grade, person, due, state, source), the
        most urgent first among equals; what has no value stays last in both directions. Any other key: by urgency."""
        urgent = self._urgent
        if key == "due" and descending:
            dated = [number for number in urgent if self._days[number] < NO_DAY_CODE]
            return [*sorted(dated, key=self._days.__getitem__, reverse=True), *urgent[len(dated) :]]
        keys, none = (None, None) if key == "due" else self._sort_keys(key)
        if keys is None:
            return list(urgent)
        found = sorted(urgent, key=keys.__getitem__, reverse=descending)
        if none is None:
            return found
        return [n for n in found if keys[n] != none] + [n for n in found if keys[n] == none]

    def groups(self, field: Field, shown: Iterable[int]) -> list[Group]:
        """The numbers by their value: closed lists in their own order, names with the most problems first."""
        column = self._column(field)
        if column is None:
            return []
        codes, words = column
        members: defaultdict[int, list[int]] = defaultdict(list)
        for number in shown:
            members[codes[number]].append(number)
        late = _of_view(self.marks, View.LATE)
        found = [
            Group(*words[code], numbers, sum(map(late.__getitem__, numbers)))
            for code, numbers in sorted(members.items())
        ]
        return found if field in _CLOSED else sorted(found, key=lambda group: -len(group.members))

    def choices(self, field: Field, hits: bytes) -> list[Choice]:
        """The values of a field among what is shown; closed lists in their own order, names by number."""
        column = self._column(field)
        if column is None:
            return []
        codes, words = column
        counts = Counter(compress(codes, hits))
        found = [Choice(*words[code], count) for code, count in sorted(counts.items())]
        return found if field in _CLOSED else sorted(found, key=lambda choice: -choice.count)

    def words(self, field: Field) -> dict[str, str]:
        """The word of every value of a field."""
        column = self._column(field)
        return dict(column[1]) if column is not None else {}

    def board(self, field: Field, *, mine: bool) -> list[BoardRow]:
        """清零进度 by school, matter or 责任区; the least cleared first."""
        column = self._column(field)
        if column is None:
            return []
        codes, words = column
        pairs: Iterable[tuple[int, int]] = zip(codes, self.marks, strict=True)
        counts = Counter(compress(pairs, self._mine_hits) if mine else pairs)
        by_code: dict[int, Counter[int]] = {}
        for (code, mark), count in counts.items():
            by_code.setdefault(code, Counter())[mark] += count
        rows = []
        for code, marks in by_code.items():
            one = numbers(marks)
            closed = one.struck_off + one.on_the_spot
            value, word = words[code]
            if closed + one.open:
                rows.append(
                    BoardRow(
                        value=value, word=word, found=closed + one.open, closed=closed, open=one.open, late=one.late
                    )
                )
        return sorted(rows, key=lambda row: (row.rate, -row.open, row.word))

    # --- columns ------------------------------------------------------------------------------------------------------

    def _counts(self, mine: bool) -> Counter[int]:
        return Counter(compress(self.marks, self._mine_hits) if mine else self.marks)

    def _column(self, field: Field) -> tuple[Sequence[int], Sequence[tuple[str, str]]] | None:
        """A field's codes and what each stands for, (value, word); None while it is not here."""
        details = self._details
        if field is Field.SCHOOL:
            return self.school, [(each.id, each.name) for each in self.schools]
        if field is Field.AREA:
            areas = sorted({each.area for each in self.schools})
            of_school = [areas.index(each.area) for each in self.schools]
            return [of_school[code] for code in self.school], [(area, area) for area in areas]
        if field is Field.STATE:
            return self.marks.translate(bytes(code >> 5 for code in range(256))), _STATES
        if field is Field.DUE:
            return self.marks.translate(bytes(code >> 3 & 3 for code in range(256))), _DUES
        if details is None:
            return None
        if field in (Field.MATTER, Field.PERSON):
            named = details.matter if field is Field.MATTER else details.person
            return named.codes, [(name, name) for name in named.names]
        return {
            Field.GRADE: (details.grade, _GRADES),
            Field.SOURCE: (details.source, _SOURCES),
            Field.HANDLING: (details.handling, _HANDLINGS),
        }[field]

    def _sort_keys(self, key: str) -> tuple[Sequence[int] | Sequence[str] | None, int | None]:
        """What to sort by, and the code that stands for no value, if there is one."""
        if key == "problem":
            return (self._details.texts if self._details is not None else None), None
        column = self._column(Field(key)) if key in set(Field) else None
        if column is None:
            return None, None
        return column[0], next((code for code, (value, _) in enumerate(column[1]) if not value), None)

    def _having(self, word: str, details: Details) -> bytes:
        """Where a word stands in the text, or in the name or initials of school, matter or person."""
        schools = {c for c, each in enumerate(self.schools) if word in each.name.lower() or word in each.initials}
        found = bytes([word in text for text in details.texts])
        parts = [found]
        for codes, wanted in (
            (self.school, schools),
            (details.matter.codes, _named(details.matter, word)),
            (details.person.codes, _named(details.person, word)),
        ):
            if wanted:
                parts.append(_hits(codes, wanted))
        return _any_of(parts)


def _of_view(marks: bytes, view: View) -> bytes:
    allowed = codes_of(view)
    return marks.translate(bytes(code in allowed for code in range(256)))


def _named(column: Coded, word: str) -> set[int]:
    return {c for c, name in enumerate(column.names) if word in name.lower() or word in initials(name)}


def _hits(codes: Sequence[int], wanted: set[int]) -> bytes:
    if isinstance(codes, bytes):
        return codes.translate(bytes(code in wanted for code in range(256)))
    table = [code in wanted for code in range(max(codes, default=0) + 1)]
    return bytes(map(table.__getitem__, codes))


def _all_of(parts: Sequence[bytes]) -> bytes:
    return _combined(parts, int.__and__)


def _any_of(parts: Sequence[bytes]) -> bytes:
    return _combined(parts, int.__or__)


def _combined(parts: Sequence[bytes], joined: Callable[[int, int], int]) -> bytes:
    """As whole numbers: a hundred thousand bytes at once."""
    found = int.from_bytes(parts[0], "little")
    for part in parts[1:]:
        found = joined(found, int.from_bytes(part, "little"))
    return found.to_bytes(len(parts[0]), "little")


_CLOSED = frozenset({Field.STATE, Field.GRADE, Field.SOURCE, Field.HANDLING, Field.DUE})
DUE_NAMES: dict[Due, str] = {Due.LATE: "已过期限", Due.TODAY: "今天", Due.AHEAD: "以后", Due.NONE: "没有期限"}
_STATES = [(each.value, PROBLEM_STATE_NAMES[each]) for each in ProblemState]
_DUES = [(each.value, DUE_NAMES[each]) for each in Due]
_GRADES = [(each.value, GRADE_NAMES[each]) for each in Grade]
_SOURCES = [(each.value, SOURCE_NAMES[each]) for each in Source]
_HANDLINGS = [(each.value, HANDLING_NAMES[each]) for each in Handling]

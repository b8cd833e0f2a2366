"""Lines of the 文书登记簿: a document on its number's line, voided numbers, what is left of each block, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.paper_life import PaperEvent, PaperState, PaperStep, state_of
from jiandu_desktop.storage import county, journal

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.storage.numbers import NumberBlock
    from jiandu_desktop.storage.records import Work

OFFICE_NAME = "督导室"
_NUMBER = re.compile(r"(?P<prefix>.+)〔(?P<year>\d{4})〕(?P<ordinal>\d+)号")
_PROVISIONAL = re.compile(r"(?P<prefix>.+)〔(?P<year>\d{4})〕临-")


class LineState(StrEnum):
    """What a number became."""

    USED = "used"
    RETURNED = "returned"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    VOIDED = "voided"
    ELSEWHERE = "elsewhere"
    """Taken on another computer; the document has not come here."""

    LEFT = "left"
    GIVEN_UP = "given_up"
    """Lent, not used, and never to be used any more."""

    PROVISIONAL = "provisional"


LINE_STATE_NAMES: dict[LineState, str] = {
    LineState.USED: "已用",
    LineState.RETURNED: "已用，已签回",
    LineState.REFUSED: "已用，拒签",
    LineState.SUPERSEDED: "已用，已被替代",
    LineState.VOIDED: "作废",
    LineState.ELSEWHERE: "已取号，文书未到",
    LineState.LEFT: "未用",
    LineState.GIVEN_UP: "停用",
    LineState.PROVISIONAL: "临时号，待编号",
}
_USED_STATES = {
    PaperState.ISSUED: LineState.USED,
    PaperState.RETURNED: LineState.RETURNED,
    PaperState.REFUSED: LineState.REFUSED,
    PaperState.SUPERSEDED: LineState.SUPERSEDED,
    PaperState.VOIDED: LineState.VOIDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One number, or a stretch of numbers (`first` … `last`) of which the same is to be said.

    `day` is when the document was issued or the number voided; `note` explains a gap or gives the reason.
    """

    kind: str
    prefix: str
    year: int
    first: int
    last: int
    number: str
    state: LineState
    holder: str
    school: str = ""
    title: str = ""
    day: date | None = None
    note: str = ""
    document: Document | None = None

    @property
    def key(self) -> str:
        return self.document.id if self.document is not None else self.number

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Holders:
    """Whose each computer is, and which are out of use."""

    names: Mapping[str, str]
    retired: frozenset[str]
    own: str

    @classmethod
    def read(cls, work: Work, own: str) -> Holders:
        people = {each.id: each.name for each in county.inspectors(work)}
        devices = journal.devices(work)
        names = {
            each.device: OFFICE_NAME if each.role == "office" else people.get(each.person, each.device[:4])
            for each in devices
        }
        retired = {each.device for each in devices if each.last_seq is not None}
        retired |= {each.forked_from for each in devices if each.forked_from}
        return cls(names, frozenset(retired), own)

    def name(self, device: str) -> str:
        # Publishers of the office stand in the root file, never among the enrolled laptops.
        return self.names.get(device, OFFICE_NAME)


class Book:
    """Puts documents, bare numbers and blocks on their lines."""

    def __init__(
        self,
        kinds: Mapping[str, DocumentKind],
        holders: Holders,
        schools: Mapping[str, str],
        events: Iterable[PaperEvent],
        documents: Iterable[Document],
        today: date,
    ) -> None:
        self.lines: list[RegisterLine] = []
        self._kinds = kinds
        self._holders = holders
        self._schools = schools
        self._numbers = {document.id: document.number for document in documents}
        self._today = today
        self._events: dict[str, list[PaperEvent]] = {}
        self._taken: dict[tuple[str, int], set[int]] = {}
        for event in events:
            if event.document_id:
                self._events.setdefault(event.document_id, []).append(event)

    def enter(self, document: Document) -> None:
        """A document on the line of its number; with a formal number given later, on that one's line."""
        events = self._events.get(document.id, [])
        formal = next((each.text("number") for each in events if each.step is PaperStep.NUMBERED), "")
        found = _NUMBER.fullmatch(formal or document.number)
        provisional = None if found else _PROVISIONAL.match(document.number)
        parts = found or provisional
        if parts is None:
            return
        ordinal = int(parts["ordinal"]) if found else 0
        prefix, year = parts["prefix"], int(parts["year"])
        state = _USED_STATES[state_of(events)]
        if provisional and state is not LineState.VOIDED:
            state = LineState.PROVISIONAL
        notes = [self._told(event) for event in events]
        if formal:
            notes.insert(0, f"原临时号 {document.number}")
        if found:
            self._taken.setdefault((prefix, year), set()).add(ordinal)
        self.lines.append(
            RegisterLine(
                kind=DOCUMENT_KIND_NAMES[document.kind],
                prefix=prefix,
                year=year,
                first=ordinal,
                last=ordinal,
                number=formal or document.number,
                state=state,
                holder=self._holders.name(document.device),
                school=document.addressee or self._schools.get(document.school_id, ""),
                title=document.title,
                day=document.issued_at.date(),
                note="；".join(note for note in notes if note),
                document=document,
            )
        )

    def enter_bare(self, event: PaperEvent) -> None:
        """A number that was voided without ever being a document's."""
        found = _NUMBER.fullmatch(event.number)
        if event.document_id or event.step is not PaperStep.VOIDED or found is None:
            return
        prefix, year, ordinal = found["prefix"], int(found["year"]), int(found["ordinal"])
        self._taken.setdefault((prefix, year), set()).add(ordinal)
        self._gap(prefix, year, ordinal, ordinal, LineState.VOIDED, event.device, event.note, event.at.date())

    def enter_block(self, block: NumberBlock) -> None:
        """What is left of a block, and what was taken of it without a document that is known here."""
        taken = self._taken.get((block.prefix, block.year), set())
        used_to = block.first + block.used - 1
        missing = [each for each in range(block.first, used_to + 1) if each not in taken]
        for first, last in _stretches(missing):
            note = "号已取用，文书还没有同步到本机"
            if block.device == self._holders.own:
                note = "号已取用，没有留下文书（例如取号后恢复过备份）"
            self._gap(block.prefix, block.year, first, last, LineState.ELSEWHERE, block.device, note)
        left = [each for each in range(used_to + 1, block.last + 1) if each not in taken]
        for first, last in _stretches(left):
            state, note = LineState.LEFT, "已发给该电脑，还没有用"
            if block.device in self._holders.retired:
                state, note = LineState.GIVEN_UP, "号段在停用的电脑上，没有收回，不再使用"
            elif block.year < self._today.year:
                state, note = LineState.GIVEN_UP, "当年没有用完，不再使用"
            self._gap(block.prefix, block.year, first, last, state, block.device, note)

    def _gap(
        self,
        prefix: str,
        year: int,
        first: int,
        last: int,
        state: LineState,
        device: str,
        note: str,
        day: date | None = None,
    ) -> None:
        kind = self._kinds.get(prefix)
        shown = f"{first}" if first == last else f"{first}—{last}"
        self.lines.append(
            RegisterLine(
                kind=DOCUMENT_KIND_NAMES[kind] if kind is not None else prefix,
                prefix=prefix,
                year=year,
                first=first,
                last=last,
                number=f"{prefix}〔{year}〕{shown}号",
                state=state,
                holder=self._holders.name(device),
                day=day,
                note=note,
            )
        )

    def _told(self, event: PaperEvent) -> str:
        when = f"{event.at:%Y-%m-%d}"
        match event.step:
            case PaperStep.VOIDED:
                return f"{when} 作废：{event.note}"
            case PaperStep.SUPERSEDED:
                by = self._numbers.get(event.text("by"), "")
                return f"{when} 被{by or '新的记录'}替代：{event.note}"
            case PaperStep.REFUSED:
                seen = "、".join(event.words("witnesses"))
                return f"{when} 拒签：{event.note}" + (f"（见证人：{seen}）" if seen else "")
            case PaperStep.RETURNED:
                return f"{when} 签回"
            case PaperStep.CERTIFIED:
                return f"{when} 已作电子签名"
            case PaperStep.NUMBERED:
                return f"{when} 补正式号"


def _stretches(ordinals: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers drawn together."""
    found: list[tuple[int, int]] = []
    for each in ordinals:
        if found and found[-1][1] == each - 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found

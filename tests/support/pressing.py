"""Documents about problems to print in tests: one of every kind, with as many problems as a test wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from jiandu_desktop.documents import letter_words
from jiandu_desktop.domain.document import (
    DeliveryReceipt,
    DocumentKind,
    DocumentNumber,
    FourLists,
    PressedProblem,
    PressingLetter,
    PrintedDocument,
    RecheckedProblem,
    RecheckOpinion,
    Standing,
    StrikeOffForm,
    StruckOff,
    Talk,
    TalkRecord,
    Warned,
    WarningLevel,
)
from jiandu_desktop.domain.problem import Recheck
from tests.support.printed import OFFICE, SIGNATURES, TEXTS, visit

SCHOOL = "柳河镇第一小学"
DATED = date(2026, 11, 24)


def pressed(ordinal: int = 1, **changes: Any) -> PressedProblem:
    text, basis, measure = TEXTS[ordinal % len(TEXTS)]
    facts: dict[str, Any] = {
        "ordinal": ordinal,
        "school": SCHOOL,
        "text": text,
        "matter": "校园安全",
        "basis": basis,
        "measure": measure,
        "number": "云教督改〔2026〕17号",
        "found": date(2026, 10, 8),
        "due": date(2026, 11, 1),
        "days_over": 23,
        "responsible": "王小川",
        "leader": "何田",
        "unit": "总务处",
        "supervising": "方圆",
        "source": "督导发现",
        "state": "整改中",
        "returned": 1,
    }
    return PressedProblem(**{**facts, **changes})


def letter(kind: DocumentKind, count: int = 3, **changes: Any) -> PressingLetter:
    """A letter with the wording that belongs to its kind."""
    facts: dict[str, Any] = {
        "kind": kind,
        "office": OFFICE,
        "number": DocumentNumber(OFFICE.number_prefix(kind), 2026, 9),
        "dated": DATED,
        "addressee": SCHOOL,
        "subject": "校园安全问题整改",
        "problems": tuple(pressed(place) for place in range(1, count + 1)),
        "answer_by": date(2026, 12, 4),
        "copies_to": ("县教育局", "柳河镇人民政府"),
    }
    if kind is DocumentKind.WARNING:
        facts["warned"] = Warned(
            level=WarningLevel.ORANGE, figure="3项逾期", threshold="超过整改期限", lifting="全部销号"
        )
    if kind is DocumentKind.TALK_NOTICE:
        facts["talk"] = Talk(person="何田", when="2026年12月1日上午9:00", place="督导室会议室", by="丁一")
    if kind is DocumentKind.CIRCULAR:
        facts["standings"] = tuple(
            Standing(rank=place, school=f"第{place}小学", found=9, closed=9 - place, overdue=place)
            for place in range(1, 7)
        )
        facts["ranking_rule"] = "按办结率从高到低排列"
    if kind is DocumentKind.REPORT:
        facts |= {"addressee": "云溪县人民政府", "signer": "丁一"}
    made = PressingLetter(**{**facts, **changes})
    opening, demand = letter_words.default_opening(made), letter_words.default_demand(made)
    return replace(made, opening=made.opening or opening, demand=made.demand or demand)


def four_lists(count: int = 3, *, separate: bool = False) -> FourLists:
    return FourLists(
        office=OFFICE,
        number=DocumentNumber("云教督账", 2026, 1),
        dated=DATED,
        addressee=SCHOOL,
        problems=tuple(pressed(place) for place in range(1, count + 1)),
        separate=separate,
    )


def strike_off(count: int = 1, **changes: Any) -> StrikeOffForm:
    sheets = tuple(
        StruckOff(problem=pressed(place, done="已按要求改到位", proof_count=2, **changes))
        for place in range(1, count + 1)
    )
    return StrikeOffForm(
        office=OFFICE, number=DocumentNumber("云教督销", 2026, 1), dated=DATED, addressee=SCHOOL, sheets=sheets
    )


def talk_record() -> TalkRecord:
    return TalkRecord(
        office=OFFICE,
        number=DocumentNumber("云教督谈", 2026, 1),
        dated=DATED,
        addressee=SCHOOL,
        subject="校园安全问题整改",
        talk=Talk(person="何田", when="2026年12月1日上午9:00", place="督导室会议室"),
        problems=(pressed(1), pressed(2)),
        demand="十日内完成整改",
    )


def receipt() -> DeliveryReceipt:
    return DeliveryReceipt(
        office=OFFICE,
        number=DocumentNumber("云教督送", 2026, 1),
        dated=DATED,
        addressee=SCHOOL,
        papers=(("关于柳河镇第一小学存在问题的整改通知书", "云教督改〔2026〕17号"),),
    )


def recheck(count: int = 3, **changes: Any) -> RecheckOpinion:
    results = tuple(Recheck)
    problems = tuple(
        RecheckedProblem(
            ordinal=place,
            text=TEXTS[place % len(TEXTS)][0],
            result=results[(place - 1) % 3],
            number="云教督改〔2026〕17号",
            due=date(2026, 11, 1),
            new_due=date(2026, 12, 9) if place % 3 else None,
            note="" if (place - 1) % 3 == 0 else "二楼还没有清理",
            proof_count=2 if (place - 1) % 3 == 0 else 0,
        )
        for place in range(1, count + 1)
    )
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": DocumentNumber("云教督复", 2026, 3),
        "visit": visit(task="问题整改复查", matters=()),
        "dated": DATED,
        "problems": problems,
        "signatures": SIGNATURES,
    }
    return RecheckOpinion(**{**facts, **changes})


def every_kind() -> list[PrintedDocument]:
    """One of each."""
    return [
        *(letter(kind) for kind in letter_words.WORDS),
        four_lists(),
        four_lists(separate=True),
        strike_off(),
        talk_record(),
        receipt(),
        recheck(),
    ]

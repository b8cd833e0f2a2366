"""Documents around a visit to print in tests: notice, record, certificate, formal opinion, report with photos."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from jiandu_desktop.documents import inspection_words
from jiandu_desktop.domain.document import (
    Chart,
    DocumentKind,
    DocumentNumber,
    InspectionNotice,
    InspectionOpinion,
    InspectionReport,
    Picture,
    PlannedSchool,
    PrintedDocument,
    RecordSheet,
    ReportMatter,
    ReportSchool,
    ScoreSummary,
    SheetRow,
    SheetSection,
    VisitCertificate,
)
from jiandu_desktop.domain.visit import SchoolOpinion
from tests.support.pressing import DATED, SCHOOL, pressed
from tests.support.printed import OFFICE, SIGNATURES, TEXTS, problem, visit


def number_of(kind: DocumentKind) -> DocumentNumber:
    return DocumentNumber(OFFICE.number_prefix(kind), 2026, 3)


def inspection_notice(schools: int = 1, **changes: Any) -> InspectionNotice:
    names = [SCHOOL] if schools == 1 else [f"柳河镇第{place}小学" for place in range(1, schools + 1)]
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": number_of(DocumentKind.INSPECTION_NOTICE),
        "dated": DATED,
        "addressee": SCHOOL if schools == 1 else "各有关学校",
        "task": "秋季开学督导",
        "schools": tuple(
            PlannedSchool(school=name, when="2026年12月10日前", inspectors=("丁一", "方圆")) for name in names
        ),
        "contents": ("校园安全", "食堂管理", "规范办学"),
        "method": inspection_words.METHOD,
        "copies_to": ("县教育局",),
    }
    made = InspectionNotice(**{**facts, **changes})
    opening, demand = inspection_words.notice_opening(made), inspection_words.notice_demand(made)
    return replace(made, opening=made.opening or opening, demand=made.demand or demand)


def inspection_opinion(count: int = 3, **changes: Any) -> InspectionOpinion:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": number_of(DocumentKind.INSPECTION_OPINION),
        "dated": DATED,
        "visit": visit(),
        "evaluation": "开学准备充分\n教学秩序良好",
        "highlights": ("课后服务课程丰富",),
        "problems": tuple(problem(place) for place in range(1, count + 1)),
        "advice": "完善食堂管理制度",
        "copies_to": ("县教育局",),
    }
    made = InspectionOpinion(**{**facts, **changes})
    opening = inspection_words.opinion_opening(made)
    demand = inspection_words.opinion_demand(made, 5, 3)
    return replace(made, opening=made.opening or opening, demand=made.demand or demand)


def record_sheet(items: int = 12, **changes: Any) -> RecordSheet:
    labels = ("校门口是否有专职保安员值守", "留样是否满48小时", "安全出口是否畅通")
    sections = tuple(
        SheetSection(
            number=str(place),
            label=label,
            score="8/10",
            rows=tuple(
                SheetRow(
                    number=f"{place}.{row}",
                    label=labels[row % 3],
                    answer="符合" if row % 3 else "不符合",
                    note="" if row % 3 else TEXTS[0][0],
                    photos=0 if row % 3 else 2,
                )
                for row in range(1, items // 2 + 1)
            ),
        )
        for place, label in enumerate(("校园安全", "食堂管理"), start=1)
    )
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": number_of(DocumentKind.RECORD_SHEET),
        "dated": DATED,
        "visit": visit(),
        "method": "专项督导",
        "checklist": "秋季开学督导检查表 1.0",
        "sections": sections,
        "score": ScoreSummary(points="86.4", full="100"),
        "problems": (problem(1), problem(2)),
        "opinion": SchoolOpinion.AGREES,
        "signatures": SIGNATURES,
    }
    return RecordSheet(**{**facts, **changes})


def certificate(**changes: Any) -> VisitCertificate:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": number_of(DocumentKind.VISIT_CERTIFICATE),
        "dated": DATED,
        "visit": visit(),
        "people": (("丁一", "云督证007"), ("方圆", "")),
        "stay": "2026年11月23日9:10至11:40",
        "method": "专项督导",
        "papers": (("现场反馈意见书", "云教督意〔2026〕4号"),),
    }
    return VisitCertificate(**{**facts, **changes})


def report(problems: int = 8, pictures: tuple[Picture, ...] = (), **changes: Any) -> InspectionReport:
    facts: dict[str, Any] = {
        "office": OFFICE,
        "number": number_of(DocumentKind.INSPECTION_REPORT),
        "dated": DATED,
        "subject": "云溪县2026年秋季开学督导",
        "first": date(2026, 9, 1),
        "last": DATED,
        "organised": "本次督导到校12次，涉及学校6所\n使用检查表《秋季开学督导》",
        "evaluation": "共发现问题8项，已办结3项",
        "highlights": "柳河镇第一小学课后服务课程丰富\n柳河镇第二小学校园整洁",
        "figures": ("问题最多的事项是校园安全",),
        "charts": (
            Chart(title="各事项问题数", bars=(("校园安全", 5), ("食品卫生", 2), ("规范办学行为和招生收费管理情况", 1))),
            Chart(title="各责任区办结率", bars=(("第一责任区", 80), ("第二责任区", 45)), unit="%"),
        ),
        "matters": (ReportMatter(matter="校园安全", count=5, schools=3, cases=(TEXTS[0][0], TEXTS[2][0])),),
        "schools": tuple(
            ReportSchool(
                school=f"柳河镇第{place}小学", area="第一责任区", visits=2, found=4, closed=2, overdue=1, score="86.4"
            )
            for place in range(1, 7)
        ),
        "problems": tuple(pressed(place) for place in range(1, problems + 1)),
        "pictures": pictures,
    }
    made = InspectionReport(**{**facts, **changes})
    return replace(made, advice=made.advice or inspection_words.report_advice(made))


def photo(folder: Path, name: str = "photo", *, size: tuple[int, int] = (1600, 1200), turned: bool = False) -> Path:
    """A JPEG with a red left half, stored lying on its side where `turned`, as a telephone stores it."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill=(200, 30, 30))
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        picture = picture.rotate(90, expand=True)
        exif[0x0112] = 6  # turn a quarter to the right to see it upright
    exif[0x010F] = "Camera of Wang Xiaochuan"
    picture.save(out, "JPEG", exif=exif)
    path = folder / name
    path.write_bytes(out.getvalue())
    return path


def pictures(folder: Path, count: int) -> tuple[Picture, ...]:
    """Photos of which each has a size of its own, so that none is embedded for another."""
    return tuple(
        Picture(
            path=photo(folder, f"photo-{place}", size=(1600 + place, 1200)),
            caption=f"图{place}　柳河镇第一小学东侧楼梯间堆放旧课桌（2026年11月23日）",
        )
        for place in range(1, count + 1)
    )


def every_inspection_kind() -> list[PrintedDocument]:
    """One of each, and the notice to several schools."""
    return [
        inspection_notice(),
        inspection_notice(3),
        record_sheet(),
        certificate(),
        inspection_opinion(),
        report(),
        report(public=True),
    ]

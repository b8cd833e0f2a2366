"""`jiandu indicators`: the county's seven indicators as lines, as JSON, or as the official tables."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.indicator import INDICATOR_NAMES, SECTION_NAMES, Section
from jiandu_desktop.services.program import Services

if TYPE_CHECKING:
    from jiandu_desktop.domain.indicator import County
    from jiandu_desktop.services.balance_picture import Picture


def add_indicator_command(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--on", metavar="日期", type=date.fromisoformat, help="截至哪一天，默认今天")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，每所学校的数都在里面")
    parser.add_argument("--xlsx", metavar="文件.xlsx", help="写成官方表的工作簿")


def run_indicators(services: Services, chosen: argparse.Namespace) -> int:
    """Say it, or write it."""
    if chosen.xlsx:
        services.indicators.write(Path(chosen.xlsx), chosen.on)
        print(f"已写好 {chosen.xlsx}")
        return 0
    picture = services.indicators.picture(chosen.on)
    if chosen.json:
        import json

        print(json.dumps(as_json(picture), ensure_ascii=False, indent=2))
        return 0
    for section in Section:
        rows = picture.of(section)
        told = sum(row.result is not None for row in rows)
        print(f"{SECTION_NAMES[section]}：{len(rows)} 所，有学校表 {told} 所，达标 {picture.met(section)} 所")
        for indicator, spread in picture.weighted[section].spreads.items():
            value = "—" if spread.coefficient is None else str(spread.coefficient)
            lacking = f"（缺 {spread.unknown} 所，暂算）" if spread.unknown else ""
            print(f"  {INDICATOR_NAMES[indicator]}：差异系数 {value}{lacking}")
    return 0


def as_json(picture: Picture) -> dict[str, Any]:
    """Everything for other programs; an unknown value is null, figures are exact to six decimals."""

    def county(found: County) -> dict[str, Any]:
        return {
            indicator.value: {
                "mean": None if spread.mean is None else round(float(spread.mean), 6),
                "coefficient": None if spread.coefficient is None else str(spread.coefficient),
                "limit": float(spread.limit),
                "schools": spread.schools,
                "unknown": spread.unknown,
                "within": spread.within,
            }
            for indicator, spread in found.spreads.items()
        }

    schools = []
    for row in picture.rows:
        readings = {} if row.result is None else row.result.readings
        schools.append(
            {
                "school": row.school.code,
                "name": row.school.name,
                "section": row.section.value,
                "day": None if row.day is None else row.day.isoformat(),
                "verdict": None if row.result is None else row.result.verdict.value,
                "values": {
                    indicator.value: None if reading.value is None else round(float(reading.value), 6)
                    for indicator, reading in readings.items()
                },
                "reach": {indicator.value: reading.reach.value for indicator, reading in readings.items()},
            }
        )
    return {
        "day": picture.day.isoformat(),
        "weighted": {section.value: county(found) for section, found in picture.weighted.items()},
        "unweighted": {section.value: county(found) for section, found in picture.unweighted.items()},
        "schools": schools,
    }

"""Every question type of XLSForm in one checklist, by sections, so that each can be tried and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.checklists import END_GROUP, q

Row = Mapping[str, Any]


def section(name: str, label: str, *rows: Row) -> tuple[Row, ...]:
    """A group with these rows in it."""
    return (q("begin_group", name, label), *rows, END_GROUP)


WHEN = section(
    "when",
    "日期与时间",
    q("date", "day", "检查日期"),
    q("date", "past", "上次演练日期", constraint=". <= '2026-11-21'", constraint_message="演练日期不能晚于今天"),
    q("date", "month", "合同到期月份", appearance="month-year"),
    q("date", "year", "校舍建成年份", appearance="year"),
    q("date", "typed", "证照签发日期", appearance="no-calendar"),
    q("time", "clock", "放学时间"),
    q("dateTime", "moment", "到校时间"),
)

RANGES = section(
    "ranges",
    "量程",
    q("range", "percent", "食堂满意度", parameters="start=0 end=100 step=10"),
    q("range", "tenths", "室内温度", parameters="start=16 end=28 step=0.5"),
    q("range", "down", "由多到少", parameters="start=10 end=0 step=2", appearance="no-ticks"),
    q("range", "upright", "水位", parameters="start=0 end=5 step=1", appearance="vertical"),
    q("range", "picked", "楼层", parameters="start=1 end=6 step=1", appearance="picker"),
    q("range", "stars", "总体印象", parameters="start=1 end=5 step=1", appearance="rating"),
)

MEDIA = section(
    "media",
    "照片、图画与文件",
    q("image", "gate", "校门口照片", parameters="max-pixels=1024"),
    q("image", "marked", "隐患位置照片", appearance="annotate"),
    q("image", "camera", "现场拍照", appearance="new"),
    q("image", "sketch", "疏散路线草图", appearance="draw"),
    q("image", "signed", "校长签名", appearance="signature"),
    q("file", "contract", "食堂承包合同"),
    {**q("file", "scan", "证照扫描件"), "body::accept": ".pdf,.ofd"},
    q("audio", "talk", "座谈录音"),
    q("video", "walk", "巡查视频"),
)

PLACES = section(
    "places",
    "位置与条码",
    q("barcode", "code", "灭火器编号"),
    q("geopoint", "spot", "校门坐标", appearance="placement-map"),
    q("geotrace", "way", "校车路线"),
    q("geoshape", "yard", "校园边界"),
)

ROWS: tuple[Row, ...] = (*WHEN, *RANGES, *MEDIA, *PLACES)

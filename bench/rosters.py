"""Rosters of 10,000 schools: read from a workbook, and imported into an office. Told, not limited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from bench.measuring import Result, alone
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.program import open_services
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.spreadsheets import read_schools

SCHOOLS = 10_000
HEADS = (
    "学校代码",
    "学校名称",
    "区县",
    "责任区",
    "学校类型",
    "办学性质",
    "城乡类型",
    "地址",
    "校长",
    "联系电话",
    "学生数",
)
TOWNS = ("城关镇", "河口镇", "溪桥镇", "红岭乡", "重阳镇", "长乐镇", "新区", "北山乡")
KINDS = (("小学", "中心小学"), ("初级中学", "初级中学"), ("幼儿园", "中心幼儿园"), ("小学", "希望小学"))
NUMBERS = "一二三四五六七八九十"


def measure(place: Workplace) -> Iterator[Result]:
    """The workbook is read as an import reads it, with every check; the import adds the transaction."""
    path = roster(place)
    yield Result("10,000-row roster: read", alone(lambda: _read(path), runs=3, warm_up=1))
    office = place.folder / "import"

    def take_in() -> None:
        number = len(list(office.glob("*"))) if office.exists() else 0
        _found(path, DataFolder(office / str(number)), office / f"shared-{number}")

    yield Result("10,000-row roster: imported", alone(take_in, runs=1))


def imported_office(place: Workplace) -> DataFolder:
    """An office with the roster in it, made once."""
    folder = DataFolder(place.folder / "office-10000")
    if not folder.root.exists():
        _found(roster(place), folder, place.folder / "shared-10000")
    return folder


def roster(place: Workplace) -> Path:
    """A workbook as a province keeps it, made once."""
    path = place.folder / "roster-10000.xlsx"
    if not path.exists():
        book = Workbook(write_only=True)
        sheet = book.create_sheet("学校数据")
        sheet.append(HEADS)
        for number in range(SCHOOLS):
            sheet.append(_school(number))
        book.save(path)
    return path


def _school(number: int) -> tuple[object, ...]:
    town = TOWNS[number % len(TOWNS)]
    kind, word = KINDS[number // 7 % len(KINDS)]
    name = f"青禾县{town}第{NUMBERS[number // 3 % 10]}{word}{number // 80 + 1}校区"
    code = f"3601{number:06d}"
    area = f"第{NUMBERS[number % 9]}责任区"
    place = f"{town}人民路{number % 300 + 1}号"
    telephone = f"0900-{5550000 + number}"
    return (code, name, "青禾县", area, kind, "公办", "镇区", place, "陈立", telephone, 300 + number % 900)


def _read(path: Path) -> None:
    reading = read_schools(path)
    if len(reading.rows) != SCHOOLS:
        raise RuntimeError(f"{len(reading.rows)} rows were read: {reading.faults[:3]}")


def _found(path: Path, folder: DataFolder, shared: Path) -> None:
    shared.mkdir(parents=True)
    services = open_services(folder, clock=system_clock, new_id=new_id)
    try:
        services.profile.found_office(
            shared, Unit(name="青禾县人民政府教育督导室", code_letters="青教", county="青禾县")
        )
        services.importing.schools(path)
    finally:
        services.close()

"""`jiandu ledger …` and `jiandu count`: the ledger as workbooks out and in, and the counters."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.cli.telling import complain
from jiandu_desktop.domain.counters import GroupBy
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.periods import PERIOD_NAMES, Period, period_of
from jiandu_desktop.domain.sentences import sentence

if TYPE_CHECKING:
    from jiandu_desktop.services.ledger_import import LedgerDifference
    from jiandu_desktop.services.program import Services


def add_ledger_commands(ledger: argparse.ArgumentParser) -> None:
    """The words below `jiandu ledger`."""
    actions = ledger.add_subparsers(dest="ledger_command", metavar="命令", required=True)
    export = actions.add_parser("export", help="导出问题台账（四个清单或整改台账）")
    export.add_argument("out", metavar="文件.xlsx或文件夹")
    export.add_argument(
        "--layout", choices=[each.value for each in Layout], default="joint", help="四清单合一、四张表、整改台账"
    )
    export.add_argument("--school", metavar="学校代码", help="只要一所学校的")
    export.add_argument("--open", action="store_true", help="只要未销号的")
    export.add_argument("--by-school", action="store_true", help="每所学校一个文件，写进文件夹，发给学校填")
    entry = actions.add_parser("import", help="导入学校填好、督导室改好的台账；先列出差异")
    entry.add_argument("file", metavar="文件.xlsx")
    entry.add_argument("--take", action="store_true", help="采用没有冲突的全部差异（不写则只比较）")
    entry.add_argument("--take-conflicts", action="store_true", help="有冲突的也按表格采用")
    old = actions.add_parser("import-old", help="导入各级反馈的老问题清单；先预览")
    old.add_argument("file", metavar="文件.xlsx")
    old.add_argument("--school", metavar="名称=学校代码", action="append", default=[], help="清单里的名称是哪一所")
    old.add_argument("--take", action="store_true", help="导入（不写则只预览）")


def add_count_command(count: argparse.ArgumentParser) -> None:
    """The words of `jiandu count`."""
    count.add_argument("--from", dest="first", metavar="日期", type=_day, help="第一天，如 2026-09-01")
    count.add_argument("--to", dest="last", metavar="日期", type=_day, help="最后一天，默认今天")
    count.add_argument("--period", choices=[each.value for each in Period if each is not Period.OWN], default="month")
    count.add_argument("--by", choices=[each.value for each in GroupBy], default="nothing")
    count.add_argument("--json", action="store_true", help="以 JSON 输出")
    count.add_argument("--xlsx", metavar="文件.xlsx", help="写成工作簿，每种分法一张表")


def run_ledger(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one of them; returns the exit code."""
    return _LEDGER[chosen.ledger_command](services, chosen)


def run_count(services: Services, chosen: argparse.Namespace) -> int:
    """Count, and say it as lines, as JSON or as a workbook."""
    today = services.store.today()
    first, last = period_of(Period(chosen.period), today)
    first, last = chosen.first or first, chosen.last or (today if chosen.first else last)
    if last < first:
        raise Trouble("count-period", first=str(first), last=str(last))
    table = services.counting.table(first, last, GroupBy(chosen.by))
    if chosen.json:
        import json

        from jiandu_desktop.services.counting import as_json

        print(json.dumps(as_json(table), ensure_ascii=False, indent=2))
        return 0
    if chosen.xlsx:
        services.counting.write(Path(chosen.xlsx), first, last)
        print(f"已写好 {chosen.xlsx}（{first} 至 {last}）")
        return 0
    from jiandu_desktop.services.counting import figures, shown

    name = PERIOD_NAMES[Period(chosen.period)] if not chosen.first else "自定"
    print(f"{name}：{first} 至 {last}")
    rows = [*table.rows, table.whole] if table.by is not GroupBy.NOTHING else [table.whole]
    for row in rows:
        words = "，".join(
            f"{title} {shown(title, value)}" for title, value in figures(row.counts, table.kinds()) if value
        )
        print(f"  {table.name(row)}：{words or '没有'}")
    return 0


def _export(services: Services, chosen: argparse.Namespace) -> int:
    layout, export = Layout(chosen.layout), services.ledger_export
    ids = None
    if chosen.school:
        school = _school(services, chosen.school)
        ids = services.ledger_export.of_school(school)
    if chosen.by_school:
        written = export.write_by_school(Path(chosen.out), layout, ids, open_only=chosen.open)
    else:
        written = export.write(Path(chosen.out), layout, ids, open_only=chosen.open)
    print(f"已导出 {written.problems} 个问题，{len(written.files)} 个文件：{chosen.out}")
    return 0


def _import(services: Services, chosen: argparse.Namespace) -> int:
    difference = services.ledger_import.compare(Path(chosen.file))
    _tell(difference)
    if not chosen.take:
        if difference.differences:
            print("没有改动任何问题；要采用请加 --take。")
        return 1 if difference.refused else 0
    accepted = set(difference.acceptable)
    if chosen.take_conflicts:
        accepted |= {each.key for each in difference.differences if each.conflict and not each.refused}
    taken = services.ledger_import.take(difference, accepted)
    print(f"已采用 {taken.steps} 处，涉及 {taken.problems} 个问题。")
    return 1 if difference.refused else 0


def _tell(difference: LedgerDifference) -> None:
    print(f"{difference.file}：{difference.problems} 个问题，{difference.unchanged} 个没有变化。")
    for each in difference.differences:
        line = f"  {each.school}“{each.problem}”（{each.concerns or '无责任人'}）{each.title}："
        line += f"由“{each.old or '空'}”改为“{each.new}”"
        if each.conflict:
            line += f"；冲突：导出以后这里已改为“{each.here or '空'}”"
        if each.refused:
            complain(f"{line}；不能采用：{sentence(each.refused, {})}")
        else:
            print(line)
    for line in difference.notices:
        print(f"  {line}")
    for line in difference.refused:
        complain(f"  没有采用：{line}")


def _import_old(services: Services, chosen: argparse.Namespace) -> int:
    names = dict(_named(services, each) for each in chosen.school)
    view = services.old_lists.look(Path(chosen.file), names)
    print(f"{view.file} 工作表“{view.sheet}”：可以导入 {len(view.rows)} 个问题，以前导入过 {view.known} 个。")
    for row in view.rows:
        state = "已改，待复查" if row.done else "未改"
        print(f"  第 {row.row} 行 {row.school}：{row.problem.text}（{row.problem.origin}，{state}）")
    for line in view.notices:
        print(f"  {line}")
    for line in view.refused:
        complain(f"  不能导入：{line}")
    if chosen.take:
        taken = services.old_lists.take(view)
        print(f"已下达 {taken.issued} 个（其中 {taken.to_recheck} 个待复查），待下达 {taken.kept} 个。")
    elif view.rows:
        print("什么也没有导入；要导入请加 --take。")
    return 1 if view.refused else 0


def _named(services: Services, text: str) -> tuple[str, str]:
    name, _, code = text.partition("=")
    return name, _school(services, code)


def _school(services: Services, code: str) -> str:
    """The identifier of the school of this code or name; raises Trouble `school-unknown`."""
    found = [row.school.id for row in services.schools.rows() if code in (row.school.code, row.school.name)]
    if len(found) != 1:
        raise Trouble("school-unknown" if not found else "school-ambiguous", school=code, count=len(found))
    return found[0]


def _day(text: str) -> date:
    return date.fromisoformat(text)


_LEDGER: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "export": _export,
    "import": _import,
    "import-old": _import_old,
}

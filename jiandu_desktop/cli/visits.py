"""`jiandu visit …`: records of visits out to other programs and in again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from jiandu_desktop.cli.telling import complain, say_step
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services

_STATES = {
    VisitState.DRAFT: "督导中",
    VisitState.AWAITING_SIGNATURE: "待签字",
    VisitState.FINISHED: "已完成",
}
_TAIL = 12
"""Of a UUIDv7 the end tells visits apart that began in the same second."""


def add_visit_commands(visit: argparse.ArgumentParser) -> None:
    """The words below `jiandu visit`."""
    actions = visit.add_subparsers(dest="visit_command", metavar="命令", required=True)
    actions.add_parser("list", help="列出督导记录和它们的编号")
    export = actions.add_parser("export", help="导出督导记录")
    export.add_argument("visit", metavar="编号", nargs="*", help="visit list 列出的编号，可以写几个")
    export.add_argument("--all", action="store_true", help="全部已定稿的记录")
    export.add_argument("--format", choices=("openrosa", "json", "csv"), default="openrosa")
    export.add_argument("--out", metavar="文件夹", required=True)
    entry = actions.add_parser("import", help="把一份填报记录（OpenRosa）作为草稿接着填")
    entry.add_argument("source", metavar="文件夹或submission.xml")
    entry.add_argument("--school", metavar="学校代码", default="", help="记录里没有写明学校时用")


def run_visit(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one of them; returns the exit code."""
    return _VISIT[chosen.visit_command](services, chosen)


def _list(services: Services, chosen: argparse.Namespace) -> int:
    del chosen
    rows = services.visits.rows()
    for row in rows:
        visit = row.visit
        facts = (f"{visit.started_at:%Y-%m-%d %H:%M}", _STATES[visit.state], row.school, visit.task, row.inspectors)
        print("  ".join((visit.id[-_TAIL:], *facts)))
    print(f"共 {len(rows)} 份。")
    return 0


def _export(services: Services, chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.visit_export import Format

    if bool(chosen.visit) == chosen.all:
        complain("请写一个或几个编号，或者用 --all 导出全部已定稿的记录。")
        return 2
    if chosen.all:
        found = [row.visit.id for row in services.visits.rows() if row.visit.state is not VisitState.DRAFT]
    else:
        found = [services.visit_export.found(each).id for each in chosen.visit]
    progress = Progress(lambda step: say_step(step.done, step.total))
    done = services.visit_export.write(found, Format(chosen.format), Path(chosen.out), progress)
    print(f"已导出 {done.visits} 份记录，{done.files} 个文件：{done.folder}")
    for name in done.missing:
        complain(f"  照片或文件不在本机，没有导出：{name}")
    return 1 if done.missing else 0


def _import(services: Services, chosen: argparse.Namespace) -> int:
    done = services.visit_import.read(Path(chosen.source), chosen.school)
    print(
        f"已导入 {done.school} 的填报记录，答了 {done.answers} 题，编号 {done.visit.id[-_TAIL:]}，可以在窗口里接着填。"
    )
    for label in done.unread:
        complain(f"  答案不在选项里，没有导入：{label}")
    for name in done.missing:
        complain(f"  文件没有随记录一起来：{name}")
    for name in done.refused:
        complain(f"  文件不能用，没有导入：{name}")
    return 0


_VISIT: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "list": _list,
    "export": _export,
    "import": _import,
}

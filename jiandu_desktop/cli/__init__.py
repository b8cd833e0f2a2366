"""The same services without a window: for the office's scripts and for tests."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from jiandu_desktop import __version__
from jiandu_desktop.cli.carry import CLOSED, add_carry_commands, run_carry, run_closed
from jiandu_desktop.cli.forms import add_form_commands, run_form
from jiandu_desktop.cli.indicators import add_indicator_command, run_indicators
from jiandu_desktop.cli.ledger import add_count_command, add_ledger_commands, run_count, run_ledger
from jiandu_desktop.cli.office import add_office_commands, run_office, write_blank
from jiandu_desktop.cli.papers import add_paper_commands, run_paper
from jiandu_desktop.cli.sync import add_sync_commands, join, sync
from jiandu_desktop.cli.telling import say_step, told
from jiandu_desktop.cli.visits import add_visit_commands, run_visit
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services, open_services

__all__ = ["make_parser", "run", "told"]

# What only one command needs is imported where it is carried out.


def make_parser() -> argparse.ArgumentParser:
    """The words of the command line; the window's commands (none, open, tour) are carried out by `bootstrap`."""
    parser = argparse.ArgumentParser(prog="jiandu", description="监督：责任督学的离线工作台")
    parser.add_argument("--version", action="version", version=f"监督 {__version__}")
    parser.add_argument("--data", metavar="文件夹", help="数据文件夹（默认在用户的应用数据里）")
    parser.add_argument("--print-to", metavar="文件.pdf", help="打印时不用打印机，写到这个文件（测试用）")
    commands = parser.add_subparsers(dest="command", metavar="命令")

    opening = commands.add_parser("open", help="打开窗口（默认）")
    # For bench/ and for whoever asks how long a start takes: "ready" is written when 今日 can be used.
    opening.add_argument("--quit-when-ready", action="store_true", help=argparse.SUPPRESS)
    tour = commands.add_parser("tour", help="自动走一遍全部流程，留下截图、文书和汇总表")
    tour.add_argument("--out", metavar="文件夹", default="out/tour")

    demo = commands.add_parser("demo", help="在一个空文件夹里建演示用的县督导室")
    demo.add_argument("folder", metavar="文件夹")

    add_sync_commands(commands)
    add_carry_commands(commands)

    verify = commands.add_parser("verify", help="核对一份文书是否本单位签发、有没有改动")
    verify.add_argument("file", metavar="文件.pdf")

    add_paper_commands(commands.add_parser("document", help="签发的文书：列出，写成 PDF、Word 或小票"))
    add_form_commands(commands.add_parser("form", help="督导表单"))
    add_visit_commands(commands.add_parser("visit", help="督导记录的导出和导入"))
    add_ledger_commands(commands.add_parser("ledger", help="问题台账的导出和导入"))
    add_count_command(commands.add_parser("count", help="统计：督导次数、学校、文书、问题"))
    add_indicator_command(commands.add_parser("indicators", help="优质均衡：各校七项指标和差异系数"))
    add_office_commands(commands.add_parser("office", help="督导室的准备和汇总"))
    return parser


def run(chosen: argparse.Namespace, data: DataFolder, *, clock: Clock, new_id: IdSource) -> int:
    """Carry out one command and say what it did; returns the exit code."""
    if chosen.command in CLOSED:
        return told(lambda: run_closed(chosen, data, clock=clock, new_id=new_id))
    if chosen.command == "demo":
        return told(lambda: _demo(Path(chosen.folder), clock, new_id))
    if chosen.command == "form":
        return told(lambda: run_form(chosen))
    if chosen.command == "office" and chosen.office_command == "template":
        return told(lambda: write_blank(chosen))

    def work() -> int:
        services = open_services(data, clock=clock, new_id=new_id)
        try:
            return _COMMANDS[chosen.command](services, chosen)
        finally:
            services.close()

    return told(work)


def _demo(folder: Path, clock: Clock, new_id: IdSource) -> int:
    if folder.exists() and any(folder.iterdir()):
        raise Trouble("demo-folder-not-empty", path=str(folder))
    from jiandu_desktop.services.demo import make_demo

    bureau = make_demo(
        folder, clock=clock, new_id=new_id, progress=Progress(lambda step: say_step(step.done, step.total))
    )
    print(f"演示单位建好了：{bureau.root}")
    print(f"  督导室的数据：{bureau.office.root}")
    print(f"  共享文件夹：{bureau.shared}")
    print(f"  督学的电脑：{bureau.own.root}（用 jiandu --data 打开）")
    return 0


def _verify(services: Services, chosen: argparse.Namespace) -> int:
    verdict = services.papers.verify(Path(chosen.file))
    print("\n".join(verdict.lines()))
    return 0 if verdict.code == "verify-genuine" else 1


_COMMANDS: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "join": join,
    "sync": sync,
    "verify": _verify,
    "office": run_office,
    "visit": run_visit,
    "export": run_carry,
    "backup": run_carry,
    "move-out": run_carry,
    "document": run_paper,
    "ledger": run_ledger,
    "count": run_count,
    "indicators": run_indicators,
}

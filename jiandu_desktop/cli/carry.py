"""`jiandu export`, `backup`, `move-out`, `move-in`: data kept safe, carried along, and read without the program."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from jiandu_desktop.cli.telling import say_step
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services, open_services

CLOSED = ("restore", "move-in", "stay")
"""Commands over a data folder that is not open (`run_closed`)."""


def add_carry_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Their words."""
    export = commands.add_parser("export", help="全部导出：Excel、PDF、JSON 和照片原件，不用本程序也能看")
    export.add_argument("folder", metavar="空文件夹")
    backup = commands.add_parser("backup", help="现在备份一次数据库，列出已有的备份")
    backup.add_argument("--list", action="store_true", help="只列出，不备份")
    restore = commands.add_parser("restore", help="恢复到一份备份；现在的数据另存一份")
    restore.add_argument("file", metavar="备份文件.db")
    out = commands.add_parser("move-out", help="打包搬到新电脑（口令从键盘或标准输入读）")
    out.add_argument("file", metavar="搬家包.jdbj")
    out.add_argument("--retire", action="store_true", help="打包后停用这里的数据")
    entry = commands.add_parser("move-in", help="在新电脑上打开搬家包")
    entry.add_argument("file", metavar="搬家包.jdbj")
    commands.add_parser("stay", help="打包停用以后，改为继续在这里使用")


def run_carry(services: Services, chosen: argparse.Namespace) -> int:
    """Carry out one over open data; returns the exit code."""
    return _OPEN[chosen.command](services, chosen)


def run_closed(chosen: argparse.Namespace, data: DataFolder, *, clock: Clock, new_id: IdSource) -> int:
    """Carry out one over data that nobody has open; returns the exit code."""
    from jiandu_desktop.services import moving, restoring

    if chosen.command == "stay":
        moving.stay(data)
        print("继续在这里使用。")
        return 0
    if chosen.command == "restore":
        kept = restoring.restore(data, Path(chosen.file), clock)
        open_services(data, clock=clock, new_id=new_id).close()
        print(f"已恢复。恢复以前的数据在 {kept}。")
        return 0
    if data.database.exists():
        services = open_services(data, clock=clock, new_id=new_id)
        try:
            if services.store.belongs():
                profile = services.profile.current()
                raise Trouble("office-exists", path=profile.data_folder, name=profile.unit)
        finally:
            services.close()
    parcel = moving.unpack(Path(chosen.file), _passphrase("打包时定的口令："), data, _telling())
    open_services(data, clock=clock, new_id=new_id).close()
    print(f"{parcel.unit} {parcel.person} 的资料搬进来了（{parcel.files} 个照片和文书）。请同步一次。")
    return 0


def _export(services: Services, chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.full_export import export_everything

    done = export_everything(services, Path(chosen.folder), _telling())
    print(
        f"已导出到 {done.folder}：{done.visits} 份记录、{done.problems} 个问题、{done.documents} 份文书，"
        f"{done.files} 个文件，{done.size / (1 << 20):.1f} MB。"
    )
    for each in done.missing:
        print(f"  原件不在这里：{each}")
    return 0


def _backup(services: Services, chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.restoring import check_copy
    from jiandu_desktop.services.upkeep import back_up_now, backups

    if not chosen.list:
        print(f"已备份：{back_up_now(services.store)}")
    for line in backups(services.store):
        verdict = "打不开" if check_copy(line.path) else "核对过"
        print(f"  {line.at:%Y-%m-%d %H:%M}  {line.size / (1 << 20):.1f} MB  {verdict}  {line.path}")
    return 0


def _move_out(services: Services, chosen: argparse.Namespace) -> int:
    from jiandu_desktop.services.moving import pack, retire

    out = Path(chosen.file)
    parcel = pack(services.store, out, _passphrase("给搬家包定一个口令（至少 8 个字符）："), _telling())
    print(f"已打包并读回核对：{out}（{parcel.files} 个照片和文书，{parcel.size / (1 << 20):.1f} MB）。")
    if chosen.retire:
        retire(services.store.folder, services.store.clock, out)
        print("这里的数据已停用；要改回来请运行 jiandu stay。")
    return 0


def _passphrase(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _telling() -> Progress:
    return Progress(lambda step: say_step(step.done, step.total))


_OPEN: dict[str, Callable[[Services, argparse.Namespace], int]] = {
    "export": _export,
    "backup": _backup,
    "move-out": _move_out,
}

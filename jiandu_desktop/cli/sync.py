"""`jiandu join` and `jiandu sync`: a laptop meets its office's folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services


def add_sync_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The words `join` and `sync`."""
    join = commands.add_parser("join", help="用督导室的邀请文件接入本单位")
    join.add_argument("invitation", metavar="邀请文件.jdyq")
    join.add_argument("folder", metavar="共享文件夹")

    sync = commands.add_parser(
        "sync", help="与共享文件夹同步一次；sync doctor 共享文件夹：检查这个文件夹能不能用、要请管理员改什么"
    )
    sync.add_argument("folder", metavar="[doctor] 共享文件夹", nargs="?")
    sync.add_argument("examined", nargs="?", help=argparse.SUPPRESS)
    sync.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def join(services: Services, chosen: argparse.Namespace) -> int:
    """Join with an invitation and fetch what the office has for this laptop."""
    profile = services.profile.join(Path(chosen.invitation), chosen.folder)
    print(f"已接入 {profile.unit}。正在取回学校、表单和任务……")
    return sync(services, argparse.Namespace(folder=None, json=False))


def sync(services: Services, chosen: argparse.Namespace) -> int:
    """One round; the exit code is 1 where it could not be finished.

    `sync doctor FOLDER` examines a folder instead (one that is called doctor is written ./doctor).
    """
    if chosen.folder == "doctor":
        return _doctor(services, chosen.examined or services.exchange.folder(), as_json=chosen.json)
    report = services.exchange.sync(Progress(), chosen.folder)
    if chosen.json:
        from jiandu_desktop.services.wire import to_wire

        print(json.dumps(to_wire(report), ensure_ascii=False, indent=2))
    else:
        print(report.sentence())
        for refused in services.exchange.state().refused:
            print(f"  {refused.reason}")
    return 1 if report.trouble else 0


def _doctor(services: Services, folder: str, *, as_json: bool) -> int:
    """What the folder can do; the exit code is 1 where it cannot be used as it is."""
    from jiandu_desktop.services.doctor import diagnose
    from jiandu_desktop.services.wire import to_wire

    if not folder:
        raise Trouble("no-folder")
    found = diagnose(services.store, Path(folder))
    if as_json:
        print(json.dumps(to_wire(found), ensure_ascii=False, indent=2))
    else:
        print(f"{found.path}：{found.office or '还不是督导室的共享文件夹'}")
        for line in found.findings:
            print(f"  {line}")
        print("要请管理员做的：" if found.requests else "不用改什么。")
        for line in found.requests:
            print(f"  {line}")
    return 0 if found.usable else 1

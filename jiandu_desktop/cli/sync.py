"""`jiandu join` and `jiandu sync`: a laptop meets its office's folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services


def add_sync_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The words `join` and `sync`."""
    join = commands.add_parser("join", help="用督导室的邀请文件接入本单位")
    join.add_argument("invitation", metavar="邀请文件.jdyq")
    join.add_argument("folder", metavar="共享文件夹")

    sync = commands.add_parser("sync", help="与共享文件夹同步一次")
    sync.add_argument("folder", metavar="共享文件夹", nargs="?")
    sync.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def join(services: Services, chosen: argparse.Namespace) -> int:
    """Join with an invitation and fetch what the office has for this laptop."""
    profile = services.profile.join(Path(chosen.invitation), chosen.folder)
    print(f"已接入 {profile.unit}。正在取回学校、表单和任务……")
    return sync(services, argparse.Namespace(folder=None, json=False))


def sync(services: Services, chosen: argparse.Namespace) -> int:
    """One round; the exit code is 1 where it could not be finished."""
    report = services.exchange.sync(Progress(), chosen.folder)
    if chosen.json:
        from jiandu_desktop.services.wire import to_wire

        print(json.dumps(to_wire(report), ensure_ascii=False, indent=2))
    else:
        print(report.sentence())
        for refused in services.exchange.state().refused:
            print(f"  {refused.reason}")
    return 1 if report.trouble else 0

"""Builds the objects and hands them to each other: the window's, the tour's and the command line's."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jiandu_desktop import cli, logs
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder, user_data_folder
from jiandu_desktop.services.profiles import Profiles


def start(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 for success, 1 for a trouble that was told, 2 for wrong words."""
    for stream in (sys.stdout, sys.stderr):
        # A frozen program without a console has no streams; an old one may not know Chinese.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = cli.make_parser(arguments).parse_args(list(arguments))
    data = DataFolder(Path(chosen.data)) if chosen.data else user_data_folder()
    if chosen.command in (None, "open", "tour"):
        return cli.told(lambda: _windowed(chosen, data))
    return cli.run(chosen, data, clock=system_clock, new_id=new_id)


def _windowed(chosen: argparse.Namespace, data: DataFolder) -> int:
    if chosen.command == "tour":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        # Qt is asked for only now: the command line of an office's server needs no screen.
        from jiandu_desktop.ui.tour import run_tour

        return run_tour(Path(chosen.out), clock=system_clock, new_id=new_id)
    from jiandu_desktop.ui.application import run_application, say_trouble

    profiles = Profiles(data.root, clock=system_clock, new_id=new_id)
    try:
        profiles.hold()
    except Trouble as trouble:
        return say_trouble(trouble)
    handler = logs.start_logging(profiles.own.logs)
    try:
        return run_application(
            profiles,
            print_to=Path(chosen.print_to) if chosen.print_to else None,
            on_ready=cli.say_ready if getattr(chosen, "quit_when_ready", False) else None,
        )
    finally:
        profiles.release()
        handler.close()

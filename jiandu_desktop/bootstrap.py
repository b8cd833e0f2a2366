"""Builds the objects and hands them to each other: the window's, the tour's and the command line's."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jiandu_desktop import logs
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder, user_data_folder
from jiandu_desktop.services.profiles import Profiles

WindowWords = tuple[str | None, str | None, bool]
"""Data folder, file to print into, whether to end when 今日 can be used."""


def start(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 for success, 1 for a trouble that was told, 2 for wrong words."""
    for stream in (sys.stdout, sys.stderr):
        # A frozen program without a console has no streams; an old one may not know Chinese.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = window_words(arguments)
    if words is not None:
        return _window(*words)
    from jiandu_desktop import cli

    chosen = cli.make_parser().parse_args(list(arguments))
    if chosen.command == "tour":
        return cli.told(lambda: _tour(Path(chosen.out)))
    if chosen.command == "form" and chosen.form_command == "try":
        return cli.told(lambda: _try(Path(chosen.file), Path(chosen.screenshot) if chosen.screenshot else None))
    if chosen.command in (None, "open"):
        return _window(chosen.data, chosen.print_to, getattr(chosen, "quit_when_ready", False))
    return cli.run(chosen, _data_folder(chosen.data), clock=system_clock, new_id=new_id)


def window_words(arguments: Sequence[str]) -> WindowWords | None:
    """What a plain start of the window says; None where the command line's parser is needed to tell.

    Its nineteen commands take as long to put together as the inspector's list to read: whoever only opens the window
    does not wait for them.
    """
    values: dict[str, str] = {}
    ends = False
    rest = iter(arguments)
    for word in rest:
        if word in ("--data", "--print-to"):
            values[word] = next(rest, "-")
            if values[word].startswith("-"):
                return None
        elif word == "--quit-when-ready":
            ends = True
        elif word != "open":
            return None
    return values.get("--data"), values.get("--print-to"), ends


def _data_folder(chosen: str | None) -> DataFolder:
    return DataFolder(Path(chosen)) if chosen else user_data_folder()


def _tour(out: Path) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is asked for only now: the command line of an office's server needs no screen.
    from jiandu_desktop.ui.tour import run_tour

    return run_tour(out, clock=system_clock, new_id=new_id)


def _try(form: Path, screenshot: Path | None) -> int:
    if screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        # Qt would end the process without a word that helps.
        raise Trouble("no-display")
    from jiandu_desktop.ui.trial_start import run_trial

    return run_trial(form, clock=system_clock, new_id=new_id, screenshot=screenshot)


def _window(data: str | None, print_to: str | None, ends: bool) -> int:
    from jiandu_desktop.ui.application import run_application, say_trouble

    profiles = Profiles(_data_folder(data).root, clock=system_clock, new_id=new_id)
    try:
        profiles.hold()
    except Trouble as trouble:
        return say_trouble(trouble)
    handler = logs.start_logging(profiles.own.logs)
    try:
        return run_application(
            profiles, print_to=Path(print_to) if print_to else None, on_ready=_say_ready if ends else None
        )
    finally:
        profiles.release()
        handler.close()


def _say_ready() -> None:
    """For bench/, which waits for this word on standard output."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()

"""The tour: the real window, worked by mouse and keyboard through one whole round, with pictures of every step."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.ui.application import make_application
from jiandu_desktop.ui.errors import is_expected, report_for, sentence_for
from jiandu_desktop.ui.tour.album import CONTENTS, write_album
from jiandu_desktop.ui.tour.director import SceneFailed
from jiandu_desktop.ui.tour.scenes_after import SCENES as AFTER
from jiandu_desktop.ui.tour.scenes_before import SCENES as BEFORE
from jiandu_desktop.ui.tour.scenes_checklists import SCENES as CHECKLISTS
from jiandu_desktop.ui.tour.scenes_finish import SCENES as FINISH
from jiandu_desktop.ui.tour.scenes_kinds import SCENES as KINDS
from jiandu_desktop.ui.tour.scenes_visit import SCENES as VISIT
from jiandu_desktop.ui.tour.stage import Stage

SCENES = (*BEFORE, *VISIT, *FINISH, *AFTER, *KINDS, *CHECKLISTS)

MARK = "监督自动演示.txt"
"""Lies in every folder the tour has made: only such a folder is cleared and used again."""


def run_tour(out: Path, *, clock: Clock, new_id: IdSource) -> int:
    """Play every scene in `out` and say how each went; 0, or 1 where one failed, and then which.

    `out` is cleared if an earlier tour made it; any other folder that is not empty is refused with Trouble
    `demo-folder-not-empty`. Nothing outside `out` is read or written.
    """
    began = time.monotonic()
    out = out.resolve()
    _clear(out)
    stage = Stage(make_application(), out, clock, new_id)
    failed = ""
    try:
        for number, (words, play) in enumerate(SCENES, 1):
            started = time.monotonic()
            failed = _play(stage, play)
            verdict = f"{'没有做到' if failed else '好'}  {time.monotonic() - started:.1f} s"
            _say(f"{number:2d}/{len(SCENES)} {words}  {verdict}")
            if failed:
                stage.camera.shoot("failed", f"没有做到：{words}", stage.director.window.size(), dark=False)
                break
    finally:
        stage.close()
    write_album(out, stage.camera.pictures, stage.transcript, f"{clock():%Y-%m-%d %H:%M}")
    if failed:
        _say(f"演示停在第 {number} 幕“{words}”：\n{failed}")
        return 1
    _say(f"\n{len(SCENES)} 幕全部做到，用了 {time.monotonic() - began:.0f} 秒。留下的东西在 {out}：")
    for name, what in CONTENTS:
        _say(f"  {name}  {what}")
    return 0


def _play(stage: Stage, play: object) -> str:
    """One scene; what went wrong, "" for nothing."""
    assert callable(play)
    try:
        play(stage)
        stage.check()
    except SceneFailed as error:
        return "\n".join([str(error), *stage.faults])
    except Trouble as error:
        return sentence_for(error) if is_expected(error) else report_for(error)
    except Exception as error:  # noqa: BLE001 - whatever a scene meets is told as its failure, with the report
        return report_for(error)
    return ""


def _clear(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists():
            raise Trouble("demo-folder-not-empty", path=str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("监督的自动演示留下的。再演示一次时，这个文件夹会先清空。\n", encoding="utf-8")


def _say(text: str) -> None:
    """The tour's user sits at a terminal, or reads what CI has kept."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

"""`jiandu form try`: the application with nothing but a trial."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.services.form_trial import begin_trial
from jiandu_desktop.ui.application import dress, make_application
from jiandu_desktop.ui.errors import install_hook
from jiandu_desktop.ui.trial import TrialWindow

_SETTLE_MS = 400
"""Before a picture is taken: the first section is laid out and painted by then."""


def run_trial(form: Path, *, clock: Clock, new_id: IdSource, screenshot: Path | None = None) -> int:
    """Opens the wizard and runs until it is closed; with `screenshot` it takes one picture and ends.

    Raises FormFaults and Trouble as `begin_trial`, and Trouble `file-not-writable` for the picture.
    """
    trial = begin_trial(form, clock=clock, new_id=new_id)
    app = make_application()
    dress(app, trial.services.preferences)
    window = TrialWindow(trial, clock, new_id)
    install_hook(window.window.messages.error)
    saved = [True]
    if screenshot is not None:
        window.entered.connect(lambda: QTimer.singleShot(_SETTLE_MS, window, lambda: _shoot(window, screenshot, saved)))
    window.show()
    code = QApplication.exec()
    if not saved[0]:
        raise Trouble("file-not-writable", path=str(screenshot), reason="")
    return code


def _shoot(window: TrialWindow, path: Path, saved: list[bool]) -> None:
    saved[0] = window.window.grab().save(str(path))
    window.window.close()

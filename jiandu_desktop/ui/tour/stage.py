"""What all scenes share: the window, its data, the hands and the camera, and a watch for faults."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.application import build_window, dress
from jiandu_desktop.ui.errors import install_hook, report_for
from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.start_window import StartWindow
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.tour.camera import FULL, Camera
from jiandu_desktop.ui.tour.director import Director, SceneFailed, activate
from jiandu_desktop.ui.widgets.asking import ReportDialog

_HARMLESS = ("This plugin does not support", "propagateSizeHints")
"""What Qt says on a screen that does not exist."""


class Stage:
    """One tour: everything it makes lies under `out`, the user's own data and settings are not touched."""

    def __init__(self, app: QApplication, out: Path, clock: Clock, new_id: IdSource) -> None:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(out / "设置"))
        self.app = app
        self.out = out
        self.profiles = Profiles(out / "数据", clock=clock, new_id=new_id)
        self.director = Director(app)
        self.camera = Camera(app, self.director, out / "截图")
        self.printed = out / "文书" / "刚打印的.pdf"
        self.printed.parent.mkdir(parents=True, exist_ok=True)
        self.transcript: list[str] = []
        self.faults: list[str] = []
        self._tasks = Tasks()
        self._window: MainWindow | None = None
        self._services: Services | None = None
        install_hook(lambda error: self.faults.append(report_for(error)))
        qInstallMessageHandler(self._qt_said)

    @property
    def bureau(self) -> DemoBureau:
        return self.profiles.demo

    @property
    def services(self) -> Services:
        """Only for looking up what a scene then does with mouse and keys, and for checking what it did."""
        assert self._services is not None
        return self._services

    @property
    def window(self) -> MainWindow:
        assert self._window is not None
        return self._window

    def open_program(self) -> None:
        """The first start: the small window while the demo bureau is built, then the real one."""
        self.profiles.hold()
        set_theme(self.app)
        small = StartWindow()
        opened: list[Services] = []
        failed: list[Exception] = []
        task = self._tasks.run(Lane.DATABASE, self.profiles.open, done=opened.append, failed=failed.append)
        small.follow(task)
        self.director.take(small, lambda: False)
        self.director.wait(lambda: small.isVisible() or opened or failed, "演示单位开始建立", 60)
        self.director.wait(lambda: small.words() or opened or failed, "演示单位建到一半", 60)
        if small.isVisible():
            self.camera.shoot("first-start", "第一次打开：正在准备演示单位", small.size())
        self.director.wait(lambda: opened or failed, "演示单位建好", 180)
        if failed:
            raise failed[0]
        self._services = opened[0]
        dress(self.app, self._services.preferences)
        set_theme(self.app, False)
        self._window = build_window(self._services, self.profiles, self._tasks, self.printed)
        self._window.resize(FULL)
        self.take_own_window()
        small.done()
        self.director.settle()

    def keep_printed(self, what: str) -> Path:
        """Sets aside what the program has printed into a file, before the next print takes its place."""
        self.director.wait(self.printed.exists, "打印到文件", 60)
        self.director.settle()
        return self.printed.replace(self.printed.with_name(f"打印出来的（{what}）.pdf"))

    def take_own_window(self) -> None:
        """The hands are at the program's own window, at first and after another one was shown."""
        self.director.take(self.window, lambda: not self._tasks.is_idle())
        activate(self.window)

    def close(self) -> None:
        """Ends the program as its user would."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
        else:
            self._tasks.shutdown()
        self.profiles.release()
        qInstallMessageHandler(None)

    def command(self, *words: str | Path, expect: int = 0) -> str:
        """Runs the program's command line as the office does, in a process of its own; returns what it said.

        Raises SceneFailed when it ends with another code than `expect`.
        """
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "jiandu_desktop"]
        began = time.monotonic()
        done = subprocess.run(
            [*program, *(str(word) for word in words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said = done.stdout.decode("utf-8", "replace").replace(str(self.out) + "/", "")
        shown = " ".join(str(word) for word in words).replace(str(self.out) + "/", "")
        self.transcript.append(f"$ jiandu {shown}\n{said}")
        if done.returncode != expect:
            took = time.monotonic() - began
            raise SceneFailed(f"jiandu {shown}：退出码 {done.returncode}（{took:.1f} 秒）\n{said}")
        return said

    def expect(self, true: object, what: str) -> None:
        """A scene says what must now be so."""
        if not true:
            raise SceneFailed(f"没有做到：{what}")

    def check(self) -> None:
        """After each scene: no fault was caught and none is shown; raises SceneFailed with the first."""
        report = next((each for each in self.app.topLevelWidgets() if isinstance(each, ReportDialog)), None)
        if report is not None and report.isVisible():
            raise SceneFailed("程序出了差错，弹出了报告")
        if self.faults:
            raise SceneFailed(self.faults.pop(0))

    def _qt_said(self, kind: QtMsgType, context: object, text: str | None) -> None:
        del context
        if kind is not QtMsgType.QtDebugMsg and text and not any(words in text for words in _HARMLESS):
            self.faults.append(f"Qt: {text}")


Scene = tuple[str, Callable[[Stage], None]]
"""What the scene shows, in words, and how it is played."""

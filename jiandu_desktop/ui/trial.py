"""试填: a checklist filled in by a window of its own over a throw-away bureau; with the window everything goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from jiandu_desktop.domain.identity import Clock, IdSource
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.form_trial import Trial, begin_trial
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.ui.assembly import Assembly
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.tasks import Lane, Tasks


class TrialWindow(QObject):
    """The wizard on one checklist. `ended` when the window is closed and nothing is left of what was filled in."""

    ended = Signal()
    entered = Signal()

    def __init__(self, trial: Trial, clock: Clock, new_id: IdSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trial = trial
        self._inside = False
        tasks = Tasks()
        profiles = Profiles(trial.folder / "data", clock=clock, new_id=new_id)
        self.window = MainWindow()
        assembly = Assembly(self.window, profiles, tasks, None)
        assembly.set_up(trial.services)
        self.window.setWindowTitle(self.tr("试填：关上窗口，填的内容不保留"))
        self.window.room_changed.connect(self._room_changed)
        self.window.closing.connect(self._closing)
        assembly.rooms.resume(trial.visit_id)

    @property
    def folder(self) -> Path:
        """Where everything of this trial lies until it ends."""
        return self._trial.folder

    def show(self) -> None:
        self.window.show()

    @Slot()
    def _room_changed(self) -> None:
        """Into the wizard; out of it again there is nothing to go back to."""
        if self.window.room() is not None:
            if not self._inside:
                self._inside = True
                self.entered.emit()
        elif self._inside:
            # Not in the middle of the room's own leaving.
            QTimer.singleShot(0, self.window, self.window.close)

    @Slot()
    def _closing(self) -> None:
        # The window's own parts were told first: lanes and database are at rest by now.
        self._trial.end()
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ended.emit()


class Trials(QObject):
    """The trials begun from one window: prepared off its thread, and closed with it."""

    def __init__(self, assembly: Assembly, window: MainWindow) -> None:
        super().__init__(window)
        self._assembly = assembly
        window.closing.connect(self.close)
        self._open: list[TrialWindow] = []
        self._preparing = False

    def begin(self, form: Path) -> None:
        """Opens a window on this checklist, as soon as its throw-away bureau is made."""
        if self._preparing:
            return
        self._preparing = True
        desk = self._assembly.desk
        clock, new_id = desk.services.store.clock, desk.services.store.new_id

        def work(progress: Progress) -> Trial:
            progress.check()
            return begin_trial(form, clock=clock, new_id=new_id)

        desk.tasks.run(Lane.POOL, work, done=self._show, failed=desk.messages.error, finished=self._prepared)

    def windows(self) -> list[TrialWindow]:
        return list(self._open)

    @Slot()
    def close(self) -> None:
        """The trials go with the window they were begun from."""
        for trial in list(self._open):
            trial.window.close()

    @Slot(object)
    def _show(self, trial: Trial) -> None:
        store = self._assembly.desk.services.store
        window = TrialWindow(trial, store.clock, store.new_id, self)
        self._open.append(window)
        window.ended.connect(lambda: self._ended(window))
        window.show()

    @Slot()
    def _prepared(self) -> None:
        self._preparing = False

    def _ended(self, window: TrialWindow) -> None:
        self._open.remove(window)
        window.deleteLater()

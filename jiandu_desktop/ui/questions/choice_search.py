"""Choices narrowed by a few signs or pinyin initials: looked through in slices, so that 100,000 do not stop a key."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.ui.questions.question import Option

SLICE_S = 0.006
"""So long the list is looked through before the next key or paint has its turn."""

MOST_FOUND = 500
"""Nobody reads on beyond this many: a further sign narrows them."""

_Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """The choices that fit what is typed, in the order of the list."""

    searched = Signal()
    """Everything was looked through, or enough was found."""

    def __init__(self, is_chosen: Callable[[str], bool]) -> None:
        super().__init__()
        self._options: tuple[Option, ...] = ()
        self._is_chosen = is_chosen
        self._shown: list[int] | range = range(0)
        self._plain: list[str] = []
        self._letters: list[str | None] = []
        self._by_label: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._wanted = ""
        self._left: Iterator[int] = iter(())
        self.complete = True
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def wanted(self) -> str:
        """What the shown choices were narrowed by."""
        return self._wanted

    def set_options(self, options: tuple[Option, ...]) -> None:
        """Another list; what was typed narrows it too."""
        if options is self._options:
            return
        self._options = options
        self._plain, self._letters = [], []
        self._by_label, self._by_name = {}, {}
        self._start(self._wanted, range(len(options)))

    def label_of(self, name: str) -> str:
        """The words of a choice; its name where the list no longer has it, "" for none."""
        if not name:
            return ""
        if not self._by_name:
            self._by_name = {option.name: place for place, option in enumerate(self._options)}
        place = self._by_name.get(name)
        return name if place is None else self._options[place].label

    def option(self, row: int) -> Option:
        """The choice in a row of what is shown."""
        return self._options[self._shown[row]]

    def exactly(self, label: str) -> Option | None:
        """The choice of exactly these words."""
        if not self._by_label:
            self._by_label = {option.label: place for place, option in reversed(list(enumerate(self._options)))}
        place = self._by_label.get(label)
        return None if place is None else self._options[place]

    def only(self) -> Option | None:
        """The one choice left, once all were looked through."""
        return self.option(0) if self.complete and self._wanted and len(self._shown) == 1 else None

    def narrow(self, text: str) -> None:
        """Shows what fits the text: the first at once, more as they are found."""
        wanted = _plain(text)
        if wanted == self._wanted:
            return
        further = bool(self._wanted) and wanted.startswith(self._wanted) and self.complete
        whole = len(self._shown) < MOST_FOUND
        pool: Iterable[int] = list(self._shown) if further and whole else range(len(self._options))
        self._start(wanted, pool)

    def finish(self) -> None:
        """Looks through the rest at once, as before an answer is taken from it."""
        while not self.complete:
            self._go_on()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        option = self.option(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return option.label
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._is_chosen(option.name) else Qt.CheckState.Unchecked
        return None

    def _start(self, wanted: str, pool: Iterable[int]) -> None:
        self.beginResetModel()
        self._timer.stop()
        self._wanted = wanted
        if not wanted:
            self._shown, self._left, self.complete = range(len(self._options)), iter(()), True
        else:
            self._shown, self._left, self.complete = [], iter(pool), False
            self._shown = self._slice()
        self.endResetModel()
        if self.complete:
            self.searched.emit()
        else:
            self._timer.start()

    @Slot()
    def _go_on(self) -> None:
        found = self._slice()
        shown = self._shown
        if found and isinstance(shown, list):
            self.beginInsertRows(QModelIndex(), len(shown), len(shown) + len(found) - 1)
            shown.extend(found)
            self.endInsertRows()
        if self.complete:
            self._timer.stop()
            self.searched.emit()

    def _slice(self) -> list[int]:
        """What fits among the next choices, until the slice of time is over."""
        until = time.perf_counter() + SLICE_S
        parts = self._wanted.split()
        room = MOST_FOUND - len(self._shown)
        found: list[int] = []
        for count, place in enumerate(self._left):
            if self._fits(place, parts):
                found.append(place)
                if len(found) >= room:
                    break
            if count % 64 == 63 and time.perf_counter() > until:
                return found
        self.complete = True
        return found

    def _fits(self, place: int, parts: list[str]) -> bool:
        if not self._plain:
            self._plain = [""] * len(self._options)
            self._letters = [None] * len(self._options)
        words = self._plain[place]
        if not words:
            words = self._plain[place] = _plain(f"{self._options[place].label} {self._options[place].name}")
        for part in parts:
            if part in words:
                continue
            if not part.isascii():
                return False
            letters = self._letters[place]
            if letters is None:
                letters = self._letters[place] = initials(self._options[place].label)
            if part not in letters:
                return False
        return True


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()

"""Completes the last name of a list 甲、乙、丙 by its characters or pinyin initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from jiandu_desktop.services.pinyin import initials

_LAST = re.compile(r"[^、，,;；]*$")


class CompanionNames(QCompleter):
    """What stands before the last name is left as it was typed."""

    def __init__(self, names: Sequence[str], field: QLineEdit) -> None:
        model = QStandardItemModel()
        super().__init__(model, field)
        model.setParent(self)
        for name in names:
            item = QStandardItem(name)
            item.setData(f"{name} {initials(name)}", Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        self._field = field
        self.setCompletionRole(Qt.ItemDataRole.UserRole)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        """What is looked for: the name being typed."""
        return [_last(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole field with that name completed."""
        typed = self._field.text()
        return typed[: len(typed) - len(_last(typed))] + str(index.data(Qt.ItemDataRole.DisplayRole))


def _last(text: str) -> str:
    found = _LAST.search(text)
    return found.group().strip() if found else ""

"""The language switch in the wizard's bar: there only where the checklist has more than one language."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.wizard.filling import Filling

KEY = "Ctrl+L"


class LanguageSwitch(QObject):
    """Fills the button and its menu; a choice is said at once and remembered for the next checklist."""

    def __init__(self, button: Button, filling: Filling, room: QWidget) -> None:
        super().__init__(room)
        self._button, self._filling = button, filling
        self._languages = filling.paper.languages
        self.menu = QMenu(button)
        button.setVisible(len(self._languages) > 1)
        if len(self._languages) < 2:
            return
        button.setToolTip(self.tr("检查表换一种语言  {}").format(KEY))
        for name in self._languages:
            action = self.menu.addAction(_spoken(name))
            action.setData(name)
            action.setCheckable(True)
        self.menu.triggered.connect(self._chosen)
        button.clicked.connect(self.open)
        shortcut = QShortcut(QKeySequence(KEY), room)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open)
        self._show()

    @Slot()
    def open(self) -> None:
        """Drops the menu under its button."""
        self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        current = next((action for action in self.menu.actions() if action.isChecked()), None)
        if current is not None:
            self.menu.setActiveAction(current)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        name = str(action.data())
        if name != self._filling.paper.language:
            self._filling.set_language(name)
        self._show()

    def _show(self) -> None:
        language = self._filling.paper.language
        self._button.setText(_spoken(language))
        self._button.setAccessibleName(self.tr("检查表的语言：{}").format(_spoken(language)))
        self._button.updateGeometry()
        for action in self.menu.actions():
            action.setChecked(action.data() == language)


def _spoken(name: str) -> str:
    """`English (en)` as people say it."""
    return name.partition("(")[0].strip() or name

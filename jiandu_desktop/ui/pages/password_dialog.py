"""A password asked for one certificate, used once and kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from jiandu_desktop.ui.pages.problem.dialog import FormDialog
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.text import Label


class PasswordDialog(FormDialog):
    """One line whose characters are not shown; what is made of it says what the password is for."""

    def __init__(self, tasks: Tasks, title: str, line: str, word: str, parent: QWidget) -> None:
        super().__init__(tasks, title, line, word, parent)
        name = QCoreApplication.translate("PasswordDialog", "证书密码")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(name)
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoAutoUppercase)
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Label(name))
        row.addWidget(self.password, 1)
        self.add(form)
        self.password.textChanged.connect(self.refresh)
        self.refresh()
        self.fit()
        self.password.setFocus()

    def missing(self) -> list[str]:
        return [] if self.password.text() else [QCoreApplication.translate("PasswordDialog", "密码")]

    def taken(self) -> str:
        """The password, which leaves the field."""
        password = self.password.text()
        self.password.clear()
        return password

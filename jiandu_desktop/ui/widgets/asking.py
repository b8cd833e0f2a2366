"""The dialogs behind `messages`: a question with named answers, a line of words, a report to copy.

QuestionDialog(question, detail, answers: [(value, word, kind)], parent)   signal answered(value | None)
TextDialog(question, detail, initial, word, parent)                       signal answered(text | None)
ReportDialog(report, parent)
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label, Prose


class _Asking(QDialog):
    """What the dialogs share: a heading, a line below it, a row of buttons, and one answer at most."""

    answered = Signal(object)

    def __init__(self, question: str, detail: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("监督"))
        self._told = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        heading = Label(question, role="heading")
        heading.setWordWrap(True)
        self.column.addWidget(heading)
        if detail:
            self.column.addWidget(Prose(detail, tone="text2"))
        self.keys = QHBoxLayout()
        self.keys.setSpacing(8)
        self.keys.addStretch(1)
        self.setMinimumWidth(420)

    def tell(self, answer: object) -> None:
        """Gives the answer, once, and closes."""
        if not self._told:
            self._told = True
            self.answered.emit(answer)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.tell(None)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._told:
            self._told = True
            self.answered.emit(None)
        super().closeEvent(event)


class QuestionDialog(_Asking):
    """A question; the primary answer has the keyboard."""

    def __init__(
        self,
        question: str,
        detail: str,
        answers: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(question, detail, parent)
        self._values: dict[Button, str] = {}
        for value, word, kind in answers:
            button = Button(word, kind=kind)
            button.setMinimumWidth(96)
            button.clicked.connect(self._pressed)
            self._values[button] = value
            self.keys.addWidget(button)
            if kind == "primary":
                button.setFocus()
        self.column.addSpacing(8)
        self.column.addLayout(self.keys)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.tell(self._values[button])


class TextDialog(_Asking):
    """A line of words; the button is off, with the line empty, because an empty reason is none."""

    def __init__(self, question: str, detail: str, initial: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(question, detail, parent)
        self.field = QLineEdit(initial)
        self.field.setAccessibleName(question)
        self.column.addWidget(self.field)
        self.accept_button = Button(word, kind="primary")
        cancel = Button(self.tr("取消"))
        self.keys.addWidget(cancel)
        self.keys.addWidget(self.accept_button)
        self.column.addSpacing(8)
        self.column.addLayout(self.keys)
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self.accept_button.click)
        self.accept_button.clicked.connect(self._take)
        cancel.clicked.connect(self.close)
        self.field.selectAll()
        self.field.setFocus()
        self._changed()

    @Slot()
    def _take(self) -> None:
        self.tell(self.field.text().strip())

    @Slot()
    def _changed(self) -> None:
        self.accept_button.setEnabled(bool(self.field.text().strip()))


class ReportDialog(_Asking):
    """For a fault of the program: what to do, and a text to copy. Everything answered so far is saved."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ReportDialog", "程序出了差错，刚才这一步没有完成"),
            QCoreApplication.translate(
                "ReportDialog", "此前已答的内容都已保存，可以继续使用。请复制下面的报告，发给督导室或软件维护人员。"
            ),
            parent,
        )
        self.text = QPlainTextEdit(report)
        self.text.setAccessibleName(self.tr("差错报告"))
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(180)
        self.column.addWidget(self.text)
        self._copy = Button(self.tr("复制报告"), icon="copy")
        close = Button(self.tr("继续使用"), kind="primary")
        self.keys.addWidget(self._copy)
        self.keys.addWidget(close)
        self.column.addSpacing(8)
        self.column.addLayout(self.keys)
        self._copy.clicked.connect(self.copy)
        close.clicked.connect(self.close)
        self.setMinimumWidth(560)
        close.setFocus()

    @Slot()
    def copy(self) -> None:
        """Puts the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._copy.setText(self.tr("已复制"))

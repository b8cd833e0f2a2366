"""The yardstick of the start: a window of plain PySide6 with the same rows in a QTableView, and nothing else.

Run as a program of its own: python bare_window.py ROWS.json. Ends with 0 once the rows are painted and the event loop
has come round again.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class QuitWhenPainted(QObject):
    """Ends the program at the first turn of the event loop after the first painting."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, ready)
        return False


def ready() -> None:
    """Nothing is printed before the rows can be used."""
    print("ready", flush=True)
    QApplication.quit()


def main() -> int:
    app = QApplication(sys.argv)
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(content["titles"])
    for row in content["rows"]:
        model.appendRow([QStandardItem(cell) for cell in row])
    window = QMainWindow()
    table = QTableView()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 690)
    painted = QuitWhenPainted()
    table.viewport().installEventFilter(painted)
    window.show()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

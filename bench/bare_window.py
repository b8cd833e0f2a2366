"""The yardstick of the start: a window of plain PySide6 with the same rows in a QTableView, and nothing else.

Run as a program of its own: python -m bench.bare_window ROWS.json. It says "ready" once the rows are painted and the
event loop has come round again.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class BareTable(QTableView):
    """Ends the program at the first turn of the event loop after the first painting."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, ready)


def ready() -> None:
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
    table = BareTable()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 690)
    window.show()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""The dialogs that Qt itself draws (no desktop's own being there) speak Chinese throughout."""

from __future__ import annotations

import subprocess
import sys

ASK = """
import re
from jiandu_desktop.ui.application import make_application
app = make_application()
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
chooser = QFileDialog(None, "选择", "")
chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
chooser.setNameFilter("PDF (*.pdf)")
words = [each.text() for window in (chooser, QPrintDialog(QPrinter())) for each in window.findChildren(QLabel)]
words += [each.text() for each in chooser.findChildren(QAbstractButton)]
words += [chooser.labelText(kind) for kind in QFileDialog.DialogLabel]
print([word for word in words if re.search("[A-Za-z]{4}", re.sub("<[^>]+>", "", word))])
"""


def test_no_english_word_stands_in_a_file_or_print_dialog() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip() == "[]"

"""Words of Qt's own dialogs that its Chinese translation leaves in English, or says as nobody does."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS = {
    "&Look in:": "位置(&L)：",
    "Look in:": "位置：",
    "Files of &type:": "文件类型(&T)：",
    "Files of type:": "文件类型：",
    "Directory:": "文件夹：",
    "&Choose": "选定(&C)",
    "Choose": "选定",
    "Page &Set:": "页面范围(&S)：",
    "Folder": "文件夹",
    "File Folder": "文件夹",
    "Drive": "磁盘",
    "Size": "大小",
}
_PLACES = ("QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider", "QPrintDialog", "QPrintSettingsOutput")


class QtWords(QTranslator):
    """Asked before Qt's own translation; knows nothing of all other words."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return _WORDS.get(source_text) if context in _PLACES else None

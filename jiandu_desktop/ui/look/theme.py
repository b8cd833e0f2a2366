"""The application's one look: which tokens hold now, and how a change of them reaches every widget."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from jiandu_desktop.ui.look import fonts, style
from jiandu_desktop.ui.look.tokens import DARK, LIGHT, SIZE_TEXT, TEXT_SCALES, Tokens


class Theme(QObject):
    """The tokens in force. `changed` fires after palette, font and style sheet have been set anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = LIGHT
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._wish: bool | None = None
        self._app: QApplication | None = None

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def color(self, name: str) -> QColor:
        """The colour of a token such as "accent"; "#RRGGBB" is taken as it is. Not to be changed."""
        found = self._colors.get(name)
        if found is None:
            found = QColor(name if name.startswith("#") else str(getattr(self._tokens, name)))
            self._colors[name] = found
        return found

    def font(self, size: float = SIZE_TEXT, bold: bool = False) -> QFont:
        """The screen font at `size` pixels (at 100 % text size), normal or bold. Not to be changed."""
        found = self._fonts.get((size, bold))
        if found is None:
            found = fonts.screen_font(size * self._tokens.text_scale, bold)
            self._fonts[(size, bold)] = found
        return found

    def px(self, length: float) -> int:
        return self._tokens.px(length)

    def apply(self, app: QApplication, dark: bool | None, text_scale: float, touch: bool) -> None:
        """Sets palette, font and style sheet of `app`; `dark=None` follows the system from now on."""
        if text_scale not in TEXT_SCALES:
            raise ValueError(f"text scale {text_scale} is not one of {TEXT_SCALES}")
        if self._app is None:
            self._app = app
            fonts.load()
            app.setStyle(QStyleFactory.create("Fusion"))
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._wish = dark
        self._set(replace(DARK if self._wants_dark() else LIGHT, text_scale=text_scale, touch=touch))

    def _wants_dark(self) -> bool:
        if self._wish is not None:
            return self._wish
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _set(self, tokens: Tokens) -> None:
        assert self._app is not None
        self._tokens = tokens
        self._colors.clear()
        self._fonts.clear()
        self._app.setFont(self.font())
        self._app.setPalette(style.palette(tokens))
        self._app.setStyleSheet(style.style_sheet(tokens))
        self.changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        base = DARK if self._wants_dark() else LIGHT
        if base.name != self._tokens.name:
            self._set(replace(base, text_scale=self._tokens.text_scale, touch=self._tokens.touch))


_current: Theme | None = None


def theme() -> Theme:
    """The application's one theme; light at 100 % until `set_theme` was called."""
    global _current
    if _current is None:
        _current = Theme()
    return _current


def set_theme(app: QApplication, dark: bool | None = None, text_scale: float = 1.0, touch: bool = False) -> Theme:
    """Dresses the application; may be called again at any time and needs no restart.

    `dark` None means as the system says; `text_scale` is one of 0.9, 1.0, 1.15, 1.3.
    """
    current = theme()
    current.apply(app, dark, text_scale, touch)
    return current

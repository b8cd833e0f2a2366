"""Screen fonts: the system's Chinese sans where there is one, else the bundled Noto Sans SC."""

from PySide6.QtGui import QFont, QFontDatabase

from jiandu_desktop import paths

FAMILIES = ("Microsoft YaHei UI", "微软雅黑 UI", "Noto Sans CJK SC", "Noto Sans SC")
"""In order of preference; Windows names its family in the system's own language, hence both spellings."""

BUNDLED = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")

_families: list[str] = list(FAMILIES)


def load() -> None:
    """Adds the bundled faces when the system has none of the families. Needs a running QApplication."""
    installed = set(QFontDatabase.families())
    present = [family for family in FAMILIES if family in installed]
    if not present:
        for name in BUNDLED:
            number = QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))
            if number >= 0:
                present.extend(QFontDatabase.applicationFontFamilies(number))
    # Asking for a family that is not there makes Qt search all aliases once, which costs start-up time.
    _families[:] = list(dict.fromkeys(present)) or list(FAMILIES)


def screen_font(pixels: float, bold: bool = False) -> QFont:
    """A font of `pixels` height, unhinted, with tabular figures, in one of the two weights."""
    font = QFont()
    font.setFamilies(_families)
    font.setPixelSize(max(1, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def family_list() -> list[str]:
    """The families in use, for style sheets."""
    return list(_families)

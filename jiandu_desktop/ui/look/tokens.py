"""Colours, sizes and spacings: one frozen value that palette, style sheet and painting all read."""

from dataclasses import dataclass

TEXT_SCALES = (0.9, 1.0, 1.15, 1.3)
"""The four steps of text size offered in the settings."""

GAP_XS, GAP_S, GAP_M, GAP_L, GAP_XL = 4, 8, 12, 16, 24
"""The only distances used between things, in logical pixels."""

WINDOW_MARGIN = 24
CARD_GAP = 16
CARD_PADDING = (20, 16)
"""Horizontal and vertical padding inside a card."""

RADIUS_CONTROL, RADIUS_CARD, RADIUS_BADGE, RADIUS_CELL = 6, 8, 4, 2

SIZE_SCORE, SIZE_TITLE, SIZE_ITEM, SIZE_TEXT, SIZE_META = 28, 20, 16, 14, 12
"""Type sizes at 100 %: score, page title and big counts, item text and card title, all else, labels."""

INKS = ("#D32F2F", "#1565C0", "#1A1A1A", "#FFFFFF")
"""Red, blue, black and white ink for marks on photos: part of a picture, the same in every theme."""

LINE_HEIGHT = 1.55
"""Line height of running text, as a multiple of its size."""

BASELINE = 0.365
"""Text is centred by putting its baseline this share of its size below the middle line."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour as "#RRGGBB", plus the chosen text scale and density.

    Contrast of text is at least 4.5:1 on every ground it is used on; edges and marks at least 3:1.
    """

    name: str
    canvas: str
    rail: str
    surface: str
    sunken: str
    hover: str
    line: str
    line2: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_press: str
    accent_soft: str
    accent_line: str
    on_accent: str
    done: str
    caution: str
    caution_soft: str
    caution_line: str
    on_caution: str
    red: str
    red_soft: str
    red_line: str
    on_red: str
    track: str
    scroll: str
    keycap: str
    paper: str
    paper_ink: str
    paper_red: str
    text_scale: float = 1.0
    touch: bool = False

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def px(self, length: float) -> int:
        """A length that grows with the text, rounded to whole logical pixels."""
        return round(length * self.text_scale)

    @property
    def control(self) -> int:
        """Height of a button, field or answer key."""
        return self.px(44 if self.touch else 36)

    @property
    def field_small(self) -> int:
        """Height of a field inside the problem card, the one place where less than `control` is allowed."""
        return self.px(44 if self.touch else 32)

    @property
    def table_row(self) -> int:
        return self.px(44 if self.touch else 38)

    @property
    def table_head(self) -> int:
        return self.px(36)

    @property
    def nav_item(self) -> int:
        return self.px(44 if self.touch else 40)

    @property
    def outline_row(self) -> int:
        return self.px(56)

    @property
    def item_row(self) -> int:
        return self.px(60 if self.touch else 54)

    @property
    def link_row(self) -> int:
        return self.px(44)

    @property
    def top_bar(self) -> int:
        return self.px(56)

    @property
    def bottom_bar(self) -> int:
        return self.px(56 if self.touch else 52)

    @property
    def badge(self) -> int:
        return self.px(22)

    @property
    def keycap_height(self) -> int:
        return self.px(18)


LIGHT = Tokens(
    name="light",
    canvas="#F4F3EF",
    rail="#E9E7E1",
    surface="#FFFFFF",
    sunken="#FAF9F6",
    hover="#F1EFEA",
    line="#E1DED6",
    line2="#8B867B",
    text="#1C2126",
    text2="#51575E",
    text3="#63686F",
    accent="#15607A",
    accent_hover="#104E64",
    accent_press="#0C3E50",
    accent_soft="#E2EEF2",
    accent_line="#9CC3CF",
    on_accent="#FFFFFF",
    done="#5A91A2",
    caution="#855600",
    caution_soft="#FBF3E0",
    caution_line="#DDB768",
    on_caution="#FFFFFF",
    red="#B3261E",
    red_soft="#FBEBE9",
    red_line="#DD9A95",
    on_red="#FFFFFF",
    track="#E1DED6",
    scroll="#CBC7BC",
    keycap="#F4F3EF",
    paper="#FFFFFF",
    paper_ink="#1A1A1A",
    paper_red="#C4161C",
)

DARK = Tokens(
    name="dark",
    canvas="#14171A",
    rail="#0F1214",
    surface="#1B1F23",
    sunken="#181C1F",
    hover="#22272C",
    line="#2B3137",
    line2="#6A727A",
    text="#E6E8EA",
    text2="#B1B7BD",
    text3="#8F969D",
    accent="#6CBBD2",
    accent_hover="#86CADD",
    accent_press="#A3D8E7",
    accent_soft="#16323B",
    accent_line="#2F6272",
    on_accent="#06222B",
    done="#3F7687",
    caution="#E2B461",
    caution_soft="#2C2514",
    caution_line="#6E5726",
    on_caution="#2C2514",
    red="#F2938B",
    red_soft="#361E1C",
    red_line="#7D3F3A",
    on_red="#2B0906",
    track="#2F363C",
    scroll="#3B434A",
    keycap="#22272C",
    paper="#E9E6DF",
    paper_ink="#1D1C1A",
    paper_red="#B01C1C",
)

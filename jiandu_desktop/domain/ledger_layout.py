"""The forms in which an office prints its ledger."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """四个清单 on one sheet or on four, or the 整改台账 of the Shaanxi kind."""

    JOINT = "joint"
    FOUR = "four"
    REGISTER = "register"


LAYOUT_NAMES: dict[Layout, str] = {
    Layout.JOINT: "四个清单合一",
    Layout.FOUR: "四个清单分表",
    Layout.REGISTER: "整改台账",
}

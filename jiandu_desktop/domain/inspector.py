"""Inspectors (督学) and the areas (责任区) they answer for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorRow:
    """One line of the office's list of inspectors; `stages` is free text such as 小学、初中."""

    name: str
    certificate: str = ""
    area: str = ""
    employment: str = ""
    phone: str = ""
    stages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector(InspectorRow):
    """An inspector with the identifier that all laptops of the county share."""

    id: str

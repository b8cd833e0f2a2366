"""Runs checklists (XLSForm workbooks): `load_form` gives a frozen Definition, `Instance` is one visit's answers.

The names below are the whole contract. The engine knows no window, no database and no network.
"""

from __future__ import annotations

from jiandu_desktop.form_engine.attached import Attachment
from jiandu_desktop.form_engine.definition import Definition, Inspection, Item, Section
from jiandu_desktop.form_engine.faults import Fault, FormFaults
from jiandu_desktop.form_engine.instance import Instance
from jiandu_desktop.form_engine.load import load_form
from jiandu_desktop.form_engine.runtime.tree import Refused
from jiandu_desktop.form_engine.state import (
    Choice,
    Group,
    NodeState,
    Part,
    Progress,
    Proposal,
    Repeat,
    ScoreSheet,
    SectionScore,
    Violation,
)

__all__ = [
    "Attachment",
    "Choice",
    "Definition",
    "Fault",
    "FormFaults",
    "Group",
    "Inspection",
    "Instance",
    "Item",
    "NodeState",
    "Part",
    "Progress",
    "Proposal",
    "Refused",
    "Repeat",
    "ScoreSheet",
    "Section",
    "SectionScore",
    "Violation",
    "load_form",
]

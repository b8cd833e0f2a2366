"""Workbooks: rosters and plans in, ledgers and summaries out (openpyxl, and only here)."""

from jiandu_desktop.spreadsheets.plans import read_plan
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.records import read_records
from jiandu_desktop.spreadsheets.rosters import read_inspectors, read_schools
from jiandu_desktop.spreadsheets.tables import read_table

__all__ = [
    "Column",
    "Kind",
    "Notice",
    "Reading",
    "RowFault",
    "read_inspectors",
    "read_plan",
    "read_records",
    "read_schools",
    "read_table",
]

"""Rosters and plans in, ledgers and summaries out, as Excel workbooks (openpyxl, and only here)."""

from jiandu_desktop.spreadsheets.export import write_table
from jiandu_desktop.spreadsheets.office_book import (
    DocumentLine,
    OfficeBook,
    ProblemLine,
    ScoreLine,
    VisitLine,
    write_office_book,
)
from jiandu_desktop.spreadsheets.plans import read_plan
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.records import read_records
from jiandu_desktop.spreadsheets.rosters import read_inspectors, read_schools
from jiandu_desktop.spreadsheets.sheet_look import Field
from jiandu_desktop.spreadsheets.tables import read_table
from jiandu_desktop.spreadsheets.templates import TemplateKind, write_template

__all__ = [
    "Column",
    "DocumentLine",
    "Field",
    "Kind",
    "Notice",
    "OfficeBook",
    "ProblemLine",
    "Reading",
    "RowFault",
    "ScoreLine",
    "TemplateKind",
    "VisitLine",
    "read_inspectors",
    "read_plan",
    "read_records",
    "read_schools",
    "read_table",
    "write_office_book",
    "write_table",
    "write_template",
]

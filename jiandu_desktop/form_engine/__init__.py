"""Checklists: XLSForm workbooks as frozen definitions, and filled instances of them."""

"""Rosters and plans in, ledgers and summaries out, as Excel workbooks."""

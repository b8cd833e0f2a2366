"""Official documents as PDF: the only package that knows ReportLab."""

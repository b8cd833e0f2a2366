"""Widgets shared by all pages: they know tokens and Qt, and nothing of services."""

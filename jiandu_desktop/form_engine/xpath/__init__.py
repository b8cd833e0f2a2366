"""XPath 1.0 with the OpenRosa and ODK functions: text → syntax tree → compiled closures over our own node tree."""

from __future__ import annotations

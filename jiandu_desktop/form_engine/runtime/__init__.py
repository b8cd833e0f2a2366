"""A form being filled in: the tree of fields and the propagation of answers through the dependency graph."""

from __future__ import annotations

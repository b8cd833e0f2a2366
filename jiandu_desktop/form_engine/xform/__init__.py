"""The ODK XForm as pyxform writes it: parsed once into frozen nodes, rules and their dependency graph."""

from __future__ import annotations

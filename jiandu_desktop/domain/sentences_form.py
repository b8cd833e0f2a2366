"""Sentences for the troubles of checklists: code → what happened and what to do next."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}

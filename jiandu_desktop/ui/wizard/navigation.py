"""Where F8, Shift+F8 and Ctrl+Enter lead."""

from __future__ import annotations

from jiandu_desktop.ui.wizard.paper import Paper


def next_unanswered(paper: Paper, ref: str, step: int = 1) -> str:
    """The nearest unanswered item after (step 1) or before (step -1) `ref`, round the whole checklist; "" if none.

    `ref` itself comes last: when it alone is left, it is the answer.
    """
    refs = paper.refs()
    if not refs:
        return ""
    start = refs.index(ref) if ref in refs else (-1 if step > 0 else 0)
    for distance in range(1, len(refs) + 1):
        candidate = refs[(start + step * distance) % len(refs)]
        if paper.is_unanswered(candidate):
            return candidate
    return ""


def first_item(paper: Paper, section: str) -> str:
    """Where turning to a section leads: its first unanswered item, else its first."""
    refs = paper.section_refs(section)
    waiting = [ref for ref in refs if paper.is_unanswered(ref)]
    return waiting[0] if waiting else (refs[0] if refs else "")

"""From a trouble's code to the sentence that says what happened and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiandu_desktop.domain import (
    sentences_attachments,
    sentences_documents,
    sentences_form,
    sentences_general,
    sentences_ledger,
    sentences_letters,
    sentences_papers,
    sentences_problems,
    sentences_spreadsheets,
    sentences_sync,
    sentences_visits,
)

TEMPLATES: Mapping[str, str] = {
    **sentences_general.SENTENCES,
    **sentences_attachments.SENTENCES,
    **sentences_form.SENTENCES,
    **sentences_spreadsheets.SENTENCES,
    **sentences_documents.SENTENCES,
    **sentences_letters.SENTENCES,
    **sentences_papers.SENTENCES,
    **sentences_problems.SENTENCES,
    **sentences_ledger.SENTENCES,
    **sentences_sync.SENTENCES,
    **sentences_visits.SENTENCES,
}


def sentence(code: str, values: Mapping[str, Any], template: str | None = None) -> str:
    """Fill the template of `code` with `values`; `template` is its translation where one exists.

    A value that the template wants and `values` lacks is shown as 「?」: a gap in a message must not hide it.
    Raises KeyError for a code that no table knows: that is a fault of ours, found by a test.
    """
    return (template if template is not None else TEMPLATES[code]).format_map(_Shown(values))


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"

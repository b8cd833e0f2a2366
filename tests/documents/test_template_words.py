"""文书模板 in the documents: what may be worded otherwise is what the documents say, and every kind takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jiandu_desktop.documents import told
from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.template_samples import sample
from jiandu_desktop.documents.template_words import ending_of, headings_of
from jiandu_desktop.domain.document import DocumentKind, DocumentTemplate, PrintedDocument
from jiandu_desktop.domain.document.template import Blank, Part, placeholders
from jiandu_desktop.domain.document.template_rules import blanks_of, parts_of, required
from tests.documents.test_word import ALL
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, OFFICE, notice, opinion


def said(document: PrintedDocument) -> list[told.Said]:
    words = told.from_json(build(document, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED).words)
    return [each for part in words.parts for each in part.said]


def worded(document: PrintedDocument, **own: Any) -> PrintedDocument:
    template = replace(DocumentTemplate(), **own)
    return replace(document, office=replace(OFFICE, templates=((document.kind.value, template),)))


@pytest.mark.parametrize("document", ALL, ids=lambda d: d.kind.value)
def test_every_heading_of_a_kind_is_one_that_the_workbook_lists(document: PrintedDocument) -> None:
    headings = [
        each.heading.partition("、")[2] for each in said(document) if isinstance(each, told.Heading) and each.level == 1
    ]
    if Part.HEADING in parts_of(document.kind):
        assert set(headings) <= set(headings_of(document.kind))
        own = tuple((heading, f"关于{heading}") for heading in headings)
        again = [
            each for each in said(worded(document, headings=own)) if isinstance(each, told.Heading) and each.level == 1
        ]
        assert [each.heading.partition("、")[2] for each in again] == [new for _, new in own]


@pytest.mark.parametrize("document", ALL, ids=lambda d: d.kind.value)
def test_every_kind_takes_the_offices_issuer_and_signatories(document: PrintedDocument) -> None:
    parts = said(worded(document, issuer="云溪县教育局", signatories=("监督员",)))
    ends = [each for each in parts if isinstance(each, told.End)]
    assert {each.office for each in ends} == {"云溪县教育局"}
    assert all(("监督员", "", "") in each.signatures for each in ends)
    assert all(each.office == "云溪县教育局" for each in parts if isinstance(each, told.Head))


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if Part.ENDING in parts_of(kind)])
def test_an_ending_stands_once_in_place_of_the_programs(kind: DocumentKind) -> None:
    for document in ALL:
        if document.kind is kind:
            texts = [
                each.text for each in said(worded(document, ending="专此奉达")) if isinstance(each, told.Paragraph)
            ]
            assert texts.count("专此奉达。") == 1
            assert ending_of(kind) not in texts or not ending_of(kind)


def test_every_placeholder_a_kind_may_use_is_filled() -> None:
    for document in ALL:
        if Part.ENDING not in parts_of(document.kind):
            continue
        asked = "、".join("{" + blank.value + "}" for blank in Blank if blank in blanks_of(document.kind))
        texts = [each.text for each in said(worded(document, ending=asked)) if isinstance(each, told.Paragraph)]
        assert not [text for text in texts if "{" in text], document.kind


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_programs_own_words_are_a_template_that_would_be_taken_in(kind: DocumentKind) -> None:
    opening, demands = sample(kind)
    for part, texts in ((Part.OPENING, (opening,)), (Part.DEMAND, demands)):
        if part not in parts_of(kind) or not any(texts):
            continue
        named = {name for text in texts for name in placeholders(text)}
        assert named <= {blank.value for blank in blanks_of(kind)}
        assert {blank.value for blank in required(kind, part)} <= named


def test_the_programs_own_words_taken_as_a_template_say_the_same() -> None:
    for document in (notice(), notice(12), opinion()):
        opening, demands = sample(document.kind)
        assert said(worded(document, opening=opening, demand=demands)) == said(document)


def test_a_notice_without_problems_keeps_saying_so() -> None:
    texts = [
        each.text for each in said(worded(notice(0), opening="{督导日期}发现问题")) if isinstance(each, told.Paragraph)
    ]
    assert any("未发现需要限期整改的问题" in text for text in texts)

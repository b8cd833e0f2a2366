"""The register explains every number; what becomes of a paper is kept, and everyone learns of it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperState, PaperStep, state_of
from jiandu_desktop.domain.visit import Signature, VisitState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.drafting import HEAD_ROLE
from jiandu_desktop.services.numbering import BLOCK_SIZE, numbers_left
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.register import LineState, RegisterLine
from jiandu_desktop.services.rows_today import AssignmentState
from tests.conftest import StandingClock
from tests.support.visiting import answer_everything, raise_problems, save

KIND = DocumentKind.WORK_TIP


def issue(services: Services, kind: DocumentKind = KIND) -> Document:
    return services.letters.issue(services.letters.draft(kind, addressee="各学校"))[0]


def lines_of(services: Services, kind: str = "工作提示函") -> list[RegisterLine]:
    return [line for line in services.register.lines() if line.kind == kind]


def jpeg(width: int = 60, height: int = 80, orientation: int = 1) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_no_number_is_without_an_explanation(laptop: Services, office: Services, tmp_path: Path) -> None:
    first, second = issue(laptop), issue(laptop)
    laptop.paper_life.void(first.id, "主送写错")
    laptop.paper_life.supersede(second.id, first.id, "改了期限")
    spoilt = laptop.paper_life.void_next_number(KIND, "停电时手写用掉")
    laptop.exchange.sync(Progress())
    office.exchange.sync(Progress())
    here, there = lines_of(laptop), lines_of(office)
    assert [(line.number, line.state) for line in here] == [(line.number, line.state) for line in there]
    by_number = {line.number: line for line in there}
    assert by_number[first.number].state is LineState.VOIDED
    assert "主送写错" in by_number[first.number].note
    assert first.number in by_number[second.number].note
    assert by_number[spoilt.number].note == "停电时手写用掉"
    person = by_number[first.number].holder
    assert person
    left = [line for line in there if line.state is LineState.LEFT and line.holder == person]
    assert left[0].first == 4
    # The numbers of all lines together are every number that was ever lent, each once.
    lent = [ordinal for line in there if line.first for ordinal in range(line.first, line.last + 1)]
    assert sorted(lent) == list(range(1, max(lent) + 1))
    sums = next(each for each in office.register.sums() if each.kind == "工作提示函")
    assert (sums.used, sums.voided) == (1, 2)
    path = tmp_path / "登记簿.xlsx"
    assert office.register.export(path) == len(office.register.lines())
    told = "\n".join(str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row)
    assert "停电时手写用掉" in told
    assert "未用" in told


def test_a_voided_document_stays_readable_and_takes_no_further_step(laptop: Services) -> None:
    document = issue(laptop)
    before = laptop.papers.pdf(document.id)
    with pytest.raises(Trouble, match="paper-needs-reason"):
        laptop.paper_life.void(document.id, "  ")
    laptop.paper_life.void(document.id, "重复出具")
    with pytest.raises(Trouble, match="paper-voided"):
        laptop.paper_life.refuse(document.id, "不在场")
    assert laptop.papers.pdf(document.id) == before


def test_a_refusal_names_who_saw_it_and_a_signed_copy_ends_the_wait(laptop: Services) -> None:
    document = issue(laptop)
    with pytest.raises(Trouble, match="witnesses-too-many"):
        laptop.paper_life.refuse(document.id, "认为与事实不符", ["甲", "乙", "丙"])
    refused = laptop.paper_life.refuse(document.id, "认为与事实不符", ["王建国", "李敏"])
    assert refused.words("witnesses") == ("王建国", "李敏")
    assert state_of(laptop.paper_life.events(document.id)) is PaperState.REFUSED


def test_pages_by_photo_and_pdf_become_one_signed_copy_that_travels(
    laptop: Services, office: Services, tmp_path: Path, clock: StandingClock
) -> None:
    document = issue(laptop)
    paper = tmp_path / "扫描.pdf"
    paper.write_bytes(laptop.papers.pdf(document.id))
    heic = Path(__file__).parent.parent / "data" / "phone.heic"
    pages = [("一.jpg", jpeg()), ("二.jpg", jpeg(80, 60, orientation=6)), paper, heic]
    clock.advance(minutes=1)
    laptop.paper_life.attach_signed(document.id, pages)
    copy = laptop.paper_life.signed_copy(document.id)
    assert copy is not None
    read = pypdfium2.PdfDocument(copy)
    sizes = [tuple(round(edge) for edge in page.get_size()) for page in read]
    read.close()
    assert len(sizes) == 3 + document.pages
    assert sizes[:2] == [(595, 842), (595, 842)]
    laptop.exchange.sync(Progress())
    office.exchange.sync(Progress())
    assert state_of(office.paper_life.events(document.id)) is PaperState.RETURNED
    assert office.paper_life.signed_copy(document.id) == copy


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("坏.pdf", b"%PDF-1.7 torn", "scan-unreadable"),
        ("坏.jpg", jpeg()[:200], "photo-"),
        ("名单.docx", b"PK\x03\x04", "attachment-wrong-file"),
        ("空.pdf", b"", "attachment-empty"),
    ],
)
def test_a_broken_scan_is_refused_by_name_and_nothing_is_kept(
    laptop: Services, name: str, content: bytes, code: str
) -> None:
    document = issue(laptop)
    with pytest.raises(Trouble, match=code) as caught:
        laptop.paper_life.attach_signed(document.id, [("好.jpg", jpeg()), (name, content)])
    assert caught.value.values["name"] == name
    assert laptop.paper_life.events(document.id) == ()


def test_a_provisional_number_gets_its_formal_one_in_the_register(laptop: Services, office: Services) -> None:
    while not (document := issue(laptop)).number.endswith("（待编号）"):
        pass
    assert [line.state for line in lines_of(laptop)][-1] is LineState.PROVISIONAL
    with pytest.raises(Trouble, match="no-numbers-left"):
        laptop.paper_life.give_number(document.id)
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    event = laptop.paper_life.give_number(document.id)
    assert event.step is PaperStep.NUMBERED
    line = next(line for line in lines_of(laptop) if line.document == document)
    assert (line.number, line.state) == (event.text("number"), LineState.USED)
    assert document.number in line.note
    with pytest.raises(Trouble, match="paper-numbered"):
        laptop.paper_life.give_number(document.id)


def test_what_is_used_voided_and_left_is_told_per_kind(laptop: Services) -> None:
    document = issue(laptop)
    issue(laptop)
    laptop.paper_life.void(document.id, "写错")
    told = next(each for each in numbers_left(laptop.store) if each.kind is KIND)
    assert (told.used, told.voided, told.left, told.next) == (2, 1, BLOCK_SIZE - 2, 3)


def test_a_head_who_will_not_sign_is_printed_with_reason_and_witnesses(laptop: Services, clock: StandingClock) -> None:
    task = next(row for row in laptop.today.rows(laptop.store.today()) if row.state is AssignmentState.NOT_STARTED)
    opened = laptop.visits.start(task.assignment_id)
    instance = laptop.finishing.instance(opened)
    answer_everything(instance)
    save(laptop, opened, instance)
    raise_problems(laptop, opened, instance)
    refused = Signature(
        role=HEAD_ROLE,
        name=opened.school.head,
        signed_at=clock(),
        refused="认为第1项与事实不符",
        witnesses=("王建国", "李敏"),
    )
    laptop.visits.save_signature(opened.visit.id, refused)
    finished = laptop.finishing.finish(opened.visit.id, instance)
    # Nobody waits for ink that will not come.
    assert finished.visit.state is VisitState.FINISHED
    opinion = pypdfium2.PdfDocument(laptop.papers.pdf(finished.documents[0].id))
    words = "".join(page.get_textpage().get_text_range() for page in opinion)
    opinion.close()
    assert "拒签" in words.replace("　", "").replace(" ", "")
    for told in ("拒绝签字", "认为第1项与事实不符", "见证人", "王建国", "李敏"):
        assert told in "".join(words.split())


def test_a_letter_issued_anew_names_the_one_it_replaces(laptop: Services) -> None:
    old = issue(laptop)
    draft = replace(laptop.letters.draft(KIND, addressee="各中小学校"), replaces=old.id, replaces_reason="主送单位写错")
    (new,) = laptop.letters.issue(draft)
    words = pypdfium2.PdfDocument(laptop.papers.pdf(new.id))
    told = "".join("".join(page.get_textpage().get_text_range() for page in words).split())
    words.close()
    assert "1号" in told
    assert "2号" in told
    line = next(line for line in lines_of(laptop) if line.document == old)
    assert line.state is LineState.SUPERSEDED
    assert new.number in line.note
    assert "主送单位写错" in line.note

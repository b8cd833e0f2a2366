"""Every checklist we ship: sound as a workbook; filled in completely it gives score, red lines, problems and notice."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import pyxform
from pyxform.xls2xform import convert

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import Grade
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.form_files import check_form
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.unit import Unit
from tests.conftest import BEIJING, StandingClock
from tests.forms import page
from tests.forms.answers import SCHOOLS, said, school_of
from tests.support.three_ways import Way, asked, visit_in
from tests.support.workbooks import write_rows

ROOT = Path(__file__).parents[2]
WORKBOOKS = sorted((ROOT / "forms").glob("*.xlsx"))
HALF_WIDTH = re.compile("[\u4e00-\u9fff》][,;:()!?]|[,;:()][\u4e00-\u9fff《]")
LIMIT = re.compile(r"\{(limit_\w+)\}")
SAID_ABOUT = {"表单", "编制日期", "来源", "适用范围", "以本地文件为准", "计分"}
"""What the sheet 说明 always tells."""

each_workbook = pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One office with two schools and every checklist; its clock stands on the day of the tests."""
    home = tmp_path_factory.mktemp("checklists")
    clock = StandingClock(datetime(2026, 11, 24, 10, 0, tzinfo=BEIJING))
    services = open_services(DataFolder(home / "data"), clock=clock, new_id=new_id)
    (home / "shared").mkdir()
    services.profile.found_office(home / "shared", Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
    services.importing.schools(write_rows(home / "roster.xlsx", *SCHOOLS))
    for workbook in WORKBOOKS:
        services.office.add_form(workbook)
    yield services
    services.close()


@each_workbook
def test_the_check_finds_nothing_to_mend_or_to_mind(workbook: Path) -> None:
    report = check_form(workbook)
    assert [fault.code for fault in (*report.errors, *report.warnings)] == []


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_other_offices_can_use_them_in_odk(tmp_path: Path) -> None:
    for workbook in WORKBOOKS:
        (tmp_path / f"{workbook.stem}.xml").write_text(convert(xlsform=str(workbook)).xform, encoding="utf-8")
    jar = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    forms = sorted(str(path) for path in tmp_path.glob("*.xml"))
    run = subprocess.run(["java", "-jar", str(jar), *forms], capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (run.stdout + run.stderr).count("Xform is valid") == len(forms)


@each_workbook
def test_a_checklist_says_what_it_is_where_it_comes_from_and_which_edition(workbook: Path) -> None:
    book = page.checklist(workbook)
    assert book.definition.form_id == workbook.stem
    assert re.fullmatch(r"\d{4}\.\d{1,2}", book.definition.version)
    assert book.definition.title
    assert book.notes.keys() >= SAID_ABOUT


@each_workbook
def test_every_item_rests_on_a_source_and_proposes_a_whole_problem(workbook: Path) -> None:
    definition = page.checklist(workbook).definition
    for item in page.checklist(workbook).items:
        inspection = item.inspection
        assert inspection.matter in definition.matters, item.name
        assert inspection.basis, item.name
        assert inspection.standard, item.name
        assert "{" not in inspection.standard, item.name
        if inspection.weight is not None or inspection.veto:
            assert inspection.problem, item.name
            assert inspection.measure, item.name
            assert 1 <= (inspection.days or 0) <= 180, item.name
            assert inspection.grade in set(Grade), item.name
        assert all(phrase.endswith("。") for phrase in inspection.phrases), item.name


@each_workbook
def test_a_threshold_stands_once_and_says_what_it_is(workbook: Path) -> None:
    book = page.checklist(workbook)
    named = [name for row in book.rows for cell in row.values() for name in LIMIT.findall(str(cell))]
    for row in book.limits:
        assert row["type"] == "calculate"
        assert row["label"], row["name"]
        assert row["bind::jiandu:basis"], row["name"]
        assert row["name"] in named, f"{row['name']} is not used"


@each_workbook
def test_names_are_ascii_and_officials_read_full_width_punctuation(workbook: Path) -> None:
    book = page.checklist(workbook)
    for item in book.definition.items.values():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", item.name) or item.name == "instanceID"
    texts = [text for rows in book.sheets.values() for row in rows for text in row if isinstance(text, str)]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_the_page_on_the_checklists_is_up_to_date() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), "run python -m tests.forms.page"


@each_workbook
def test_a_school_without_fault_earns_everything_and_gets_no_notice(workbook: Path, office: Services) -> None:
    found = visit_in(office, _school(office, workbook), workbook.stem, Way.GOOD, said(workbook.stem, Way.GOOD))
    assert (found.unfilled, found.violated) == ((), ())
    sheet = found.instance.score()
    assert sheet.percent in (None, Decimal(100)), [state.item.name for state in asked(found.instance) if state.failed]
    assert not sheet.provisional
    assert (found.problems, found.visit.vetoed) == ((), ())
    assert DocumentKind.RECTIFICATION_NOTICE not in {each.kind for each in found.documents}


@each_workbook
def test_a_usual_visit_names_its_problems_in_the_notice(workbook: Path, office: Services) -> None:
    found = visit_in(office, _school(office, workbook), workbook.stem, Way.TYPICAL, said(workbook.stem, Way.TYPICAL))
    assert (found.unfilled, found.violated) == ((), ())
    sheet = found.instance.score()
    assert found.visit.vetoed == ()
    if sheet.percent is None:
        return
    assert 50 <= sheet.percent < 100
    assert found.visit.score == sheet.percent
    matters = {state.item.inspection.matter for state in asked(found.instance)} - {""}
    looked_at = [found.instance.definition.matters[matter] for matter in matters]
    _notice_tells_all(office, found.documents, [*looked_at, *(problem.text for problem in found.problems)])


@each_workbook
def test_the_worst_school_hits_every_red_line_and_earns_next_to_nothing(workbook: Path, office: Services) -> None:
    found = visit_in(office, _school(office, workbook), workbook.stem, Way.WORST, said(workbook.stem, Way.WORST))
    states = asked(found.instance)
    sheet = found.instance.score()
    assert found.unfilled == ()
    judged = [state for state in states if state.item.inspection.weight is not None or state.item.inspection.veto]
    assert [state.item.name for state in judged if not state.failed] == []
    assert sorted(found.visit.vetoed) == sorted(state.ref for state in states if state.item.inspection.veto)
    assert sheet.percent is None or sheet.percent <= 20
    texts = [problem.text for problem in found.problems]
    assert [text for text in texts if "{" in text or not text] == []
    assert [problem.measure for problem in found.problems if "{" in problem.measure] == []
    if texts:
        _notice_tells_all(office, found.documents, texts)


def _school(office: Services, workbook: Path) -> str:
    name = school_of(workbook.stem)
    return next(row.school.id for row in office.schools.rows() if row.school.name == name)


def _notice_tells_all(office: Services, documents: tuple[Document, ...], texts: list[str]) -> None:
    notice = next(each for each in documents if each.kind is DocumentKind.RECTIFICATION_NOTICE)
    printed = _text(office.papers.pdf(notice.id))
    assert [text for text in texts if _bare(text) not in printed] == []


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    return "".join(re.sub(r"—\d+—$", "", _bare(page)) for page in pages)


def _bare(text: str) -> str:
    """Without spaces and line ends, and without the full stop that a notice may put otherwise."""
    return re.sub(r"[\s\ufffe\u00ad]|。$", "", text)

"""Who holds a paper learns offline whether it is ours; a wrong password signs nothing; a full disk costs no number."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperStep
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.numbering import numbers_left
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.support.certificates import PASSWORD, p12

KIND = DocumentKind.WORK_TIP


def issue(services: Services) -> Document:
    return services.letters.issue(services.letters.draft(KIND, addressee="各学校"))[0]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "督导室.p12"
    path.write_bytes(p12())
    return path


def told(services: Services, content: bytes, tmp_path: Path) -> tuple[str, str]:
    """The verdict's code and all its sentences."""
    path = tmp_path / "收到的.pdf"
    path.write_bytes(content)
    verdict = services.papers.verify(path)
    return verdict.code, "\n".join(verdict.lines())


def test_a_paper_is_genuine_changed_or_unknown_and_its_fate_is_told(laptop: Services, tmp_path: Path) -> None:
    first, second = issue(laptop), issue(laptop)
    pdf = laptop.papers.pdf(first.id)
    assert told(laptop, pdf, tmp_path)[0] == "verify-genuine"
    laptop.paper_life.void(first.id, "主送写错")
    code, lines = told(laptop, pdf, tmp_path)
    assert code == "verify-genuine"
    assert "作废（主送写错）" in lines
    # The facts of one document in the file of another.
    forged = laptop.papers.pdf(second.id).replace(second.id.encode(), first.id.encode())
    code, lines = told(laptop, forged, tmp_path)
    assert code == "verify-changed"
    assert second.number in lines
    assert "第 1 页" in lines
    assert told(laptop, b"%PDF-1.4 no", tmp_path)[0] == "verify-unknown"
    with pytest.raises(Trouble, match="file-not-found"):
        laptop.papers.verify(tmp_path / "没有.pdf")


def test_the_offices_signature_is_known_everywhere_and_a_strangers_is_not(
    laptop: Services, office: Services, certificate: Path, tmp_path: Path
) -> None:
    kept = office.certificates.choose(certificate, PASSWORD)
    assert kept.subject == "青石县教育督导室"
    document = issue(office)
    (event,) = office.certificates.sign([document.id], PASSWORD)
    assert event.step is PaperStep.CERTIFIED
    out = tmp_path / "签.pdf"
    office.papers.save_as(document.id, out)
    assert out.read_bytes().startswith(office.papers.pdf(document.id))
    office.exchange.sync(Progress())
    laptop.exchange.sync(Progress())
    code, lines = told(laptop, out.read_bytes(), tmp_path)
    assert code == "verify-genuine"
    assert "电子签名有效：青石县教育督导室" in lines
    assert "本单位登记过" in lines
    from jiandu_desktop.documents.certificates import sign

    stranger = sign(office.papers.pdf(document.id), p12("某某公司"), PASSWORD, "x", "")
    code, lines = told(laptop, stranger, tmp_path)
    assert code == "verify-genuine"
    assert "不是本单位登记过的" in lines
    code, lines = told(laptop, out.read_bytes() + b"% more\n", tmp_path)
    assert code == "verify-changed"
    assert "电子签名无效" in lines


def test_the_command_says_the_same_words(laptop: Services, bureau: DemoBureau, tmp_path: Path) -> None:
    document = issue(laptop)
    path = tmp_path / "文书.pdf"
    laptop.papers.save_as(document.id, path)
    words = "\n".join(laptop.papers.verify(path).lines())
    data = str(bureau.own.root)
    run = subprocess.run(
        [sys.executable, "-m", "jiandu_desktop", "--data", data, "verify", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, words)


def test_a_wrong_password_or_an_old_certificate_signs_nothing(
    office: Services, certificate: Path, tmp_path: Path, clock: StandingClock
) -> None:
    with pytest.raises(Trouble, match="certificate-password"):
        office.certificates.choose(certificate, "别的")
    assert office.certificates.current() is None
    document = issue(office)
    with pytest.raises(Trouble, match="certificate-missing"):
        office.certificates.sign([document.id], PASSWORD)
    old = tmp_path / "旧.pfx"
    old.write_bytes(p12("旧证书", datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)))
    with pytest.raises(Trouble, match="certificate-expired"):
        office.certificates.choose(old, PASSWORD)
    office.certificates.choose(certificate, PASSWORD)
    with pytest.raises(Trouble, match="certificate-password"):
        office.certificates.sign([document.id], "别的")
    clock.advance(days=4000)
    with pytest.raises(Trouble, match="certificate-expired"):
        office.certificates.sign([document.id], PASSWORD)
    assert office.paper_life.events(document.id) == ()
    # The password is kept nowhere beside the data.
    for path in office.store.folder.root.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()
    office.certificates.forget()
    assert office.certificates.current() is None


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_while_issuing_costs_no_number_and_leaves_nothing_half_written(
    laptop: Services, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    issue(laptop)
    left, rows, kept = numbers_left(laptop.store), laptop.papers.rows(), _files(laptop)
    flushed = 0
    fsync = os.fsync

    def full(descriptor: int) -> None:
        nonlocal flushed
        flushed += 1
        if flushed > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Trouble, match="disk-full"):
        issue(laptop)
    monkeypatch.undo()
    assert numbers_left(laptop.store) == left
    assert laptop.papers.rows() == rows
    assert not list(laptop.store.folder.media.rglob("*.part"))
    assert len(_files(laptop)) <= len(kept) + after
    assert issue(laptop).number.endswith("〕2号")


def _files(services: Services) -> list[Path]:
    return [path for path in services.store.folder.media.rglob("*") if path.is_file()]

"""`jiandu backup`, `restore`, `export`, `move-out`, `move-in`, `stay`, an invitation as a code: without a window."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from jiandu_desktop import cli
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.demo import DemoBureau
from tests.conftest import StandingClock


def run(data: DataFolder, clock: StandingClock, *words: str | Path) -> int:
    chosen = cli.make_parser().parse_args([str(word) for word in words])
    return cli.run(chosen, data, clock=clock, new_id=new_id)


def test_data_is_backed_up_put_back_exported_and_moved(
    bureau: DemoBureau,
    clock: StandingClock,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run(bureau.own, clock, "backup") == 0
    assert "核对过" in capsys.readouterr().out
    (copy,) = bureau.own.backups.glob("*by-hand.db")
    clock.advance(hours=1)
    assert run(bureau.own, clock, "restore", copy) == 0
    assert "before-restore" in capsys.readouterr().out
    assert run(bureau.own, clock, "export", tmp_path / "out") == 0
    assert (tmp_path / "out" / "说明.txt").exists()
    parcel = tmp_path / "x.jdbj"
    monkeypatch.setattr("sys.stdin", io.StringIO("青禾搬家二〇二六\n"))
    assert run(bureau.own, clock, "move-out", parcel, "--retire") == 0
    assert run(bureau.own, clock, "backup") == 1
    assert "jiandu" not in capsys.readouterr().err
    new = DataFolder(tmp_path / "new")
    monkeypatch.setattr("sys.stdin", io.StringIO("青禾搬家二〇二六\n"))
    assert run(new, clock, "move-in", parcel) == 0
    assert "搬进来了" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("青禾搬家二〇二六\n"))
    assert run(new, clock, "move-in", parcel) == 1, "a folder in use takes nothing in"
    assert run(bureau.own, clock, "stay") == 0
    assert run(bureau.own, clock, "backup", "--list") == 0


def test_an_invitation_is_also_a_picture(
    bureau: DemoBureau, clock: StandingClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("office", "invite", "吴桐", "--out", tmp_path, "--qr", tmp_path / "code.png")
    assert run(bureau.office, clock, *words) == 0
    assert "二维码" in capsys.readouterr().out
    assert (tmp_path / "code.png").read_bytes().startswith(b"\x89PNG")

"""The first start, the way from the demo to real use, and a second start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.profiles import Profiles
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock


@pytest.fixture
def profiles(tmp_path: Path, clock: StandingClock) -> Profiles:
    return Profiles(tmp_path / "data", clock=clock, new_id=new_id)


def with_demo(profiles: Profiles, bureau: DemoBureau) -> None:
    profiles.root.mkdir()
    shutil.copytree(bureau.root, profiles.demo.root)


@pytest.mark.fault(73)
def test_a_second_start_is_told_where_the_first_one_is(profiles: Profiles) -> None:
    profiles.hold()
    second = Profiles(profiles.root, clock=profiles._clock, new_id=new_id)
    with pytest.raises(Trouble, match="already-running"):
        second.hold()
    profiles.release()
    second.hold()
    second.release()


@pytest.mark.fault(73)
def test_a_killed_program_does_not_keep_the_next_one_out(profiles: Profiles) -> None:
    code = (
        "import sys, os, pathlib\n"
        "from jiandu_desktop.services.profiles import Profiles\n"
        "from jiandu_desktop.domain.identity import new_id, system_clock\n"
        "Profiles(pathlib.Path(sys.argv[1]), clock=system_clock, new_id=new_id).hold()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(profiles.root)], check=False)
    profiles.hold()
    profiles.release()


def test_joining_leaves_the_demo_and_the_next_start_opens_the_unit(
    profiles: Profiles, bureau: DemoBureau, office: Services
) -> None:
    with_demo(profiles, bureau)
    demo = profiles.open(Progress())
    assert demo.profile.current().is_demo
    demo.close()
    invitation = office.office.invite("周明元", bureau.root)
    joined = profiles.join(invitation, str(bureau.shared))
    assert not joined.profile.current().is_demo
    assert joined.profile.current().unit == "青禾县人民政府教育督导室"
    joined.exchange.sync(Progress())
    assert joined.today.rows(joined.store.today())
    joined.close()
    again = profiles.open(Progress())
    assert again.profile.current().person is not None
    assert not again.profile.current().is_demo
    again.close()


def test_a_wrong_invitation_or_folder_keeps_the_demo(
    profiles: Profiles, bureau: DemoBureau, office: Services, tmp_path: Path
) -> None:
    with_demo(profiles, bureau)
    forged = tmp_path / "邀请.jdyq"
    forged.write_bytes(office.office.invite("吴桐", tmp_path).read_bytes().replace("吴桐".encode(), "王五".encode()))
    with pytest.raises(Trouble, match="invitation-forged"):
        profiles.join(forged, str(bureau.shared))
    good = office.office.invite("吴桐", tmp_path)
    with pytest.raises(Trouble, match="folder-missing"):
        profiles.join(good, str(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(Trouble, match="folder-not-jiandu"):
        profiles.join(good, str(tmp_path / "empty"))
    demo = profiles.open(Progress())
    assert demo.profile.current().is_demo
    demo.close()


def test_a_demo_that_was_interrupted_is_built_anew(profiles: Profiles, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles.demo.root.mkdir(parents=True)
    (profiles.demo.root / "half").write_text("left over")
    assert profiles.needs_demo()
    services = profiles.open(Progress())
    assert services.today.rows(services.store.today())
    assert not (profiles.demo.root / "half").exists()
    services.close()

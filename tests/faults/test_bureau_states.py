"""Two real laptops, a real office and one folder, in any order that a search finds: work, rounds, harm, images.

`JIANDU_STATES=200` looks that many times, anew each time; CI takes a few of the same ones.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.replica import after_restore
from jiandu_desktop.storage import visits as stored
from tests.support.programs import Bureau, copy_bureau, finish_visit, finished

TIMES = int(os.environ.get("JIANDU_STATES", "0"))
LAPTOPS = st.sampled_from((0, 1))
OFFICE = 2
EVERYBODY = st.sampled_from((0, 1, OFFICE))


class BureauStates(RuleBasedStateMachine):
    """`owed` are the visits that must reach everybody: all that were finished, but those that a laptop forgot by being
    put back to an image before the office had read them (they come back where the folder still has them)."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="jiandu-states-"))
        self.passed = timedelta()
        self.owed: set[str] = set()
        self.images: dict[int, set[str]] = {}

    @initialize()
    def found(self) -> None:
        self.bureau: Bureau = copy_bureau(self.home / "bureau", 2)
        self.folders = [*self.bureau.laptops, self.bureau.office]
        self.running = [self._open(number) for number in (0, 1, OFFICE)]

    def _open(self, number: int) -> Services:
        return open_services(DataFolder(self.folders[number]), clock=self._now, new_id=new_id)

    def _now(self) -> datetime:
        return system_clock() + self.passed

    def _sync(self, number: int) -> None:
        self.running[number].exchange.sync(Progress(), str(self.bureau.share))

    @rule(who=LAPTOPS)
    def a_visit_is_finished(self, who: int) -> None:
        self.owed.add(finish_visit(self.running[who]))

    @rule(who=EVERYBODY)
    def somebody_syncs(self, who: int) -> None:
        self._sync(who)

    @rule(who=EVERYBODY)
    def a_program_is_started_anew(self, who: int) -> None:
        self.running[who].close()
        self.running[who] = self._open(who)

    @rule()
    def a_day_passes(self) -> None:
        self.passed += timedelta(hours=25)

    @rule(place=st.floats(0, 0.999), harm=st.sampled_from(("gone", "cut", "flipped", "copied", "renamed")))
    def a_file_of_the_folder_is_harmed(self, place: float, harm: str) -> None:
        files = [path for path in sorted(self.bureau.share.rglob("*")) if path.is_file() and path.suffix != ".json"]
        path = files[int(place * len(files))]
        data = path.read_bytes()
        if harm == "gone":
            path.unlink()
        elif harm == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif harm == "flipped":
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"?")
        elif harm == "copied":
            path.with_name(f"{path.stem} (conflicted copy 2026-11-22){path.suffix}").write_bytes(data)
        else:
            path.rename(path.with_name(f"{path.name}.locked"))

    @rule(who=LAPTOPS)
    def an_image_is_kept(self, who: int) -> None:
        self.running[who].close()
        shutil.rmtree(self.home / f"image-{who}", ignore_errors=True)
        shutil.copytree(self.folders[who], self.home / f"image-{who}")
        self.running[who] = self._open(who)
        self.images[who] = finished(self.running[who])

    @precondition(lambda self: bool(self.images))
    @rule(which=st.integers(0, 1), by_the_program=st.booleans())
    def the_image_is_put_back(self, which: int, by_the_program: bool) -> None:
        who = sorted(self.images)[which % len(self.images)]
        safe = finished(self.running[OFFICE]) | finished(self.running[1 - who]) | self.images[who]
        self.owed -= finished(self.running[who]) - safe
        self.running[who].close()
        shutil.rmtree(self.folders[who])
        shutil.copytree(self.home / f"image-{who}", self.folders[who])
        self.running[who] = self._open(who)
        if by_the_program:
            after_restore(self.running[who].store)

    @invariant()
    def confirmed_is_what_the_office_holds(self) -> None:
        office = self.running[OFFICE]
        held = finished(office)
        for laptop in self.running[:OFFICE]:
            own = {each.id for each in self._visits(laptop) if each.device == laptop.store.device()}
            confirmed = own - {each.visit_id for each in laptop.exchange.state().waiting}
            assert confirmed <= held
            with office.store.reading() as work:
                photos = [photo for each in confirmed for photo in stored.photos(work, visit_id=each)]
            assert len(photos) == len(confirmed)
            assert all(office.store.media.has(photo.sha256) for photo in photos)

    def _visits(self, services: Services) -> list[stored.Visit]:
        with services.store.reading() as work:
            return [each for each in stored.visits(work) if each.finished_at is not None]

    def teardown(self) -> None:
        if not hasattr(self, "running"):
            return
        try:
            for _ in range(4):
                self.passed += timedelta(hours=25)
                for number in (0, 1, OFFICE):
                    self._sync(number)
            everywhere = [finished(services) for services in self.running]
            assert everywhere[0] == everywhere[1] == everywhere[OFFICE] >= self.owed
            assert [services.exchange.state().waiting for services in self.running[:OFFICE]] == [(), ()]
            self.confirmed_is_what_the_office_holds()
        finally:
            for services in self.running:
                services.close()
            shutil.rmtree(self.home, ignore_errors=True)


@pytest.mark.fault(1, 27, 28, 32, 34, 36, 41)
@pytest.mark.timeout(max(110, TIMES * 20))
def test_in_any_order_nothing_is_lost_and_nothing_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    run_state_machine_as_test(
        BureauStates,
        settings=settings(
            max_examples=TIMES or 5,
            stateful_step_count=30 if TIMES else 14,
            derandomize=not TIMES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

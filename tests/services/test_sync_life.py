"""What befalls an office's and an inspector's computers over the years: restored, copied, lost, full, new."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from jiandu_desktop.cli import make_parser
from jiandu_desktop.cli.office import run_office
from jiandu_desktop.cli.sync import sync as sync_command
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.arrivals import known_kinds
from jiandu_desktop.services.conflicts import Conflicts
from jiandu_desktop.services.contradictions import NUMBERED_TWICE
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.devices import Devices
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.replica import StoredReplica, after_restore
from jiandu_desktop.services.retention import purged
from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.storage import county, journal
from jiandu_desktop.storage import visits as stored
from jiandu_desktop.sync import pull
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.root import make_next_root, open_root
from tests.conftest import StandingClock
from tests.support.visiting import do_visit


def visit(services: Services) -> str:
    """One more assignment is carried out; returns the visit."""
    rows = services.today.rows(services.store.today())
    first = next(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)
    return do_visit(services, first).visit.id


def sync(services: Services) -> None:
    services.exchange.sync(Progress())


def finished(services: Services) -> set[str]:
    with services.store.reading() as work:
        return {each.id for each in stored.visits(work) if each.finished_at is not None}


def numbers_of(services: Services) -> list[str]:
    with services.store.reading() as work:
        return sorted(document.number for document in stored.documents(work))


@pytest.fixture
def image(bureau: DemoBureau, tmp_path: Path) -> Callable[[], DataFolder]:
    """A copy of the laptop's data folder as it is now; its services must be closed."""

    def copy() -> DataFolder:
        target = tmp_path / "image"
        shutil.copytree(bureau.own.root, target)
        return DataFolder(target)

    return copy


@pytest.mark.fault(41)
def test_a_laptop_put_back_to_a_backup_has_its_visits_again_and_prints_no_number_twice(
    bureau: DemoBureau, clock: StandingClock, office: Services, image: Callable[[], DataFolder]
) -> None:
    laptop = open_services(bureau.own, clock=clock, new_id=new_id)
    sync(laptop)
    laptop.close()
    folder = image()
    laptop = open_services(bureau.own, clock=clock, new_id=new_id)
    lost = visit(laptop)
    sync(laptop)
    used = numbers_of(laptop)
    old = laptop.store.device()
    laptop.close()
    restored = open_services(folder, clock=clock, new_id=new_id)
    after_restore(restored.store)
    assert restored.store.device() != old
    fresh = visit(restored)
    sync(restored)
    assert lost in finished(restored)
    everything = numbers_of(restored)
    assert len(set(everything)) == len(everything) > len(used)
    office.office.publish(Progress())
    assert {lost, fresh} <= finished(office)
    line = next(line for line in Devices(office.store).rows() if line.device == restored.store.device())
    assert (line.forked_from, line.certified) == (old, True)
    sync(restored)
    assert restored.exchange.state().waiting == ()
    restored.close()
    again = open_services(folder, clock=clock, new_id=new_id)
    assert again.store.membership().device == line.device, "the new key is found again"
    again.close()


@pytest.mark.fault(42)
def test_two_laptops_with_one_disk_both_keep_working(
    bureau: DemoBureau, clock: StandingClock, office: Services, image: Callable[[], DataFolder]
) -> None:
    laptop = open_services(bureau.own, clock=clock, new_id=new_id)
    sync(laptop)
    laptop.close()
    folder = image()
    laptop = open_services(bureau.own, clock=clock, new_id=new_id)
    clone = open_services(folder, clock=clock, new_id=new_id)
    visits = {visit(laptop), visit(clone)}
    sync(laptop)
    report = clone.exchange.sync(Progress())
    assert report.renewed
    assert "新的身份" in report.sentence()
    visits |= {visit(laptop), visit(clone)}
    for services in (laptop, clone, office, laptop, clone):
        services.exchange.sync(Progress())
    for services in (laptop, clone, office):
        assert visits <= finished(services)
        assert services.exchange.state().refused == ()
        # Before either had seen a folder both took the next number of their common block.
        with services.store.reading() as work:
            papers = Counter(each.number for each in stored.documents(work))
        twice = {number for number, count in papers.items() if count > 1}
        waiting = [line for line in Conflicts(services.store).rows() if line.kind == NUMBERED_TWICE]
        assert twice == {line.about for line in waiting} != set()
    view = Conflicts(office.store).view()
    first = next(line for line in view.waiting if line.kind == NUMBERED_TWICE)
    assert [view.papers[each.value].number for each in first.values] == [first.about] * 2
    Conflicts(office.store).resolve(first.id, first.values[0].value, "先送达的一份用这个号")
    for services in (office, laptop, clone):
        services.exchange.sync(Progress())
        assert first.id not in {line.id for line in Conflicts(services.store).rows()}
    laptop.close()
    clone.close()


@pytest.mark.fault(43)
def test_a_lost_laptop_is_shut_out_and_its_earlier_visits_stay(
    laptop: Services, office: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    before = visit(laptop)
    sync(laptop)
    office.office.publish(Progress())
    devices = Devices(office.store)
    with pytest.raises(Trouble) as trouble:
        devices.revoke("", "遗失")
    assert trouble.value.code == "device-unknown"
    with pytest.raises(Trouble) as trouble:
        Devices(laptop.store).revoke(laptop.store.device(), "遗失")
    assert trouble.value.code == "not-office"
    chosen = make_parser().parse_args(["office", "revoke", laptop.store.device()[:10], "--reason", "电脑遗失"])
    assert run_office(office, chosen) == 0
    after = visit(laptop)
    sync(laptop)
    office.office.publish(Progress())
    assert before in finished(office)
    assert after not in finished(office)
    assert "已停用" in office.exchange.state().refused[0].reason
    assert run_office(office, make_parser().parse_args(["office", "devices"])) == 0
    assert "已停用" in capsys.readouterr().out


def test_photos_go_only_after_the_office_has_them_and_come_back(
    laptop: Services, office: Services, clock: StandingClock
) -> None:
    laptop.preferences.set("keep_media_free_gb", 0)
    visit(laptop)
    data = b"\xff\xd8 a photo that was taken at the gate" * 40
    name = laptop.store.media.keep(data)
    ref = {"name": name, "len": len(data), "period": "2026q4", "role": "photo"}
    with laptop.store.writing() as work:
        laptop.store.record(work, [Draft("visit.note", "v", {"blobs": [ref]})])
    sync(laptop)
    clock.advance(minutes=60 * 24 * 40)
    sync(laptop)
    assert laptop.store.media.has(name), "it is old, but only uploaded"
    office.office.publish(Progress())
    sync(laptop)
    clock.advance(minutes=60 * 25)
    report = laptop.exchange.sync(Progress())
    assert report.purged_photos == 1
    assert not laptop.store.media.has(name)
    assert name in purged(laptop.store)
    laptop.exchange.fetch(name)
    assert laptop.store.media.read(name) == data
    assert name not in purged(laptop.store)


def test_a_new_laptop_takes_the_base(
    bureau: DemoBureau,
    laptop: Services,
    office: Services,
    clock: StandingClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pull, "WORTH_A_BASE", 0)
    visits = {visit(laptop), visit(laptop)}
    sync(laptop)
    office.office.publish(Progress())
    assert run_office(office, make_parser().parse_args(["office", "base"])) == 0
    visits.add(visit(laptop))
    sync(laptop)
    person = laptop.profile.current().person
    assert person is not None
    invitation = office.office.invite(person.name, tmp_path)
    new = open_services(DataFolder(tmp_path / "new"), clock=clock, new_id=new_id)
    new.profile.join(invitation, str(bureau.shared))
    sync(new)
    assert visits <= finished(new)
    with new.store.reading() as mine, office.store.reading() as theirs:
        assert county.fact(mine, "base_taken")[1] >= 1
        for visit_id in visits:
            assert stored.answers(mine, visit_id) == (
                stored.answers(theirs, visit_id) or stored.answers(mine, visit_id)
            )
        assert county.schools(mine) == county.schools(theirs)
        assert county.fact(mine, "unit") == county.fact(theirs, "unit"), "what documents say of the office"
        assert journal.positions(mine)[laptop.store.device()][0] > journal.positions(theirs)[laptop.store.device()][0]
    office.office.publish(Progress())
    for visit_id in visits:
        with new.store.reading() as mine, office.store.reading() as theirs:
            assert stored.answers(mine, visit_id) == stored.answers(theirs, visit_id)
            assert stored.photos(mine, visit_id=visit_id) == stored.photos(theirs, visit_id=visit_id)
    new.close()


@pytest.mark.fault(52)
def test_an_operation_of_a_later_program_is_kept_and_taken_in_after_the_upgrade(
    laptop: Services, office: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiandu_desktop.services import arrivals

    sync(laptop)
    known = dict(arrivals._KINDS)
    monkeypatch.delitem(arrivals._KINDS, "office.unit")
    with laptop.store.writing() as work:
        county.keep_fact(work, "kinds", sorted(known_kinds()))
    with office.store.reading() as work:
        unit = dict(county.fact(work, "unit"))
    with office.store.writing() as work:
        office.store.record(work, [Draft("office.unit", "unit", {"unit": {**unit, "contact": "新的联系人"}})])
    sync(office)
    sync(laptop)
    with laptop.store.reading() as work:
        assert county.fact(work, "unit")["contact"] != "新的联系人"
    monkeypatch.setitem(arrivals._KINDS, "office.unit", known["office.unit"])
    sync(laptop)
    with laptop.store.reading() as work:
        assert county.fact(work, "unit")["contact"] == "新的联系人"


@pytest.mark.fault(53)
def test_a_raised_min_writer_stops_shared_edits_and_nothing_else(laptop: Services, office: Services) -> None:
    sync(laptop)
    assert laptop.exchange.may_edit_shared() is None
    replica = StoredReplica(office.store)
    root, key = open_root(replica.membership().root_file), replica.root_key()
    assert root is not None
    assert key is not None
    later = make_next_root(root, key, min_writer=9, created_at=office.store.clock())
    (Path(office.exchange.folder()) / "root-0002.json").write_bytes(later)
    office.exchange.sync(Progress())
    with office.store.writing() as work:
        office.store.record(work, [Draft("office.note", "n", {})])
    office.exchange.sync(Progress())
    made = visit(laptop)
    report = laptop.exchange.sync(Progress())
    assert report.sent_visits == 1
    told = laptop.exchange.may_edit_shared()
    assert told is not None
    assert "升级" in told
    office.exchange.sync(Progress())
    assert made in finished(office)


def test_doctor_says_what_a_folder_can_do(
    laptop: Services, bureau: DemoBureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = make_parser()
    assert sync_command(laptop, parser.parse_args(["sync", "doctor", str(bureau.shared)])) == 0
    assert "改名" in capsys.readouterr().out
    bare = tmp_path / "bare"
    bare.mkdir()
    assert sync_command(laptop, parser.parse_args(["sync", "doctor", str(bare), "--json"])) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["mode"], found["office"], found["reads_back"]) == ("rename", "", True)
    assert found["write_mb_per_second"] > 0
    assert list(bare.iterdir()) == [], "nothing stays behind"
    with pytest.raises(Trouble):
        sync_command(laptop, parser.parse_args(["sync", "doctor", str(tmp_path / "nowhere")]))
    assert parser.parse_args(["sync", str(bare)]).folder == str(bare)

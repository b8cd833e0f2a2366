"""Records that a known laptop has signed and that make no sense: the real office's program bears every one of them."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.arrivals import known_kinds
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county
from jiandu_desktop.sync import names, segment
from jiandu_desktop.sync.look import head_bytes
from jiandu_desktop.sync.operation import Draft, Op, Role, may_write
from tests.support import hostile
from tests.support.programs import copy_bureau, finish_visit, finished, opened
from tests.support.unit import answer

MOST = int(os.environ.get("JIANDU_HOSTILE", "3000")) // 15

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(110, MOST))]


def nonsense(true: list[Op]) -> Iterator[tuple[str, str, object]]:
    """Kind, entity and data: true records with one field gone or made nonsense, then every kind with hardly any."""
    for op in true:
        for name in op.data:
            yield op.kind, op.entity, {field: value for field, value in op.data.items() if field != name}
            for value in hostile.NASTY:
                if name != "blobs":
                    yield op.kind, op.entity, {**op.data, name: value}
            inner = op.data[name]
            if isinstance(inner, dict):
                for field in inner:
                    for value in (None, -1, 10**30, "x", [], {}):
                        yield op.kind, op.entity, {**op.data, name: {**inner, field: value}}
    for kind in sorted(known_kinds()):
        if may_write(Role.INSPECTOR, kind):
            for value in hostile.NASTY:
                yield kind, "x", {"x": value}


@pytest.mark.fault(57)
def test_the_office_bears_every_record(tmp_path: Path) -> None:
    """Nothing of it stops the office from reading on, or other laptops from handing in."""
    bureau = copy_bureau(tmp_path / "bureau", 2)
    evil, honest = bureau.laptops
    with closing(opened(evil)) as laptop:
        finish_visit(laptop)
        laptop.exchange.sync(Progress(), str(bureau.share))
        replica = StoredReplica(laptop.store)
        me, own = replica.membership(), list(replica.own_segments())
        true = [op for each in own for op in segment.decode(replica.own_segment_bytes(each.seq), me.repo_id).ops]
    with closing(opened(bureau.office)) as office:
        office.exchange.sync(Progress(), str(bureau.share))
        seq, previous, number = own[-1].seq, own[-1].digest, own[-1].last_op
        told: Counter[str] = Counter()
        found = list(nonsense([op for op in true if op.kind != "device.enrol"]))
        step = max(1, len(found) // MOST)
        for kind, entity, data in itertools.islice(found, 0, None, step):
            seq, number = seq + 1, number + 1
            op = {"op_id": f"{me.device}:{number}", "hlc": true[-1].hlc, "parents": [], "person": me.person}
            raw = hostile.signed_segment(
                me, seq, previous, number, {**op, "entity": entity, "kind": kind, "data": data}
            )
            path = bureau.share / "dev" / me.device / f"{seq:08d}-{segment.digest_of(raw)[:16]}.seg"
            path.write_bytes(raw)
            head = names.head(me.device, seq, segment.digest_of(raw))
            spoken = bureau.share / "head" / str(head)
            spoken.write_bytes(head_bytes(head, me.repo_id, me.key))
            try:
                office.exchange.sync(Progress(), str(bureau.share))
            except Exception as error:
                raise AssertionError(f"{kind} {data!r}"[:2000]) from error
            held = StoredReplica(office.store).positions()[me.device]
            if held.seq == seq:
                previous = segment.digest_of(raw)
            else:
                told[office.exchange.state().refused[0].reason] += 1
                path.unlink()
                spoken.unlink()
                seq, number = seq - 1, number - 1
        with closing(opened(honest)) as laptop:
            visit = finish_visit(laptop)
            laptop.exchange.sync(Progress(), str(bureau.share))
        office.exchange.sync(Progress(), str(bureau.share))
        assert visit in finished(office)
    # Otherwise nothing of it was read at all.
    assert sum(count for reason, count in told.items() if "读不懂" in reason) > MOST // 4


@pytest.mark.fault(25)
def test_a_visit_at_a_school_that_has_not_come_yet_waits_for_it(tmp_path: Path) -> None:
    """A cloud client brings another laptop's journal before the office's: no round fails."""
    bureau = copy_bureau(tmp_path / "bureau", 2)
    school = School(id="s-new", code="9999999999", name="新建的小学", stage=Stage.PRIMARY)
    with closing(opened(bureau.office)) as office:
        with office.store.writing() as work:
            county.put_schools(work, school)
            office.store.record(work, [Draft("school.put", school.id, {"school": to_wire(school)})])
        before = set(bureau.share.rglob("*"))
        office.exchange.sync(Progress(), str(bureau.share))
        published = [path for path in set(bureau.share.rglob("*")) - before if path.is_file()]
    with closing(opened(bureau.laptops[0])) as laptop:
        laptop.exchange.sync(Progress(), str(bureau.share))
        opened_visit = laptop.visits.start_free(school.id, "tiny", "随机督导")
        answer(laptop, opened_visit, {"guard": "yes"})
        laptop.finishing.finish(opened_visit.visit.id, laptop.finishing.instance(opened_visit))
        laptop.exchange.sync(Progress(), str(bureau.share))
    hidden = {path: path.read_bytes() for path in published}
    for path in published:
        path.unlink(missing_ok=True)
    with closing(opened(bureau.laptops[1])) as reader:
        reader.exchange.sync(Progress(), str(bureau.share))
        assert opened_visit.visit.id not in finished(reader)
        assert any("还没有传完整" in each.reason for each in reader.exchange.state().refused)
        for path, data in hidden.items():
            path.write_bytes(data)
        reader.exchange.sync(Progress(), str(bureau.share))
        assert opened_visit.visit.id in finished(reader)
        assert reader.exchange.state().refused == ()

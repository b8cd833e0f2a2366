"""常用话语: what an inspector says often comes first, what was added stays, and none of it is lost with the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.phrases import KeptPhrase, PhrasePlace, in_order
from jiandu_desktop.services.phrases import Phrases
from jiandu_desktop.services.program import Services

DAY = datetime(2026, 9, 15, 8, tzinfo=UTC)
HERE = PhrasePlace("campus-safety", "guard", "text")
READY = ("保安员年龄超过60周岁", "保安员无证上岗", "登记本缺记")


def test_what_is_used_comes_first_and_one_s_own_beside_it(laptop: Services) -> None:
    phrases = laptop.phrases
    assert phrases.offered(HERE, READY) == READY
    phrases.use(HERE, READY[2])
    phrases.use(HERE, READY[2])
    phrases.add(HERE, "保安员未着装")
    assert phrases.offered(HERE, READY) == (READY[2], "保安员未着装", *READY[:2])
    again = Phrases(laptop.store)
    assert again.offered(HERE, READY) == (READY[2], "保安员未着装", *READY[:2])
    assert again.offered(PhrasePlace("campus-safety", "guard", "note"), ()) == ()
    assert again.own() == ((HERE, "保安员未着装"),)
    again.remove(HERE, "保安员未着装")
    assert Phrases(laptop.store).offered(HERE, READY) == (READY[2], *READY[:2])


def test_what_the_checklist_no_longer_has_is_not_offered(laptop: Services) -> None:
    laptop.phrases.use(HERE, READY[0])
    assert laptop.phrases.offered(HERE, READY[1:]) == READY[1:]


def test_what_was_used_often_long_ago_gives_way_to_what_is_used_now() -> None:
    old = KeptPhrase("旧", True, 1.0, DAY)
    for _ in range(3):
        old = old.used_again(DAY)
    new = KeptPhrase("新", True, 1.0, DAY + timedelta(days=365))
    assert in_order((), [old, new]) == ("新", "旧")
    assert in_order((), [old, KeptPhrase("新", True, 1.0, DAY)]) == ("旧", "新")


@given(st.lists(st.sampled_from(READY)), st.integers(0, 3000))
def test_nothing_that_is_ready_is_ever_lost_or_told_twice(uses: list[str], days: int) -> None:
    kept: dict[str, KeptPhrase] = {}
    for step, text in enumerate(uses):
        at = DAY + timedelta(days=days * step)
        kept[text] = kept[text].used_again(at) if text in kept else KeptPhrase(text, False, 1.0, at)
    assert sorted(in_order(READY, kept.values())) == sorted(READY)

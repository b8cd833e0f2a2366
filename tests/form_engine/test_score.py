"""The score an inspector reads: earned ÷ possible, N/A on neither side, vetoes beside it; and proposed problems."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiandu_desktop.form_engine import FormFaults
from tests.support.checklists import END_GROUP, END_REPEAT, q, start

SAFETY = (
    q("begin_group", "safety", "安全"),
    q("select_one ypn", "exits", "安全出口", j_weight=5, j_veto="yes", j_grade="serious", j_days=3),
    q("select_one ypn", "fire", "灭火器", j_weight=3),
    q("select_one ypn", "drill", "演练", j_weight=2),
    END_GROUP,
    q("begin_group", "food", "食品"),
    q("integer", "marks", "食品得分", j_weight=10),
    q("text", "remark", "说明"),
    END_GROUP,
)


def test_part_earns_its_share_and_unanswered_items_make_the_score_provisional() -> None:
    visit = start(*SAFETY)
    empty = visit.score()
    assert (empty.percent, empty.provisional, empty.unanswered, empty.veto_open) == (
        None,
        True,
        4,
        ("/data/safety/exits",),
    )
    visit.answer("/data/safety/exits", "yes")
    visit.answer("/data/safety/fire", "part")
    sheet = visit.score()
    assert (sheet.earned, sheet.possible) == (Decimal("6.5"), Decimal(8))
    assert sheet.percent == Decimal("81.3")
    assert sheet.sections[0].unanswered == 1
    assert sheet.sections[0].weight_total == Decimal(10)


def test_not_applicable_leaves_both_sides() -> None:
    visit = start(*SAFETY)
    for name, answer in (("exits", "yes"), ("fire", "no"), ("drill", "na")):
        visit.answer(f"/data/safety/{name}", answer)
    visit.answer("/data/food/marks", "10")
    sheet = visit.score()
    assert (sheet.earned, sheet.possible, sheet.percent) == (Decimal(15), Decimal(18), Decimal("83.3"))
    assert not sheet.provisional
    assert visit.node("/data/safety/drill").not_applicable
    assert not visit.node("/data/safety/fire").not_applicable


def test_a_number_is_marks_within_its_weight() -> None:
    visit = start(*SAFETY)
    visit.answer("/data/food/marks", "12")
    assert visit.score().earned == Decimal(10)
    visit.answer("/data/food/marks", "-1")
    assert visit.score().earned == Decimal(0)


def test_a_veto_stands_beside_the_score() -> None:
    visit = start(*SAFETY)
    visit.answer("/data/safety/exits", "no")
    assert visit.node("/data/safety/exits").veto_hit
    assert visit.score().veto_hits == ("/data/safety/exits",)
    assert visit.score().veto_open == ()
    assert visit.progress().failed == 1


def test_items_that_are_not_relevant_do_not_count() -> None:
    visit = start(
        q("select_one ypn", "has", "有校车"),
        q("select_one ypn", "bus", "校车许可", j_weight=4, j_veto="yes", relevant="${has} = 'yes'"),
        q("select_one ypn", "gate", "校门", j_weight=1),
    )
    visit.answer("/data/gate", "yes")
    assert (visit.score().possible, visit.score().provisional, visit.score().veto_open) == (Decimal(1), False, ())
    visit.answer("/data/has", "yes")
    assert visit.score().provisional
    assert visit.progress().veto_open == 1


def test_each_row_of_a_repeat_counts() -> None:
    visit = start(
        q("begin_repeat", "room", "教室"), q("select_one ypn", "light", "照明", j_weight=2), END_REPEAT
    )  # fmt: skip
    visit.add_repeat("/data/room")
    visit.answer("/data/room[1]/light", "yes")
    visit.answer("/data/room[2]/light", "no")
    assert visit.score().percent == Decimal("50.0")
    assert [(repeat.ref, repeat.rows, repeat.fixed) for repeat in visit.repeats("/data/room")] == [
        ("/data/room", 2, False)
    ]


def test_percent_is_rounded_half_up() -> None:
    visit = start(
        q("select_one ypn", "a", "甲", j_weight="0.25"), q("select_one ypn", "b", "乙", j_weight="1.75")
    )  # fmt: skip
    visit.answer("/data/a", "yes")
    visit.answer("/data/b", "no")
    assert visit.score().percent == Decimal("12.5")


def test_a_failed_answer_proposes_a_problem_with_the_forms_own_words() -> None:
    visit = start(
        q("hidden", "school_pupils", ""),
        q("calculate", "need", "", calculation="if(${school_pupils} > 1000, 3, 2)"),
        q("integer", "guards", "专职保安人数"),
        q("select_one ypn", "enough", "专职保安配备", j_weight=5,
          j_problem="{label}{value}:应配{need}名,实配{guards}名。{note}",
          j_measure="配齐{need}名保安", j_basis="《规范》", j_days=15, j_grade="serious",
          j_matter="safety", j_evidence=1, j_phrases="phrases_guard"),
        prefill={"school_pupils": "1250"},
    )  # fmt: skip
    visit.answer("/data/guards", "1")
    visit.answer("/data/enough", "yes")
    assert visit.proposal("/data/enough") is None
    visit.answer("/data/enough", "no")
    proposal = visit.proposal("/data/enough", note="已当面告知。")
    assert proposal is not None
    assert proposal.text == "专职保安配备不符合:应配3名,实配1名。已当面告知。"
    assert (proposal.measure, proposal.basis, proposal.days) == ("配齐3名保安", "《规范》", 15)
    assert (proposal.grade, proposal.matter, proposal.evidence) == ("serious", "safety", 1)
    item = visit.node("/data/enough").item
    assert item.inspection.phrases == ("保安员年龄超过60周岁", "保安员无证上岗")
    assert visit.definition.matters == {"safety": "校园安全"}


def test_a_threshold_is_written_in_one_cell_and_its_standard_says_the_same_number() -> None:
    visit = start(
        q("calculate", "limit_guards", "应配保安", calculation="2.50"),
        q("calculate", "limit_kind", "学校", calculation="'寄宿制学校'"),
        q("calculate", "need", "", calculation="${limit_guards} + 1"),
        q("integer", "guards", "专职保安人数", j_standard="{limit_kind}不少于{limit_guards}名"),
    )
    assert visit.node("/data/guards").item.inspection.standard == "寄宿制学校不少于2.50名"
    with pytest.raises(FormFaults) as caught:
        start(
            q("calculate", "need", "", calculation="1 + 1"), q("integer", "a", "甲", j_standard="不少于{need}名"),
        )  # fmt: skip
    assert [fault.code for fault in caught.value.faults] == ["standard-blank"]


def test_what_the_form_itself_finds_wrong_counts_among_the_problems() -> None:
    visit = start(
        q("integer", "guards", "专职保安人数"),
        q("select_one ypn", "enough", "人数够", readonly="yes", calculation="if(${guards} > 1, 'yes', 'no')"),
    )
    visit.answer("/data/guards", "1")
    counts = visit.progress()
    assert (counts.answered, counts.total, counts.failed) == (1, 1, 1)


def test_an_item_may_say_itself_which_answers_fail() -> None:
    visit = start(
        q("select_one ypn", "a", "甲", j_failed="no"),
        q("calculate", "low", "", calculation="if(1 > 2, 'ok', 'low')", j_failed="low", j_problem="低于标准"),
    )
    visit.answer("/data/a", "part")
    assert not visit.node("/data/a").failed
    visit.answer("/data/a", "no")
    assert visit.node("/data/a").failed
    low = visit.proposal("/data/low")
    assert low is not None
    assert low.text == "低于标准"


def test_keys_of_choices_are_their_places_or_the_forms_own() -> None:
    visit = start(q("select_one ypn", "a", "甲"))
    assert [choice.key for choice in visit.node("/data/a").choices] == ["1", "2", "3", "0"]


def test_progress_counts_what_is_asked() -> None:
    visit = start(q("note", "n", "说明"), q("text", "t", "文字"), q("hidden", "h", ""), q("integer", "i", "数"))
    visit.answer("/data/t", "有")
    progress = visit.progress()
    assert (progress.answered, progress.total) == (1, 2)

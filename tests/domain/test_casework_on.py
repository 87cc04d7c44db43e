"""What was there, at which stage and judged to be what, told by hand for every day of some small stories."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from weipian_plugin.domain.casework_on import STAGES, Judgements, Roster, Steps, days_of


def roster_of(*rows):
    """Rows of (number, parent, received, split_state, split_on)."""
    names = ["patch_no", "parent_no", "received_on", "split_state", "split_on"]
    patches = pd.DataFrame(list(rows), columns=names, dtype=object)
    return Roster.of(patches, patches[patches["split_state"] != ""])


FAMILY = roster_of(
    ("A", "", "2021-07-01", "被拆分", "2021-07-20"),
    ("A_1", "A", "2021-07-01", "拆分", ""),
    ("A_2", "A", "2021-07-01", "被拆分", "2021-08-05"),
    ("A_3", "A_2", "2021-07-01", "拆分", ""),
    ("A_4", "A_2", "2021-07-01", "拆分", ""),
    ("B", "", "2021-08-01", "", ""),
    ("C_7", "C", "2021-08-01", "", ""),  # its parent was never issued here
)


def named(roster, chosen):
    return list(roster.numbers[chosen])


def test_children_take_their_parents_place_on_the_day_of_the_split():
    def both(day):
        on = date.fromisoformat(day)
        return named(FAMILY, FAMILY.issued(on)), named(FAMILY, FAMILY.verified(on))

    assert both("2021-06-30") == ([], [])
    assert both("2021-07-19") == (["A"], ["A"])
    assert both("2021-07-20") == (["A"], ["A_1", "A_2"])
    assert both("2021-08-04") == (["A", "B", "C_7"], ["A_1", "A_2", "B", "C_7"])
    assert both("2021-08-05") == (["A", "B", "C_7"], ["A_1", "A_3", "A_4", "B", "C_7"])


def test_what_was_issued_split_is_so_from_its_receipt():
    """P and P_1 came together; Q came in July, its child in August: Q counts until then."""
    roster = roster_of(
        ("P", "", "2021-07-01", "被拆分", ""),
        ("P_1", "P", "2021-07-01", "拆分", ""),
        ("Q", "", "2021-07-01", "被拆分", ""),
        ("Q_1", "Q", "2021-08-01", "拆分", ""),
    )
    for day, issued, verified in [
        ("2021-07-01", ["P", "Q"], ["P_1", "Q"]),
        ("2021-07-31", ["P", "Q"], ["P_1", "Q"]),
        ("2021-08-01", ["P", "Q"], ["P_1", "Q_1"]),
    ]:
        on = date.fromisoformat(day)
        assert (named(roster, roster.issued(on)), named(roster, roster.verified(on))) == (issued, verified)


def test_a_number_alone_makes_no_child():
    """X_9 was issued by itself before X was split here: it is no piece of X."""
    roster = roster_of(
        ("X", "", "2021-07-01", "被拆分", "2021-07-10"),
        ("X_9", "X", "2021-07-01", "", ""),
        ("X_10", "X", "2021-07-01", "拆分", ""),
    )
    on = date(2021, 7, 10)
    assert named(roster, roster.issued(on)) == ["X", "X_9"]
    assert named(roster, roster.verified(on)) == ["X_9", "X_10"]


def test_descendants():
    rows, at = FAMILY.descendants(np.array([5, 0, 2]))  # of B, A, A_2
    assert sorted(zip(rows.tolist(), FAMILY.numbers[at], strict=True)) == [
        (1, "A_1"),
        (1, "A_2"),
        (1, "A_3"),
        (1, "A_4"),
        (2, "A_3"),
        (2, "A_4"),
    ]
    assert [len(part) for part in FAMILY.descendants(np.empty(0, dtype=np.int64))] == [0, 0]


STAGE_AFTER = {
    "判定": "已判定",
    "复核": "已复核",
    "复核不通过": "待核查",
    "上报": "已上报",
    "市级退回补记": "市级退回",
    "撤销判定": "待核查",
    "撤销重判": "市级退回",
}
ONE = roster_of(("A", "", "2021-07-01", "", ""), ("B", "", "2021-07-01", "", ""))


def judged(roster, events, determinations, doubts=()):
    """Return what is in force on a day, by patch: the revision that holds, 0 for none."""
    told = [(number, step, STAGE_AFTER.get(step, step), day) for number, step, day in events]
    steps = Steps.of(pd.DataFrame(told, columns=["patch_no", "step", "to_stage", "taken_on"]), roster)
    names = ["patch_no", "revision", "decided_on"]
    known = pd.DataFrame(list(determinations), columns=names)
    doubted = pd.DataFrame(list(doubts), columns=["patch_no", "after_revision", "noted_on"])
    doubted = doubted.astype({"after_revision": int})
    judgements = Judgements(roster, steps, known, doubted)

    def on(day):
        rows = judgements.in_force(date.fromisoformat(day))
        return [int(known["revision"].iloc[row]) if row >= 0 else 0 for row in rows]

    return on


def test_the_latest_revision_decided_by_the_day():
    events = [("A", "判定", "2021-07-10"), ("B", "判定", "2021-09-01")]
    rows = [("A", 2, "2021-08-01T09:00:00"), ("A", 1, "2021-07-10"), ("B", 1, "2021-09-01")]
    on = judged(ONE, events, rows)
    assert on("2021-07-09") == [0, 0]
    assert on("2021-07-31") == [1, 0]
    assert on("2021-08-01") == [2, 0]
    assert on("2021-12-31") == [2, 1]


def test_what_was_sent_back_is_undecided_until_it_is_judged_again():
    """Judged 07-10, reviewed 07-12, sent back 07-15 and judged again on the same day."""
    events = [
        ("A", "判定", "2021-07-10"),
        ("A", "复核", "2021-07-12"),
        ("A", "复核不通过", "2021-07-15"),
        ("B", "判定", "2021-07-10"),
        ("A", "判定", "2021-07-20"),
        ("B", "复核不通过", "2021-07-15"),
        ("B", "判定", "2021-07-15"),
    ]
    rows = [("A", 1, "2021-07-10"), ("A", 2, "2021-07-20"), ("B", 1, "2021-07-10"), ("B", 2, "2021-07-15")]
    on = judged(ONE, events, rows)
    assert on("2021-07-14") == [1, 1]
    assert on("2021-07-15") == [0, 2]
    assert on("2021-07-19") == [0, 2]
    assert on("2021-07-20") == [2, 2]


def test_what_the_city_returned_stands_until_somebody_doubts_it():
    events = [("A", "判定", "2021-07-10"), ("A", "上报", "2021-07-12"), ("A", "市级退回", "2021-07-20")]
    rows = [("A", 1, "2021-07-10"), ("A", 2, "2021-08-10")]
    doubts = [("A", 0, "2021-07-05"), ("A", 1, "2021-07-25")]
    on = judged(ONE, events, rows, doubts)
    assert on("2021-07-12") == [1, 0]  # the doubt of 07-05 came before the first judgement
    assert on("2021-07-24") == [1, 0]
    assert on("2021-07-25") == [0, 0]
    assert on("2021-08-10") == [2, 0]


def test_a_determination_without_any_step_holds():
    assert judged(ONE, [], [("B", 1, "2021-07-10")])("2021-07-10") == [0, 1]


def test_what_was_taken_back_is_undecided():
    """A: first judged, taken back. B: returned by the city, judged again, and that taken back."""
    events = [
        ("A", "判定", "2021-07-10"),
        ("A", "撤销判定", "2021-07-11"),
        ("B", "判定", "2021-07-10"),
        ("B", "市级退回补记", "2021-07-20"),
        ("B", "判定", "2021-07-22"),
        ("B", "撤销重判", "2021-07-23"),
    ]
    on = judged(ONE, events, [("A", 1, "2021-07-10"), ("B", 1, "2021-07-10"), ("B", 2, "2021-07-22")])
    assert [on(f"2021-07-{day}") for day in (10, 11, 20, 22, 23)] == [[1, 1], [0, 1], [0, 1], [0, 2], [0, 0]]


def test_a_return_of_what_the_review_had_rejected_decides_nothing():
    events = [
        ("A", "判定", "2021-07-10"),
        ("A", "复核不通过", "2021-07-11"),
        ("A", "市级退回补记", "2021-07-12"),
    ]
    assert judged(ONE, events, [("A", 1, "2021-07-10")])("2021-07-12") == [0, 0]


def test_days_are_read_from_dates_and_moments():
    texts = pd.Series(["2021-07-01", "", "2021-07-01T08:00:00+08:00"], dtype=object)
    assert days_of(texts).tolist() == [date(2021, 7, 1), None, date(2021, 7, 1)]
    assert len(days_of(pd.Series([], dtype=object))) == 0


DAYS = [f"2021-07-{day:02d}" for day in range(1, 9)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(STAGES), st.sampled_from(DAYS))))
def test_stages_are_what_walking_the_steps_gives(events):
    frame = pd.DataFrame(events, columns=["patch_no", "to_stage", "taken_on"], dtype=object)
    steps = Steps.of(frame.assign(step=""), ONE)
    for day in DAYS:
        walked = dict.fromkeys("AB", STAGES[0])
        for number, stage, taken in events:
            if taken <= day:
                walked[number] = stage
        found = steps.by(date.fromisoformat(day)).stages(2)
        assert [STAGES[stage] for stage in found] == list(walked.values())

from __future__ import annotations

from datetime import date

import pandas as pd

from weipian_plugin.domain.deadline_queue import (
    Casework,
    TermRules,
    TermState,
    counts_by,
    forecast,
    standing,
    waiting,
)
from weipian_plugin.domain.deadlines import Counting, PauseStage, Term
from weipian_plugin.domain.holidays import Holidays
from weipian_plugin.paths import plan_file

HOLIDAYS = Holidays.parse(plan_file("holidays.yaml").read_text(encoding="utf-8"))
RULES = TermRules(Term(15), HOLIDAYS)
WAY = ["待核查", "已判定", "已复核", "已审定", "已上报"]


def case(patches, events=(), determinations=(), extensions=(), splits=()):
    """Extensions may end with the day of their withdrawal; splits are (patch, day, children)."""
    frame = pd.DataFrame(patches, columns=["patch_no", "received_on", "town", "unit"], dtype=object)
    frame = frame.assign(parent_no="", split_state="", split_on="").set_index("patch_no", drop=False)
    for number, day, children in splits:
        frame.loc[number, ["split_state", "split_on"]] = "被拆分", day
        frame.loc[list(children), "parent_no"] = number
        unsplit = frame["split_state"].loc[list(children)] == ""
        frame.loc[[child for child in children if unsplit[child]], "split_state"] = "拆分"
    granted = [(*row, "")[:4] for row in extensions]
    return Casework(
        frame.drop(columns=["parent_no", "split_state", "split_on"]).reset_index(drop=True),
        frame[frame["split_state"] != ""].reset_index(drop=True),
        pd.DataFrame(list(events), columns=["patch_no", "step", "to_stage", "taken_on"], dtype=object),
        pd.DataFrame(list(determinations), columns=["patch_no", "decided_on"], dtype=object),
        pd.DataFrame(granted, columns=["patch_no", "days", "approved_on", "withdrawn_on"], dtype=object),
    )


def steps(patch_no, *days, way=WAY):
    return [(patch_no, "", way[n + 1], day) for n, day in enumerate(days)]


def sample():
    """Received 2021-10-09, so due 2021-10-24; B has 5 more days; C and D went to the city."""
    patches = [
        (number, "2021-10-09", town, unit)
        for number, town, unit in [
            ("A", "白马镇", "区林业局"),
            ("B", "白马镇", "区林业局"),
            ("C", "江口镇", "区水利局"),
            ("D", "江口镇", "区水利局"),
            ("E", "江口镇", "区林业局"),
            ("F", "白马镇", "区林业局"),
        ]
    ]
    events = [
        *steps("C", "2021-10-15", "2021-10-16", "2021-10-17", "2021-10-19"),
        ("C", "市级退回", "市级退回", "2021-10-30"),
        *steps("D", "2021-10-26", "2021-10-27", "2021-10-27", "2021-10-28"),
        *steps("E", "2021-10-24"),
    ]
    determinations = [("C", "2021-10-15"), ("D", "2021-10-26"), ("E", "2021-10-24"), ("F", "2021-10-25")]
    return case(patches, events, determinations, [("B", 3, "2021-10-20"), ("B", 2, "2021-10-23")])


def states(as_of, rules=RULES):
    found = standing(sample(), rules, date.fromisoformat(as_of)).set_index("patch_no")
    return {
        number: (row["state"], row["due_on"].date().isoformat(), row["days_left"])
        for number, row in found.iterrows()
    }


def test_the_day_after_the_term():
    assert states("2021-10-31") == {
        "A": (TermState.OVERDUE, "2021-10-24", -7),
        "B": (TermState.OVERDUE, "2021-10-29", -2),
        "C": (TermState.OPEN, "2021-11-04", 4),
        "D": (TermState.PAUSED, "2021-10-24", -7),
        "E": (TermState.DONE, "2021-10-24", -7),
        "F": (TermState.LATE, "2021-10-24", -7),
    }


def test_what_came_later_does_not_count():
    assert states("2021-10-20") == {
        "A": (TermState.OPEN, "2021-10-24", 4),
        "B": (TermState.OPEN, "2021-10-27", 7),
        "C": (TermState.PAUSED, "2021-10-25", 5),
        "D": (TermState.OPEN, "2021-10-24", 4),
        "E": (TermState.OPEN, "2021-10-24", 4),
        "F": (TermState.OPEN, "2021-10-24", 4),
    }
    assert states("2021-10-24")["A"] == (TermState.TODAY, "2021-10-24", 0)
    assert states("2021-10-25")["F"][0] == TermState.LATE


def test_working_days_over_the_holiday_week():
    rules = TermRules(Term(15, Counting.WORKING), HOLIDAYS)
    # From 2021-10-09: 11-15 = 5, 18-22 = 10, 25-29 = 15.
    assert states("2021-10-25", rules)["A"] == (TermState.OPEN, "2021-10-29", 4)


def test_a_returned_patch_may_rest_if_the_office_says_so():
    rules = TermRules(Term(15), HOLIDAYS, (PauseStage.REPORTED, PauseStage.RETURNED))
    assert states("2021-11-10", rules)["C"] == (TermState.PAUSED, "2021-11-15", 5)
    assert states("2021-11-10")["C"] == (TermState.OVERDUE, "2021-11-04", -6)


def test_the_queue_begins_with_what_is_most_overdue():
    found = waiting(standing(sample(), RULES, date(2021, 10, 31)))
    assert list(found["patch_no"]) == ["A", "B", "C", "D"]
    assert list(found["extended"]) == [0, 5, 0, 0]
    assert list(found["paused"]) == [0, 0, 11, 3]


def test_counts_by_township():
    found = counts_by(standing(sample(), RULES, date(2021, 10, 31)), "town", date(2021, 10, 31))
    assert found["town"].tolist() == ["白马镇", "江口镇"]
    assert found[
        ["total", "逾期", "今日到期", "在办", "暂停", "按期判定", "超期判定"]
    ].to_numpy().tolist() == [
        [3, 2, 0, 0, 0, 0, 1],
        [3, 0, 0, 1, 1, 1, 0],
    ]
    assert found[["longest", "due_7", "due_15"]].to_numpy().tolist() == [[7, 0, 0], [0, 1, 1]]


def test_forecast():
    """On 10-20 A, D, E and F end on 10-24 (day 4), B on 10-27 (day 7)."""
    found = forecast(standing(sample(), RULES, date(2021, 10, 20)), date(2021, 10, 20))
    assert len(found) == 15
    assert found["due"].tolist() == [0, 0, 0, 4, 0, 0, 1] + [0] * 8
    assert found["so_far"].tolist()[6::8] == [5, 5]


def test_no_patches():
    found = standing(case([]), RULES, date(2021, 10, 20))
    assert len(waiting(found)) == len(counts_by(found, "town", date(2021, 10, 20))) == 0

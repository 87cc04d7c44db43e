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


def family(split_on="2021-10-28"):
    """X, due 2021-10-24, was with the city from 10-15 to 10-25, ten days, and is split after that."""
    names = [("X", "2021-10-09"), ("X_1", "2021-10-09"), ("X_2", "2021-10-09")]
    patches = [(number, day, "白马镇", "区林业局") for number, day in names]
    events = [
        *steps("X", "2021-10-12", "2021-10-13", "2021-10-14", "2021-10-15"),
        ("X", "市级退回", "市级退回", "2021-10-25"),
        ("X_1", "判定", "已判定", "2021-11-03"),
    ]
    return case(
        patches, events, extensions=[("X", 3, "2021-10-20")], splits=[("X", split_on, ("X_1", "X_2"))]
    )


def family_on(day, rules=RULES):
    found = standing(family(), rules, date.fromisoformat(day))
    columns = ["patch_no", "state", "due_on", "days_left", "extended", "paused"]
    rows = found.assign(due_on=found["due_on"].dt.strftime("%m-%d"))[columns]
    return [tuple(row) for row in rows.itertuples(index=False, name=None)]


def test_children_take_over_the_term_of_their_parent():
    """10-24, ten days with the city, three days granted: 11-06 for X, and so for its children."""
    assert family_on("2021-10-19") == [("X", "暂停", "10-28", 9, 0, 4)]
    assert family_on("2021-10-27") == [("X", "在办", "11-06", 10, 3, 10)]
    assert family_on("2021-10-28") == [
        ("X_1", "在办", "11-06", 9, 3, 10),
        ("X_2", "在办", "11-06", 9, 3, 10),
    ]
    assert family_on("2021-11-07") == [
        ("X_1", "按期判定", "11-06", -1, 3, 10),
        ("X_2", "逾期", "11-06", -1, 3, 10),
    ]


def test_a_pause_in_which_a_patch_is_split_ends_with_the_split():
    """If what the city gave back rests too, X stands still from 10-15 to 10-28, 13 days; children do not."""
    rules = TermRules(Term(15), HOLIDAYS, (PauseStage.REPORTED, PauseStage.RETURNED))
    assert family_on("2021-10-27", rules) == [("X", "暂停", "11-08", 12, 3, 12)]
    assert family_on("2021-10-28", rules)[0] == ("X_1", "在办", "11-09", 12, 3, 13)
    assert family_on("2021-11-05", rules)[1] == ("X_2", "在办", "11-09", 4, 3, 13)


def test_an_extension_counts_until_it_is_taken_back():
    rows = [("A", 5, "2021-10-12", "2021-10-20"), ("A", 2, "2021-10-15")]
    held = case([("A", "2021-10-09", "白马镇", "")], extensions=rows)

    def due(day):
        found = standing(held, RULES, date.fromisoformat(day)).iloc[0]
        return found["extended"], found["due_on"].strftime("%m-%d")

    assert [due(f"2021-10-{day}") for day in (11, 12, 15, 19, 20, 31)] == [
        (0, "10-24"),
        (5, "10-29"),
        (7, "10-31"),
        (7, "10-31"),
        (2, "10-26"),
        (2, "10-26"),
    ]


def test_the_year_end_in_working_days():
    """Received Friday 2021-12-24: 15 working days end on 2022-01-17 (27-31 = 5, 4-7 = 9, 10-14 = 14, 17).

    Reported on 12-30 (4 used) and returned on 01-06: 31 and 4, 5, 6 January do not count, four days. So it
    ends after 18, 19, 20 and 21 January.
    """
    rules = TermRules(Term(15, Counting.WORKING), HOLIDAYS)
    events = [*steps("A", "2021-12-27", "2021-12-28", "2021-12-29", "2021-12-30")]
    events.append(("A", "市级退回", "市级退回", "2022-01-06"))
    held = case([("A", "2021-12-24", "白马镇", "")], events)
    found = standing(held, rules, date(2022, 1, 10)).iloc[0]
    assert (found["due_on"].strftime("%Y-%m-%d"), found["days_left"]) == ("2022-01-21", 9)


def test_no_patches():
    found = standing(case([]), RULES, date(2021, 10, 20))
    assert len(waiting(found)) == len(counts_by(found, "town", date(2021, 10, 20))) == 0

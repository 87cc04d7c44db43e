"""The filter of the queue: what it leaves, and that every count is what choosing it would show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.gui.review import queue_filter
from weipian_plugin.gui.review.queue_columns import QueueColumns
from weipian_plugin.gui.review.queue_filter import CHOICES, FLAGS, NOTHING_ASKED, UNJUDGED, QueueFilter

STAGES, DUTIES = ("待核查", "已判定", "市级退回"), ("唯一", "待会商", "未评估")
TOWNS, UNITS, BUCKETS = ("白马镇", "仙女山街道", ""), ("区林业局", "区水利局"), ("逾期", "7日内", "")

ROW = st.tuples(*map(st.sampled_from, (STAGES, DUTIES, TOWNS, UNITS, BUCKETS)), st.booleans())


def columns_of(rows):
    listed = [
        {
            "patch_no": f"P{n}",
            "town": town,
            "unit": unit,
            "batch": "七月",
            "kind": "土地",
            "type": "硬化",
            "area_mu": 1.0,
            "duty_state": duty,
            "stage": stage,
            "days_left": n,
            "due_on": "2021-08-01",
            "state": "在办",
            "bucket": bucket,
            "result": "",
            "category": "",
            "is_doubt": doubt,
        }
        for n, (stage, duty, town, unit, bucket, doubt) in enumerate(rows)
    ]
    names = ["patch_no", "town", "unit", "batch", "type", "category", "stage", "bucket", "duty_state"]
    return QueueColumns.of(pd.DataFrame(listed, columns=[*names, "is_doubt", "state", "days_left"]))


COLUMNS = columns_of(
    [
        ("待核查", "唯一", "白马镇", "区林业局", "逾期", False),
        ("市级退回", "待会商", "白马镇", "区水利局", "7日内", False),
        ("待核查", "未评估", "仙女山街道", "区林业局", "7日内", True),
        ("已判定", "待会商", "仙女山街道", "区水利局", "", False),
    ]
)


def lines(**asked):
    return np.flatnonzero(queue_filter.chosen(COLUMNS, replace(NOTHING_ASKED, **asked))).tolist()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [0, 1, 2, 3]),
        ({"stage": UNJUDGED}, [0, 1, 2]),
        ({"stage": "市级退回"}, [1]),
        ({"days": "7日内"}, [1, 2]),
        ({"town": "白马镇", "unit": "区水利局"}, [1]),
        ({"conflict": True}, [1, 3]),
        ({"not_evaluated": True}, [2]),
        ({"doubt": True}, [2]),
        ({"text": "仙女山 水利"}, [3]),
        ({"text": "p2"}, [2]),
        ({"text": "没有"}, []),
    ],
)
def test_what_the_filter_leaves(asked, expected):
    assert lines(**asked) == expected


def test_what_other_windows_ask_for():
    days = {"week": "7日内"}
    assert queue_filter.from_wanted({"days_left": "week"}, days) == QueueFilter(stage="", days="7日内")
    assert queue_filter.from_wanted({"township": "白马镇", "stage": "已判定"}, days) == QueueFilter(
        stage="已判定", town="白马镇"
    )
    assert queue_filter.from_wanted({"duty_state": "待会商"}, days) == QueueFilter(stage="", conflict=True)


@given(
    st.lists(ROW, max_size=12),
    st.sampled_from((*STAGES, UNJUDGED, "")),
    st.sampled_from(TOWNS),
    st.booleans(),
)
def test_a_count_is_what_choosing_it_shows(rows, stage, town, conflict):
    columns = columns_of(rows)
    asked = QueueFilter(stage=stage, town=town, conflict=conflict)
    for name, found in queue_filter.counts(columns, asked).items():
        for choice, count in found.items():
            wanted = choice if name in CHOICES else bool(choice)
            assert count == queue_filter.chosen(columns, replace(asked, **{name: wanted})).sum()
    assert set(queue_filter.counts(columns, asked)) == {*CHOICES, *FLAGS}

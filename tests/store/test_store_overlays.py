"""Overlay results: stored whole, and written only where they differ."""

from __future__ import annotations

import struct
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
from store_samples import add_batch, history_of, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.overlay.frames import AREA_COLUMNS, HIT_COLUMNS
from weipian_plugin.store import overlays

PATCHES = ["500156SJBG21000001", "500156SJBG21000002"]


def area_rows(share=0.5):
    nan = np.nan
    rows = [
        (PATCHES[0], "land_class", "0103", "旱地", "命中", 60.0, 0.09, 50.0, 0.075, 0.6, "2020"),
        (PATCHES[0], "land_class", "", "未覆盖", "未评估", 40.0, 0.06, nan, nan, 0.4, "2020"),
        (PATCHES[0], "river", "", "", "命中", 50.0, 0.075, nan, nan, share, "甲版"),
        (PATCHES[1], "river", "", "", "未评估", nan, nan, nan, nan, nan, ""),
    ]
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))


def hit_rows():
    rows = [
        (PATCHES[0], "river", 12, "长溪河", "", 50.0, 0.5),
        (PATCHES[0], "land_class", 7, "图斑7", "0103", 60.0, 0.6),
    ]
    return pd.DataFrame(rows, columns=list(HIT_COLUMNS))


def store(workspace, areas, hits):
    with workspace.writing("甲", "套合分析") as change:
        return overlays.replace(change, areas, hits)


@pytest.fixture
def with_patches(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def test_results_come_back_by_patch_role_and_class(with_patches):
    assert store(with_patches, area_rows(), hit_rows()) == 2
    areas = overlays.read_areas(with_patches)
    expected = area_rows().iloc[[1, 0, 2, 3]].reset_index(drop=True)
    pd.testing.assert_frame_equal(areas, expected)
    pd.testing.assert_frame_equal(
        overlays.read_hits(with_patches), hit_rows().iloc[[1, 0]].reset_index(drop=True)
    )


def test_the_same_again_in_any_order_changes_nothing(with_patches):
    store(with_patches, area_rows(), hit_rows())
    before = with_patches.path.read_bytes()
    assert store(with_patches, area_rows().iloc[::-1], hit_rows().iloc[::-1]) == 0
    assert with_patches.path.read_bytes() == before


@pytest.mark.parametrize(
    "areas, hits",
    [
        (area_rows(share=0.5000000000000001), hit_rows()),
        (area_rows(), hit_rows().iloc[:1]),
        (area_rows().drop(index=1), hit_rows()),
        (area_rows().assign(edition="2021"), hit_rows()),
    ],
)
def test_only_what_differs_is_written(with_patches, areas, hits):
    store(with_patches, area_rows(), hit_rows())
    count = len(history_of(with_patches, "overlay_area"))
    changed = store(with_patches, areas, hits)
    assert changed == (2 if (areas["edition"] == "2021").all() else 1)
    assert len(history_of(with_patches, "overlay_area")) == count + changed
    assert len(overlays.read_areas(with_patches)) == len(areas)
    assert len(overlays.read_hits(with_patches)) == len(hits)


def test_patches_not_in_the_results_keep_theirs(with_patches):
    store(with_patches, area_rows(), hit_rows())
    only_second = area_rows().iloc[3:].assign(status="未命中", area_m2=0.0, area_mu=0.0, share=0.0)
    assert store(with_patches, only_second, hit_rows().iloc[:0]) == 1
    assert overlays.read_areas(with_patches)["patch_no"].tolist() == [PATCHES[0]] * 3 + [PATCHES[1]]
    assert len(overlays.read_hits(with_patches)) == 2


def test_the_history_tells_editions_and_a_digest_that_can_be_worked_out(with_patches):
    store(with_patches, area_rows(), hit_rows())
    key, before, after = history_of(with_patches, "overlay_area")[0]
    texts = [
        "land_class", "", "未覆盖", "未评估", "2020",
        "land_class", "0103", "旱地", "命中", "2020",
        "river", "", "", "命中", "甲版",
        "land_class", "图斑7", "0103",
        "river", "长溪河", "",
    ]  # fmt: skip
    nan = float("nan")
    numbers = [40, 0.06, nan, nan, 0.4, 60, 0.09, 50, 0.075, 0.6, 50, 0.075, nan, nan, 0.5]
    numbers += [7, 60, 0.6, 12, 50, 0.5]
    digest = sha256("\x1f".join(texts).encode() + struct.pack(f"<{len(numbers)}d", *numbers)).hexdigest()
    assert (key, before) == (PATCHES[0], None)
    assert after == {
        "areas": 3,
        "hits": 2,
        "editions": {"land_class": "2020", "river": "甲版"},
        "sha256": digest,
    }


def test_results_of_one_batch(with_patches):
    add_batch(with_patches, patch_frame(1, first=50), name="八月")
    later = area_rows().iloc[3:].assign(patch_no="500156SJBG21000050")
    store(with_patches, pd.concat([area_rows(), later]), hit_rows())
    assert overlays.read_areas(with_patches, 2)["patch_no"].tolist() == ["500156SJBG21000050"]
    assert overlays.read_hits(with_patches, 2).empty
    assert overlays.read_hits(with_patches, 2).columns.tolist() == list(HIT_COLUMNS)


def test_results_of_an_unknown_patch_are_refused(with_patches):
    with pytest.raises(WeipianError, match="拒绝了不符合规定的数据"):
        store(with_patches, area_rows().assign(patch_no="无此号"), hit_rows().iloc[:0])
    assert overlays.read_areas(with_patches).empty

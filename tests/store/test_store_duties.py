"""Duties: proposals come and go, what a person decided stays."""

from __future__ import annotations

import pandas as pd
import pytest
from store_samples import add_batch, history_of, patch_frame

from weipian_plugin.store import duties, patches

A, B = "500156SJBG21000001", "500156SJBG21000002"


def proposals(*rows):
    full = [(*row, "r1", "四（八）", "理由", 10.0, 0.5, "1") for row in rows]
    return pd.DataFrame(full, columns=list(duties.PROPOSAL_COLUMNS))


def propose(workspace, frame, states):
    with workspace.writing("系统", "职责分派") as change:
        return duties.replace_proposals(change, frame, states)


def decide(workspace, unit, status="确认"):
    with workspace.writing("乙", "会商") as change:
        change.connection.execute(
            "INSERT INTO duty (patch_no, duty, unit, status, decided_by, decided_on)"
            " VALUES (?, '查处', ?, ?, '乙', '2021-07-05')",
            (A, unit, status),
        )
        change.connection.execute(
            "DELETE FROM duty WHERE patch_no = ? AND duty = '查处' AND unit = ? AND status = '建议'",
            (A, unit),
        )
        patches.set_duty_states(change, {A: "唯一"})


def held(workspace):
    frame = duties.read(workspace)
    return list(frame[["patch_no", "duty", "unit", "status"]].itertuples(index=False, name=None))


@pytest.fixture
def with_patches(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def test_proposals_are_stored_with_the_states(with_patches):
    frame = proposals((A, "查处", "水利局"), (A, "查处", "交通局"), (B, "查处", "林业局"))
    assert propose(with_patches, frame, pd.Series({A: "待会商", B: "唯一"})) == 2
    assert held(with_patches) == [
        (A, "查处", "水利局", "建议"),
        (A, "查处", "交通局", "建议"),
        (B, "查处", "林业局", "建议"),
    ]
    read = duties.read(with_patches).iloc[0]
    assert (read["clause"], read["reason"], read["area_m2"], read["share"]) == ("四（八）", "理由", 10.0, 0.5)
    assert patches.read(with_patches, with_geometry=False)["duty_state"].tolist() == ["待会商", "唯一"]


def test_the_same_again_changes_nothing(with_patches):
    frame = proposals((A, "查处", "水利局"), (B, "查处", "林业局"))
    propose(with_patches, frame, {A: "唯一", B: "唯一"})
    before = with_patches.path.read_bytes()
    assert propose(with_patches, frame, {A: "唯一", B: "唯一"}) == 0
    assert with_patches.path.read_bytes() == before


def test_only_changed_patches_are_written_with_before_and_after(with_patches):
    states = {A: "唯一", B: "唯一"}
    propose(with_patches, proposals((A, "查处", "水利局"), (B, "查处", "林业局")), states)
    assert propose(with_patches, proposals((A, "查处", "水利局"), (B, "查处", "城管局")), states) == 1
    key, before, after = history_of(with_patches, "duty")[-1]
    assert key == B
    assert [row["unit"] for row in before] == ["林业局"]
    assert [row["unit"] for row in after] == ["城管局"]
    assert after[0]["status"] == "建议"
    assert len(history_of(with_patches, "duty")) == 3


def test_a_patch_left_without_proposals_loses_them(with_patches):
    propose(with_patches, proposals((A, "查处", "水利局")), {A: "唯一", B: "兜底"})
    assert propose(with_patches, proposals(), {A: "未评估", B: "兜底"}) == 1
    assert held(with_patches) == []


def test_patches_not_asked_about_keep_their_proposals(with_patches):
    propose(with_patches, proposals((A, "查处", "水利局"), (B, "查处", "林业局")), {A: "唯一", B: "唯一"})
    propose(with_patches, proposals((A, "查处", "交通局")), {A: "唯一"})
    assert held(with_patches) == [(A, "查处", "交通局", "建议"), (B, "查处", "林业局", "建议")]


@pytest.mark.parametrize("status", ["确认", "改派"])
def test_what_a_person_decided_is_never_touched(with_patches, status):
    frame = proposals((A, "查处", "水利局"), (A, "查处", "交通局"), (A, "属地责任", "凤山街道"))
    propose(with_patches, frame, {A: "待会商", B: "兜底"})
    decide(with_patches, "水利局", status)
    before = with_patches.path.read_bytes()
    assert propose(with_patches, frame, {A: "待会商", B: "兜底"}) == 0
    assert with_patches.path.read_bytes() == before
    propose(with_patches, proposals((A, "查处", "林业局")), {A: "待会商", B: "兜底"})
    assert sorted(held(with_patches)) == sorted(
        [(A, "查处", "水利局", status), (A, "查处", "林业局", "建议")]
    )
    assert patches.read(with_patches, with_geometry=False)["duty_state"].tolist() == ["唯一", "兜底"]

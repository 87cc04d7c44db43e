"""What the map shows of the patches, what changed since, and the pieces of base features in a patch."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from casework_samples import QUIET, halving, number_of, workspace_with
from hand_district import make_library, make_workspace, write_layers, write_patches

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.geodesy import official_area
from weipian_plugin.domain.roles import Role
from weipian_plugin.paths import plan_file
from weipian_plugin.store import patches, stages
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.overlay_pieces import overlay_pieces
from weipian_plugin.workflow.patch_map import COLUMNS, EMPTY, changes_between, read_patch_map
from weipian_plugin.workflow.split import split_patch


def column(shown, name):
    return [row[COLUMNS.index(name)] for row in shown.rows]


@pytest.fixture
def work(tmp_path):
    return workspace_with(tmp_path, 3)


# Received on 2021-07-01, 15 calendar days, the next day being the first: the last day is the 16th.
@pytest.mark.parametrize(
    ("day", "left", "term"),
    [(8, 8, "7日以上"), (9, 7, "7日内到期"), (16, 0, "7日内到期"), (17, -1, "逾期")],
)
def test_days_left_and_their_classes(work, day, left, term):
    shown = read_patch_map(work.path, date(2021, 7, day))
    assert column(shown, "due_on") == ["2021-07-16"] * 3
    assert column(shown, "days_left") == [left] * 3
    assert column(shown, "term") == [term] * 3


def test_words_of_a_patch(work):
    shown = read_patch_map(work.path, date(2021, 7, 8))
    assert shown.numbers == [number_of(1), number_of(2), number_of(3)]
    row = dict(zip(COLUMNS, shown.rows[0], strict=True))
    assert row["batch"] == "七月一批"
    assert row["patch_type"] == "20 建/构筑物"
    assert row["received_on"] == "2021-07-01"
    assert (row["stage"], row["duty_state"], row["kind"]) == ("待核查", "未评估", "土地")
    assert shapely.from_wkb(shown.wkb[0]).bounds == pytest.approx((107.502, 29.3, 107.503, 29.301))


def test_a_determined_patch_has_no_days_left(work):
    with work.writing("甲", "判定") as change:
        change.connection.execute(
            "INSERT INTO determination (patch_no, result, decided_by, decided_on, revision)"
            " VALUES (?, '其他', '甲', '2021-07-05', 1)",
            (number_of(2),),
        )
        step = stages.transitions_of(change.connection).of("判定", "待核查")
        stages.take(change, [stages.Move(number_of(2), step, "甲", "2021-07-05")])
    shown = read_patch_map(work.path, date(2021, 7, 20))
    assert column(shown, "term") == ["逾期", "已判定", "逾期"]
    assert column(shown, "days_left") == [-4, None, -4]


def test_a_workspace_without_patches_is_an_empty_map(tmp_path):
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    work = Workspace.create(tmp_path / "空.gpkg", 2021, "wulong_2021.yaml", text, "甲")
    shown = read_patch_map(work.path, date(2021, 7, 8))
    assert (list(shown.numbers), list(shown.rows), list(shown.wkb)) == ([], [], [])


def test_only_what_changed_is_named(work):
    before = read_patch_map(work.path, date(2021, 7, 8))
    with work.writing("甲", "试") as change:
        patches.set_duty_states(change, {number_of(2): "待会商"})
    changes = changes_between(before, read_patch_map(work.path, date(2021, 7, 8)))
    assert changes.values == {number_of(2): {COLUMNS.index("duty_state"): "待会商"}}
    assert (list(changes.gone), list(changes.new.numbers)) == ([], [])


def test_children_come_in_the_place_of_a_split_patch(work):
    before = read_patch_map(work.path, date(2021, 7, 8))
    split_patch(work.path, number_of(2), halving(2), "甲", QUIET)
    after = read_patch_map(work.path, date(2021, 7, 8))
    changes = changes_between(before, after)
    assert list(changes.gone) == [number_of(2)]
    assert list(changes.new.numbers) == [f"{number_of(2)}_1", f"{number_of(2)}_2"]
    assert changes_between(EMPTY, after).new == after


def test_pieces_are_what_a_role_has_in_the_patch(tmp_path):
    library = make_library(tmp_path, write_layers(tmp_path))
    workspace = make_workspace(tmp_path, write_patches(tmp_path))
    found = overlay_pieces(workspace, library, "500156TEST21000001", tuple(Role), QUIET)
    by_role = {pieces.role: pieces for pieces in found}
    assert list(by_role) == [Role.LAND_CLASS, Role.RIVER, Role.TOWNSHIP]
    outline = patches.outline(Workspace.open(workspace), "500156TEST21000001")
    whole = official_area(np.array([outline], dtype=object))[0]
    assert by_role[Role.TOWNSHIP].area_m2 == pytest.approx(whole)
    assert by_role[Role.LAND_CLASS].area_m2 == pytest.approx(whole)
    rivers = shapely.from_wkb(by_role[Role.RIVER].wkb)
    # The two ranges overlap: two pieces, their ground counted once.
    assert len(rivers) == 2
    assert by_role[Role.RIVER].area_m2 < official_area(rivers).sum() - 1
    # Edges are straight in the compute plane, not in degrees: about 2 cm between the two.
    assert shapely.covers(shapely.buffer(outline, 1e-6), rivers).all()


def test_pieces_of_an_unknown_patch_are_refused(tmp_path):
    library = make_library(tmp_path, write_layers(tmp_path), (Role.RIVER,))
    workspace = make_workspace(tmp_path, write_patches(tmp_path))
    with pytest.raises(WeipianError, match="工作库里没有图斑“无”"):
        overlay_pieces(workspace, library, "无", (Role.RIVER,), QUIET)

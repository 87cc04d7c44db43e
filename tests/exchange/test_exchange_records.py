"""One record a patch: what the frames of the workspace become in words and figures."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from exchange_samples import NAN, batch_frame, class_row, content, duty_row, patch_row, role_row

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.exchange.content import Casework, Remedy
from weipian_plugin.exchange.figures import TraceArea
from weipian_plugin.exchange.records import UNASSIGNED, build_records, unit_record
from weipian_plugin.exchange.sources import CHECK_NEEDS, PATCH_SOURCES, UNIT_SOURCES, Kind

HIT_COLUMNS = ["patch_no", "role", "source_fid", "label", "class_code", "area_m2", "share"]


def record(patch=None, areas=(), duties=(), **other):
    return build_records(content([patch or patch_row("P1", 2.0)], areas, duties, **other))[0]


def test_issued_facts_come_through():
    values = record(patch_row("P1", 2.0, parent_no="P0", issued_area=1.987)).values
    assert (values["patch_no"], values["parent_no"], values["issued_area"]) == ("P1", "P0", 1.987)
    assert (values["batch_name"], values["issued_unit"]) == ("2021年10月第一批", "亩")
    assert (values["received_on"], values["due_on"]) == (date(2021, 10, 12), date(2021, 10, 27))
    assert (values["issued.TZ"], values["date_after"]) == ("新增建筑", "2021-06")


@pytest.mark.parametrize("attributes", ["", "{", "[1]", None, "null"])
def test_broken_attributes_give_no_fields(attributes):
    values = record(patch_row("P1", 2.0, attributes=attributes)).values
    assert not [key for key in values if key.startswith("issued.")]


def test_batch_numbers_may_be_whole_numbers():
    batches = batch_frame().assign(batch_id=1)
    assert (
        record(patch_row("P1", 2.0, batch_id=1), batches=batches).values["batch_name"] == "2021年10月第一批"
    )


def test_unknown_batch_shows_its_number():
    values = record(patch_row("P1", 2.0, batch_id="B7")).values
    assert (values["batch_name"], values["due_on"], values["issued_unit"]) == ("B7", "", "")


def test_every_source_has_a_value():
    made = record(areas=[class_row("P1", "0103", 2.0)], duties=[duty_row("P1", "查处", "区林业局")])
    computed = {
        s for s, kind in PATCH_SOURCES.items() if kind not in (Kind.COUNTER, Kind.CHECK, Kind.VERDICT)
    }
    assert {s for s in computed if not s.endswith("_labels")} <= set(made.values)
    own = unit_record(made, "区林业局", DutyName.LEAD)
    assert {s for s in UNIT_SOURCES if s.startswith("unit_")} <= set(own)
    assert set(CHECK_NEEDS) <= set(made.values)


def test_control_roles():
    areas = [
        role_row("P1", Role.REDLINE, "命中", 1.234, 0.617),
        role_row("P1", Role.RIVER, "命中", 0.001, 0.0005),
        role_row("P1", Role.FOREST),
        role_row("P1", Role.URBAN, "未评估", NAN, NAN),
        role_row("P1", Role.TRAFFIC, "未评估", 0.5, 0.25),
    ]
    values = record(areas=areas).values
    assert (values["redline_mu"], values["redline_share"]) == (1.23, 0.617)
    assert isinstance(values["river_mu"], TraceArea)
    assert (values["forest_mu"], values["forest_share"]) == (0.0, 0.0)
    # What was found in a layer that does not cover the patch is no full answer.
    assert values["urban_mu"] is values["traffic_mu"] is values["approval_mu"] is Status.NOT_EVALUATED


def test_gaps_are_told_apart():
    areas = [
        class_row("P1", "0602", 1.5),
        class_row("P1", "", 0.5, status="未评估"),
        *[role_row("P1", role) for role in Role if role not in (Role.LAND_CLASS, Role.URBAN, Role.TRAFFIC)],
        role_row("P1", Role.URBAN, "未评估", NAN, NAN, ""),
        role_row("P1", Role.TRAFFIC, "未评估", 0.5, 0.25),
    ]
    made = record(areas=areas)
    assert made.not_evaluated
    assert made.values["roles_without_layer"] == "城镇规划建设用地"
    gaps = "地类图斑（未覆盖 0.50 亩）、交通沿线管理范围（已查到 0.50 亩）"
    assert made.values["roles_beyond_coverage"] == gaps


def test_uncovered_ground_is_told_as_its_column_has_it():
    """0.3358 + 0.3358 + 0.3355 = 1.0071: of 1.01 the uncovered gets 0.33, though alone it were 0.34."""
    areas = [
        class_row("P1", "0602", 0.3358),
        class_row("P1", "1101", 0.3358),
        class_row("P1", "", 0.3355, status="未评估"),
    ]
    (made,) = build_records(content([patch_row("P1", 1.0071)], areas))
    assert made.values["uncovered_mu"] == 0.33
    assert made.values["roles_beyond_coverage"] == "地类图斑（未覆盖 0.33 亩）"


def test_what_two_units_accepted_is_told_apart():
    both = [
        Remedy("复耕验收", 2.0, None, "", "2021-10-20", unit) for unit in ("区农业农村委", "区规划自然资源局")
    ]
    done = [Remedy("复耕", 2.0, None, "", "2021-10-15", "白马镇"), *both]
    made = record(casework={"P1": Casework(result="违法", remedies=done)})
    assert made.values["remedies"] == (
        "复耕 2.00 亩 2021-10-15；复耕验收 2.00 亩 2021-10-20 区农业农村委；"
        "复耕验收 2.00 亩 2021-10-20 区规划自然资源局"
    )


def test_patch_nobody_overlaid_is_not_evaluated_for_every_role():
    made = record()
    assert made.values["roles_without_layer"].split("、") == [role.label for role in Role]


def test_land_class_detail_sums_to_the_patch():
    areas = [class_row("P1", code, 2 / 3) for code in ("0103", "0301", "0602")]
    assert (
        record(areas=areas).values["land_class_detail"]
        == "0103 旱地 0.67；0301 乔木林地 0.67；0602 采矿用地 0.66"
    )


def test_units_and_sentences():
    duties = [
        duty_row("P1", "查处", "区林业局", "依据甲", clause="四（九）"),
        duty_row("P1", "协办", "区水利局", "依据乙"),
        duty_row("P1", "协办", "区交通局", "依据丙"),
        duty_row("P1", "断供", "区经济信息委", "依据丁"),
    ]
    values = record(duties=duties).values
    assert (values["lead_units"], values["support_units"]) == ("区林业局", "区水利局；区交通局")
    assert (values["territory_units"], values["cutoff_units"]) == (UNASSIGNED, "区经济信息委")
    assert (values["duty_basis"], values["clauses"], values["duty_decision"]) == (
        "依据甲",
        "四（九）",
        "建议",
    )


def test_unassigned_is_a_word():
    values = record(patch_row("P1", 2.0, duty_state="")).values
    assert (values["lead_units"], values["duty_state"]) == (UNASSIGNED, UNASSIGNED)


def test_own_duty_of_a_unit():
    duties = [
        duty_row("P1", "属地责任", "白马镇", "依据甲", area_mu=1.5, share=0.75),
        duty_row("P1", "协办", "白马镇", "依据乙"),
        duty_row("P1", "属地责任", "区白管委", "依据丙"),
    ]
    made = record(duties=duties)
    own = unit_record(made, "白马镇", DutyName.TERRITORY)
    assert (own["unit_basis"], own["unit_area_mu"], own["unit_share"]) == ("依据甲", 1.5, 0.75)
    assert unit_record(made, "区白管委", DutyName.TERRITORY)["unit_area_mu"] is None


def test_labels_of_features_are_largest_first():
    hits = pd.DataFrame(
        [
            ["P1", "redline", 1, "小", "", 5.0, 0.1],
            ["P1", "redline", 2, "大", "", 50.0, 0.5],
            ["P1", "redline", 3, "小", "", 1.0, 0.1],
            ["P1", "redline", 4, "", "", 90.0, 0.5],
            *[["P1", "river", i, f"河{i}", "", 10.0 - i, 0.1] for i in range(7)],
        ],
        columns=HIT_COLUMNS,
    )
    values = record(hits=hits).values
    assert values["redline_labels"] == "大、小"
    assert values["river_labels"] == "河0、河1、河2、河3、河4等 7 处"
    assert "forest_labels" not in values

"""The shipped patch-type dictionary and its reader."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.patch_type import PatchTypes
from weipian_plugin.paths import plan_file


@pytest.fixture(scope="module")
def types() -> PatchTypes:
    return PatchTypes.parse(plan_file("patch_types.yaml").read_text(encoding="utf-8"))


def test_all_33_types_are_there(types: PatchTypes) -> None:
    assert len(types.types) == 33


@pytest.mark.parametrize(
    ("text", "code", "name", "kind"),
    [
        ("CK", "CK", "采矿", "矿产"),
        ("ｃｋ ", "CK", "采矿", "矿产"),
        ("采矿", "CK", "采矿", "矿产"),
        ("1", "01", "耕地", "土地"),
        ("01", "01", "耕地", "土地"),
        ("1.0", "01", "耕地", "土地"),
        ("20.0", "20", "建/构筑物", "土地"),
        ("新增建(构)筑物", "20", "建/构筑物", "土地"),
        ("dl1", "DL1", "建成道路", "土地"),
        ("XX", "XX", "XX", ""),  # not known is not 土地
        ("", "", "", ""),
    ],
)
def test_spellings(types: PatchTypes, text: str, code: str, name: str, kind: str) -> None:
    assert (types.code(text), types.name(text), types.kind(text)) == (code, name, kind)


def test_a_type_that_can_be_either_is_written_so_in_the_dictionary() -> None:
    read = PatchTypes.parse('types: {"QT": {name: 其他, kind: 未查明}, "DT": {name: 动土}}')
    assert (read.kind("QT"), read.kind("DT")) == ("", "土地")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("types: {20: {name: 建}}", "加引号"),
        ('types: {"CK": {name: 采矿, kind: 水}}', "kind 只能是"),
        ("title: x", "没有 types"),
        ("types: {", "不是正确的 YAML"),
    ],
)
def test_faults_are_named(text: str, words: str) -> None:
    with pytest.raises(WeipianError, match=words):
        PatchTypes.parse(text)

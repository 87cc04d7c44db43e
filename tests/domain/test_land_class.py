"""The shipped land-class dictionary and its reader."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.paths import plan_file


@pytest.fixture(scope="module")
def classes() -> LandClasses:
    return LandClasses.parse(plan_file("land_classes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("code", "name", "group", "farmland"),
    [
        ("0101", "水田", "农用地", True),
        ("0103", "旱地", "农用地", True),
        ("0404", "其他草地", "未利用地", False),
        ("1006", "农村道路", "农用地", False),
        ("1103", "水库水面", "农用地", False),
        ("1109", "水工建筑用地", "建设用地", False),
        ("1203", "田坎", "农用地", False),
        ("05H1", "商业服务业设施用地", "建设用地", False),
        ("0201K", "可调整果园", "农用地", False),
        ("0602C", "采矿用地", "建设用地", False),  # a suffix not listed: by the first four characters
        ("013", "旱地", "农用地", True),  # 二调
        ("104", "农村道路", "农用地", False),
        ("01", "耕地", "农用地", True),
        ("0803", "科教文卫用地", "建设用地", False),  # GB/T 21010-2017
    ],
)
def test_shipped_classes(classes: LandClasses, code: str, name: str, group: str, farmland: bool) -> None:
    found = classes.find(code)
    assert found is not None
    assert (found.name, found.group, found.is_farmland) == (name, group, farmland)
    assert (classes.name(code), classes.is_farmland(code)) == (name, farmland)


@pytest.mark.parametrize("code", ["", "04", "11", "12", "9999", "01010", "旱地"[:1]])
def test_unknown_codes_are_said_to_be_unknown(classes: LandClasses, code: str) -> None:
    if code == "01010":  # five characters fall back on the first four
        assert classes.name(code) == "水田"
        return
    assert not classes.is_known(code)
    assert (classes.name(code), classes.group(code), classes.is_farmland(code)) == ("", "", False)


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("0103", "耕地"),
        ("1203", "其他农用地"),
        ("0301", "其他农用地"),
        ("0702", "建设用地"),
        ("1101", "未利用地"),
    ],
)
def test_the_groups_of_the_ledgers(classes: LandClasses, code: str, group: str) -> None:
    assert classes.group(code) == group


def test_modernise(classes: LandClasses) -> None:
    old = ("011", "0101", "043", "xx")
    assert [classes.modernise(code) for code in old] == ["0101", "0101", "0404", "xx"]


def test_every_legacy_code_is_known_and_no_class_is_shadowed(classes: LandClasses) -> None:
    assert all(classes.is_known(code) for code in classes.legacy)
    assert not set(classes.legacy) & set(classes.classes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("classes: {0101: {name: 水田, group: 农用地}}", "没有加引号"),
        ('classes: {"0101": {name: 水田, group: 耕地}}', "只能是"),
        ('classes: {"0101": {group: 农用地}}', "没有写名称"),
        ('classes: {}\nlegacy: {"011": "0101"}', "不在 classes"),
        ("classes: [", "第 1 行"),
        ("- 1", "写法不对"),
    ],
)
def test_faults_are_named(text: str, words: str) -> None:
    with pytest.raises(WeipianError, match=words):
        LandClasses.parse(text)

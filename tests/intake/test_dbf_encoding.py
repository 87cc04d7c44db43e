"""Which encoding the dbf bytes are in: the measured matrix, cut characters, mixtures, wrong orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import SQUARE, Dbf, write_shapefile

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.dbf_encoding import Labels, codec_of, decide, decode, decode_part
from weipian_plugin.intake.patches import PatchOptions, read_patches

# domain.md 2.5: bytes, language byte, .cpg; in most of these rows GDAL and QGIS read garbage.
MATRIX = [
    ("gbk", 0x4D, None),
    ("gbk", 0, "936"),
    ("gbk", 0, "GBK"),
    ("gbk", 0, None),
    ("gbk", 0, "UTF-8"),
    ("gbk", 0, "OEM"),
    ("gbk", 0x57, None),
    ("gbk", 0x57, "UTF-8"),
    ("gbk", 0x4D, "UTF-8"),
    ("gbk", 0x4D, "OEM"),
    ("gbk", 0, "BIG5"),
    ("utf-8", 0, None),
    ("utf-8", 0, "UTF-8"),
    ("utf-8", 0x4D, None),
    ("utf-8", 0, "GBK"),
    ("utf-8", 0, "OEM"),
    ("utf-8", 0x57, None),
    ("utf-8", 0x4D, "GBK"),
]


@pytest.mark.parametrize(("codec", "language_byte", "cpg"), MATRIX)
def test_matrix(tmp_path, codec, language_byte, cpg):
    dbf = Dbf(
        [(b"JCBH", "C", 30, 0), ("县名称".encode(codec), "C", 30, 0), ("备注".encode(codec), "C", 60, 0)],
        language_byte,
    )
    dbf.add(b"500156SJBG21210001", "武隆区".encode(codec), "示例数据：新增建（构）筑物".encode(codec))
    path = write_shapefile(tmp_path / "2021年(1个)图斑", [[SQUARE]], dbf, cpg=cpg)
    intake = read_patches(str(path), PatchOptions(), Progress())
    assert intake.frame["attributes"][0] == (
        '{"JCBH": "500156SJBG21210001", "县名称": "武隆区", "备注": "示例数据：新增建（构）筑物"}'
    )
    assert intake.decisions.encoding == ("GBK" if codec == "gbk" else "UTF-8")
    assert "读通 2 个" in intake.decisions.encoding_why or "读通 4 个" in intake.decisions.encoding_why


@pytest.mark.parametrize(("codec", "cut"), [("gbk", 19), ("utf-8", 19), ("utf-8", 20)])
def test_a_character_cut_at_the_field_width(tmp_path, codec, cut):
    text = "仙女山街道石梁子社区居民委员会"
    raw = text.encode(codec)[:cut]
    dbf = Dbf([(b"JCBH", "C", 20, 0), (b"XMC", "C", 20, 0), (b"BZ", "C", cut, 0)])
    dbf.add(b"500156SJBG21210001", "武隆区".encode(codec), raw)
    path = write_shapefile(tmp_path / "cut", [[SQUARE]], dbf)
    intake = read_patches(str(path), PatchOptions(), Progress())
    whole = {"gbk": text[:9], "utf-8": text[:6]}[codec]
    assert f'"BZ": "{whole}"' in intake.frame["attributes"][0]
    assert [finding.code for finding in intake.findings if finding.code == "text-cut"] == ["text-cut"]
    assert intake.decisions.encoding == ("GBK" if codec == "gbk" else "UTF-8")


def test_short_gbk_text_that_passes_for_utf8_is_told_apart():
    value = "小协".encode("gbk")
    assert value.decode("utf-8") == "\u0421\u042d"
    assert decide([value], Labels()).codec == "gb18030"


def test_two_byte_characters_of_chinese_text_do_not_mislead():
    assert decide(["面积 100㎡ ±5°".encode(), "30°".encode()], Labels()).codec == "utf-8"


def test_ascii_is_any_encoding():
    choice = decide([b"500156", b"CK"], Labels("GBK", 0x4D))
    assert choice.label == "UTF-8"
    assert "任何编码" in choice.why


def test_a_file_of_two_encodings_is_read_value_by_value():
    values = ["武隆区".encode("gbk"), "白马镇".encode("gbk"), "江口镇".encode("gbk"), "火炉镇".encode()]
    choice = decide(values, Labels())
    assert (choice.codec, choice.fallback) == ("gb18030", "utf-8")
    assert [decode(value, choice)[0] for value in values[:3]] == ["武隆区", "白马镇", "江口镇"]


def test_a_value_in_neither_encoding_is_marked():
    choice = decide(["武隆区".encode("gbk"), b"\xff\xff\xfe abc"], Labels())
    text, state = decode(b"\xff\xff\xfe abc", choice)
    assert state == "broken"
    assert "\ufffd" in text


@pytest.mark.parametrize(
    ("name", "codec"),
    [("GBK", "gb18030"), ("cp936", "gb18030"), ("utf8", "utf-8"), ("UTF-8", "utf-8"), ("OEM", ""), ("", "")],
)
def test_names(name, codec):
    assert codec_of(name) == codec


def test_the_person_can_lay_down_the_encoding():
    assert decide(["武隆".encode("gbk")], Labels("UTF-8"), "CP936").why == "按指定的编码读取"


def test_a_wrong_order_is_refused_and_the_right_one_named():
    with pytest.raises(WeipianError, match="把编码改为 GBK"):
        decide(["武隆区".encode("gbk")], Labels(), "UTF-8")


def test_an_unknown_name_is_refused():
    with pytest.raises(WeipianError, match="不认识编码"):
        decide([b"x"], Labels(), "KLINGON")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20))
def test_any_cut_of_chinese_text_is_read_up_to_the_cut(text):
    for codec in ("gb18030", "utf-8"):
        raw = text.encode(codec)
        for length in range(len(raw) + 1):
            found, state = decode_part(raw[:length], codec)
            assert state != "broken"
            assert text.startswith(found)


@given(st.binary(max_size=40))
def test_any_bytes_give_some_text(raw):
    choice = decide([raw], Labels())
    text, state = decode(raw, choice)
    assert isinstance(text, str)
    assert state in ("whole", "cut", "mixed", "broken")

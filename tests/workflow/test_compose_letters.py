"""Letters from the casework of a day: figures worked out by hand, documents that other programs open."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from feedback_samples import COUNT, NUMBERS, Returned, feed, reported_workspace

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.letters import Block, LetterTable, Part
from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.letter_document import content_of, write_letter
from weipian_plugin.paths import plan_file
from weipian_plugin.store import patches, stages
from weipian_plugin.store.stages import Move
from weipian_plugin.workflow.letters import KINDS, LetterOrder, compose_letter

TOWNS = ("白马镇", "江口镇")
AS_OF = date(2030, 1, 1)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Twelve patches of 3 亩 farmland in two towns, a third each 违法, 其他, 合法; two returned."""
    folder = tmp_path_factory.mktemp("letters")
    made = reported_workspace(folder)
    frame = patches.read(made, with_geometry=False)[["patch_no"]].assign(town_code="")
    frame["town_name"] = [TOWNS[index % 2] for index in range(COUNT)]
    with made.writing("甲", "乡镇") as change:
        patches.set_towns(change, frame)
    book = Returned(made).put(1, "reason", "需补充实地照片").put(2, "reason", "请提供套合图")
    feed(made, book.save(folder / "反馈.xlsx"))
    return made


def compose(work, kind, unit="", template=None):
    return compose_letter(work.path, LetterOrder(kind, AS_OF, unit, template), Progress())


def text_of(blocks):
    return "\n".join(block.text for block in blocks)


def test_figures_of_the_circular(work):
    text = text_of(compose(work, "通报"))
    assert "卫片图斑12个，面积36.00亩，其中耕地36.00亩" in text
    assert "判定合法4个、违法4个、其他4个，未判定0个" in text
    assert "违法图斑面积12.00亩，违法占用耕地12.00亩；已整改0个，未整改4个，整改率0.00%" in text
    # 12 亩 of 12 + 12.
    assert "违法占用耕地面积比例为50.00%（违法占用耕地12.00亩，新增建设用地占用耕地24.00亩）" in text
    assert "退回原因：需补充实地照片（1个）；需提供套合图（1个）" in text


def test_a_return_that_was_taken_as_a_step_is_none_that_is_settled(tmp_path):
    """Who records the return under 办理步骤 opens no task; the patch stands at 市级退回 all the same."""
    made = reported_workspace(tmp_path)
    step = stages.transitions(made).of("市级退回", "已上报")
    with made.writing("甲", "退回") as change:
        moves = [Move(number, step, "市局", "2021-07-20", "请补充现场照片") for number in NUMBERS[:2]]
        stages.take(change, [*moves, Move(NUMBERS[2], step, "市局", "2021-07-21", "其余见附件")])
    text = text_of(compose(made, "年度工作总结"))
    assert "尚未办结的图斑3个，退回原因：需补充实地照片（2个）；其余见附件（1个）" in text
    early = compose_letter(made.path, LetterOrder("年度工作总结", date(2021, 7, 19)), Progress())
    assert "均已补正上报，或没有退回" in text_of(early)


def test_a_letter_to_one_unit_has_its_own_figures(work):
    """Odd numbers lie in 白马镇: 1, 7 违法 and 3, 9 合法 and 5, 11 其他; number 1 came back."""
    blocks = compose(work, "督办函", "白马镇人民政府")
    text = text_of(blocks)
    assert "白马镇：" in text
    assert "卫片图斑6个，面积18.00亩" in text
    assert "合法2个、违法2个、其他2个" in text
    (table,) = [block.table for block in blocks if block.part is Part.TABLE]
    assert [row[1] for row in table.rows] == [NUMBERS[0], NUMBERS[6]]
    assert "市级退回未办结" in table.rows[0][-1]
    assert table.rows[1][2:6] == ("白马镇", "（未定）", "3.00", "3.00")


def test_totals_are_the_sums_of_their_rows(work):
    for block in compose(work, "年度工作总结"):
        if block.part is Part.TABLE and block.table.rows[-1][0] == "合计":
            *rows, total = block.table.rows
            for column in range(1, len(total)):
                assert sum(float(row[column]) for row in rows) == pytest.approx(float(total[column]))


def test_who_is_to_be_summoned(work):
    everybody = next(b.table for b in compose(work, "约谈提请") if b.text == "约谈对象")
    assert [row[0] for row in everybody.rows] == sorted(TOWNS)
    assert everybody.rows[1][1:5] == ("50.00%", "1", "2", "1")
    one = next(b.table for b in compose(work, "约谈提请", "江口镇") if b.text == "约谈对象")
    assert [row[0] for row in one.rows] == ["江口镇"]


def test_mistakes_are_one_sentence(work, tmp_path):
    for kind, unit, said in (
        ("表扬信", "", "没有“表扬信”这种信函"),
        ("督办函", "", "要写明发给哪个单位"),
        ("督办函", "白玛镇", "是否为：白马镇"),
    ):
        with pytest.raises(WeipianError, match=said):
            compose(work, kind, unit)
    own = tmp_path / "通报.txt"
    own.write_text("【标题】通报\n图斑{图班数}个", encoding="utf-8")
    with pytest.raises(WeipianError, match="第2行：没有名为“图班数”的内容，是不是“图斑数”"):
        compose(work, "通报", template=own)
    own.write_bytes("图斑".encode("gbk"))
    with pytest.raises(WeipianError, match="UTF-8"):
        compose(work, "通报", template=own)


def test_the_own_template_counts(work, tmp_path):
    own = tmp_path / "通报.txt"
    own.write_text("【标题】本局通报\n图斑{图斑数}个", encoding="utf-8")
    assert text_of(compose(work, "通报", template=own)) == "本局通报\n图斑12个"


def test_the_template_beside_the_workspace_is_the_office_s(work, tmp_path):
    copy = type(work).open(shutil.copy(work.path, tmp_path / "工作库.gpkg"))
    (tmp_path / "信函模板").mkdir()
    (tmp_path / "信函模板" / "通报.txt").write_text("【标题】本局写的通报\n图斑{图斑数}个", "utf-8-sig")
    assert text_of(compose(copy, "通报")) == "本局写的通报\n图斑12个"
    assert "本局写的" not in text_of(compose(copy, "年度工作总结"))


def test_chinese_fonts_and_line_heights_are_set():
    content = content_of((Block(Part.TITLE, "关于"), Block(Part.BODY, "一")))
    (title,) = re.findall(r'<style:style style:name="TITLE".*?</style:style>', content)
    assert 'style:font-name="宋体" style:font-name-asian="宋体"' in title
    assert 'fo:font-weight="bold" style:font-weight-asian="bold"' in title
    assert 'fo:font-size="22pt" style:font-size-asian="22pt"' in title
    (body,) = re.findall(r'<style:style style:name="BODY".*?</style:style>', content)
    assert 'fo:line-height="28pt"' in body and 'fo:text-indent="32pt"' in body


def test_numbers_are_not_torn_at_the_end_of_a_line():
    """Where western letters are said to be Chinese, LibreOffice breaks a line between two digits."""
    styles = plan_file("letters/styles.xml").read_text(encoding="utf-8")
    assert 'fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="CN"' in styles


def column_widths(head, *rows):
    content = content_of((Block(Part.TABLE, "", LetterTable(head, rows)),))
    return [float(width) for width in re.findall(r'style:column-width="([\d.]+)pt"', content)]


def test_columns_are_as_wide_as_their_words():
    """Between the margins of 28 and 26 mm are 442.20 points; a Chinese letter is 9, cells add 2.75.

    单位 needs 18 + 2.75, 江口镇 29.75, 事由 5 letters and a sign: 56.75; what is left goes to all alike.
    """
    first, second = column_widths(("单位", "事由"), ("江口镇", "未整改到位。"))
    assert first + second == pytest.approx(442.20, abs=0.02)
    assert second - first == pytest.approx(56.75 - 29.75, abs=0.02)


def test_what_is_missing_is_taken_from_words_and_not_from_numbers():
    """14 digits of 0.64 and four capitals of 0.7 letters: 0.64 * 14 + 2.8 = 11.76, times 9, and 2.75."""
    number, *words = column_widths(
        ("编号", *"甲乙丙"), ("500156SJBG21070001", "甲" * 30, "乙" * 12, "丙" * 30)
    )
    assert number == pytest.approx(11.76 * 9 + 2.75, abs=0.01)
    assert words[1] == pytest.approx(12 * 9 + 2.75, abs=0.01)
    assert words[0] == words[2] == pytest.approx((442.20 - number - words[1]) / 2, abs=0.02)


def test_spaces_lines_and_signs_of_a_text_stay():
    content = content_of((Block(Part.BODY, "甲  乙<丙>\n&丁\x01"),))
    assert '甲<text:s text:c="2"/>乙&lt;丙&gt;<text:line-break/>&amp;丁</text:p>' in content
    ElementTree.fromstring(content)


@pytest.mark.parametrize("kind", KINDS)
def test_documents_open_elsewhere(work, tmp_path, kind):
    path = tmp_path / "信函.odt"
    unit = "白马镇" if kind == "督办函" else ""
    blocks = compose(work, kind, unit)
    write_letter(path, blocks)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        content = archive.read("content.xml").decode("utf-8")
    for block in blocks:
        assert block.part is Part.TABLE or block.text.replace("&", "&amp;") in content
    tables = [block for block in blocks if block.part is Part.TABLE]
    assert content.count("<table:table-header-rows>") == len(tables)
    written = path.read_bytes()
    write_letter(path, blocks)
    assert path.read_bytes() == written


def test_headings_and_what_stands_above_tables_and_signatures_keep_with_the_next(work, tmp_path):
    blocks = compose(work, "年度工作总结")
    write_letter(tmp_path / "信函.odt", blocks)
    with zipfile.ZipFile(tmp_path / "信函.odt") as archive:
        content = archive.read("content.xml").decode("utf-8")
    paragraphs = re.findall(r'<text:p text:style-name="(\w+)">(.*?)</text:p>', content)
    styles = re.findall(r'<style:style style:name="(\w+)"[^>]*><style:paragraph-properties([^>]*)', content)
    keeping = {name for name, shape in styles if 'fo:keep-with-next="always"' in shape}
    told = [re.sub("<[^>]*>", "", text) for style, text in paragraphs if style in keeping]
    headings = [block.text for block in blocks if block.part is Part.HEADING]
    kept_with = (Part.TABLE, Part.SIGNATURE, Part.DAY)
    above = [one.text for one, other in pairwise(blocks) if other.part in kept_with and one.text]
    assert told == [block.text for block in blocks if block.text in {*headings, *above}]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_letter_goes_through_word_s_format_word_for_word(work, tmp_path):
    """As .odt, then .docx, then text: each word of each letter is there in the end."""
    letters = {kind: compose(work, kind, "白马镇" if kind == "督办函" else "") for kind in KINDS}
    for kind, blocks in letters.items():
        write_letter(tmp_path / f"{kind}.odt", blocks)
    for target, wanted in (("docx", "odt"), ("txt:Text (encoded):UTF8", "docx")):
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
        ]
        files = sorted(tmp_path.glob(f"*.{wanted}"))
        subprocess.run(
            [*command, target, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=120
        )
    for kind, blocks in letters.items():
        text = (tmp_path / f"{kind}.txt").read_text(encoding="utf-8-sig")
        for block in blocks:
            words = [block.text] if block.table is None else [c for row in block.table.rows for c in row]
            assert [word for word in words if word.strip() not in text] == []


def test_the_target_must_be_an_odt(work, tmp_path):
    with pytest.raises(WeipianError, match=r"\.odt"):
        write_letter(tmp_path / "信函.docx", ())

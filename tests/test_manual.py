"""docs/使用手册.md against the program: its pictures exist, and what it names can be seen in the windows.

【】 holds what a window shows; the first column of the table of errors quotes messages, …… for what differs.
"""

from __future__ import annotations

import ast
import re
import struct
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from qgis.core import QgsApplication

from scripts import build
from weipian_plugin.gui.command_list import NAMES, about_command, texts
from weipian_plugin.gui.settings.settings_dialog import PAGES
from weipian_plugin.processing_algorithms.provider import ALGORITHMS

DOCS = build.ROOT / "docs"
MANUAL = (DOCS / "使用手册.md").read_text(encoding="utf-8")
PICTURES = DOCS / "手册图"
LARGEST = 2_500_000
OF_QGIS = (
    "插件 管理并安装插件... 从ZIP文件安装 安装插件 已安装 数据处理 工具箱 浏览器 运行 "
    "图层 创建图层 新建临时图层... 添加线要素 保存图层编辑"
).split()
"""Names that QGIS's own translation gives."""
PALETTE = 3
"""Colour type of a PNG with a palette."""


def shown(text: str) -> str:
    """Return a text without mnemonics, and with … for what is filled in."""
    plain = re.sub(r"\(&\w\)", "", text)
    return re.sub(r"\s*\{[^}]*\}\s*", "…", plain).replace("…", "").replace("&", "").strip()


@cache
def constants() -> tuple[str, ...]:
    """Return every text of the shipped sources, f-strings with …… in place of what is filled in."""
    found = []
    for folder in ("weipian_plugin", "processing_algorithms"):
        for path in sorted((build.ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.append(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = [part.value if isinstance(part, ast.Constant) else "……" for part in node.values]
                    found.append("".join(map(str, parts)))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    """Return what the windows and the toolbox show."""
    forms = [
        element.text or ""
        for form in (build.ROOT / "forms").glob("*.ui")
        for element in ElementTree.parse(form).iter("string")
    ]
    return frozenset(map(shown, [*forms, *constants()]))


def named() -> list[str]:
    """Return what the manual says can be seen, each once."""
    return sorted(set(re.findall(r"【([^】]+)】", MANUAL)))


@cache
def said() -> str:
    """Return every text that a message can be made of: sources and findings."""
    plans = (build.ROOT / "weipian_plugin" / "plans").glob("*.yaml")
    texts_ = [*constants(), *(path.read_text(encoding="utf-8") for path in plans)]
    return "\n".join(re.sub(r"\{[^}]*\}", "……", text) for text in texts_)


def rows_of_errors() -> list[str]:
    """Return the first column of the table of errors."""
    chapter = MANUAL.split("## 十、")[1].split("## 十一、")[0]
    rows = [line.split("|")[1].strip() for line in chapter.splitlines() if line.startswith("| ")]
    return [row for row in rows[1:] if row.startswith("“")]


@pytest.mark.parametrize("name", named())
def test_every_name_can_be_seen(name):
    if name in OF_QGIS:
        return
    assert shown(name) in names()


@pytest.mark.parametrize("name", OF_QGIS)
def test_names_of_qgis_are_those_of_its_translation(name):
    translation = Path(QgsApplication.i18nPath(), "qgis_zh-Hans.qm").read_bytes()
    assert name.encode("utf-16-be") in translation


@pytest.mark.parametrize("row", rows_of_errors())
def test_every_error_is_one_of_ours(row):
    for piece in filter(None, re.split("……|”“", row.strip("“”"))):
        assert piece in said()


def test_errors_are_quoted():
    assert len(rows_of_errors()) > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_told(name):
    assert f"【{texts(name)[0]}】" in MANUAL


def test_the_rest_of_the_menu_and_the_toolbox_is_told():
    titles = [algorithm().displayName() for algorithm in ALGORITHMS]
    titles.append(about_command(lambda: None).text)
    assert [title for title in titles if f"【{title}】" not in MANUAL] == []


def test_every_page_of_settings_and_of_the_exchange_desk_is_told():
    settings = ElementTree.parse(build.ROOT / "forms" / "settings.ui")
    pages = [
        item.findtext("property/string")
        for item in settings.iter("item")
        if item.find("property") is not None
    ]
    assert len(pages) == len(PAGES)
    tabs = ["导出上报", "上报自查", "下发任务", "函件与总结", "市级退回", "退回待办"]
    assert [page for page in [*pages, *tabs] if f"【{page}】" not in MANUAL] == []


def test_pictures_named_and_pictures_there_are_the_same():
    there = {path.name for path in PICTURES.iterdir()}
    assert set(re.findall(r"\(手册图/([^)]+)\)", MANUAL)) == there
    readme = (build.ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(docs/手册图/([^)]+)\)", readme)) <= there


def test_pictures_are_small():
    pictures = list(PICTURES.iterdir())
    assert sum(path.stat().st_size for path in pictures) < LARGEST
    assert {path.name: path.read_bytes()[25] for path in pictures} == dict.fromkeys(
        (path.name for path in pictures), PALETTE
    )
    for path in pictures:
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert width <= 1368 and height <= 770, path.name


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/使用手册.md", "docs/architecture.md"])
def test_links_lead_somewhere(page):
    path = build.ROOT / page
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"https?:", target):
            assert (path.parent / target).exists(), target


def test_chapters_of_the_manual_can_be_jumped_to():
    heads = {re.sub(r"[^\w]", "", head) for head in re.findall(r"^#+ (.*)$", MANUAL, re.MULTILINE)}
    assert set(re.findall(r"\(#([^)]+)\)", MANUAL)) <= heads

"""The toolbox in an English QGIS; on the command line, where no translation is loaded, it is Chinese."""

from __future__ import annotations

import re

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from scripts import build
from weipian_plugin.domain.duties import DutyState
from weipian_plugin.processing_algorithms.propose import OUTPUTS as PROPOSED
from weipian_plugin.processing_algorithms.provider import ALGORITHMS

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
VALUES = {"登记", "撤销", "处理报告", *DutyState, *PROPOSED.values()}
"""Values of the data and the folder of the reports keep their names."""

each_algorithm = pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda algorithm: algorithm.identifier)


@pytest.fixture
def english(qgis_app, tmp_path):
    """The translation that ships, installed as the plug-in does in an English QGIS."""
    compiled = tmp_path / "weipian_en.qm"
    compiled.write_bytes(build.contents()["i18n/weipian_en.qm"])
    translator = QTranslator()
    assert translator.load(str(compiled))
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def titles(algorithm):
    made = algorithm().create()
    items = (*made.parameterDefinitions(), *made.outputDefinitions())
    return [made.displayName(), made.group(), *(item.description() for item in items)]


@each_algorithm
def test_titles_are_english_in_an_english_qgis(algorithm, english):
    words = {word for title in titles(algorithm) for word in CHINESE.findall(title)}
    assert words <= VALUES


@each_algorithm
def test_help_is_english_in_an_english_qgis(algorithm, english):
    shown = algorithm().shortHelpString()
    assert shown != algorithm.help_text
    letters = [sum(map(str.isascii, line)) / len(line) for line in shown.splitlines()]
    assert min(letters) > 0.5, shown


@each_algorithm
def test_titles_and_help_are_chinese_on_the_command_line(algorithm):
    assert all(CHINESE.search(title) for title in titles(algorithm))
    assert algorithm().shortHelpString() == algorithm.help_text


@each_algorithm
def test_that_a_field_may_be_left_empty_is_said_once(algorithm):
    """QGIS writes [可选] behind the title by itself."""
    assert not [title for title in titles(algorithm) if "（可不填" in title or "（可选" in title]


@each_algorithm
def test_every_line_of_the_help_is_a_paragraph_of_its_own(algorithm):
    """QGIS makes a paragraph of every line: none may end inside a sentence."""
    assert [line for line in algorithm.help_text.splitlines() if line[-1] not in "。：；"] == []

"""docs/hostile_input.md shows the cases as the tests have them."""

from __future__ import annotations

from hostile_table import lines

from scripts.build import ROOT


def test_the_table_of_cases_is_the_one_of_the_tests():
    text = (ROOT / "docs" / "hostile_input.md").read_text(encoding="utf-8")
    assert "\n".join(lines()) in text

"""Wide tables on A4: never squeezed beyond reading, cut between groups, every page as wide as the others."""

from __future__ import annotations

import re

import openpyxl
import pytest
from exchange_samples import class_row, content, duty_row, patch_row
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.columns import (
    DISPATCH_SHEETS,
    DISPATCH_TEMPLATE,
    SHEETS,
    TEMPLATES,
    load_template,
)
from weipian_plugin.exchange.heights import line_count, width_showing
from weipian_plugin.exchange.ledger import write_ledger
from weipian_plugin.exchange.paper import Paper, PaperColumn, lay_out
from weipian_plugin.exchange.tables import on_paper


def columns(*given):
    return [PaperColumn(width, group) for width, group in given]


def test_what_fits_is_one_page():
    assert lay_out(columns((100, ""), (90, "")), 1) == Paper(((1, 2),), 0, None)


def test_groups_stay_together():
    """20 repeated and 3 × 60: two pages of 140 and 80, as columns one by one would be."""
    made = lay_out(columns((20, ""), *[(30, group) for group in "aabbcc"]), 1)
    assert made == Paper(((2, 5), (6, 7)), 1, 75)
    assert made.breaks == (5,)
    assert [made.page_of(column) for column in range(1, 8)] == [0, 0, 0, 0, 0, 1, 1]


def test_a_group_that_is_too_wide_is_cut():
    made = lay_out(columns((20, ""), *[(30, "a")] * 8), 1)
    assert made == Paper(((2, 5), (6, 9)), 1, 75)


def test_hidden_columns_take_no_room():
    made = lay_out(columns((20, ""), (60, "a"), (0, "b"), (60, "c"), (60, "d"), (0, "")), 1)
    assert made.pages == ((2, 4), (5, 6))


widths = st.lists(
    st.tuples(st.sampled_from([0, 5, 8.5, 21.5, 44]), st.sampled_from("abc ")), min_size=3, max_size=60
)


@given(widths)
def test_every_column_is_on_one_page_and_no_page_is_too_wide(given_columns):
    made = lay_out(columns(*given_columns), 2)
    assert made.repeated == (2 if made.breaks else 0)
    first = made.repeated + 1
    assert [page[0] for page in made.pages] == [first, *(last + 1 for _, last in made.pages[:-1])]
    assert made.pages[-1][1] == len(given_columns)
    if made.scale is not None:
        kept = sum(width for width, _ in given_columns[: made.repeated])
        for start, end in made.pages:
            page = kept + sum(width for width, _ in given_columns[start - 1 : end])
            assert page * made.scale <= 112 * 100


def test_a_narrow_table_is_not_enlarged():
    """LibreOffice fits a page by enlarging too: letters of two sizes in one workbook."""
    assert lay_out(columns((60, ""), (52, "")), 1).scale == 100
    assert lay_out(columns((60, ""), (53, "")), 1).scale is None


@pytest.mark.parametrize("name", ["submission_full", "submission_short", "dispatch"])
def test_the_shipped_templates_print_readably(name):
    """Letters of 11 points at 6.4 points or more, whatever font stands in for the standard one."""
    rules = DISPATCH_SHEETS if name == "dispatch" else SHEETS
    template = load_template(TEMPLATES / f"{name}.yaml", rules)
    assert DISPATCH_TEMPLATE.exists()
    for sheet in template.sheets.values():
        sources = [column.source for column in sheet.columns]
        made = on_paper(sheet.columns, sources.index("patch_no" if "patch_no" in sources else "unit") + 1)
        assert made.scale is None or made.scale >= 65
        assert len(made.pages) <= 4
        torn = [c.title for c in sheet.columns if not c.hidden and tears_its_bracket(c.title, c.width)]
        assert torn == []


def tears_its_bracket(title, width):
    """Whether LibreOffice breaks a line inside （亩）: it breaks between any two Chinese letters.

    Of the bold letters of a title so many stand in a column of 10.5, 11, 13, 16 and 18, measured:
    7, 7, 8, 10 and 12. That is 1.42 a letter and half a one beside, or 1.48 a letter.
    """
    bracket = re.search(r"[（(][^（）()]*[）)]$", title)
    rooms = [max(int((width - beside) / letter), 1) for beside, letter in ((0.5, 1.42), (0, 1.48))]
    return bracket is not None and any(bracket.start() // n != (len(title) - 1) // n for n in rooms)


def test_long_grounds_do_not_make_every_list_tall(tmp_path):
    """A sentence of 300 letters takes ten lines and more: it is printed once, where duties are listed."""
    ground = "依据方案四（九），图斑与林地重叠2.00亩（100.0%），建议由区林业局查处；" * 8
    patches = [patch_row("P1", 2.0)]
    duties = [duty_row("P1", "查处", "区林业局", ground), duty_row("P1", "属地责任", "白马镇", ground)]
    write_ledger(tmp_path / "a.xlsx", content(patches, [class_row("P1", "0301", 2.0)], duties), Progress())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    printed = {}
    for sheet in book:
        for cell in (cell for row in sheet for cell in row if cell.value == ground):
            printed[sheet.title] = not sheet.column_dimensions[cell.column_letter].hidden
            height = sheet.row_dimensions[cell.row].height
            assert height > 100 if printed[sheet.title] else height < 60
    assert printed == {"图斑台账": False, "部门分派清单": True, "区林业局": False, "白马镇": False}


def test_a_text_longer_than_the_highest_row_gets_a_wider_column():
    """409 points are 23 lines of 17: 40 characters of two units take 4 lines in a column of 28."""
    text = "核" * 40
    assert width_showing([text], 28) == 28
    wide = width_showing([text * 20], 28)
    assert line_count(text * 20, wide) <= 23 < line_count(text * 20, 28)
    assert width_showing([text * 500], 28) == 150

"""One ratio: whoever prints it prints the same digits, and they are those that add up from the ledger.

The areas are such that exact sums print other digits than sums of printed areas do. LibreOffice works out
both workbooks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import openpyxl
import pytest
from casework_samples import BATCH, QUIET, number_of, patch_frame

from weipian_plugin.domain.ratio import percent
from weipian_plugin.domain.rectification import Entry
from weipian_plugin.domain.units import hundredths_text
from weipian_plugin.paths import plan_file
from weipian_plugin.store import batches, determinations, doubts, rectifications, stages
from weipian_plugin.store.doubts import Doubt
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.dashboard import dashboard_figures
from weipian_plugin.workflow.export_city import Checking, export_city
from weipian_plugin.workflow.letters import LetterOrder, compose_letter
from weipian_plugin.workflow.statistics import compile_statistics, statistics

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed")
TODAY = date.today()
MU = 2000 / 3
COUNT = 60
BELOW = {
    "分乡镇比例": [],
    "按乡镇": ["合计", "全部图斑", "校核：合计－全部图斑"],
    "乡镇排序": ["各单位最大值", "权重"],
}
"""The rows below the townships on the sheets of the statistics."""
TOWNS = ("白马镇", "江口镇", "火炉镇", "")
CATEGORIES = {"合法": "当年审批", "违法": "未报即用", "其他": "设施农用地"}
LEAD = "区规划自然资源局"
AS_SHIPPED: dict[str, str] = {}
OTHERWISE = {
    "limit: 15%": "limit: 52.5%",
    "farmland: 扣除田坎 ": "farmland: 不扣田坎 ",
    "deduct_from: 分子 ": "deduct_from: 分子和分母 ",
}
"""The settings of the plan file that change what the ratio is."""
LAND = (
    "INSERT INTO overlay_area (patch_no, role, class_code, status, area_m2, area_mu, net_area_m2)"
    " VALUES (?, 'land_class', ?, ?, ?, ?, ?)"
)


def plan_text(changes):
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def received(folder, changes):
    """Patches of 3 to 5 亩 whose parts all end in some thousandths; every fifth leaves the layer, every 13th
    lies outside it, of every 11th nobody knows the 田坎."""
    work = Workspace.create(folder / "工作库.gpkg", 2021, "wulong_2021.yaml", plan_text(changes), "甲")
    frame, chance = patch_frame(COUNT), np.random.default_rng(3)
    parts = 1 + np.round(chance.random((COUNT, 3)) * 0.6, 2) + 0.0041
    frame["area_mu"] = parts.sum(axis=1)
    frame["area_m2"] = frame["area_mu"] * MU
    frame["town_name"] = [TOWNS[n // 4 % len(TOWNS)] for n in range(COUNT)]
    with work.writing("甲", "导入图斑") as change:
        batches.add(change, BATCH, frame, [])
        for index, number in enumerate(frame["patch_no"]):
            change.connection.executemany(LAND, list(land_of(number, index, parts[index])))
    return work


def land_of(number, index, parts):
    if index % 13 == 12:
        return
    open_ground = index % 5 == 4
    for code, mu in zip(("0103", "0301", "" if open_ground else "0702"), parts, strict=True):
        net = None if not code or (code == "0103" and index % 11 == 10) else mu * MU * (0.83 + index % 3 / 20)
        yield number, code, "命中" if code else "未评估", mu * MU, mu, net


def judge(work):
    """Two of three patches are judged; some are sent back, doubted, put right."""
    step = stages.transitions(work).of("判定", "待核查")
    judged = [(number_of(n), tuple(CATEGORIES)[n % 4]) for n in range(1, COUNT + 1) if n % 4 < 3]
    day = {"decided_by": "甲", "decided_on": "2021-07-10", "basis": "示例", "document_no": ""}
    with work.writing("甲", "判定") as change:
        rows = [{"patch_no": p, "result": r, "category": CATEGORIES[r], **day} for p, r in judged]
        determinations.insert(change, rows)
        stages.take(change, [Move(number, step, "甲", "2021-07-10") for number, _ in judged])
    back = stages.transitions(work).of("复核不通过", "已判定")
    with work.writing("乙", "复核") as change:
        stages.take(change, [Move(p, back, "乙", "2021-07-12", "照片不符") for p, _ in judged[::9]])
        doubts.insert(change, [Doubt(p, "看不清", "乙", "2021-07-12") for p, _ in judged[::18]])
    with work.reading() as connection:
        areas = dict(connection.execute("SELECT patch_no, area_mu FROM patch"))
    with work.writing("甲", "查处整改") as change:
        for number in [p for p, r in judged if r == "违法"][1::3]:
            for measure in ("拆除", "整改验收"):
                entry = Entry(measure, round(areas[number], 2), None, "1号", "2021-09-01", LEAD)
                rectifications.insert(change, number, entry, "甲")


@pytest.fixture(scope="module", params=[AS_SHIPPED, OTHERWISE], ids=["shipped", "otherwise"])
def printed(request, tmp_path_factory):
    """Return the workspace, and both workbooks as LibreOffice works them out."""
    folder = tmp_path_factory.mktemp("ratio")
    work = received(folder, request.param)
    judge(work)
    export_city(work.path, folder / "上报.xlsx", "甲", QUIET, checking=Checking.NONE)
    compile_statistics(work.path, folder / "统计.xlsx", TODAY, "甲", QUIET)
    for name in ("上报", "统计"):
        without_results(folder / f"{name}.xlsx")
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    command += [
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "out",
        folder / "上报.xlsx",
        folder / "统计.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True)
    books = [
        openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in ("上报", "统计")
    ]
    return work, *books


def without_results(path):
    """Take the results of formulas out of a workbook, so that LibreOffice must work them out."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", data))


def same(*values):
    """LibreOffice stores fifteen digits."""
    return tuple(pytest.approx(v, rel=1e-14) if isinstance(v, float) else v for v in values)


def or_dash(value):
    return "—" if value is None else value


def rows_of(sheet, first, label=1):
    """Return the rows below the one whose first cell begins with a word, by their label."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith(first))
    return {row[label - 1]: row for row in rows[start + 1 :] if row[label - 1]}


def named(town):
    return town or "（未定）"


def shown(value):
    """Return the cell of a ratio as it is printed; the double must be the very one."""
    return "—" if value in ("—", None) else percent(value)


def test_the_district_says_one_figure_everywhere(printed):
    work, city, book = printed
    found = statistics(work, TODAY).ratio
    ratio, deducted = found.shares[:2]
    sheet = rows_of(city["占用耕地比例"], "乡镇、街道")["全区合计"]
    assert [round(sheet[n] * 100) for n in (1, 2, 3)] == [found.illegal, found.legal, ratio.denominator]
    assert sheet[4:7:2] == same(ratio.value, deducted.value)
    assert sheet[7:10] == same(found.undecided / 100, found.best, found.worst)
    assert sheet[10] == found.uncertain
    assert 0 < found.deducted < found.illegal
    six = rows_of(book["比例"], "比例")
    for share in found.shares:
        assert six[share.name][1:4] == same(share.numerator / 100, share.denominator / 100, share.value)
    assert dashboard_figures(work.path, TODAY, QUIET).ratio == found
    letter = "\n".join(b.text for b in compose_letter(work.path, LetterOrder("通报", TODAY), QUIET))
    above, below = hundredths_text(found.illegal), hundredths_text(ratio.denominator)
    terms = f"违法占用耕地{above}亩，新增建设用地占用耕地{below}亩"
    assert f"违法占用耕地面积比例为{percent(found.ratio)}（{terms}）" in letter
    assert found.caveat in letter


def test_townships_say_one_figure_and_add_up_to_the_district(printed):
    work, city, book = printed
    held = statistics(work, TODAY)
    dashboard = {town.town: town for town in dashboard_figures(work.path, TODAY, QUIET).towns}
    here = rows_of(city["占用耕地比例"], "全区合计")
    ranked = rows_of(city["乡镇统计与排序"], "排名", 2)
    of_ratio = [cell.value for cell in city["乡镇统计与排序"][4]].index("违法占耕比例")
    there = rows_of(book["分乡镇比例"], "乡镇街道")
    assert set(held.by_town) == set(TOWNS)
    for town, figures in held.by_town.items():
        cells = here[named(town)]
        assert cells[1:10] == same(
            figures.illegal / 100,
            figures.legal / 100,
            figures.shares[0].denominator / 100,
            or_dash(figures.ratio),
            figures.deducted / 100,
            or_dash(figures.shares[1].value),
            figures.undecided / 100,
            figures.best,
            figures.worst,
        )
        assert there[named(town)][2:7] == (*cells[1:5], cells[6])
        assert there[named(town)][8:11] == (*cells[8:10], figures.uncertain or None)
        assert ranked[named(town)][of_ratio] == cells[4]
        assert dashboard[town].values["ratio"] == figures.ratio
        assert dashboard[town].values["illegal_farmland"] == figures.illegal / 100
    blocks = compose_letter(work.path, LetterOrder("通报", TODAY), QUIET)
    table = next(b.table for b in blocks if b.table and "得分" in b.table.head)
    in_letter = {row[1]: (row[3], row[5]) for row in table.rows}
    assert in_letter == {
        named(town): (shown(figures.ratio), hundredths_text(figures.illegal))
        for town, figures in held.by_town.items()
    }
    for name in ("illegal", "legal", "undecided", "deducted", "illegal_doubt", "undecided_doubt"):
        assert sum(getattr(f, name) for f in held.by_town.values()) == getattr(held.ratio, name)


def test_all_papers_rank_the_townships_alike(printed):
    """One ranking, that of the score, and one order: not by name, nor by the illegal farmland beside it."""
    work, city, book = printed
    held = statistics(work, TODAY)
    order = [named(town) for town in held.ranking.index]
    taken = [held.by_town[town].illegal for town in held.ranking.index]
    assert order != sorted(order)
    assert taken != sorted(taken, reverse=True)
    assert list(rows_of(city["占用耕地比例"], "全区合计"))[:4] == order
    for name in ("分乡镇比例", "按乡镇", "乡镇排序"):
        labels = [label for label in rows_of(book[name], "乡镇街道") if not label.startswith("填报人：")]
        assert labels[-4 - len(BELOW[name]) :] == [*order, *BELOW[name]]
    assert order[-1] == named("")
    towns = order[:-1]
    places = {named(town): place for town, place in held.ranking["place"].dropna().items()}
    scores = {named(town): score for town, score in held.ranking["score"].dropna().items()}
    assert list(places) == towns and list(places.values()) == [1, 2, 3]
    ranked = rows_of(city["乡镇统计与排序"], "排名", 2)
    assert list(ranked)[1:5] == order
    assert {town: ranked[town][0] for town in order} == {**places, order[-1]: "—"}
    assert {town: ranked[town][2] for town in order} == {**scores, order[-1]: "—"}
    assessed = rows_of(book["乡镇排序"], "乡镇街道")
    assert {town: assessed[town][-1] for town in order} == {**places, order[-1]: "—"}
    shown = dashboard_figures(work.path, TODAY, QUIET).towns
    assert [(named(t.town), t.place, t.score) for t in shown] == [
        (t, places.get(t), scores.get(t)) for t in order
    ]
    for kind in ("通报", "年度工作总结"):
        tables = [b.table for b in compose_letter(work.path, LetterOrder(kind, TODAY), QUIET) if b.table]
        by_town = next(t for t in tables if t.head[:2] == ("乡镇（街道）", "图斑数"))
        assert [row[0] for row in by_town.rows] == [*order, "合计"]
        by_score = next(t for t in tables if "得分" in t.head)
        assert [(row[1], row[0]) for row in by_score.rows] == [(t, str(places.get(t, "—"))) for t in order]
    summoned = compose_letter(work.path, LetterOrder("约谈提请", TODAY), QUIET)
    units = [row[0] for row in next(b.table for b in summoned if b.table).rows]
    assert units == [town for town in order if town in units]


def test_it_is_what_anybody_adds_up_from_the_ledger(printed):
    """With pencil and paper: the printed column of farmland over the rows that say 违法 and 合法."""
    work, city, _ = printed
    held = statistics(work, TODAY)
    sheet = city["图斑台账"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    at = {cell.value: cell.column - 1 for cell in head}
    of_rule = "不扣" in held.formula
    farmland = next(
        n for title, n in at.items() if title and "耕地" in title and ("不扣" in title) == of_rule
    )
    sums = {"违法": Decimal(0), "合法": Decimal(0)}
    for row in sheet.iter_rows(min_row=head[0].row + 1, values_only=True):
        side = row[at["占比口径"]]
        if side in sums and isinstance(row[farmland], int | float):
            sums[side] += Decimal(str(row[farmland]))
    assert [held.ratio.illegal, held.ratio.legal] == [sums["违法"] * 100, sums["合法"] * 100]
    by_hand = (sums["违法"] / sum(sums.values()) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert percent(held.ratio.ratio) == f"{by_hand}%"


def test_exact_areas_would_have_said_another_figure(tmp_path):
    """The sample would show it if one of them went back to exact areas."""
    work = received(tmp_path, AS_SHIPPED)
    judge(work)
    held = statistics(work, TODAY).ratio
    standing = (
        "SELECT SUM(net_area_m2) * 3 / 2000 FROM overlay_area JOIN patch USING (patch_no)"
        " JOIN determination USING (patch_no) WHERE class_code = '0103' AND stage = '已判定' AND result = ?"
    )
    with work.reading() as connection:
        illegal, legal = (connection.execute(standing, (r,)).fetchone()[0] for r in ("违法", "合法"))
    assert (round(illegal * 100), round(legal * 100)) != (held.illegal, held.legal)
    assert percent(illegal / (illegal + legal)) != percent(held.ratio)

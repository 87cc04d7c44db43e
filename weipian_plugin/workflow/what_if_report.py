"""The report of a what-if: which patches would change, and how the totals would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from weipian_plugin.domain.decisions import Standing
from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.what_if import Comparison, PatchChange, Total
from weipian_plugin.exchange.pages import Cell, Look, number, page, paragraph, section, table, write_page
from weipian_plugin.workflow.what_if import WhatIf

_NONE = "没有"
_TOTALS = ("图斑（现）", "图斑（试算）", "增减", "面积（现，亩）", "面积（试算，亩）", "增减（亩）")


def write_what_if(path: Path, result: WhatIf) -> None:
    """Write the comparison as a page to print."""
    found = result.comparison
    parts = [
        paragraph(verdict(result), Look.VERDICT),
        paragraph(
            "本页只是试算，工作库没有任何改动；采用方案文件、重新套合和分派都是单独的步骤。", Look.QUIET
        ),
        section("试算内容", table(("项目", "现行", "试算"), _scenario(result))),
        section("按状态", _totals("状态", found.by_state)),
        section("按属地责任单位（乡镇街道、管委会）", _totals("单位", found.by_town)),
        section("按查处单位", _totals("单位", found.by_lead)),
        section("会变化的图斑", _changes(found)),
        section("与人的决定不一致之处（决定不变）", _contradictions(result)),
    ]
    write_page(path, page("试算报告：方案或图层改动的影响", *parts))


def verdict(result: WhatIf) -> str:
    """Return in one sentence what would change."""
    found = result.comparison
    if not found.changes:
        said = f"{found.patches}个图斑的分派都不变。"
    else:
        said = (
            f"{found.patches}个图斑中有{len(found.changes)}个会变："
            f"{found.unit_changes}个换查处单位，{found.state_changes}个换状态。"
        )
    if not result.contradictions:
        return f"{said}人作过的决定都不与新结果抵触。"
    return f"{said}{len(result.contradictions)}个图斑的决定会与新结果不一致，须复核。"


def _scenario(result: WhatIf) -> Iterator[tuple[str, str, str]]:
    yield "方案文件", result.plan_before.version, result.plan.version
    for role, (before, after) in result.editions.items():
        yield role.label, before or _NONE, after or f"{_NONE}（试算去掉，按未评估处理）"


def _totals(name: str, totals: Mapping[str, Total]) -> str:
    return table((name, *_TOTALS), (_total_row(key, total) for key, total in totals.items()))


def _total_row(name: str, total: Total) -> tuple[str | Cell, ...]:
    before, after = total.area_before / 100, total.area_after / 100
    return (
        name,
        number(total.patches_before),
        number(total.patches_after),
        number(total.patches_after - total.patches_before, sign=True),
        number(before, 2),
        number(after, 2),
        number(after - before, 2, sign=True),
    )


def _changes(found: Comparison) -> str:
    head = ("图斑编号", "变什么", "现在", "试算", "试算的查处依据")
    return table(head, map(_change_row, found.changes), "没有。")


def _change_row(change: PatchChange) -> tuple[str | Cell, ...]:
    number, what, before, after = change_texts(change, "\n")
    look = Look.DOUBTFUL if change.unit_changes or change.state_changes else Look.PLAIN
    return number, Cell(what, look), before, after, change.after.lead_reason


def change_texts(change: PatchChange, between: str) -> tuple[str, str, str, str]:
    """Return the number of a patch, what would change, how it is now and how it would be."""
    what = []
    if change.unit_changes:
        what.append("查处单位")
    if change.state_changes:
        what.append("状态")
    what.extend(duty.value for duty in change.other_duties)
    duties = (DutyName.LEAD, *change.other_duties)
    now, then = (between.join(_said(standing, duties)) for standing in (change.before, change.after))
    return change.patch_no, "、".join(what), now, then


def _said(standing: Standing, duties: Iterable[DutyName]) -> Iterator[str]:
    yield standing.state.value
    yield from (f"{duty}：{'、'.join(standing.units(duty)) or '无'}" for duty in duties)


def _contradictions(result: WhatIf) -> str:
    rows = (
        (patch_no, f"{unit}（{duty}）", note)
        for patch_no, notes in result.contradictions.items()
        for (duty, unit), note in notes.items()
    )
    return table(("图斑编号", "决定", "不一致之处"), rows, "没有。")

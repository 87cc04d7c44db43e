"""The sheet 填报说明: where the figures come from, how they are rounded, and what they are not."""

from __future__ import annotations

from collections.abc import Mapping

from weipian_plugin.domain.ratio import short_percent
from weipian_plugin.exchange.book import Book, Item, SheetLayout
from weipian_plugin.exchange.columns import LedgerTemplate
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.heights import row_height
from weipian_plugin.exchange.styles import Look

_WIDTHS = (22, 118)
_LINES_A_ROW = 15


def write_notes(book: Book, name: str, content: LedgerContent, template: LedgerTemplate) -> None:
    """Write the sheet as pairs of a heading and a paragraph."""
    sheet = book.add_sheet(SheetLayout(name, _WIDTHS, repeated_rows="2:2", colour="7F7F7F"))
    sheet.append([Item("填报说明", Look.TITLE)], height=30)
    sheet.merge("A", "B", 1)
    sheet.append([Item("项目", Look.HEADER), Item("说明", Look.HEADER)], height=22)
    for heading, text in [*_facts(content), *_rules(content, template)]:
        sheet.append([Item(heading), Item(text, align="left")], row_height([(text, _WIDTHS[1])]))


def _facts(content: LedgerContent) -> list[tuple[str, str]]:
    """Return what this workbook was made from."""
    missing = "底图库没有此图层，全部未评估"
    editions = [f"{layer.label}：{layer.edition or missing}" for layer in content.editions]
    batches = [
        f"{row['name']}（收到 {row['received_on']}，判定期限 {row['due_on']}，{row['patch_count']} 个图斑）"
        for row in content.batches.to_dict("records")
    ]
    plan = content.plan
    return [
        ("依据", f"《{plan.title}》（{plan.number}），方案文件版本 {plan.version}。"),
        ("年度和时段", f"{content.year} 年；{content.period}。"),
        *_in_parts("批次", batches),
        ("底图版本", "\n".join(editions) or "无。"),
        ("制表", f"{content.maker}，{content.made_on:%Y-%m-%d}，由卫片执法插件生成。"),
    ]


def _in_parts(heading: str, lines: list[str]) -> list[tuple[str, str]]:
    """Return lines under a heading, in as many rows as they need: a row has a greatest height."""
    starts = range(0, len(lines), _LINES_A_ROW)
    return [(heading, "\n".join(lines[at : at + _LINES_A_ROW])) for at in starts] or [(heading, "无。")]


def _rules(content: LedgerContent, template: LedgerTemplate) -> list[tuple[str, str]]:
    """Return the standing paragraphs of the template with its figures filled in."""
    decimals, plan = template.area_decimals, content.plan
    filled = {
        "{最小}": f"{10**-decimals:.{decimals}f}",
        "{位数}": str(decimals),
        "{比例公式}": plan.ratio_rule.formula,
        "{控制线}": short_percent(plan.ratio_limit),
        "{排序指标}": content.criteria,
    }
    return [(note.title, _filled(note.text, filled)) for note in template.notes]


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text

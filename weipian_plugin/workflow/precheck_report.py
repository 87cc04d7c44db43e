"""The report of the self-check: what came out, by reason, and patch by patch what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from weipian_plugin.domain.precheck import Checked, Level
from weipian_plugin.exchange.content import LedgerContent
from weipian_plugin.exchange.pages import Cell, Look, number, page, paragraph, section, table, write_page

_LOOKS = {Level.BLOCKING: Look.BAD, Level.WARNING: Look.DOUBTFUL, Level.CONFIRM: Look.QUIET}
_SHOWN = (Level.BLOCKING, Level.WARNING, Level.CONFIRM)
_REASON_WIDTHS = (26, 13, 10, 51)
_PATCH_WIDTHS = (21, 13, 66)


def write_precheck_report(
    path: Path, content: LedgerContent, numbers: Sequence[str], checked: Checked
) -> None:
    """Write the page."""
    states = Counter(checked.state(one) for one in numbers)
    verdict = (
        f"共 {len(numbers)} 个图斑：须补正 {states['须补正']} 个，有提醒 {states['有提醒']} 个，"
        f"待人确认 {states['待确认']} 个，通过 {states['通过']} 个。"
    )
    notes = (
        "须补正的补齐、改正后再上报；提醒的可能被退回，请核对；须由人确认的是程序无法判断的事项"
        "（如照片真伪、材料是否属于本图斑）。自查结果不是审核结论；所用限值为工作设置，非文件规定。"
    )
    made = page(
        f"上报前自查报告（{content.year}年，{content.made_on:%Y-%m-%d}）",
        paragraph(verdict, Look.VERDICT),
        paragraph(notes, Look.QUIET),
        section(
            "按退回原因和检查项目",
            table(["检查项目", "级别", "图斑数", "怎么办"], _by_reason(checked), widths=_REASON_WIDTHS),
        ),
        section(
            "逐图斑：还缺什么",
            table(["图斑编号", "级别", "问题"], _by_patch(numbers, checked), "没有发现问题。", _PATCH_WIDTHS),
        ),
    )
    write_page(path, made)


def _by_reason(checked: Checked) -> Iterator[list[str | Cell]]:
    """Yield one row a check that found something, the hardest first."""
    counts = Counter(finding.code for finding in checked.findings)
    for level in _SHOWN:
        for code, rule in checked.catalogue.rules.items():
            if rule.level is level and counts[code]:
                yield [rule.reason, Cell(level.value, _LOOKS[level]), number(counts[code]), rule.advice]


def _by_patch(numbers: Sequence[str], checked: Checked) -> Iterator[list[str | Cell]]:
    for one in numbers:
        for level in _SHOWN:
            told = checked.told(one, level)
            if told:
                yield [one, Cell(level.value, _LOOKS[level]), "\n".join(told)]

"""What stands above and below every table: title, basis, unit, period, signatures, head of the history."""

from __future__ import annotations

from collections.abc import Sequence

from weipian_plugin.domain.days import minute_of
from weipian_plugin.exchange.content import LedgerContent

NOBODY = "（未定）"
"""Stands for a township or unit that is not known."""
_PLAN_SUFFIX = "工作方案"
_BLANKS = {"日期": "　　　　年　　月　　日"}


def full_title(content: LedgerContent, what: str) -> str:
    """Return the title of a sheet: the plan's name with `what` in the place of 工作方案."""
    plan = content.plan.title
    stem = (
        plan.removesuffix(_PLAN_SUFFIX)
        if plan.endswith(_PLAN_SUFFIX)
        else f"{content.year}年土地矿产卫片执法"
    )
    return stem + what


def head_note(content: LedgerContent) -> str:
    """Return the line under the title: basis, period, unit, maker, date."""
    return (
        f"依据：{content.plan.number}　　时段：{content.period}　　单位：个、亩　　"
        f"制表：{content.maker}　　日期：{content.made_on:%Y-%m-%d}　　"
        "套合与分派结果为线索和建议，不是认定结论"
    )


def foot_lines(content: LedgerContent, signatures: Sequence[str]) -> list[str]:
    """Return the lines below a table: who signs, and the head of the history that the figures come from."""
    lines = [signature_line(signatures)] if signatures else []
    if content.stamp:
        exported = minute_of(content.stamp.exported_at)
        lines.append(f"工作库历史链首校验码：{content.stamp.history_head}　　导出时间：{exported}")
    return lines


def signature_line(signatures: Sequence[str]) -> str:
    """Return the line on which people sign, each with room for it."""
    return "　　".join(f"{who}：{_blank(who)}" for who in signatures)


def _blank(who: str) -> str:
    return next((blank for word, blank in _BLANKS.items() if word in who), "　" * 8)

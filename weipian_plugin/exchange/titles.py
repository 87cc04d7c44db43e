"""What stands above and below every table: title, basis, unit, period, signatures, head of the history."""

from __future__ import annotations

import re
from collections.abc import Sequence

from weipian_plugin.domain.days import minute_of
from weipian_plugin.exchange.content import LedgerContent

NOBODY = "（未定）"
"""Stands for a township or unit that is not known."""
FootLine = tuple[str, ...]
"""A line below a table, in parts that are not torn where the paper is narrow."""
_PLAN_SUFFIX = "工作方案"
_SUBJECT = "土地矿产卫片执法"
_BLANKS = {"日期": "　　　　年　　月　　日"}
_ROOM_TO_SIGN = "　" * 8


def full_title(content: LedgerContent, what: str) -> str:
    """Return the title of a sheet: what it is, of which district and year."""
    return title_stem(content.plan.title, content.plan.district, content.year) + what


def title_stem(plan_title: str, district: str, year: int) -> str:
    """Return how all titles begin: as the plan's does, but with the year of the casework.

    A plan may hold on for several years; what is called otherwise gives the district only.
    """
    stem = plan_title.removesuffix(_PLAN_SUFFIX)
    if stem == plan_title:
        return f"{district}{year}年{_SUBJECT}"
    return re.sub(r"\d{4}年", f"{year}年", stem, count=1)


def head_note(content: LedgerContent) -> str:
    """Return the line under the title: basis, period, unit, maker, date."""
    return (
        f"依据：{content.plan.number}　　时段：{content.period}　　单位：个、亩　　"
        f"制表：{content.maker}　　日期：{content.made_on:%Y-%m-%d}　　"
        "套合与分派结果为线索和建议，不是认定结论"
    )


def foot_lines(content: LedgerContent, signatures: Sequence[str]) -> list[FootLine]:
    """Return the lines below a table: who signs, and the head of the history that the figures come from."""
    lines = [signature_line(signatures)] if signatures else []
    if content.stamp:
        exported = minute_of(content.stamp.exported_at)
        lines.append((f"工作库历史链首校验码：{content.stamp.history_head}", f"导出时间：{exported}"))
    return lines


def signature_line(signatures: Sequence[str]) -> FootLine:
    """Return the line on which people sign, each with room for it."""
    return tuple(f"{who}：{_blank(who)}" for who in signatures)


def _blank(who: str) -> str:
    return next((blank for word, blank in _BLANKS.items() if word in who), _ROOM_TO_SIGN)

"""On which side of the ratio a patch stands, by what it was judged to be."""

from __future__ import annotations

from weipian_plugin.domain.categories import Dictionary
from weipian_plugin.domain.ratio import LEGAL, OTHER, RatioRule

UNDECIDED = "未判定"
NOT_COUNTED = "不计"
"""Stands in no figure of the year: another kind of patch, or land taken in an earlier year (存量)."""


def ratio_term(result: str, category: str, kind: str, dictionary: Dictionary, rule: RatioRule) -> str:
    """Return 合法, 违法, 其他, 未判定 (for no result) or 不计.

    A legal patch whose category is no new building land counts as 其他, and one judged 其他 whose category
    is new building land counts as 合法.
    """
    if not rule.counts(kind) or category in rule.earlier_categories:
        return NOT_COUNTED
    found = dictionary.category(result, category, kind) if category else None
    if found is not None and not any(map(rule.counts, found.kinds)):
        return NOT_COUNTED  # a patch of unknown kind that was judged to be a mine
    if found is None or result not in (LEGAL, OTHER):
        return result or UNDECIDED
    return LEGAL if found.is_counted else OTHER

"""Assess the townships as a whole and rank them (方案五（五）：综合评估和统计排序)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import yaml

from weipian_plugin.domain.errors import WeipianError

KEYS = ("ratio", "illegal_count", "illegal_farmland", "open_share", "overdue_count", "returned_count")
"""What can be a criterion; the higher the worse."""


@dataclass(frozen=True)
class Criterion:
    """One figure by which townships are compared."""

    key: str
    title: str
    weight: float
    clause: str
    words: str
    """The plan's own words for it."""


@dataclass(frozen=True)
class Ranking:
    """The criteria with their weights, which no document prescribes (非文件规定)."""

    criteria: tuple[Criterion, ...]
    origin: str

    @classmethod
    def parse(cls, text: str) -> Ranking:
        """Return the criteria written in the YAML `text`; raise WeipianError saying what is wrong."""
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise WeipianError("排序指标表写得不对，请检查缩进、冒号和引号。") from error
        entries = data.get("criteria") if isinstance(data, dict) else None
        if not isinstance(entries, list) or not entries:
            raise WeipianError("排序指标表里没有 criteria 列表，请参照随插件提供的 ranking.yaml。")
        criteria = tuple(_criterion(entry) for entry in entries)
        if len({criterion.key for criterion in criteria}) < len(criteria):
            raise WeipianError("排序指标表里有重复的 key，请删去一项。")
        if abs(sum(criterion.weight for criterion in criteria) - 100) > 1e-9:
            raise WeipianError("排序指标表的权重之和不是100，请改正。")
        return cls(criteria, str(data.get("origin", "")))

    @property
    def text(self) -> str:
        """The criteria in Chinese, with weights and words."""
        listed = "；".join(
            f"{c.title}（权重{c.weight:g}，{c.clause}“{c.words}”）" for c in self.criteria if c.weight
        )
        return (
            f"指标：{listed}。得分＝100－Σ权重×本单位数值÷各单位最大值，得分高的在前，同分同名次；"
            f"没有比例的（分母为0）按0计；乡镇街道不明的图斑只列出，不排名。权重：{self.origin}。"
        )


def _criterion(entry: Any) -> Criterion:
    fields: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
    key, weight = fields.get("key"), fields.get("weight")
    if key not in KEYS:
        raise WeipianError(f"排序指标表里的 key“{key}”不认识，只能是{'、'.join(KEYS)}。")
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight <= 100:
        raise WeipianError(f"排序指标“{key}”的权重“{weight}”不对，请填0到100的数。")
    title, clause, words = (str(fields.get(name, "")) for name in ("title", "clause", "words"))
    return Criterion(str(key), title, float(weight), clause, words)


class Place(NamedTuple):
    """Where a unit stands in the ranking."""

    place: int
    score: float


def rank(values: pd.DataFrame, ranking: Ranking) -> pd.DataFrame:
    """Return the units with their score and place, best first; equal scores share a place.

    `values`: index unit, a column for each key of KEYS; NaN counts as 0. Scores have two decimals. What is of
    no known unit ('') stands last without score and place (NaN, NA), and the others are not measured by it.
    """
    table = values.fillna(0.0).astype(float)
    known = table[table.index != ""]
    score = pd.Series(100.0, index=known.index)
    for criterion in ranking.criteria:
        column = known[criterion.key]
        highest = column.max() if len(column) else 0.0
        if highest > 0:
            score -= criterion.weight * column / highest
    ranked = table.assign(score=score.round(2))
    ranked["place"] = ranked["score"].rank(method="min", ascending=False).astype("Int64")
    ranked.index.name = "unit"
    order = ranked.reset_index().sort_values(["place", "unit"], kind="stable")
    return order.set_index("unit")


def places(ranked: pd.DataFrame) -> dict[str, Place]:
    """Return the place of every unit that has one, best first, of what `rank` made."""
    placed = ranked[ranked["place"].notna()]
    listed = zip(placed.index, placed["place"], placed["score"], strict=True)
    return {str(unit): Place(int(place), float(score)) for unit, place, score in listed}


def in_order(units: Iterable[str], ranked: Iterable[str]) -> list[str]:
    """Return units in the order of all papers: as they are ranked, the others after them by name."""
    order = {unit: number for number, unit in enumerate(ranked)}
    return sorted(units, key=lambda unit: (order.get(unit, len(order)), unit == "", unit))

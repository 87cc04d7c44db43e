"""What a sheet with one row a township can show: counts and sums over the ledger, and ratios of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weipian_plugin.exchange.sources import Kind


@dataclass(frozen=True)
class Measure:
    """How many patches of a township, or how much of their area."""

    where: tuple[tuple[str, str], ...] = ()
    """Conditions: source of the ledger and the value that it must have."""
    sums: str = ""
    """Source of the ledger that is summed; '' to count the patches."""


_LEGAL, _ILLEGAL, _OTHER = (("result", word) for word in ("合法", "违法", "其他"))
_UNDECIDED = ("result", "")
_SETTLED = ("rectified", "已整改")

MEASURES: Mapping[str, Measure] = {
    "count": Measure(),
    "area_mu": Measure(sums="area_mu"),
    "farmland_mu": Measure(sums="farmland_net_mu"),
    "basic_mu": Measure(sums="basic_farmland_mu"),
    "legal_count": Measure((_LEGAL,)),
    "illegal_count": Measure((_ILLEGAL,)),
    "illegal_mu": Measure((_ILLEGAL,), "area_mu"),
    "illegal_farmland_mu": Measure((_ILLEGAL,), "farmland_net_mu"),
    "illegal_basic_mu": Measure((_ILLEGAL,), "basic_farmland_mu"),
    "other_count": Measure((_OTHER,)),
    "undecided_count": Measure((_UNDECIDED,)),
    "settled_count": Measure((_ILLEGAL, _SETTLED)),
    "settled_mu": Measure((_ILLEGAL,), "settled_mu"),
    "open_mu": Measure((_ILLEGAL,), "open_mu"),
    "ratio_illegal_mu": Measure((("ratio_side", "违法"),), "farmland_net_mu"),
    "ratio_legal_mu": Measure((("ratio_side", "合法"),), "farmland_net_mu"),
    "ratio_undecided_mu": Measure((("ratio_side", "未判定"),), "farmland_net_mu"),
    "ratio_deducted_mu": Measure((("ratio_side", "违法"), ("deducted", "是")), "farmland_net_mu"),
    "ratio_illegal_doubt_mu": Measure((("ratio_side", "违法"),), "doubtful_mu"),
    "ratio_legal_doubt_mu": Measure((("ratio_side", "合法"),), "doubtful_mu"),
    "ratio_undecided_doubt_mu": Measure((("ratio_side", "未判定"),), "doubtful_mu"),
}
"""Every column that is counted or summed from the ledger."""

LEDGER_NEEDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        ["rank_unit"]
        + [source for measure in MEASURES.values() for source, _ in measure.where]
        + [measure.sums for measure in MEASURES.values() if measure.sums]
    )
)
"""Columns that the ledger must have for them, shown or hidden."""

SHARES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "decided_share": (("legal_count", "illegal_count", "other_count"), (), ("count",)),
    "settled_share": (("settled_count",), (), ("illegal_count",)),
    "ratio": (("ratio_illegal_mu",), (), ("ratio_illegal_mu", "ratio_legal_mu")),
    "ratio_deducted": (
        ("ratio_illegal_mu",),
        ("ratio_deducted_mu",),
        ("ratio_illegal_mu", "ratio_legal_mu"),
    ),
    "ratio_best": (
        ("ratio_illegal_mu",),
        (),
        (
            "ratio_illegal_mu",
            "ratio_legal_mu",
            "ratio_legal_doubt_mu",
            "ratio_undecided_mu",
            "ratio_undecided_doubt_mu",
        ),
    ),
    "ratio_worst": (
        ("ratio_illegal_mu", "ratio_illegal_doubt_mu", "ratio_undecided_mu", "ratio_undecided_doubt_mu"),
        (),
        (
            "ratio_illegal_mu",
            "ratio_illegal_doubt_mu",
            "ratio_undecided_mu",
            "ratio_undecided_doubt_mu",
            "ratio_legal_mu",
        ),
    ),
}
"""Ratios: columns added above the line, taken off above it, and added below it."""

CHECKS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "count_check": (("legal_count", "illegal_count", "other_count", "undecided_count"), ("count",)),
    "remedy_check": (("settled_mu", "open_mu"), ("illegal_mu",)),
}
"""Checks that must be 0: columns added, and columns taken off."""

RANKED_BY = "illegal_farmland_mu"
"""非文件规定: the plan asks for a ranking and gives no criterion."""

TOWN_SOURCES: Mapping[str, Kind] = {
    "rank": Kind.COUNTER,
    "unit": Kind.CODE,
    "issued_count": Kind.COUNT,
    "issued_mu": Kind.AREA,
    **{name: Kind.AREA if measure.sums else Kind.COUNT for name, measure in MEASURES.items()},
    **dict.fromkeys(SHARES, Kind.PERCENT),
    "ratio_base_mu": Kind.AREA,
    **dict.fromkeys(CHECKS, Kind.CHECK),
    "note": Kind.TEXT,
}
"""What a sheet with one row a township can show."""

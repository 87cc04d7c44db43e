"""What a sheet with one row a township can show: counts and sums over the ledger, and ratios of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from weipian_plugin.domain.ratio import DeductFrom, RatioRule
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
    "ratio_illegal_mu": Measure((("ratio_side", "违法"),), "ratio_farmland_mu"),
    "ratio_legal_mu": Measure((("ratio_side", "合法"),), "ratio_farmland_mu"),
    "ratio_undecided_mu": Measure((("ratio_side", "未判定"),), "ratio_farmland_mu"),
    "ratio_deducted_mu": Measure((("ratio_side", "违法"), ("deducted", "是")), "ratio_farmland_mu"),
    "ratio_illegal_doubt_mu": Measure((("ratio_side", "违法"),), "doubtful_mu"),
    "ratio_legal_doubt_mu": Measure((("ratio_side", "合法"),), "doubtful_mu"),
    "ratio_undecided_doubt_mu": Measure((("ratio_side", "未判定"),), "doubtful_mu"),
}
"""Every column that is counted or summed from the ledger."""

RATIO_AREAS = ("ratio_farmland_mu", "doubtful_mu")
"""What the ratio adds up: always with two decimals, one figure on whatever form."""

LEDGER_NEEDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        ["rank_unit"]
        + [source for measure in MEASURES.values() for source, _ in measure.where]
        + [measure.sums for measure in MEASURES.values() if measure.sums]
    )
)
"""Columns that the ledger must have for them, shown or hidden."""


@dataclass(frozen=True)
class Quotient:
    """A ratio of measures added and taken off, above the line and below it."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    less_above: tuple[str, ...] = ()
    less_below: tuple[str, ...] = ()
    if_any: str = ""
    """A measure that settles the ratio where nothing stands below the line but some of this is there."""
    then: int = 0
    """What the ratio is in that case."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Every measure that it is made of."""
        return (*self.above, *self.less_above, *self.below, *self.less_below, *filter(None, [self.if_any]))


_ILLEGAL_MU, _LEGAL_MU, _DEDUCTED_MU = "ratio_illegal_mu", "ratio_legal_mu", "ratio_deducted_mu"
_OPEN_MU = ("ratio_undecided_mu", "ratio_undecided_doubt_mu")
_ILLEGAL_DOUBT, _LEGAL_DOUBT = "ratio_illegal_doubt_mu", "ratio_legal_doubt_mu"
RATIOS = ("ratio", "ratio_deducted", "ratio_best", "ratio_worst")
"""Shares that are figures of `domain.ratio`."""
SHARES = ("decided_share", "settled_share", *RATIOS)


def quotients(rule: RatioRule) -> Mapping[str, Quotient]:
    """Return the ratios by their names in SHARES: the formulas of `domain.ratio.RatioFigures` in cells."""
    top = (_ILLEGAL_MU, _ILLEGAL_DOUBT, *_OPEN_MU)
    from_both = (_DEDUCTED_MU,) if rule.deduct_from is DeductFrom.BOTH else ()
    terms = (_ILLEGAL_MU, _LEGAL_MU)
    return {
        "decided_share": Quotient(("legal_count", "illegal_count", "other_count"), ("count",)),
        "settled_share": Quotient(("settled_count",), ("illegal_count",)),
        "ratio": Quotient((_ILLEGAL_MU,), terms),
        "ratio_deducted": Quotient((_ILLEGAL_MU,), terms, (_DEDUCTED_MU,), from_both),
        "ratio_best": Quotient(
            (_ILLEGAL_MU,), (*terms, _LEGAL_DOUBT, *_OPEN_MU), if_any=_ILLEGAL_DOUBT, then=1
        ),
        "ratio_worst": Quotient(top, (*top, _LEGAL_MU), if_any=_LEGAL_DOUBT, then=0),
    }


CHECKS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "count_check": (("legal_count", "illegal_count", "other_count", "undecided_count"), ("count",)),
    "remedy_check": (("settled_mu", "open_mu"), ("illegal_mu",)),
}
"""Checks that must be 0: columns added, and columns taken off."""

TOWN_SOURCES: Mapping[str, Kind] = {
    "rank": Kind.COUNTER,
    "score": Kind.NUMBER,
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

"""违法占用耕地面积比例: what is above and below the line, on any day, and between which bounds it lies.

    Σ违法用地占用耕地 ÷ (Σ合法新增建设用地占用耕地 + Σ违法用地占用耕地)

其他 stands in neither term; 存量 (taken in an earlier year) is not in the year's figure; farmland is net of
田坎. The limit of 15 % is that of 15号令 (2008) art. 3; the working formula is no document's: see RatioRule.

Every term is a sum of the 亩 that the ledger prints for each patch (`land_parts`), in whole hundredths: what
anybody adds up from the tables is what stands here, to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import numpy as np
import pandas as pd

from weipian_plugin.domain.land_parts import Farmland
from weipian_plugin.domain.patch_type import UNKNOWN_KIND
from weipian_plugin.domain.units import hundredths_text

LEGAL, ILLEGAL, OTHER = "合法", "违法", "其他"
_DECIDED = (LEGAL, ILLEGAL, OTHER)


class DeductFrom(StrEnum):
    """Which terms lose the illegal land that has been put right."""

    NUMERATOR = "分子"
    BOTH = "分子和分母"


@dataclass(frozen=True)
class RatioRule:
    """Everything about the figure that no document settles (非文件规定)."""

    farmland: Farmland = Farmland.NET
    kinds: tuple[str, ...] = ("土地",)
    """Kinds of patches that count; those whose kind is not known count too (`counts`)."""
    earlier_categories: tuple[str, ...] = ()
    """Second-level categories of 存量: judged, but not in the year's figure."""
    deducted_measures: tuple[str, ...] = ()
    """Measures by which a patch that is 整改到位 is deducted; empty: whichever it was."""
    deduct_from: DeductFrom = DeductFrom.NUMERATOR
    origin: str = "非文件规定"

    def counts(self, kind: str) -> bool:
        """Return whether patches of a kind count.

        One whose kind is not known does: to leave it out would make the figure look better than it may be.
        """
        return kind == UNKNOWN_KIND or kind in self.kinds

    @property
    def formula(self) -> str:
        """The formula in the words of the office, every choice spelled out."""
        measures = f"经{'、'.join(self.deducted_measures)}" if self.deducted_measures else ""
        earlier = (
            f"类别为{'、'.join(self.earlier_categories)}的存量图斑" if self.earlier_categories else "存量"
        )
        return (
            "违法占用耕地面积比例＝违法用地占用耕地面积÷（合法新增建设用地占用耕地面积＋违法用地占用耕地面积）×100%。"
            f"其他用地不进分子分母；{earlier}不计入本年度；只计{'、'.join(self.kinds)}图斑（种类未查明的也计入）；"
            f"耕地面积{self.farmland}；扣减后比例从{self.deduct_from}中减去{measures}整改到位的违法用地；"
            f"分母为0时记“—”。（{self.origin}）"
        )


@dataclass(frozen=True)
class Share:
    """One ratio with both its terms, printed hundredths of 亩."""

    name: str
    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The ratio; None, written —, when the denominator is 0."""
        return self.numerator / self.denominator if self.denominator > 0 else None


@dataclass(frozen=True)
class RatioFigures:
    """The sums of one district, township or month, and the ratios made of them; hundredths of 亩.

    `…_doubt` is land that may be farmland yet: 未评估 ground, or farmland whose 田坎 is unknown.
    """

    patches: int
    undecided_patches: int
    doubtful_patches: int
    illegal: int
    legal: int
    deducted: int
    unrectified: int
    undecided: int
    illegal_doubt: int
    legal_doubt: int
    undecided_doubt: int
    illegal_area: int
    legal_area: int
    deducted_area: int
    unrectified_area: int
    deduct_from: DeductFrom = DeductFrom.NUMERATOR

    @property
    def shares(self) -> tuple[Share, Share, Share, Share, Share, Share]:
        """The six ratios that are shown side by side."""
        farmland, area = self.illegal + self.legal, self.illegal_area + self.legal_area
        both = self.deduct_from is DeductFrom.BOTH
        return (
            Share("违法占用耕地面积占新增建设用地占用耕地面积比例", self.illegal, farmland),
            Share(
                "扣减后违法占用耕地面积占新增建设用地占用耕地面积比例",
                self.illegal - self.deducted,
                farmland - (self.deducted if both else 0),
            ),
            Share("违法占地面积占新增建设用地占用面积比例", self.illegal_area, area),
            Share(
                "扣减后违法占地面积占新增建设用地占用面积比例",
                self.illegal_area - self.deducted_area,
                area - (self.deducted_area if both else 0),
            ),
            Share("未整改监测面积占违法监测面积比例", self.unrectified_area, self.illegal_area),
            Share("未整改耕地面积占违法耕地面积比例", self.unrectified, self.illegal),
        )

    @property
    def ratio(self) -> float | None:
        """违法占用耕地面积比例 over what is decided and evaluated."""
        return self.shares[0].value

    @property
    def best(self) -> float | None:
        """The least it can become: every undecided patch legal, no doubtful land under illegal ones."""
        rest = self.legal + self.legal_doubt + self.undecided + self.undecided_doubt
        least = Share("", self.illegal, self.illegal + rest).value
        return 1.0 if least is None and self.illegal_doubt > 0 else least

    @property
    def worst(self) -> float | None:
        """The most it can become: every undecided patch illegal, all their doubtful land farmland."""
        top = self.illegal + self.illegal_doubt + self.undecided + self.undecided_doubt
        most = Share("", top, top + self.legal).value
        return 0.0 if most is None and self.legal_doubt > 0 else most

    @property
    def uncertain(self) -> str:
        """What makes the figure uncertain, in Chinese; '' when nothing does."""
        parts = []
        if self.undecided_patches:
            mu = hundredths_text(self.undecided + self.undecided_doubt)
            parts.append(f"{self.undecided_patches}个图斑未判定（耕地最多{mu}亩）")
        if self.doubtful_patches:
            mu = hundredths_text(self.illegal_doubt + self.legal_doubt)
            parts.append(f"{self.doubtful_patches}个已判定图斑的耕地面积未评估或不全（最多{mu}亩）")
        return "，".join(parts)

    @property
    def caveat(self) -> str:
        """The same with the bounds that follow, a sentence; '' when nothing is uncertain."""
        if not self.uncertain:
            return ""
        return f"{self.uncertain}：比例尚不确定，最低{percent(self.best)}，最高{percent(self.worst)}。"


def percent(value: float | None, decimals: int = 2) -> str:
    """Return a ratio as it is printed, — when there is none: half a digit goes up, as in spreadsheets."""
    if value is None:
        return "—"
    shortest = Decimal(repr(float(value))) * 100
    return f"{shortest.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}%"


def short_percent(value: float) -> str:
    """Return a limit as people write it: 15%, 12.5%."""
    return f"{value * 100:.6g}%"


def sums(patches: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return the sums of `RatioFigures` for each group of the column `by`, or for all patches in one row ''.

    `patches` are 核实后 ones, in the figure: columns result (合法/违法/其他; anything else is undecided),
    farmland and doubtful (farmland known, and what may be farmland beside it) and area in printed hundredths
    of 亩, deducted and rectified (bool).
    """
    result = patches["result"]
    illegal, legal = (result == ILLEGAL).to_numpy(), (result == LEGAL).to_numpy()
    open_ = ~result.isin(_DECIDED).to_numpy()
    farmland, doubt, area = (patches[name].to_numpy(np.int64) for name in ("farmland", "doubtful", "area"))
    deducted = illegal & patches["deducted"].to_numpy(bool)
    unrectified = illegal & ~patches["rectified"].to_numpy(bool)
    columns = {
        "patches": np.ones(len(patches), dtype=np.int64),
        "undecided_patches": open_.astype(np.int64),
        "doubtful_patches": ((illegal | legal) & (doubt > 0)).astype(np.int64),
        "illegal": farmland * illegal,
        "legal": farmland * legal,
        "deducted": farmland * deducted,
        "unrectified": farmland * unrectified,
        "undecided": farmland * open_,
        "illegal_doubt": doubt * illegal,
        "legal_doubt": doubt * legal,
        "undecided_doubt": doubt * open_,
        "illegal_area": area * illegal,
        "legal_area": area * legal,
        "deducted_area": area * deducted,
        "unrectified_area": area * unrectified,
    }
    if by is None:
        return pd.DataFrame({name: [values.sum()] for name, values in columns.items()}, index=[""])
    frame = pd.DataFrame(columns, index=patches.index)
    return frame.groupby(patches[by].to_numpy(), sort=True).sum()


def figures(patches: pd.DataFrame, rule: RatioRule) -> RatioFigures:
    """Return the figures of all patches together; see `sums` for the columns."""
    return figures_by(patches, rule, None)[""]


def figures_by(patches: pd.DataFrame, rule: RatioRule, by: str | None) -> dict[str, RatioFigures]:
    """Return the figures of each group of the column `by`."""
    rows = sums(patches, by).to_dict("index")
    return {str(key): RatioFigures(**row, deduct_from=rule.deduct_from) for key, row in rows.items()}


def movers(patches: pd.DataFrame, whole: RatioFigures, count: int = 10) -> pd.DataFrame:
    """Return the undecided patches whose determination moves the ratio most, largest first.

    Columns patch_no, farmland (hundredths of 亩, what may be farmland included), if_illegal, if_legal (the
    ratio then, all else as it stands), swing. Patches without farmland move nothing and are left out.
    """
    undecided = patches[~patches["result"].isin(_DECIDED)]
    land = undecided["farmland"] + undecided["doubtful"]
    order = land[land > 0].sort_values(ascending=False, kind="stable").index[:count]
    taken = land[order].to_numpy(np.int64)
    top, bottom = whole.illegal, whole.illegal + whole.legal
    frame = pd.DataFrame({"patch_no": undecided.loc[order, "patch_no"].to_numpy(), "farmland": taken})
    frame["if_illegal"] = (top + taken) / (bottom + taken)
    frame["if_legal"] = top / (bottom + taken)
    frame["swing"] = frame["if_illegal"] - frame["if_legal"]
    return frame

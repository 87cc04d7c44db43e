"""The overlay of one patch as a person reads it: printed 亩 and shares, what was met before what was not."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from weipian_plugin.domain.land_parts import ClassArea, PrintedLand, printed_classes
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import apportion, to_mu
from weipian_plugin.exchange.figures import LandFigures, TraceArea, figures_of, land_of
from weipian_plugin.workflow.dictionaries import land_classes


class Tone(StrEnum):
    """How a line is to be taken."""

    HIT = "命中"
    SLIVER = "边角"
    """Met, but below what the plan counts."""
    NOT_EVALUATED = "未评估"
    """Nobody can know: never a no."""
    MISS = "未命中"


_TONES, _ROLES = tuple(Tone), tuple(Role)


@dataclass(frozen=True)
class OverlayLine:
    """One layer, or one land class, of a patch. Areas are printed 亩; '' where there is none."""

    role: Role
    name: str
    """The layer, or 地类 with its code."""
    labels: tuple[str, ...]
    """Names of what was met, the largest first."""
    gross: str
    net: str
    """After 田坎; land classes only."""
    share: str
    tone: Tone
    edition: str


@dataclass(frozen=True)
class OverlayView:
    """The lines of a patch, with its land by group."""

    lines: tuple[OverlayLine, ...]
    land: LandFigures


def overlay_view(
    area_m2: float, areas: pd.DataFrame, hits: pd.DataFrame, slivers: Collection[Role]
) -> OverlayView:
    """Return what the stored overlay of a patch says; `slivers` are the roles whose claims do not count.

    Land classes come first, the largest of them first, and add up to the printed patch; other layers follow,
    those met before the others.
    """
    rows: list[Any] = list(areas.itertuples(index=False))
    land = [row for row in rows if row.role == Role.LAND_CLASS]
    land.sort(key=lambda row: (row.status != Status.HIT, -row.area_m2))
    others = [_layer_line(row, hits, slivers) for row in rows if row.role != Role.LAND_CLASS]
    others.sort(key=lambda line: (_TONES.index(line.tone), _ROLES.index(line.role)))
    classes = [ClassArea(row.class_code, row.status, row.area_m2, row.net_area_m2) for row in land]
    printed = land_of(area_m2, classes, land_classes().group)
    return OverlayView((*_land_lines(land, classes, printed), *others), figures_of(printed, 2)[0])


def _land_lines(
    rows: Sequence[Any], classes: Sequence[ClassArea], printed: PrintedLand
) -> Iterable[OverlayLine]:
    known = [(row, one) for row, one in zip(rows, classes, strict=True) if not math.isnan(row.area_m2)]
    areas = printed_classes(printed, 0, [one for _, one in known], land_classes().group)
    for (row, _), (gross, net) in zip(known, areas, strict=True):
        yield OverlayLine(
            Role.LAND_CLASS,
            f"{row.class_name} {row.class_code}".strip() or "未覆盖",
            (),
            printed_text(gross, to_mu(row.area_m2)),
            _net_text(row, net),
            share_text(row.share),
            Tone.NOT_EVALUATED if row.status == Status.NOT_EVALUATED else Tone.HIT,
            row.edition,
        )
    if rows and not known:
        yield OverlayLine(Role.LAND_CLASS, Role.LAND_CLASS.label, (), "", "", "", Tone.NOT_EVALUATED, "")


def _net_text(row: Any, net: float) -> str:
    if math.isnan(row.net_area_m2):
        return ""
    return printed_text(net, to_mu(min(max(row.net_area_m2, 0.0), row.area_m2)))


def _layer_line(row: Any, hits: pd.DataFrame, slivers: Collection[Role]) -> OverlayLine:
    role, tone = Role(row.role), Tone(row.status)
    if tone is Tone.HIT and role in slivers:
        tone = Tone.SLIVER
    met = hits.loc[hits["role"] == row.role, "label"] if tone in (Tone.HIT, Tone.SLIVER) else ()
    area = to_mu(row.area_m2)
    gross = "" if math.isnan(area) else printed_text(apportion([area], area)[0], area)
    labels = tuple(dict.fromkeys(label for label in met if label))
    return OverlayLine(role, role.label, labels, gross, "", share_text(row.share), tone, row.edition)


def printed_text(printed: float, exact: float) -> str:
    """Return a printed area; what exists but rounds to zero is ＜0.01, never a plain 0."""
    if isinstance(printed, TraceArea) or (printed == 0 and exact > 1e-9):
        return "＜0.01"
    return f"{printed:.2f}"


def share_text(share: float) -> str:
    """Return a share as a percentage with one decimal; '' for none."""
    return "" if math.isnan(share) else f"{share:.1%}"

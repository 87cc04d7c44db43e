"""The overlay of one patch as a person reads it: printed 亩 and shares, what was met before what was not."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import apportion, to_mu
from weipian_plugin.exchange.figures import ClassArea, LandFigures, TraceArea, land_figures, printed_parts
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
    figures = land_figures(area_m2, classes, land_classes().group)
    return OverlayView((*_land_lines(land, area_m2), *others), figures)


def _land_lines(rows: Sequence[Any], area_m2: float) -> Iterable[OverlayLine]:
    known = [row for row in rows if not math.isnan(row.area_m2)]
    printed = printed_parts([to_mu(row.area_m2) for row in known], to_mu(area_m2))
    for row, gross in zip(known, printed, strict=True):
        yield OverlayLine(
            Role.LAND_CLASS,
            f"{row.class_name} {row.class_code}".strip() or "未覆盖",
            (),
            printed_text(gross, to_mu(row.area_m2)),
            _net_text(row, gross),
            share_text(row.share),
            Tone.NOT_EVALUATED if row.status == Status.NOT_EVALUATED else Tone.HIT,
            row.edition,
        )
    if rows and not known:
        yield OverlayLine(Role.LAND_CLASS, Role.LAND_CLASS.label, (), "", "", "", Tone.NOT_EVALUATED, "")


def _net_text(row: Any, gross: float) -> str:
    """Return the printed net area: it and the 田坎 make up the printed gross."""
    if math.isnan(row.net_area_m2):
        return ""
    net = min(max(row.net_area_m2, 0.0), row.area_m2)
    printed = apportion([to_mu(net), to_mu(row.area_m2 - net)], gross)[0]
    return printed_text(printed, to_mu(net))


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

"""Checks of a patch's areas against one another and against what was issued and approved."""

from __future__ import annotations

from collections.abc import Iterator

from weipian_plugin.domain.amounts import amount_of
from weipian_plugin.domain.precheck.catalogue import Limits
from weipian_plugin.domain.precheck.subject import LEGAL, PatchUnderCheck, Surroundings

_APPROVED_AREA = ("批准面积", "建新地块面积")


def overlay_missing(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """No layer at all was evaluated."""
    if patch.balance_mu is None and not patch.controls_mu:
        yield "没有套合结果"


def area_balance(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """地块面积 = 耕地 + 非耕农用地 + 未利用地 + 建设用地 does not hold."""
    if patch.balance_mu is not None and abs(patch.balance_mu) > limits.tolerance_mu + 1e-9:
        yield f"各地类之和与图斑面积相差 {patch.balance_mu:+.2f} 亩"


def area_exceeds(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A part is larger than the whole."""
    parts = {"耕地": patch.farmland_mu, **patch.controls_mu}
    most = patch.area_mu + limits.tolerance_mu + 1e-9
    for name, area in parts.items():
        if area is not None and area > most:
            yield f"{name} {area:.2f} 亩大于图斑面积 {patch.area_mu:.2f} 亩"


def area_issued_note(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A little off the issued area (提醒)."""
    yield from _issued(patch, limits.issued_note_mu, limits.issued_warning_mu)


def area_issued_warning(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """More than a tenth of a 亩 off the issued area (警告)."""
    yield from _issued(patch, limits.issued_warning_mu, limits.issued_severe_mu)


def area_issued_severe(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """More than a 亩 off the issued area (严重)."""
    yield from _issued(patch, limits.issued_severe_mu, float("inf"))


def not_evaluated(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Layers without an answer."""
    if patch.not_evaluated and (patch.balance_mu is not None or patch.controls_mu):
        yield f"未评估：{'、'.join(patch.not_evaluated)}"


def approval_uncovered(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal, and part of it lies outside the approval layer."""
    if patch.result != LEGAL or not patch.approved_mu:
        return
    left = patch.area_mu - patch.approved_mu
    if left > limits.uncovered_mu + 1e-9:
        yield f"批准范围盖住 {patch.approved_mu:.2f} 亩，还有 {left:.2f} 亩没有盖住"


def legal_uncovered(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal, and the approval layer does not meet it at all."""
    if patch.result == LEGAL and patch.approved_mu == 0:
        yield "批准图层没有盖住图斑"


def approved_area(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The papers approve less than the patch takes."""
    for name in _APPROVED_AREA:
        area = amount_of(patch.evidence.get(name, ""), ("亩",))
        if area is not None and area < patch.area_mu - limits.tolerance_mu - 1e-9:
            yield f"{name} {area:.2f} 亩，小于图斑面积 {patch.area_mu:.2f} 亩"


def facility_basic_farmland(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A farm facility on 永久基本农田."""
    if patch.is_called(limits.facility_words) and (patch.basic_mu or 0) > 0:
        yield f"设施农用地占永久基本农田 {patch.basic_mu:.2f} 亩"


def facility_farmland(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A farm facility on farmland."""
    if patch.is_called(limits.facility_words) and (patch.farmland_mu or 0) > 0:
        yield f"设施农用地占耕地 {patch.farmland_mu:.2f} 亩"


def _issued(patch: PatchUnderCheck, above: float, up_to: float) -> Iterator[str]:
    if patch.issued_mu is None:
        return
    gap = round(patch.area_mu - patch.issued_mu, 6)
    if above + 1e-9 < abs(gap) <= up_to + 1e-9:
        yield f"图斑面积 {patch.area_mu:.2f} 亩，下发面积 {patch.issued_mu:.2f} 亩，相差 {gap:+.2f} 亩"

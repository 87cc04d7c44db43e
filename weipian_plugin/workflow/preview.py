"""Use case: look at a file before it is imported. Nothing is written, not even a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.plan.model import District
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.giving_way import free_column_by_column
from weipian_plugin.intake.base_layer import LayerIntake
from weipian_plugin.intake.crs_label import code_of_meridian, code_of_zone
from weipian_plugin.intake.decisions import Decisions
from weipian_plugin.intake.field_labels import field_label
from weipian_plugin.intake.fields import alias_table, match_fields, targets
from weipian_plugin.intake.patches import PatchIntake
from weipian_plugin.intake.preview import LayerName, Look, layers_in, look_at_layer, look_at_patches
from weipian_plugin.store.library import Library
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.district import expected_district
from weipian_plugin.workflow.import_base import BaseSource, layer_options
from weipian_plugin.workflow.import_patches import PatchSource, against_earlier, patch_options
from weipian_plugin.workflow.plans import adopted_plan

_MOST_SHAPES = 3000
_FINE = 1e-5
"""Degrees, about a metre: finer is not seen in a preview."""
_COARSE = 3e-4
_EVERYWHERE = np.array([[-180.0, -90.0, 180.0, 90.0]])

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Preview:
    """What an import would bring."""

    look: Look[Any]
    findings: tuple[Finding, ...]
    refusal: str
    """Chinese: why it cannot be imported as it is; '' when it can."""
    decisions: Decisions | None
    """None where nothing could be taken."""
    role: Role | None
    """Of a base layer, as chosen or told from its name; None when it is not clear."""
    fields: tuple[tuple[str, str, str], ...]
    """What is looked for: canonical name, what the office calls it, the column that serves ('' for none)."""
    crs_choices: tuple[tuple[str, str], ...]
    """Code and description of the coordinate systems in use around the district."""
    shapes: Shapes
    """Outlines in degrees, some of them where there are very many."""
    townships: Shapes
    """Outlines in degrees, from the library."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported as it is."""
        return not self.refusal


def preview_patches(
    workspace: Path, library: Path | None, source: PatchSource, progress: Progress
) -> Preview:
    """Return what importing a batch would bring; raises WeipianError when the workspace cannot be read."""
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    look = look_at_patches(source.path, patch_options(work, source, plan), progress.part(0, 0.8))
    refusal = look.refusal
    if look.intake is not None:
        progress.report(0.8, "与以前的批次比对")
        try:
            look = replace(look, intake=against_earlier(work, source, look.intake, progress.check)[0])
        except Cancelled:
            raise
        except WeipianError as error:
            refusal = str(error)
    townships = _townships(library)
    progress.report(1.0)
    return _preview(look, refusal, None, _Fields("patch", source.fields), plan.district, townships)


def preview_base(library: Path, source: BaseSource, progress: Progress) -> Preview:
    """Return what importing a base layer would bring; the library need not exist yet."""
    look = look_at_layer(source.path, source.role, layer_options(library, source), progress.part(0, 0.95))
    guessed = look.proposal.role if look.proposal is not None and look.proposal.is_clear else None
    role = source.role or guessed
    district = expected_district(library, source.plan)
    townships = _townships(library)
    progress.report(1.0)
    fields = _Fields(role.value if role else "", source.fields)
    preview = _preview(look, look.refusal, role, fields, district, townships)
    if look.intake is not None:
        free_column_by_column(look.intake.frame)
    return preview


def list_base_layers(paths: list[str], progress: Progress) -> tuple[list[LayerName], list[str]]:
    """Return every layer in the files, with what it may be, and a sentence for every file that is none."""
    found: list[LayerName] = []
    refused: list[str] = []
    for index, path in enumerate(paths):
        part = progress.part(index / len(paths), (index + 1) / len(paths))
        try:
            layers = layers_in(path, part)
            found += layers
            refused += [] if layers else [f"{Path(path).name} 里没有面图层。"]
        except Cancelled:
            raise
        except WeipianError as error:
            refused.append(str(error))
    progress.report(1.0)
    return found, refused


@dataclass(frozen=True)
class _Fields:
    """What is looked for in a file."""

    section: str
    """Of the alias table; '' for nothing."""
    laid_down: Mapping[str, str]


def _preview(
    look: Look[Any], refusal: str, role: Role | None, fields: _Fields, district: District, townships: Shapes
) -> Preview:
    intake: PatchIntake | LayerIntake | None = look.intake
    decisions = intake.decisions if intake is not None else None
    return Preview(
        look=replace(look, intake=None),
        findings=intake.findings if intake is not None else (),
        refusal=refusal,
        decisions=decisions,
        role=role,
        fields=_matched(fields, look, decisions),
        crs_choices=_crs_choices(district),
        shapes=_outlines(intake.frame.geometry.to_numpy()) if intake is not None else np.empty(0, object),
        townships=townships,
    )


def _matched(
    fields: _Fields, look: Look[Any], decisions: Decisions | None
) -> tuple[tuple[str, str, str], ...]:
    wanted = alias_table().get(fields.section, {})
    used = decisions.fields if decisions is not None else _guessed(wanted, fields.laid_down, look)
    return tuple((name, field_label(name), used.get(name, "")) for name in wanted)


def _guessed(wanted: Mapping[str, Any], laid_down: Mapping[str, str], look: Look[Any]) -> Mapping[str, str]:
    """Return what the names say of a file that could not be taken."""
    samples = dict(zip(look.columns, map(list, zip(*look.rows, strict=True)), strict=False))
    given = {name: column for name, column in laid_down.items() if column in ("", *look.columns)}
    try:
        return match_fields(
            look.columns, targets(wanted), lambda name: samples.get(name, []), laid_down=given
        )
    except WeipianError:
        return given


def _crs_choices(district: District) -> tuple[tuple[str, str], ...]:
    """Return degrees, and the 3° zones that the district touches or that lie beside it."""
    degrees = ("EPSG:4490", "CGCS2000 经纬度")
    if district.bbox is None:
        return (degrees,)
    west, _, east, _ = district.bbox
    zones = range(round(west / 3) - 1, round(east / 3) + 2)
    prefixed = [(code_of_zone(zone), f"3度带 第{zone}带（东坐标有带号）") for zone in zones]
    bare = [(code_of_meridian(3.0 * zone), f"3度带 中央经线{3 * zone}°（无带号）") for zone in zones]
    return (degrees, *(choice for choice in (*prefixed, *bare) if choice[0]))


def _outlines(geometries: Shapes) -> Shapes:
    step = -(-len(geometries) // _MOST_SHAPES) or 1
    return shapely.simplify(geometries[::step], _FINE)


def _townships(library: Path | None) -> Shapes:
    """Return the outlines of the library's townships; none where there are none."""
    if library is None or not library.exists():
        return np.empty(0, dtype=object)
    held = Library.open(library)
    if Role.TOWNSHIP not in held.editions():
        return np.empty(0, dtype=object)
    shapes = shapely.from_wkb(held.near(Role.TOWNSHIP, _EVERYWHERE).wkb)
    return shapely.simplify(np.asarray(shapes, dtype=object), _COARSE)

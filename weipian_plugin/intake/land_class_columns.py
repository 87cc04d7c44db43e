"""The columns of a land-class layer (DLTB): class, parcel areas and the 田坎 deduction."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.units import AREA_UNITS
from weipian_plugin.intake.area_unit import unit_of
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.values import Series, code_text, figures, texts

Floats = NDArray[np.float64]
_LARGEST_DIFFERENCE = 0.01
_EXAMPLES = 5
_RIDGE = "1203"
"""田坎: what 三调 deducts from a parcel."""
_AREAS = ("parcel_area", "net_parcel_area", "deducted_area")


def build(
    attributes: pd.DataFrame,
    fields: dict[str, str],
    fids: NDArray[np.int64],
    area_m2: Floats,
    classes: LandClasses,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return label, class_code, parcel_area_m2, net_parcel_area_m2 and deducted_class, and findings.

    A missing net area is the parcel area less its share of 田坎 (TBMJ × (1 - KCXS), or TBMJ - KCMJ), of the
    geometry where TBMJ is missing too.
    """
    codes, found = _codes(attributes, fields, fids, classes)
    deducted = _deducted(attributes, fields)
    unit = unit_of(_column(attributes, fields, "parcel_area"), area_m2)
    if AREA_UNITS.get(unit, 1.0) != 1:
        found.append(finding("parcel-area-unit", unit=unit))
        attributes = _in_square_metres(attributes, fields, AREA_UNITS[unit])
    parcel, parcel_findings = _parcel_areas(attributes, fields, fids, area_m2)
    net, net_findings = _net_areas(attributes, fields, fids, parcel, area_m2, deducted != "")
    columns = pd.DataFrame(
        {
            "label": _labels(attributes, fields, codes, classes),
            "class_code": codes,
            "parcel_area_m2": parcel,
            "net_parcel_area_m2": net,
            "deducted_class": deducted,
        },
        copy=False,
    )
    return columns, found + parcel_findings + net_findings


def _column(attributes: pd.DataFrame, fields: dict[str, str], name: str) -> Floats:
    if name not in fields:
        return np.full(len(attributes), np.nan)
    return figures(attributes[fields[name]])


def _in_square_metres(attributes: pd.DataFrame, fields: dict[str, str], factor: float) -> pd.DataFrame:
    areas = [fields[name] for name in _AREAS if name in fields]
    converted = attributes.copy(deep=False)
    for name in areas:
        converted[name] = figures(attributes[name]) * factor
    return converted


def _codes_of(attributes: pd.DataFrame, fields: dict[str, str], name: str) -> NDArray[np.object_]:
    if name not in fields:
        return np.full(len(attributes), "", dtype=object)
    index, values = pd.factorize(np.array([*texts(attributes[fields[name]]), None], dtype=object)[:-1])
    return np.array([code_text(value).upper() for value in values] + [None], dtype=object)[:-1][index]


def _deducted(attributes: pd.DataFrame, fields: dict[str, str]) -> NDArray[np.object_]:
    """Return KCDLBM; without that field it is 田坎 wherever something is deducted."""
    if "deducted_class" in fields:
        return _codes_of(attributes, fields, "deducted_class")
    parcel, net, ratio, area = (
        _column(attributes, fields, name)
        for name in ("parcel_area", "net_parcel_area", "deducted_ratio", "deducted_area")
    )
    with np.errstate(invalid="ignore"):
        is_deducted = ((net > 0) & (net < parcel)) | (ratio > 0) | (area > 0)
    return np.where(is_deducted, _RIDGE, "").astype(object)


def _codes(
    attributes: pd.DataFrame, fields: dict[str, str], fids: NDArray[np.int64], classes: LandClasses
) -> tuple[NDArray[np.object_], list[Finding]]:
    """Return 三调 codes; old ones are mapped, unknown ones stay as they are."""
    issued, padded = _with_zeros(
        _codes_of(attributes, fields, "class_code"), attributes[fields["class_code"]]
    )
    index, values = pd.factorize(issued)
    modern = np.array([classes.modernise(value) for value in values] + [None], dtype=object)[:-1]
    counts = np.bincount(index, minlength=len(values))
    found: list[Finding] = [finding("class-numeric", rows=padded)] if padded else []
    if (blank := fids[issued == ""]).size:
        found.append(finding("class-missing", blank.tolist()))
    old = {v: m for v, m in zip(values, modern, strict=True) if v != m}
    if old:
        listing = "、".join(f"{value}→{new}" for value, new in sorted(old.items()))
        rows = int(sum(counts[i] for i, value in enumerate(values) if value in old))
        found.append(finding("class-old", sorted(old), rows=rows, codes=listing))
    unknown = {v: int(counts[i]) for i, v in enumerate(values) if v and not classes.is_known(v)}
    if unknown:
        listing = "、".join(f"{code}（{count} 个）" for code, count in sorted(unknown.items()))
        found.append(finding("class-unknown", sorted(unknown), codes=listing, rows=sum(unknown.values())))
    return modern[index] if len(issued) else issued, found


def _with_zeros(codes: NDArray[np.object_], column: Series) -> tuple[NDArray[np.object_], int]:
    """Return codes with the leading zeros that a numeric column has lost, and how many got one.

    Raises WeipianError where 101 may be 0101 or the old 101: nothing in the column tells which.
    """
    if not pd.api.types.is_numeric_dtype(column):
        return codes, 0
    lengths = {len(code) for code in set(codes.tolist()) if code}
    if not lengths & {2, 3}:
        return codes, 0
    if len(lengths & {2, 4}) != 1:
        raise WeipianError(
            "地类编码字段是数字型，开头的零已经丢失，分不出 101 是三调的 0101 还是旧分类的 101，没有导入；"
            "请索取地类编码为文本的文件。"
        )
    width = 4 if 4 in lengths else 3
    padded = np.array([code.zfill(width) if code else "" for code in codes] + [None], dtype=object)[:-1]
    return padded, int((padded != codes).sum())


def _labels(
    attributes: pd.DataFrame, fields: dict[str, str], codes: NDArray[np.object_], classes: LandClasses
) -> list[str]:
    """Return class name and parcel number, such as `旱地 0123`."""
    names = (
        texts(attributes[fields["class_name"]])
        if "class_name" in fields
        else [classes.name(code) for code in codes]
    )
    if "parcel_no" not in fields:
        return names
    return [
        f"{name} {number}".strip()
        for name, number in zip(names, texts(attributes[fields["parcel_no"]]), strict=True)
    ]


def _parcel_areas(
    attributes: pd.DataFrame, fields: dict[str, str], fids: NDArray[np.int64], area_m2: Floats
) -> tuple[Floats, list[Finding]]:
    parcel = _column(attributes, fields, "parcel_area")
    parcel[~(parcel > 0)] = np.nan
    found = []
    if np.isnan(parcel).any():
        found.append(finding("parcel-area-missing", rows=int(np.isnan(parcel).sum())))
    with np.errstate(invalid="ignore"):
        off = np.flatnonzero(np.abs(parcel - area_m2) > _LARGEST_DIFFERENCE * area_m2)
    if len(off):
        examples = "；".join(
            f"{fids[row]} 图斑面积 {parcel[row]:.2f}、图形 {area_m2[row]:.2f}" for row in off[:_EXAMPLES]
        )
        found.append(finding("parcel-area-differs", fids[off].tolist(), examples=examples))
    return parcel, found


def _net_areas(
    attributes: pd.DataFrame,
    fields: dict[str, str],
    fids: NDArray[np.int64],
    parcel: Floats,
    area_m2: Floats,
    is_deducted: NDArray[np.bool_],
) -> tuple[Floats, list[Finding]]:
    """Return TBDLMJ, computed where it is missing; the parcel area where nothing is deducted."""
    issued = _column(attributes, fields, "net_parcel_area")
    ratio = _column(attributes, fields, "deducted_ratio")
    deducted = _column(attributes, fields, "deducted_area")
    whole = np.where(np.isfinite(parcel), parcel, area_m2)
    computed = np.where(np.isfinite(ratio), whole * (1 - ratio), whole - deducted)
    absent = is_deducted & ~(issued > 0)
    unknown = absent & ~np.isfinite(computed)
    net = np.where(is_deducted & (issued > 0), issued, np.where(absent & ~unknown, computed, parcel))
    found = []
    if len(fids) and not {"deducted_class", "net_parcel_area", "deducted_ratio", "deducted_area"} & set(
        fields
    ):
        found.append(finding("ridge-fields-missing"))
    if (absent & ~unknown).any():
        found.append(finding("ridge-computed", rows=int((absent & ~unknown).sum())))
    if unknown.any():
        found.append(finding("ridge-missing", fids[unknown].tolist()))
    return net, found

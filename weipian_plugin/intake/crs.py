"""Which coordinate system the data are really in: what the file claims, held against its numbers.

No datum is ever shifted: CGCS2000 and WGS84 coordinates are taken as they are, 西安80, 北京54 and Web
Mercator are refused, because no lawful shift is known offline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.plan.model import District
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.coordinates import Family, families, family_of
from weipian_plugin.intake.crs_label import (
    Datum,
    Label,
    code_of_meridian,
    code_of_zone,
    meridian_of_zone,
    named_datum,
    parse_label,
    parse_wanted,
    three_degree_meridians,
)

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
_DEGREES_CODE = "EPSG:4490"
_HALF_ZONE = 1.5
_MARGIN = 0.05
"""Degrees around the district's box that still count as inside."""
_REFUSED = {
    Datum.XIAN80: "西安80",
    Datum.BEIJING54: "北京54",
    Datum.OTHER: "既不是 CGCS2000 也不是 WGS84",
}


@dataclass(frozen=True)
class CrsChoice:
    """The decision about one layer."""

    name: str
    why: str
    crs: pyproj.CRS
    swapped: bool = False
    guessed: bool = False
    """Whether the file's own label was missing or not believed."""
    wanted: bool = False
    findings: tuple[Finding, ...] = ()
    outliers: NDArray[np.bool_] | None = None
    """Features whose coordinates are of another kind than most; row by row."""

    def with_finding(self, new: Finding) -> CrsChoice:
        """Return the decision with one more finding."""
        return replace(self, findings=(*self.findings, new))


@dataclass(frozen=True)
class _Seen:
    """What the numbers show: the family of most features, their zone, and who differs."""

    family: Family
    swapped: bool
    zone: int | None
    outliers: NDArray[np.bool_]
    centres: Floats
    """x, y of the features that agree, straightened."""

    def text(self) -> str:
        """Return the kind and an example for messages."""
        if not len(self.centres):
            return self.family.value
        x, y = self.centres[0]
        digits = 5 if abs(x) <= 180 else 0
        return f"{self.family.value}，如 {x:.{digits}f}, {y:.{digits}f}"


def choose_crs(bounds: Floats, text: str, wanted: str, district: District) -> CrsChoice:
    """Return the coordinate system of a layer whose features have these bounds, shape (n, 4), NaN for none.

    `text` is the file's own CRS text, `wanted` what the person laid down. Raises WeipianError, in one
    sentence that names the choice left, when it cannot be known or must not be used.
    """
    seen = _look(bounds)
    label = parse_wanted(wanted) if wanted else parse_label(text)
    if label is None:
        _refuse_unreadable(text)
        choice = _guess(seen, district)
    else:
        _refuse_datum(label, bool(wanted))
        choice = _settle(label, seen, district, bool(wanted))
    if wanted:
        choice = _note_overridden(choice, text)
    if seen.swapped:
        choice = replace(choice, swapped=True).with_finding(finding("crs-swapped"))
    return replace(choice, outliers=seen.outliers)


def to_degrees(geometries: NDArray[np.object_], choice: CrsChoice) -> NDArray[np.object_]:
    """Return the geometries in EPSG:4490 degrees (lon, lat), vertex by vertex; the input array is reused."""
    if choice.crs.is_geographic and not choice.swapped:
        return geometries
    coordinates = shapely.get_coordinates(geometries)
    if choice.swapped:
        coordinates = np.ascontiguousarray(coordinates[:, ::-1])
    return shapely.set_coordinates(geometries, transform(coordinates, choice.crs))


def transform(coordinates: Floats, crs: pyproj.CRS) -> Floats:
    """Return degrees, shape (n, 2), of coordinates in `crs`: the projection undone, the datum left alone."""
    if crs.is_geographic:
        return coordinates
    back = _way_back(crs)
    # pyproj takes an array of one for a number, which NumPy is going to forbid; it takes a list for a list.
    x, y = (list(column) if len(column) == 1 else column.copy() for column in coordinates.T)
    return np.column_stack(back.transform(x, y))


@lru_cache(maxsize=4)
def _way_back(crs: pyproj.CRS) -> pyproj.Transformer:
    """Return what undoes the projection; it takes 70 ms to set up, which pyproj does once a thread."""
    return pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def check_district(bounds: Floats, choice: CrsChoice, district: District) -> NDArray[np.bool_]:
    """Return which features, bounds in degrees, lie wholly outside the district.

    Raises WeipianError when all do, unless the person laid down the coordinate system.
    """
    if district.bbox is None:
        return np.zeros(len(bounds), dtype=bool)
    present = np.isfinite(bounds).all(axis=1)
    outside = present & ~_touches(bounds, district.bbox)
    if present.any() and outside[present].all() and not choice.wanted:
        raise WeipianError(
            f"按坐标系 {choice.name} 读取，全部图形都落在{district.called}范围之外"
            f"（{_extent(bounds)}），没有导入；请核实文件和坐标系，确认无误的用 CRS 参数指定坐标系。"
        )
    return outside


def extent(bounds: Floats) -> Box:
    """Return west, south, east, north over all bounds."""
    west, south = np.nanmin(bounds[:, :2], axis=0)
    east, north = np.nanmax(bounds[:, 2:], axis=0)
    return float(west), float(south), float(east), float(north)


def _extent(bounds: Floats) -> str:
    west, south, east, north = extent(bounds)
    return f"经度 {west:.4f} 至 {east:.4f}，纬度 {south:.4f} 至 {north:.4f}"


def _touches(bounds: Floats, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    return np.asarray(
        (bounds[:, 2] >= west - _MARGIN)
        & (bounds[:, 0] <= east + _MARGIN)
        & (bounds[:, 3] >= south - _MARGIN)
        & (bounds[:, 1] <= north + _MARGIN)
    )


def _look(bounds: Floats) -> _Seen:
    centres = (bounds[:, :2] + bounds[:, 2:]) / 2
    present = np.isfinite(centres).all(axis=1)
    if not present.any():
        return _Seen(Family.UNKNOWN, False, None, np.zeros(len(bounds), dtype=bool), np.empty((0, 2)))
    family, swapped = families(centres[:, 0], centres[:, 1])
    easting = np.where(swapped, centres[:, 1], centres[:, 0])
    is_zone = family == list(Family).index(Family.ZONE)
    zone = np.where(is_zone, np.nan_to_num(easting) // 1_000_000, -1).astype(np.int64)
    # Degrees swapped and straight differ too, so the sign takes part in the key.
    key = (family * 100 + zone) * 2 + swapped
    values, counts = np.unique(key[present], return_counts=True)
    like_most = present & (key == values[counts.argmax()])
    row = int(np.flatnonzero(like_most)[0])
    straight = centres[like_most][:, ::-1] if swapped[row] else centres[like_most]
    return _Seen(
        family_of(int(family[row])),
        bool(swapped[row]),
        int(zone[row]) if is_zone[row] else None,
        present & ~like_most,
        straight,
    )


def _refuse_datum(label: Label, is_wanted: bool) -> None:
    source = "指定的" if is_wanted else "文件的"
    way_out = "请由测绘部门转换成 CGCS2000 后再导入" + (
        "。"
        if is_wanted
        else "；若确认数据本来就是 CGCS2000、只是标签写错，请用 CRS 参数指定，如 EPSG:4524。"
    )
    if label.is_web_mercator:
        raise WeipianError(
            f"{source}坐标系是 Web 墨卡托（{label.name}），网络地图坐标不能用于执法核查，{way_out}"
        )
    if label.datum in _REFUSED:
        raise WeipianError(
            f"{source}坐标系是{_REFUSED[label.datum]}（{label.name}），与 CGCS2000 相差几十米以上，"
            f"离线没有合法的转换参数，{way_out}"
        )


def _refuse_unreadable(text: str) -> None:
    """Refuse a label that cannot be read as a whole but names a datum that must not be used."""
    datum = named_datum(text)
    if datum in _REFUSED:
        raise WeipianError(
            f"文件的坐标系说明不完整，但写着{_REFUSED[datum]}，与 CGCS2000 相差几十米以上，没有导入；"
            "请由测绘部门核实并转换成 CGCS2000，若确认只是标签写错，请用 CRS 参数指定，如 EPSG:4524。"
        )


def _settle(label: Label, seen: _Seen, district: District, is_wanted: bool) -> CrsChoice:
    """Return the decision for a label of an admissible datum."""
    why = "按指定的坐标系" if is_wanted else f"文件标明 {label.crs.name}"
    fitting = CrsChoice(label.name, why, label.crs, wanted=is_wanted, findings=_datum_notes(label))
    if seen.family is Family.UNKNOWN and not len(seen.centres):
        return fitting
    if _agrees(label, seen):
        return _inside(fitting, label, seen, district)
    if label.meridian is not None and seen.family in (Family.ZONE, Family.PLAIN):
        return _other_prefix(fitting, label, seen, district)
    return _contradicted(label, seen, district, is_wanted)


def _agrees(label: Label, seen: _Seen) -> bool:
    if label.is_geographic:
        return seen.family is Family.DEGREES
    if label.meridian is None:
        return seen.family is not Family.DEGREES
    if label.zone is None:
        return seen.family is Family.PLAIN
    return seen.family is Family.ZONE and seen.zone == label.zone


def _datum_notes(label: Label) -> tuple[Finding, ...]:
    if label.datum is Datum.WGS84:
        return (finding("crs-wgs84"),)
    if label.datum is Datum.LIKE_CGCS2000:
        return (finding("crs-other-datum", label=label.name),)
    return ()


def _inside(choice: CrsChoice, label: Label, seen: _Seen, district: District) -> CrsChoice:
    """Return the choice; refuse where another central meridian puts the data into the district (as well)."""
    if choice.wanted or label.zone or label.meridian is None:
        return choice
    if label.scale != 1:
        _refuse_scaled(label, seen, district)
    if district.bbox is None or _falls_inside(seen, choice.crs, district):
        return choice
    others = _meridians_inside(seen, district)
    if others:
        codes = "、".join(code_of_meridian(meridian) for meridian in others)
        raise WeipianError(
            f"按文件标明的坐标系 {label.name}，数据落在{district.called}范围之外，"
            f"而按 {codes} 则落在区内，说明文件的坐标系写错了；请核实后用 CRS 参数指定。"
        )
    return choice


def _refuse_scaled(label: Label, seen: _Seen, district: District) -> None:
    """Refuse UTM where the same numbers are Gauss-Krüger in the district too: 1 km apart, and no telling."""
    rival = code_of_meridian(label.meridian or 0)
    if rival and _falls_inside(seen, pyproj.CRS.from_user_input(rival), district):
        raise WeipianError(
            f"文件标明的坐标系是 {label.name}（UTM），而同样的数值按高斯投影 {rival} 也落在"
            f"{district.called}范围内，两种读法相差约一公里，没有导入；"
            "请向提供单位核实后用 CRS 参数指定其中一个。"
        )


def _other_prefix(choice: CrsChoice, label: Label, seen: _Seen, district: District) -> CrsChoice:
    """Return the choice where label and numbers differ in the zone prefix."""
    if seen.family is Family.PLAIN:
        code, state = code_of_meridian(label.meridian or 0), "不带带号"
    else:
        code, state = code_of_zone(seen.zone or 0), f"带有带号 {seen.zone}"
    is_same_meridian = seen.zone is None or meridian_of_zone(seen.zone) == label.meridian
    if not code or label.scale != 1:
        raise WeipianError(
            f"坐标系说明是 {label.name}，而坐标{state}，两者矛盾，请核实后用 CRS 参数指定坐标系。"
        )
    crs = pyproj.CRS.from_user_input(code)
    is_proven = district.bbox is not None and _falls_inside(seen, crs, district)
    if not is_same_meridian and not is_proven:
        raise WeipianError(
            f"坐标系说明是 {label.name}，而坐标{state}，按哪一个都不在{district.called}范围内，"
            "请核实后用 CRS 参数指定坐标系。"
        )
    note = finding("crs-zone-prefix", label=label.name, state=state, crs=code)
    why = f"文件标明 {label.crs.name}，但坐标{state}"
    return replace(choice, name=code, crs=crs, why=why, guessed=not is_same_meridian).with_finding(note)


def _contradicted(label: Label, seen: _Seen, district: District, is_wanted: bool) -> CrsChoice:
    """Return the choice where the label cannot be true: the numbers decide, or it is refused."""
    if is_wanted:
        raise WeipianError(
            f"指定的坐标系 {label.name} 与数据不符（{seen.text()}），请改正 CRS 参数，或留空由程序判断。"
        )
    choice = _guess(seen, district)
    note = finding("crs-contradiction", label=label.name, seen=seen.text(), crs=choice.name, why=choice.why)
    why = f"文件标明 {label.crs.name}，但坐标是{seen.text()}；{choice.why}"
    return replace(choice, why=why, findings=(note,))


def _guess(seen: _Seen, district: District) -> CrsChoice:
    """Return the decision from the numbers alone."""
    code, why = _code_from_numbers(seen, district)
    choice = CrsChoice(code, why, pyproj.CRS.from_user_input(code), guessed=True)
    return choice.with_finding(finding("crs-guessed", crs=code, why=why))


def _code_from_numbers(seen: _Seen, district: District) -> tuple[str, str]:
    if seen.family is Family.DEGREES:
        return _DEGREES_CODE, f"坐标是经纬度（{seen.text()}）"
    if seen.family is Family.ZONE and (code := code_of_zone(seen.zone or 0)):
        return code, f"坐标带有带号 {seen.zone}（{seen.text()}）"
    if seen.family is Family.PLAIN:
        return _code_without_prefix(seen, district)
    if not len(seen.centres):
        raise WeipianError("文件里没有一个可用的图形，没有导入。")
    if seen.family is Family.MERCATOR:
        raise WeipianError(
            f"文件没有可信的坐标系说明，坐标像是 Web 墨卡托（{seen.text()}），网络地图坐标不能用于执法核查，"
            "请换成 CGCS2000 的数据，或核实后用 CRS 参数指定坐标系。"
        )
    raise WeipianError(
        f"文件没有可信的坐标系说明，坐标也看不出是哪一种（{seen.text()}），请用 CRS 参数指定。"
    )


def _code_without_prefix(seen: _Seen, district: District) -> tuple[str, str]:
    inside = _meridians_inside(seen, district) if district.bbox else []
    if len(inside) == 1 and not _is_own(inside[0], district):
        raise WeipianError(
            f"文件没有可信的坐标系说明，坐标是{seen.text()}，按 {code_of_meridian(inside[0])} 虽落在"
            f"{district.called}范围内，但这不是本区所在的 3 度带，也可能是 UTM 坐标（相差约一公里），"
            "没有导入；请核实后用 CRS 参数指定。"
        )
    if len(inside) == 1:
        return code_of_meridian(
            inside[0]
        ), f"坐标不带带号，按中央经线 {inside[0]:g}° 落在{district.called}范围内（{seen.text()}）"
    raise WeipianError(
        f"文件没有可信的坐标系说明，坐标是{seen.text()}，单凭数值定不出中央经线，"
        "请用 CRS 参数指定，如 EPSG:4545。"
    )


def _is_own(meridian: float, district: District) -> bool:
    """Return whether the meridian is that of a 3-degree zone which the district lies in."""
    if district.bbox is None:
        return False
    west, _, east, _ = district.bbox
    return west - _HALF_ZONE <= meridian <= east + _HALF_ZONE


def _meridians_inside(seen: _Seen, district: District) -> list[float]:
    return [
        meridian
        for meridian in three_degree_meridians()
        if _falls_inside(seen, pyproj.CRS.from_user_input(code_of_meridian(meridian)), district)
    ]


def _falls_inside(seen: _Seen, crs: pyproj.CRS, district: District) -> bool:
    """Return whether most features fall into the district's box; True when the box is not known."""
    if district.bbox is None:
        return True
    degrees = transform(seen.centres[:1000], crs)
    inside = _touches(np.hstack([degrees, degrees]), district.bbox)
    return bool(inside.mean() > 0.5)


def _note_overridden(choice: CrsChoice, text: str) -> CrsChoice:
    own = parse_label(text)
    if own is None or own.name == choice.name or own.crs.equals(choice.crs, ignore_axis_order=True):
        return choice
    return choice.with_finding(finding("crs-label-overridden", label=own.name, crs=choice.name))

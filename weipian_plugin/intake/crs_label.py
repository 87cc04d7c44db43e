"""What a coordinate system's text claims: its datum, and for Gauss-Krüger its meridian and zone prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import pyproj
from pyproj.exceptions import CRSError

from weipian_plugin.domain.errors import WeipianError


class Datum(StrEnum):
    """The datum; the value is shown to the clerk."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS84"
    XIAN80 = "西安80"
    BEIJING54 = "北京54"
    LIKE_CGCS2000 = "与 CGCS2000 同椭球"
    OTHER = "其他"


@dataclass(frozen=True)
class Label:
    """A coordinate system that a file or a person names."""

    crs: pyproj.CRS
    name: str
    """`EPSG:4524` where it is one of the usual codes, else the name in the text."""
    datum: Datum
    is_geographic: bool
    is_web_mercator: bool = False
    meridian: float | None = None
    """Central meridian, for transverse Mercator with the false easting of Gauss-Krüger."""
    zone: int | None = None
    """Zone number in front of the false easting, None when without."""
    scale: float = 1.0


_FIRST_3_DEGREE_ZONE, _FIRST_3_DEGREE_CODE = 25, 4513
_FIRST_6_DEGREE_ZONE, _FIRST_6_DEGREE_CODE = 13, 4491
_FIRST_3_DEGREE_MERIDIAN, _FIRST_MERIDIAN_CODE = 75, 4534
_CGCS2000_CODE = "EPSG:4490"
_FALSE_EASTING = 500_000
_PER_ZONE = 1_000_000
_XIAN = re.compile(r"xi.?an|西安|1980", re.IGNORECASE)
_BEIJING = re.compile(r"beijing|北京|pulkovo|1942|1954", re.IGNORECASE)
_CHINA_2000 = re.compile(r"cgcs|china.?2000|china_geodetic|2000国家", re.IGNORECASE)


def code_of_zone(zone: int) -> str:
    """Return the EPSG code of the CGCS2000 zone of that number (3° from 25, 6° below), '' if none."""
    if _FIRST_3_DEGREE_ZONE <= zone <= 45:
        return f"EPSG:{_FIRST_3_DEGREE_CODE + zone - _FIRST_3_DEGREE_ZONE}"
    if _FIRST_6_DEGREE_ZONE <= zone <= 23:
        return f"EPSG:{_FIRST_6_DEGREE_CODE + zone - _FIRST_6_DEGREE_ZONE}"
    return ""


def meridian_of_zone(zone: int) -> float:
    """Return the central meridian of a zone number (3° from 25, 6° below)."""
    return 3.0 * zone if zone >= _FIRST_3_DEGREE_ZONE else 6.0 * zone - 3


def code_of_meridian(meridian: float) -> str:
    """Return the EPSG code of the CGCS2000 3° Gauss-Krüger without prefix on that meridian, '' if none."""
    steps = (meridian - _FIRST_3_DEGREE_MERIDIAN) / 3
    if not steps.is_integer() or not 0 <= steps <= 20:
        return ""
    return f"EPSG:{_FIRST_MERIDIAN_CODE + int(steps)}"


def three_degree_meridians() -> list[float]:
    """Return the central meridians of the 3° zones of China."""
    return [float(_FIRST_3_DEGREE_MERIDIAN + 3 * step) for step in range(21)]


def parse_label(text: str) -> Label | None:
    """Return what a file's CRS text claims, None when there is none or it says nothing usable."""
    text = text.strip()
    if not text:
        return None
    try:
        crs = pyproj.CRS.from_user_input(text)
    except CRSError:
        return None
    return _label(crs)


def is_crs_text(text: str) -> bool:
    """Return whether a text can be read as a coordinate system, of whatever kind."""
    try:
        pyproj.CRS.from_user_input(text.strip())
    except CRSError:
        return False
    return True


def named_datum(text: str) -> Datum | None:
    """Return the datum that a text names by word, though it is no whole CRS; None when it names none."""
    words = text.replace("GRS_1980", "").replace("GRS 1980", "")
    named = {Datum.XIAN80: _XIAN, Datum.BEIJING54: _BEIJING}
    return next((datum for datum, pattern in named.items() if pattern.search(words)), None)


def parse_wanted(text: str) -> Label:
    """Return what the person laid down; raises WeipianError when it is no coordinate system."""
    text = text.strip()
    label = parse_label(f"EPSG:{text}" if text.isdigit() else text)
    if label is None:
        raise WeipianError(f"不认识坐标系“{text}”，请写成 EPSG:4490、EPSG:4524 这样的编号。")
    return label


def _label(crs: pyproj.CRS) -> Label | None:
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    if not (crs.is_geographic or crs.is_projected) or crs.ellipsoid is None:
        return None
    datum = _datum(crs)
    if crs.is_geographic:
        return Label(crs, _CGCS2000_CODE if datum is Datum.CGCS2000 else _name(crs), datum, True)
    return _projected(crs, datum)


def _projected(crs: pyproj.CRS, datum: Datum) -> Label:
    operation = crs.coordinate_operation
    method = operation.method_name.lower() if operation else ""
    if "pseudo" in method or "auxiliary" in method or "web_mercator" in crs.name.lower():
        return Label(crs, _name(crs), datum, False, is_web_mercator=True)
    if "transverse" not in method and "gauss" not in method:
        return Label(crs, _name(crs), datum, False)
    parameters = {parameter.name.lower(): parameter.value for parameter in operation.params}
    return _transverse(crs, datum, parameters)


def _transverse(crs: pyproj.CRS, datum: Datum, parameters: dict[str, float]) -> Label:
    meridian = _parameter(parameters, "longitude")
    easting = _parameter(parameters, "false easting")
    scale = _parameter(parameters, "scale", 1.0)
    zone, rest = divmod(easting, _PER_ZONE)
    if rest != _FALSE_EASTING or _parameter(parameters, "false northing"):
        return Label(crs, _name(crs), datum, False)
    code = ""
    if datum is Datum.CGCS2000 and scale == 1:
        code = _code(meridian, int(zone))
    name = code or _name(crs)
    return Label(crs, name, datum, False, meridian=meridian, zone=int(zone) or None, scale=scale)


def _code(meridian: float, zone: int) -> str:
    if not zone:
        return code_of_meridian(meridian)
    return code_of_zone(zone) if meridian == meridian_of_zone(zone) else ""


def _parameter(parameters: dict[str, float], words: str, default: float = 0.0) -> float:
    for name, value in parameters.items():
        if words in name:
            return value
    return default


def _name(crs: pyproj.CRS) -> str:
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.name


def _datum(crs: pyproj.CRS) -> Datum:
    words = f"{crs.datum.name if crs.datum else ''} {crs.geodetic_crs.name} {crs.name}"
    axis = round(crs.ellipsoid.semi_major_metre, 3)
    flattening = crs.ellipsoid.inverse_flattening
    if axis == 6378245 or _BEIJING.search(words):
        return Datum.BEIJING54
    if axis == 6378140 or _XIAN.search(words.replace("GRS_1980", "").replace("GRS 1980", "")):
        return Datum.XIAN80
    if axis != 6378137:
        return Datum.OTHER
    if _CHINA_2000.search(words):
        return Datum.CGCS2000
    if abs(flattening - 298.257223563) < 1e-7:
        return Datum.WGS84
    return Datum.LIKE_CGCS2000 if abs(flattening - 298.257222101) < 1e-6 else Datum.OTHER

"""Field widths of the shapefiles: TD/T 1057-2020 for the survey layers, domain practice for the others."""

from __future__ import annotations

from weipian_plugin.sample.dbf import Field


def _fields(text: str) -> tuple[Field, ...]:
    """Parse `NAME kind width[.decimals]`, separated by commas."""
    result = []
    for entry in text.split(","):
        name, kind, size = entry.split()
        width, _, decimals = size.partition(".")
        result.append(Field(name, kind, int(width), int(decimals or 0)))
    return tuple(result)


LAND_CLASS = _fields(
    "BSM C 18, YSDM C 10, TBYBH C 18, TBBH C 8, DLBM C 5, DLMC C 60, QSXZ C 2, QSDWDM C 19, QSDWMC C 60,"
    "ZLDWDM C 19, ZLDWMC C 60, TBMJ N 15.2, KCDLBM C 5, KCXS N 6.4, KCMJ N 15.2, TBDLMJ N 15.2, GDLX C 2,"
    "GDPDJB C 2, XZDWKD N 5.1, TBXHDM C 6, TBXHMC C 20, ZZSXDM C 6, ZZSXMC C 20, GDDB N 2, FRDBS C 1,"
    "CZCSXM C 4, SJNF N 4, MSSM C 2, HDMC C 100, BZ C 50"
)
BASIC_FARMLAND = _fields(
    "BSM C 18, YSDM C 10, JBNTTBBH C 20, DLBM C 5, GDLX C 2, JBNTLX C 2, PDJB C 2, TKMJ N 15.2, TBMJ N 15.2,"
    "JBNTMJ N 15.2, BZ C 50"
)
NATURE_RESERVE = _fields("BHQMC C 60, BHQLX C 20, BHQJB C 10, PZJG C 40, BHQMJ N 15.2, BZ C 50")
URBAN = _fields("MC C 40, LX C 10, BZ C 50")
APPROVAL = _fields("TBBH C 8, XMBH C 20, XMMC C 60, PZWH C 40, PZRQ C 8, PZYT C 30, PZMJ N 15.2, BZ C 50")
PATCH = _fields(
    "OBJECTID N 10, XZQDM C 6, XMC C 30, TBLX C 6, TZ C 60, QSX C 20, HSX C 20, DDTC C 30, BZ C 100,"
    "JCBH C 30, DLBM C 5, DLMC C 60, TBXHDM C 6, TBXHMC C 20, ZZSXDM C 6, ZZSXMC C 20, CZCSXM C 4,"
    "SFYN C 10, SFHX C 10, MJ N 18.2, JSYDXZ C 20, CREATE_AT C 19, UPDATE_AT C 19"
)

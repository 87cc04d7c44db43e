"""The roles that a base layer can play in the overlay."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a base layer means; the value is its table name in the library and its code in every file."""

    LAND_CLASS = "land_class"
    BASIC_FARMLAND = "basic_farmland"
    REDLINE = "redline"
    RIVER = "river"
    TRAFFIC = "traffic"
    FOREST = "forest"
    NATURE_RESERVE = "nature_reserve"
    URBAN = "urban"
    TOWNSHIP = "township"
    COMMITTEE = "committee"
    APPROVAL = "approval"
    FACILITY_FARM = "facility_farm"
    TEMPORARY_LAND = "temporary_land"

    @property
    def label(self) -> str:
        """The Chinese name that the office uses."""
        return _LABELS[self]


_LABELS = {
    Role.LAND_CLASS: "地类图斑",
    Role.BASIC_FARMLAND: "永久基本农田",
    Role.REDLINE: "生态保护红线",
    Role.RIVER: "河道管理范围",
    Role.TRAFFIC: "交通沿线管理范围",
    Role.FOREST: "林地",
    Role.NATURE_RESERVE: "自然保护地",
    Role.URBAN: "城镇规划建设用地",
    Role.TOWNSHIP: "乡镇街道",
    Role.COMMITTEE: "管委会辖区",
    Role.APPROVAL: "建设用地审批",
    Role.FACILITY_FARM: "设施农用地备案",
    Role.TEMPORARY_LAND: "临时用地审批",
}


class Status(StrEnum):
    """Whether a patch meets a layer. 未评估 is never a no."""

    HIT = "命中"
    MISS = "未命中"
    NOT_EVALUATED = "未评估"

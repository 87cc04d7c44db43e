"""What canonical field names are called in the office."""

from __future__ import annotations

_LABELS = {
    "patch_no": "图斑编号",
    "parent_no": "原图斑编号",
    "county_code": "区县代码",
    "county_name": "区县名称",
    "town_code": "乡镇代码",
    "town_name": "乡镇名称",
    "patch_type": "图斑类型",
    "area": "下发面积",
    "date_before": "前时相",
    "date_after": "后时相",
    "feature": "图斑特征",
    "remark": "备注",
    "label": "名称",
    "class_code": "代码或类别",
    "class_name": "地类名称",
    "parcel_no": "地类图斑编号",
    "parcel_area": "图斑面积",
    "net_parcel_area": "图斑地类面积",
    "deducted_class": "扣除地类编码",
    "deducted_ratio": "扣除系数",
    "deducted_area": "扣除面积",
}


def field_label(canonical: str) -> str:
    """Return the Chinese name of a canonical field."""
    return _LABELS.get(canonical, canonical)

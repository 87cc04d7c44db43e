"""What the attribute tables of the map call their columns, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from qgis.core import QgsApplication, QgsEditorWidgetSetup, QgsField, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtGui import QFontMetrics

from weipian_plugin.domain.duties import DutyState
from weipian_plugin.domain.patch_type import KINDS, UNKNOWN_KIND, UNKNOWN_KIND_WORD
from weipian_plugin.domain.stages import Stage
from weipian_plugin.texts import tr
from weipian_plugin.workflow.patch_map import COLUMNS, TermClass

_NUMBER_TYPES = {"days_left": (QMetaType.Type.Int, 6, 0), "area_mu": (QMetaType.Type.Double, 14, 2)}
_TEXT_TYPE = (QMetaType.Type.QString, 0, 0)
_LONG_NUMBER = "500156SJBG26110001（01）"
"""A number of a patch with that of its part: so wide is their column."""


def patch_fields() -> list[QgsField]:
    """Return the fields of the patch layer: COLUMNS, in their order."""
    types = (_NUMBER_TYPES.get(name, _TEXT_TYPE) for name in COLUMNS)
    return [
        QgsField(name, kind, "", length, precision)
        for name, (kind, length, precision) in zip(COLUMNS, types, strict=True)
    ]


def patch_aliases() -> dict[str, str]:
    """Return what the office calls the columns of a patch."""
    return {
        "patch_no": tr("图斑编号"),
        "stage": tr("办理阶段"),
        "duty_state": tr("职责状态"),
        "term": tr("期限"),
        "days_left": tr("剩余天数"),
        "due_on": tr("到期日"),
        "unit": tr("查处单位"),
        "town_name": tr("乡镇街道"),
        "patch_type": tr("图斑类型"),
        "kind": tr("种类"),
        "area_mu": tr("面积（亩）"),
        "batch": tr("批次"),
        "received_on": tr("收到日期"),
        "date_before": tr("前时相"),
        "date_after": tr("后时相"),
        "parent_no": tr("原图斑编号"),
        "split_state": tr("拆分状态"),
    }


def patch_words() -> dict[str, dict[str, str]]:
    """Return the value lists of a patch: by column, value by what is shown."""
    kinds = {UNKNOWN_KIND_WORD: UNKNOWN_KIND} | {kind: kind for kind in KINDS}
    return {
        "stage": _same(Stage),
        "duty_state": _same(DutyState),
        "term": _same(TermClass),
        "kind": kinds,
        "split_state": {tr("未拆分"): "", "拆分": "拆分"},
    }


def base_aliases() -> dict[str, str]:
    """Return what the office calls the canonical columns of a base layer; others keep their names."""
    return {
        "fid": tr("序号"),
        "source_fid": tr("原要素号"),
        "label": tr("名称"),
        "class_code": tr("编码"),
        "geom_area_m2": tr("图形面积（平方米）"),
        "parcel_area_m2": tr("图斑面积（平方米）"),
        "net_parcel_area_m2": tr("图斑地类面积（平方米）"),
        "deducted_class": tr("扣除地类编码"),
    }


def name_columns(
    layer: QgsVectorLayer, aliases: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> None:
    """Give a layer's columns their names and value lists."""
    fields = layer.fields()
    for name, alias in aliases.items():
        if (at := fields.lookupField(name)) >= 0:
            layer.setFieldAlias(at, alias)
    for name, listed in words.items():
        # A list of mappings keeps the order; a mapping would be sorted by Qt.
        pairs = [{shown: value} for shown, value in listed.items()]
        layer.setEditorWidgetSetup(fields.lookupField(name), QgsEditorWidgetSetup("ValueMap", {"map": pairs}))


def widen_numbers(layer: QgsVectorLayer) -> None:
    """Let the attribute table show numbers of patches whole."""
    config = layer.attributeTableConfig()
    config.update(layer.fields())
    named = [column.name for column in config.columns()]
    width = QFontMetrics(QgsApplication.font()).horizontalAdvance(_LONG_NUMBER)
    config.setColumnWidth(named.index("patch_no"), width)
    layer.setAttributeTableConfig(config)


def _same(words: Iterable[StrEnum]) -> dict[str, str]:
    return {word.value: word.value for word in words}

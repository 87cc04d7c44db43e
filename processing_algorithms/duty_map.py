"""weipian:dutymap."""

from __future__ import annotations

from typing import Any

from weipian_plugin.domain.progress import Progress
from weipian_plugin.processing_algorithms.base import Values, WeipianAlgorithm
from weipian_plugin.processing_algorithms.groups import Group
from weipian_plugin.texts import tr
from weipian_plugin.workflow.duty_map import KINDS, make_duty_map

OUTPUTS = dict(zip(("NONE_KM2", "ONE_KM2", "SEVERAL_KM2"), KINDS, strict=True))


class DutyMapAlgorithm(WeipianAlgorithm):
    """Cut the district into areas with none, one and several spatial claims."""

    identifier = "dutymap"
    toolbox_group = Group.DUTIES
    title = "职责分布图"
    icon_name = "overlay.svg"
    help_text = (
        "不等图斑下发，先把全区按查处职责的空间范围切开：哪里没有专门单位（兜底）、哪里只有一家、哪里几家重叠（会有争议）。\n"
        "输出一个 GeoPackage：图层 duty_area（按乡镇和范围组合）、面积表 duty_combination（平方公里）。\n"
        "各部分面积之和等于乡镇街道图层的总面积（相差不超过 1 平方米，否则不写出）。\n"
        "底图库没有的图层记为未评估，写在每个要素和说明里，不等于没有。按事实确定的职责（如农村住宅）不在图上。\n"
        "工作库（取方案）和底图库只读不写。"
    )

    def define(self) -> None:
        self.add_workspace()
        self.add_library("底图库")
        self.add_target("OUTPUT", "职责分布图", "GeoPackage (*.gpkg)")
        self.add_number("DISTRICT_KM2", "全区平方公里")
        self.add_number("NONE_KM2", "没有专门单位的平方公里")
        self.add_number("ONE_KM2", "只有一家的平方公里")
        self.add_number("SEVERAL_KM2", "几家重叠的平方公里")

    def perform(self, values: Values, progress: Progress) -> dict[str, Any]:
        output = values.output_path("OUTPUT")
        result = make_duty_map(values.path("WORKSPACE"), values.path("LIBRARY"), output, progress)
        values.tell_findings(result.findings)
        shown = tr("，").join(f"{kind} {area / 1e6:.2f}" for kind, area in result.by_kind.items())
        values.tell(tr("全区 {:.2f} 平方公里：{}。").format(result.district_m2 / 1e6, shown))
        areas = {output_: result.by_kind[kind] / 1e6 for output_, kind in OUTPUTS.items()}
        return {"OUTPUT": str(output), "DISTRICT_KM2": result.district_m2 / 1e6, **areas}

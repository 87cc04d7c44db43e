"""What the toolbar and the menu offer: names and texts, in the order of the month's work."""

from __future__ import annotations

from collections.abc import Callable

from weipian_plugin.gui.commands import Command
from weipian_plugin.texts import tr

NAMES = (
    "workspace",
    "library",
    "patches",
    "overlay",
    "assign",
    "map",
    "review",
    "conflict",
    "dashboard",
    "exchange",
    "month",
    "settings",
)
FIRST_OF_GROUP = frozenset({"patches", "map", "exchange", "settings"})


def texts(name: str) -> tuple[str, str]:
    """Return the text and the tip of a command."""
    return {
        "workspace": (tr("工作库"), tr("打开或新建一个年度的工作库")),
        "library": (tr("底图库"), tr("选择底图库，或把底图图层导入底图库")),
        "patches": (tr("导入图斑"), tr("把下发的卫片图斑导入工作库")),
        "overlay": (tr("套合分析"), tr("全部图斑与底图库各图层套合，计算面积")),
        "assign": (tr("分派职责"), tr("按实施方案提出各图斑的职责单位")),
        "map": (tr("地图"), tr("显示全部图斑；旁边的菜单换着色、对比前后时相")),
        "review": (tr("核查判定"), tr("逐个核查图斑，记录判定和举证")),
        "conflict": (tr("会商台"), tr("几家单位都有职责的图斑，并排比较后定夺")),
        "dashboard": (tr("统计"), tr("违法占用耕地比例、期限、阶段和乡镇排序")),
        "exchange": (tr("报送与退回"), tr("上报自查、导出报市级的工作簿、读回市级退回")),
        "settings": (tr("设置"), tr("人员、实施方案、判定字典、节假日、期限和备份")),
        "month": (tr("本月一键办理"), tr("导入、套合、分派、导出一次办完")),
    }[name]


def about_command(show: Callable[[], object]) -> Command:
    """Return the command that needs nothing at all."""
    text, tip = tr("关于/环境检查"), tr("版本和运行环境")
    return Command("about", text, tip, show, starts_group=True, on_toolbar=False)

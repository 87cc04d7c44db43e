"""Whether this QGIS carries what the plug-in computes with, and what to do when it does not."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from types import ModuleType

from weipian_plugin.texts import tr


@dataclass(frozen=True)
class Requirement:
    """A Python package that the plug-in needs."""

    module: str
    distribution: str
    """The name it is installed by."""
    feature: str
    """An attribute that only a recent enough version has; some builds do not know their own version."""
    minimum: str = ""
    """The oldest version that will do, for people; empty when any will."""


REQUIREMENTS = (
    Requirement("shapely", "shapely", "from_wkb", "2.0"),
    Requirement("geopandas", "geopandas", "GeoDataFrame.active_geometry_name", "1.0"),
    Requirement("pandas", "pandas", "DataFrame", "2.0"),
    Requirement("pyogrio", "pyogrio", "read_dataframe"),
    Requirement("pyproj", "pyproj", "Transformer"),
    Requirement("openpyxl", "openpyxl", "Workbook"),
    Requirement("yaml", "PyYAML", "safe_load"),
)


@dataclass(frozen=True)
class State:
    """What was found of one requirement."""

    requirement: Requirement
    version: str
    """The version that is installed; empty when none is, or it does not say."""
    problem: str
    """What is wrong; empty when nothing is."""


def check(
    requirements: Iterable[Requirement] = REQUIREMENTS,
    load: Callable[[str], ModuleType] = importlib.import_module,
) -> tuple[State, ...]:
    """Load every required package and return its state, in the order given."""
    return tuple(_state(requirement, load) for requirement in requirements)


def _state(requirement: Requirement, load: Callable[[str], ModuleType]) -> State:
    try:
        module = load(requirement.module)
    except ModuleNotFoundError:
        return State(requirement, "", tr("缺少"))
    except (ImportError, OSError) as error:
        return State(requirement, _version(requirement), tr("已安装但无法加载（{}）").format(error))
    try:
        attrgetter(requirement.feature)(module)
    except AttributeError:
        said = tr("版本过低，需要 {} 及以上").format(requirement.minimum)
        return State(requirement, _version(requirement), said)
    return State(requirement, _version(requirement), "")


def _version(requirement: Requirement) -> str:
    try:
        return importlib.metadata.version(requirement.distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def summary(states: Iterable[State]) -> str:
    """Return one sentence naming what is missing, or '' when nothing is."""
    broken = [f"{state.requirement.distribution}（{state.problem}）" for state in states if state.problem]
    if not broken:
        return ""
    said = tr("卫片执法插件缺少运行组件：{}。补装之前各项功能不可用，办法见“关于/环境检查”。")
    return said.format(tr("、").join(broken))


def advice(states: Iterable[State]) -> str:
    """Return how to install without internet what is missing, or '' when nothing is."""
    broken = [state.requirement for state in states if state.problem]
    return instruction(broken) if broken else ""


def instruction(requirements: Iterable[Requirement]) -> str:
    """Return how to install these packages without internet and without an administrator."""
    wanted = " ".join(
        f'"{item.distribution}>={item.minimum}"' if item.minimum else item.distribution
        for item in requirements
    )
    return _steps().format(wanted=wanted, wheels=WHEELS)


WHEELS = "weipian_wheels"
"""Name of the folder with the packages that `make wheelhouse` collects for the office."""


def _steps() -> str:
    return tr(
        """补装办法（本机不需要联网）：

办法一：安装 QGIS 3.40 或更高版本的官方 Windows 安装包（.msi，要管理员权限），所需组件都在里面。
装好后重新打开 QGIS。

办法二：只补装缺少的组件，不需要管理员权限。
用于 Python 3.12 的 QGIS：3.40 官方版即是；在“OSGeo4W Shell”里执行 python -V 可以看到版本。
1. 向提供插件的人索取 {wheels} 文件夹，用 U 盘拷到本机；不用解压，也不要改里面的文件名。
   要不到时，在能上网、装有同版本 QGIS 的电脑上打开“OSGeo4W Shell”，执行：
   python -m pip download -d {wheels} {wanted}
2. 在本机关闭 QGIS，从开始菜单的 QGIS 文件夹里打开“OSGeo4W Shell”。
   进入 {wheels} 所在的位置（在 U 盘上就输入盘符，例如 E: 再回车），执行：
   python -m pip install --user --no-index --find-links {wheels} {wanted}
3. 重新打开 QGIS，“关于/环境检查”里每一项都显示“正常”即可。
"""
    )

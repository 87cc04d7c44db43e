"""The check of required packages and what it tells the clerk."""

from __future__ import annotations

import importlib
from types import ModuleType, SimpleNamespace

from weipian_plugin.gui import dependencies
from weipian_plugin.gui.dependencies import Requirement

GEOPANDAS = Requirement("geopandas", "geopandas", "GeoDataFrame.active_geometry_name", "1.0")


def loader(answers):
    """Return an importer for the modules in `answers`; exceptions among them are raised."""

    def load(name: str) -> ModuleType:
        answer = answers.get(name, ModuleNotFoundError(f"No module named {name!r}"))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return load


def test_everything_needed_is_in_the_development_environment():
    states = dependencies.check()
    assert [state.requirement.module for state in states] == [
        "shapely",
        "geopandas",
        "pandas",
        "pyogrio",
        "pyproj",
        "openpyxl",
        "yaml",
    ]
    assert [state.problem for state in states] == [""] * 7
    assert all(state.version for state in states)
    assert dependencies.summary(states) == ""
    assert dependencies.advice(states) == ""


def test_missing_package_is_named_with_an_offline_way_to_install_it():
    states = dependencies.check((GEOPANDAS,), loader({}))
    assert states[0].problem == "缺少"
    assert dependencies.summary(states) == (
        "卫片执法插件缺少运行组件：geopandas（缺少）。补装之前各项功能不可用，办法见“关于/环境检查”。"
    )
    advice = dependencies.advice(states)
    assert '--no-index --find-links weipian_wheels "geopandas>=1.0"' in advice
    assert "本机不需要联网" in advice


def test_old_package_is_found_by_what_it_lacks_not_by_its_version():
    old = SimpleNamespace(GeoDataFrame=SimpleNamespace(), __version__="9.9")
    assert (
        dependencies.check((GEOPANDAS,), loader({"geopandas": old}))[0].problem == "版本过低，需要 1.0 及以上"
    )


def test_new_package_without_a_version_string_will_do():
    new = SimpleNamespace(GeoDataFrame=SimpleNamespace(active_geometry_name=None), __version__="0+unknown")
    assert dependencies.check((GEOPANDAS,), loader({"geopandas": new}))[0].problem == ""


def test_package_that_does_not_load_says_why():
    broken = loader({"geopandas": ImportError("DLL load failed")})
    assert dependencies.check((GEOPANDAS,), broken)[0].problem == "已安装但无法加载（DLL load failed）"


def test_only_what_is_wrong_is_asked_for():
    answers = {name: importlib.import_module(name) for name in ("shapely", "pandas", "pyogrio", "pyproj")}
    states = dependencies.check(load=loader(answers))
    wanted = 'weipian_wheels "geopandas>=1.0" openpyxl PyYAML\n'
    assert wanted in dependencies.advice(states)

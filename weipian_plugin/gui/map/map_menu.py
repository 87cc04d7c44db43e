"""The menu 地图: what the patches are coloured by, following, images."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.PyQt.QtGui import QAction, QActionGroup
from qgis.PyQt.QtWidgets import QMenu

from weipian_plugin.gui.map.themes import Theme
from weipian_plugin.gui.map.workspace_layers import WorkspaceLayers
from weipian_plugin.texts import tr


def fill_map_menu(menu: QMenu, layers: WorkspaceLayers) -> None:
    """Put the commands of the map into an empty menu, as things stand now."""
    _add_themes(menu, layers)
    menu.addSeparator()
    following = menu.addAction(tr("地图跟随当前图斑"))
    following.setCheckable(True)
    following.setChecked(layers.follows)
    following.toggled.connect(layers.set_follows)
    _add(menu, "map_all", tr("显示全部图斑"), layers.zoom_to_all)
    menu.addSeparator()
    imagery = layers.imagery
    swiping = _add(menu, "map_swipe", tr("卷帘对比前后时相"), lambda: imagery.swipe(not imagery.is_swiping))
    swiping.setCheckable(True)
    swiping.setChecked(imagery.is_swiping)
    _add(menu, "map_imagery", tr("批次影像…"), imagery.choose)
    menu.addSeparator()
    _add(menu, "map_reload", tr("重新载入地图"), layers.rebuild)
    for action in menu.actions():
        action.setEnabled(layers.is_open)


def _add_themes(menu: QMenu, layers: WorkspaceLayers) -> None:
    group = QActionGroup(menu)
    for theme in Theme:
        action = _add(menu, f"map_{theme.value}", theme.label, partial(layers.set_theme, theme))
        action.setCheckable(True)
        action.setChecked(theme is layers.theme)
        group.addAction(action)


def _add(menu: QMenu, name: str, text: str, run: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.setObjectName(f"weipian_{name}")
    action.triggered.connect(lambda _checked=False: run())
    return action

"""The dialog 关于/环境检查, from its real form."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.PyQt.QtWidgets import QApplication

from scripts import build
from weipian_plugin.gui import dependencies
from weipian_plugin.gui.about_dialog import AboutDialog

MISSING = dependencies.State(dependencies.Requirement("nix", "Nix", "da", "2.0"), "", "缺少")


def test_healthy_environment_shows_versions_and_no_advice(qtbot):
    states = dependencies.check()
    dialog = AboutDialog(states)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == "关于/环境检查"
    assert dialog.title_label.text() == f"卫片执法 {build.version()}"
    assert dialog.result_label.text() == "环境检查通过。"
    assert not dialog.advice_text.isVisible()
    rows = [dialog.state_tree.topLevelItem(row) for row in range(dialog.state_tree.topLevelItemCount())]
    assert [row.text(0) for row in rows][:2] == ["shapely ≥ 2.0", "geopandas ≥ 1.0"]
    assert [row.text(1) for row in rows] == [state.version for state in states]
    assert not dialog.icon_label.pixmap().isNull()


def test_missing_package_shows_what_to_do(qtbot):
    dialog = AboutDialog((MISSING,))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.advice_text.isVisible()
    assert "Nix>=2.0" in dialog.advice_text.toPlainText()
    assert dialog.result_label.text() == "缺少运行组件，请按上面的办法补装。"
    assert dialog.state_tree.topLevelItem(0).text(2) == "缺少"


def test_copy_puts_the_whole_report_on_the_clipboard(qtbot):
    dialog = AboutDialog((MISSING,))
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == f"weipian_plugin {build.version()}"
    assert lines[1] == f"QGIS {Qgis.version()}"
    assert lines[-1] == "Nix - 缺少"


def test_close_button_closes(qtbot):
    dialog = AboutDialog(())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.close_button.click()
    assert not dialog.isVisible()

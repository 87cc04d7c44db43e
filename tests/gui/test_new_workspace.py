"""The dialog of a new workspace: refusals stay in it, and closing it early does no harm."""

from __future__ import annotations

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from stand_in import wait_until

from weipian_plugin.gui.start.new_workspace_dialog import NewWorkspaceDialog
from weipian_plugin.gui.start.opening import Opening


@pytest.fixture
def dialog(desk, tmp_path):
    """The dialog as it is shown: deleted once it is closed."""
    desk.session.set_person("张三")
    made = NewWorkspaceDialog(desk, Opening(desk), desk.iface.mainWindow())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.place_widget.setFilePath(str(tmp_path / "工作库2021.gpkg"))
    made.year_box.blockSignals(True)
    made.year_box.setValue(2021)
    made.show()
    return made


def test_a_new_workspace_is_opened_and_the_dialog_gone(desk, dialog, tmp_path):
    dialog.make()
    wait_until(lambda: desk.session.workspace is not None and sip.isdeleted(dialog))
    assert desk.session.workspace == tmp_path / "工作库2021.gpkg"


def test_a_refusal_is_said_in_the_dialog(dialog, tmp_path):
    (tmp_path / "工作库2021.gpkg").write_text("别的")
    dialog.make()
    wait_until(dialog.button_box.isEnabled)
    assert dialog.refusal_label.text().endswith("已经存在，不会覆盖，请换一个文件名。")
    dialog.close()


@pytest.mark.parametrize("is_taken", [False, True])
def test_closed_before_it_was_made_it_is_opened_all_the_same(desk, dialog, tmp_path, is_taken):
    if is_taken:
        (tmp_path / "工作库2021.gpkg").write_text("别的")
    dialog.make()
    dialog.close()
    # As Qt does in its next turn.
    sip.delete(dialog)
    wait_until(lambda: not desk.worker.running)
    assert (desk.session.workspace is None) == is_taken

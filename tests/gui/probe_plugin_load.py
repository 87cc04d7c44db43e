"""Runs inside the real QGIS application (qgis --code): load and unload the plug-in, note what is there, quit.

Writes JSON to the file named by WEIPIAN_PROBE: one snapshot before, then two a cycle (loaded, unloaded).
"""

import faulthandler
import json
import os
import sys
import time
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QMenu, QToolBar
from qgis.utils import iface

NAME = "weipian_plugin"
# An int to PyQt5, an enum to PyQt6.
DEFERRED_DELETE = getattr(QEvent.Type.DeferredDelete, "value", QEvent.Type.DeferredDelete)
messages = []


def named(widget_type):
    return sorted(widget.objectName() for widget in iface.mainWindow().findChildren(widget_type))


def snapshot():
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, DEFERRED_DELETE)
        QCoreApplication.processEvents()
    registry = QgsApplication.processingRegistry()
    provider = registry.providerById("weipian")
    return {
        "toolbars": named(QToolBar),
        "menus": named(QMenu),
        "docks": named(QDockWidget),
        "actions": len(iface.mainWindow().findChildren(QAction)),
        "menu_bar": [action.text() for action in iface.mainWindow().menuBar().actions()],
        "toolbar_actions": [
            [action.objectName(), action.toolTip(), action.isEnabled(), action.icon().isNull()]
            for toolbar in iface.mainWindow().findChildren(QToolBar, "weipianToolBar")
            for action in toolbar.actions()
            if not action.isSeparator()
        ],
        "providers": sorted(item.id() for item in registry.providers()),
        "algorithms": sorted(item.name() for item in provider.algorithms()) if provider else [],
        "translated": QCoreApplication.translate("weipian", "卫片执法"),
        "message_bar": len(iface.messageBar().items()),
    }


def at_rest():
    """Return how QGIS is once it has come to rest: it tells more after it says that it is ready."""
    earlier, now = None, snapshot()
    while now != earlier:
        end = time.monotonic() + 2
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.01)
        earlier, now = now, snapshot()
    return now


def wait_for_message(before):
    """Turn the event loop until the message bar has one more item, five seconds at most."""
    end = time.monotonic() + 5
    while len(iface.messageBar().items()) <= before and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)


def read_dialog(action, read):
    """Trigger a toolbar action, read the dialog that it opens, and close it."""
    seen = {}

    def look():
        # Processing shows its dialog before exec(), so it never counts as modal.
        dialogs = [item for item in QApplication.topLevelWidgets() if isinstance(item, QDialog)]
        dialog = next((item for item in dialogs if item.isVisible()), None)
        if dialog is None:
            QTimer.singleShot(100, look)
            return
        try:
            seen.update(read(dialog))
        except Exception:
            seen["error"] = traceback.format_exc()
        dialog.close()

    QTimer.singleShot(100, look)
    iface.mainWindow().findChild(QAction, action).trigger()
    return seen


def about_texts(dialog):
    rows = [dialog.state_tree.topLevelItem(row) for row in range(dialog.state_tree.topLevelItemCount())]
    states = {row.text(0): row.text(2) for row in rows}
    return {"title": dialog.title_label.text(), "states": states}


def read_new_workspace():
    """Open the dialog for a new workspace as its menu entry does, read it, and close it."""
    menu = iface.mainWindow().findChild(QMenu, "weipian_workspace_menu")
    menu.aboutToShow.emit()
    entries = [action.text() for action in menu.actions() if not action.isSeparator()]
    menu.actions()[0].trigger()
    [dialog] = [item for item in QApplication.topLevelWidgets() if item.objectName() == "NewWorkspaceDialog"]
    seen = {"entries": entries, "title": dialog.windowTitle(), "modal": dialog.isModal()}
    dialog.close()
    return seen


def run_algorithm(number):
    """Run an algorithm as the console, models and other plug-ins do; return what came of it."""
    import processing

    workspace = Path(os.environ["WEIPIAN_PROBE"]).with_name(f"工作库{number}.gpkg")
    try:
        processing.run("weipian:createworkspace", {"WORKSPACE": str(workspace), "YEAR": 2021})
    except Exception:
        return {"error": traceback.format_exc()}
    return {"made": workspace.exists()}


def probe():
    qgis.utils.updateAvailablePlugins()
    iface.mainWindow().resize(1900, 1000)
    result = {"before": at_rest(), "cycles": []}
    for number in range(2):
        started = qgis.utils.loadPlugin(NAME) and qgis.utils.startPlugin(NAME)
        # The offer of a first start comes a second later, above what QGIS itself tells at its start.
        wait_for_message(result["before"]["message_bar"])
        loaded = at_rest()
        package = sys.modules[NAME].__file__
        # What Plugin Manager never does on purpose, but reloaders do: twice without unload between.
        qgis.utils.plugins[NAME].initGui()
        again = snapshot()
        about = read_dialog("weipian_about", about_texts)
        dialog = read_new_workspace()
        outcome = run_algorithm(number)
        stopped = qgis.utils.unloadPlugin(NAME)
        cycle = {"started": started, "stopped": stopped, "loaded": loaded, "again": again, "package": package}
        result["cycles"].append(
            cycle
            | {
                "about": about,
                "dialog": dialog,
                "run": outcome,
                "unloaded": snapshot(),
                "modules": modules(),
            }
        )
    return result


def modules():
    return sorted(name for name in sys.modules if name.split(".")[0] == NAME)


def run():
    try:
        result = probe()
    except Exception:
        result = {"error": traceback.format_exc()}
    result["messages"] = messages
    Path(os.environ["WEIPIAN_PROBE"]).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    # No questions about unsaved projects, no settings to write.
    os._exit(0)


def note(text, tag, level):
    if level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
        messages.append(f"{tag}: {text}")


# A dialog that nobody closes would keep the test waiting: say where it stands, and end.
faulthandler.dump_traceback_later(90, exit=True, file=sys.__stderr__)
QgsApplication.messageLog().messageReceived.connect(note)
QTimer.singleShot(0, run)

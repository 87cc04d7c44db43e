"""Runs inside the real QGIS (qgis --code): installs, uses, disables, removes the zip as a person does.

WEIPIAN_PROBE names the JSON file to write, WEIPIAN_ZIP the package. One snapshot is taken after each step.
"""

import faulthandler
import json
import os
import sys
import time
import traceback
from pathlib import Path

import pyplugin_installer
import qgis.utils
from qgis.core import Qgis, QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtGui import QAction, QShortcut
from qgis.PyQt.QtWidgets import QDockWidget, QMenu, QToolBar
from qgis.utils import iface

NAME = "weipian_plugin"
ANSWER = Path(os.environ["WEIPIAN_PROBE"])
FOLDER = ANSWER.parent
# An int to PyQt5, an enum to PyQt6.
DEFERRED_DELETE = getattr(QEvent.Type.DeferredDelete, "value", QEvent.Type.DeferredDelete)
messages = []


def settle(seconds=0.5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.sendPostedEvents(None, DEFERRED_DELETE)
        QCoreApplication.processEvents()
        time.sleep(0.005)


def wait(condition):
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("waited 60 s")
        settle(0.02)


def named(widget_type):
    return sorted(item.objectName() for item in iface.mainWindow().findChildren(widget_type))


def snapshot():
    settle()
    project = QgsProject.instance()
    plugins = Path(qgis.utils.HOME_PLUGIN_PATH)
    return {
        "folder": sorted(path.name for path in plugins.iterdir()) if plugins.exists() else [],
        "settings": sorted(key for key in QgsSettings().allKeys() if "weipian" in key.lower()),
        "toolbars": named(QToolBar),
        "menus": named(QMenu),
        "menu_bar": [action.text() for action in iface.mainWindow().menuBar().actions()],
        "docks": named(QDockWidget),
        "actions": len(iface.mainWindow().findChildren(QAction)),
        "shortcuts": len(iface.mainWindow().findChildren(QShortcut)),
        "status_bar": len(iface.mainWindow().statusBar().children()),
        "message_bar": [item.text() for item in iface.messageBar().items()],
        "canvas_items": len(iface.mapCanvas().scene().items()),
        "providers": sorted(item.id() for item in QgsApplication.processingRegistry().providers()),
        "layers": sorted(layer.name() for layer in project.mapLayers().values()),
        "groups": [group.name() for group in project.layerTreeRoot().findGroups(True)],
        "crs": project.crs().authid(),
        "dirty": project.isDirty(),
        "tasks": QgsApplication.taskManager().count(),
        "code": code(),
        "known": NAME in pyplugin_installer.installer_data.plugins.all(),
    }


def at_rest():
    """Return how QGIS is once it has come to rest: on a busy machine it is not done when it says so."""
    earlier, now = None, snapshot()
    while now != earlier:
        settle(2)
        earlier, now = now, snapshot()
    return now


def code():
    """Return our modules that Python still has; of folders QGIS leaves the bare names."""
    ours = {name: module for name, module in sys.modules.items() if name.split(".")[0] == NAME}
    return sorted(name for name, module in ours.items() if not module.__file__.endswith("__init__.py"))


def errors_shown():
    """Return what the message bar says as an error."""
    critical = Qgis.MessageLevel.Critical
    return [item.text() for item in iface.messageBar().items() if item.level() == critical]


def switch(on):
    """Tick or untick the plug-in as QGIS's own registry of plug-ins does."""
    if on:
        done = qgis.utils.loadPlugin(NAME) and qgis.utils.startPlugin(NAME)
    else:
        done = qgis.utils.unloadPlugin(NAME)
    QgsSettings().setValue(f"/PythonPlugins/{NAME}", on)
    return done


def work_through(sample, workspace, library):
    """Make a district and do its month, by the algorithms of the installed plug-in."""
    import processing

    from weipian_plugin.sample.make import make_sample

    manifest = make_sample(sample, 300, 20, 7, lambda step: None)
    processing.run("weipian:createworkspace", {"WORKSPACE": str(workspace), "YEAR": 2021})
    for layer in manifest["base"]:
        named = f"|layername={layer['layer']}" if "layer" in layer else ""
        given = {"INPUT": f"{sample / layer['path']}{named}", "ROLE": layer["role"], "EDITION": "2020"}
        processing.run("weipian:importbase", {"LIBRARY": str(library)} | given)
    places = {"WORKSPACE": str(workspace), "LIBRARY": str(library), "OUTPUT": str(sample / "上报.xlsx")}
    issued = {"INPUT": str(sample / manifest["patches"]), "RECEIVED": "2021-07-20", "BATCH": "七月"}
    processing.run("weipian:month", places | issued)


def use():
    """Do what a person does: the month by its algorithms, then every window on what came of it."""
    sample = FOLDER / "示例区"
    workspace, library = sample / "工作库.gpkg", sample / "底图库.gpkg"
    if not sample.exists():
        work_through(sample, workspace, library)
    office = qgis.utils.plugins[NAME]._office
    office.desk.session.set_person("张三（示例）")
    office.desk.session.set_library(library)
    office.opening.open(workspace)
    wait(lambda: office.desk.session.workspace is not None and not office.desk.worker.running)
    wait(lambda: iface.mainWindow().findChild(QAction, "weipian_review").isEnabled())
    for name in ("review", "conflict", "dashboard", "exchange"):
        iface.mainWindow().findChild(QAction, f"weipian_{name}").trigger()
        settle()
        wait(lambda: not office.desk.worker.running)
    return {"workbook": (sample / "上报.xlsx").stat().st_size}


def probe():
    installer = pyplugin_installer.instance()
    iface.mainWindow().resize(1900, 1000)
    seen = {"before": at_rest()}
    installer.installFromZipFile(os.environ["WEIPIAN_ZIP"])
    seen["installed"] = snapshot()
    seen["package"] = sys.modules[NAME].__file__
    seen["done"] = use()
    seen["used"] = snapshot()
    seen["switched"] = [switch(False)]
    seen["disabled"] = snapshot()
    seen["switched"].append(switch(True))
    seen["enabled"] = snapshot()
    seen["done_again"] = use()
    seen["used_again"] = snapshot()
    seen["shown"] = errors_shown()
    # Over itself, as an update does: what a person chose stays.
    installer.installFromZipFile(os.environ["WEIPIAN_ZIP"])
    seen["updated"] = snapshot()
    installer.uninstallPlugin(NAME, quiet=True)
    seen["removed"] = snapshot()
    seen["shown"] += errors_shown()
    return seen


def run():
    try:
        seen = probe()
    except Exception:
        seen = {"error": traceback.format_exc()}
    seen["messages"] = messages
    ANSWER.write_text(json.dumps(seen, ensure_ascii=False, indent=1), encoding="utf-8")
    # No questions about unsaved projects, no settings to write.
    os._exit(0)


def note(text, tag, level):
    if level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
        messages.append(f"{tag}: {text}")


# A dialog that nobody closes would keep the test waiting: say where it stands, and end.
faulthandler.dump_traceback_later(240, exit=True, file=sys.__stderr__)
QgsApplication.messageLog().messageReceived.connect(note)
QTimer.singleShot(0, run)

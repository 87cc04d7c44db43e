"""Runs in a Python with PyQt6 and no QGIS: loads all of the built plug-in, prints what came of it as JSON.

look.py BUILD     `modules` and `forms`: name to the error, '' where none; `names`: of Qt 6, by class
"""

from __future__ import annotations

import ast
import functools
import importlib
import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import qgis_stand_in
from PyQt6 import QtWidgets

ROOT = Path(sys.argv[1])
NAME = "weipian_plugin"


def told(action: Callable[[], object]) -> str:
    """Do something and return what went wrong."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def modules() -> dict[str, str]:
    """Import every module of the plug-in that draws, and the algorithms."""
    found = {}
    for path in sorted((ROOT / NAME).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = told(functools.partial(importlib.import_module, name))
    return found


def forms() -> dict[str, str]:
    """Load every form as the plug-in does."""
    from weipian_plugin.gui.forms import load_form

    found = {}
    for path in sorted((ROOT / NAME / "forms").glob("*.ui")):
        top = ET.parse(path).getroot().find("widget").get("class")
        found[path.name] = told(functools.partial(load_form, path.name, getattr(QtWidgets, top)()))
    return found


def chains() -> list[str]:
    """Return the places where a source names something of a Qt class that Qt 6 does not have."""
    return [
        f"{path.relative_to(ROOT / NAME)}:{fault}"
        for path in sorted((ROOT / NAME).rglob("*.py"))
        for fault in missing_in(path.read_text(encoding="utf-8"))
    ]


def missing_in(text: str) -> list[str]:
    """Return line and name of each `QClass.name.name` of a source that cannot be had."""
    tree = ast.parse(text)
    known = {
        alias.asname or alias.name: getattr(sys.modules[node.module], alias.name, None)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("qgis.PyQt.")
        for alias in node.names
    }
    faults = [f"0 {name}" for name, value in known.items() if value is None]
    for node in ast.walk(tree):
        parts = ast.unparse(node).split(".") if isinstance(node, ast.Attribute) else [""]
        start = known.get(parts[0])
        is_plain = start is not None and all(part.isidentifier() for part in parts)
        if is_plain and told(functools.partial(functools.reduce, getattr, parts[1:], start)):
            faults.append(f"{node.lineno} {'.'.join(parts)}")
    return faults


def names() -> dict[str, list[str]]:
    """Return what each class of Qt 6 has."""
    qt = [module for name, module in sys.modules.items() if name.startswith("qgis.PyQt.Qt")]
    classes = [value for module in qt for value in vars(module).values() if isinstance(value, type)]
    return {one.__name__: dir(one) for one in classes}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    application = QtWidgets.QApplication([])
    seen = {"modules": modules(), "forms": forms(), "missing": chains(), "names": names()}
    planted = "from qgis.PyQt.QtCore import Qt, QRegExp\nQt.AlignLeft\nQt.AlignmentFlag.AlignLeft"
    print(json.dumps(seen | {"planted": missing_in(planted), "stand_in": qgis_stand_in.MODULES}))

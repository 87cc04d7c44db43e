"""The rules of the layout (docs/architecture.md) and of what may be shipped, over the sources themselves."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import build, translations

ROOT = build.ROOT
PACKAGE = ROOT / "weipian_plugin"

BELOW = {
    "domain": set(),
    "intake": {"domain"},
    "store": {"domain"},
    "exchange": {"domain"},
    "sample": {"domain"},
    "workflow": {"domain", "intake", "store", "exchange", "sample"},
    "gui": {"domain", "intake", "store", "exchange", "workflow"},
    "processing_algorithms": {"domain", "intake", "store", "exchange", "workflow"},
}
"""Which parts a part may import, besides itself."""
HELPERS = {"paths", "metadata", "sqlite_uri", "text_files", "giving_way"}
"""Single modules that every part but domain may import."""
QGIS_HELPERS = {"preferences", "texts"}
"""Single modules that the parts with QGIS may import."""
WITH_QGIS = {"gui", "processing_algorithms", "plugin", ""} | QGIS_HELPERS
"""Parts that may import qgis; '' is the package's own __init__."""
THIRD_PARTY = {"numpy", "shapely", "geopandas", "pandas", "pyogrio", "pyproj", "openpyxl", "yaml", "osgeo"}
FORBIDDEN_IN_DOMAIN = {"qgis", "osgeo", "sqlite3", "openpyxl"}
FORBIDDEN_EVERYWHERE = (
    "subprocess random pickle socket ssl http ftplib smtplib telnetlib urllib.request requests "
    "PyQt5 PyQt6 qgis.PyQt.QtNetwork osgeo xml"
).split()
"""Packages and modules, with everything below them."""
EXCEPTIONS = {("weipian_plugin/intake/one_by_one.py", "osgeo")}
"""The one place that needs GDAL's own binding: pyogrio keeps Python while it reads."""
SOURCE_FOLDERS = ["weipian_plugin", "processing_algorithms", "scripts", "tests", "benchmarks"]
TEXT_SUFFIXES = {".py", ".sh", ".md", ".yaml", ".sql", ".ui", ".txt", ".toml", ".qrc", ".ts", ".tsv", ""}
LONGEST_FUNCTION = 40
CHINESE = re.compile("[\u3400-\u9fff]")
VALUES = {
    "processing_algorithms/advance.py": "复核 复核不通过 审定 审定不通过 撤回 上报 市级退回 审核结束",
    "processing_algorithms/extend.py": "登记 撤销",
    "weipian_plugin/gui/exchange_desk/precheck_page.py": "上报自查",
    "weipian_plugin/gui/exchange_desk/return_page.py": "退回 对照",
    "weipian_plugin/gui/map/columns.py": "拆分",
    "weipian_plugin/gui/review/queue_panel.py": "违法 · 已判定 仙女山街道 区规划自然资源局",
    "weipian_plugin/gui/settings/plan_page.py": "方案检查_ 试算_",
}
"""Chinese that is no text of a window: values of the data, names of files and fonts, samples for widths."""


@dataclass(frozen=True)
class Module:
    """One shipped Python source."""

    path: Path
    part: str
    tree: ast.Module

    @cached_property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[str]:
        return imports(self.nodes)


@cache
def modules() -> tuple[Module, ...]:
    """Return every shipped Python source."""
    found = []
    for folder in ("weipian_plugin", "processing_algorithms"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            inside = path.relative_to(PACKAGE if folder == "weipian_plugin" else ROOT)
            part = inside.parts[0] if len(inside.parts) > 1 else inside.stem
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
            found.append(Module(path, "" if part == "__init__" else part, tree))
    return tuple(found)


def imports(nodes: Iterable[ast.AST]) -> list[str]:
    """Return the dotted names of all imports, those inside functions and TYPE_CHECKING included."""
    names = []
    for node in nodes:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def dotted(module: Module) -> str:
    """Return the name under which a module is imported."""
    name = module.name.removesuffix(".py").replace("/", ".")
    return name if name.startswith("weipian_plugin.") else f"weipian_plugin.{name}"


def module_named(known: Container[str], imported: str) -> str:
    """Return the module that an imported name is, or lies in; '' for none of `known`."""
    if imported in known:
        return imported
    parent = imported.rpartition(".")[0]
    return parent if parent in known else ""


def own_parts(module: Module) -> set[str]:
    """Return the parts of the plug-in that a module imports."""
    dotted = [name.split(".") for name in module.imports]
    return {parts[1] for parts in dotted if parts[0] == "weipian_plugin" and len(parts) > 1}


def qt_classes(nodes: Iterable[ast.AST]) -> dict[str, object]:
    """Return what a module imports from qgis, by the name it has there."""
    found = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qgis."):
            source = importlib.import_module(node.module)
            names = {alias.asname or alias.name: alias.name for alias in node.names}
            found |= {own: getattr(source, name) for own, name in names.items() if hasattr(source, name)}
    return found


each_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


def test_every_part_is_known():
    parts = {module.part for module in modules()}
    assert parts == set(BELOW) | HELPERS | QGIS_HELPERS | {"", "plugin"}


@each_module
def test_imports_point_one_way(module):
    if module.part in {"", "plugin"}:
        return
    if module.part in HELPERS | QGIS_HELPERS:
        assert own_parts(module) <= HELPERS | {"domain"}
        return
    helpers = set() if module.part == "domain" else HELPERS
    if module.part in WITH_QGIS:
        helpers = helpers | QGIS_HELPERS
    assert own_parts(module) <= BELOW[module.part] | {module.part} | helpers


def test_no_two_modules_need_each_other():
    """Not even for the names of types: what both need has a module of its own."""
    known = {dotted(module): module for module in modules() if module.path.name != "__init__.py"}
    needs = {
        name: {module_named(known, used) for used in module.imports} - {"", name}
        for name, module in known.items()
    }
    assert list(TopologicalSorter(needs).static_order())


@each_module
def test_only_allowed_packages_are_imported(module):
    tops = {name.split(".")[0] for name in module.imports}
    allowed = {"weipian_plugin", *THIRD_PARTY, *sys.stdlib_module_names}
    if module.part in WITH_QGIS:
        allowed |= {"qgis", "processing"}
    if module.part == "domain":
        allowed -= FORBIDDEN_IN_DOMAIN
    assert tops <= allowed
    for name in module.imports:
        forbidden = [other for other in FORBIDDEN_EVERYWHERE if f"{name}.".startswith(f"{other}.")]
        assert all((module.name, other) in EXCEPTIONS for other in forbidden), name


@pytest.mark.parametrize("folder", SOURCE_FOLDERS)
def test_algorithms_are_never_a_top_level_module(folder):
    for path in sorted((ROOT / folder).rglob("*.py")):
        names = imports(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))
        assert not [name for name in names if name.split(".")[0] == "processing_algorithms"], path


def test_algorithms_are_the_same_modules_from_the_checkout():
    from weipian_plugin.processing_algorithms import provider

    assert Path(provider.__file__) == ROOT / "processing_algorithms" / "provider.py"
    assert "processing_algorithms" not in sys.modules


@each_module
def test_no_construct_that_the_plugin_site_refuses(module):
    for node in module.nodes:
        where = f"{module.name}:{getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.Assert), where
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, where
            assert [type(line) for line in node.body] != [ast.Pass], where
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            assert name not in {"md5", "exec_", "eval", "QVariant"}, where


@each_module
def test_no_function_needs_scrolling(module):
    functions = [node for node in module.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@each_module
def test_enums_of_qt_and_qgis_are_scoped(module):
    """`Qt.AlignLeft` is gone in Qt 6: a capitalised name on a class of Qt must be a class, not a value."""
    classes = qt_classes(module.nodes)
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in classes:
            found = getattr(classes[node.value.id], node.attr, type)
            value = node.attr[0].isupper() and not isinstance(found, type)
            assert not value, f"{module.name}:{node.lineno} {node.value.id}.{node.attr}"


@each_module
def test_what_a_person_reads_in_a_window_can_be_translated(module):
    if module.part not in {"gui", "processing_algorithms", "plugin"}:
        return
    settled = {id(text) for _, text in translations.marked(module.tree)}
    settled |= {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
    texts = {
        node.value
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in settled
    }
    found = {text for text in texts if CHINESE.search(text)}
    values = VALUES.get(module.name, "")
    assert {text for text in found if text not in values} == set()
    assert set(values.split()) - {"·"} <= {word for text in found for word in text.split()}


@pytest.mark.parametrize("form", sorted((ROOT / "forms").glob("*.ui")), ids=lambda form: form.name)
def test_every_chinese_text_of_a_form_can_be_translated(form):
    [collected] = translations.collect([form]).values()
    texts = {text for text in ElementTree.parse(form).getroot().itertext() if CHINESE.search(text)}
    assert texts <= set(collected)


@pytest.mark.parametrize("form", sorted((ROOT / "forms").glob("*.ui")), ids=lambda form: form.name)
def test_forms_name_their_parts_and_scope_their_enums(form):
    text = form.read_text(encoding="utf-8")
    assert "<include location" not in text
    for value in re.findall(r"<(?:enum|set)>([^<]*)</", text):
        assert all(part.count("::") == 2 for part in value.split("|")), value
    names = re.findall(r'<(?:widget|layout)[^>]* name="([^"]*)"', text)
    assert len(names) == len(set(names)) == len(re.findall(r"<(?:widget|layout)\b", text))
    top = re.search(r"<class>(\w+)</class>\s*<widget class=\"\w+\" name=\"(\w+)\"", text)
    assert top and top[1] == top[2]


@pytest.fixture(scope="module")
def shipped():
    """Every file that is in the zip, as text where it is text."""
    return {
        name: data.decode("utf-8") for name, data in build.contents(ROOT).items() if not name.endswith(".qm")
    }


def test_version_stands_in_metadata_only(shipped):
    version = re.compile(rf"(?<![\d.]){re.escape(build.version())}(?![\d.])")
    holders = {name for name, text in shipped.items() if version.search(text)}
    # Not this version: the one that first wrote a schema, named to those who need it.
    assert holders - {"store/files.py", "store/schema_steps.py"} == {"metadata.txt"}
    assert not version.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"## [{build.version()}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_shipped_file_knows_a_machine(shipped):
    folders = "|".join(["work", "root", "home", "tmp", "Users", "usr", "opt"])
    machine = re.compile(rf"(?<![\w/.<*])/({folders})/|\b[A-Z]:\\")
    assert {name: found[0] for name, text in shipped.items() if (found := machine.search(text))} == {}


@pytest.mark.parametrize("folder", [*SOURCE_FOLDERS, "forms", "docs"])
def test_no_project_file_names_a_private_place(folder):
    # Put together here, so that this file does not find itself.
    private = re.compile("|".join(["/work" + "/", "/root" + "/", "/home" + "/"]))
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and path.suffix in TEXT_SUFFIXES and path.parent.name != "__pycache__":
            assert not private.search(path.read_text(encoding="utf-8")), path


def test_addresses_are_names_of_formats_only(shipped):
    """Nothing is fetched: the only addresses are XML namespaces, definitions of formats, our empty ones."""
    known = re.compile(
        r"www\.w3\.org|www\.opengis\.net|www\.geopackage\.org|schemas\.openxmlformats\.org|weipian-plugin\.invalid"
    )
    for name, text in shipped.items():
        if name != "LICENSE":
            addresses = re.findall(r"https?://([\w.-]+)", text)
            assert [address for address in addresses if not known.fullmatch(address)] == [], name

"""Take the texts of the windows into the .ts files that Qt Linguist edits. Standard library only.

Qt's own pylupdate finds neither a shared `tr` nor a text in a class attribute, and puts a text into the
context of the class around it, whatever context the program asks for. This reads the sources as Python does:

    tr("…"), self.tr("…")                  context `weipian`, or the class where it is self.tr
    translatable("…")                      context `weipian`: shown through tr(…) later
    QCoreApplication.translate("C", "…")   context `C`
    title = "…" and others in ATTRIBUTES   context `weipian`: an algorithm, which translates them itself
    self.add_file("NAME", "…")             context `weipian`: so do its methods in HELPERS
    <string>…</string> in a form           the class of the form, as uic asks for it
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

SHARED = "weipian"
"""Context of the function `tr` in weipian_plugin/texts.py."""
UNTRANSLATED = {"windowIcon", "objectName", "styleSheet", "shortcut", "displayFormat"}
"""Properties of a form that are no words."""

ATTRIBUTES = {"title", "help_text", "table_title", "person_title", "recorded_title", "summary_text"}
HELPERS = {
    "add_file": 1,
    "add_library": 0,
    "add_text": 1,
    "add_flag": 1,
    "add_number": 1,
    "add_target": 1,
    "add_report": 0,
}
"""Methods of an algorithm and the place of the text among their arguments."""

Texts = dict[str, dict[str, str]]
"""Context to source text to translation ('' for none yet), both in the order they were found."""


def collect(sources: Iterable[Path]) -> Texts:
    """Return all texts of Python sources and forms, untranslated."""
    texts: Texts = {}
    for path in sources:
        found = _of_form(path) if path.suffix == ".ui" else _of_module(path)
        for context, text in found:
            texts.setdefault(context, {}).setdefault(text, "")
    return {context: texts[context] for context in sorted(texts)}


def _of_module(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    yield from ((context, text.value) for context, text in marked(tree))


def marked(node: ast.AST, class_name: str = "") -> Iterator[tuple[str, ast.Constant]]:
    """Yield every text below a node that is translated where it is shown, with its context."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield from _of_call(child, class_name)
        elif isinstance(child, ast.ClassDef):
            yield from _of_attributes(child)
        yield from marked(child, child.name if isinstance(child, ast.ClassDef) else class_name)


def _of_call(call: ast.Call, class_name: str) -> Iterator[tuple[str, ast.Constant]]:
    function = call.func
    is_method = isinstance(function, ast.Attribute)
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    words = list(map(_word, call.args))
    if name == "translate" and len(words) == 2 and words[0] and words[1]:
        yield words[0].value, words[1]
    elif name in {"tr", "translatable"} and words and words[0]:
        yield (class_name if is_method else SHARED), words[0]
    elif is_method and name in HELPERS:
        yield from ((SHARED, word) for word in words[HELPERS[name] :][:1] if word)


def _word(node: ast.AST | None) -> ast.Constant | None:
    return node if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else None


def _of_attributes(class_: ast.ClassDef) -> Iterator[tuple[str, ast.Constant]]:
    for line in class_.body:
        names = {getattr(target, "id", "") for target in getattr(line, "targets", ())}
        word = _word(getattr(line, "value", None))
        if names & ATTRIBUTES and word:
            yield SHARED, word


def _of_form(path: Path) -> Iterator[tuple[str, str]]:
    root = _root(path)
    context = root.findtext("class", "")
    for holder in root.iter():
        if holder.get("name") in UNTRANSLATED:
            continue
        for string in holder.findall("string"):
            if string.text and string.get("notr") != "true":
                yield context, string.text
    for group in root.iter("stringlist"):
        yield from ((context, string.text) for string in group.findall("string") if string.text)


def read(path: Path) -> Texts:
    """Return the texts and translations of a .ts file."""
    return {
        context.findtext("name", ""): {
            message.findtext("source", ""): message.findtext("translation") or ""
            for message in context.findall("message")
        }
        for context in _root(path).findall("context")
    }


def _root(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 our own files


def write(path: Path, texts: Texts, language: str) -> None:
    """Write a .ts file; texts without a translation are marked unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="zh_CN")
    for name, messages in texts.items():
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for source, translation in messages.items():
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = source
            target = ElementTree.SubElement(message, "translation")
            target.text = translation or None
            if not translation:
                target.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8", newline="\n")


def update(path: Path, sources: Iterable[Path], language: str = "en") -> Texts:
    """Bring a .ts file up to date: new texts come in untranslated, old translations stay, unused texts go."""
    known = read(path) if path.exists() else {}
    anywhere = {source: text for messages in known.values() for source, text in messages.items() if text}
    texts = collect(sources)
    for context, messages in texts.items():
        for source in messages:
            messages[source] = known.get(context, {}).get(source, "") or anywhere.get(source, "")
    write(path, texts, language)
    return texts

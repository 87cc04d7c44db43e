"""Which category dictionary a workspace judges by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from weipian_plugin.domain.categories import Categories, Dictionary, parse_categories
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.paths import plan_file
from weipian_plugin.store import settings
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import read_text

SHIPPED = ("categories_2021", "categories_2026")
"""The land dictionaries that come with the plug-in, oldest first."""
MINING = "categories_mining"
BY_YEAR = "按年度"
"""The value that goes back to the shipped dictionary of the workspace's year."""
NAME_SETTING, TEXT_SETTING = "category_dictionary", "category_dictionary_text"


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Categories:
    return parse_categories(text, name)


def shipped(stem: str) -> Categories:
    """Return one of the dictionaries that come with the plug-in."""
    path = plan_file(f"{stem}.yaml")
    return _parsed(path.read_text(encoding="utf-8"), path.name)


def dictionary_of(work: Workspace, connection: sqlite3.Connection | None = None) -> Dictionary:
    """Return the dictionary in force; give the connection inside a transaction."""
    held = settings.read(work) if connection is None else settings.read_in(connection)
    return Dictionary(_land(held, work.year), shipped(MINING))


def _land(held: Mapping[str, str], year: int) -> Categories:
    name, text = held.get(NAME_SETTING, ""), held.get(TEXT_SETTING, "")
    if text:
        return _parsed(text, name)
    if name in SHIPPED:
        return shipped(name)
    fitting = (one for one in map(shipped, SHIPPED) if one.first_year <= year <= one.last_year)
    return next(fitting, shipped(SHIPPED[0]))


def dictionary_settings(choice: str) -> dict[str, str]:
    """Return the settings for a choice: 按年度, the name of a shipped dictionary, or a file of one's own.

    Raises WeipianError listing the faults of a file with their lines.
    """
    stem = choice.strip().removesuffix(".yaml")
    if stem in ("", BY_YEAR):
        return {NAME_SETTING: "", TEXT_SETTING: ""}
    if stem in SHIPPED:
        return {NAME_SETTING: stem, TEXT_SETTING: ""}
    path = Path(choice.strip())
    if path.suffix.lower() not in (".yaml", ".yml"):
        known = "、".join((BY_YEAR, *SHIPPED))
        raise WeipianError(f"没有判定字典“{choice}”，请写{known}，或选择一个 .yaml 文件。")
    text = read_text(path, "判定字典")
    parse_categories(text, path.name)
    return {NAME_SETTING: path.name, TEXT_SETTING: text}

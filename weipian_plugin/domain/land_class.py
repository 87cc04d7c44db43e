"""Land classes (地类, DLBM): names, the three-way group and farmland, from an editable dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

from weipian_plugin.domain.errors import WeipianError

_AGRICULTURAL = "农用地"
GROUPS = (_AGRICULTURAL, "建设用地", "未利用地")
"""三大类."""
_STEM = 4


@dataclass(frozen=True)
class LandClass:
    """One class of the dictionary."""

    code: str
    name: str
    group: str
    """农用地, 建设用地 or 未利用地."""
    is_farmland: bool = False


@dataclass(frozen=True)
class LandClasses:
    """The dictionary: asked with a DLBM code as it stands in the data."""

    title: str
    version: str
    classes: Mapping[str, LandClass]
    legacy: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> LandClasses:
        """Return the dictionary written in the YAML `text`; raise WeipianError saying what is wrong."""
        data = _mapping(_load(text), "地类字典")
        classes = {code: _land_class(code, entry) for code, entry in _entries(data, "classes")}
        legacy = {code: str(new) for code, new in _entries(data, "legacy")}
        for old, new in legacy.items():
            if new not in classes:
                raise WeipianError(f"地类字典 legacy 里 {old} 换算成的 {new} 不在 classes 里，请补上或改正。")
        return cls(
            str(data.get("title", "")),
            str(data.get("version", "")),
            MappingProxyType(classes),
            MappingProxyType(legacy),
        )

    def find(self, code: str) -> LandClass | None:
        """Return the class of a DLBM, old codes included, by its first four characters where unlisted."""
        code = self.modernise(code)
        return self.classes.get(code) or self.classes.get(code[:_STEM] if len(code) > _STEM else "")

    def modernise(self, code: str) -> str:
        """Return the 三调 code for an old code; any other code comes back as it is."""
        return self.legacy.get(code, code)

    def is_known(self, code: str) -> bool:
        """Return whether the dictionary can tell name and group of this code."""
        return self.find(code) is not None

    def name(self, code: str) -> str:
        """Return the Chinese name, '' for an unknown code."""
        found = self.find(code)
        return found.name if found else ""

    def group(self, code: str) -> str:
        """Return 耕地, 其他农用地, 建设用地 or 未利用地, as ledgers split areas; '' if unknown."""
        found = self.find(code)
        if found is None or found.group != _AGRICULTURAL:
            return found.group if found else ""
        return "耕地" if found.is_farmland else "其他农用地"

    def is_farmland(self, code: str) -> bool:
        """Return whether the code is 耕地; False for an unknown code."""
        found = self.find(code)
        return found is not None and found.is_farmland


def _load(text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise WeipianError(f"地类字典{where}不是正确的 YAML，请检查缩进、冒号和引号。") from error


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WeipianError(f"{what}的写法不对：应为“键: 值”的列表。")
    return value


def _entries(data: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    entries = _mapping(data.get(key, {}), f"地类字典 {key}")
    for code in entries:
        # YAML reads an unquoted 0101 as the octal number 65.
        if not isinstance(code, str):
            raise WeipianError(f'地类字典 {key} 里的编码 {code} 没有加引号，请写成 "{code}" 的样子。')
    return list(entries.items())


def _land_class(code: str, entry: object) -> LandClass:
    fields = _mapping(entry, f"地类 {code}")
    name, group = str(fields.get("name", "")), str(fields.get("group", ""))
    if not name:
        raise WeipianError(f"地类 {code} 没有写名称 name。")
    if group not in GROUPS:
        raise WeipianError(f"地类 {code} 的 group 写成了“{group}”，只能是{'、'.join(GROUPS)}。")
    return LandClass(code, name, group, bool(fields.get("farmland", False)))

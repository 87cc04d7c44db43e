"""Patch types (图斑类型, TBLX): names and whether a type is land or mining, from an editable dictionary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

from weipian_plugin.domain.errors import WeipianError

LAND = "土地"
MINING = "矿产"
KINDS = (LAND, MINING)
UNKNOWN_KIND = ""
"""The kind of a patch whose type does not surely say: never taken for 土地."""
UNKNOWN_KIND_WORD = "未查明"
"""How an unknown kind is written and shown."""
_FLOAT_TAIL = re.compile(r"\.0+$")


@dataclass(frozen=True)
class PatchType:
    """One type of the dictionary; `kind` is 土地, 矿产, or UNKNOWN_KIND where the type can be either."""

    code: str
    name: str
    kind: str = LAND


@dataclass(frozen=True)
class PatchTypes:
    """The dictionary, asked with a code or a name as it stands in the issued file."""

    title: str
    version: str
    types: Mapping[str, PatchType]
    spellings: Mapping[str, str]
    """Normalised code, name or alias -> code."""

    @classmethod
    def parse(cls, text: str) -> PatchTypes:
        """Return the dictionary written in the YAML `text`; raise WeipianError saying what is wrong."""
        data = _load(text)
        types: dict[str, PatchType] = {}
        spellings: dict[str, str] = {}
        for code, entry in _entries(data):
            patch_type = _patch_type(code, entry)
            types[code] = patch_type
            for spelling in (code, patch_type.name, *entry.get("aliases", ())):
                spellings.setdefault(_normalise(str(spelling)), code)
        return cls(
            str(data.get("title", "")),
            str(data.get("version", "")),
            MappingProxyType(types),
            MappingProxyType(spellings),
        )

    def find(self, text: str) -> PatchType | None:
        """Return the type that a code or name stands for (any width, case, leading zero), else None."""
        code = self.spellings.get(_normalise(text))
        return self.types[code] if code is not None else None

    def code(self, text: str) -> str:
        """Return the dictionary's code for a code or name; an unknown one comes back stripped."""
        found = self.find(text)
        return found.code if found else text.strip()

    def name(self, text: str) -> str:
        """Return the Chinese name; an unknown type comes back stripped."""
        found = self.find(text)
        return found.name if found else text.strip()

    def kind(self, text: str) -> str:
        """Return 土地 or 矿产 as the dictionary says; UNKNOWN_KIND for a type that it does not know."""
        found = self.find(text)
        return found.kind if found else UNKNOWN_KIND


def _normalise(text: str) -> str:
    # Spreadsheets and databases turn the code 20 into 20.0.
    return _FLOAT_TAIL.sub("", "".join(unicodedata.normalize("NFKC", text).split())).upper()


def _load(text: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise WeipianError(f"图斑类型字典{where}不是正确的 YAML，请检查缩进、冒号和引号。") from error
    if not isinstance(data, dict) or not isinstance(data.get("types"), dict):
        raise WeipianError("图斑类型字典里没有 types 一节，请按随附的字典改写。")
    return data


def _entries(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    for code, entry in data["types"].items():
        if not isinstance(code, str) or not isinstance(entry, dict):
            raise WeipianError(f"图斑类型 {code} 的写法不对：编码要加引号，后面写 {{name: 名称}}。")
    return list(data["types"].items())


def _patch_type(code: str, entry: dict[str, Any]) -> PatchType:
    name, kind = str(entry.get("name", "")), str(entry.get("kind", LAND))
    if not name or kind not in (*KINDS, UNKNOWN_KIND_WORD):
        allowed = f"{LAND}、{MINING}或{UNKNOWN_KIND_WORD}"
        raise WeipianError(f"图斑类型 {code} 要有名称 name，kind 只能是{allowed}。")
    return PatchType(code, name, UNKNOWN_KIND if kind == UNKNOWN_KIND_WORD else kind)

"""What a filled-in table may look like: its columns and words, under every spelling that is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import yaml

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.plan.spelling import normalise


@dataclass(frozen=True)
class TableColumn:
    """One column: the key under which its values are given, and its spellings."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class TableLayout:
    """The columns and words of one kind of table."""

    title: str
    columns: tuple[TableColumn, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    """For each kind of word: the proper words, each with its other spellings."""

    @classmethod
    @lru_cache(maxsize=16)
    def parse(cls, text: str, name: str) -> TableLayout:
        """Return the table called `name` of a dictionary of tables (YAML)."""
        data = (yaml.safe_load(text) or {}).get(name)
        if data is None:
            raise WeipianError(f"表格字典里没有“{name}”，请重新安装插件。")
        columns = tuple(
            TableColumn(key, entry["title"], tuple(entry.get("aliases", ())), entry.get("required", False))
            for key, entry in data["columns"].items()
        )
        words = {
            kind: {word: tuple(aliases) for word, aliases in entries.items()}
            for kind, entries in data.get("words", {}).items()
        }
        return cls(data["title"], columns, words)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {normalise(column.title): column.key for column in self.columns}

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return {normalise(alias): column.key for column in self.columns for alias in column.aliases}

    @cached_property
    def _spellings(self) -> Mapping[str, Mapping[str, str]]:
        return {
            kind: {normalise(spelling): word for word, also in entries.items() for spelling in (word, *also)}
            for kind, entries in self.words.items()
        }

    def places(self, header: Iterable[str]) -> dict[str, int]:
        """Return in which column of a header row each key stands.

        A proper title goes before an alias; of two aliases of one key the first counts.
        """
        found: dict[str, int] = {}
        cells = [normalise(cell) for cell in header]
        for spellings in (self._titles, self._aliases):
            for place, cell in enumerate(cells):
                key = spellings.get(cell)
                if key is not None and key not in found and place not in found.values():
                    found[key] = place
        return found

    def missing(self, found: Iterable[str]) -> tuple[str, ...]:
        """Return the titles of the required columns that are not among the keys found."""
        known = set(found)
        return tuple(column.title for column in self.columns if column.required and column.key not in known)

    def word(self, kind: str, text: str) -> str:
        """Return the proper word for a spelling; '' for one that is not known."""
        return self._spellings[kind].get(normalise(text), "")

    def choices(self, kind: str) -> tuple[str, ...]:
        """Return the proper words of a kind."""
        return tuple(self.words[kind])

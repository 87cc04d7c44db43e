"""What the columns of a returned workbook are, and what each may change (plans/feedback_table.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

import yaml

from weipian_plugin.domain.categories import EvidenceField, FieldKind
from weipian_plugin.domain.errors import WeipianError

EVIDENCE_PREFIX = "evidence."
"""`evidence.批准文号` is the evidence field 批准文号 of the determination."""
_MARKS = re.compile(r"[\s*※:：、。.\u200b-\u200f\ufeff]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_LEADING_NUMBER = re.compile(r"^(\d{1,2}|[一二三四五六七八九十]{1,2})[.、)）]")


class Use(StrEnum):
    """What the cells of a column may change."""

    IDENTITY = "identity"
    COUNTER = "counter"
    DETERMINATION = "determination"
    VERDICT = "verdict"
    RETURN = "return"
    DAY = "day"
    FACT = "fact"
    NOTE = "note"
    AREA = "area"
    FIXED = "fixed"


class ValueKind(StrEnum):
    """How two values are compared."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


_EVIDENCE_KINDS = {
    FieldKind.DAY: ValueKind.DATE,
    FieldKind.EXPIRY: ValueKind.DATE,
    FieldKind.AREA: ValueKind.NUMBER,
    FieldKind.NUMBER: ValueKind.NUMBER,
}


@dataclass(frozen=True)
class FeedbackColumn:
    """One column that is understood."""

    key: str
    title: str
    use: Use
    kind: ValueKind = ValueKind.TEXT
    aliases: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()
    """Words by which a column is known whatever its header says; empty for none."""


@dataclass(frozen=True)
class FeedbackLayout:
    """All columns that are understood, and the words of the verdict."""

    columns: tuple[FeedbackColumn, ...]
    verdicts: Mapping[str, frozenset[str]]
    """`passed`, `returned` and `pending` with their spellings, made comparable."""

    @classmethod
    @lru_cache(maxsize=4)
    def parse(cls, text: str) -> FeedbackLayout:
        """Return the layout written in a YAML text; raise WeipianError when it is not one."""
        try:
            data = yaml.safe_load(text)
            columns = tuple(_column(key, entry) for key, entry in data["columns"].items())
            verdicts = {name: frozenset(map(plain, words)) for name, words in data["verdicts"].items()}
        except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise WeipianError(f"反馈表列字典写错了（{error}），请改正或重新安装插件。") from error
        return cls(columns, verdicts)

    def with_evidence(self, fields: Iterable[EvidenceField]) -> FeedbackLayout:
        """Return the layout with the evidence fields of the category dictionary."""
        taken = {plain(name) for c in self.columns for name in (c.title, *c.aliases)}
        more = [
            FeedbackColumn(
                EVIDENCE_PREFIX + field.name,
                field.name,
                Use.DETERMINATION,
                _EVIDENCE_KINDS.get(field.kind, ValueKind.TEXT),
                tuple(alias for alias in field.aliases if plain(alias) not in taken),
            )
            for field in fields
            if plain(field.name) not in taken
        ]
        return replace(self, columns=(*self.columns, *more))

    @cached_property
    def by_key(self) -> Mapping[str, FeedbackColumn]:
        """The columns by key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """Key by spelling: proper titles go before aliases, whole names before those without brackets."""
        found: dict[str, str] = {}
        for shorten in (plain, _bare):
            for own in (lambda c: (c.title,), lambda c: c.aliases):
                for column in self.columns:
                    for name in own(column):
                        found.setdefault(shorten(name), column.key)
        return found

    def key_of(self, header: str) -> str:
        """Return the key that a header names; '' for none."""
        for spelling in (plain(header), _bare(header)):
            if spelling and spelling in self._keys:
                return self._keys[spelling]
        return ""

    def keys_of(self, use: Use) -> tuple[str, ...]:
        """Return the keys of the columns of one use."""
        return self._keys_by_use[use]

    @cached_property
    def _keys_by_use(self) -> Mapping[Use, tuple[str, ...]]:
        return {use: tuple(c.key for c in self.columns if c.use is use) for use in Use}

    def key_by_values(self, texts: frozenset[str]) -> str:
        """Return the key of a column that holds nothing but these words; '' for none."""
        return next((c.key for c in self.columns if texts and c.values and texts <= c.values), "")

    def verdict(self, text: str) -> str:
        """Return passed, returned or pending for a word of the verdict; '' for any other text."""
        wanted = plain(text)
        return next((name for name, words in self.verdicts.items() if wanted in words), "")


def plain(text: str) -> str:
    """Return a header or word without blanks, punctuation and running number, in half-width capitals."""
    half = unicodedata.normalize("NFKC", text).strip()
    return _MARKS.sub("", _LEADING_NUMBER.sub("", half)).upper()


def _bare(text: str) -> str:
    """Return a header without what stands in brackets, such as its unit."""
    return plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def _column(key: str, entry: Mapping[str, object]) -> FeedbackColumn:
    return FeedbackColumn(
        str(key),
        str(entry["title"]),
        Use(str(entry["use"])),
        ValueKind(str(entry.get("kind", "text"))),
        _words(entry.get("aliases")),
        frozenset(_words(entry.get("values"))),
    )


def _words(listed: object) -> tuple[str, ...]:
    return tuple(str(word) for word in listed) if isinstance(listed, list) else ()

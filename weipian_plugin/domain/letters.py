"""Letters of the office: templates that a clerk can edit, filled from named values. Nothing here draws."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from weipian_plugin.domain.errors import WeipianError

_TAG = re.compile(r"^【([^】]*)】(.*)$")
_PLACE = re.compile(r"\{([^{}]*)\}")
_NOTHING = frozenset({"", "0", "0.00", "—"})
"""Values for which a line under 【有】 is left out."""


class Part(StrEnum):
    """What a line of a letter is; the value is its tag in the template."""

    TITLE = "标题"
    NUMBER = "文号"
    ADDRESSEE = "主送"
    HEADING = "节"
    BODY = "正文"
    ATTACHMENT = "附件"
    SIGNATURE = "落款"
    DAY = "日期"
    TABLE = "表"


_IF, _UNLESS = "有", "无"
_TAGS = (*(part.value for part in Part), _IF, _UNLESS)


@dataclass(frozen=True)
class LetterTable:
    """A table that a letter can show."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """What was filled into a paragraph, from `start` to `end` of its text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """One paragraph, or one table, of a finished letter."""

    part: Part
    text: str
    table: LetterTable | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class _Line:
    number: int
    part: Part
    text: str
    condition: str = ""
    """Name of the value on which the line depends; '' for none."""
    wanted: bool = True


@dataclass(frozen=True)
class LetterTemplate:
    """A template as it was read."""

    name: str
    lines: tuple[_Line, ...]


def parse_letter(text: str, name: str) -> LetterTemplate:
    """Return the template written in `text`; raise WeipianError listing every fault with its line.

    One paragraph a line; empty lines and lines that begin with # do not count. A line may begin with a tag:
    【标题】【文号】【主送】【节】【正文】【附件】【落款】【日期】, 【表】 with the name of a table,
    【有】 or 【无】 with a name, ： and the paragraph that stands only if that value is there, or is not.
    """
    lines, faults = [], []
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            lines.append(_line(number, line))
        except ValueError as fault:
            faults.append((number, str(fault)))
    if not lines and not faults:
        faults.append((1, "没有一行正文"))
    _refuse(name, faults)
    return LetterTemplate(name, tuple(lines))


def _line(number: int, text: str) -> _Line:
    _require_whole_places(text)
    tagged = _TAG.match(text)
    if tagged is None:
        return _Line(number, Part.BODY, text)
    tag, rest = tagged[1].strip(), tagged[2].strip()
    if tag not in _TAGS:
        raise ValueError(f"没有“【{tag}】”这种段落{_hint(tag, _TAGS)}，可以写{'、'.join(_TAGS)}")
    if tag not in (_IF, _UNLESS):
        if not rest:
            raise ValueError(f"“【{tag}】”后面没有内容")
        return _Line(number, Part(tag), rest)
    name, mark, body = rest.partition("：")
    if not mark or not name.strip() or not body.strip():
        raise ValueError(f"“【{tag}】”应写成“【{tag}】名称：段落”，名称后用中文冒号")
    inner = _line(number, body.strip())
    return _Line(number, inner.part, inner.text, name.strip(), tag == _IF)


def _require_whole_places(text: str) -> None:
    if "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        raise ValueError("花括号没有成对，应写成“{名称}”")


def fill_letter(
    template: LetterTemplate, values: Mapping[str, str], tables: Mapping[str, LetterTable]
) -> tuple[Block, ...]:
    """Return the letter; raise WeipianError listing every name that is not known with its line.

    A table without rows is left out together with its heading line, if the line above is 【有】 of it.
    """
    _refuse(template.name, _unknown(template, values, tables))
    blocks = []
    for line in template.lines:
        if line.condition and _has(line.condition, values, tables) is not line.wanted:
            continue
        if line.part is Part.TABLE:
            blocks.append(Block(line.part, line.text, tables[line.text]))
        else:
            blocks.append(_filled(line, values))
    return tuple(blocks)


def _filled(line: _Line, values: Mapping[str, str]) -> Block:
    text, figures, at = "", [], 0
    for place in _PLACE.finditer(line.text):
        text += line.text[at : place.start()]
        name = place[1].strip()
        figures.append(Figure(name, len(text), len(text) + len(values[name])))
        text += values[name]
        at = place.end()
    return Block(line.part, text + line.text[at:], figures=tuple(figures))


def _has(name: str, values: Mapping[str, str], tables: Mapping[str, LetterTable]) -> bool:
    if name in tables:
        return bool(tables[name].rows)
    return values[name] not in _NOTHING


def _unknown(
    template: LetterTemplate, values: Mapping[str, str], tables: Mapping[str, LetterTable]
) -> list[tuple[int, str]]:
    faults = []
    for line in template.lines:
        if line.part is Part.TABLE:
            if line.text not in tables:
                faults.append((line.number, f"没有名为“{line.text}”的表{_hint(line.text, tables)}"))
        else:
            named = (place.strip() for place in _PLACE.findall(line.text))
            missing = (one for one in named if one not in values)
            faults += [(line.number, f"没有名为“{one}”的内容{_hint(one, values)}") for one in missing]
        if line.condition and line.condition not in values and line.condition not in tables:
            hint = _hint(line.condition, [*values, *tables])
            faults.append((line.number, f"没有名为“{line.condition}”的内容或表{hint}"))
    return faults


def _hint(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是不是“{near[0]}”" if near else ""


def _refuse(name: str, faults: Sequence[tuple[int, str]]) -> None:
    if faults:
        told = "；".join(f"第{line}行：{fault}" for line, fault in faults)
        raise WeipianError(f"信函模板“{name}”有{len(faults)}处问题，请改正后再试：{told}。")

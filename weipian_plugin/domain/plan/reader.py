"""Read YAML with its line numbers, and collect what is wrong instead of stopping at the first fault."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from weipian_plugin.domain import yaml_text
from weipian_plugin.domain.errors import WeipianError

_MAX_SHOWN = 30
PLAN_FILE = "方案文件"
"""What is read unless said otherwise; the start of the messages about the top block."""


@dataclass(frozen=True)
class PlanProblem:
    """One fault of a plan file: where, what, and what is allowed instead."""

    line: int
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}" + (f"；允许：{self.allowed}" if self.allowed else "")


class PlanError(WeipianError):
    """A file of this manner cannot be used; the message lists every fault with its line."""

    def __init__(self, file_name: str, problems: Iterable[PlanProblem], kind: str = PLAN_FILE) -> None:
        self.file_name = file_name
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.message)))
        shown = [str(problem) for problem in self.problems[:_MAX_SHOWN]]
        if len(self.problems) > _MAX_SHOWN:
            shown.append(f"……另有{len(self.problems) - _MAX_SHOWN}处，改好以上各处后再查。")
        head = f"{kind}“{file_name}”有{len(self.problems)}处问题，未采用，请按行号改正："
        super().__init__("\n".join([head, *shown]))


class Problems:
    """The faults found so far."""

    def __init__(self) -> None:
        self.found: list[PlanProblem] = []

    def add(self, line: int, message: str, allowed: str = "") -> None:
        """Note a fault at a line."""
        self.found.append(PlanProblem(line, message, allowed))


def compose(text: str, problems: Problems, kind: str = PLAN_FILE) -> Block | None:
    """Return the file's top block, or None with the reason noted; `kind` is what the office calls it."""
    try:
        node = yaml_text.compose(text)
    except yaml.YAMLError as error:
        _add_syntax_problem(text, *yaml_text.fault_of(error), problems)
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.add(1, "文件不是“键: 值”的写法", f"参照随插件提供的{kind}")
        return None
    return Block(node, kind, problems, is_top=True)


_FULL_WIDTH_COLON = re.compile(r"^[\s-]*\w+\s*：", re.ASCII)


def _add_syntax_problem(text: str, line: int, fault: str, problems: Problems) -> None:
    """Note what YAML could not read; it gives up some lines after a full-width colon, so look for one."""
    for number, content in enumerate(text.split("\n")[:line], 1):
        if _FULL_WIDTH_COLON.match(content):
            problems.add(number, "键的后面用了全角冒号", "半角冒号加一个空格")
            return
    problems.add(max(line, 1), fault)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in {"", "~", "null"}


class Block:
    """A mapping of the file. Every reader notes what is wrong and returns something harmless instead."""

    def __init__(self, node: yaml.MappingNode, where: str, problems: Problems, is_top: bool = False) -> None:
        self.line = _line(node)
        self.where = where
        self._prefix = "" if is_top else f"{where}的"
        self._marks = (node.start_mark, node.end_mark)
        self._problems = problems
        self._asked: list[str] = []
        self._values: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        for key_node, value in node.value:
            self._take(key_node, value)

    def _take(self, key_node: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key_node, yaml.ScalarNode):
            self._problems.add(_line(key_node), f"{self.where}的键不是文字")
            return
        key = str(key_node.value)
        if key in self._key_lines:
            first = self._key_lines[key]
            self._problems.add(_line(key_node), f"{self.where}的“{key}”与第{first}行重复")
            return
        self._key_lines[key] = _line(key_node)
        if not _is_empty(value):
            self._values[key] = value

    def nothing(self) -> Block:
        """Return a block for a part whose absence is noted already: its readers give defaults, silently."""
        return Block(yaml.MappingNode("", [], *self._marks), self.where, Problems())

    def is_block(self, key: str) -> bool:
        """Return whether the key holds a group of keys."""
        return isinstance(self._values.get(key), yaml.MappingNode)

    def problem(self, key: str, message: str, allowed: str = "") -> None:
        """Note a fault of a key, or of the block when it lacks the key."""
        self._problems.add(self.line_of(key), f"{self.where}的“{key}”{message}", allowed)

    def line_of(self, key: str) -> int:
        """Return the line of a key; the block's own line when it is absent."""
        return self._key_lines.get(key, self.line)

    def has(self, key: str) -> bool:
        """Return whether the key has a value."""
        return key in self._values

    def keys(self) -> tuple[str, ...]:
        """Return the keys that have a value, in file order; for blocks whose keys are free."""
        self._asked.extend(self._values)
        return tuple(self._values)

    def _node(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.append(key)
        node = self._values.get(key)
        if node is None and required:
            self.problem(key, "缺少或为空")
        return node

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; required unless a default is given."""
        node = self._node(key, default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(key, "应为一段文字")
            return default or ""
        return str(node.value).strip()

    def choice(self, key: str, options: Sequence[str], default: str | None = None) -> str:
        """Return one of the options; the first, with the fault noted, when it is none of them."""
        value = self.text(key, default)
        if value in options:
            return value
        if self.has(key):
            self.problem(key, f"写作“{value}”，不认识", "、".join(options))
        return options[0] if default is None else default

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Return a number between the limits; a percentage may be written with %."""
        raw = self.text(key, None if default is None else "")
        if not raw:
            return low if default is None else default
        value = _number(raw)
        if value is None or not low <= value <= high:
            self.problem(key, f"写作“{raw}”，不是可用的数", f"{low:g}到{high:g}之间的数")
            return low
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        """Return a whole number between the limits; None when absent and no default is given."""
        raw = self.text(key, "")
        if not raw:
            return default
        if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
            self.problem(key, f"写作“{raw}”，不是可用的整数", f"{low}到{high}之间的整数")
            return low
        return int(raw)

    def day(self, key: str) -> date | None:
        """Return a date written yyyy-mm-dd, or None when absent."""
        raw = self.text(key, "")
        if not raw:
            return None
        try:
            return date.fromisoformat(raw)
        except ValueError:
            self.problem(key, f"写作“{raw}”，不是日期", "2021-10-09这样的写法")
            return None

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        node = self._node(key, required)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value).strip(),)
        if not isinstance(node, yaml.SequenceNode):
            self.problem(key, "应为一段文字或文字的列表")
            return ()
        return tuple(self._item_text(key, item) for item in node.value)

    def _item_text(self, key: str, item: yaml.Node) -> str:
        if isinstance(item, yaml.ScalarNode) and str(item.value).strip():
            return str(item.value).strip()
        self._problems.add(_line(item), f"{self.where}的“{key}”中有一项不是文字或为空")
        return ""

    def block(self, key: str, required: bool = True) -> Block | None:
        """Return the block under a key, or None."""
        node = self._node(key, required)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problem(key, "应为一组“键: 值”")
            return None
        return Block(node, f"{self._prefix}“{key}”", self._problems)

    def blocks(self, key: str, noun: str, required: bool = False) -> list[Block]:
        """Return the list of blocks under a key; `noun` names one of them in messages."""
        node = self._node(key, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.problem(key, "应为列表，每项以“- ”开头")
            return []
        return [block for item in node.value if (block := self._item_block(item, noun)) is not None]

    def _item_block(self, item: yaml.Node, noun: str) -> Block | None:
        if isinstance(item, yaml.MappingNode):
            return Block(item, noun, self._problems)
        self._problems.add(_line(item), f"{noun}应为一组“键: 值”")
        return None

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key, line in self._key_lines.items():
            if key not in self._asked:
                allowed = "、".join(dict.fromkeys(self._asked))
                self._problems.add(line, f"{self.where}有不认识的“{key}”", allowed)


def _number(raw: str) -> float | None:
    """Return a decimal number or a percentage; None when it is neither, or not finite."""
    digits, factor = (raw[:-1], 100.0) if raw.endswith(("%", "％")) else (raw, 1.0)
    try:
        value = float(digits) / factor
    except ValueError:
        return None
    return value if math.isfinite(value) else None

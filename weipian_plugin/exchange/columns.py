"""Column templates: columns of the sheets, their order, titles and widths, as data to be edited."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.sources import (
    CHECK_NEEDS,
    PATCH_SOURCES,
    UNIT_SOURCES,
    Kind,
    kind_of,
)

DEFAULT_TEMPLATE = Path(__file__).resolve().parent / "templates" / "ledger_default.yaml"

SHEETS: Mapping[str, Mapping[str, Kind]] = {
    "ledger": PATCH_SOURCES,
    "department": UNIT_SOURCES,
    "township": UNIT_SOURCES,
    "not_evaluated": PATCH_SOURCES,
}
"""The sheets that a template lays out, with the sources that each can show."""

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "ledger": ("patch_no", "area_mu", "duty_state", "lead_units", "territory_units"),
    "department": ("patch_no", "area_mu"),
    "township": ("patch_no", "area_mu"),
    "not_evaluated": ("patch_no",),
}
_FIELDS = {"source", "title", "width", "decimals", "hidden", "group"}


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    source: str
    title: str
    kind: Kind
    width: float
    """In characters of the standard font, as the spreadsheet program counts them."""
    decimals: int = 2
    hidden: bool = False
    group: str = ""
    """Title of the band above neighbouring columns; empty for none."""


@dataclass(frozen=True)
class SheetTemplate:
    """One sheet: its title and its columns from left to right."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Note:
    """A standing paragraph of 填报说明."""

    title: str
    text: str


@dataclass(frozen=True)
class LedgerTemplate:
    """All sheets of a ledger workbook."""

    name: str
    area_decimals: int
    sheets: Mapping[str, SheetTemplate]
    notes: tuple[Note, ...]


def load_template(path: Path = DEFAULT_TEMPLATE) -> LedgerTemplate:
    """Read a column template. Raises WeipianError naming the file and every fault with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WeipianError(f"找不到列模板“{path}”，请检查路径。") from None
    except (OSError, UnicodeDecodeError):
        raise WeipianError(f"列模板“{path}”读不出来，请确认它是 UTF-8 编码的文本文件。") from None
    return parse_template(text, path.name)


def parse_template(text: str, file_name: str) -> LedgerTemplate:
    """Return the template written in `text`. Raises WeipianError listing every fault with its line."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WeipianError(
            f"列模板“{file_name}”第 {line} 行不合 YAML 写法，请检查缩进、冒号和引号。"
        ) from None
    except yaml.YAMLError:
        raise WeipianError(f"列模板“{file_name}”不是 YAML 文本，请检查文件。") from None
    reader = _Reader()
    template = reader.template(root)
    if reader.faults:
        shown = "；".join(f"第 {line} 行：{fault}" for line, fault in sorted(reader.faults))
        raise WeipianError(f"列模板“{file_name}”有 {len(reader.faults)} 处问题，请改正后再试。{shown}。")
    return template


class _Reader:
    """Walks the YAML nodes, so that every fault can be told with its line."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []

    def template(self, root: yaml.Node | None) -> LedgerTemplate:
        fields = self._fields(root, {"name", "sheets", "notes"}, "模板")
        name, sheets = fields.get("name"), fields.get("sheets")
        titles = self._fields(sheets, set(SHEETS), "sheets")
        for missing in [key for key in SHEETS if key not in titles]:
            self._fault(sheets or root, f"缺少工作表“{missing}”")
        read = {key: self._sheet(key, node) for key, node in titles.items()}
        decimals = self._area_decimals(root, read)
        return LedgerTemplate(
            self._text(name, "name", root), decimals, read, self._notes(fields.get("notes"))
        )

    def _notes(self, node: yaml.Node | None) -> tuple[Note, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, "“notes”应是一段一段的列表")
            return ()
        read = [self._fields(item, {"title", "text"}, "notes") for item in node.value]
        return tuple(
            Note(self._text(f.get("title"), "title", node), self._text(f.get("text"), "text", node))
            for f in read
        )

    def _sheet(self, key: str, node: yaml.Node) -> SheetTemplate:
        fields = self._fields(node, {"title", "columns"}, key)
        title = self._text(fields.get("title"), "title") if "title" in fields else ""
        items = fields.get("columns")
        if not isinstance(items, yaml.SequenceNode) or not items.value:
            self._fault(items or node, f"工作表“{key}”没有列出 columns")
            return SheetTemplate(title, ())
        columns = tuple(column for item in items.value for column in self._column(item, SHEETS[key]))
        self._check_sheet(key, items, columns)
        return SheetTemplate(title, columns)

    def _column(self, node: yaml.Node, known: Mapping[str, Kind]) -> Iterator[Column]:
        fields = self._fields(node, _FIELDS, "列")
        source = self._text(fields.get("source"), "source", node)
        kind = kind_of(source, known)
        if kind is None:
            if source:
                self._fault(fields["source"], f"没有名为“{source}”的取值{_hint(source, known)}")
            return
        yield Column(
            source=source,
            title=self._text(fields.get("title"), "title", node),
            kind=kind,
            width=self._number(fields.get("width"), "width", 10.0, (1, 200)),
            decimals=int(self._number(fields.get("decimals"), "decimals", 2, (0, 6))),
            hidden=self._flag(fields.get("hidden")),
            group=self._text(fields["group"], "group") if "group" in fields else "",
        )

    def _check_sheet(self, key: str, node: yaml.Node, columns: tuple[Column, ...]) -> None:
        sources, titles = [c.source for c in columns], [c.title for c in columns]
        for repeated in sorted({s for s in sources if sources.count(s) > 1}):
            self._fault(node, f"工作表“{key}”的取值“{repeated}”出现了两次")
        for repeated in sorted({t for t in titles if t and titles.count(t) > 1}):
            self._fault(node, f"工作表“{key}”的列名“{repeated}”出现了两次")
        needed = _REQUIRED[key] + (CHECK_NEEDS if "area_check" in sources else ())
        for missing in dict.fromkeys(source for source in needed if source not in sources):
            self._fault(node, f"工作表“{key}”缺少必需的列“{missing}”，不想显示可写 hidden: true")

    def _area_decimals(self, root: yaml.Node | None, sheets: Mapping[str, SheetTemplate]) -> int:
        """Return the decimals of areas: one figure, because parts and wholes are rounded together."""
        found = {c.decimals for s in sheets.values() for c in s.columns if c.kind is Kind.AREA}
        if len(found) > 1:
            self._fault(root, "面积列的小数位数（decimals）必须全部相同，否则分项与合计对不上")
        return min(found, default=2)

    def _fields(self, node: yaml.Node | None, allowed: set[str], what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, f"“{what}”应写成“名称: 值”的形式")
            return {}
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in allowed:
                self._fault(key, f"“{what}”里没有“{name}”这一项{_hint(name, allowed)}")
            elif name in fields:
                self._fault(key, f"“{name}”写了两次")
            else:
                fields[name] = value
        return fields

    def _text(self, node: yaml.Node | None, name: str, parent: yaml.Node | None = None) -> str:
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        self._fault(node or parent, f"“{name}”没有填写")
        return ""

    def _number(
        self, node: yaml.Node | None, name: str, default: float, limits: tuple[float, float]
    ) -> float:
        if node is None:
            return default
        try:
            number = float(node.value)
        except (TypeError, ValueError):
            number = float("nan")
        if limits[0] <= number <= limits[1] and (name != "decimals" or number.is_integer()):
            return number
        self._fault(node, f"“{name}”应是 {limits[0]} 到 {limits[1]} 之间的数")
        return default

    def _flag(self, node: yaml.Node | None) -> bool:
        if node is None:
            return False
        text = str(node.value).lower()
        if text not in ("true", "false"):
            self._fault(node, "“hidden”应写 true 或 false")
        return text == "true"

    def _fault(self, node: yaml.Node | None, text: str) -> None:
        self.faults.append((node.start_mark.line + 1 if node else 1, text))


def _hint(word: str, known: Mapping[str, Kind] | set[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"，是不是“{near[0]}”" if near else ""

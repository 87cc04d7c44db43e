"""Column templates: columns of the sheets, their order, titles and widths, as data to be edited."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from weipian_plugin.domain import yaml_text
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.sources import (
    FILL_KINDS,
    FILL_PREFIX,
    NEEDS,
    PATCH_SOURCES,
    UNIT_SOURCES,
    Kind,
    kind_of,
)
from weipian_plugin.exchange.town_sources import TOWN_SOURCES
from weipian_plugin.text_files import read_text

TEMPLATES = Path(__file__).resolve().parent / "templates"
DEFAULT_TEMPLATE = TEMPLATES / "submission_full.yaml"
DISPATCH_TEMPLATE = TEMPLATES / "dispatch.yaml"


@dataclass(frozen=True)
class SheetRule:
    """What a template may say of one sheet."""

    sources: Mapping[str, Kind]
    required: tuple[str, ...]
    """Sources that the sheet cannot be without."""
    is_optional: bool = True


SHEETS: Mapping[str, SheetRule] = {
    "determination": SheetRule(PATCH_SOURCES, ("patch_no", "result")),
    "ledger": SheetRule(
        PATCH_SOURCES, ("patch_no", "area_mu", "duty_state", "lead_units", "territory_units"), False
    ),
    "remedy": SheetRule(PATCH_SOURCES, ("patch_no", "area_mu")),
    "assignment": SheetRule(UNIT_SOURCES, ("patch_no", "unit", "unit_duty")),
    "ranking": SheetRule(TOWN_SOURCES, ("unit", "count")),
    "ratio": SheetRule(TOWN_SOURCES, ("unit", "ratio_illegal_mu", "ratio_legal_mu")),
    "audit": SheetRule(PATCH_SOURCES, ("patch_no", "area_mu")),
    "precheck": SheetRule(PATCH_SOURCES, ("patch_no",)),
    "department": SheetRule(UNIT_SOURCES, ("patch_no", "area_mu")),
    "township": SheetRule(UNIT_SOURCES, ("patch_no", "area_mu")),
    "not_evaluated": SheetRule(PATCH_SOURCES, ("patch_no",)),
}
"""The sheets that a template of the submission workbook can lay out; what it leaves out is not written."""
DISPATCH_SHEETS: Mapping[str, SheetRule] = {"tasks": SheetRule(UNIT_SOURCES, ("patch_no", "area_mu"), False)}
"""The sheets of the workbook for one unit."""

CHOICES = ("result", "category", "stage", "subject", "use", "measure", "verdict", "decision", "yes_no")
"""Names of the lists that a drop-down can offer."""
_FIELDS = {"source", "title", "width", "decimals", "hidden", "group", "kind", "choices"}


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
    choices: str | tuple[str, ...] = ()
    """What a drop-down offers: words, or the name of a list of the workspace; empty for no drop-down."""

    @property
    def is_filled_in(self) -> bool:
        """Whether it is empty for who gets the workbook to fill in."""
        return self.source.startswith(FILL_PREFIX)

    @property
    def is_open(self) -> bool:
        """Whether who gets the workbook may change it."""
        return self.is_filled_in or bool(self.choices)

    @property
    def key(self) -> str:
        """The name under which its values come back."""
        return self.source.removeprefix(FILL_PREFIX)


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
    signatures: tuple[str, ...] = ()
    """Who signs below every table, and when."""


def load_template(path: Path = DEFAULT_TEMPLATE, rules: Mapping[str, SheetRule] = SHEETS) -> LedgerTemplate:
    """Read a column template. Raises WeipianError naming the file and every fault with its line."""
    return parse_template(read_text(path, "列模板"), path.name, rules)


def parse_template(text: str, file_name: str, rules: Mapping[str, SheetRule] = SHEETS) -> LedgerTemplate:
    """Return the template written in `text`. Raises WeipianError listing every fault with its line."""
    try:
        root = yaml_text.compose(text)
    except yaml.YAMLError as error:
        line, fault = yaml_text.fault_of(error)
        where = f"第 {line} 行" if line else ""
        raise WeipianError(f"列模板“{file_name}”{where}{fault}。") from error
    reader = _Reader(rules)
    template = reader.template(root)
    if reader.faults:
        shown = "；".join(f"第 {line} 行：{fault}" for line, fault in sorted(reader.faults))
        raise WeipianError(f"列模板“{file_name}”有 {len(reader.faults)} 处问题，请改正后再试。{shown}。")
    return template


class _Reader:
    """Walks the YAML nodes, so that every fault can be told with its line."""

    def __init__(self, rules: Mapping[str, SheetRule]) -> None:
        self._rules = rules
        self._decimals = 2
        """Of the areas, where a column does not say."""
        self.faults: list[tuple[int, str]] = []

    def template(self, root: yaml.Node | None) -> LedgerTemplate:
        fields = self._fields(root, {"name", "decimals", "sheets", "notes", "signatures"}, "模板")
        name, sheets = fields.get("name"), fields.get("sheets")
        self._decimals = int(self._number(fields.get("decimals"), "decimals", 2, (0, 6)))
        titles = self._fields(sheets, set(self._rules), "sheets")
        for key, rule in self._rules.items():
            if not rule.is_optional and key not in titles:
                self._fault(sheets or root, f"缺少工作表“{key}”")
        read = {key: self._sheet(key, node) for key, node in titles.items()}
        decimals = self._area_decimals(root, read)
        return LedgerTemplate(
            self._text(name, "name", root),
            decimals,
            read,
            self._notes(fields.get("notes")),
            self._words(fields.get("signatures"), "signatures"),
        )

    def _words(self, node: yaml.Node | None, name: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, f"“{name}”应是一列词")
            return ()
        return tuple(self._text(item, name, node) for item in node.value)

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
        columns = tuple(
            column for item in items.value for column in self._column(item, self._rules[key].sources)
        )
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
            kind=self._fill_kind(fields, kind, source),
            width=self._number(fields.get("width"), "width", 10.0, (1, 200)),
            decimals=int(self._number(fields.get("decimals"), "decimals", self._decimals, (0, 6))),
            hidden=self._flag(fields.get("hidden")),
            group=self._text(fields["group"], "group") if "group" in fields else "",
            choices=self._choices(fields.get("choices")),
        )

    def _fill_kind(self, fields: Mapping[str, yaml.Node], kind: Kind, source: str) -> Kind:
        """Return what a column holds: only one to be filled in may say so itself."""
        node = fields.get("kind")
        if node is None:
            return kind
        allowed = [kind.value for kind in FILL_KINDS]
        if not source.startswith(FILL_PREFIX):
            self._fault(node, f"“kind”只用于要填写的列（{FILL_PREFIX}…），其他列的写法由取值决定")
        elif node.value not in allowed:
            self._fault(node, f"“kind”应是 {'、'.join(allowed)} 之一")
        else:
            return Kind(node.value)
        return kind

    def _choices(self, node: yaml.Node | None) -> str | tuple[str, ...]:
        if isinstance(node, yaml.ScalarNode):
            if node.value in CHOICES:
                return str(node.value)
            self._fault(node, f"“choices”应是一列词，或 {'、'.join(CHOICES)} 之一")
            return ()
        return self._words(node, "choices")

    def _check_sheet(self, key: str, node: yaml.Node, columns: tuple[Column, ...]) -> None:
        sources = [c.source for c in columns]
        for repeated in sorted({s for s in sources if sources.count(s) > 1}):
            self._fault(node, f"工作表“{key}”的取值“{repeated}”出现了两次")
        for repeated in _repeated_titles(columns):
            self._fault(node, f"工作表“{key}”的列名“{repeated}”出现了两次")
        needed = self._rules[key].required
        for source, others in NEEDS.items():
            needed += others if source in sources else ()
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


def _repeated_titles(columns: Sequence[Column]) -> list[str]:
    """Return titles that stand twice; under two different bands they are told apart."""
    groups: dict[str, list[str]] = {}
    for column in columns:
        groups.setdefault(column.title, []).append(column.group)
    return sorted(
        title
        for title, bands in groups.items()
        if title and len(bands) > 1 and ("" in bands or len(set(bands)) < len(bands))
    )


def _hint(word: str, known: Mapping[str, Kind] | set[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"，是不是“{near[0]}”" if near else ""

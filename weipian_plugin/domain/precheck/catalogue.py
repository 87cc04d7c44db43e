"""The checks as data: the reason for return each stands for, how hard it is, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

import yaml

from weipian_plugin.domain import yaml_text
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Severity


class Level(StrEnum):
    """How hard a check is."""

    BLOCKING = "须补正"
    WARNING = "提醒"
    CONFIRM = "须由人确认"
    """The program cannot know it: a point for a person."""
    OFF = "不查"

    @property
    def severity(self) -> Severity:
        """The severity as a finding."""
        if self is Level.BLOCKING:
            return Severity.ERROR
        return Severity.WARNING if self is Level.WARNING else Severity.NOTE


@dataclass(frozen=True)
class CheckRule:
    """One check."""

    code: str
    reason: str
    """The reviewers' reason for return, or what else it is about."""
    level: Level
    advice: str


@dataclass(frozen=True)
class Limits:
    """Figures and words of the checks; none is from a document (非文件规定)."""

    tolerance_mu: float = 0.01
    uncovered_mu: float = 0.001
    issued_note_mu: float = 0.01
    issued_warning_mu: float = 0.1
    issued_severe_mu: float = 1.0
    large_mu: float = 20.0
    road_width_min: float = 2.0
    road_width_max: float = 8.0
    building_types: tuple[str, ...] = ()
    started_types: tuple[str, ...] = ()
    mining_types: tuple[str, ...] = ()
    temporary_words: tuple[str, ...] = ()
    facility_words: tuple[str, ...] = ()
    mining_words: tuple[str, ...] = ()
    push_words: tuple[str, ...] = ()
    road_words: tuple[str, ...] = ()
    supply_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All checks with their limits."""

    rules: Mapping[str, CheckRule]
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def parse(cls, text: str) -> Catalogue:
        """Return the catalogue written in the YAML `text`; raise WeipianError saying what is wrong."""
        try:
            data = yaml_text.load(text)
        except yaml.YAMLError as error:
            raise WeipianError("自查项目表写得不对，请检查缩进、冒号和引号。") from error
        if not isinstance(data, dict) or not isinstance(data.get("checks"), dict):
            raise WeipianError("自查项目表里没有 checks，请参照随插件提供的 precheck.yaml。")
        rules = {str(code): _rule(str(code), entry) for code, entry in data["checks"].items()}
        return cls(rules, _limits(data.get("limits") or {}))


def _rule(code: str, entry: object) -> CheckRule:
    given = entry if isinstance(entry, dict) else {}
    level, known = str(given.get("level", "")), [level.value for level in Level]
    if level not in known:
        raise WeipianError(f"自查项目“{code}”的 level 是“{level}”，只能写{'、'.join(known)}。")
    return CheckRule(code, str(given.get("reason", "")), Level(level), str(given.get("advice", "")))


def _limits(given: Mapping[str, object]) -> Limits:
    known = {item.name for item in fields(Limits)}
    for name in given:
        if name not in known:
            raise WeipianError(f"自查项目表里没有“{name}”这个限值，请参照随插件提供的 precheck.yaml。")
    return Limits(**{name: _value(name, value) for name, value in given.items()})  # type: ignore[arg-type]


def _value(name: str, value: object) -> float | tuple[str, ...]:
    if isinstance(getattr(Limits(), name), float):
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise WeipianError(f"自查项目表的限值“{name}”应是数，现在是“{value}”。")
    if isinstance(value, list):
        return tuple(map(str, value))
    raise WeipianError(f"自查项目表的“{name}”应是一列词，现在是“{value}”。")

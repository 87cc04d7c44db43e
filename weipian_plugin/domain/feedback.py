"""Comparing what came back with what went out and with what stands now: nothing is overwritten unseen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import yaml

from weipian_plugin.domain.errors import WeipianError

_REMIND_MU, _SERIOUS_MU = 0.1, 1.0
_PRINTED_MU = 0.005
"""Half of the last printed digit: what differs by less is the same figure."""
_NOISE = 1e-6


class Verdict(StrEnum):
    """What the three sides of a cell come to."""

    SAME = "一致"
    THEIRS = "对方改动"
    OURS = "导出后本方已改"
    CLEARED = "对方清空"
    CONFLICT = "冲突"
    REFUSED = "没有采纳"


class Severity(StrEnum):
    """How much a returned area differs (domain.md 4.7: 提醒 ≤0.1, 警告 >0.1, 严重 >1 亩)."""

    REMINDER = "提醒"
    WARNING = "警告"
    SERIOUS = "严重"


def three_way(base: str | None, now: str, theirs: str, same: Callable[[str, str], bool]) -> Verdict:
    """Compare a cell as it went out, as it stands now, and as it came back.

    `base` None: nobody knows what went out; then only an empty value of ours gives way. An emptied cell is
    never an order to delete.
    """
    if same(theirs, now):
        return Verdict.SAME
    if base is not None and same(theirs, base):
        return Verdict.OURS
    if not theirs:
        return Verdict.CLEARED
    if not now or (base is not None and same(now, base)):
        return Verdict.THEIRS
    return Verdict.CONFLICT


def settle(values: Sequence[str], base: str | None, same: Callable[[str, str], bool]) -> str | None:
    """Return the one value that several cells about the same thing come to; None where they contradict.

    Cells on several sheets: what was left as it went out gives way to what somebody changed.
    """
    distinct: list[str] = []
    for value in values:
        if not any(same(value, known) for known in distinct):
            distinct.append(value)
    changed = [value for value in distinct if base is None or not same(value, base)]
    if base is None:
        changed = [value for value in distinct if value] or distinct
    if not changed:
        return distinct[0] if distinct else ""
    return changed[0] if len(changed) == 1 else None


def area_severity(theirs: float, ours: float) -> Severity | None:
    """Return how grave it is that a returned figure (亩) is not ours; None where it is the same printed."""
    gap = abs(theirs - ours)
    if gap <= _PRINTED_MU + _NOISE:
        return None
    if gap <= _REMIND_MU + _NOISE:
        return Severity.REMINDER
    return Severity.WARNING if gap <= _SERIOUS_MU + _NOISE else Severity.SERIOUS


@dataclass(frozen=True)
class ReturnReason:
    """One of the reasons for which reviewers return a patch (domain.md 4.3)."""

    name: str
    wordings: tuple[tuple[str, ...], ...]
    """Each wording is words that must all occur."""

    def is_meant(self, text: str) -> bool:
        """Return whether a text names the reason, by its own name or one of its wordings."""
        wanted = _squeezed(text)
        return _squeezed(self.name) in wanted or any(
            all(_squeezed(word) in wanted for word in words) for words in self.wordings
        )


def parse_reasons(text: str) -> tuple[ReturnReason, ...]:
    """Return the reasons of plans/return_reasons.yaml; raise WeipianError when it is written wrongly."""
    try:
        return tuple(
            ReturnReason(str(entry["name"]), tuple(tuple(map(str, words)) for words in entry["words"]))
            for entry in yaml.safe_load(text)["reasons"]
        )
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise WeipianError(f"退回原因字典写错了（{error}），请改正或重新安装插件。") from error


def recognise(text: str, reasons: Iterable[ReturnReason]) -> tuple[str, ...]:
    """Return the names of the reasons that a reviewer's words mean; none where nothing is recognised."""
    return tuple(reason.name for reason in reasons if reason.is_meant(text))


def _squeezed(text: str) -> str:
    half = unicodedata.normalize("NFKC", text)
    return "".join(c for c in half if not c.isspace() and c not in "，。、；,;.“”\"'").upper()

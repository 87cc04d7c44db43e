"""Use case: what a workspace works by, in the words of the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from weipian_plugin.domain.plan import Plan
from weipian_plugin.domain.ratio import short_percent
from weipian_plugin.store import backup, plans, settings
from weipian_plugin.store.plans import AdoptedPlan
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.advance import is_review_by_another
from weipian_plugin.workflow.categories import BY_YEAR, NAME_SETTING, TEXT_SETTING, dictionary_of
from weipian_plugin.workflow.plans import adopted_plan


@dataclass(frozen=True)
class RuleInForce:
    """One setting of the plan, as a person reads it."""

    name: str
    value: str
    source: str
    """The clause with its words, or 非文件规定."""
    meaning: str
    """Chinese: what it does."""


@dataclass(frozen=True)
class DictionaryInForce:
    """The dictionary that determinations are made by."""

    choice: str
    """按年度, the name of a shipped one, or the name of the office's file."""
    is_own_file: bool
    title: str
    version: str
    unverified: str
    """Chinese: what nobody has compared with the document yet."""
    mining_title: str
    categories: tuple[tuple[str, str], ...]
    """Result and category, land ones only."""


@dataclass(frozen=True)
class SettingsOverview:
    """What a workspace works by."""

    year: int
    plan_title: str
    plan_number: str
    plan_version: str
    adopted: tuple[AdoptedPlan, ...]
    rules: tuple[RuleInForce, ...]
    dictionary: DictionaryInForce
    review_by_another: bool


@dataclass(frozen=True)
class Copy:
    """A copy of a workspace."""

    path: Path
    made_at: str
    """Local time to the minute."""
    size: int
    """Bytes."""


def settings_overview(workspace: Path) -> SettingsOverview:
    """Return what a workspace works by; raise WeipianError when it cannot be read."""
    work = Workspace.open(workspace)
    plan = adopted_plan(work)
    held = settings.read(work)
    return SettingsOverview(
        work.year,
        plan.title,
        plan.number,
        plan.version,
        tuple(plans.adopted(work)),
        tuple(_rules(plan)),
        _dictionary(work, held),
        is_review_by_another(held),
    )


def list_copies(workspace: Path) -> list[Copy]:
    """Return the copies beside a workspace, newest first."""
    return [Copy(path, _made_at(path), path.stat().st_size) for path in backup.copies_of(workspace)]


def _made_at(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")


def _dictionary(work: Workspace, held: dict[str, str]) -> DictionaryInForce:
    both = dictionary_of(work)
    land = both.land
    return DictionaryInForce(
        held.get(NAME_SETTING, "") or BY_YEAR,
        bool(held.get(TEXT_SETTING, "")),
        land.title,
        land.version,
        land.unverified,
        both.mining.title,
        tuple((one.result, one.full_name) for one in land.categories),
    )


def _rules(plan: Plan) -> Iterator[RuleInForce]:
    """Yield how days are counted and what the ratio is, each with where it comes from."""
    days, mark = plan.deadlines, plan.deadlines.counting_origin
    clause = f"{days.source.clause}“{days.source.words}”"
    yield RuleInForce("判定期限", f"{days.days}日", clause, "收到图斑后须在这个期限内完成合法性判定。")
    counted = "自然日连周末和节假日一起数；工作日只数上班的日子，按节假日表计算。"
    yield RuleInForce("天数算法", days.counting.value, mark, counted)
    yield RuleInForce("第1日", days.first_day.value, mark, "从收到的当天还是第二天开始数。")
    yield RuleInForce("期满日", days.last_day.value, mark, "期满那天是节假日时，是否顺延到下一个上班日。")
    paused = "、".join(stage.value for stage in days.paused_in) or "不暂停"
    yield RuleInForce("暂停", paused, mark, "图斑处在这些办理阶段时由市级审核，期限停走，退回后接着数。")
    ratio = plan.ratio
    words = f"{ratio.source.clause}“{ratio.source.words}”"
    yield RuleInForce(
        "违法占用耕地比例上限", short_percent(ratio.limit), words, "比例始终要控制在这个数以内。"
    )

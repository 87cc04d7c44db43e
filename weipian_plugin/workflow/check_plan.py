"""Use case: check a plan file before it is adopted: its writing, and the examples in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.jurisdiction import DutyMatrix
from weipian_plugin.domain.plan import Plan, PlanError, PlanProblem, parse_plan, plan_findings
from weipian_plugin.domain.plan.model import NOT_IN_DOCUMENT
from weipian_plugin.domain.plan_examples import ExampleResult, check_examples
from weipian_plugin.domain.ratio import short_percent
from weipian_plugin.exchange.pages import Cell, Look, page, paragraph, section, table, write_page
from weipian_plugin.workflow.plans import read_plan_text

_LOOKS = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.DOUBTFUL, Severity.NOTE: Look.QUIET}


@dataclass(frozen=True)
class PlanCheck:
    """What the check of a plan file found."""

    file: str
    plan: Plan | None
    """None when the file has faults; then there are no examples to work."""
    problems: tuple[PlanProblem, ...] = ()
    examples: tuple[ExampleResult, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> int:
        """How many examples came out as the file expects."""
        return sum(example.passed for example in self.examples)

    @property
    def failed(self) -> int:
        """How many faults the file has; when it has none, how many examples came out otherwise."""
        return len(self.problems) or len(self.examples) - self.passed

    @property
    def verdict(self) -> str:
        """One Chinese sentence: whether the plan can be adopted."""
        if self.problems:
            return f"有{len(self.problems)}处写法问题，不能采用，请按行号改正后再查；示例未演算。"
        if self.failed:
            return f"写法没有问题，但{len(self.examples)}个示例中有{self.failed}个演算不符，不能采用。"
        if not self.examples:
            return "写法没有问题，可以采用；文件里没有示例，建议补写几个议定过的典型情形。"
        return f"写法没有问题，{self.passed}个示例全部相符，可以采用。"


def check_plan(path: Path) -> PlanCheck:
    """Check the writing of a plan file, then work its examples.

    Raises WeipianError when the file cannot be read at all.
    """
    text = read_plan_text(path)
    try:
        plan = parse_plan(text, path.name)
    except PlanError as error:
        return PlanCheck(path.name, None, error.problems)
    return PlanCheck(path.name, plan, (), tuple(check_examples(plan)), tuple(plan_findings(plan)))


def write_plan_report(path: Path, check: PlanCheck) -> None:
    """Write the result as a page in plain Chinese."""
    parts = [paragraph(check.verdict, Look.VERDICT), _problems(check.problems)]
    if check.plan is not None:
        parts += [_plan(check.plan), _findings(check.findings), _examples(check.examples)]
        parts += [_settings(check.plan), _rules(check.plan)]
    write_page(path, page(f"方案文件检查：{check.file}", *parts))


def _problems(problems: Sequence[PlanProblem]) -> str:
    if not problems:
        return ""
    rows = ((str(item.line), item.message, item.allowed) for item in problems)
    return section("写法问题", table(("行号", "问题", "允许的写法"), rows))


def _plan(plan: Plan) -> str:
    issued = plan.issued_on.isoformat() if plan.issued_on else "未写"
    rows = [
        ("标题", plan.title),
        ("文号", plan.number),
        ("印发日期", issued),
        ("行政区", f"{plan.district.name}（{plan.district.code}）"),
        ("版本", plan.version),
        ("条款、单位、规则", f"{len(plan.clauses)}条、{len(plan.units)}个、{len(plan.rules)}条"),
    ]
    return section("方案", table(("项目", "内容"), rows))


def _findings(findings: Sequence[Finding]) -> str:
    rows = (
        (Cell(item.severity.value, _LOOKS[item.severity]), item.message, item.advice) for item in findings
    )
    return section("需要看一看的地方", table(("程度", "内容", "建议"), rows, "没有。"))


def _examples(examples: Sequence[ExampleResult]) -> str:
    rows = (
        (
            str(item.line),
            item.name,
            Cell("相符", Look.GOOD) if item.passed else Cell("不符", Look.BAD),
            "\n".join([*item.differences, _said(item.matrix)]),
        )
        for item in examples
    )
    return section("示例", table(("行号", "示例", "结果", "演算出的分工"), rows, "文件里没有示例。"))


def _said(matrix: DutyMatrix) -> str:
    return "\n".join(
        [f"{matrix.state}：{matrix.summary}", *(f"{row.duty}：{row.reason}" for row in matrix.duties)]
    )


def _settings(plan: Plan) -> str:
    limits, days = plan.thresholds, plan.deadlines
    order = "、".join(plan.priority.units) or "不定先后，按占比最大者建议"
    rows = [
        ("判定期限", f"{days.days}日", f"{days.source.clause}“{days.source.words}”"),
        ("天数算法", days.counting, days.counting_origin),
        (
            "违法占耕比例上限",
            short_percent(plan.ratio.limit),
            f"{plan.ratio.source.clause}“{plan.ratio.source.words}”",
        ),
        ("报送周期", "、".join(plan.cycle.stages), plan.cycle.source.clause),
        (
            "年度总结",
            f"{plan.cycle.summary_month}月{plan.cycle.summary_day}日前",
            plan.cycle.summary_source.clause,
        ),
        (
            "边角阈值",
            f"{limits.min_area_m2:g}平方米且{limits.min_share:.2%}",
            limits.reference or limits.origin,
        ),
        ("牵头顺序", order, plan.priority.reference or plan.priority.origin),
        ("管委会与乡镇街道", plan.territory.order.value, plan.territory.reference or plan.territory.origin),
    ]
    note = paragraph(f"标“{NOT_IN_DOCUMENT}”的是工作设置，不是方案的规定。", Look.QUIET)
    return section("期限、比例、阈值", table(("设置", "取值", "来源"), rows), note)


def _rules(plan: Plan) -> str:
    rows = ((rule.id, rule.duty.value, rule.unit or "按辖区", rule.clause, rule.words) for rule in plan.rules)
    return section("规则与依据", table(("规则", "职责", "单位", "条款", "方案原话"), rows))

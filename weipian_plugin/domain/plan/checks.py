"""Check what the parts of a plan file say about each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weipian_plugin.domain.findings import Finding, Severity
from weipian_plugin.domain.plan.model import Plan, Quote, Rule, RuleKind, Standing
from weipian_plugin.domain.plan.reader import Problems
from weipian_plugin.domain.roles import Role


def check_references(plan: Plan, problems: Problems) -> None:
    """Note names that lead nowhere, words that the clause does not say, and doubled or missing rules."""
    _check_doubles(plan, problems)
    _check_defaults(plan, problems)
    for rule in plan.rules:
        _check_quote(plan, Quote(rule.clause, rule.words, rule.line), f"规则“{rule.id}”", problems)
        _check_rule_names(plan, rule, problems)
    for where, quote in _setting_quotes(plan):
        _check_quote(plan, quote, where, problems)
    for name in plan.priority.units:
        _check_unit(plan, name, "“priority”", plan.priority.line, problems)
    for unit in plan.units:
        if unit.formerly:
            _check_unit(plan, unit.formerly, f"单位“{unit.name}”的“formerly”", unit.line, problems)
    for source in plan.fact_sources:
        known = plan.vocabulary.words_of(source.fact)
        _check_words(source.values.values(), known, f"事实“{source.fact}”的", source.line, problems)
    _check_examples(plan, problems)


def _check_doubles(plan: Plan, problems: Problems) -> None:
    parts: list[tuple[str, list[tuple[str, int]]]] = [
        ("规则编号", [(rule.id, rule.line) for rule in plan.rules]),
        ("条款", [(clause.number, clause.line) for clause in plan.clauses]),
        ("单位名称", [(name, unit.line) for unit in plan.units for name in unit.names]),
        ("示例名称", [(case.name, case.line) for case in plan.examples]),
        ("无此图层的说明", [(item.layer, item.line) for item in plan.unavailable]),
    ]
    for noun, entries in parts:
        seen: dict[str, int] = {}
        for name, line in entries:
            if name in seen:
                problems.add(line, f"{noun}“{name}”与第{seen[name]}行重复")
            seen.setdefault(name, line)


def _check_defaults(plan: Plan, problems: Problems) -> None:
    defaults = plan.rules_of(RuleKind.DEFAULT)
    if not defaults:
        problems.add(1, "缺少兜底规则，会出现无人负责的图斑", "恰好一条kind为default的规则")
    for rule in defaults[1:]:
        problems.add(rule.line, f"兜底规则多于一条：“{rule.id}”", "恰好一条kind为default的规则")


def _check_quote(plan: Plan, quote: Quote, where: str, problems: Problems) -> None:
    clause = next((item for item in plan.clauses if item.number == quote.clause), None)
    if clause is None:
        known = "、".join(item.number for item in plan.clauses)
        problems.add(quote.line, f"{where}引用的条款“{quote.clause}”不在clauses中", known)
    elif not clause.says(quote.words):
        problems.add(
            quote.line,
            f"{where}的引文与条款{quote.clause}的原文不一致：“{quote.words}”",
            "照抄原文，一字不差",
        )


def _check_unit(plan: Plan, name: str, where: str, line: int, problems: Problems) -> None:
    if name not in {unit.name for unit in plan.units}:
        problems.add(line, f"{where}写的单位“{name}”不在units中", "、".join(unit.name for unit in plan.units))


def _check_rule_names(plan: Plan, rule: Rule, problems: Problems) -> None:
    where = f"规则“{rule.id}”"
    for name in filter(None, (rule.unit, *rule.units)):
        _check_unit(plan, name, where, rule.line, problems)
    words = plan.vocabulary
    _check_words(rule.when.subjects, words.subjects, f"{where}的建设主体", rule.line, problems)
    _check_words(rule.when.uses, words.uses, f"{where}的用途", rule.line, problems)
    _check_words(rule.outcomes, words.outcomes, f"{where}的处理结果", rule.line, problems)


def _check_words(
    used: Iterable[str], known: tuple[str, ...], where: str, line: int, problems: Problems
) -> None:
    for word in used:
        if word not in known:
            problems.add(line, f"{where}“{word}”不在vocabulary中", "、".join(known))


def _setting_quotes(plan: Plan) -> Iterator[tuple[str, Quote]]:
    yield "“deadlines”", plan.deadlines.source
    yield "“ratio”", plan.ratio.source
    yield "“cycle”", plan.cycle.source
    yield "“cycle”的“summary_source”", plan.cycle.summary_source
    if plan.coordination:
        yield "“coordination”", plan.coordination.source


def _check_examples(plan: Plan, problems: Problems) -> None:
    words = plan.vocabulary
    for case in plan.examples:
        where = f"示例“{case.name}”"
        _check_words(filter(None, [case.subject]), words.subjects, f"{where}的建设主体", case.line, problems)
        _check_words(filter(None, [case.use]), words.uses, f"{where}的用途", case.line, problems)
        _check_words(case.outcomes, words.outcomes, f"{where}的处理结果", case.line, problems)


def plan_findings(plan: Plan) -> list[Finding]:
    """Return what a person should look at in a plan that can be used."""
    return [
        *_expired_units(plan),
        *_unused_units(plan),
        *_unused_clauses(plan),
        *_odd_rules(plan),
        *_idle_declarations(plan),
    ]


def _expired_units(plan: Plan) -> Iterator[Finding]:
    for unit in plan.units:
        name = plan.unit_name(unit.name)
        if not unit.formerly and name == unit.name and not unit.exists_in(plan.year):
            message = f"第{unit.line}行：单位“{unit.name}”在{plan.year}年不用这个名称，也没有写明改名后的单位"
            advice = "补写一行改名后的单位，用formerly注明原名。"
            yield Finding("plan-unit-expired", Severity.WARNING, message, advice)


def _unused_units(plan: Plan) -> Iterator[Finding]:
    used = {name for rule in plan.rules for name in (rule.unit, *rule.units)}
    for unit in plan.units:
        if unit.name not in used and not unit.formerly:
            message = f"第{unit.line}行：单位“{unit.name}”没有任何规则用到"
            yield Finding("plan-unit-unused", Severity.WARNING, message, "补写它的规则，或从units中删去。")


def _unused_clauses(plan: Plan) -> Iterator[Finding]:
    used = {rule.clause for rule in plan.rules} | {quote.clause for _, quote in _setting_quotes(plan)}
    for clause in plan.clauses:
        if clause.number not in used:
            message = f"第{clause.line}行：条款{clause.number}没有任何规则或设置引用"
            yield Finding("plan-clause-unused", Severity.WARNING, message, "核对是否漏写规则。")


def _odd_rules(plan: Plan) -> Iterator[Finding]:
    for rule in plan.rules:
        if rule.kind is RuleKind.SPATIAL and rule.layer in {Role.LAND_CLASS, Role.BASIC_FARMLAND}:
            message = f"第{rule.line}行：规则“{rule.id}”按地类或永久基本农田确定单位"
            yield Finding("plan-rule-by-land-class", Severity.WARNING, message, "核对方案是否确实这样分工。")
        if rule.standing is Standing.BEFORE:
            message = f"第{rule.line}行：规则“{rule.id}”优先于空间规则，依据：{rule.reference}"
            yield Finding("plan-rule-before", Severity.NOTE, message)
    if not plan.examples:
        advice = "写几个示例，改动规则后能立即看出结果是否走样。"
        yield Finding("plan-no-examples", Severity.WARNING, "方案文件没有示例", advice)


def _idle_declarations(plan: Plan) -> Iterator[Finding]:
    used = {rule.layer for rule in plan.rules} | {item.layer for rule in plan.rules for item in rule.taken}
    for item in plan.unavailable:
        if item.layer not in used:
            message = f"第{item.line}行：声明没有“{item.layer.label}”图层，但没有规则用到它"
            yield Finding("plan-declaration-idle", Severity.NOTE, message, "可以删去。")

"""Find every claim to a patch: by place, and by what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from weipian_plugin.domain.duties import DutyName
from weipian_plugin.domain.jurisdiction.evidence import Evidence, is_open, look_up, measure, reaches
from weipian_plugin.domain.jurisdiction.values import Claim, PatchFacts
from weipian_plugin.domain.plan.model import Plan, Rule, RuleKind
from weipian_plugin.domain.roles import Role, Status

KIND = "图斑种类"
"""What messages call whether a patch is 土地 or 矿产."""


@dataclass(frozen=True)
class OpenFact:
    """An attribute rule that would apply if the unknown facts were as it asks."""

    rule: Rule
    unknown: tuple[str, ...]
    """Chinese names of the facts that are not known."""


@dataclass(frozen=True)
class Findings:
    """What the spatial and attribute rules say about a patch."""

    claims: tuple[Claim, ...]
    open_rules: tuple[Rule, ...]
    """查处 rules whose layer could not be evaluated."""
    excused_rules: tuple[Rule, ...]
    """查处 rules whose layer the plan file declares unavailable."""
    clear_roles: tuple[Role, ...]
    """Layers of 查处 rules that were evaluated and bring no counted claim."""
    open_facts: tuple[OpenFact, ...]

    @property
    def leads(self) -> tuple[Claim, ...]:
        """The counted claims to 查处."""
        return tuple(claim for claim in self.claims if claim.counted and claim.rule.duty is DutyName.LEAD)

    @property
    def helpers(self) -> tuple[Claim, ...]:
        """The counted claims of rules that only ask to assist."""
        return tuple(claim for claim in self.claims if claim.counted and claim.rule.duty is DutyName.ASSIST)


def find(facts: PatchFacts, evidence: Evidence, plan: Plan) -> Findings:
    """Try every spatial and attribute rule on a patch."""
    spatial = plan.rules_of(RuleKind.SPATIAL)
    claims = [*_spatial_claims(facts, evidence, plan)]
    open_facts = []
    for rule in plan.rules_of(RuleKind.ATTRIBUTE):
        unknown = unknown_facts(rule, facts)
        if unknown:
            open_facts.append(OpenFact(rule, unknown))
        elif unknown is not None:
            claims.append(Claim(rule, plan.unit_name(rule.unit)))
    missing = [rule for rule in spatial if _is_missing(rule, evidence)]
    return Findings(
        claims=tuple(claims),
        open_rules=tuple(rule for rule in missing if is_open(look_up(evidence, _role(rule)), plan)),
        excused_rules=tuple(rule for rule in missing if not is_open(look_up(evidence, _role(rule)), plan)),
        clear_roles=tuple(_clear_roles(spatial, claims, evidence)),
        open_facts=tuple(open_facts),
    )


def _role(rule: Rule) -> Role:
    return rule.layer or Role.LAND_CLASS


def _is_missing(rule: Rule, evidence: Evidence) -> bool:
    item = look_up(evidence, _role(rule))
    return rule.duty is DutyName.LEAD and item.status is Status.NOT_EVALUATED


def _spatial_claims(facts: PatchFacts, evidence: Evidence, plan: Plan) -> Iterator[Claim]:
    for rule in plan.rules_of(RuleKind.SPATIAL):
        item = evidence.get(_role(rule))
        found = measure(item, rule.only, facts) if item else None
        if found:
            counted = reaches(found, rule.min_area_m2, rule.min_share)
            unit = plan.unit_name(rule.unit)
            yield Claim(rule, unit, found.area_m2, found.share, found.edition, counted)


def _clear_roles(rules: Iterable[Rule], claims: Iterable[Claim], evidence: Evidence) -> Iterator[Role]:
    claimed = {claim.rule.layer for claim in claims if claim.counted}
    for rule in rules:
        seen = look_up(evidence, _role(rule)).status is not Status.NOT_EVALUATED
        if seen and rule.duty is DutyName.LEAD and rule.layer not in claimed:
            claimed.add(rule.layer)
            yield _role(rule)


def unknown_facts(rule: Rule, facts: PatchFacts) -> tuple[str, ...] | None:
    """Return which facts are unknown for a rule to apply: none when it applies, None when it cannot."""
    asked = (
        (KIND, facts.kind, rule.when.kinds),
        ("建设主体", facts.subject, rule.when.subjects),
        ("用途", facts.use, rule.when.uses),
        ("图斑类型", facts.patch_type, rule.when.patch_types),
    )
    unknown = []
    for name, value, wanted in asked:
        if wanted and not value:
            unknown.append(name)
        elif wanted and value not in wanted:
            return None
    return tuple(unknown)

"""What the figures suggest a patch to be: 建议 with its figures and the id of its rule, never a decision.

The rules are the category dictionary's: 批文, 设施农用地, 临时用地 (not expired), 农村道路, 其他, and
违法 as the last resort. What cannot be looked up makes the suggestion 存疑, never 违法.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from weipian_plugin.domain.categories import DOUBTFUL, Dictionary, ProposalRule
from weipian_plugin.domain.categories.model import pick_by_year
from weipian_plugin.domain.patch_type import MINING, UNKNOWN_KIND
from weipian_plugin.domain.roles import Role, Status
from weipian_plugin.domain.units import to_mu

REMAINDER_MU = 0.001
"""An uncovered rest above this is to be looked at on the photos."""
LOOK_AT_PHOTOS = "查看现场照片确认是否为边角地"
ROLES = (Role.APPROVAL, Role.FACILITY_FARM, Role.TEMPORARY_LAND)
"""The layers of what was allowed, in the order in which they are asked."""
_YEAR = re.compile(r"[〔\[(（【](19\d\d|20\d\d)")


@dataclass(frozen=True)
class Permit:
    """One feature of a layer of permits that the patch meets."""

    label: str
    """批准文号, 备案编号 or name; '' when the layer has none."""
    area_m2: float
    expires_on: date | None = None
    """Last day of a 临时用地; None when unknown."""


@dataclass(frozen=True)
class Cover:
    """How far one layer of permits covers the patch."""

    status: Status
    area_m2: float = 0.0
    """Of the union of the features."""
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What is known of a patch when something is suggested."""

    patch_no: str
    kind: str
    area_m2: float
    patch_type: str
    attributes: Mapping[str, object]
    """Every issued field."""
    covers: Mapping[Role, Cover]
    """A role that is missing was not evaluated."""


@dataclass(frozen=True)
class Proposal:
    """A suggestion. It is computed when it is looked at and stored nowhere."""

    patch_no: str
    result: str
    """合法, 违法, 其他 or 存疑."""
    category: str
    """'' where the figures do not tell."""
    rule_id: str
    sentence: str
    """Chinese: begins with 建议, with the figures and the rule's id."""
    grounds: str
    """The figures alone, in Chinese: what a person who agrees can write as the basis."""
    document_no: str
    """The number of the one permit that it rests on, as its layer has it; '' for none or several."""


def propose(figures: Figures, dictionary: Dictionary, year: int, as_of: date) -> Proposal:
    """Return what the figures suggest; `as_of` is the day by which a 临时用地 must not have expired."""
    rules = dictionary.mining.proposals if figures.kind == MINING else dictionary.land.proposals
    for rule in rules:
        grounds = _grounds(rule, figures, as_of)
        if grounds:
            category = _category(rule, figures, dictionary, year)
            return _said(figures, rule, rule.result, category, grounds, _document(rule, figures))
    return _last_resort(rules[-1], figures, as_of)


def _grounds(rule: ProposalRule, figures: Figures, as_of: date) -> str:
    """Return the figures by which a rule holds, in words; '' when it does not, or has no condition."""
    if rule.role is not None:
        return _covered(rule.role, rule.min_share, figures, as_of)
    if rule.types:
        return f"图斑类型为{figures.patch_type}" if figures.patch_type in rule.types else ""
    for name in rule.attributes:
        value = str(figures.attributes.get(name) or "").strip()
        if value in rule.values:
            return f"下发属性{name}为{value}"
    return ""


def _covered(role: Role, min_share: float, figures: Figures, as_of: date) -> str:
    cover = _cover(figures, role)
    share = _share(cover.area_m2, figures)
    if cover.status is not Status.HIT or share < min_share or _expired(cover, as_of):
        return ""
    return _coverage(role, cover, figures) + _term(role, cover)


def _coverage(role: Role, cover: Cover, figures: Figures) -> str:
    """Return coverage and remainder, such as 批文（…）覆盖 98.00%（4.90亩），未覆盖 0.10亩，查看…."""
    rest = max(to_mu(figures.area_m2) - to_mu(cover.area_m2), 0.0)
    names = list(dict.fromkeys(permit.label for permit in cover.permits if permit.label))
    named = f"（{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}）" if names else ""
    share = _share(cover.area_m2, figures)
    text = f"{role.label}{named}覆盖{share:.2%}（{to_mu(cover.area_m2):.2f}亩），未覆盖{rest:.3f}亩"
    return f"{text}，{LOOK_AT_PHOTOS}" if rest > REMAINDER_MU else text


def _term(role: Role, cover: Cover) -> str:
    if role is not Role.TEMPORARY_LAND:
        return ""
    days = [permit.expires_on for permit in cover.permits if permit.expires_on is not None]
    if len(days) < len(cover.permits) or not days:
        return "，到期时间不明，须核对是否到期"
    return f"，{min(days)}到期"


def _expired(cover: Cover, as_of: date) -> bool:
    """Return whether any permit that the cover rests on has run out."""
    return any(permit.expires_on is not None and permit.expires_on < as_of for permit in cover.permits)


def _last_resort(rule: ProposalRule, figures: Figures, as_of: date) -> Proposal:
    """Return the last rule's suggestion, or 存疑 where a layer that could have told otherwise is missing."""
    if figures.kind == UNKNOWN_KIND:
        return _said(figures, rule, DOUBTFUL, "", "图斑种类（土地、矿产）未查明，不知道该查哪一类手续")
    if figures.kind == MINING:
        return _said(figures, rule, DOUBTFUL, "", "没有矿业权图层，须查采矿许可证、勘查许可证")
    unknown = [role.label for role in ROLES if _cover(figures, role).status is Status.NOT_EVALUATED]
    if unknown:
        return _said(figures, rule, DOUBTFUL, "", f"{'、'.join(unknown)}未评估，不能判断有无手续")
    partly = [_part(role, figures, as_of) for role in ROLES if _cover(figures, role).status is Status.HIT]
    grounds = (
        "；".join(partly) + "，请考虑拆分后分别判定" if partly else "未查到审批、备案，也不属农村道路等情形"
    )
    return _said(figures, rule, rule.result, rule.category, f"{grounds}；须现场核查后由人判定")


def _part(role: Role, figures: Figures, as_of: date) -> str:
    cover = _cover(figures, role)
    ended = sorted({p.expires_on for p in cover.permits if p.expires_on is not None and p.expires_on < as_of})
    expired = f"，其中{'、'.join(map(str, ended))}已到期" if ended else ""
    return _coverage(role, cover, figures) + expired


def _category(rule: ProposalRule, figures: Figures, dictionary: Dictionary, year: int) -> str:
    """Return the category's name; where the year of approval decides, by the years in the numbers."""
    if not rule.category:
        return ""
    found = dictionary.matching(rule.result, rule.category, figures.kind)
    years = {int(y) for p in _cover(figures, rule.role).permits for y in _YEAR.findall(p.label)}
    known = years.pop() >= year if len(years) == 1 else None
    fitting = pick_by_year((category for _, category in found), known)
    return found[0][0].stored_name(fitting[0]) if len(fitting) == 1 else rule.category


def _cover(figures: Figures, role: Role | None) -> Cover:
    absent = Cover(Status.NOT_EVALUATED)
    return absent if role is None else figures.covers.get(role, absent)


def _share(area_m2: float, figures: Figures) -> float:
    return area_m2 / figures.area_m2 if figures.area_m2 > 0 else 0.0


def _document(rule: ProposalRule, figures: Figures) -> str:
    names = {permit.label for permit in _cover(figures, rule.role).permits}
    return names.pop() if len(names) == 1 else ""


def _said(
    figures: Figures, rule: ProposalRule, result: str, category: str, grounds: str, document_no: str = ""
) -> Proposal:
    named = f"{result}（{category}）" if category else result
    sentence = f"建议{named}：{grounds}。规则{rule.id}。"
    return Proposal(figures.patch_no, result, category, rule.id, sentence, grounds, document_no)

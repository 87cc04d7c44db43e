"""Run the checks over patches and gather what they find, by patch and by check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.precheck import area_checks, casework_checks
from weipian_plugin.domain.precheck.catalogue import Catalogue, Level, Limits
from weipian_plugin.domain.precheck.subject import PatchUnderCheck, Surroundings

Check = Callable[[PatchUnderCheck, Limits, Surroundings], Iterator[str]]

CHECKS: Mapping[str, Check] = {
    function.__name__.replace("_", "-"): function
    for function in (
        casework_checks.undetermined,
        casework_checks.basis_missing,
        casework_checks.returned_open,
        casework_checks.not_approved,
        casework_checks.duty_open,
        casework_checks.approval_papers,
        area_checks.approval_uncovered,
        casework_checks.supply_papers,
        casework_checks.photos_missing,
        casework_checks.field_photos,
        casework_checks.inside_photos,
        area_checks.overlay_missing,
        casework_checks.overlay_picture,
        casework_checks.foreign_number,
        casework_checks.photo_shared,
        casework_checks.shared_document,
        casework_checks.evidence_of_patch,
        casework_checks.unknown_number,
        casework_checks.other_town,
        area_checks.approved_area,
        casework_checks.legal_without_paper,
        area_checks.legal_uncovered,
        casework_checks.permit_expired,
        area_checks.facility_basic_farmland,
        area_checks.facility_farmland,
        casework_checks.permanent_on_temporary,
        casework_checks.forgery,
        casework_checks.mining_land,
        casework_checks.large_works,
        casework_checks.started_works,
        casework_checks.evidence_fields,
        casework_checks.road_width,
        casework_checks.build_year,
        casework_checks.notice_missing,
        area_checks.area_balance,
        area_checks.area_exceeds,
        area_checks.area_issued_note,
        area_checks.area_issued_warning,
        area_checks.area_issued_severe,
        area_checks.not_evaluated,
    )
}
"""Every check by its code in the catalogue, in the order in which what they find is listed."""


@dataclass(frozen=True)
class Checked:
    """What the self-check found."""

    findings: tuple[Finding, ...]
    """One for each patch and check, with the patch as its subject."""
    catalogue: Catalogue

    @cached_property
    def by_patch(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each patch that has any."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.subjects[0]].append(finding)
        return found

    def of(self, level: Level) -> frozenset[str]:
        """Return the patches with something of this level."""
        return frozenset(f.subjects[0] for f in self.findings if self.level(f) is level)

    @property
    def blocked(self) -> frozenset[str]:
        """The patches that must be completed first."""
        return self.of(Level.BLOCKING)

    def level(self, finding: Finding) -> Level:
        """Return how hard the check of a finding is."""
        return self.catalogue.rules[finding.code].level

    def told(self, patch_no: str, level: Level) -> list[str]:
        """Return the messages about a patch of one level."""
        return [f.message for f in self.by_patch.get(patch_no, ()) if self.level(f) is level]

    def state(self, patch_no: str) -> str:
        """Return how a patch came through: 须补正, 有提醒, 待确认 or 通过."""
        levels = {self.level(finding) for finding in self.by_patch.get(patch_no, ())}
        if Level.BLOCKING in levels:
            return "须补正"
        if Level.WARNING in levels:
            return "有提醒"
        return "待确认" if levels else "通过"


def run_checks(patches: Iterable[PatchUnderCheck], around: Surroundings, catalogue: Catalogue) -> Checked:
    """Return everything that the checks of the catalogue find; raise WeipianError for a code nobody knows."""
    unknown = [code for code in catalogue.rules if code not in CHECKS]
    if unknown:
        raise WeipianError(f"自查项目表里的“{unknown[0]}”没有对应的检查，请恢复原来的代码。")
    active = [rule for code in CHECKS if (rule := catalogue.rules.get(code)) and rule.level is not Level.OFF]
    findings = tuple(
        Finding(rule.code, rule.level.severity, f"{rule.reason}：{told}", rule.advice, (patch.patch_no,))
        for patch in patches
        for rule in active
        for told in CHECKS[rule.code](patch, catalogue.limits, around)
    )
    return Checked(findings, catalogue)

"""Use case: check patches before they go to the city; report, mark or refuse."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from weipian_plugin.domain.categories import Category, Dictionary
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.patch_type import UNKNOWN_KIND, UNKNOWN_KIND_WORD
from weipian_plugin.domain.precheck import (
    Catalogue,
    Checked,
    Level,
    PatchUnderCheck,
    Surroundings,
    run_checks,
)
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.units import AREA_UNITS, to_mu
from weipian_plugin.exchange.content import Casework, LedgerContent, PatchCheck
from weipian_plugin.exchange.records import PatchRecord, Record, build_records
from weipian_plugin.exchange.sources import CONTROL_ROLES, area_source
from weipian_plugin.exchange.tables import check_value
from weipian_plugin.giving_way import free_row_by_row
from weipian_plugin.paths import plan_file
from weipian_plugin.store import evidence_files, notes
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import read_text
from weipian_plugin.workflow.categories import dictionary_of
from weipian_plugin.workflow.ledger_content import ledger_content
from weipian_plugin.workflow.plans import adopted_plan
from weipian_plugin.workflow.precheck_report import write_precheck_report

OWN_CATALOGUE = "上报自查.yaml"
"""A copy of the shipped catalogue, edited by the office, in the folder of the workspace."""
_PAPER_LAYER = {"设施农": Role.FACILITY_FARM, "临时用地": Role.TEMPORARY_LAND}
_NAMED_AT_MOST = 5
_PHOTO_FIELD = "photos"
_PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".bmp", ".tif", ".tiff", ".webp")
_BETWEEN_PHOTOS = re.compile(r"[\s,，;；、]+")


@dataclass(frozen=True)
class Precheck:
    """What the self-check found, counted in patches."""

    patches: int
    blocking: int
    warnings: int
    confirm: int
    checked: Checked
    """Everything that was found, patch by patch."""


def precheck(workspace: Path, report: Path, actor: str, progress: Progress) -> Precheck:
    """Check every patch (核实后) and write the report; nothing in the workspace is changed."""
    work = Workspace.open(workspace)
    progress.report(0, "读取工作库")
    content = ledger_content(work, actor)
    progress.report(0.4, "逐图斑检查")
    records = build_records(content, progress=progress.part(0.4, 0.8))
    checked = check_records(work, content, records)
    free_row_by_row(records)
    progress.report(0.8, "写报告")
    numbers = [str(number) for number in content.patches["patch_no"]]
    write_precheck_report(report, content, numbers, checked)
    progress.finish()
    levels = (Level.BLOCKING, Level.WARNING, Level.CONFIRM)
    blocking, warnings, confirm = (len(checked.of(level)) for level in levels)
    return Precheck(len(numbers), blocking, warnings, confirm, checked)


def check_content(
    work: Workspace, content: LedgerContent, records: Sequence[PatchRecord]
) -> tuple[LedgerContent, Checked]:
    """Return the content with what the self-check says of every patch: of the digits that go out."""
    checked = check_records(work, content, records)
    numbers = [str(number) for number in content.patches["patch_no"]]
    return replace(content, checks={number: _check_of(checked, number) for number in numbers}), checked


def refuse_blocking(checked: Checked) -> None:
    """Raise WeipianError when some patch must be completed first."""
    blocked = sorted(checked.blocked)
    if not blocked:
        return
    named = "、".join(blocked[:_NAMED_AT_MOST]) + ("等" if len(blocked) > _NAMED_AT_MOST else "")
    raise WeipianError(
        f"自查发现 {len(blocked)} 个图斑须补正（{named}），没有导出；"
        "请运行“上报前自查”查看逐图斑清单，补正后再导出，或改为“标注”导出。"
    )


def check_records(work: Workspace, content: LedgerContent, records: Sequence[PatchRecord]) -> Checked:
    """Return what the checks find about printed records."""
    dictionary = dictionary_of(work)
    types = {
        str(no): str(code) for no, code in content.patches[["patch_no", "patch_type"]].itertuples(index=False)
    }
    files, photos = _files(work), _photos(work)
    patches = [
        replace(
            _subject(record, content.casework, dictionary, types),
            files=tuple(files.get(str(record.values["patch_no"]), ())),
            photos=photos.get(str(record.values["patch_no"]), {}),
        )
        for record in records
    ]
    townships = adopted_plan(work).district.township_names
    checked = run_checks(patches, _surroundings(patches, content, townships), catalogue_of(work))
    free_row_by_row(patches)
    return checked


def _files(work: Workspace) -> dict[str, list[str]]:
    """Return the names of the evidence files that stand attached, by patch number."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, name, _ in _attached(work):
        found[number].append(name)
    return found


def _photos(work: Workspace) -> dict[str, dict[str, str]]:
    """Return the photos of each patch: attached ones by their content, a unit's by the number it gave."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for number, name, digest in _attached(work):
        if name.lower().endswith(_PICTURES):
            found[number][digest] = name
    written = notes.read(work)
    written = written[written["field"] == _PHOTO_FIELD].drop_duplicates(["patch_no", "source"], keep="last")
    for number, text, source in written[["patch_no", "text", "source"]].itertuples(index=False, name=None):
        found[number] |= {f"{source} {name}": name for name in _BETWEEN_PHOTOS.split(text) if name}
    return found


def _attached(work: Workspace) -> Iterator[tuple[str, str, str]]:
    """Yield patch number, name and digest of each evidence file that stands attached."""
    rows = evidence_files.read(work).drop_duplicates(["patch_no", "stored_as"], keep="last")
    rows = rows[rows["act"] == evidence_files.ATTACH]
    yield from rows[["patch_no", "name", "sha256"]].itertuples(index=False, name=None)


def catalogue_of(work: Workspace) -> Catalogue:
    """Return the checks that count: the office's own beside the workspace, else the shipped ones."""
    own = work.path.resolve().parent / OWN_CATALOGUE
    if not own.exists():
        return _shipped()
    return Catalogue.parse(read_text(own, "自查项目表"))


@cache
def _shipped() -> Catalogue:
    return Catalogue.parse(plan_file("precheck.yaml").read_text(encoding="utf-8"))


def _check_of(checked: Checked, number: str) -> PatchCheck:
    levels = (Level.BLOCKING, Level.WARNING, Level.CONFIRM)
    return PatchCheck(checked.state(number), *[checked.told(number, level) for level in levels])


def _surroundings(
    patches: Sequence[PatchUnderCheck], content: LedgerContent, townships: Mapping[str, str]
) -> Surroundings:
    towns: defaultdict[str, set[str]] = defaultdict(set)
    photos: defaultdict[str, set[str]] = defaultdict(set)
    for patch in patches:
        for photo in patch.photos:
            photos[photo].add(patch.patch_no)
        if patch.document_no:
            towns[patch.document_no].add(patch.town_name)
    numbers = {str(number).upper() for number in content.patches["patch_no"]}
    if content.issued is not None:
        numbers |= {str(number).upper() for number in content.issued["patch_no"]}
    shared = {document: frozenset(names) for document, names in towns.items()}
    return Surroundings(
        frozenset(numbers),
        shared,
        content.made_on.isoformat(),
        {name: proper for name, proper in townships.items() if not name.isdecimal()},
        {photo: frozenset(names) for photo, names in photos.items()},
    )


def _subject(
    record: PatchRecord, casework: Mapping[str, Casework], dictionary: Dictionary, types: Mapping[str, str]
) -> PatchUnderCheck:
    values = record.values
    number = str(values["patch_no"])
    work = casework.get(number, Casework())
    kind = str(values["kind"]).replace(UNKNOWN_KIND_WORD, UNKNOWN_KIND)
    measured = PatchUnderCheck(
        patch_no=number,
        kind=kind,
        town_name=str(values["town_name"]),
        patch_type=types.get(number, ""),
        area_mu=_known(values, "area_mu") or 0.0,
        issued_mu=_issued_mu(values),
        balance_mu=_number(check_value(values)),
        farmland_mu=_known(values, "farmland_net_mu"),
        basic_mu=_known(values, area_source(Role.BASIC_FARMLAND)),
        controls_mu=dict(_controls(values)),
        approved_mu=_known(values, area_source(_paper_layer(work.category))),
        not_evaluated=_gaps(values),
        duty_state=str(values["duty_state"]),
        stage=str(values["stage"]),
    )
    return _judged(measured, work, dictionary.category(work.result, work.category, kind))


def _judged(patch: PatchUnderCheck, work: Casework, category: Category | None) -> PatchUnderCheck:
    """Return the patch with what was decided about it and what its category asks for."""
    return replace(
        patch,
        result=work.result,
        category=work.category,
        basis=work.basis,
        document_no=work.document_no,
        decided_on=work.decided_on,
        doubt=work.doubt,
        evidence=work.evidence,
        measures=frozenset(remedy.measure for remedy in work.remedies),
        wanted_evidence=category.asked if category else (),
        needs_paper=category.needs_papers if category else False,
        materials=category.materials if category else (),
    )


def _paper_layer(category: str) -> Role:
    return next((role for word, role in _PAPER_LAYER.items() if word in category), Role.APPROVAL)


def _controls(values: Record) -> Iterator[tuple[str, float]]:
    for role in CONTROL_ROLES:
        area = _known(values, area_source(role))
        if area is not None:
            yield role.label, area


def _gaps(values: Record) -> tuple[str, ...]:
    told = (str(values[name]) for name in ("roles_without_layer", "roles_beyond_coverage"))
    return tuple(text for text in told if text)


def _issued_mu(values: Record) -> float | None:
    factor = AREA_UNITS.get(str(values["issued_unit"]))
    area = _known(values, "issued_area")
    return None if factor is None or area is None else round(to_mu(area * factor), 4)


def _known(values: Record, source: str) -> float | None:
    return _number(values.get(source))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None

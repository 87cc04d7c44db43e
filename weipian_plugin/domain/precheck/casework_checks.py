"""Checks of what was decided about a patch and what it rests on: each yields what is wrong, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from weipian_plugin.domain.amounts import amount_of
from weipian_plugin.domain.precheck.catalogue import Limits
from weipian_plugin.domain.precheck.subject import (
    ILLEGAL,
    LEGAL,
    NUMBER,
    OTHER,
    PatchUnderCheck,
    Surroundings,
)

_PAPERS = ("批准机关名称", "批准文号", "批准时间", "批准面积")
_DOCUMENT_FIELDS = ("批准文号", "用地协议备案编号", "项目编号")
_SETTLED = ("已审定", "已上报", "审核结束")
_EXPIRY = "到期时间"
_BUILT_ON = "建设时间"
_OPTIONAL = ("备注",)
_NAMED = 3


def undetermined(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """No determination: 存疑 is none."""
    if not patch.is_determined:
        yield f"尚未判定（存疑：{patch.doubt}）" if patch.doubt else "尚未判定"


def basis_missing(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A determination without its basis."""
    if patch.is_determined and not patch.basis.strip():
        yield "没有写判定依据"


def returned_open(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Returned by the city and not judged again."""
    if patch.stage == "市级退回":
        yield "市级退回后尚未重新判定"


def not_approved(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Judged, but not through review and approval."""
    if patch.is_determined and patch.stage not in (*_SETTLED, "市级退回"):
        yield f"办理阶段为{patch.stage}，还没有审定"


def duty_open(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Nobody has settled who leads."""
    if patch.duty_state == "待会商":
        yield "查处单位待会商"


def approval_papers(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal, and the approval is not told whole."""
    if patch.result != LEGAL:
        return
    wanted = [name for name in _PAPERS if name in patch.wanted_evidence]
    known = {**patch.evidence, "批准文号": patch.evidence.get("批准文号") or patch.document_no}
    missing = [name for name in wanted if not known.get(name, "").strip()]
    if missing:
        yield f"没有填{'、'.join(missing)}"


def evidence_fields(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Other evidence that the category asks for is not there."""
    told = {name for name, text in patch.evidence.items() if text.strip()}
    told |= set(_DOCUMENT_FIELDS) if patch.document_no else set()
    told |= {*_OPTIONAL, _BUILT_ON} | (set(_PAPERS) if patch.result == LEGAL else set())
    missing = [name for name in patch.wanted_evidence if name not in told]
    if patch.is_determined and missing:
        yield f"没有填{'、'.join(missing)}"


def road_width(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A 农村道路 that is too narrow or too wide for one."""
    if not patch.is_called(limits.road_words):
        return
    for name, text in patch.evidence.items():
        width = amount_of(text, ("米",)) if "宽度" in name else None
        if width is not None and not limits.road_width_min <= width <= limits.road_width_max:
            yield f"道路宽度 {width:g} 米，不在 {limits.road_width_min:g} 到 {limits.road_width_max:g} 米之间"


def build_year(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Illegal, and nobody says when it was built."""
    if patch.result == ILLEGAL and not patch.evidence.get(_BUILT_ON, "").strip():
        yield "没有写建设时间，不能区分新增和存量"


def notice_missing(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Illegal, and no 制止通知 was served."""
    if patch.result == ILLEGAL and "制止通知" not in patch.measures:
        yield "没有制止通知书"


def supply_papers(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal, and nothing speaks of land supply."""
    told = "".join((*patch.texts(), patch.category))
    if patch.result == LEGAL and not any(word in told for word in limits.supply_words):
        yield "材料里没有提到供地或登记"


def field_photos(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """No photo is on record, but there may be some elsewhere."""
    if _needs_photos(patch) and not patch.photos:
        yield "实地照片（工作库里没有登记）"


def photos_missing(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The same, for an office that keeps its photos in the workspace."""
    if _needs_photos(patch) and not patch.photos:
        yield "没有登记实地照片"


def _needs_photos(patch: PatchUnderCheck) -> bool:
    wanted = patch.result in (LEGAL, ILLEGAL) or any("照片" in name for name in patch.materials)
    return patch.is_determined and wanted


def photo_shared(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """One photo is on record for several patches."""
    for photo, name in patch.photos.items():
        others = sorted(around.patches_by_photo.get(photo, frozenset()) - {patch.patch_no})
        if others:
            yield f"照片“{name}”也用在图斑{'、'.join(others[:_NAMED])}{'等' if len(others) > _NAMED else ''}"


def inside_photos(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A building whose use only its inside shows."""
    if patch.result in (LEGAL, OTHER) and patch.patch_type in limits.building_types:
        yield "内部照片"


def overlay_picture(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal ones are read against a picture of the approval."""
    if patch.result == LEGAL:
        yield "套合图"


def foreign_number(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The evidence names another patch of the workspace."""
    for number in _numbers(patch):
        if number in around.numbers:
            yield f"材料里写的是另一个图斑 {number}"


def unknown_number(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The evidence names a patch number that nobody knows."""
    for number in _numbers(patch):
        if number not in around.numbers:
            yield f"材料里的图斑号 {number} 与本图斑不符"


def other_town(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The evidence names townships, and none of them is the patch's."""
    own = around.townships.get(patch.town_name, patch.town_name)
    told = "".join(patch.texts())
    named = dict.fromkeys(proper for name, proper in around.townships.items() if name in told)
    if own and named and own not in named:
        yield f"材料里写的是{'、'.join(named)}，图斑在{patch.town_name}"


def shared_document(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """One document for patches in several townships."""
    towns = around.towns_by_document.get(patch.document_no, frozenset())
    if patch.document_no and patch.result in (LEGAL, OTHER) and len(towns) > 1:
        yield f"文号“{patch.document_no}”还用在{'、'.join(sorted(towns - {patch.town_name}))}"


def evidence_of_patch(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Whether papers belong to the patch only a person sees."""
    if patch.result in (LEGAL, OTHER) and (patch.materials or patch.document_no):
        yield "材料是否属于本图斑"


def legal_without_paper(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Legal, or of a category that needs papers, without a document number."""
    if (patch.result == LEGAL or patch.needs_paper) and not patch.document_no.strip():
        yield f"判为{patch.result}（{patch.category}）却没有文号"


def permit_expired(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """The permit had run out when it was judged, or has since."""
    end = patch.evidence.get(_EXPIRY, "").strip()
    if patch.result in (LEGAL, OTHER) and end and around.today and end < around.today[: len(end)]:
        yield f"批准到 {end} 为止，已经到期"


def permanent_on_temporary(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """A building on temporary land."""
    if patch.is_called(limits.temporary_words) and patch.patch_type in limits.building_types:
        yield "临时用地上的图斑类型是建（构）筑物"


def forgery(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Whether papers and photos are genuine only a person can tell."""
    if patch.result in (LEGAL, OTHER):
        yield "材料真伪"


def mining_land(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Digging that is judged as something else, or mining judged 其他."""
    if not patch.is_determined or patch.result == ILLEGAL:
        return
    if patch.is_called(limits.mining_words) and patch.result == OTHER:
        yield f"按“{patch.category}”判为其他"
    elif patch.patch_type in limits.mining_types and not patch.is_called(limits.mining_words):
        yield f"图斑类型是采矿，类别却是“{patch.category}”"


def large_works(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Large, and judged 其他."""
    if patch.result == OTHER and patch.area_mu >= limits.large_mu:
        yield f"面积 {patch.area_mu:.2f} 亩，判为其他"


def started_works(patch: PatchUnderCheck, limits: Limits, around: Surroundings) -> Iterator[str]:
    """Building has begun, and the category says that nothing was built."""
    if patch.is_called(limits.push_words) and patch.patch_type in limits.started_types:
        yield f"按“{patch.category}”判定，图斑类型却是已有建设的 {patch.patch_type}"


def _numbers(patch: PatchUnderCheck) -> list[str]:
    """Return the patch numbers in the evidence that are neither its own nor of its family."""
    found = dict.fromkeys(number for text in patch.texts() for number in NUMBER.findall(text.upper()))
    root = patch.patch_no.split("_")[0]
    return [number for number in found if number.split("_")[0] != root]

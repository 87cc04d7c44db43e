"""The self-check: every check with a patch that fails it and one that passes, and the catalogue as data."""

from __future__ import annotations

import dataclasses

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.precheck import (
    Catalogue,
    Level,
    PatchUnderCheck,
    Surroundings,
    run_checks,
)
from weipian_plugin.domain.precheck.run import CHECKS
from weipian_plugin.paths import plan_file

TEXT = plan_file("precheck.yaml").read_text(encoding="utf-8")
CATALOGUE = Catalogue.parse(TEXT)
OWN, OTHER_NUMBER, STRANGE = "500156SJBG21000001", "500156SJBG21000002", "500156SJBG21999999"
AROUND = Surroundings(
    frozenset({OWN, OTHER_NUMBER}),
    {"渝府地〔2021〕1号": frozenset({"白马镇"}), "渝府地〔2021〕9号": frozenset({"白马镇", "江口镇"})},
    "2021-10-20",
    {"白马镇": "白马镇", "白马": "白马镇", "江口镇": "江口镇"},
    {"ab": frozenset({OWN}), "cd": frozenset({OWN, OTHER_NUMBER})},
)
PAPERS = {"项目名称": "示例", "批准机关名称": "市政府", "批准时间": "2021-03-01", "批准面积": "3"}
WANTED = ("项目名称", "批准机关级别", "批准机关名称", "批准文号", "批准时间", "批准面积", "备注")
LEGAL = PatchUnderCheck(
    OWN,
    town_name="白马镇",
    patch_type="YH",
    area_mu=3.0,
    issued_mu=3.0,
    balance_mu=0.0,
    farmland_mu=1.0,
    basic_mu=0.0,
    controls_mu={"永久基本农田": 0.0, "建设用地审批": 3.0},
    approved_mu=3.0,
    duty_state="唯一",
    stage="已审定",
    result="合法",
    category="当年审批",
    basis="批文和划拨决定书",
    document_no="渝府地〔2021〕1号",
    evidence={**PAPERS, "批准机关级别": "市级"},
    wanted_evidence=WANTED,
    materials=("批文", "照片"),
)
ILLEGAL = dataclasses.replace(
    LEGAL,
    result="违法",
    category="未报即用",
    document_no="",
    approved_mu=0.0,
    evidence={"建设时间": "2021-04", "项目名称": "示例"},
    wanted_evidence=("项目名称", "建设时间", "备注"),
    materials=(),
    measures=frozenset({"制止通知"}),
)
FACILITY = dataclasses.replace(
    LEGAL,
    result="其他",
    category="设施农用地",
    document_no="备〔2021〕3号",
    farmland_mu=0.0,
    evidence={},
    wanted_evidence=(),
)


def change(patch, **values):
    return dataclasses.replace(patch, **values)


def codes(patch):
    return {finding.code for finding in run_checks([patch], AROUND, CATALOGUE).findings}


def told(patch, code, catalogue=CATALOGUE):
    return [f.message for f in run_checks([patch], AROUND, catalogue).findings if f.code == code]


ALL_ON = Catalogue.parse(TEXT.replace("level: 不查", "level: 须补正"))
OFF = {code for code, rule in CATALOGUE.rules.items() if rule.level is Level.OFF}
CONFIRMED = {"field-photos", "overlay-picture", "evidence-of-patch", "forgery"}

CASES = [
    ("undetermined", change(LEGAL, result="", category=""), "判定：尚未判定"),
    ("undetermined", change(LEGAL, result="", doubt="看不清"), "判定：尚未判定（存疑：看不清）"),
    ("basis-missing", change(LEGAL, basis=" "), "判定：没有写判定依据"),
    ("returned-open", change(LEGAL, stage="市级退回"), "判定：市级退回后尚未重新判定"),
    ("not-approved", change(LEGAL, stage="已判定"), "判定：办理阶段为已判定，还没有审定"),
    ("duty-open", change(LEGAL, duty_state="待会商"), "职责分派：查处单位待会商"),
    (
        "approval-papers",
        change(LEGAL, evidence={"批准时间": "2021"}),
        "需补充农转用批地手续：没有填批准机关名称、批准面积",
    ),
    (
        "approval-uncovered",
        change(LEGAL, approved_mu=2.99),
        "需补充农转用批地手续：批准范围盖住 2.99 亩，还有 0.01 亩没有盖住",
    ),
    ("supply-papers", change(LEGAL, basis="批文"), "需补充供地手续：材料里没有提到供地或登记"),
    ("photos-missing", LEGAL, "需补充实地照片：没有登记实地照片"),
    (
        "photo-shared",
        change(LEGAL, photos={"ab": "东.jpg", "cd": "西.jpg"}),
        f"举证材料非属于本图斑：照片“西.jpg”也用在图斑{OTHER_NUMBER}",
    ),
    (
        "foreign-number",
        change(LEGAL, files=(f"{OTHER_NUMBER}_现场.jpg",)),
        f"举证材料非属于本图斑：材料里写的是另一个图斑 {OTHER_NUMBER}",
    ),
    (
        "other-town",
        change(LEGAL, evidence={**LEGAL.evidence, "项目名称": "江口镇敬老院"}),
        "材料中的位置、面积或图斑号不符：材料里写的是江口镇，图斑在白马镇",
    ),
    ("inside-photos", change(LEGAL, patch_type="20"), "需补充内部照片：内部照片"),
    ("overlay-missing", change(LEGAL, balance_mu=None, controls_mu={}), "需提供套合图：没有套合结果"),
    (
        "foreign-number",
        change(LEGAL, basis=f"见{OTHER_NUMBER}的批文"),
        f"举证材料非属于本图斑：材料里写的是另一个图斑 {OTHER_NUMBER}",
    ),
    (
        "shared-document",
        change(LEGAL, document_no="渝府地〔2021〕9号"),
        "举证材料非属于本图斑：文号“渝府地〔2021〕9号”还用在江口镇",
    ),
    (
        "unknown-number",
        change(LEGAL, evidence={**LEGAL.evidence, "备注": STRANGE.lower()}),
        f"材料中的位置、面积或图斑号不符：材料里的图斑号 {STRANGE} 与本图斑不符",
    ),
    (
        "approved-area",
        change(LEGAL, evidence={**LEGAL.evidence, "批准面积": "2.5亩"}),
        "材料中的位置、面积或图斑号不符：批准面积 2.50 亩，小于图斑面积 3.00 亩",
    ),
    ("legal-without-paper", change(LEGAL, document_no=""), "应判定为违法：判为合法（当年审批）却没有文号"),
    (
        "legal-without-paper",
        change(FACILITY, category="临时用地", document_no="", needs_paper=True),
        "应判定为违法：判为其他（临时用地）却没有文号",
    ),
    ("legal-uncovered", change(LEGAL, approved_mu=0.0), "应判定为违法：批准图层没有盖住图斑"),
    (
        "permit-expired",
        change(FACILITY, evidence={"到期时间": "2021-10-19"}),
        "应判定为违法：批准到 2021-10-19 为止，已经到期",
    ),
    (
        "facility-basic-farmland",
        change(FACILITY, basic_mu=0.5),
        "设施农不得占耕：设施农用地占永久基本农田 0.50 亩",
    ),
    ("facility-farmland", change(FACILITY, farmland_mu=0.5), "设施农不得占耕：设施农用地占耕地 0.50 亩"),
    (
        "permanent-on-temporary",
        change(FACILITY, category="临时用地", patch_type="20"),
        "临时用地禁止永久建筑：临时用地上的图斑类型是建（构）筑物",
    ),
    ("mining-land", change(FACILITY, category="采矿用地"), "采矿用地：按“采矿用地”判为其他"),
    ("mining-land", change(LEGAL, patch_type="CK"), "采矿用地：图斑类型是采矿，类别却是“当年审批”"),
    ("large-works", change(FACILITY, area_mu=20.0), "大面积工程建设：面积 20.00 亩，判为其他"),
    (
        "started-works",
        change(FACILITY, category="推填土"),
        "明显已动工，非推土：按“推填土”判定，图斑类型却是已有建设的 YH",
    ),
    ("evidence-fields", change(ILLEGAL, evidence={"建设时间": "2021"}), "举证项：没有填项目名称"),
    (
        "road-width",
        change(FACILITY, category="农村道路", evidence={"道路宽度（米）": "8.5"}),
        "举证项：道路宽度 8.5 米，不在 2 到 8 米之间",
    ),
    (
        "build-year",
        change(ILLEGAL, evidence={"项目名称": "示例"}),
        "举证项：没有写建设时间，不能区分新增和存量",
    ),
    ("notice-missing", change(ILLEGAL, measures=frozenset({"立案"})), "查处：没有制止通知书"),
    ("area-balance", change(LEGAL, balance_mu=-0.02), "面积关系：各地类之和与图斑面积相差 -0.02 亩"),
    ("area-exceeds", change(LEGAL, farmland_mu=3.02), "面积关系：耕地 3.02 亩大于图斑面积 3.00 亩"),
    (
        "area-issued-note",
        change(LEGAL, issued_mu=3.1),
        "面积关系：图斑面积 3.00 亩，下发面积 3.10 亩，相差 -0.10 亩",
    ),
    (
        "area-issued-warning",
        change(LEGAL, issued_mu=2.0),
        "面积关系：图斑面积 3.00 亩，下发面积 2.00 亩，相差 +1.00 亩",
    ),
    (
        "area-issued-severe",
        change(LEGAL, issued_mu=1.99),
        "面积关系：图斑面积 3.00 亩，下发面积 1.99 亩，相差 +1.01 亩",
    ),
    ("not-evaluated", change(LEGAL, not_evaluated=("生态保护红线",)), "面积关系：未评估：生态保护红线"),
]


@pytest.mark.parametrize(("code", "patch", "message"), CASES)
def test_each_check_finds_what_it_is_for(code, patch, message):
    """Also one that is off as shipped, once an office has set it."""
    assert told(patch, code, ALL_ON) == [message]
    if CATALOGUE.rules[code].level is not Level.OFF:
        assert told(patch, code) == [message]


@pytest.mark.parametrize("patch", [LEGAL, ILLEGAL, FACILITY])
def test_sound_patches_leave_only_what_a_person_must_confirm(patch):
    found = run_checks([patch], AROUND, CATALOGUE)
    assert {finding.code for finding in found.findings} <= CONFIRMED
    assert {found.level(finding) for finding in found.findings} == {Level.CONFIRM}
    assert found.state(OWN) == "待确认"
    assert not found.blocked


def test_every_check_is_tried_here():
    assert {code for code, _, _ in CASES} | CONFIRMED == set(CHECKS) == set(CATALOGUE.rules)


@pytest.mark.parametrize(
    ("patch", "code"),
    [
        (change(LEGAL, basis=f"本图斑{OWN}和子图斑{OWN}_1"), "foreign-number"),
        (change(LEGAL, area_mu=3.01, issued_mu=3.0), "area-issued-note"),
        (change(LEGAL, issued_mu=None), "area-issued-severe"),
        (change(LEGAL, balance_mu=0.01), "area-balance"),
        (change(LEGAL, approved_mu=None), "legal-uncovered"),
        (change(FACILITY, evidence={"到期时间": "2021-10"}), "permit-expired"),
        (change(ILLEGAL, patch_type="CK"), "mining-land"),
        (change(FACILITY, farmland_mu=None), "facility-farmland"),
        (change(LEGAL, document_no="", result="违法"), "legal-without-paper"),
        (change(LEGAL, photos={"ab": "东.jpg"}), "field-photos"),
        (change(LEGAL, photos={"ab": "东.jpg"}), "photo-shared"),
        (LEGAL, "photos-missing"),
        (change(LEGAL, basis="白马至江口镇公路的批文"), "other-town"),
        (change(LEGAL, town_name="", basis="江口镇的批文"), "other-town"),
    ],
)
def test_what_is_sound_or_unknown_is_not_held_against_a_patch(patch, code):
    assert code not in codes(patch)


def test_only_the_photos_that_an_office_may_keep_elsewhere_are_off_as_shipped():
    assert {"photos-missing"} == OFF


def test_the_fourteen_reasons_of_the_reviewers_are_all_there():
    reasons = yaml.safe_load(plan_file("return_reasons.yaml").read_text(encoding="utf-8"))["reasons"]
    assert len(reasons) == 14
    assert {entry["name"] for entry in reasons} <= {rule.reason for rule in CATALOGUE.rules.values()}


def test_levels_are_data():
    off = Catalogue.parse(
        TEXT.replace(
            "notice-missing: {reason: 查处, level: 提醒", "notice-missing: {reason: 查处, level: 不查"
        )
    )
    bare = change(ILLEGAL, measures=frozenset())
    assert "notice-missing" in codes(bare)
    assert "notice-missing" not in {f.code for f in run_checks([bare], AROUND, off).findings}
    hard = Catalogue.parse(TEXT.replace("level: 提醒, advice: 请下达", "level: 须补正, advice: 请下达"))
    assert run_checks([bare], AROUND, hard).blocked == {OWN}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("level: 须补正", "level: 必须", "只能写须补正、提醒、须由人确认、不查"),
        ("large_mu: 20 ", "large_mu: 很大 ", "限值“large_mu”应是数"),
        ("building_types: [", "buildings: [", "没有“buildings”这个限值"),
        ("mining_types: [CK]", "mining_types: CK", "应是一列词"),
        ("checks:", "checks", "写得不对"),
        ("limits:\n", "- limits:\n", "写得不对"),
    ],
)
def test_faults_of_the_catalogue_are_told(old, new, words):
    with pytest.raises(WeipianError, match=words):
        Catalogue.parse(TEXT.replace(old, new, 1))


def test_a_code_without_its_check_is_refused():
    with pytest.raises(WeipianError, match="没有对应的检查"):
        run_checks(
            [LEGAL], AROUND, Catalogue.parse(TEXT + "  no-such: {reason: 无, level: 提醒, advice: 无}\n")
        )


def test_findings_go_by_patch_and_level():
    second = change(LEGAL, patch_no=OTHER_NUMBER, stage="已判定", basis="")
    found = run_checks([LEGAL, second], AROUND, CATALOGUE)
    assert found.blocked == {OTHER_NUMBER}
    assert found.told(OTHER_NUMBER, Level.WARNING) == ["判定：办理阶段为已判定，还没有审定"]
    assert (found.state(OWN), found.state(OTHER_NUMBER), found.state("无")) == ("待确认", "须补正", "通过")


numbers = st.one_of(st.none(), st.floats(-5, 50))


@given(
    st.builds(
        PatchUnderCheck,
        patch_no=st.just(OWN),
        patch_type=st.sampled_from(["", "20", "CK", "YH"]),
        area_mu=st.floats(0, 50),
        issued_mu=numbers,
        balance_mu=numbers,
        farmland_mu=numbers,
        basic_mu=numbers,
        approved_mu=numbers,
        result=st.sampled_from(["", "合法", "违法", "其他"]),
        category=st.sampled_from(["", "设施农用地", "临时用地", "农村道路", "推填土"]),
        basis=st.text(max_size=20),
        document_no=st.text(max_size=5),
        evidence=st.dictionaries(
            st.sampled_from(["批准面积", "道路宽度（米）", "到期时间"]), st.text(max_size=8)
        ),
    )
)
def test_no_patch_breaks_a_check_and_each_gap_is_graded_once(patch):
    found = [finding.code for finding in run_checks([patch], AROUND, CATALOGUE).findings]
    assert sum(code.startswith("area-issued") for code in found) <= 1
    assert ("undetermined" in found) == (not patch.result)

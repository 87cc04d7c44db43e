"""Invented ledger contents (示例数据): small ones with known figures, and large ones for speed and pages."""

from __future__ import annotations

import dataclasses
import json
import random
from datetime import date

import pandas as pd

from weipian_plugin.domain.land_class import LandClasses
from weipian_plugin.domain.roles import Role
from weipian_plugin.exchange.content import (
    Casework,
    ExportStamp,
    LayerEdition,
    LedgerContent,
    PatchCheck,
    PlanFacts,
    Remedy,
)
from weipian_plugin.exchange.sources import CONTROL_ROLES
from weipian_plugin.paths import plan_file

MU = 2000 / 3
AREA_COLUMNS = [
    "patch_no",
    "role",
    "class_code",
    "class_name",
    "status",
    "area_m2",
    "area_mu",
    "net_area_m2",
    "net_area_mu",
    "share",
    "edition",
]
DUTY_COLUMNS = [
    "patch_no",
    "duty",
    "unit",
    "status",
    "rule_id",
    "clause",
    "reason",
    "area_m2",
    "share",
    "plan_version",
    "decided_by",
    "decided_on",
]
NAN = float("nan")


def land_classes():
    return LandClasses.parse(plan_file("land_classes.yaml").read_text(encoding="utf-8"))


def patch_row(patch_no, mu, **other):
    row = {
        "patch_no": patch_no,
        "parent_no": "",
        "batch_id": "B1",
        "kind": "土地",
        "county_code": "500156",
        "town_code": "500156101",
        "town_name": "白马镇",
        "patch_type": "20",
        "date_before": "2021-03-15",
        "date_after": "2021-06",
        "area_m2": mu * MU,
        "area_mu": mu,
        "issued_area": round(mu, 2),
        "duty_state": "唯一",
        "stage": "待核查",
        "attributes": json.dumps({"JCBH": patch_no, "TZ": "新增建筑"}, ensure_ascii=False),
    }
    return row | other


def class_row(patch_no, code, mu, net_mu=None, status="命中", edition="2020年变更调查"):
    net = mu if net_mu is None else net_mu
    net = NAN if status == "未评估" else net
    return [patch_no, "land_class", code, "", status, mu * MU, mu, net * MU, net, 0.0, edition]


def role_row(patch_no, role, status="未命中", mu=0.0, share=0.0, edition="2021版"):
    role = role.value if isinstance(role, Role) else role
    return [patch_no, role, "", "", status, mu * MU, mu, NAN, NAN, share, edition]


def duty_row(patch_no, duty, unit, reason="", status="建议", area_mu=NAN, share=NAN, clause="四（九）"):
    reason = reason or f"依据{clause}，图斑{patch_no}由{unit}{duty}（示例数据）。"
    return [patch_no, duty, unit, status, "rule", clause, reason, area_mu * MU, share, "v1", "", ""]


def batch_frame(patch_count=1):
    row = {
        "batch_id": "B1",
        "name": "2021年10月第一批",
        "source_file": "示例.shp",
        "source_sha256": "0" * 64,
        "received_on": "2021-10-12",
        "due_on": "2021-10-27",
        "patch_count": patch_count,
        "crs": "EPSG:4490",
        "encoding": "GBK",
        "area_unit": "亩",
        "imported_at": "2021-10-12T09:00:00",
    }
    return pd.DataFrame([row])


def content(patches, areas=(), duties=(), **other):
    frame = pd.DataFrame(patches, columns=list(patch_row("x", 1)))
    given = LedgerContent(
        patches=frame.assign(fid=range(1, len(frame) + 1)),
        areas=pd.DataFrame(list(areas), columns=AREA_COLUMNS),
        duties=pd.DataFrame(list(duties), columns=DUTY_COLUMNS),
        batches=batch_frame(len(patches)),
        plan=PlanFacts("武隆区2021年土地矿产卫片执法工作方案", "武隆府办〔2021〕37号", "wulong_2021 v1"),
        land_classes=land_classes(),
        editions=[
            LayerEdition("地类图斑", "2020年变更调查（示例数据）"),
            LayerEdition("临时用地审批", ""),
        ],
        year=2021,
        period="2021年10月",
        made_on=date(2021, 10, 20),
        maker="区规划自然资源局（示例数据）",
    )
    return dataclasses.replace(given, **other)


TOWNS = [
    "凤山街道", "芙蓉街道", "仙女山街道", "羊角街道", "白马镇", "江口镇", "火炉镇", "鸭江镇", "长坝镇",
    "平桥镇", "桐梓镇", "和顺镇", "双河镇", "凤来镇", "庙垭乡", "石桥苗族土家族乡", "黄莺乡", "沧沟乡",
    "文复苗族土家族乡", "土地乡", "白云乡", "后坪苗族土家族乡", "浩口苗族仡佬族乡", "接龙乡",
    "赵家乡", "大洞河乡",
]  # fmt: skip
UNITS = [
    "区规划自然资源局",
    "区农业农村委",
    "区城市管理局",
    "区交通局",
    "区生态环境局",
    "区水利局",
    "区林业局",
]
CODES = ["0101", "0103", "0201", "0301", "0602", "0702", "1006", "1101", "1206", "1202"]


def large_content(count, seed=1):
    """`count` patches over 26 townships with every kind of state; deterministic for a seed."""
    chance = random.Random(seed)
    patches, areas, duties = [], [], []
    for index in range(count):
        number = f"500156SJBG21{index:06d}"
        mu = chance.uniform(0.2, 60)
        state = chance.choice(["唯一", "唯一", "待会商", "兜底", "未评估"])
        town = chance.choice(TOWNS)
        patches.append(patch_row(number, mu, town_name=town, duty_state=state, patch_type="建/构筑物"))
        areas += _land_rows(number, mu, chance)
        areas += _role_rows(number, mu, chance)
        duties += _duty_rows(number, mu, town, state, chance)
    return content(patches, areas, duties)


def _land_rows(number, mu, chance):
    if chance.random() < 0.02:
        return [role_row(number, "land_class", "未评估", NAN, NAN, "")]
    codes = chance.sample(CODES, chance.randint(1, 5))
    cuts = sorted(chance.uniform(0, mu) for _ in codes[1:])
    parts = [b - a for a, b in zip([0.0, *cuts], [*cuts, mu], strict=True)]
    rows = [
        class_row(number, code, part, part * 0.87 if code in ("0101", "0103") else part)
        for code, part in zip(codes, parts, strict=True)
    ]
    if chance.random() < 0.05:
        rows[-1] = class_row(number, "", parts[-1], status="未评估")
    return rows


def _role_rows(number, mu, chance):
    rows = []
    for role in (*CONTROL_ROLES, Role.TOWNSHIP, Role.COMMITTEE):
        pick = chance.random()
        if role is Role.TEMPORARY_LAND:
            rows.append(role_row(number, role, "未评估", NAN, NAN, ""))
        elif pick < 0.3:
            share = chance.random()
            rows.append(role_row(number, role, "命中", mu * share, share))
        elif pick < 0.33:
            rows.append(role_row(number, role, "未评估", NAN, NAN))
        else:
            rows.append(role_row(number, role))
    return rows


def _duty_rows(number, mu, town, state, chance):
    lead, other = chance.sample(UNITS, 2)
    sentence = (
        "依据《武隆区2021年土地矿产卫片执法工作方案》（武隆府办〔2021〕37号）"
        "四（九）“负责自然保护地及林地违法图斑的查处整改工作”，"
        f"该图斑与林地（2021年林地一张图）重叠 {mu / 2:.2f} 亩，占图斑 50.0%，"
        f"建议由{lead}查处（方案文件 wulong_2021 v1）。"
    )
    rows = [
        duty_row(number, "查处", lead, sentence, area_mu=mu / 2, share=0.5),
        duty_row(number, "属地责任", town, area_mu=mu, share=1.0, clause="四（二）"),
        duty_row(number, "督查", "区纪委监委机关", clause="四（十二）"),
    ]
    return [*rows, duty_row(number, "协办", other)] if state == "待会商" else rows


STAMP = ExportStamp("0A1B2C3D", "2021-10-20T09:00:00+08:00", "ab" * 32, ("result", "area_mu", "verdict"))
CHOICES = {
    "result": ("合法", "违法", "其他"),
    "category": ("当年审批", "未报即用"),
    "verdict": ("通过", "退回"),
}


def with_casework(made, seed=5):
    """Give every patch casework of every kind, and the workbook its ids, drop-downs and self-check."""
    chance = random.Random(seed)
    numbers = [str(number) for number in made.patches["patch_no"]]
    states = ["通过", "待确认", "有提醒", "须补正"]
    checks = {n: PatchCheck(chance.choice(states), ["缺批文"], ["面积相差"], ["照片"]) for n in numbers}
    casework = {number: _casework(chance, index) for index, number in enumerate(numbers)}
    return dataclasses.replace(
        made, casework=casework, issued=made.patches, choices=CHOICES, stamp=STAMP, checks=checks
    )


def _casework(chance, index):
    result = chance.choice(["合法", "违法", "其他", ""])
    if result != "违法":
        return Casework(result, "当年审批", "依据", "渝府地〔2021〕1号", ratio_side=result or "未判定")
    settled = chance.choice([0.0, 0.2, 1e9])
    remedies = [Remedy("拆除", 0.2, None, "", "2021-10-01", "白马镇"), Remedy("罚款", None, 1234.5, "罚1号")]
    return Casework(
        result,
        "未报即用",
        "=依据",
        ratio_side="不计" if index % 7 == 0 else result,
        remedies=remedies,
        settled_mu=settled,
        rectified="已整改" if settled > 1 else "整改中",
        deducted=settled > 1,
        steps={"复核": ("乙", "2021-10-11", ""), "市级退回": ("市局", "2021-10-12", "需补充照片")},
    )

"""The history of a patch in plain Chinese: one line for what one action did to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from weipian_plugin.domain.stages import DETERMINE
from weipian_plugin.store.one_patch import Row

Values = Mapping[str, Any]
_FACTS = {"kind": "图斑种类", "subject": "建设主体", "use": "用途", "outcome": "处理结果"}
_PATCH_COLUMNS = {
    "duty_state": "职责状态",
    "kind": "种类",
    "town_name": "乡镇",
    "split_state": "拆分状态",
    "patch_no": "图斑编号",
    "area_mu": "面积（亩）",
    "date_before": "前时相",
    "date_after": "后时相",
}


@dataclass(frozen=True)
class HistoryLine:
    """What one action of one person did to the patch."""

    at: str
    """Day and minute by the clock of this computer."""
    actor: str
    action: str
    text: str


def history_lines(rows: Iterable[Row]) -> tuple[HistoryLine, ...]:
    """Return the history rows of a patch in words, the latest first."""
    lines = []
    for (at, actor, action), own in groupby(rows, key=lambda row: (row["at"], row["actor"], row["action"])):
        said = [_words(row) for row in own]
        text = "；".join(dict.fromkeys(filter(None, said)))
        lines.append(HistoryLine(_local(at), actor, action, text))
    return tuple(reversed(lines))


def _local(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _words(row: Row) -> str:
    before, after = _read(row["before"]), _read(row["after"])
    tell = _TELLERS.get(row["table_name"])
    return tell(before, after) if tell is not None else ""


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _one(told: Any) -> Values:
    """Return the single row that a record tells; empty for none."""
    row = told[0] if isinstance(told, list) and told else told
    return row if isinstance(row, dict) else {}


def _patch(before: Any, after: Any) -> str:
    old, new = _one(before), _one(after)
    if not old:
        return "图斑入库"
    if not new:
        return "图斑移出"
    parts = [
        f"{label}：{_shown(old[name])} → {_shown(new[name])}"
        for name, label in _PATCH_COLUMNS.items()
        if name in old and name in new and old[name] != new[name]
    ]
    if old.get("geom", "") != new.get("geom", ""):
        parts.append("图形更新")
    if old.get("attributes", "") != new.get("attributes", ""):
        parts.append("下发属性更新")
    return "，".join(parts)


def _shown(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value or "无")


def _overlay(_before: Any, after: Any) -> str:
    told = _one(after)
    if not told:
        return "套合结果清除"
    missing = sum(not edition for edition in told.get("editions", {}).values())
    return f"套合结果{told.get('areas', 0)}项" + (f"，{missing}种图层没有" if missing else "")


def _duty(before: Any, after: Any) -> str:
    rows = after if isinstance(after, list) else [after] if after else []
    leads = [row["unit"] for row in rows if row.get("duty") == "查处"]
    if not rows:
        return "职责建议清除"
    former = before if isinstance(before, list) else [before] if before else []
    was = [row["unit"] for row in former if row.get("duty") == "查处"]
    if not leads:
        return f"其他职责{len(rows)}项"
    return (
        f"查处：{'、'.join(was)} → {'、'.join(leads)}"
        if was and was != leads
        else f"查处：{'、'.join(leads)}"
    )


def _duty_decision(_before: Any, after: Any) -> str:
    told = _one(after)
    former = f"（原{told['former_unit']}）" if told.get("former_unit") else ""
    grounds = "，".join(filter(None, (told.get("reason", ""), told.get("reference", ""))))
    said = f"{told.get('decision', '')}{told.get('duty', '')}：{told.get('unit', '')}{former}"
    return f"{said}，理由：{grounds}" if grounds else said


def _determination(_before: Any, after: Any) -> str:
    told = _one(after)
    category = f"（{told['category']}）" if told.get("category") else ""
    said = f"第{told.get('revision', '')}次判定为{told.get('result', '')}{category}"
    by = f"，判定人{told['decided_by']}，{told['decided_on']}" if told.get("decided_by") else ""
    document = f"，文号{told['document_no']}" if told.get("document_no") else ""
    return f"{said}{by}{document}，依据：{told.get('basis', '') or '无'}"


def _stage_event(_before: Any, after: Any) -> str:
    told = _one(after)
    way = f"{told.get('from_stage', '')} → {told.get('to_stage', '')}"
    if told.get("step") == DETERMINE:
        return way
    reason = f"，理由：{told['reason']}" if told.get("reason") else ""
    return f"{told.get('step', '')}（{way}）{reason}"


def _doubt(_before: Any, after: Any) -> str:
    return f"存疑：{_one(after).get('reason', '')}"


def _extension(_before: Any, after: Any) -> str:
    told = _one(after)
    return (
        f"期限延长{told.get('days', '')}日，{told.get('approved_by', '')}批准，理由：{told.get('reason', '')}"
    )


def _withdrawal(_before: Any, after: Any) -> str:
    told = _one(after)
    return f"撤销延长的{told.get('days', '')}日，理由：{told.get('reason', '')}"


def _fact(before: Any, after: Any) -> str:
    rows: Sequence[Values] = after or before or []
    names = "、".join(_FACTS.get(str(row.get("fact", "")), "") for row in rows[:1])
    values = "、".join(str(row.get("value", "")) or "未查明" for row in after or [])
    return f"{names or '事实'}：{values or '清除'}"


def _task(before: Any, after: Any) -> str:
    told = _one(after)
    return "退回待办办结" if before else f"市级退回：{told.get('reason', '')}"


def _note(_before: Any, after: Any) -> str:
    told = _one(after)
    return f"{told.get('source', '')}填报：{told.get('text', '')}"


def _file(_before: Any, after: Any) -> str:
    told = _one(after)
    return f"{told.get('act', '')}举证材料“{told.get('name', '')}”"


def _remedy(before: Any, after: Any) -> str:
    told = _one(after) or _one(before)
    area = f" {told['area_mu']:g}亩" if told.get("area_mu") else ""
    said = f"{told.get('measure', '')}{area}（{told.get('unit', '')} {told.get('done_on', '')}）"
    return said if after else f"撤销{said}"


_TELLERS: Mapping[str, Callable[[Any, Any], str]] = {
    "patch": _patch,
    "overlay_area": _overlay,
    "duty": _duty,
    "duty_decision": _duty_decision,
    "determination": _determination,
    "stage_event": _stage_event,
    "doubt": _doubt,
    "extension": _extension,
    "extension_withdrawal": _withdrawal,
    "patch_fact": _fact,
    "return_task": _task,
    "patch_note": _note,
    "evidence_file": _file,
    "rectification": _remedy,
}

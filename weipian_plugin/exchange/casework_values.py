"""What was decided about a patch, done and checked, under the names of `sources`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from weipian_plugin.domain.units import apportion
from weipian_plugin.exchange.content import Casework, PatchCheck, Remedy
from weipian_plugin.exchange.sources import EVIDENCE_PREFIX, NOTE_PREFIX, REMEDY_PREFIX

Value = str | float | int | date | None

_BETWEEN = "；"
_STEPS = {"reviewed": "复核", "approved": "审定", "reported": "上报", "returned": "市级退回"}
_PLAIN = ("result", "category", "basis", "document_no", "decided_by", "doubt", "subject", "use", "ratio_side")


def casework_values(area_mu: float, work: Casework | None, decimals: int) -> dict[str, Value]:
    """Return the values of a patch's casework; `area_mu` is its printed area."""
    work = work or Casework()
    return {
        **{name: str(getattr(work, name)) for name in _PLAIN},
        "decided_on": day_value(work.decided_on),
        **{EVIDENCE_PREFIX + name: text for name, text in work.evidence.items()},
        **{NOTE_PREFIX + name: text for name, text in work.notes.items()},
        **_step_values(work),
        **_remedy_values(work, area_mu, decimals),
        "deducted": "是" if work.deducted else "",
    }


def check_values(checks: Mapping[str, PatchCheck] | None, patch_no: str) -> dict[str, Value]:
    """Return what the self-check says of a patch; nothing when none was made."""
    check = (checks or {}).get(patch_no, PatchCheck(""))
    return {
        "check_state": check.state,
        "check_blocking": _listed(check.blocking),
        "check_warnings": _listed(check.warnings),
        "check_confirm": _listed(check.confirm),
    }


def day_value(text: str) -> Value:
    """Return a date for ISO text, so that the spreadsheet sorts it; any other text as it is."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text


def _step_values(work: Casework) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, step in _STEPS.items():
        person, day, reason = work.steps.get(step, ("", "", ""))
        values |= {f"{name}_by": person, f"{name}_on": day_value(day), f"{name}_reason": reason}
    return values


def _remedy_values(work: Casework, area_mu: float, decimals: int) -> dict[str, Value]:
    values: dict[str, Value] = {"rectified": work.rectified, "settled_mu": None, "open_mu": None}
    if work.settled_mu is not None:
        settled = min(_printed(work.settled_mu, decimals), area_mu)
        values |= {"settled_mu": settled, "open_mu": round(area_mu - settled, decimals)}
    for measure in dict.fromkeys(remedy.measure for remedy in work.remedies):
        own = [remedy for remedy in work.remedies if remedy.measure == measure]
        values |= _measure_values(f"{REMEDY_PREFIX}{measure}", own, decimals)
    values["remedies"] = _BETWEEN.join(_sentences(work.remedies, decimals))
    return values


def _measure_values(name: str, remedies: Sequence[Remedy], decimals: int) -> dict[str, Value]:
    areas = [remedy.area_mu for remedy in remedies if remedy.area_mu is not None]
    amounts = [remedy.amount_yuan for remedy in remedies if remedy.amount_yuan is not None]
    return {
        f"{name}.area": _printed(sum(areas), decimals) if areas else None,
        f"{name}.amount": round(sum(amounts), 2) if amounts else None,
        f"{name}.documents": _joined(remedy.document_no for remedy in remedies),
        f"{name}.dates": _joined(remedy.done_on for remedy in remedies),
        f"{name}.units": _joined(remedy.unit for remedy in remedies),
    }


def _sentences(remedies: Sequence[Remedy], decimals: int) -> list[str]:
    """Return what was done, with the unit where two did the same: both have to accept what is replanted."""
    said = [_sentence(remedy, decimals) for remedy in remedies]
    return [
        f"{text} {remedy.unit}" if said.count(text) > 1 else text
        for text, remedy in zip(said, remedies, strict=True)
    ]


def _sentence(remedy: Remedy, decimals: int) -> str:
    parts = [remedy.measure]
    if remedy.area_mu is not None:
        parts.append(f"{_printed(remedy.area_mu, decimals):.{decimals}f} 亩")
    if remedy.amount_yuan is not None:
        parts.append(f"{remedy.amount_yuan:.2f} 元")
    return " ".join(filter(None, [*parts, remedy.document_no, remedy.done_on]))


def _printed(area_mu: float, decimals: int) -> float:
    return apportion([area_mu], area_mu, decimals)[0]


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(filter(None, texts)))


def _listed(texts: Sequence[str]) -> str:
    """Return the texts one below the other, numbered when there are several."""
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))

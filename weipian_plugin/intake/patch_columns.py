"""The attribute columns of clean patches: codes, names, types and dates in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding
from weipian_plugin.domain.patch_type import PatchTypes
from weipian_plugin.domain.plan.model import District
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.options import PatchOptions
from weipian_plugin.intake.values import code_text, is_iso_date, iso_date, issued_texts, serial_date

_SPLIT = re.compile(r"^(?P<parent>.+?)_\d+$")
_COUNTY, _TOWN = 6, 9
_EXAMPLES = 5


@dataclass(frozen=True)
class Columns:
    """Values of the text columns for the rows taken, and what was noticed on the way."""

    values: dict[str, list[str]]
    findings: tuple[Finding, ...]


def build(
    attributes: pd.DataFrame,
    fields: dict[str, str],
    numbers: list[str],
    rows: NDArray[np.int64],
    types: PatchTypes,
    options: PatchOptions,
) -> Columns:
    """Return the canonical text columns for `rows` of the issued table."""

    def issued(canonical: str) -> list[str]:
        if canonical not in fields:
            return [""] * len(rows)
        return issued_texts(attributes[fields[canonical]].iloc[rows])

    kept = [numbers[row] for row in rows]
    parents, found = _parents(kept, issued("parent_no"), options.known_numbers)
    codes = [code_text(text) for text in issued("county_code")]
    counties, county_findings = _counties(codes, kept, options.district)
    kinds, patch_types, type_findings = _types(issued("patch_type"), kept, types, "patch_type" in fields)
    before, after, date_findings = _dates(issued("date_before"), issued("date_after"), kept)
    values = {
        "patch_no": kept,
        "parent_no": parents,
        "kind": kinds,
        "county_code": counties,
        "town_code": _towns([code_text(text) for text in issued("town_code")], codes),
        "town_name": [options.district.township(name) or name for name in issued("town_name")],
        "patch_type": patch_types,
        "date_before": before,
        "date_after": after,
    }
    return Columns(values, (*found, *county_findings, *type_findings, *date_findings))


def _parents(
    numbers: list[str], issued: list[str], earlier: frozenset[str]
) -> tuple[list[str], list[Finding]]:
    """Return the parent number: as issued, else what stands before a split's _n."""
    parents = []
    for number, given in zip(numbers, issued, strict=True):
        split = _SPLIT.match(number)
        own = code_text(given)
        parents.append(own if own and own != number else split["parent"] if split else "")
    known = earlier.union(numbers)
    orphans = [
        number for number, parent in zip(numbers, parents, strict=True) if parent and parent not in known
    ]
    return parents, [finding("split-without-parent", orphans)] if orphans else []


def _counties(codes: list[str], numbers: list[str], district: District) -> tuple[list[str], list[Finding]]:
    """Return county codes: an old code of the district becomes its present one, a blank one is filled."""
    present = district.codes[0] if district.codes else ""
    counties, old, filled, foreign = [], [], [], []
    for code, number in zip(codes, numbers, strict=True):
        county = code[:_COUNTY]
        if not county and number[:_COUNTY] in district.codes:
            county = number[:_COUNTY]
            filled.append(number)
        if county in district.codes[1:]:
            old.append((number, county))
            county = present
        elif county and present and county != present:
            foreign.append((number, county))
        counties.append(county)
    return counties, _county_findings(old, filled, foreign, district)


def _county_findings(
    old: list[tuple[str, str]], filled: list[str], foreign: list[tuple[str, str]], district: District
) -> list[Finding]:
    found = []
    if filled:
        found.append(finding("county-code-missing", filled))
    if old:
        codes = "、".join(sorted({code for _, code in old}))
        found.append(finding("county-code-old", [n for n, _ in old], old=codes, new=district.codes[0]))
    if foreign:
        codes = "、".join(sorted({code for _, code in foreign})[:_EXAMPLES])
        found.append(
            finding("county-code-foreign", [n for n, _ in foreign], district=district.called, codes=codes)
        )
    return found


def _towns(codes: list[str], county_codes: list[str]) -> list[str]:
    """Return nine-digit town codes, from a longer county code column where there is none of its own."""
    return [
        (town if len(town) >= _TOWN else county if len(county) >= _TOWN else town)[:_TOWN]
        for town, county in zip(codes, county_codes, strict=True)
    ]


def _types(
    issued: list[str], numbers: list[str], types: PatchTypes, has_field: bool
) -> tuple[list[str], list[str], list[Finding]]:
    kinds = [types.kind(text) for text in issued]
    codes = [types.code(text) for text in issued]
    unknown = [
        (number, text)
        for number, text in zip(numbers, issued, strict=True)
        if text and types.find(text) is None
    ]
    blank = [number for number, text in zip(numbers, issued, strict=True) if not text]
    found = [] if has_field else [finding("patch-type-missing")]
    if has_field and blank:
        found.append(finding("patch-type-blank", blank))
    if unknown:
        listing = "、".join(sorted({text for _, text in unknown}))
        found.append(finding("patch-type-unknown", [number for number, _ in unknown], codes=listing))
    return kinds, codes, found


def _dates(
    before: list[str], after: list[str], numbers: list[str]
) -> tuple[list[str], list[str], list[Finding]]:
    serial = [
        number for number, *pair in zip(numbers, before, after, strict=True) if any(map(serial_date, pair))
    ]
    first, second = ([serial_date(text) or iso_date(text) for text in column] for column in (before, after))
    odd = [
        (number, text)
        for number, *pair in zip(numbers, first, second, strict=True)
        for text in pair
        if text and not is_iso_date(text)
    ]
    reversed_ = [number for number, a, b in zip(numbers, first, second, strict=True) if _is_not_before(a, b)]
    found = [finding("date-serial", serial)] if serial else []
    if odd:
        examples = "、".join(sorted({text for _, text in odd})[:_EXAMPLES])
        found.append(
            finding("date-unreadable", dict.fromkeys(number for number, _ in odd), examples=examples)
        )
    if reversed_:
        found.append(finding("date-order", reversed_))
    return first, second, found


def _is_not_before(first: str, second: str) -> bool:
    """Return whether both dates are understood and the first is later; a shared month is no contradiction."""
    if not (is_iso_date(first) and is_iso_date(second)):
        return False
    length = min(len(first), len(second))
    later = first[:length] > second[:length]
    return later or (first == second and len(first) == 10)

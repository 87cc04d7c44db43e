"""Patch numbers: read as text, and which rows can be taken when numbers are blank or occur twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.pipeline import Placed
from weipian_plugin.intake.values import Series, code_text, is_rounded, issued_texts


@dataclass(frozen=True)
class Numbers:
    """The patch numbers of all rows, '' for blank; `issued` as they stand in the file."""

    texts: list[str]
    issued: list[str]
    is_rounded: bool


@dataclass(frozen=True)
class Selection:
    """The rows to take, in file order, and why others are left out."""

    rows: NDArray[np.int64]
    findings: tuple[Finding, ...]


def read_numbers(column: Series) -> Numbers:
    """Return the numbers as text in half-width characters, without spaces and decimal tails."""
    issued = issued_texts(column)
    return Numbers([code_text(text) for text in issued], issued, is_rounded(column))


def select(numbers: Numbers, placed: Placed, fids: NDArray[np.int64], attributes: list[str]) -> Selection:
    """Return which rows to take: those with a geometry and a number that means one patch.

    Of rows alike in every issued field and in shape one is taken; where rows under one number differ, none
    is, because only the issuing office knows which is right.
    """
    found: list[Finding] = []
    blank = [row for row, text in enumerate(numbers.texts) if not text]
    if blank:
        found.append(finding("patch-no-blank", [f"第 {fids[row]} 号要素" for row in blank]))
    rows_of = _rows_by_number(numbers.texts, placed.usable)
    alike, different = _split_repeated(rows_of, placed, attributes)
    dropped = {row for number in different for row in rows_of[number]}
    dropped |= {row for number in alike for row in rows_of[number][1:]}
    found += _repeated_findings(rows_of, alike, different)
    rows = [row for rows in rows_of.values() for row in rows if row not in dropped]
    found += _spelling_findings(numbers, rows)
    return Selection(np.array(sorted(rows), dtype=np.int64), tuple(found))


def _rows_by_number(texts_: list[str], usable: NDArray[np.bool_]) -> dict[str, list[int]]:
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts_):
        if text and usable[row]:
            rows_of[text].append(row)
    return rows_of


def _split_repeated(
    rows_of: dict[str, list[int]], placed: Placed, attributes: list[str]
) -> tuple[list[str], list[str]]:
    alike: list[str] = []
    different: list[str] = []
    for number, rows in rows_of.items():
        if len(rows) > 1:
            (alike if _are_alike(rows, placed, attributes) else different).append(number)
    return alike, different


def _are_alike(rows: list[int], placed: Placed, attributes: list[str]) -> bool:
    shapes = placed.geometries[rows]
    return len({attributes[row] for row in rows}) == 1 and bool(shapely.equals(shapes[0], shapes).all())


def _repeated_findings(
    rows_of: dict[str, list[int]], alike: list[str], different: list[str]
) -> list[Finding]:
    found = []
    if alike:
        extra = sum(len(rows_of[number]) - 1 for number in alike)
        found.append(finding("patch-no-same-twice", alike, rows=extra))
    if different:
        rows = sum(len(rows_of[number]) for number in different)
        found.append(finding("patch-no-duplicate", different, rows=rows))
    return found


def _spelling_findings(numbers: Numbers, rows: list[int]) -> list[Finding]:
    found = []
    changed = [numbers.texts[row] for row in rows if numbers.texts[row] != numbers.issued[row]]
    if changed:
        found.append(finding("patch-no-cleaned", changed))
    if numbers.is_rounded:
        found.append(finding("patch-no-rounded"))
    return found

"""A dbf table as text and figures: the encoding decided over all of it, every fault counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding
from weipian_plugin.intake import dbf_encoding
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.dbf import DbfField, DbfTable, distinct, numbers
from weipian_plugin.intake.dbf_encoding import Encoding, Labels

Rows = NDArray[np.int64]
Values = NDArray[np.generic]
_EXAMPLES = 3
_SUFFIX = re.compile(rb"_\d{0,2}$")


@dataclass(frozen=True)
class DecodedTable:
    """The attributes of the rows asked for, how they were decoded, and what was noticed."""

    frame: pd.DataFrame
    encoding: Encoding
    findings: tuple[Finding, ...]


@dataclass
class _Decoder:
    """Decodes columns one by one and counts faults."""

    encoding: Encoding
    cut_fields: list[str] = field(default_factory=list)
    cut_values: int = 0
    broken: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    number_fields: list[str] = field(default_factory=list)
    unreadable_numbers: int = 0
    skipped: list[str] = field(default_factory=list)

    def text(self, codes: Rows, values: list[bytes], name: str) -> NDArray[np.object_]:
        """Return a text column from its distinct values and which one each row has."""
        decoded = np.empty(len(values), dtype=object)
        for index, value in enumerate(values):
            decoded[index], state = dbf_encoding.decode(value, self.encoding)
            self._count(state, decoded[index], name)
        return decoded[codes]

    def figures(self, raw: NDArray[np.bytes_], column: DbfField, name: str) -> Values:
        """Return a numeric column, whole numbers as integers where all of it are."""
        figures, unreadable = numbers(raw)
        if unreadable:
            self.number_fields.append(name)
            self.unreadable_numbers += unreadable
        whole = not column.decimals and bool(np.isfinite(figures).all())
        if whole and (figures == np.floor(figures)).all():
            return figures.astype(np.int64)
        return figures

    def _count(self, state: str, text: str, name: str) -> None:
        if state == "cut":
            self.cut_values += 1
            if name not in self.cut_fields:
                self.cut_fields.append(name)
        elif state == "broken":
            self.broken.append(text)
        elif state == "mixed":
            self.mixed.append(text)


def read_table(table: DbfTable, rows: Rows, labels: Labels, wanted: str) -> DecodedTable:
    """Return the given rows of the table; `wanted` is the encoding that the person laid down, if any."""
    texts = {column: distinct(table.column(column, rows)) for column in table.fields if column.is_text}
    samples = [value for _, values in texts.values() for value in values]
    samples += [_split_name(column.name)[0] for column in table.fields]
    encoding = dbf_encoding.decide(samples, labels, wanted)
    decoder = _Decoder(encoding)
    columns: dict[str, Values] = {}
    for column in table.fields:
        name = _unique(_name(column.name, encoding), columns)
        if column in texts:
            columns[name] = decoder.text(*texts[column], name)
        elif column.is_number:
            columns[name] = decoder.figures(table.column(column, rows), column, name)
        else:
            decoder.skipped.append(name)
    frame = pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), copy=False)
    return DecodedTable(frame, encoding, tuple(_findings(table, decoder, labels)))


def _split_name(raw: bytes) -> tuple[bytes, bytes]:
    """Return a field name and the suffix of a join; the cut to ten bytes is before the suffix."""
    match = _SUFFIX.search(raw)
    return (raw[: match.start()], match.group()) if match else (raw, b"")


def _name(raw: bytes, encoding: Encoding) -> str:
    base, suffix = _split_name(raw)
    return (dbf_encoding.decode(base, encoding)[0] or "字段") + suffix.decode("ascii")


def _unique(name: str, taken: dict[str, Values]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        candidate, count = f"{name}_{count}", count + 1
    return candidate


def _findings(table: DbfTable, decoder: _Decoder, labels: Labels) -> list[Finding]:
    encoding = decoder.encoding
    found = []
    if encoding.codec != "ascii" and labels.claim() not in ("", encoding.codec):
        found.append(finding("encoding-relabelled", label=labels.text(), encoding=encoding.label))
    if decoder.mixed:
        found.append(_text_finding("encoding-mixed", decoder.mixed, encoding))
    if decoder.broken:
        found.append(_text_finding("text-undecodable", decoder.broken, encoding))
    if decoder.cut_values:
        fields = "、".join(decoder.cut_fields)
        found.append(finding("text-cut", fields=fields, values=decoder.cut_values))
    if decoder.number_fields:
        fields = "、".join(decoder.number_fields)
        found.append(finding("number-unreadable", fields=fields, values=decoder.unreadable_numbers))
    if decoder.skipped:
        found.append(finding("field-skipped", fields="、".join(decoder.skipped)))
    if table.deleted.any():
        found.append(finding("rows-deleted", rows=int(table.deleted.sum())))
    return found


def _text_finding(code: str, values: list[str], encoding: Encoding) -> Finding:
    examples = "、".join(f"“{value}”" for value in values[:_EXAMPLES])
    return finding(code, values=len(values), encoding=encoding.label, examples=examples)

"""Which patch a row of a returned workbook is about. Where that is not sure, nobody guesses."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weipian_plugin.exchange.export_record import parse_stable_id
from weipian_plugin.exchange.sheet_cells import Cell, CellKind

_EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number: what is longer has lost its end."""
_KEPT_DIGITS = 15
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'’‘`\"“”]+")
_SCIENTIFIC = re.compile(r"^(\d)(?:\.(\d+))?E\+?(\d{1,3})$")
_DECIMAL = re.compile(r"^(\d+)\.0*$")


@dataclass(frozen=True)
class Match:
    """The patch of a row, or why there is none."""

    patch_no: str = ""
    why_not: str = ""
    """Chinese; '' where the patch is known."""


@dataclass(frozen=True)
class _Written:
    """A number as it was written: whole, or what is left of it."""

    text: str = ""
    digits: str = ""
    """Leading digits that a spreadsheet kept of a long number; '' where the text is whole."""
    length: int = 0
    as_number: bool = False


class PatchIndex:
    """All patches of a workspace, to be found by hidden id or by number."""

    def __init__(
        self, tag: str, patches: Iterable[tuple[int, str]], split: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Take fid and number of every patch that is worked on; `tag` is that of the workspace.

        `split` gives for patches that were split those in their place.
        """
        self._tag = tag
        self._split = {spelled(number): children for number, children in (split or {}).items()}
        self._by_fid: dict[int, str] = {}
        self._by_spelling: defaultdict[str, list[str]] = defaultdict(list)
        self._by_value: defaultdict[str, list[str]] = defaultdict(list)
        for fid, number in patches:
            self._by_fid[fid] = number
            self._by_spelling[spelled(number)].append(number)
            if spelled(number).isdecimal():
                self._by_value[spelled(number).lstrip("0")].append(number)

    def find(self, identity: Cell | None, number: Cell | None) -> Match:
        """Return the patch of a row from its hidden id and its number; both must agree where both stand."""
        known = self._of_id(identity)
        if number is None:
            return Match(known) if known else Match(why_not=_no_number(identity))
        if number.kind in (CellKind.FORMULA, CellKind.ERROR):
            return Match(why_not=f"图斑编号是{number.kind.value}“{number.text}”，请粘贴为文本后再导入")
        written = self._written(number)
        if known:
            return self._agreeing(known, number, written)
        return self._of_number(number, written)

    def _written(self, number: Cell) -> _Written:
        text = spelled(number.text)
        if number.kind is CellKind.TEXT and text in self._by_spelling:
            return _Written(text)
        return _written(number)

    def _of_id(self, identity: Cell | None) -> str:
        parsed = parse_stable_id(identity.text) if identity is not None else None
        if parsed is None or parsed.tag != self._tag:
            return ""
        number = self._by_fid.get(parsed.fid, "")
        return number if number and parsed.is_of(number) else ""

    def _agreeing(self, known: str, number: Cell, written: _Written) -> Match:
        own = spelled(known)
        if written.digits:
            agrees = own.isdecimal() and len(own) == written.length and own.startswith(written.digits)
        elif written.as_number:
            agrees = own.lstrip("0") == written.text.lstrip("0")
        else:
            agrees = own == written.text
        if agrees:
            return Match(known)
        return Match(why_not=f"隐藏的系统标识是图斑“{known}”的，编号却写着“{number.text}”，不能认定是哪一个")

    def _of_number(self, number: Cell, written: _Written) -> Match:
        if written.digits:
            return Match(
                why_not=f"图斑编号“{number.text}”被表格软件当成数字存了，末几位已丢失，不能认定是哪一个"
            )
        found = self._by_spelling.get(written.text, [])
        if written.as_number:
            found = self._by_value.get(written.text.lstrip("0"), [])
        if len(found) > 1:
            return Match(why_not=f"图斑编号“{number.text}”可能是{'、'.join(found)}，不能认定是哪一个")
        return Match(found[0]) if found else Match(why_not=self._why_unknown(number, written))

    def _why_unknown(self, number: Cell, written: _Written) -> str:
        children = self._split.get(written.text)
        if children:
            return f"图斑“{number.text}”已拆分为{'、'.join(children)}，请写明是哪一个子图斑的"
        return f"工作库里没有图斑“{number.text}”"


def spelled(number: str) -> str:
    """Return a number without blanks, quotes and invisible characters, in half-width capitals."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", number)).upper()


def _written(number: Cell) -> _Written:
    text = spelled(number.text)
    if number.kind is CellKind.NUMBER:
        if abs(number.number) >= _EXACT:
            return _lost(f"{number.number:.0f}")
        return _Written(text, as_number=True)
    scientific = _SCIENTIFIC.match(text)
    if scientific:
        whole, part, exponent = scientific[1], scientific[2] or "", int(scientific[3])
        return _Written(text, (whole + part).rstrip("0")[: exponent + 1] or "0", exponent + 1)
    decimal = _DECIMAL.match(text)
    if decimal:
        return _lost(decimal[1]) if len(decimal[1]) > _KEPT_DIGITS else _Written(decimal[1], as_number=True)
    return _Written(text)


def _lost(digits: str) -> _Written:
    """Return a long number typed as a number: of its digits the last of those kept may be rounded."""
    return _Written(digits, digits[: _KEPT_DIGITS - 1], len(digits))


def _no_number(identity: Cell | None) -> str:
    if identity is None:
        return "没有图斑编号"
    return f"没有图斑编号，系统标识“{identity.text}”也不是本工作库的"

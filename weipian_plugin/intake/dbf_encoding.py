"""Which encoding the text of a dbf really has: decided from its bytes, not from its labels.

Neither the .cpg, nor the language byte of the header (LDID), nor a fixed default can be trusted with issued
files. UTF-8 is tried first because text in another encoding hardly ever passes for it; otherwise GB18030,
the superset of GBK. A character cut in two at the field width is tolerated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from weipian_plugin.domain.errors import WeipianError

UTF_8 = "utf-8"
GB18030 = "gb18030"
_LABELS = {UTF_8: "UTF-8", GB18030: "GBK", "big5": "BIG5", "ascii": "UTF-8"}
_SPELLINGS = {
    UTF_8: ("UTF-8", "UTF8", "65001", "CP65001", "UNICODE"),
    GB18030: ("GBK", "GB2312", "GB18030", "CP936", "936", "ANSI 936", "WINDOWS-936", "EUC-CN", "CP54936"),
    "big5": ("BIG5", "CP950", "950", "BIG-5"),
}
_LANGUAGE_BYTES = {0x4D: "GBK", 0x4E: "韩文", 0x4F: "BIG5", 0x57: "ANSI", 0x7A: "GBK"}
# Two-byte UTF-8 characters that Chinese text does use: middle dot, degree, square, cubic, plus-minus, times.
_LATIN_OF_CHINESE_TEXT = frozenset("·°²³±×")
_EXAMPLES = 3
_LONGEST_TAIL = 3


@dataclass(frozen=True)
class Labels:
    """What the file says about itself."""

    cpg: str = ""
    language_byte: int = 0

    def claim(self) -> str:
        """Return the codec that GDAL would take from the labels, '' if they name none that is known."""
        return codec_of(self.cpg) or {"GBK": GB18030, "BIG5": "big5"}.get(
            _LANGUAGE_BYTES.get(self.language_byte, ""), ""
        )

    def text(self) -> str:
        """Return the labels for the report."""
        cpg = f".cpg 写 {self.cpg}" if self.cpg else "没有 .cpg"
        meaning = _LANGUAGE_BYTES.get(self.language_byte, "")
        return f"{cpg}，dbf 语言字节 0x{self.language_byte:02X}" + (f"（{meaning}）" if meaning else "")


@dataclass(frozen=True)
class Encoding:
    """The decision."""

    codec: str
    why: str
    fallback: str = ""
    """Codec of the values that the first one cannot read, where a file mixes two."""

    @property
    def label(self) -> str:
        """The name that the batch record and the report show."""
        return _LABELS[self.codec]


@dataclass
class _Trial:
    """How the values fare under one codec."""

    codec: str
    failed: list[bytes] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def add(self, value: bytes) -> None:
        text, state = decode_part(value, self.codec)
        if state == "broken" or (self.codec == GB18030 and _is_plainly_utf8(value)):
            self.failed.append(value)
        elif state == "whole":
            self.read.append(text)

    def shows_chinese(self) -> bool:
        """Return whether a value read whole has Chinese, or no foreign letters at least."""
        return any(_is_chinese_text(text) for text in self.read)


def codec_of(name: str) -> str:
    """Return the Python codec for a name as people and .cpg files write it; '' if unknown."""
    wanted = name.strip().upper().replace("_", "-")
    for codec, spellings in _SPELLINGS.items():
        if wanted in spellings:
            return codec
    return ""


def decode_part(value: bytes, codec: str) -> tuple[str, str]:
    """Return the text and "whole", "cut" (an incomplete last character was left off) or "broken"."""
    try:
        return value.decode(codec), "whole"
    except UnicodeDecodeError:
        pass_over = value
    for length in range(1, min(_LONGEST_TAIL, len(pass_over)) + 1):
        head, tail = value[:-length], value[-length:]
        if _is_incomplete(tail, codec):
            try:
                return head.decode(codec), "cut"
            except UnicodeDecodeError:
                continue
    return "", "broken"


def decide(values: Iterable[bytes], labels: Labels, wanted: str = "") -> Encoding:
    """Return the encoding of the distinct text values; `wanted` is what the person laid down, if anything.

    Raises WeipianError for an unknown name, or one that cannot read what another reads without a fault.
    """
    telling = list({value for value in values if not value.isascii()})
    if wanted:
        return _as_wanted(telling, wanted)
    if not telling:
        return Encoding("ascii", f"全部文字都是英文和数字，任何编码读出来都一样（{labels.text()}）")
    utf8, gb = _try(telling, UTF_8), _try(telling, GB18030)
    best, other = (utf8, gb) if _is_utf8(utf8, gb) else (gb, utf8)
    return Encoding(best.codec, _why(best, other, len(telling), labels), other.codec if best.failed else "")


def decode(value: bytes, encoding: Encoding) -> tuple[str, str]:
    """Return the text of a value and "whole", "cut", "mixed" (other encoding) or "broken" (with �)."""
    text, state = decode_part(value, encoding.codec)
    if encoding.fallback and (state == "broken" or (encoding.codec == GB18030 and _is_plainly_utf8(value))):
        other, other_state = decode_part(value, encoding.fallback)
        if other_state == "whole":
            return other, "mixed"
    if state != "broken":
        return text, state
    return value.decode(encoding.codec, errors="replace"), "broken"


def _try(values: Sequence[bytes], codec: str) -> _Trial:
    trial = _Trial(codec)
    for value in values:
        trial.add(value)
    return trial


def _is_utf8(utf8: _Trial, gb: _Trial) -> bool:
    if utf8.failed:
        return len(utf8.failed) < len(gb.failed)
    # Short GBK text can pass for two-byte UTF-8 (the classic is 联通), but then reads as foreign letters.
    return utf8.shows_chinese() or bool(gb.failed)


def _is_chinese_text(text: str) -> bool:
    others = [char for char in text if not char.isascii()]
    return bool(others) and all(ord(char) > 0x07FF or char in _LATIN_OF_CHINESE_TEXT for char in others)


def _is_plainly_utf8(value: bytes) -> bool:
    """Return whether the bytes are Chinese in UTF-8 and no everyday characters in GBK."""
    text, state = decode_part(value, UTF_8)
    if state == "broken" or not _is_chinese_text(text):
        return False
    return decode_part(value, "gb2312")[1] == "broken"


def _is_incomplete(tail: bytes, codec: str) -> bool:
    """Return whether the bytes are the beginning of one character and nothing else."""
    try:
        tail.decode(codec)
    except UnicodeDecodeError as error:
        return error.start == 0 and error.end == len(tail) and _may_start(tail[0], codec)
    return False


def _may_start(byte: int, codec: str) -> bool:
    return 0xC2 <= byte <= 0xF4 if codec == UTF_8 else 0x81 <= byte <= 0xFE


def _as_wanted(telling: Sequence[bytes], wanted: str) -> Encoding:
    codec = codec_of(wanted)
    if not codec:
        raise WeipianError(f"不认识编码“{wanted}”，请写 GBK 或 UTF-8，或留空由程序判断。")
    trial = _try(telling, codec)
    for rival in (UTF_8, GB18030):
        if trial.failed and rival != codec and not _try(telling, rival).failed:
            raise WeipianError(
                f"按指定的编码 {_LABELS[codec]} 有 {len(trial.failed)} 个值读不通，"
                f"而按 {_LABELS[rival]} 全部读得通，"
                f"请把编码改为 {_LABELS[rival]} 或留空由程序判断。"
            )
    return Encoding(codec, "按指定的编码读取")


def _why(best: _Trial, other: _Trial, count: int, labels: Labels) -> str:
    examples = "、".join(f"“{text}”" for text in sorted(best.read, key=len)[:_EXAMPLES])
    return (
        f"{count} 个含汉字的值中，按 {_LABELS[best.codec]} 读通 {count - len(best.failed)} 个"
        f"（如{examples}），"
        f"按 {_LABELS[other.codec]} 读通 {count - len(other.failed)} 个；{labels.text()}"
    )

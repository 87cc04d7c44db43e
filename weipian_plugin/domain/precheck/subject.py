"""What a check looks at: one patch as it would go to the city, and the others around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6}[A-Z]{4}\d{8}(?:_\d+)*(?![0-9A-Za-z])")
"""What a patch number looks like inside a text; numbers of other shapes are not looked for."""
LEGAL, ILLEGAL, OTHER = "合法", "违法", "其他"


@dataclass(frozen=True)
class PatchUnderCheck:
    """One patch. Areas are printed 亩, None where nobody evaluated them; texts '' where nothing is known."""

    patch_no: str
    kind: str = "土地"
    town_name: str = ""
    patch_type: str = ""
    area_mu: float = 0.0
    issued_mu: float | None = None
    balance_mu: float | None = None
    """Parts by land class less the whole."""
    farmland_mu: float | None = None
    basic_mu: float | None = None
    controls_mu: Mapping[str, float] = field(default_factory=dict)
    """Area within each control layer that was evaluated, by its Chinese name."""
    approved_mu: float | None = None
    """Area within the approval layer that the category rests on."""
    not_evaluated: tuple[str, ...] = ()
    """Chinese names of layers without an answer."""
    duty_state: str = ""
    stage: str = ""
    result: str = ""
    category: str = ""
    basis: str = ""
    document_no: str = ""
    decided_on: str = ""
    doubt: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    wanted_evidence: tuple[str, ...] = ()
    """Evidence fields that the category asks for."""
    needs_paper: bool = False
    """Whether the category may not stand without a document number."""
    materials: tuple[str, ...] = ()
    """Papers and pictures that the category asks for."""
    measures: frozenset[str] = frozenset()
    """What was done about an illegal patch."""
    photos: Mapping[str, str] = field(default_factory=dict)
    """Names of the photos on record, by what tells one photo from another; others may lie elsewhere."""
    files: tuple[str, ...] = ()
    """Names of all evidence files on record."""

    @property
    def is_determined(self) -> bool:
        """Whether a person has judged it."""
        return bool(self.result)

    def is_called(self, words: tuple[str, ...]) -> bool:
        """Return whether the category's name has one of the words in it."""
        return any(word in self.category for word in words)

    def texts(self) -> Iterator[str]:
        """Yield every text that a person wrote about it."""
        yield self.basis
        yield self.document_no
        yield from self.evidence.values()
        yield from self.files


@dataclass(frozen=True)
class Surroundings:
    """What is known of all patches together."""

    numbers: frozenset[str] = frozenset()
    towns_by_document: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Townships in which a document number is used."""
    today: str = ""
    """ISO date."""
    townships: Mapping[str, str] = field(default_factory=dict)
    """Proper name of a township by every way of writing it."""
    patches_by_photo: Mapping[str, frozenset[str]] = field(default_factory=dict)

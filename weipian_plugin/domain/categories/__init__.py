"""The dictionaries of what a patch can be judged to be."""

from __future__ import annotations

from weipian_plugin.domain.categories.model import (
    DOUBTFUL,
    RESULTS,
    Categories,
    Category,
    Dictionary,
    EvidenceField,
    FieldKind,
    ProposalRule,
)
from weipian_plugin.domain.categories.schema import parse_categories

__all__ = [
    "DOUBTFUL",
    "RESULTS",
    "Categories",
    "Category",
    "Dictionary",
    "EvidenceField",
    "FieldKind",
    "ProposalRule",
    "parse_categories",
]

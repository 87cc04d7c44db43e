"""What a person decides about duties, and how it stands against what the plan proposes later."""

from __future__ import annotations

from weipian_plugin.domain.decisions.contradictions import contradictions
from weipian_plugin.domain.decisions.rulings import Refused, decide
from weipian_plugin.domain.decisions.standing import Standing, stand
from weipian_plugin.domain.decisions.values import Action, Casework, Decision, Key, Ruling, Seen

__all__ = [
    "Action",
    "Casework",
    "Decision",
    "Key",
    "Refused",
    "Ruling",
    "Seen",
    "Standing",
    "contradictions",
    "decide",
    "stand",
]

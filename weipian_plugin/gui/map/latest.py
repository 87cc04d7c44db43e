"""Of several requests for the same thing only the newest may answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Answer = Callable[..., None]


class Latest:
    """Counts requests; answers to older ones are dropped."""

    def __init__(self) -> None:
        """Start without a request."""
        self._turn = 0

    def begin(self) -> Callable[[Answer], Answer]:
        """Begin a request; return what makes a function do nothing once a newer request has begun."""
        self._turn += 1
        turn = self._turn

        def guard(answer: Answer) -> Answer:
            def guarded(*given: Any) -> None:
                if turn == self._turn:
                    answer(*given)

            return guarded

        return guard

    def drop(self) -> None:
        """Let nobody answer any more."""
        self._turn += 1

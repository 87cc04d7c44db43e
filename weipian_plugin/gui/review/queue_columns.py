"""The queue as columns: what the list shows, and what its filters look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.deadline_queue import WAITING
from weipian_plugin.domain.stages import OPEN

Objects = NDArray[np.object_]
Bools = NDArray[np.bool_]

_SEARCHED = ("patch_no", "town", "unit", "batch", "type", "category")


@dataclass
class QueueColumns:
    """One array a column of `review_queue`, rows in its order; changed in place when a patch is judged."""

    values: dict[str, Objects]
    is_open: Bools
    """Waits for a determination."""
    is_doubt: Bools
    texts: NDArray[np.str_]
    """What a search looks at, in small letters."""
    row_of: Mapping[str, int]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> QueueColumns:
        """Take the columns of a frame of `review_queue`."""
        values = {str(name): frame[name].to_numpy(object) for name in frame.columns}
        texts = [" ".join(map(str, row)).lower() for row in zip(*(values[n] for n in _SEARCHED), strict=True)]
        return cls(
            values,
            np.isin(values["stage"].astype(str), [stage.value for stage in OPEN]),
            frame["is_doubt"].to_numpy(bool).copy(),
            np.array(texts, dtype=str),
            {str(number): row for row, number in enumerate(values["patch_no"])},
        )

    def __len__(self) -> int:
        """Return how many patches there are."""
        return len(self.is_open)

    def text(self, name: str, row: int) -> str:
        """Return one value as text."""
        return str(self.values[name][row])

    def number(self, row: int) -> str:
        """Return the patch number of a row."""
        return str(self.values["patch_no"][row])

    def is_waiting(self, row: int) -> bool:
        """Return whether the term of a patch runs."""
        return self.values["state"][row] in tuple(WAITING)

    def judged(self, row: int, changes: Mapping[str, Any], is_doubt: bool) -> None:
        """Take over what became of one patch: stage, result, category."""
        for name, value in changes.items():
            self.values[name][row] = value
        self.is_open[row] = self.values["stage"][row] in tuple(OPEN)
        self.is_doubt[row] = is_doubt

"""Which rows of a frame differ, for frames of many rows and few different ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def distinct(columns: pd.DataFrame) -> tuple[NDArray[np.intp], list[tuple[str, ...]]]:
    """Return for each row of a few text columns which of the different rows it is, and these."""
    codes, names = zip(*(pd.factorize(columns[name]) for name in columns), strict=True)
    widths = [max(len(known), 1) for known in names]
    different, rows = np.unique(np.ravel_multi_index(codes, widths), return_inverse=True)
    keys = zip(*np.unravel_index(different, widths), strict=True)
    return rows, [tuple(str(known[code]) for known, code in zip(names, key, strict=True)) for key in keys]

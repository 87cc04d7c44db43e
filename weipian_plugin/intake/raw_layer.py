"""A layer as it stands in the file: attributes under their own names, geometries in their own coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weipian_plugin.domain.findings import Finding

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class RawLayer:
    """What a reader gives; `attributes`, `fids`, `geometries` and `unreadable` go row by row."""

    attributes: pd.DataFrame
    fids: NDArray[np.int64]
    """Feature ids in the source."""
    geometries: Geometries
    """Shapely, 2-D; None where there is none."""
    unreadable: NDArray[np.bool_]
    """Which geometries were there but could not be read."""
    unclosed: NDArray[np.bool_]
    """Which geometries had a ring that had to be closed."""
    crs_wkt: str
    """'' when the file says nothing."""
    encoding: str
    encoding_why: str
    layer: str = ""
    cut_names: bool = False
    """Whether field names may be cut to ten bytes (dbf)."""
    findings: tuple[Finding, ...] = ()

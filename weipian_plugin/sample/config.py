"""The description of the sample district, read from `district.yaml`, and its random streams."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Objects = NDArray[Any]
"""Geometries, codes or texts."""

BASE_CRS = "EPSG:4524"
PATCH_CRS = "EPSG:4490"
SURVEY_EDITION = "示例2020年度变更调查"


@cache
def district_facts() -> dict[str, Any]:
    """Return the contents of `district.yaml`."""
    path = Path(__file__).with_name("district.yaml")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator of one purpose, so that a change in one layer leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])

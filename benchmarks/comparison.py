"""The areas that two engines found, held against each other."""

from __future__ import annotations

import pandas as pd

from benchmarks.data import ROLES, District
from benchmarks.engines import NUMBER, areas_file

TOLERANCE = {"native": 1e-4, "geopandas": 1e-8, "postgis": 1e-8}
"""Relative to the patch. QGIS cuts along edges straight in degrees and measures geodesics; an edge of 300 m
then lies up to a millimetre beside the survey's, which shows in strips a few metres wide. The others work in
the compute plane as we do."""


def check_areas(district: District, patches: int, engine: str) -> float:
    """Return the largest difference to our own areas, relative to the patch; stop where it is too large."""
    ours, theirs = (_read(district, patches, name) for name in ("overlay", engine))
    if set(ours.index) != set(theirs.index):
        raise SystemExit(f"{engine} has other patches than the overlay.")
    whole = ours["land_class"].clip(lower=1.0)
    worst = float((ours - theirs.loc[ours.index]).abs().div(whole, axis=0).max().max())
    if worst > TOLERANCE[engine]:
        raise SystemExit(f"The areas of {engine} differ by {worst:.1e} of a patch: no speed is worth that.")
    return worst


def _read(district: District, patches: int, engine: str) -> pd.DataFrame:
    table = pd.read_csv(areas_file(district, patches, engine), dtype={NUMBER: str})
    return table.set_index(NUMBER)[list(ROLES)]

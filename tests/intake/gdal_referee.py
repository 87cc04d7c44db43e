"""What pyogrio gives of a layer when it reads all at once, held against what the intake reads."""

from __future__ import annotations

import warnings

import numpy as np
import pyogrio


def assert_as_at_once(got, path, **options):
    """Fields, coordinate system, ids, shapes, and every value with its type."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        meta, fids, blobs, values = pyogrio.raw.read(
            path, return_fids=True, force_2d=True, datetime_as_string=True, **options
        )
    assert got.fields == list(meta["fields"])
    assert got.crs == meta["crs"]
    # Whether there are heights, the two ways of reading tell or do not.
    assert got.geometry_type.removesuffix(" Z") == meta["geometry_type"].removesuffix(" Z")
    assert got.fids.tolist() == fids.tolist()
    assert got.blobs.tolist() == blobs.tolist()
    for column, whole in zip(got.values, values, strict=True):
        assert column.dtype == whole.dtype
        np.testing.assert_array_equal(column, whole)

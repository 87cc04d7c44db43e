"""Boxes around shapes of very many vertices, cut into tiles.

Edges are looked for by their x alone: for a handful of vertices nothing is faster, but in a shape with a
hundred thousand holes far too many lie above one another.
"""

from __future__ import annotations

import numpy as np

from weipian_plugin.domain.geodesy import Floats
from weipian_plugin.domain.numbers import Ints, spans

_VERTICES = 2_000
"""In a tile, about."""
_MOST = 16
"""Tiles along one side of a box."""


def tiles(boxes: Floats, vertices: Ints) -> tuple[Floats, Ints]:
    """Return the boxes (shape (4, n)) of shapes cut into tiles, and of which box each tile is a part.

    A shape of few vertices has its box as its only tile.
    """
    side = np.clip(np.ceil(np.sqrt(vertices / _VERTICES)), 1, _MOST).astype(np.int64)
    owner, number = spans(np.zeros_like(side), side * side)
    place = np.array([number % side[owner], number // side[owner]])
    low, high = boxes[:2, owner], boxes[2:, owner]
    step = (high - low) / side[owner]
    is_last = place + 1 == side[owner]
    return np.concatenate([low + step * place, np.where(is_last, high, low + step * (place + 1))]), owner

"""Pictures of the manual: few colours, small files, and left alone where they would look the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtGui import QImage

COLOURS, FREQUENT = 256, 64
"""How many colours a picture has, and how many of them are simply the most frequent."""
SAME_COLOUR = 48
"""Colours whose channels differ by less look the same: palettes and smoothed edges vary that much."""
SAME_SHARE = 0.002
"""A picture looks the same while no more of its area differs: a count of days, a blinking cursor."""
_KEPT_BITS = 0xF8
Pixels = NDArray[np.uint8]


def put_pictures(pictures: Sequence[Path], folder: Path) -> list[str]:
    """Make `folder` hold these pictures and no others; return the names of those that were written.

    One that looks as the one in the folder is left as it is, so that a run does not change the checkout for
    nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [picture.name for picture in pictures]
    for old in folder.iterdir():
        if old.name not in names:
            old.unlink()
    changed = [picture for picture in pictures if not _look_same(picture, folder / picture.name)]
    for picture in changed:
        shrink(picture, folder / picture.name)
    return [picture.name for picture in changed]


def shrink(picture: Path, target: Path) -> None:
    """Write a picture with a palette of its own most frequent colours.

    Raises OSError when it cannot be written.
    """
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    indexed = image.convertToFormat(QImage.Format.Format_Indexed8, palette(_pixels(image)))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, target.name)
        if not indexed.save(str(whole), "PNG", 0):
            raise OSError(f"cannot write {whole}")
        shutil.copyfile(whole, target)


def palette(pixels: Pixels) -> list[int]:
    """Return at most 256 colours (0xffRRGGBB) for these pixels (n x 3).

    The most frequent first, then those that are worst off with what is chosen: the few pixels of a legend
    keep their colour beside a map full of greens.
    """
    means, counts = _alike(pixels)
    order = np.argsort(-counts, kind="stable")
    chosen = list(order[:FREQUENT])
    weights = np.sqrt(counts)
    distance = np.full(len(means), np.inf)
    for place in chosen:
        distance = np.minimum(distance, _distance(means, place))
    while len(chosen) < min(COLOURS, len(means)):
        place = int(np.argmax(distance * weights))
        chosen.append(place)
        distance = np.minimum(distance, _distance(means, place))
    return [int(0xFF000000 | red << 16 | green << 8 | blue) for red, green, blue in means[chosen].astype(int)]


def _alike(pixels: Pixels) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the mean colour of each group of nearly equal pixels, and how many they are."""
    alike = (pixels & _KEPT_BITS).astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    _, group, counts = np.unique(alike, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(group, pixels[:, channel]) for channel in range(3)], axis=1)
    return np.round(sums / counts[:, None]), counts


def _distance(means: NDArray[np.float64], place: int) -> NDArray[np.float64]:
    return ((means - means[place]) ** 2).sum(axis=1)


def _look_same(new: Path, old: Path) -> bool:
    if not old.exists():
        return False
    sides = [QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32) for path in (new, old)]
    if sides[0].size() != sides[1].size():
        return False
    first, second = (_pixels(side).astype(np.int16) for side in sides)
    return bool((np.abs(first - second).max(axis=1) >= SAME_COLOUR).mean() <= SAME_SHARE)


def _pixels(image: QImage) -> Pixels:
    """Return the colours of a 32-bit picture, one row a pixel: red, green, blue."""
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(-1, 4)[:, 2::-1].copy()

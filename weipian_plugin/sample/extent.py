"""Where the invented district lies, how large it is and how high its ground is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weipian_plugin.sample.config import Bools, Floats, stream

CENTRE = (36_466_000.0, 3_248_000.0)
"""EPSG:4524, about 107°39′E 29°21′N."""
FULL_AREA = 2.9e9
"""m² of the whole district."""
FULL_PARCELS = 200_000
"""So many parcels cover the whole district; fewer cover a smaller one of the same shape."""
HALF_AXES = (34_400.0, FULL_AREA / np.pi / 34_400.0)


@dataclass(frozen=True)
class Waves:
    """A smooth random field over the plane: the sum of plane waves, mean 0, standard deviation about 1."""

    vectors: Floats
    phases: Floats

    @classmethod
    def random(cls, rng: np.random.Generator, wavelength: float, count: int = 18) -> Waves:
        """Make a field whose waves are between a third of `wavelength` (m) and `wavelength` long."""
        lengths = wavelength / rng.uniform(1.0, 3.0, count)
        angles = rng.uniform(0, 2 * np.pi, count)
        vectors = 2 * np.pi / lengths * np.array([np.cos(angles), np.sin(angles)])
        return cls(vectors, rng.uniform(0, 2 * np.pi, count))

    def at(self, points: Floats) -> Floats:
        """Return the value at each of `points` (n, 2)."""
        total = np.zeros(len(points))
        for vector, phase in zip(self.vectors.T, self.phases, strict=True):
            total += np.sin(points @ vector + phase)
        return np.asarray(total * np.sqrt(2 / len(self.phases)))


@dataclass(frozen=True)
class District:
    """The outline: an ellipse with a wavy border, star-shaped about its centre."""

    scale: float
    """1 for the whole district; lengths shrink with it, widths of roads and rivers do not."""
    harmonics: Floats
    """(k, 2): cosine and sine amplitudes of the border, from the second harmonic on."""
    height: Waves
    settled: Waves

    @classmethod
    def for_parcels(cls, parcels: int, seed: int) -> District:
        """Return the district that `parcels` parcels of about 1.45 ha cover."""
        scale = float(np.sqrt(min(1.0, parcels / FULL_PARCELS)))
        rng = stream(seed, "district")
        harmonics = rng.normal(0, 0.035, (7, 2)) / np.sqrt(np.arange(1, 8))[:, None]
        wavelength = max(9_000.0 * scale, 1_200.0)
        return cls(scale, harmonics, Waves.random(rng, wavelength), Waves.random(rng, wavelength / 3))

    @property
    def half_axes(self) -> tuple[float, float]:
        """Half axes in metres."""
        return HALF_AXES[0] * self.scale, HALF_AXES[1] * self.scale

    @property
    def area(self) -> float:
        """Area in m²."""
        return float(np.pi * self.half_axes[0] * self.half_axes[1])

    def place(self, units: Floats) -> Floats:
        """Return map coordinates of `units` (n, 2), where ±1 are the ends of the half axes."""
        return np.asarray(CENTRE) + np.asarray(units) * np.asarray(self.half_axes)

    def depth(self, points: Floats) -> Floats:
        """Return the distance from the centre as a share of the way to the border: below 1 is inside."""
        units = (points - np.asarray(CENTRE)) / np.asarray(self.half_axes)
        angles = np.arctan2(units[:, 1], units[:, 0])
        return np.asarray(np.hypot(units[:, 0], units[:, 1]) / self._border(angles))

    def contains(self, points: Floats) -> Bools:
        """Return whether each point is inside."""
        return np.asarray(self.depth(points) < 1.0)

    def mountains(self, points: Floats) -> Floats:
        """Return how mountainous the ground is: high in the wild, low in settled valleys."""
        depth = self.depth(points)
        return np.asarray(self.height.at(points) + 0.35 * self.settled.at(points) + 0.5 * (depth - 0.6))

    def _border(self, angles: Floats) -> Floats:
        order = np.arange(2, 2 + len(self.harmonics))
        waves = np.cos(np.outer(angles, order)) @ self.harmonics[:, 0]
        waves += np.sin(np.outer(angles, order)) @ self.harmonics[:, 1]
        # The mean square of the radius is 1 again, so that the area stays that of the ellipse.
        return np.asarray((1 + waves) / np.sqrt(1 + (self.harmonics**2).sum() / 2))

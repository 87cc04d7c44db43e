import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from weipian_plugin.domain.geodesy import from_plane, official_area, plane_xy, to_plane

# Ring, official area by the formula with coefficients A to E, geodesic area (both m², four decimals).
OFFICIAL = [
    ([(107.70, 29.30), (107.71, 29.30), (107.71, 29.31), (107.70, 29.31)], 1076835.0024, 1076835.0032),
    (
        [
            (107.2501, 29.4003),
            (107.2533, 29.4011),
            (107.2541, 29.4042),
            (107.2519, 29.4050),
            (107.2496, 29.4031),
        ],
        153036.0500,
        153035.8750,
    ),
    ([(107.90, 29.10), (107.93, 29.13), (107.9301, 29.1299), (107.9001, 29.0999)], 64727.5809, 64727.5833),
]


@pytest.mark.parametrize(("ring", "official", "geodesic"), OFFICIAL)
def test_official_area_of_known_rings(ring, official, geodesic):
    area = official_area(np.array([shapely.Polygon(ring)]))[0]
    assert area == pytest.approx(official, abs=5e-5)
    assert area == pytest.approx(geodesic, rel=2e-6)


def survey_series_area(ring):
    """The survey's formula as printed: trapezoids, series with coefficients A to E up to e^8."""
    a, f = 6378137.0, 1 / 298.257222101
    b = a * (1 - f)
    e2 = (a * a - b * b) / (a * a)
    ca = 1 + 3 / 6 * e2 + 30 / 80 * e2**2 + 35 / 112 * e2**3 + 630 / 2304 * e2**4
    cb = 1 / 6 * e2 + 15 / 80 * e2**2 + 21 / 112 * e2**3 + 420 / 2304 * e2**4
    cc = 3 / 80 * e2**2 + 7 / 112 * e2**3 + 180 / 2304 * e2**4
    cd = 1 / 112 * e2**3 + 45 / 2304 * e2**4
    ce = 5 / 2304 * e2**4
    total = 0.0
    for (l1, b1), (l2, b2) in zip(ring, ring[1:] + ring[:1], strict=True):
        db, bm = np.radians(b2 - b1) / 2, np.radians(b2 + b1) / 2
        dl = np.radians((l1 + l2) / 2 - 107.0)
        terms = [(ca, 1), (-cb, 3), (cc, 5), (-cd, 7), (ce, 9)]
        total += 2 * b * b * dl * sum(c * np.sin(k * db) * np.cos(k * bm) for c, k in terms)
    return abs(total)


@given(
    st.floats(107.3, 108.0),
    st.floats(29.1, 29.6),
    st.lists(st.floats(0.0001, 0.01), min_size=5, max_size=12),
)
def test_area_is_the_survey_series(lon, lat, radii):
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = [(lon + r * np.cos(t), lat + r * np.sin(t)) for r, t in zip(radii, angles, strict=True)]
    ours = official_area(np.array([shapely.Polygon(ring)]))[0]
    assert ours == pytest.approx(survey_series_area(ring), rel=1e-8)


@given(st.floats(73, 136), st.floats(3, 54))
def test_from_plane_undoes_to_plane(lon, lat):
    point = np.array([shapely.Point(lon, lat)])
    back = from_plane(to_plane(point))[0]
    assert (back.x, back.y) == (pytest.approx(lon, abs=1e-12), pytest.approx(lat, abs=1e-12))


def test_whole_ellipsoid_has_its_known_area():
    # Surface of the CGCS2000 ellipsoid: 510 065 621.72 km² (closed form 2πa²[1 + (1-e²)/e · artanh e]).
    corners = plane_xy(np.array([[-180.0, -90.0], [180.0, 90.0]]))
    width, height = corners[1] - corners[0]
    assert width * height == pytest.approx(510065621724.0785e3, rel=1e-10)


def test_missing_and_empty_geometries_have_no_area():
    assert official_area(np.array([None, shapely.Polygon()], dtype=object)).tolist() == [0.0, 0.0]

"""scripts/manual_pictures.py: few colours, and no change for nothing."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from scripts.manual_pictures import palette, put_pictures, shrink


@pytest.fixture
def drawn(tmp_path):
    """Draw a picture 400 wide and 300 high: many greens, one small red square of `side`."""

    def draw(name: str, side: int):
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for column in range(400):
            painter.fillRect(column, 0, 1, 300, QColor(column // 4, 150 + column // 4, column // 2))
        painter.fillRect(10, 10, side, side, QColor(200, 30, 20))
        painter.end()
        path = tmp_path / name
        assert image.save(str(path))
        return path

    return draw


def test_a_few_pixels_keep_their_colour(drawn, tmp_path):
    shrink(drawn("new.png", 5), tmp_path / "small.png")
    small = QImage(str(tmp_path / "small.png"))
    assert small.format() == QImage.Format.Format_Indexed8
    assert small.pixelColor(12, 12) == QColor(200, 30, 20)
    green = small.pixelColor(200, 100)
    assert (abs(green.red() - 50), abs(green.green() - 200), abs(green.blue() - 100)) < (8, 8, 8)


def test_a_picture_of_few_colours_has_just_these():
    pixels = np.array([[255, 255, 255]] * 9 + [[0, 0, 0]] * 3, np.uint8)
    assert palette(pixels) == [0xFFFFFFFF, 0xFF000000]


def test_what_looks_the_same_is_left_alone(drawn, tmp_path):
    folder = tmp_path / "pictures"
    picture = drawn("01.png", 40)
    assert put_pictures([picture], folder) == ["01.png"]
    first = (folder / "01.png").read_bytes()
    # 41 x 41 - 40 x 40 = 81 pixels of 120,000 are red instead of green: less than two thousandths.
    assert put_pictures([drawn("01.png", 41)], folder) == []
    assert (folder / "01.png").read_bytes() == first
    # 44 x 44 - 40 x 40 = 336 pixels are more.
    assert put_pictures([drawn("01.png", 44)], folder) == ["01.png"]


def test_pictures_that_are_not_taken_any_more_go(drawn, tmp_path):
    folder = tmp_path / "pictures"
    put_pictures([drawn("01.png", 5), drawn("02.png", 5)], folder)
    put_pictures([drawn("02.png", 5)], folder)
    assert [path.name for path in folder.iterdir()] == ["02.png"]

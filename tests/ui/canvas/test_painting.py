"""What painting leaves on a picture, pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from studio.domain.shapes import Box, Part, Polygon
from studio.ui.canvas import painting
from studio.ui.canvas.painting import Style
from studio.vision import masks

RED = QColor(255, 0, 0)
SOLID = Style(outline=0.0, fill=1.0)
BLOCK = masks.encode(np.ones((4, 6), dtype=bool), 3, 2)


def painted(geometry, to_widget: QTransform, style: Style = SOLID, ratio: float = 1.0) -> QImage:
    image = QImage(60, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painting.paint_geometry(painter, geometry, RED, to_widget, style)
    return image


def covered(image: QImage) -> np.ndarray:
    """(H, W) bool: where anything was drawn."""
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
    return pixels.reshape(image.height(), image.width()) != 0


def box(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    expected = np.zeros((40, 60), dtype=bool)
    expected[y0:y1, x0:x1] = True
    return expected


@pytest.mark.parametrize("geometry", [BLOCK, Box(3, 2, 9, 6)])
def test_pixels_lie_where_they_are(qapp, geometry) -> None:
    assert np.array_equal(covered(painted(geometry, QTransform())), box(3, 2, 9, 6))
    larger = QTransform(4, 0, 0, 4, 5, 1)
    assert np.array_equal(covered(painted(geometry, larger)), box(17, 9, 41, 25))


def test_on_a_dense_screen_a_mask_has_its_logical_size(qapp) -> None:
    image = painted(BLOCK, QTransform.fromScale(2, 2), ratio=2.0)
    assert np.array_equal(covered(image), box(12, 8, 36, 24))


def test_a_hole_stays_empty(qapp) -> None:
    ring = Polygon((Part(((5, 5), (35, 5), (35, 35), (5, 35)), (((15, 15), (25, 15), (20, 30)),)),))
    for geometry in (ring, masks.to_mask(ring, 60, 40)):
        seen = covered(painted(geometry, QTransform()))
        assert seen[10, 10]
        assert not seen[18, 20]


def test_the_outline_of_a_mask_is_its_inner_rim(qapp) -> None:
    image = painted(BLOCK, QTransform.fromScale(5, 5), Style(outline=2.0, fill=0.0))
    seen = covered(image)
    assert np.array_equal(seen, box(15, 10, 45, 30) & ~box(17, 12, 43, 28))


@pytest.mark.parametrize("ratio", [1, 2, 3])
def test_outlines_are_as_wide_on_a_dense_screen(qapp, ratio: int) -> None:
    image = painted(Box(-9, -9, 10, 90), QTransform(), Style(outline=2.0, fill=0.0), ratio)
    assert covered(image)[20].sum() == 2 * ratio


def test_only_the_clip_is_touched(qapp) -> None:
    image = QImage(60, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setClipRect(0, 0, 20, 20)
        painting.paint_geometry(painter, BLOCK, RED, QTransform.fromScale(5, 5), SOLID)
    assert np.array_equal(covered(image), box(15, 10, 20, 20))


@pytest.mark.parametrize(("color", "ink"), [("#FFFFFF", "#111111"), ("#0072B2", "#FFFFFF")])
def test_names_are_written_in_a_colour_that_reads(color: str, ink: str) -> None:
    assert painting.ink_on(QColor(color)) == QColor(ink)

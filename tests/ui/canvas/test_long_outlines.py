"""Outlines of very many vertices look as they are, and are drawn through few of them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from studio.domain import geometry as geo
from studio.domain.shapes import Part, Point, Polygon, Polyline, Ring
from studio.ui.canvas import long_outlines, painting
from studio.ui.canvas.painting import Style

COUNT = 40_000
AREA = QRectF(0, 0, 400, 300)


def wave(x: float, y: float, radius: float, count: int = COUNT) -> Ring:
    def at(turn: float) -> Point:
        r = radius * (1 + 0.1 * math.sin(12 * turn))
        return x + r * math.cos(turn), y + r * math.sin(turn)

    return tuple(at(2 * math.pi * number / count) for number in range(count))


OUTLINES = (
    Polygon((Part(wave(2000, 1500, 1200), (wave(2000, 1500, 500),)), Part(wave(3600, 300, 150)))),
    Polyline(wave(2000, 1500, 1200)),
)


def drawn(outline: Polygon | Polyline, to_widget: QTransform, style: Style) -> np.ndarray:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#336633"))
    painter = QPainter(image)
    painting.paint_geometry(painter, outline, QColor("#E69F00"), to_widget, style)
    painter.end()
    return np.array(image.constBits(), dtype=np.int16).reshape(300, 400, 4)[..., :3]


@pytest.mark.parametrize("outline", OUTLINES, ids=["polygon", "line"])
@pytest.mark.parametrize("style", [painting.COMMITTED, painting.HOVERED, painting.IN_HAND])
@pytest.mark.parametrize(
    "to_widget",
    [
        QTransform(0.1, 0, 0, 0.1, 0, 0),
        QTransform(1, 0, 0, 1, -2800, -1400),  # at the edge
        QTransform(4, 0, 0, 4, -13300, -5900),
        QTransform(2, 0, 0, 2, -3800, -2900),  # within, where no line is
    ],
    ids=["whole", "part", "close", "inside"],
)
def test_it_looks_as_if_all_vertices_were_drawn(
    outline: Polygon | Polyline,
    style: Style,
    to_widget: QTransform,
    qapp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = drawn(outline, to_widget, style)
    monkeypatch.setattr(long_outlines, "MANY", 10**6)
    monkeypatch.setattr(long_outlines, "PIECE", 10**6)
    whole = drawn(outline, to_widget, style)
    differs = np.abs(seen - whole).max(axis=2) > 64
    assert differs.mean() < 0.005
    assert np.abs(seen - whole).mean() < 1


@pytest.mark.parametrize("scale", [0.1, 1, 4])
def test_it_is_drawn_through_few_vertices(scale: float) -> None:
    to_device = QTransform(scale, 0, 0, scale, -3100 * scale, -1500 * scale)
    rough = geo.polygon(*((x + 5 * (i % 2), y) for i, (x, y) in enumerate(wave(2000, 1500, 1200))))
    path = long_outlines.path_seen(rough, to_device, AREA)
    assert 3 < path.elementCount() <= long_outlines.MOST + 2
    parts = [part.elementCount() for part in long_outlines.pieces(path)]
    assert max(parts) <= (long_outlines.PIECE + 1 if len(parts) > 1 else long_outlines.WHOLE)


def test_a_translucent_line_of_some_hundred_vertices_is_drawn_in_one(
    qapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline = geo.polygon(*wave(200, 150, 120, count=900))
    pale = replace(painting.HOVERED, line=0.5)
    seen = drawn(outline, QTransform(), pale)
    monkeypatch.setattr(long_outlines, "PIECE", 10**6)
    assert (seen == drawn(outline, QTransform(), pale)).all()

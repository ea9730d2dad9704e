"""The layer of shapes draws a crowd in slices of time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.domain.shapes import Box, Geometry, Shape
from studio.domain.viewport import Viewport
from studio.ui.canvas import layers
from studio.ui.canvas.layers import CROWD, SLICE_S, TOGETHER, Frame, ShapesLayer
from studio.vision import masks

FRAME = Frame(Viewport(60, 40, 60, 40), QRectF(0, 0, 60, 40), 1.0)
COUNT = CROWD + 30
MASK = masks.encode(np.ones((4, 6), dtype=bool), 3, 2)


def scene(geometry: Geometry) -> Any:
    return SimpleNamespace(
        shapes=[Shape(number, 1, "a", geometry) for number in range(1, COUNT + 1)],
        outlines={},
        in_hand=frozenset(),
        touching=lambda _: np.arange(COUNT),
        is_visible=lambda _: True,
        color=lambda _: QColor(255, 0, 0),
    )


@pytest.mark.parametrize(("geometry", "at_once"), [(MASK, 1), (Box(3, 2, 9, 6), TOGETHER)])
def test_masks_are_drawn_one_by_one_and_outlines_together(
    qapp: object, monkeypatch: pytest.MonkeyPatch, geometry: Geometry, at_once: int
) -> None:
    now_s = 0.0

    def clock() -> float:
        """Time for one group a slice."""
        nonlocal now_s
        now_s += 0.4 * SLICE_S
        return now_s

    monkeypatch.setattr(layers, "time", SimpleNamespace(perf_counter=clock))
    layer, image = ShapesLayer(scene(geometry)), QImage(60, 40, QImage.Format.Format_ARGB32)
    slices = 1
    with QPainter(image) as painter:
        while layer.paint(painter, FRAME):
            slices += 1
    assert slices == -(-COUNT // at_once)

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
        is_complete=True,
        in_hand=frozenset(),
        touching=lambda _: np.arange(COUNT),
        is_visible=lambda _: True,
        color=lambda _: QColor(255, 0, 0),
    )


@pytest.mark.parametrize(("geometry", "at_once"), [(MASK, 1), (Box(3, 2, 9, 6), TOGETHER)])
def test_masks_are_drawn_one_by_one_and_outlines_together(
    qapp: object, monkeypatch: pytest.MonkeyPatch, geometry: Geometry, at_once: int
) -> None:
    slow_down(monkeypatch)
    assert slices(ShapesLayer(scene(geometry))) == -(-COUNT // at_once)


def test_another_image_is_given_more_time_at_first(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_down(monkeypatch)
    layer = ShapesLayer(scene(MASK))
    layer.reset()
    assert slices(layer) < COUNT
    layer.forget()
    assert slices(layer) == COUNT


def slow_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be time for one group a slice."""
    now_s = 0.0

    def clock() -> float:
        nonlocal now_s
        now_s += 0.4 * SLICE_S
        return now_s

    monkeypatch.setattr(layers, "time", SimpleNamespace(perf_counter=clock))


def slices(layer: ShapesLayer) -> int:
    """How many paints it takes until all is drawn."""
    image = QImage(60, 40, QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        return 1 + sum(1 for _ in iter(lambda: layer.paint(painter, FRAME), False))

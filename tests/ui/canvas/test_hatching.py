"""Stripes on what is ignored, dashes on what is selected."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from studio.domain.shapes import Box, Geometry
from studio.ui.canvas import painting
from studio.ui.canvas.painting import Style
from studio.vision import masks

BLOCK = masks.encode(np.ones((30, 40), dtype=bool), 5, 4)
PLAIN = Style(outline=0.0, fill=0.4)
KINDS = pytest.mark.parametrize("geometry", [BLOCK, Box(5, 4, 45, 34)])


def seen(geometry: Geometry, style: Style, to_widget: QTransform, *clips: QRect) -> np.ndarray:
    """(120, 160) of ARGB, drawn clip by clip."""
    image = QImage(160, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    for clip in clips or (image.rect(),):
        with QPainter(image) as painter:
            painter.setClipRect(clip)
            painting.paint_geometry(painter, geometry, QColor(200, 80, 0), to_widget, style)
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(120, 160).copy()


@KINDS
def test_what_is_ignored_has_stripes_and_what_is_not_has_none(qapp, geometry: Geometry) -> None:
    view = QTransform.fromScale(3, 3)
    inside = (slice(16, 98), slice(20, 130))
    assert len(np.unique(seen(geometry, PLAIN, view)[inside])) == 1
    striped = seen(geometry, painting.ignored(PLAIN), view)[inside]
    assert len(np.unique(striped)) == 3
    assert all(len(np.unique(row)) == 3 for row in striped)


@KINDS
def test_stripes_are_as_wide_at_every_zoom_and_stay_with_the_image(
    qapp, geometry: Geometry
) -> None:
    style = painting.ignored(PLAIN)
    near = seen(geometry, style, QTransform.fromScale(3, 3))[16:90, 20:120]
    far = seen(geometry, style, QTransform.fromScale(2, 2))
    assert np.array_equal(near[:40, :40], far[16:56, 20:60])
    panned = seen(geometry, style, QTransform(3, 0, 0, 3, 7, 5))
    assert np.array_equal(near, panned[21:95, 27:127])


@KINDS
def test_pieces_drawn_one_after_the_other_meet(qapp, geometry: Geometry) -> None:
    style, view = painting.ignored(PLAIN), QTransform(3, 0, 0, 3, -11, 2)
    pieces = [QRect(0, 0, 67, 120), QRect(67, 0, 93, 41), QRect(67, 41, 93, 79)]
    assert np.array_equal(seen(geometry, style, view), seen(geometry, style, view, *pieces))


@KINDS
def test_what_is_selected_has_white_dashes_on_its_line(qapp, geometry: Geometry) -> None:
    view = QTransform.fromScale(3, 3)
    white = seen(geometry, painting.SELECTED, view) == 0xFFFFFFFF
    assert white.any()
    assert not white[30:80, 40:110].any()
    assert not (seen(geometry, painting.HOVERED, view) == 0xFFFFFFFF).any()

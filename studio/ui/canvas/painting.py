"""Drawing geometry and predictions: the same on the canvas, in galleries and in exports.

Everything here paints with a ``to_widget`` transform (scale and translation) from image pixels to
the painter's logical pixels, so that outlines keep their width at every zoom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Points, Polygon, Polyline, RotatedBox
from studio.ui.canvas import dots, hatching, long_outlines
from studio.ui.canvas.long_outlines import pieces
from studio.vision import masks

SMALL_MASK_PX = 1 << 18
"""Bitmaps up to this many pixels are cached by the hundred, larger ones only a few."""

TAG_PADDING_PX = 5.0
POINT_PX = 6.0
"""The diameter of a point that is drawn with an outline of no width."""
WIDEST_PX = 16.0
"""No line is as wide as this."""
IGNORED_POINTS = 0.45
"""The opacity of points that training and metrics pass over: there is no room to hatch them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a geometry is drawn. Widths are logical pixels, ``fill`` is opacity 0..1.

    ``halo`` is the opacity of a dark line under the outline, so that it shows on any ground;
    ``dashed`` marks what is not (yet) a label of its own: predictions, ignored regions, drafts.
    ``line`` is the opacity of the outline. ``hatched`` fills with stripes, ``marked`` draws white
    dashes along the outline: what is ignored or selected differs by more than its colour.
    """

    outline: float = 1.5
    fill: float = 0.22
    dashed: bool = False
    halo: float = 0.0
    line: float = 1.0
    hatched: bool = False
    marked: bool = False


COMMITTED = Style(halo=0.25)
CROWDED = Style(outline=1.0)
"""For hundreds of shapes at once: hairlines are drawn many times faster."""
HOVERED = Style(outline=2.5, fill=0.0, halo=0.45)
SELECTED = Style(outline=3.0, fill=0.12, halo=0.45, marked=True)
SELECTED_CROWD = Style(outline=1.0, fill=0.4)
IN_HAND = Style(outline=2.0, fill=0.25, halo=0.45)
PREDICTED = Style(outline=2.0, fill=0.25, dashed=True)


def ignored(style: Style) -> Style:
    """How a region that training and metrics pass over is drawn where others have ``style``."""
    return replace(style, fill=style.fill / 2, dashed=True, hatched=True)


# Geometry -------------------------------------------------------------------------------------


def paint_geometry(
    painter: QPainter,
    geometry: Geometry,
    color: QColor,
    to_widget: QTransform,
    style: Style = COMMITTED,
) -> None:
    """Draw ``geometry`` (image pixels) in ``color`` on ``painter`` (logical pixels)."""
    if isinstance(geometry, Mask):
        paint_mask(painter, geometry, color, to_widget, style)
        return
    painter.save()
    painter.setTransform(to_widget, True)
    if isinstance(geometry, Points):
        paint_points(painter, geometry, color, style)
    else:
        paint_path(painter, path_on(painter, geometry), color, style_for(geometry, style))
    painter.restore()


def style_for(geometry: Geometry, style: Style) -> Style:
    """``style`` for this geometry: a line has no inside to be filled."""
    return replace(style, fill=0.0, hatched=False) if isinstance(geometry, Polyline) else style


def path_of(geometry: Box | RotatedBox | Polygon | Polyline) -> QPainterPath:
    """The outline in image pixels; holes are cut out by the odd-even rule. A line stays open."""
    path = QPainterPath()
    if isinstance(geometry, Polyline):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in geometry.points]))
        return path
    if isinstance(geometry, Box):
        path.addRect(QRectF(geometry.x0, geometry.y0, geometry.width, geometry.height))
        return path
    for ring in geo.rings(geo.as_polygon(geometry)):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path


def path_on(painter: QPainter, geometry: Box | RotatedBox | Polygon | Polyline) -> QPainterPath:
    """``path_of`` for a painter that is in image pixels already: of a very long outline what can
    be seen there."""
    if not long_outlines.is_long(geometry):
        return path_of(geometry)
    ratio = painter.device().devicePixelRatioF()
    device = painter.transform() * QTransform.fromScale(ratio, ratio)
    area = QRectF(_device_clip(painter, ratio))
    room = WIDEST_PX * ratio
    return long_outlines.path_seen(geometry, device, area.adjusted(-room, -room, room, room))


def paint_path(painter: QPainter, path: QPainterPath, color: QColor, style: Style) -> None:
    """Draw an outline that ``path_of`` made, on a painter that is in image pixels already."""
    paint_paths(painter, (path,), color, style)


def paint_paths(
    painter: QPainter, paths: Collection[QPainterPath], color: QColor, style: Style
) -> None:
    """Draw outlines alike: what fills all of them, then the lines of all.

    Leaves the painter with another pen and with antialiasing: thousands of shapes are drawn so.
    """
    for brush in _brushes(painter, color, style):
        # The outline covers the edge of the fill, so the fill needs no antialiasing (20 x faster).
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for path in paths:
            painter.fillPath(path, brush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    # Hairlines are drawn fast however long they are.
    lines = paths if style.outline <= 1 else list(chain.from_iterable(map(pieces, paths)))
    for pen in _pens(painter, color, style):
        for line in lines:
            painter.strokePath(line, pen)


def _brushes(painter: QPainter, color: QColor, style: Style) -> Iterator[QBrush]:
    if style.fill:
        yield QBrush(with_opacity(color, style.fill))
    if style.hatched:
        density = painter.device().devicePixelRatioF()
        yield hatching.brush(color, painter.deviceTransform(), density)


def _pens(painter: QPainter, color: QColor, style: Style) -> Iterator[QPen]:
    """The outline's, from the bottom to the top."""
    # A cosmetic pen counts in device pixels. A hairline stays one: it has a stroker of its own.
    ratio = painter.device().devicePixelRatioF() if style.outline > 1 else 1.0
    if style.halo:
        dark = with_opacity(QColor(0, 0, 0), style.halo * style.line)
        yield _pen(dark.rgba(), (style.outline + 2) * ratio, False)
    if style.outline:
        ink = with_opacity(color, style.line) if style.line < 1 else color
        yield _pen(ink.rgba(), style.outline * ratio, style.dashed)
    if style.marked:
        yield _pen(hatching.WHITE, style.outline / 2 * ratio, True)


def paint_points(painter: QPainter, points: Points, color: QColor, style: Style) -> None:
    """Draw dots on a painter that is in image pixels already; what is ignored is pale."""
    opacity = style.line * (IGNORED_POINTS if style.hatched else 1.0)
    size = POINT_PX + 2 * style.outline
    dots.paint(painter, points, color, size, opacity=opacity, marked=style.marked)


@lru_cache(maxsize=256)
def _pen(rgba: int, width: float, dashed: bool) -> QPen:
    pen = QPen(QColor.fromRgba(rgba), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # as a join: a long line is drawn in parts
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        pen.setDashPattern([4, 3])
    return pen


def with_opacity(color: QColor, opacity: float) -> QColor:
    """``color`` at ``opacity`` 0..1."""
    result = QColor(color)
    result.setAlphaF(opacity)
    return result


# Masks ----------------------------------------------------------------------------------------


def paint_mask(
    painter: QPainter, mask: Mask, color: QColor, to_widget: QTransform, style: Style
) -> None:
    """Draw a mask as a translucent bitmap with an outline along its pixels' edges."""
    paint_bitmap(painter, bitmap_of(mask), (mask.x, mask.y), color, to_widget, style)


def paint_bitmap(
    painter: QPainter,
    bitmap: NDArray[np.uint8],
    origin: tuple[int, int],
    color: QColor,
    to_widget: QTransform,
    style: Style,
) -> None:
    """Draw an (H, W) bitmap of 0 and 1 whose first pixel is image pixel ``origin``.

    Only what lies within the painter's clip (or device) is worked out, in device pixels: the cost
    is that of the pixels on screen, however large the bitmap.
    """
    ratio = painter.device().devicePixelRatioF()
    device = to_widget * painter.transform() * QTransform.fromScale(ratio, ratio)
    height, width = bitmap.shape
    whole = device.mapRect(QRectF(*origin, width, height)).toAlignedRect()
    window = whole.adjusted(-2, -2, 2, 2).intersected(_device_clip(painter, ratio))
    if window.isEmpty():
        return
    pixels = sample(bitmap, origin, device, window, style.outline * ratio)
    corner = (window.x() - round(device.dx()), window.y() - round(device.dy()))
    if style.hatched:
        pixels = hatching.hatched(pixels, corner, ratio)
    if style.marked:
        pixels = hatching.dashed(pixels, corner, ratio)
    line = style.line if style.outline else style.fill
    image = hatching.colored(pixels, color, style.fill, line)
    image.setDevicePixelRatio(ratio)
    painter.save()
    painter.resetTransform()
    painter.drawImage(QPointF(window.x() / ratio, window.y() / ratio), image)
    painter.restore()


def _device_clip(painter: QPainter, ratio: float) -> QRect:
    device = painter.device()
    # A widget counts in logical pixels, an image or pixmap in its own.
    scale = ratio if isinstance(device, QWidget) else 1.0
    whole = QRect(0, 0, round(device.width() * scale), round(device.height() * scale))
    if not painter.hasClipping():
        return whole
    logical = painter.transform().mapRect(painter.clipBoundingRect())
    scaled = QRectF(
        logical.x() * ratio, logical.y() * ratio, logical.width() * ratio, logical.height() * ratio
    )
    return whole.intersected(scaled.toAlignedRect())


def sample(
    bitmap: NDArray[np.uint8],
    origin: tuple[int, int],
    device: QTransform,
    window: QRect,
    outline_px: float,
) -> NDArray[np.uint8]:
    """The bitmap as seen through ``window`` of the device: 0 outside, 1 inside, 2 outline.

    A device pixel shows the image pixel under its centre. The outline is the inner rim,
    ``outline_px`` device pixels wide.
    """
    rim = max(1, round(outline_px))
    seen = window.adjusted(-rim, -rim, rim, rim)
    columns = _under(seen.left(), seen.width(), device.m11(), device.dx(), origin[0])
    rows = _under(seen.top(), seen.height(), device.m22(), device.dy(), origin[1])
    found = np.zeros((len(rows), len(columns)), dtype=np.uint8)
    r0, r1 = np.searchsorted(rows, [0, bitmap.shape[0]])
    c0, c1 = np.searchsorted(columns, [0, bitmap.shape[1]])
    if r0 < r1 and c0 < c1:
        top, left = rows[r0], columns[c0]
        block = bitmap[top : rows[r1 - 1] + 1, left : columns[c1 - 1] + 1]
        found[r0:r1, c0:c1] = block.take(rows[r0:r1] - top, axis=0).take(
            columns[c0:c1] - left, axis=1
        )
    inner = _eroded(found, rim)
    return (2 * found - inner)[rim:-rim, rim:-rim]


def _under(start: int, length: int, scale: float, shift: float, origin: int) -> NDArray[np.intp]:
    centres = np.arange(start, start + length, dtype=np.float64) + 0.5
    return np.floor((centres - shift) / scale).astype(np.intp) - origin


def _eroded(found: NDArray[np.uint8], rim: int) -> NDArray[np.uint8]:
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * rim + 1, 2 * rim + 1))
    return np.asarray(
        cv2.erode(found, element, borderType=cv2.BORDER_CONSTANT, borderValue=1), dtype=np.uint8
    )


def bitmap_of(mask: Mask) -> NDArray[np.uint8]:
    """The mask's own window as (height, width) uint8 of 0 and 1; read-only."""
    if mask.width * mask.height <= SMALL_MASK_PX:
        return _small_bitmap(mask.width, mask.height, mask.runs)
    return _large_bitmap(mask.width, mask.height, mask.runs)


def _unpacked(width: int, height: int, runs: bytes) -> NDArray[np.uint8]:
    bitmap = masks.decode(Mask(0, 0, width, height, runs)).view(np.uint8)
    bitmap.flags.writeable = False
    return bitmap


_small_bitmap = lru_cache(maxsize=512)(_unpacked)
_large_bitmap = lru_cache(maxsize=6)(_unpacked)


# Names ----------------------------------------------------------------------------------------


def paint_name(painter: QPainter, text: str, color: QColor, at: QPointF) -> QRectF:
    """A small name tag in ``color`` whose bottom left is ``at``; returns where it was drawn."""
    metrics = QFontMetricsF(painter.font())
    rect = name_rect(metrics, text, at)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(ink_on(color))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return rect


def name_rect(metrics: QFontMetricsF, text: str, at: QPointF) -> QRectF:
    """The room that a name tag takes whose bottom left is ``at``."""
    width = metrics.horizontalAdvance(text) + 2 * TAG_PADDING_PX
    height = metrics.height() + 2
    return QRectF(at.x(), at.y() - height, width, height)


def ink_on(color: QColor) -> QColor:
    """Black or white, whichever reads better on ``color`` (relative luminance of WCAG 2)."""
    linear = (_linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return QColor("#111111") if luminance > 0.18 else QColor("#FFFFFF")


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


# Predictions ----------------------------------------------------------------------------------


def color_of(colors: Mapping[str, str], name: str) -> QColor:
    """The colour of a label; a neutral grey for one that the project no longer has."""
    return QColor(colors.get(name, "#9AA0AA"))

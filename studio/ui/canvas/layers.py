"""The canvas's layers, bottom to top: picture, committed shapes, selection, what is in hand.

A layer draws itself with ``paint(painter, frame)``; the painter is in the widget's logical pixels
and clipped to what must be drawn. Another layer (a model's proposals, say) is one more class and
one more entry in the canvas's list.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import (
    QPainter,
    QPainterPath,
    QPixmap,
    QTransform,
)

from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.domain.viewport import Viewport
from studio.ui.canvas import long_outlines, name_tags, painting
from studio.ui.canvas.handles import HANDLE_PX as HANDLE_PX
from studio.ui.canvas.handles import handle_count, paint_handles
from studio.ui.canvas.layer_cache import LayerCache
from studio.ui.canvas.look import ShapeLook
from studio.ui.canvas.picture import Picture
from studio.ui.canvas.scene import Scene
from studio.ui.canvas.shapes_ahead import Outlines
from studio.ui.canvas.tile_reader import TileReader
from studio.vision.tone import Table

SLICE_S = 0.010
"""How long one paint may work on shapes before it leaves the rest to the next."""

FIRST_SLICE_S = 0.020
"""The same where another image comes: nothing is in motion, and half a crowd is no sight."""

CROWD = 120
"""From this many shapes in view on, outlines are hairlines."""

TOGETHER = 64
"""In a crowd so many neighbours in the stack are drawn at once, where they are alike; but not
masks, each of which may take milliseconds."""

MAX_HANDLES = 600
MANY_SELECTED = 24
"""From this many selected shapes on, their names are left out and outlines are hairlines."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a paint needs to know: the viewport, what is exposed (logical px), device px per px."""

    viewport: Viewport
    exposed: QRectF
    ratio: float

    @property
    def to_widget(self) -> QTransform:
        """Image pixels to logical pixels."""
        view = self.viewport
        return QTransform(view.scale, 0, 0, view.scale, view.left, view.top)


class Layer(Protocol):
    """Something that the canvas shows."""

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw; True asks to be painted again soon, because there was no time for all."""
        ...


class PictureLayer:
    """The image, from the pyramid level that suits the zoom; ``tiles`` reads what it lacks."""

    def __init__(self, tiles: TileReader) -> None:
        self._tiles = tiles
        self._cache = LayerCache()
        self._table: Table | None = None
        self.picture: Picture | None = None

    def show(self, picture: Picture | None) -> None:
        """Draw another picture from now on."""
        self.picture = picture
        self._cache.forget()

    def invalidate(self, box: Box) -> None:
        """Draw ``box`` (image pixels) again at the next paint."""
        if self._cache.viewport:
            shown = self._cache.viewport.box_to_widget(box)
            area = QRectF(shown.x0, shown.y0, shown.width, shown.height)
            self._cache.invalidate(area)

    def adjust(self, table: Table | None) -> None:
        """Send the picture's greys through ``table``; what is painted is kept till this changes."""
        self._table = table
        self._cache.forget()

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw the picture where there is one."""
        if self.picture is None:
            return False
        cache = self._cache
        cache.follow(frame.viewport, frame.ratio)
        for rect in cache.take_stale():
            with cache.painter(rect, clear=True) as strip:
                area = cache.to_logical(rect)
                self.picture.paint(strip, frame.viewport, area, frame.ratio, table=self._table)
        painter.drawPixmap(QPointF(0, 0), cache.pixmap)
        self._tiles.want(self.picture.missing(frame.viewport, frame.ratio))
        return False


@dataclass(slots=True)
class _Work:
    """Shapes still to be drawn within ``clip`` (device px), from index ``next`` of ``indices``."""

    clip: QRect
    indices: list[int]
    next: int = 0


class ShapesLayer:
    """The committed shapes, cached; drawn again in slices so that no paint takes long.

    While a new zoom is being drawn, the old picture is shown stretched; while another look is,
    the old picture stays, and a look that comes meanwhile waits for its turn.
    """

    def __init__(self, scene: Scene) -> None:
        self._look = self._wanted = ShapeLook()
        self._scene = scene
        self._cache = LayerCache()
        self._work: deque[_Work] = deque()
        self._old: tuple[QPixmap, Viewport] | None = None
        self._outlines: Outlines = {}
        self._slice_s = SLICE_S

    def forget(self) -> None:
        """Draw everything anew at the next paint."""
        self._outlines.update(self._scene.outlines)
        self._cache.forget()
        self._old = None
        self._work.clear()

    def restyle(self, look: ShapeLook) -> None:
        """Draw everything in another look."""
        self._wanted = look
        if not self._work and look != self._look:
            self._take_look()

    def _take_look(self) -> None:
        cache = self._cache
        self._old = (cache.pixmap, cache.viewport) if cache.viewport else None
        cache.forget()
        self._look = self._wanted

    def reset(self) -> None:
        """Another image is shown."""
        self._outlines = {}
        self.forget()
        self._slice_s = FIRST_SLICE_S

    def invalidate(self, box: Box, viewport: Viewport) -> None:
        """Draw ``box`` (image pixels) again at the next paint."""
        for work in self._work:  # its indices may be those of other shapes by now
            self._cache.stale |= work.clip
        self._work.clear()
        shown = viewport.box_to_widget(box)
        area = QRectF(shown.x0, shown.y0, shown.width, shown.height)
        self._cache.invalidate(area.adjusted(*self._margins()))

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw for at most a slice of time; True while there is more to do."""
        if not self._work and self._look != self._wanted:
            self._take_look()
        self._follow(frame)
        until, self._slice_s = time.perf_counter() + self._slice_s, SLICE_S
        while self._work and time.perf_counter() < until:
            self._draw_some(self._work[0], frame, until)
            if self._work[0].next >= len(self._work[0].indices):
                self._work.popleft()
        if not self._work:
            self._old = None
        if self._old:
            pixmap, before = self._old
            corner = before.to_image((0.0, 0.0))
            left, top = frame.viewport.to_widget(corner)
            factor = frame.viewport.scale / before.scale
            target = QRectF(left, top, before.width * factor, before.height * factor)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        else:
            painter.drawPixmap(QPointF(0, 0), self._cache.pixmap)
        return bool(self._work) or self._look != self._wanted

    def _follow(self, frame: Frame) -> None:
        cache = self._cache
        before, shown = cache.viewport, cache.pixmap
        if before != frame.viewport and self._names_keep_inside():
            cache.forget()  # where the widget shows another part, names are elsewhere
        if not cache.follow(frame.viewport, frame.ratio):
            if before and not self._work:
                self._old = (shown, before)
            self._work.clear()
        elif self._work and before:
            dx = round((frame.viewport.left - before.left) * frame.ratio)
            dy = round((frame.viewport.top - before.top) * frame.ratio)
            for work in self._work:
                work.clip = work.clip.translated(dx, dy) & cache.pixmap.rect()
        for rect in cache.take_stale():
            with cache.painter(rect, clear=True):
                pass
            if self._scene.is_complete:
                indices = self._scene.touching(self._to_image(cache.to_logical(rect), frame))
                self._work.append(_Work(rect, indices.tolist()))

    def _names_keep_inside(self) -> bool:
        scene = self._scene
        return self._look.names and scene.is_complete and not name_tags.is_crowd(scene)

    def _to_image(self, area: QRectF, frame: Frame) -> Box:
        # The other way about: which shapes reach into the area with their outline or name?
        left, top, right, bottom = self._margins()
        view = frame.viewport
        return Box(
            *view.to_image((area.left() - right, area.top() - bottom)),
            *view.to_image((area.right() - left, area.bottom() - top)),
        )

    def _margins(self) -> tuple[float, float, float, float]:
        """How far a shape is drawn beyond its bounds, as ``QRectF.adjusted`` takes it."""
        reach = painting.POINT_PX / 2 + self._look.width_px + 2
        if self._look.names:
            room = name_tags.NAME_ROOM_PX
            return (-room, -name_tags.NAME_RISE_PX, room, reach)
        return (-reach, -reach, reach, reach)

    def _draw_some(self, work: _Work, frame: Frame, until: float) -> None:
        crowded = len(work.indices) > CROWD
        style = self._look.styled(painting.CROWDED if crowded else painting.COMMITTED)
        together = TOGETHER if crowded and not self._look.names else 1
        with self._cache.painter(work.clip, clear=False) as painter:
            painter.setTransform(frame.to_widget)
            while work.next < len(work.indices) and time.perf_counter() < until:
                some = work.indices[work.next : work.next + together]
                shapes = [self._scene.shapes[index] for index in some]
                shapes = list(takewhile(_is_outline, shapes)) or shapes[:1]
                work.next += len(shapes)
                for _, alike in groupby(filter(self._is_mine, shapes), _looks):
                    self._draw(painter, list(alike), frame, style)

    def _is_mine(self, shape: Shape) -> bool:
        return self._scene.is_visible(shape) and shape.id not in self._scene.in_hand

    def _draw(
        self, painter: QPainter, alike: Sequence[Shape], frame: Frame, style: painting.Style
    ) -> None:
        """Draw shapes of one class and one kind, neighbours in the stack."""
        color = self._scene.color(alike[0])
        style = style_of(alike[0], style)
        paths = [
            self._outline(painter, shape.id, shape.geometry)
            for shape in alike
            if not isinstance(shape.geometry, Mask | Points)
        ]
        if paths:
            style = painting.style_for(alike[0].geometry, style)
            painting.paint_paths(painter, paths, color, style)
        for shape in alike:
            if isinstance(shape.geometry, Mask):
                painting.paint_mask(painter, shape.geometry, color, QTransform(), style)
            elif isinstance(shape.geometry, Points):
                painting.paint_points(painter, shape.geometry, color, style)
            if self._look.names:
                painter.resetTransform()
                self._draw_name(painter, shape, frame.viewport)
                painter.setTransform(frame.to_widget)

    def _draw_name(self, painter: QPainter, shape: Shape, viewport: Viewport) -> None:
        if name_tags.is_crowd(self._scene):
            name_tags.paint_name_in_crowd(painter, shape, self._scene, viewport)
        else:
            name_tags.paint_name_of(painter, shape, shape.geometry, self._scene, viewport)

    def _outline(
        self,
        painter: QPainter,
        shape_id: int,
        geometry: Box | RotatedBox | Polygon | Polyline,
    ) -> QPainterPath:
        known = self._outlines.get(shape_id)
        if known and known[0] is geometry:
            return known[1]
        path = painting.path_on(painter, geometry)
        if not long_outlines.is_long(geometry):  # whose path is another one at each zoom
            self._outlines[shape_id] = (geometry, path)
        return path


class SelectionLayer:
    """What is selected, hovered over or in hand: outlines, name tags and handles, drawn live."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.look = ShapeLook()
        self.hovered = 0
        self.handles = True

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw outlines, then tags, then handles, and the tag of what is hovered over last."""
        scene = self._scene
        hovered = self._hovered()
        if hovered:
            self._outline(painter, hovered, hovered.geometry, painting.HOVERED, frame, named=False)
        shown = [
            (shape, geometry)
            for shape in scene.selected()
            if scene.is_visible(shape)
            and (geometry := scene.in_hand.get(shape.id, shape.geometry)) is not None
        ]
        crowd = len(shown) > MANY_SELECTED
        for shape, geometry in shown:
            style = painting.IN_HAND if shape.id in scene.in_hand else painting.SELECTED
            style = painting.SELECTED_CROWD if crowd else style
            self._outline(painter, shape, geometry, style, frame, named=not crowd)
        if scene.unnamed:
            color = scene.label_color("")
            geometry = scene.unnamed.geometry
            painting.paint_geometry(painter, geometry, color, frame.to_widget, painting.IN_HAND)
        if self.handles and sum(handle_count(g) for _, g in shown) <= MAX_HANDLES:
            for shape, geometry in shown:
                if not shape.locked:
                    paint_handles(painter, geometry, scene.color(shape), frame.viewport)
        if hovered:
            name_tags.paint_name_of(painter, hovered, hovered.geometry, scene, frame.viewport)
        return False

    def _hovered(self) -> Shape | None:
        shape = self._scene.shape(self.hovered) if self.hovered else None
        free = shape and shape.id not in self._scene.document.selection
        return shape if shape and free and self._scene.is_visible(shape) else None

    def _outline(
        self,
        painter: QPainter,
        shape: Shape,
        geometry: Geometry,
        style: painting.Style,
        frame: Frame,
        *,
        named: bool,
    ) -> None:
        color = self._scene.color(shape)
        style = style_of(shape, self.look.in_focus(style))
        painting.paint_geometry(painter, geometry, color, frame.to_widget, style)
        if named:
            name_tags.paint_name_of(painter, shape, geometry, self._scene, frame.viewport)


def _is_outline(shape: Shape) -> bool:
    return not isinstance(shape.geometry, Mask)


def _looks(shape: Shape) -> tuple[str, bool, type[Geometry]]:
    """What shapes have in common that are drawn alike."""
    return shape.label, shape.ignore, type(shape.geometry)


def style_of(shape: Shape, style: painting.Style) -> painting.Style:
    """``style``, dashed and hatched where the shape is a region to be ignored."""
    return painting.ignored(style) if shape.ignore else style

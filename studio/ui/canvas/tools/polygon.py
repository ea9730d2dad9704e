"""Draw polygons click by click, or freehand with Shift held.

An unfinished polygon waits on its image until it is finished.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point
from studio.ui.canvas import painting
from studio.ui.canvas.layers import HANDLE_PX
from studio.ui.canvas.tools.draft import DraftTool, paint_outline
from studio.ui.canvas.tools.tool import Pointer
from studio.vision.assist import thinned

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

CLOSE_REACH_PX = 9.0

THINNING_PX = 0.7
"""How far a freehand line may be moved when it is thinned, in widget pixels."""


class PolygonTool(DraftTool):
    """Polygons of one ring; a click on the first vertex closes one too."""

    id = "polygon"
    title = Title.DRAW_POLYGON
    least = 3

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._stretches_by_image: dict[int, list[tuple[int, int]]] = {}
        self._shift_press: Pointer | None = None
        self._freehand = -1  # where in the draft the line begins that is being drawn

    def shape_of(self, points: list[Point]) -> Geometry:
        """A polygon of one part."""
        return geo.polygon(*points)

    def closes(self, pointer: Pointer) -> bool:
        """On the first vertex."""
        draft = self._draft
        if len(draft) < self.least:
            return False
        first = self.canvas.viewport.to_widget(draft[0])
        return math.dist(first, pointer.widget) <= CLOSE_REACH_PX

    @property
    def _stretches(self) -> list[tuple[int, int]]:
        """Which points of the draft, from the first up to the second index, are one step."""
        image_id = self.scene.image.id if self.scene.image else 0
        return self._stretches_by_image.setdefault(image_id, [])

    # Freehand ---------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Set a vertex, or close; with Shift, dragging from here draws freehand."""
        closes = self.closes(pointer)
        super().press(pointer)
        self._shift_press = pointer if pointer.shift and not closes else None

    def move(self, pointer: Pointer) -> None:
        """The next edge follows the cursor, or a line all its way."""
        start = self._shift_press
        if start and pointer.is_far_from(start) and self._draft:
            self._shift_press = None
            self._freehand = len(self._draft) - 1
            self._draft[-1] = self.scene.within(start.image)  # and not 45 degrees from the last
            self._at = None
        if self._freehand < 0:
            super().move(pointer)
        elif self._draft:
            self.add(self.scene.within(pointer.image))

    def release(self, pointer: Pointer) -> None:
        """End the freehand line; on the first vertex it closes the polygon."""
        self._shift_press = None
        if self._freehand >= 0:
            self._end_freehand()
            if self.closes(pointer):
                self.finish()

    def _end_freehand(self) -> None:
        first, self._freehand = self._freehand, -1
        if first >= 0:
            line = thinned(self._draft[first:], THINNING_PX / self.canvas.viewport.scale)
            del self._draft[first:]
            self.add_stretch(line)

    def add_stretch(self, points: list[Point]) -> None:
        """Add several points, which are taken back as one."""
        first = len(self._draft)
        for point in points:
            self.add(point)
        self._stretches.append((first, len(self._draft)))

    def undo(self) -> bool:
        """Take the last vertex back, or the whole of the line that was drawn freehand."""
        self._end_freehand()
        draft = self._draft
        if self._stretches and self._stretches[-1][1] == len(draft):
            first, _ = self._stretches.pop()
            del draft[first + 1 :]
        return super().undo()

    def finish(self) -> None:
        """Offer the polygon, if it is one."""
        self._end_freehand()
        super().finish()
        if not self._draft:
            self._stretches.clear()

    def cancel(self) -> bool:
        """Drop the polygon of this image."""
        self._stretches.clear()
        self._shift_press, self._freehand = None, -1
        return super().cancel()

    def leave(self) -> None:
        """An unfinished polygon stays on its image."""
        self._end_freehand()
        self._shift_press = None
        super().leave()

    # Looks ------------------------------------------------------------------------------------

    def still_open(self) -> str:
        """Says that the polygon is open, and how it is closed."""
        return QCoreApplication.translate(
            "Tools", "This polygon is still open: Enter closes it, Esc drops it"
        )

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        match len(self._draft):
            case 0:
                return tr(
                    "Tools", "Click along the outline to draw {name}; Shift+drag draws freehand"
                ).format(name=self.class_name())
            case 1 | 2:
                return self.next_point_hint()
            case _:
                return tr(
                    "Tools", "Click the first vertex, double-click or press Enter to close it"
                )

    def paint_body(self, painter: QPainter, outline: QPolygonF, color: QColor) -> None:
        """The inside, and the outline as far as it is drawn."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(painting.with_opacity(color, 0.2))
        painter.drawPolygon(outline)
        paint_outline(painter, outline, color)

    def paint_points(self, painter: QPainter, points: list[QPointF], color: QColor) -> None:
        """The vertices; the first one stands out once it closes the polygon."""
        painter.setPen(QPen(color.darker(140), 1.5))
        closes = self._at is not None and self.closes(self._at)
        shown = points if self._freehand < 0 else points[: self._freehand + 1]
        for index, point in enumerate(shown):
            first = index == 0 and len(points) >= self.least
            painter.setBrush(color if first else Qt.GlobalColor.white)
            radius = HANDLE_PX / 2 * (1.6 if first and closes else 1.2 if first else 1.0)
            painter.drawEllipse(point, radius, radius)

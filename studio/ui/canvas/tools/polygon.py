"""Draw polygons click by click. An unfinished one waits on its image until it is finished."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point
from studio.ui.canvas import painting
from studio.ui.canvas.layers import HANDLE_PX
from studio.ui.canvas.tools.draft import DraftTool, paint_outline
from studio.ui.canvas.tools.tool import Pointer

CLOSE_REACH_PX = 9.0


class PolygonTool(DraftTool):
    """Polygons of one ring; a click on the first vertex closes one too."""

    id = "polygon"
    title = Title.DRAW_POLYGON
    least = 3

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
                return tr("Tools", "Click along the outline to draw {name}").format(
                    name=self.class_name()
                )
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
        for index, point in enumerate(points):
            first = index == 0 and len(points) >= self.least
            painter.setBrush(color if first else Qt.GlobalColor.white)
            radius = HANDLE_PX / 2 * (1.6 if first and closes else 1.2 if first else 1.0)
            painter.drawEllipse(point, radius, radius)

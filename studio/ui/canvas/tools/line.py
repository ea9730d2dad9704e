"""Draw lines click by click. An unfinished one waits on its image until it is finished."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPainter, QPolygonF

from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point, Polyline
from studio.ui.canvas.tools.draft import DraftTool, paint_outline


class LineTool(DraftTool):
    """Open lines through two points or more."""

    id = "line"
    title = Title.DRAW_LINE

    def shape_of(self, points: list[Point]) -> Geometry:
        """A line through all of them."""
        return Polyline(tuple(points))

    def still_open(self) -> str:
        """Says that the line goes on, and how it ends."""
        return QCoreApplication.translate(
            "Tools", "This line is not finished: Enter ends it, Esc drops it"
        )

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        match len(self._draft):
            case 0:
                return tr("Tools", "Click along the line to draw {name}").format(
                    name=self.class_name()
                )
            case 1:
                return self.next_point_hint()
            case _:
                return tr("Tools", "Double-click or press Enter to end the line")

    def paint_body(self, painter: QPainter, outline: QPolygonF, color: QColor) -> None:
        """The line as far as it is drawn."""
        paint_outline(painter, outline, color)

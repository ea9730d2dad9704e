"""Set the points of one object, a click each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QPainter

from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point, Points
from studio.ui.canvas import dots, painting
from studio.ui.canvas.tools.draft import DraftTool
from studio.ui.canvas.tools.tool import Pointer

SIZE_PX = painting.POINT_PX + 2 * painting.IN_HAND.outline


class PointsTool(DraftTool):
    """Keypoints; Shift sets one that is there but occluded.

    One point is enough, so nothing is left unfinished: another tool or image ends the object.
    """

    id = "points"
    title = Title.SET_POINTS
    least = 1
    _occluded: frozenset[int] = frozenset()  # indices in the draft

    def shape_of(self, points: list[Point]) -> Geometry:
        """All points, as one object."""
        return Points(tuple(points), self._occluded)

    def place_of(self, pointer: Pointer) -> Point:
        """Just under the pointer: a keypoint belongs to nothing but its own object."""
        return self.scene.within(pointer.image)

    def press(self, pointer: Pointer) -> None:
        """Set a point."""
        count = len(self._draft)
        super().press(pointer)
        if pointer.shift and len(self._draft) > count:
            self._occluded |= {count}

    def undo(self) -> bool:
        """Take the last point back."""
        self._occluded -= {len(self._draft) - 1}
        return super().undo()

    def finish(self) -> None:
        """Add the object."""
        super().finish()
        if not self.busy:
            self._occluded = frozenset()

    def cancel(self) -> bool:
        """Drop the points of this image."""
        self._occluded = frozenset()
        return super().cancel()

    def leave(self) -> None:
        """What is set is an object."""
        self.finish()
        super().leave()

    def still_open(self) -> str:
        """Says that the object may get more points, and how it is finished."""
        return QCoreApplication.translate(
            "Tools", "These points are not finished: Enter ends the object, Esc drops it"
        )

    def hint(self) -> str:
        """What the next click does."""
        tr = QCoreApplication.translate
        if self.busy:
            return tr("Tools", "Click the next point; Enter ends the object")
        return tr(
            "Tools", "Click the points of {name} one by one, with Shift where one is occluded"
        ).format(name=self.class_name())

    def paint_points(self, painter: QPainter, points: list[QPointF], color: QColor) -> None:
        """The dots that the object will have."""
        shown = Points(tuple((point.x(), point.y()) for point in points), self._occluded)
        dots.paint(painter, shown, color, SIZE_PX)

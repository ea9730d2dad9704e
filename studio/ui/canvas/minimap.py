"""A small picture of the whole image, with the part that is in view; dragging in it pans."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.canvas.showing import Showing
from studio.ui.canvas.view import View

LONGEST_PX = 168
SHORTEST_PX = 24
LEAST_FRAME_PX = 8.0
MARGIN_PX = 12
WHEEL_NOTCH = 120.0


class Minimap(QWidget):
    """Lies in the lower right corner of the canvas while the image is larger than it."""

    def __init__(self, view: View, showing: Showing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.shown = True
        self._view = view
        self._showing = showing
        self._pixmap = QPixmap()
        view.changed.connect(self.follow)
        showing.changed.connect(self.redraw)
        self.hide()

    def redraw(self) -> None:
        """Take the picture anew, as it is looked at now."""
        self._pixmap = QPixmap()
        self.follow()

    def follow(self) -> None:
        """Be there when it is of use, with the picture's shape, in its corner."""
        wanted = self.shown and self._showing.picture is not None and self._is_needed()
        if wanted:
            size = self._size()
            x = self._view.viewport.width - size.width() - MARGIN_PX
            y = self._view.viewport.height - size.height() - MARGIN_PX
            self.setGeometry(round(x), round(y), round(size.width()), round(size.height()))
        self.setVisible(wanted)
        self.update()

    def _is_needed(self) -> bool:
        view = self._view.viewport
        width, height = view.image_width * view.scale, view.image_height * view.scale
        roomy = view.width > 2 * LONGEST_PX and view.height > 2 * LONGEST_PX
        return roomy and (width > view.width + 1 or height > view.height + 1)

    def _size(self) -> QSizeF:
        view = self._view.viewport
        factor = LONGEST_PX / max(view.image_width, view.image_height)
        return QSizeF(
            max(view.image_width * factor, SHORTEST_PX),
            max(view.image_height * factor, SHORTEST_PX),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and a frame around what is in view."""
        view = self._view.viewport
        if self._pixmap.isNull() and self._showing.picture:
            image = self._showing.picture.thumbnail(self._showing.table)
            ratio = self.devicePixelRatioF()
            whole = Qt.AspectRatioMode.IgnoreAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._pixmap = QPixmap.fromImage(image.scaled(self.size() * ratio, whole, smooth))
        with QPainter(self) as painter:
            painter.drawPixmap(self.rect(), self._pixmap)
            seen = view.visible()
            fx, fy = self.width() / view.image_width, self.height() / view.image_height
            frame = QRectF(seen.x0 * fx, seen.y0 * fy, seen.width * fx, seen.height * fy)
            grown = max(0.0, LEAST_FRAME_PX - frame.width()) / 2
            frame.adjust(-grown, -grown, grown, grown)
            frame &= QRectF(self.rect())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 110))
            for part in _around(QRectF(self.rect()), frame):
                painter.drawRect(part)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = frame.adjusted(1, 1, -1, -1)
            for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor("white"), 1.0)):
                painter.setPen(QPen(color, width))
                painter.drawRect(inner)
            painter.setPen(QPen(QColor(theme.current().border), 1.0))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the place under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The view goes along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the centre of the canvas."""
        view = self._view.viewport
        centre = (view.width / 2, view.height / 2)
        self._view.zoom(event.angleDelta().y() / WHEEL_NOTCH, centre)
        event.accept()

    def _look_at(self, at: QPointF) -> None:
        view = self._view.viewport
        x = min(max(at.x() / self.width(), 0.0), 1.0) * view.image_width
        y = min(max(at.y() / self.height(), 0.0), 1.0) * view.image_height
        here = view.to_widget((x, y))
        self._view.set(view.panned(view.width / 2 - here[0], view.height / 2 - here[1]))


def _around(whole: QRectF, hole: QRectF) -> list[QRectF]:
    """``whole`` without ``hole``, as four rectangles."""
    return [
        QRectF(whole.left(), whole.top(), whole.width(), hole.top() - whole.top()),
        QRectF(whole.left(), hole.bottom(), whole.width(), whole.bottom() - hole.bottom()),
        QRectF(whole.left(), hole.top(), hole.left() - whole.left(), hole.height()),
        QRectF(hole.right(), hole.top(), whole.right() - hole.right(), hole.height()),
    ]

"""One picture, large, with marks drawn on it: look, zoom, pan and choose; nothing is edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain import geometry as geo
from studio.domain.shapes import Box
from studio.errors import ImageProblem
from studio.ui import marks, theme
from studio.ui.canvas.picture import Picture, PictureLoader, Source
from studio.ui.canvas.tile_reader import TileReader
from studio.ui.canvas.view import View
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.marks import Mark
from studio.ui.wording import messages
from studio.vision.images import GreyMapping

WHEEL_NOTCH = 120.0
CLICK_PX = 4.0
"""A press that moved farther than this was a drag."""


class PictureView(QWidget):
    """Shows one image file. The wheel zooms, dragging pans, a double click fits.

    Signals:
        mark_clicked(int): the mark under the pointer was clicked, -1 for none.
    """

    mark_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setAccessibleName(self.tr("Picture"))
        self.view = View(self)
        self.view.changed.connect(self.update)
        self.marks: tuple[Mark, ...] = ()
        self.chosen = -1
        self.shows_marks = True
        self._loader = PictureLoader(self)
        self._loader.arrived.connect(self._receive)
        self._tiles = TileReader(self)
        self._tiles.arrived.connect(self._sharpen)
        self._tiles.failed.connect(self._say)
        self._source: Source | None = None
        self._picture: Picture | None = None
        self.problem = ""
        self._key = 0
        self._sized = False
        self._pressed: QPointF | None = None
        self._panned = False

    def close_pictures(self) -> None:
        """Wait for a decode under way; no picture will come any more."""
        self._tiles.close()
        self._loader.close()

    # What is shown -------------------------------------------------------------------------

    def show_file(
        self, path: Path | None, size: tuple[int, int] = (0, 0), mapping: GreyMapping | None = None
    ) -> None:
        """Show another file, whose upright ``size`` is in pixels, (0, 0) where it is unknown."""
        source = Source(path, _modified(path), mapping) if path else None
        if source == self._source:
            return
        self._source, self._picture, self.problem = source, None, ""
        self.marks, self.chosen = (), -1
        self._tiles.follow(None)
        if source is not None:
            self._key += 1
            self._sized = all(size)
            if self._sized:
                self.view.show(self._key, *size)
            self._loader.show(source, size)
        self.update()

    def show_marks(self, shown: Sequence[Mark], chosen: int = -1) -> None:
        """Draw other marks; the first lies on top. ``chosen`` is drawn heavier."""
        self.marks, self.chosen = tuple(shown), chosen
        self.update()

    def set_marks_shown(self, shown: bool) -> None:
        """Draw the marks, or leave the bare image."""
        self.shows_marks = shown
        self.update()

    @Slot(object, object)
    def _receive(self, source: Source, result: Picture | ImageProblem) -> None:
        if source != self._source:
            return
        if isinstance(result, Picture):
            self._picture = result
            if not self._sized:
                self._sized = True
                self.view.show(self._key, result.width, result.height)
            self._tiles.follow(result.tiles)
        else:
            self.problem = messages.sentence(result)
        self.update()

    @Slot(object)
    def _sharpen(self, _: Box) -> None:
        self.update()

    @Slot(object)
    def _say(self, problem: ImageProblem) -> None:
        self.problem = messages.sentence(problem)
        self.update()

    # Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the image, the marks from the last to the first."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        if self.problem:
            painter.setPen(QColor(theme.current().quiet))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), int(flags), self.problem)
        if self._picture is None:
            return
        area = QRectF(self.rect())
        ratio = self.devicePixelRatioF()
        self._picture.paint(painter, self.view.viewport, area, ratio)
        self._tiles.want(self._picture.missing(self.view.viewport, ratio))
        if self.shows_marks:
            self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        port = self.view.viewport
        to_widget = QTransform(port.scale, 0, 0, port.scale, port.left, port.top)
        painter.setFont(theme.font("caption"))
        marks.paint(painter, self.marks, to_widget, chosen=self.chosen)

    # Hands ---------------------------------------------------------------------------------

    def mark_at(self, position: QPointF) -> int:
        """The smallest mark under a widget point, -1 for none."""
        point = self.view.viewport.to_image((position.x(), position.y()))
        hit = [i for i, mark in enumerate(self.marks) if marks.covers(mark.geometry, point)]
        return min(hit, key=lambda i: geo.area(marks.extent(self.marks[i].geometry)), default=-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self._pressed, self._panned = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan."""
        if self._pressed is None:
            return
        moved = event.position() - self._pressed
        if not self._panned and moved.manhattanLength() < CLICK_PX:
            return
        self._panned = True
        self._pressed = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.view.set(self.view.viewport.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        self.unsetCursor()
        if self._pressed is not None and not self._panned and self.shows_marks:
            self.mark_clicked.emit(self.mark_at(event.position()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole image."""
        self.view.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        at = event.position()
        self.view.zoom(event.angleDelta().y() / WHEEL_NOTCH, (at.x(), at.y()))
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Take its name for screen readers from a new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Picture"))
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the image in view."""
        self.view.resize(self.width(), self.height(), self.devicePixelRatioF())

    def hideEvent(self, event: QHideEvent) -> None:
        """A drag ends when the view goes."""
        self._pressed = None
        super().hideEvent(event)


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

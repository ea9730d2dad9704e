"""The layer that says so where an image's picture takes long to come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from studio.ui.canvas.layers import Frame
from studio.ui.canvas.placeholder import paint_placeholder
from studio.ui.canvas.showing import Showing


class WaitingLayer:
    """A sentence in the middle of the canvas, for as long as nothing of the picture is there."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing

    def paint(self, painter: QPainter, frame: Frame) -> bool:
        """Draw the sentence, if it is time for it."""
        if self._showing.is_late:
            title = QCoreApplication.translate("Canvas", "The picture is being read…")
            area = QRectF(0, 0, frame.viewport.width, frame.viewport.height)
            paint_placeholder(painter, area, "image", title, "")
        return False

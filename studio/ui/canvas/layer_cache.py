"""A layer's picture, kept between paints: panning moves it and only the new strips are drawn."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from studio.domain.viewport import Viewport
from studio.ui import theme


class LayerCache:
    """A pixmap of the widget's size that knows for which viewport it was drawn.

    ``stale`` is the region (device pixels) that the layer has still to draw.
    """

    def __init__(self) -> None:
        self.pixmap = QPixmap()
        self.viewport: Viewport | None = None
        self.stale = QRegion()

    def forget(self) -> None:
        """Drop everything: the next ``follow`` starts anew."""
        self.viewport = None

    def follow(self, viewport: Viewport, ratio: float) -> bool:
        """Bring the pixmap to ``viewport``; False where it starts anew, with another pixmap."""
        size = QSize(round(viewport.width * ratio), round(viewport.height * ratio))
        before = self.viewport
        self.viewport = viewport
        same_size = self.pixmap.size() == size and self.pixmap.devicePixelRatioF() == ratio
        if before is None or not same_size or not _only_panned(before, viewport):
            self.pixmap = QPixmap(size)
            self.pixmap.setDevicePixelRatio(ratio)
            self.pixmap.fill(Qt.GlobalColor.transparent)
            self.stale = QRegion(self.pixmap.rect())
            return False
        moved = QPoint(
            round((viewport.left - before.left) * ratio), round((viewport.top - before.top) * ratio)
        )
        if not moved.isNull():
            whole = self.pixmap.rect()
            self.pixmap.scroll(moved.x(), moved.y(), whole)
            kept = whole.translated(moved) & whole
            strips = QRegion(whole) - QRegion(kept)
            self.stale = (self.stale.translated(moved) & QRegion(whole)) | strips
        return True

    def invalidate(self, area: QRectF) -> None:
        """Have ``area`` (logical pixels) drawn again."""
        self.stale |= QRegion(self.to_device(area).adjusted(-2, -2, 2, 2) & self.pixmap.rect())

    def take_stale(self) -> list[QRect]:
        """The rectangles (device pixels) that must be drawn; from now on they count as drawn."""
        region, self.stale = self.stale, QRegion()
        return [QRect(rect) for rect in region]  # pyright: ignore[reportGeneralTypeIssues]

    def to_device(self, area: QRectF) -> QRect:
        """The device pixels that ``area`` (logical pixels) touches."""
        ratio = self.pixmap.devicePixelRatioF()
        return QRectF(
            area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio
        ).toAlignedRect()

    def to_logical(self, area: QRect) -> QRectF:
        """``area`` (device pixels) in logical pixels."""
        ratio = self.pixmap.devicePixelRatioF()
        return QRectF(
            area.x() / ratio, area.y() / ratio, area.width() / ratio, area.height() / ratio
        )

    def painter(self, clip: QRect, *, clear: bool) -> QPainter:
        """A painter in logical pixels that touches only ``clip`` (device pixels)."""
        painter = QPainter(self.pixmap)
        painter.setFont(theme.font("caption"))
        painter.setClipRect(self.to_logical(clip))
        if clear:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(self.to_logical(clip), Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        return painter


def _only_panned(before: Viewport, after: Viewport) -> bool:
    return (
        before.scale == after.scale
        and before.image_width == after.image_width
        and before.image_height == after.image_height
    )

"""A small square of a class's colour, as an icon for menus and lists."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

SIDE_PX = 12


@lru_cache(maxsize=256)
def _drawn(color: str, ratio: float) -> QIcon:
    pixmap = QPixmap(round(SIDE_PX * ratio), round(SIDE_PX * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(0.5, 0.5, SIDE_PX - 1, SIDE_PX - 1), 3, 3)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made


def swatch(color: str) -> QIcon:
    """The icon for ``color`` (``#RRGGBB``)."""
    screen = QGuiApplication.primaryScreen()
    return _drawn(color, screen.devicePixelRatio() if screen else 1.0)

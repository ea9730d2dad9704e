"""What the canvas shows where there is no image to show: an icon and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.wording import messages

ICON_PX = 48
TEXT_WIDTH_PX = 460


def paint_absence(painter: QPainter, area: QRectF, problem: str) -> None:
    """Say that there is no image, or the stored ``problem`` for which it cannot be shown."""
    tr = QCoreApplication.translate
    if problem:
        title = tr("Canvas", "This image cannot be shown")
        text = messages.problem(problem)
        paint_placeholder(painter, area, "broken-image", title, text)
    else:
        title = tr("Canvas", "No image")
        text = tr("Canvas", "Add a folder of images, or choose one from the strip below.")
        paint_placeholder(painter, area, "image", title, text)


def paint_placeholder(
    painter: QPainter, area: QRectF, icon_name: str, title: str, details: str
) -> None:
    """An icon, a heading and a quiet sentence in the middle of ``area``."""
    colors = theme.current()
    width = min(TEXT_WIDTH_PX, area.width() - 2 * theme.LOOSE)
    top = area.center().y() - 80
    spot = QRect(round(area.center().x() - ICON_PX / 2), round(top), ICON_PX, ICON_PX)
    icon(icon_name, colors.faint).paint(painter, spot)
    left = area.center().x() - width / 2
    centred = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    wrapped = centred | int(Qt.TextFlag.TextWordWrap)
    painter.setPen(QColor(colors.text))
    painter.setFont(theme.font("heading", bold=True))
    heading = QRectF(left, top + ICON_PX + theme.SPACE, width, 60)
    used = painter.boundingRect(heading, wrapped, title)
    painter.drawText(heading, wrapped, title)
    painter.setPen(QColor(colors.quiet))
    painter.setFont(theme.font())
    painter.drawText(QRectF(left, used.bottom() + theme.TIGHT, width, 120), wrapped, details)

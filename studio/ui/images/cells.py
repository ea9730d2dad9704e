"""What every list of images draws the same way: thumbnail, state mark, selection."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from studio.domain.project import State
from studio.storage.search import Summary
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.images.model import ImageListModel
from studio.ui.images.overlays import OverlayLoader, Wanted
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.wording import messages

MARK_PX = 18
LARGEST_PX = 512


class CellDelegate(QStyledItemDelegate):
    """Base of the delegates of grid and film strip; both paint rows of an ``ImageListModel``."""

    def __init__(self, thumbnails: ThumbnailLoader, cell: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.overlays: OverlayLoader | None = None
        self.cell = cell

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cells are of one size."""
        return self.cell

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say where the image is, and why it cannot be shown if only decoding found it out."""
        model = index.model()
        if isinstance(model, ImageListModel):
            said = str(index.data(Qt.ItemDataRole.ToolTipRole))
            problem = self._thumbnails.problem(model.path(index.row()))
            problem = messages.problem(problem)
            if problem and problem not in said:
                said = f"{said}\n{problem}"
            QToolTip.showText(event.globalPos(), said, view)
        return True

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
        """Draw what lies behind a cell that is selected or under the pointer."""
        colors = theme.current()
        _, state = place_and_state(option)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            path = QPainterPath()
            path.addRoundedRect(QRectF(cell), theme.RADIUS, theme.RADIUS)
            painter.fillPath(path, QColor(colors.accent_soft if selected else colors.hover))
            if selected:
                painter.setPen(QPen(QColor(colors.accent), 1.5))
                painter.drawPath(path)

    def paint_picture(
        self, painter: QPainter, area: QRect, model: ImageListModel, row: int
    ) -> None:
        """Draw thumbnail and state mark; a thumbnail that is not there yet is asked for."""
        summary, path = model.summary(row), model.path(row)
        broken = bool(summary.problem or self._thumbnails.problem(path))
        picture = self._paint_thumbnail(painter, area, path, broken)
        if picture is not None and self.overlays is not None and summary.shape_count:
            self._paint_shapes(painter, picture, summary, self.overlays)
        self._paint_mark(painter, area, summary.state, broken)

    def _paint_thumbnail(
        self, painter: QPainter, area: QRect, path: Path, broken: bool
    ) -> QRect | None:
        """Draw the thumbnail, if it is there; returns where it lies."""
        ratio = painter.device().devicePixelRatioF()
        longest = round(min(max(area.width(), area.height()), LARGEST_PX) * ratio)
        pixmap = self._thumbnails.get(path, longest)
        if pixmap is None:
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(area), 4, 4)
            painter.fillPath(ground, QColor(theme.current().hover))
            if broken:
                sign = icon("broken-image", theme.current().faint).pixmap(28, 28)
                painter.drawPixmap(area.center().x() - 14, area.center().y() - 14, sign)
            return None
        scale = min(area.width() / pixmap.width(), area.height() / pixmap.height(), 1 / ratio)
        target = QRect(0, 0, round(pixmap.width() * scale), round(pixmap.height() * scale))
        target.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)
        return target

    def _paint_shapes(
        self, painter: QPainter, target: QRect, summary: Summary, overlays: OverlayLoader
    ) -> None:
        """Draw the image's shapes over its thumbnail; what is not there yet is asked for."""
        ratio = painter.device().devicePixelRatioF()
        size = (round(target.width() * ratio), round(target.height() * ratio))
        if min(*size, summary.width, summary.height) < 1:
            return
        shapes = overlays.get(Wanted(summary.id, (summary.width, summary.height), size))
        if shapes is not None:
            painter.drawPixmap(target, shapes)

    def _paint_mark(self, painter: QPainter, area: QRect, state: State, broken: bool) -> None:
        """The state in the upper left corner; an untouched image has no mark."""
        colors = theme.current()
        marks = {
            State.DONE: ("check", colors.success),
            State.IN_PROGRESS: ("label", colors.accent),
            State.SKIPPED: ("skip", colors.faint),
        }
        if broken:
            marks[state] = ("warning", colors.warning)
        if state not in marks:
            return
        name, color = marks[state]
        disc = QRectF(area.left() + 4, area.top() + 4, MARK_PX, MARK_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.panel))
        painter.drawEllipse(disc)
        icon(name, color).paint(painter, disc.toRect().adjusted(3, 3, -3, -3))

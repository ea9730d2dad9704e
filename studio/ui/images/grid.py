"""The grid of thumbnails: virtual, so that 50,000 images scroll like fifty."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.project import Split, State
from studio.storage.search import Summary
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.images.model import ImageListModel
from studio.ui.images.thumbnails import ThumbnailLoader

Index = QModelIndex | QPersistentModelIndex

PADDING = 6
TEXT_PX = 40
MARK_PX = 18
DOT_PX = 8
MOST_DOTS = 8


class ImageGrid(QListView):
    """Shows an ``ImageListModel`` as cells that fill the width.

    Signals:
        opened(int): an image was double-clicked.
    """

    opened = Signal(int)

    def __init__(
        self, model: ImageListModel, thumbnails: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cell_px = 160
        self.setModel(model)
        self._delegate = CellDelegate(thumbnails, self)
        self.setItemDelegate(self._delegate)
        # Wrapped rows of a list, not the icon mode: that one keeps a tree of all positions.
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(model.IdRole)))
        thumbnails.ready.connect(self._repaint_image)

    def set_cell(self, cell_px: int) -> None:
        """Make the cells at least so wide."""
        self._cell_px = cell_px
        self._fit_cells()

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        ids = self._images().ids
        return [ids[row] for row in rows]

    def current_id(self) -> int:
        """Id of the image that the keyboard is at, 0 for none."""
        index = self.currentIndex()
        return self._images().ids[index.row()] if index.isValid() else 0

    def go_to(self, image_id: int) -> None:
        """Select an image and bring it into view."""
        row = self._images().row_of(image_id)
        if row >= 0:
            self.setCurrentIndex(self._images().index(row))
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cells fill the new width."""
        self._fit_cells()
        super().resizeEvent(event)

    def _images(self) -> ImageListModel:
        model = self.model()
        assert isinstance(model, ImageListModel)
        return model

    def _fit_cells(self) -> None:
        width = self.viewport().width() - 2
        columns = max(1, width // self._cell_px)
        size = QSize(width // columns, int(self._cell_px * 0.75) + TEXT_PX)
        if size != self._delegate.cell:
            self._delegate.cell = size
            self.setGridSize(size)

    def _repaint_image(self, path: Path) -> None:
        """Repaint the cells that show ``path``: only those in view are looked at."""
        if not self.isVisible():
            return
        model = self._images()
        for row in self._visible_rows():
            if model.path(row) == path:
                self.update(model.index(row))

    def _visible_rows(self) -> range:
        first = self.indexAt(self.viewport().rect().topLeft() + self.rect().topLeft())
        cell = self.gridSize()
        if not first.isValid() or not cell.isValid():
            return range(0)
        columns = max(1, self.viewport().width() // cell.width())
        lines = self.viewport().height() // cell.height() + 2
        return range(first.row(), min(self._images().rowCount(), first.row() + columns * lines))


class CellDelegate(QStyledItemDelegate):
    """Paints one image: thumbnail, state mark, split, name, the colours of its classes."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.cell = QSize(160, 160)
        self._splits: Mapping[Split, str] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Take the names of the splits from the present language."""
        self._splits = {
            Split.TRAIN: self.tr("train"),
            Split.VAL: self.tr("val"),
            Split.TEST: self.tr("test"),
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cells are of one size."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; a thumbnail that is not there yet is asked for."""
        model = index.model()
        if not isinstance(model, ImageListModel):
            return
        summary = model.summary(index.row())
        cell = option.rect.adjusted(PADDING // 2, PADDING // 2, -PADDING // 2, -PADDING // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, cell)
        picture = cell.adjusted(PADDING, PADDING, -PADDING, -TEXT_PX + PADDING)
        self._paint_picture(painter, picture, model.path(index.row()), summary)
        self._paint_mark(painter, picture, summary)
        text = QRect(picture.left(), picture.bottom() + 2, picture.width(), TEXT_PX - PADDING)
        self._paint_text(painter, option, text, model, summary)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
        colors = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            path = QPainterPath()
            path.addRoundedRect(QRectF(cell), theme.RADIUS, theme.RADIUS)
            painter.fillPath(path, QColor(colors.accent_soft if selected else colors.hover))
            if selected:
                painter.setPen(QPen(QColor(colors.accent), 1.5))
                painter.drawPath(path)

    def _paint_picture(self, painter: QPainter, area: QRect, path: Path, summary: Summary) -> None:
        ratio = painter.device().devicePixelRatioF()
        longest = round(min(max(area.width(), area.height()), 512) * ratio)
        pixmap = self._thumbnails.get(path, longest)
        if pixmap is None:
            broken = bool(summary.problem or self._thumbnails.problem(path))
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(area), 4, 4)
            painter.fillPath(ground, QColor(theme.current().hover))
            if broken:
                sign = icon("broken-image", theme.current().faint).pixmap(28, 28)
                painter.drawPixmap(area.center().x() - 14, area.center().y() - 14, sign)
            return
        size = pixmap.size().scaled(area.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.boundedTo(pixmap.size()) / ratio
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)

    def _paint_mark(self, painter: QPainter, area: QRect, summary: Summary) -> None:
        """The state in the upper left corner; an untouched image has no mark."""
        colors = theme.current()
        marks = {
            State.DONE: ("check", colors.success),
            State.IN_PROGRESS: ("label", colors.accent),
            State.SKIPPED: ("skip", colors.faint),
        }
        if summary.problem:
            marks[summary.state] = ("warning", colors.warning)
        if summary.state not in marks:
            return
        name, color = marks[summary.state]
        disc = QRectF(area.left() + 4, area.top() + 4, MARK_PX, MARK_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.panel))
        painter.drawEllipse(disc)
        icon(name, color).paint(painter, disc.toRect().adjusted(3, 3, -3, -3))

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        model: ImageListModel,
        summary: Summary,
    ) -> None:
        colors = theme.current()
        small = theme.font("caption")
        metrics = QFontMetrics(small)
        painter.setFont(small)
        name = summary.path.rpartition("/")[2]
        line = QRect(area.left(), area.top(), area.width(), metrics.height())
        painter.setPen(QColor(colors.text))
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)
        below = line.translated(0, metrics.height() + 1)
        if summary.split:
            painter.setPen(QColor(colors.quiet))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(below, right, self._splits[summary.split])
        self._paint_dots(painter, below, model, summary)

    def _paint_dots(
        self, painter: QPainter, line: QRect, model: ImageListModel, summary: Summary
    ) -> None:
        """Round dots for tags, square ones for the classes of shapes, and how many shapes."""
        left, top = line.left(), line.center().y() - DOT_PX // 2
        painter.setPen(Qt.PenStyle.NoPen)
        dots = [(each, True) for each in summary.tags] + [(each, False) for each in summary.labels]
        for label_id, is_tag in dots[:MOST_DOTS]:
            label = model.label(label_id)
            if label is None:
                continue
            painter.setBrush(QColor(label.color))
            dot = QRectF(left, top, DOT_PX, DOT_PX)
            if is_tag:
                painter.drawEllipse(dot)
            else:
                painter.drawRoundedRect(dot, 2, 2)
            left += DOT_PX + 3
        if summary.shape_count:
            painter.setPen(QColor(theme.current().quiet))
            rest = QRect(left + 2, line.top(), line.right() - left, line.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(summary.shape_count))

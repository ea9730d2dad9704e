"""The grid of thumbnails: virtual, so that 50,000 images scroll like fifty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.project import Split
from studio.storage.search import Summary
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.images.cells import MARK_PX, CellDelegate
from studio.ui.images.model import ImageListModel
from studio.ui.images.overlays import OverlayLoader
from studio.ui.images.selecting import selected_rows, selection_of
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.item_views import Index, place_and_state

PADDING = 6
TEXT_PX = 40
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
        self._columns = 1
        self.setModel(model)
        self._delegate = GridDelegate(thumbnails, self)
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
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(model.IdRole)))
        thumbnails.ready.connect(self._repaint_image)

    def set_cell(self, cell_px: int) -> None:
        """Make the cells at least so wide."""
        self._cell_px = cell_px
        self._fit_cells()

    def draw_shapes(self, overlays: OverlayLoader | None) -> None:
        """Draw shapes on the thumbnails from now on; None takes them away."""
        before = self._delegate.overlays
        if before is not None:
            before.ready.disconnect(self._repaint_id)
        self._delegate.overlays = overlays
        if overlays is not None:
            overlays.ready.connect(self._repaint_id)
        self.viewport().update()

    def retranslate(self) -> None:
        """Take the names of the splits from the present language."""
        self.setAccessibleName(self.tr("Images"))
        self._delegate.retranslate()
        self.viewport().update()

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        ids = self._images().ids
        return [ids[row] for row in selected_rows(self)]

    def select_ids(self, image_ids: Iterable[int]) -> None:
        """Select these images, and no others."""
        images = self._images()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection_of(images, image_ids, images), flags)

    def current_id(self) -> int:
        """Id of the image that the keyboard is at, 0 for none."""
        index = self.currentIndex()
        return self._images().ids[index.row()] if index.isValid() else 0

    def go_to(self, image_id: int) -> None:
        """Select an image and bring it into view."""
        row = self._images().row_of(image_id)
        if row >= 0:
            self.setCurrentIndex(self._images().index(row, 0))
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
        # What the list wraps its rows at: the padding of its style counts twice there.
        width = min(self.viewport().width(), self.maximumViewportSize().width()) - 2
        self._columns = max(1, width // self._cell_px)
        size = QSize(width // self._columns, int(self._cell_px * 0.75) + TEXT_PX)
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
                self.update(model.index(row, 0))

    def _repaint_id(self, image_id: int) -> None:
        row = self._images().row_of(image_id)
        if row >= 0 and self.isVisible():
            self.update(self._images().index(row, 0))

    def _visible_rows(self) -> range:
        first = self.indexAt(self.viewport().rect().topLeft() + self.rect().topLeft())
        cell = self.gridSize()
        if not first.isValid() or not cell.isValid():
            return range(0)
        lines = self.viewport().height() // cell.height() + 2
        return range(
            first.row(), min(self._images().rowCount(), first.row() + self._columns * lines)
        )


class GridDelegate(CellDelegate):
    """Paints thumbnail, state mark, split, name, and the colours of an image's classes."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(thumbnails, QSize(160, 160), parent)
        self._splits: Mapping[Split, str] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """Take the names of the splits from the present language."""
        self._splits = {
            Split.TRAIN: self.tr("train"),
            Split.VAL: self.tr("val"),
            Split.TEST: self.tr("test"),
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, ImageListModel):
            return
        area, _ = place_and_state(option)
        cell = area.adjusted(PADDING // 2, PADDING // 2, -PADDING // 2, -PADDING // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option, cell)
        picture = cell.adjusted(PADDING, PADDING, -PADDING, -TEXT_PX + PADDING)
        self.paint_picture(painter, picture, model, index.row())
        if model.summary(index.row()).note:
            _paint_note(painter, picture)
        text = QRect(picture.left(), picture.bottom() + 2, picture.width(), TEXT_PX - PADDING)
        self._paint_text(painter, text, model, model.summary(index.row()))
        painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
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


def _paint_note(painter: QPainter, picture: QRect) -> None:
    """A sign in the upper right corner of an image that has a note."""
    disc = QRectF(picture.right() - MARK_PX - 3, picture.top() + 4, MARK_PX, MARK_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().panel))
    painter.drawEllipse(disc)
    icon("note", theme.current().quiet).paint(painter, disc.toRect().adjusted(3, 3, -3, -3))

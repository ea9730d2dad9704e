"""The strip of images below the canvas: where one is, what is done, where to go next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from studio.domain.project import State
from studio.storage import search
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.images.cells import CellDelegate
from studio.ui.images.model import ImageListModel
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.widgets.item_views import Index

CELL = QSize(104, 92)
NAME_PX = 18
BAR_PX = 12
AHEAD, BEHIND = 2, 1
"""How many images after and before the shown one are decoded ahead of time."""

NEAR = 48
"""Among so many images one that is still to do is looked for first; in all, with one query."""

COMING = 48
"""How many images from the shown one on count as coming soon."""


class FilmStrip(QListView):
    """Every image of the project in a row; a click shows one."""

    def __init__(
        self, document: Document, thumbnails: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._images = ImageListModel(document)
        if self._images.searching:
            self._images.find_now()  # without a list no image could be shown
        self._row = 0
        self.setModel(self._images)
        self._delegate = FilmDelegate(thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setProperty("role", "plain")
        self.setFixedHeight(CELL.height() + BAR_PX + 2)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        thumbnails.ready.connect(self._repaint_image)
        document.image_shown.connect(self._go_to)
        for told in (self._images.modelReset, self._images.settled):
            told.connect(lambda: self._go_to(document.image_id))
        self._go_to(document.image_id)
        self.retranslate()

    @property
    def images(self) -> ImageListModel:
        """The list of images."""
        return self._images

    def position(self) -> tuple[int, int]:
        """The shown image's number, from 1 (0: not in the list), and how many there are."""
        return self._images.row_of(self._document.image_id) + 1, self._images.rowCount()

    def step(self, by: int) -> bool:
        """Show the image ``by`` places on; False at the ends, where nothing happens."""
        row = self._images.row_of(self._document.image_id) + by
        inside = 0 <= row < self._images.rowCount()
        if inside:
            self._document.show_image(self._images.ids[row])
        return inside

    def step_to_open(self, direction: int) -> bool:
        """Show the nearest image in ``direction`` that is neither done nor skipped."""
        ids = self._images.ids
        here = self._images.row_of(self._document.image_id)
        rows = range(here + direction, len(ids) if direction > 0 else -1, direction)
        found = next((row for row in rows[:NEAR] if self._is_open(row)), None)
        if found is None and len(rows) > NEAR:
            to_do = search.unfinished(self._document.reader)
            found = next((row for row in rows[NEAR:] if ids[row] in to_do), None)
        if found is not None:
            self._document.show_image(ids[found])
        return found is not None

    def _is_open(self, row: int) -> bool:
        return self._images.summary(row).state not in (State.DONE, State.SKIPPED)

    def neighbours(self, image_id: int) -> list[int]:
        """The images that are likely to be shown next, the likeliest first."""
        row = self._images.row_of(image_id)
        rows = [*range(row + 1, row + 1 + AHEAD), *range(row - 1, row - 1 - BEHIND, -1)]
        return [self._images.ids[r] for r in rows if 0 <= r < self._images.rowCount()]

    def coming(self, image_id: int) -> list[int]:
        """The image itself and those after it that are still to do."""
        row = max(self._images.row_of(image_id), 0)
        rows = range(row + 1, min(row + COMING, self._images.rowCount()))
        return [image_id, *(self._images.ids[r] for r in rows if self._is_open(r))]

    def retranslate(self) -> None:
        """Take its name for screen readers from the present language."""
        self.setAccessibleName(self.tr("Images"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along the strip and show where they come to."""
        super().keyPressEvent(event)
        self._show_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only the left button chooses: what is marked here is what the canvas shows."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the image that was clicked, or that a drag has come to."""
        super().mouseReleaseEvent(event)
        self._show_current()

    def _show_current(self) -> None:
        index = self.currentIndex()
        image_id = index.data(self._images.IdRole) if index.isValid() else 0
        if image_id and image_id != self._document.image_id:
            self._document.show_image(image_id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel runs along the strip."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def show_nearest(self) -> None:
        """Show an image that is in the list: where the shown one was, or the first one."""
        rows = self._images.rowCount()
        row = min(self._row, rows - 1)
        self._document.show_image(self._images.ids[row] if rows else 0)

    def _go_to(self, image_id: int) -> None:
        row = self._images.row_of(image_id)
        index = self._images.index(row, 0) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            self._row = row
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    def _repaint_image(self, path: Path) -> None:
        if not self.isVisible():
            return
        first = self.indexAt(self.viewport().rect().topLeft())
        shown = self.viewport().width() // CELL.width() + 2
        start = max(first.row(), 0)
        for row in range(start, min(start + shown, self._images.rowCount())):
            if self._images.path(row) == path:
                self.update(self._images.index(row, 0))


class FilmDelegate(CellDelegate):
    """A smaller cell than the grid's: thumbnail, state mark and name."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(thumbnails, CELL, parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, ImageListModel):
            return
        cell = option.rect.adjusted(2, 2, -2, -2)  # pyright: ignore[reportAttributeAccessIssue]
        picture = cell.adjusted(4, 4, -4, -NAME_PX - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option, cell)
        self.paint_picture(painter, picture, model, index.row())
        font = theme.font("caption")
        painter.setFont(font)
        painter.setPen(QColor(theme.current().quiet))
        name = QRect(cell.left() + 4, cell.bottom() - NAME_PX, cell.width() - 8, NAME_PX)
        text = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, name.width()
        )
        painter.drawText(name, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

"""Pictures with predictions drawn on them, in a grid or a strip; thumbnails come as they can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui import marks, theme
from studio.ui.icons import icon
from studio.ui.marks import Mark
from studio.ui.thumbnails.loader import ThumbnailLoader

Index = QModelIndex | QPersistentModelIndex
PICTURE = Qt.ItemDataRole.UserRole
CAPTION_PX = 22
GAP = 4
SCROLL_PX = 14
THUMBNAIL_STEP_PX = 80
"""Thumbnails are asked for in these steps, so that a resize does not decode them all again."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One cell: an image file, what is drawn on it, a caption, and an icon in the corner.

    ``size`` is that of the upright image in pixels, as marks count them.
    """

    path: Path
    size: tuple[int, int] = (0, 0)
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    mark: str = ""
    hint: str = ""


class PictureModel(QAbstractListModel):
    """The pictures of a grid."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: list[Picture] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of pictures."""
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A picture, its caption or its hint."""
        if not 0 <= index.row() < self.rowCount():
            return None
        picture = self.picture(index.row())
        match role:
            case Qt.ItemDataRole.UserRole:
                return picture
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return picture.caption or picture.path.name
            case Qt.ItemDataRole.ToolTipRole:
                return picture.hint or str(picture.path)
            case _:
                return None

    def picture(self, row: int) -> Picture:
        """The picture in a row."""
        return self._pictures[row]

    def show(self, pictures: Iterable[Picture]) -> None:
        """Show other pictures."""
        self.beginResetModel()
        self._pictures = list(pictures)
        self.endResetModel()

    def rows_of(self, path: Path) -> list[int]:
        """The rows that show a file."""
        return [row for row, each in enumerate(self._pictures) if each.path == path]


class PictureGrid(QListView):
    """A grid of pictures, or with ``strip`` one row of them.

    Signals:
        picked(int): a row was clicked, or reached with the keyboard.
    """

    picked = Signal(int)

    def __init__(
        self,
        loader: ThumbnailLoader,
        cell_px: int,
        pictures: PictureModel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pictures"))
        self.pictures = PictureModel(self) if pictures is None else pictures
        self._loader = loader
        self._cell_px = cell_px
        self._fills = True
        self.cell = _cell(cell_px)
        self.setModel(self.pictures)
        self.setItemDelegate(_Delegate(self, loader))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setProperty("role", "plain")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        loader.ready.connect(self._on_ready)
        self.selectionModel().currentChanged.connect(self._on_current)

    def as_strip(self) -> None:
        """Lay the pictures in one row that scrolls sideways."""
        self._fills = False
        self.setWrapping(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.cell.height() + SCROLL_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Take its name for screen readers from a new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Pictures"))
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let as many columns as there is room for fill the width."""
        if self._fills:
            width = self.width() - SCROLL_PX
            columns = max(1, width // self._cell_px)
            self.cell = _cell((width - 1) // columns)  # Qt puts none where it would end exactly
        self.setGridSize(self.cell)
        super().resizeEvent(event)

    @property
    def row(self) -> int:
        """The row with the focus, -1 for none."""
        return self.currentIndex().row()

    def pick(self, row: int) -> None:
        """Give a row the focus, if there is one."""
        if 0 <= row < self.pictures.rowCount():
            self.setCurrentIndex(self.pictures.index(row))
            self.scrollTo(self.currentIndex())

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row())

    def _on_ready(self, path: Path) -> None:
        for row in self.pictures.rows_of(path):
            self.update(self.pictures.index(row))


class _Delegate(QStyledItemDelegate):
    """Paints one picture."""

    def __init__(self, grid: PictureGrid, loader: ThumbnailLoader) -> None:
        super().__init__(grid)
        self._grid = grid
        self._loader = loader

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        picture: Picture = index.data(PICTURE)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        frame = rect.adjusted(GAP, GAP, -GAP, -CAPTION_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().canvas))
        painter.drawRoundedRect(frame, 4, 4)
        self._paint_image(painter, picture, frame)
        if picture.mark:
            _paint_mark(painter, picture.mark, frame)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            color = theme.current().accent if selected else theme.current().faint
            painter.setPen(QPen(QColor(color), 2.0 if selected else 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
        self._paint_caption(painter, picture, rect)
        painter.restore()

    def _paint_image(self, painter: QPainter, picture: Picture, frame: QRect) -> None:
        ratio = self._grid.devicePixelRatioF()
        longest_px = max(frame.width(), frame.height()) * ratio
        longest = THUMBNAIL_STEP_PX * ceil(longest_px / THUMBNAIL_STEP_PX)
        pixmap = self._loader.get(picture.path, longest)
        if pixmap is None:
            name = "broken-image" if self._loader.problem(picture.path) else "image"
            sign = icon(name, theme.current().faint).pixmap(24, 24)
            painter.drawPixmap(frame.center() - QPoint(12, 12), sign)
            return
        target = fitted(pixmap, QRectF(frame))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        painter.setClipRect(frame)
        paint_marks(painter, picture, target)
        painter.setClipping(False)

    def _paint_caption(self, painter: QPainter, picture: Picture, rect: QRect) -> None:
        line = QRect(rect.left() + 4, rect.bottom() - CAPTION_PX, rect.width() - 8, CAPTION_PX)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(theme.current().quiet))
        text = picture.caption or picture.path.name
        elided = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideMiddle, line.width()
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), elided)


def _cell(width: int) -> QSize:
    return QSize(width, round(width * 0.75) + CAPTION_PX)


def fitted(pixmap: QPixmap, room: QRectF) -> QRectF:
    """Where a picture lies when it is made to fit ``room``, centred."""
    factor = min(room.width() / pixmap.width(), room.height() / pixmap.height())
    width, height = pixmap.width() * factor, pixmap.height() * factor
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


def paint_marks(painter: QPainter, picture: Picture, target: QRectF) -> None:
    """Draw what is known of a picture whose image fills ``target``, without names."""
    width, height = picture.size
    if not (width and height):
        return
    to_widget = QTransform()
    to_widget.translate(target.x(), target.y())
    to_widget.scale(target.width() / width, target.height() / height)
    marks.paint(painter, picture.marks, to_widget, names=False)


def _paint_mark(painter: QPainter, name: str, frame: QRect) -> None:
    spot = QRect(frame.right() - 23, frame.top() + 4, 20, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().panel))
    painter.drawEllipse(spot)
    colors = {"check": theme.current().success, "warning": theme.current().warning}
    sign = icon(name, colors.get(name, theme.current().quiet))
    sign.paint(painter, spot.adjusted(3, 3, -3, -3))

"""Objects as a grid of crops, read from the project a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.labels import Label
from studio.domain.shapes import Shape
from studio.storage import objects as stored
from studio.storage.objects import Object
from studio.ui import theme
from studio.ui.canvas import painting
from studio.ui.dataset.crops import CropLoader, Cut, window_of
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.images.selecting import selected_rows, selection_of_rows
from studio.ui.widgets.item_views import Index, place_and_state
from studio.ui.widgets.picture_grid import fitted
from studio.ui.wording import messages
from studio.vision.depth import mapping_of

CELL_PX = 128
CAPTION_PX = 20
GAP = 4
SCROLL_PX, PADDING_PX = 14, 6
PAGE = 256
PAGES = 24


class ObjectModel(QAbstractListModel):
    """Objects by their ids; the rest is read when it is painted."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.ids: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, Object]] = OrderedDict()
        self.labels: dict[str, Label] = {}

    def show(self, ids: Sequence[int]) -> None:
        """Show other objects."""
        self.beginResetModel()
        self.ids = ids
        self.forget()
        self.endResetModel()

    def forget(self) -> None:
        """Read again what is shown."""
        self._pages.clear()
        self.labels = {label.id: label for label in self._document.reader.labels()}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The number of objects."""
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The class's name; as a hint, the image and the size as well."""
        found = self.object(index.row())
        if found is None:
            return None
        label = self.labels.get(found.label)
        name = label.name if label else ""
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return name if found.score is None else f"{name} {found.score:.0%}"
            case Qt.ItemDataRole.ToolTipRole:
                image = self._document.reader.image(found.image_id)
                size = messages.pixels(f"{found.box.width:.0f} × {found.box.height:.0f}")
                return f"{name}\n{image.path}\n{size}"
            case _:
                return None

    def object(self, row: int) -> Object | None:
        """The object in a row; None where it is gone by now."""
        if not 0 <= row < len(self.ids):
            return None
        page = row // PAGE
        if page not in self._pages:
            ids = self.ids[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = stored.objects(self._document.reader, ids)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return self._pages[page].get(self.ids[row])

    def cut(self, found: Object) -> Cut:
        """Where the object is to be cut out."""
        reader = self._document.reader
        image = reader.image(found.image_id)
        path = reader.paths_of([image])[image.id]
        return Cut(image, path, found.box, mapping_of(reader.settings()))


class ObjectGrid(QListView):
    """Crops in as many columns as there is room for; a digit gives the chosen ones its class.

    Signals:
        opened(Object): show this one on its image.
        digit_pressed(str): the chosen objects shall have the class of this key.
        describe_pressed(): something is to be said about the chosen objects.
        delete_pressed(): the chosen objects shall go.
    """

    opened = Signal(object)
    digit_pressed = Signal(str)
    describe_pressed = Signal()
    delete_pressed = Signal()

    def __init__(
        self, document: Document, loader: CropLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.objects = ObjectModel(document, self)
        self.cell = QSize(CELL_PX, CELL_PX + CAPTION_PX)
        self.setModel(self.objects)
        self.setItemDelegate(_Delegate(self, document, loader))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setProperty("role", "grid")
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        loader.ready.connect(self.viewport().update)

    def chosen_ids(self) -> list[int]:
        """Ids of the selected objects, in their order; some may be gone by now."""
        return [self.objects.ids[row] for row in selected_rows(self)]

    def chosen(self) -> list[Shape]:
        """The selected objects that are still there, in their order."""
        return self._document.reader.shapes_with(self.chosen_ids())

    def show_objects(self, ids: Sequence[int]) -> None:
        """Show these; what was chosen stays chosen, else what took its place is."""
        before = self.currentIndex().row()
        kept = set(self.chosen_ids())
        self.objects.show(ids)
        chosen = [row for row, shape_id in enumerate(ids) if shape_id in kept] if kept else []
        if chosen:
            self._choose(chosen)
        elif before >= 0 and ids:
            self._choose([min(before, len(ids) - 1)])

    def step(self) -> None:
        """Choose the next object; the last one stays chosen."""
        row = min(self.currentIndex().row() + 1, len(self.objects.ids) - 1)
        if row >= 0:
            self._choose([row])

    def _choose(self, rows: Sequence[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        first = self.objects.index(rows[0], 0)
        self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
        self.selectionModel().select(selection_of_rows(self.objects, rows), flags.ClearAndSelect)
        self.scrollTo(first)

    def _open(self, index: Index) -> None:
        found = self.objects.object(index.row())
        if found is not None:
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits give classes, Shift+E says more, Delete deletes, Enter opens."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text() and event.text() in "123456789":
            self.digit_pressed.emit(event.text())
        elif event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.describe_pressed.emit()
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns fill the width."""
        width = self.width() - SCROLL_PX - 2 * PADDING_PX
        side = width // max(1, width // CELL_PX)
        self.cell = QSize(side, side + CAPTION_PX)
        self.setGridSize(self.cell)
        super().resizeEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints one crop, the object's outline and its class."""

    def __init__(self, grid: ObjectGrid, document: Document, loader: CropLoader) -> None:
        super().__init__(grid)
        self._grid = grid
        self._document = document
        self._loader = loader

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._grid.objects
        found = model.object(index.row())
        if found is None:
            return
        area, state = place_and_state(option)
        colors = theme.current()
        frame = area.adjusted(GAP, GAP, -GAP, -CAPTION_PX - GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.canvas))
        painter.drawRoundedRect(frame, 4, 4)
        self._paint_crop(painter, found, frame)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            color = QColor(colors.accent if chosen else colors.faint)
            painter.setPen(QPen(color, 3.0 if chosen else 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
        self._paint_class(painter, str(index.data()), found, area)
        painter.restore()

    def _paint_crop(self, painter: QPainter, found: Object, frame: QRect) -> None:
        cut = self._grid.objects.cut(found)
        pixmap = self._loader.get(cut)
        if pixmap is None:
            name = "broken-image" if self._loader.has_failed(cut) else "image"
            sign = icon(name, theme.current().faint).pixmap(24, 24)
            painter.drawPixmap(frame.center() - QPoint(12, 12), sign)
            return
        target = fitted(pixmap, QRectF(frame))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        shape = self._document.reader.shape(found.id)
        label = self._grid.objects.labels.get(found.label)
        if shape is None or label is None:
            return
        window = window_of(found.box, cut.image.width, cut.image.height)
        to_widget = QTransform()
        to_widget.translate(target.x(), target.y())
        to_widget.scale(target.width() / window.width, target.height() / window.height)
        to_widget.translate(-window.x0, -window.y0)
        painter.setClipRect(frame)
        style = painting.Style(outline=1.5, fill=0.0, halo=0.3)
        color = QColor(label.color)
        painting.paint_geometry(painter, shape.geometry, color, to_widget, style)
        painter.setClipping(False)

    def _paint_class(self, painter: QPainter, text: str, found: Object, area: QRect) -> None:
        label = self._grid.objects.labels.get(found.label)
        line = QRect(
            area.left() + GAP, area.bottom() - CAPTION_PX - 1, area.width() - 2 * GAP, CAPTION_PX
        )
        dot = QRectF(line.left() + 2, line.center().y() - 3, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(label.color if label else theme.current().faint))
        painter.drawEllipse(dot)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(theme.current().quiet))
        room = line.adjusted(15, 0, 0, 0)
        elided = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), elided)

"""The panel of this image's shapes: topmost first, each with its class, number, kind, eye and
lock, and quietly its size and what else is said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain import geometry as geo
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.ui import theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.scene import Scene
from studio.ui.icons import icon
from studio.ui.label.verbs import Verbs
from studio.ui.style_sheet import set_role

ROW_PX = 30
LEAST_SAID_PX = 24
Index = QModelIndex | QPersistentModelIndex


class ShapeListModel(QAbstractListModel):
    """The scene's shapes, topmost first."""

    ShapeRole = Qt.ItemDataRole.UserRole

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._shapes: tuple[Shape, ...] = ()
        self._rows: dict[int, int] = {}
        self._numbers: dict[int, int] | None = None
        scene.shapes_changed.connect(self._reload)
        self._reload()

    def _reload(self, *_: object) -> None:
        shapes = self._scene.shapes[::-1] if self._scene.is_complete else ()
        self._numbers = None
        if shapes and [shape.id for shape in shapes] == [shape.id for shape in self._shapes]:
            self._shapes = shapes
            self.dataChanged.emit(self.index(0), self.index(len(shapes) - 1))
            return
        self.beginResetModel()
        self._shapes = shapes
        self._rows = {shape.id: row for row, shape in enumerate(shapes)}
        self.endResetModel()

    def row_of(self, shape_id: int) -> int:
        """The row of a shape, -1 for none."""
        return self._rows.get(shape_id, -1)

    def ids(self, rows: Iterable[int]) -> list[int]:
        """The shapes' ids in these rows."""
        return [self._shapes[row].id for row in rows]

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of shapes; items have no children."""
        return 0 if parent is not None and parent.isValid() else len(self._shapes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The class's name with a number, what else is said about the shape, or the ``Shape``."""
        if not 0 <= index.row() < len(self._shapes):
            return None
        shape = self._shapes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            number = self._number_of(shape)
            return f"{self._scene.name(shape)} {number}" if number else self._scene.name(shape)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([size_of(shape), *said_about(shape)])
        return shape if role == self.ShapeRole else None

    def _number_of(self, shape: Shape) -> int:
        """The how manieth of its class on this image it is, by age; 0 where it is the only one."""
        if self._numbers is None:
            counts: Counter[str] = Counter()
            numbers: dict[int, int] = {}
            for each in sorted(self._shapes, key=lambda each: each.id):
                counts[each.label] += 1
                numbers[each.id] = counts[each.label]
            self._numbers = {s.id: numbers[s.id] for s in self._shapes if counts[s.label] > 1}
        return self._numbers.get(shape.id, 0)


class ShapesPanel(QFrame):
    """Lists the shapes of the shown image.

    Signals:
        edit_wanted(): a row was double-clicked: which class is it?
        menu_wanted(QPoint): what can be done with the selected rows, at a point of the screen?
    """

    edit_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, canvas: Canvas, verbs: Verbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._canvas = canvas
        self._document = canvas.document
        self._model = ShapeListModel(canvas.scene)
        self._heading = QLabel()
        set_role(self._heading, "heading")
        self._count = QLabel()
        set_role(self._count, "quiet")
        self._empty = QLabel(wordWrap=True)
        set_role(self._empty, "quiet")
        self._empty.setContentsMargins(theme.SPACE, 0, theme.SPACE, theme.SPACE)
        self._syncing = False
        self.list = ShapeList(self._model, canvas, verbs)
        self._build()
        self.list.doubleClicked.connect(lambda _: self.edit_wanted.emit())
        self.list.customContextMenuRequested.connect(self._want_menu)
        self.list.selectionModel().selectionChanged.connect(self._select_on_canvas)
        self._document.selection_changed.connect(self._select_in_list)
        self._model.modelReset.connect(self._refresh)
        self.retranslate()
        self._refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, 0)
        head.addWidget(self._heading)
        head.addStretch()
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TIGHT)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)

    def retranslate(self) -> None:
        """Take all texts from the present language."""
        self._heading.setText(self.tr("Shapes"))
        self._empty.setText(self.tr("Nothing drawn on this image yet."))

    def _refresh(self) -> None:
        count = self._model.rowCount()
        self._count.setText(QLocale().toString(count) if count else "")
        self._empty.setVisible(not count and self._canvas.scene.is_complete)
        self._select_in_list()

    def _want_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            self.menu_wanted.emit(self.list.viewport().mapToGlobal(at))

    def _select_on_canvas(self, *_: object) -> None:
        if not self._syncing:
            rows = [index.row() for index in self.list.selectionModel().selectedIndexes()]
            self._syncing = True
            self._document.select(self._model.ids(rows))
            self._syncing = False

    def _select_in_list(self) -> None:
        if self._syncing:
            return
        self._syncing = True
        rows = [self._model.row_of(i) for i in self._document.selection]
        selection = QItemSelection()
        for row in rows:
            if row >= 0:
                selection.select(self._model.index(row), self._model.index(row))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().select(selection, flags)
        if len(rows) == 1 and rows[0] >= 0:
            self.list.scrollTo(self._model.index(rows[0]))
        self._syncing = False


class ShapeList(QListView):
    """The rows; eye and lock are clicked in place, and the row's shape is shown when it is."""

    def __init__(self, model: ShapeListModel, canvas: Canvas, verbs: Verbs) -> None:
        super().__init__()
        self._canvas = canvas
        self._verbs = verbs
        self.setModel(model)
        self.setItemDelegate(ShapeDelegate(canvas.scene, self))
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.entered.connect(lambda index: canvas.hover(index.data(ShapeListModel.ShapeRole).id))
        self.clicked.connect(
            lambda index: canvas.view.show_box(
                geo.bounds(index.data(ShapeListModel.ShapeRole).geometry)
            )
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle eye or lock where one is pressed, else select."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            shape: Shape = index.data(ShapeListModel.ShapeRole)
            row = self.visualRect(index)
            if eye_rect(row).adjusted(-3, -6, 3, 6).contains(at):
                self._verbs.set_hidden([shape], not shape.hidden)
                return
            if lock_rect(row).adjusted(-3, -6, 3, 6).contains(at):
                self._verbs.set_locked([shape], not shape.locked)
                return
        super().mousePressEvent(event)

    def leaveEvent(self, event) -> None:
        """Nothing is hovered over any more."""
        self._canvas.hover(0)
        super().leaveEvent(event)


def eye_rect(row: QRect) -> QRect:
    """Where a row's eye is."""
    return QRect(row.right() - 52, row.center().y() - 8, 16, 16)


def lock_rect(row: QRect) -> QRect:
    """Where a row's lock is."""
    return QRect(row.right() - 28, row.center().y() - 8, 16, 16)


def ignore_rect(row: QRect) -> QRect:
    """Where a row says that its shape is ignored."""
    return QRect(row.right() - 76, row.center().y() - 8, 16, 16)


def size_of(shape: Shape) -> str:
    """How large a shape is, in whole pixels of the image; of a turned box, along its sides."""
    geometry = shape.geometry
    extent = geometry if isinstance(geometry, RotatedBox) else geo.bounds(geometry)
    return f"{extent.width:.0f} × {extent.height:.0f}"


def said_about(shape: Shape) -> list[str]:
    """The note and the attributes of a shape, as lines."""
    lines = shape.note.splitlines()
    return [*lines, *(f"{key}: {value}" if value else key for key, value in shape.attributes)]


class ShapeDelegate(QStyledItemDelegate):
    """Paints one shape's row; eye and lock show when they are set or the row is hovered over."""

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        shape: Shape = index.data(ShapeListModel.ShapeRole)
        colors = theme.current()
        row = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft if selected else colors.hover))
            painter.drawRoundedRect(QRectF(row.adjusted(4, 1, -4, -1)), 6, 6)
        sign = QRect(row.left() + 11, row.center().y() - 8, 16, 16)
        icon(kind_icon(shape.geometry), self._scene.color(shape).name()).paint(painter, sign)
        if shape.hidden or hovered:
            name = "eye-off" if shape.hidden else "eye"
            icon(name, colors.quiet).paint(painter, eye_rect(row))
        if shape.locked or hovered:
            name = "lock" if shape.locked else "unlock"
            icon(name, colors.quiet).paint(painter, lock_rect(row))
        if shape.ignore:
            icon("ignore", colors.quiet).paint(painter, ignore_rect(row))
        end = ignore_rect(row) if shape.ignore else eye_rect(row)
        room = QRect(row)
        room.setLeft(sign.right() + 9)
        room.setRight(end.left() - 6)
        painter.setFont(theme.font())
        painter.setPen(QColor(colors.faint if shape.hidden else colors.text))
        room.setLeft(_write(painter, room, index.data()) + theme.TIGHT)
        if room.width() >= LEAST_SAID_PX:
            painter.setFont(theme.font("caption"))
            painter.setPen(QColor(colors.faint if shape.hidden else colors.quiet))
            _write(painter, room, "  ".join([size_of(shape), *said_about(shape)]))
        painter.restore()


def _write(painter: QPainter, room: QRect, text: str) -> int:
    """Write as much of ``text`` as there is room for; where it ends."""
    metrics = QFontMetrics(painter.font())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
    return room.left() + metrics.horizontalAdvance(text)


def kind_icon(geometry: Geometry) -> str:
    """The icon of a kind of geometry."""
    match geometry:
        case Box():
            return "box"
        case RotatedBox():
            return "rotated-box"
        case Polygon():
            return "polygon"
        case Mask():
            return "brush"
        case Polyline():
            return "line"
        case Points():
            return "points"

"""The list of classes as a view: what a click, a double-click and a drag on a row mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QWidget

from studio.domain.labels import Label
from studio.ui import theme
from studio.ui.label.classes.class_delegate import ClassDelegate, done_rect, swatch_rect, tag_rect
from studio.ui.label.classes.class_model import ClassListModel, Heading

MIME = "application/x-vision-studio-class"
"""What a dragged class is known by; the data are its id."""


class ClassList(QListView):
    """Shows a ``ClassListModel``. A double-click renames, a drag moves a class.

    Signals:
        picked(Label): a row was clicked.
        tag_clicked(Label): its tag mark was clicked.
        done_clicked(Label): its mark of completeness was clicked.
        color_clicked(Label, QPoint): its colour was clicked, at this point of the screen.
        moved(Label, int, str): it was dropped before the class at this place of the project's
            classes, into this group ("" for none).
    """

    picked = Signal(object)
    tag_clicked = Signal(object)
    done_clicked = Signal(object)
    color_clicked = Signal(object, object)
    moved = Signal(object, int, str)

    def __init__(self, model: ClassListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.classes = model
        self.tag_mode = False
        self.multi_label = False
        self.chosen = ""
        self._pressed: tuple[QPoint, Label] | None = None
        self._gap = -1
        self.setItemDelegate(ClassDelegate(self))
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def show_chosen(self, label_id: str) -> None:
        """Mark the current class."""
        self.chosen = label_id
        row = self.classes.row_of(label_id)
        if row >= 0:
            self.scrollTo(self.classes.index(row))
        self.viewport().update()

    def set_tag_mode(self, tag_mode: bool, multi_label: bool) -> None:
        """Show which classes tag the image as radio buttons or check boxes."""
        self.tag_mode, self.multi_label = tag_mode, multi_label
        self.viewport().update()

    # Clicks -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take note of what may be dragged."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        label = self.indexAt(at).data(ClassListModel.LabelRole)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = (at, label) if left and label else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which part of which row was clicked."""
        super().mouseReleaseEvent(event)
        self._pressed = None
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        heading = index.data(ClassListModel.HeadingRole)
        if heading:
            self.classes.toggle(heading.name)
            return
        label = index.data(ClassListModel.LabelRole)
        rect = self.visualRect(index)
        match self._part_at(rect, at):
            case "color":
                self.color_clicked.emit(label, self.viewport().mapToGlobal(rect.bottomLeft()))
            case "tag":
                self.tag_clicked.emit(label)
            case "done":
                self.done_clicked.emit(label)
            case _:
                self.picked.emit(label)

    def _part_at(self, row: QRect, at: QPoint) -> str:
        parts = {"color": swatch_rect(row), "tag": tag_rect(row), "done": done_rect(row)}
        reached = (name for name, area in parts.items() if _reach(area).contains(at))
        return next(reached, "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the current class."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.classes.index(max(self.classes.row_of(self.chosen), 0)))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        index = self.currentIndex()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not index.isValid():
            super().keyPressEvent(event)
        elif heading := index.data(ClassListModel.HeadingRole):
            self.classes.toggle(heading.name)
        else:
            self.picked.emit(index.data(ClassListModel.LabelRole))

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain what is under the cursor."""
        if event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())  # type: ignore[attr-defined]
            self.setToolTip(self._explain(index, event.pos()) if index.isValid() else "")  # type: ignore[attr-defined]
        return super().viewportEvent(event)

    def _explain(self, index: QModelIndex, at: QPoint) -> str:
        label: Label | None = index.data(ClassListModel.LabelRole)
        if label is None:
            return self.tr("Show or hide the classes of this group")
        match self._part_at(self.visualRect(index), at):
            case "color":
                return self.tr("Change the colour")
            case "tag":
                return self.tr("Tag the whole image with this class")
            case "done":
                return self.tr("This image is done for this class")
            case _:
                pass
        usage = self.classes.usage(label.id)
        lines = [label.name]
        if label.key:
            lines.append(self.tr("Key {key}").format(key=label.key))
        lines.append(self.tr("%n shape(s)", "", usage.shapes))
        lines.append(self.tr("%n tag(s)", "", usage.tags))
        return " · ".join(lines)

    # Dragging ---------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a class along once the mouse has moved far enough."""
        super().mouseMoveEvent(event)
        if self._pressed is None:
            return
        start, label = self._pressed
        moved = (event.position().toPoint() - start).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed = None
            data = QMimeData()
            data.setData(MIME, label.id.encode())
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(self.viewport().grab(self._rect_of(label)))
            drag.exec(Qt.DropAction.MoveAction)

    def _rect_of(self, label: Label) -> QRect:
        return self.visualRect(self.classes.index(self.classes.row_of(label.id)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only classes can be dropped."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the class would go."""
        if event.mimeData().hasFormat(MIME):
            self._gap = self._gap_at(event.position().toPoint())
            self.viewport().update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is being dropped any more."""
        self._gap = -1
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the class where it was dropped."""
        if not event.mimeData().hasFormat(MIME):
            return
        label_id = bytes(event.mimeData().data(MIME).data()).decode()
        gap = self._gap_at(event.position().toPoint())
        self._gap = -1
        self.viewport().update()
        event.acceptProposedAction()
        label = next((each for each in self.classes.labels if each.id == label_id), None)
        if label:
            self.moved.emit(label, *self._place_of(gap))

    def _gap_at(self, at: QPoint) -> int:
        """The number of rows above the gap that is nearest to ``at``."""
        index = self.indexAt(at)
        if not index.isValid():
            return len(self.classes.rows)
        below = at.y() > self.visualRect(index).center().y()
        return index.row() + (below or bool(index.data(ClassListModel.HeadingRole)))

    def _place_of(self, gap: int) -> tuple[int, str]:
        """Before which class of the project, and in which group, what is dropped there goes."""
        rows, labels = self.classes.rows, self.classes.labels
        above = rows[gap - 1] if gap else None
        match above:
            case Heading(name=group, collapsed=False):
                first = next(each for each in labels if each.group == group)
                return labels.index(first), group
            case Heading(name=group):
                last = [each for each in labels if each.group == group][-1]
                return labels.index(last) + 1, group
            case Label(group=group):
                return labels.index(above) + 1, group
            case None:
                return 0, ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where a class would be dropped."""
        super().paintEvent(event)
        if self._gap < 0:
            return
        y = 1
        if self._gap:
            y = self.visualRect(self.classes.index(self._gap - 1)).bottom()
        painter = QPainter(self.viewport())
        line = QRect(8, y - 1, self.viewport().width() - 16, 2)
        painter.fillRect(line, QColor(theme.current().accent))


def _reach(area: QRect) -> QRect:
    """Where a click counts for what is drawn in ``area``."""
    return area.adjusted(-4, -8, 4, 8)

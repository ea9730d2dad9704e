"""Note and attributes of the selected shapes, and whether they count."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.domain.edits import Edit
from studio.domain.shapes import Shape
from studio.editing import describing
from studio.storage.attributes import attributes_in_use
from studio.storage.reader import Reader
from studio.ui import theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.document import Document
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.threads.work import Work

WIDTH_PX, NOTE_PX, ROWS_PX = 460, 76, 190

InUse = Mapping[str, Sequence[str]]
"""The values that a project uses, by attribute."""


class Describing(QObject):
    """The actions that say something about the selected shapes; locked ones are left alone."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = canvas.document
        self._scene = canvas.scene

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {"ignore": self.ignore, "describe": self.describe}

    def ignore(self) -> None:
        """Ignore the selected shapes, or count them again if all of them are ignored."""
        shapes = self._open()
        ignore = not all(shape.ignore for shape in shapes)
        self._apply(describing.set_ignored(shapes, ignore))

    def describe(self) -> None:
        """Ask for note and attributes of the selected shapes."""
        shapes = self._open()
        if not shapes:
            return
        names = {self._scene.name(shape) for shape in shapes}
        title = names.pop() if len(names) == 1 else ""
        self._apply(described(self._document, shapes, title, self._canvas.window()))
        self._canvas.setFocus()

    def _open(self) -> list[Shape]:
        return self._scene.changeable()

    def _apply(self, edit: Edit) -> None:
        self._document.apply(self._scene.begun(edit))


def described(document: Document, shapes: Sequence[Shape], name: str, window: QWidget) -> Edit:
    """Ask for note and attributes of shapes, of which ``name`` is the class where it is one; the
    edit is empty where the user thought better of it."""
    dialog = DescribeDialog(shapes, name, window)
    work = Work(lambda _: _look_up(document.project), dialog)
    work.succeeded.connect(dialog.offer)
    work.start()
    agreed = dialog.exec()
    work.close()
    dialog.deleteLater()
    wanted = shapes if agreed else ()
    return describing.describe(wanted, dialog.note(), dialog.changes())


def _look_up(project: Path) -> Generator[None, None, InUse]:
    yield
    with Reader.open(project) as reader:
        return attributes_in_use(reader)


@dataclass(slots=True)
class _Row:
    """One attribute; ``known`` is its key and its value in all of the shapes, None for several."""

    known: tuple[str, str | None]
    key: QComboBox
    value: QComboBox
    remove: QToolButton

    def widgets(self) -> tuple[QWidget, ...]:
        return (self.key, self.value, self.remove)


class DescribeDialog(QDialog):
    """Asks for a note and attributes; what differs from shape to shape stays unless it is typed
    anew."""

    def __init__(self, shapes: Sequence[Shape], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes = shapes
        self._in_use: InUse = {}
        self.rows: list[_Row] = []
        self._gone: set[str] = set()
        self.setWindowTitle(self.tr("Note and attributes"))
        self.setMinimumWidth(WIDTH_PX)
        count = self.tr("%n shape(s)", "", len(shapes))
        self._head = QLabel(f"{name} · {count}" if name and len(shapes) > 1 else name or count)
        set_role(self._head, "quiet")
        self.note_field = QPlainTextEdit(tabChangesFocus=True)
        self.add_button = QPushButton(icon("plus"), self.tr("Add attribute"))
        self._grid = QGridLayout()
        self._sheet = QScrollArea(widgetResizable=True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._fill()
        self._connect()

    def _lay_out(self) -> None:
        set_role(self.add_button, "link")
        self.add_button.setAutoDefault(False)
        self.note_field.setFixedHeight(NOTE_PX)
        inner = QWidget()
        set_role(inner, "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.TIGHT)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._sheet.setWidget(inner)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setFrameShape(QScrollArea.Shape.NoFrame)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        outer.setSpacing(theme.TIGHT)
        outer.addWidget(self._head)
        for title, part in ((self.tr("Note"), self.note_field), (self.tr("Attributes"), None)):
            heading = QLabel(title)
            set_role(heading, "heading")
            outer.addWidget(heading)
            if part:
                heading.setBuddy(part)
                outer.addWidget(part)
        outer.addWidget(self._sheet)
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addSpacing(theme.TIGHT)
        outer.addWidget(self._buttons)

    def _fill(self) -> None:
        notes = {shape.note for shape in self._shapes}
        self._several_notes = len(notes) > 1
        self.note_field.setPlainText("" if self._several_notes else next(iter(notes)))
        self.note_field.moveCursor(QTextCursor.MoveOperation.End)
        self.note_field.setAccessibleName(self.tr("Note"))
        self.note_field.setPlaceholderText(
            self.tr("Several notes; what you type replaces them all")
            if self._several_notes
            else self.tr("Anything worth knowing about this object")
        )
        of_shapes = [dict(shape.attributes) for shape in self._shapes]
        for key in dict.fromkeys(key for each in of_shapes for key in each):
            values = {each.get(key) for each in of_shapes}
            self._add_row(key, values.pop() if len(values) == 1 else None)
        self._fit()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._add_empty)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept)

    # Rows -------------------------------------------------------------------------------------

    def _add_empty(self) -> None:
        row = self._add_row("", "")
        self._fit()
        row.key.setFocus()

    def _add_row(self, key: str, value: str | None) -> _Row:
        remove = QToolButton(autoRaise=True)
        remove.setIcon(icon("close"))
        remove.setToolTip(self.tr("Remove attribute"))
        remove.setAccessibleName(remove.toolTip())
        row = _Row((key, value), _field(key), _field(value or ""), remove)
        _hint(row.key, self.tr("Name"))
        _hint(row.value, self.tr("Different values") if value is None else self.tr("Value"))
        place = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, place, column)
            widget.show()
        remove.clicked.connect(lambda: self._remove(row))
        row.key.currentTextChanged.connect(lambda _: self._offer_values(row))
        self.rows.append(row)
        self._offer_to(row)
        return row

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        self._gone.add(row.known[0])
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._fit()
        self.add_button.setFocus()

    def _fit(self) -> None:
        """Give the rows the room that they need, up to a point."""
        heights = [row.key.sizeHint().height() + theme.TIGHT for row in self.rows]
        self._sheet.setFixedHeight(min(sum(heights), ROWS_PX))
        self._sheet.setVisible(bool(heights))
        chain = [self.note_field, *(each for row in self.rows for each in row.widgets())]
        for before, after in pairwise([*chain, self.add_button]):
            self.setTabOrder(before, after)
        if heights:
            self._sheet.verticalScrollBar().setValue(self._sheet.verticalScrollBar().maximum())
        self.adjustSize()

    # Suggestions ------------------------------------------------------------------------------

    def offer(self, in_use: InUse) -> None:
        """Suggest what the project uses."""
        self._in_use = in_use
        for row in self.rows:
            self._offer_to(row)

    def _offer_to(self, row: _Row) -> None:
        _suggest(row.key, list(self._in_use))
        self._offer_values(row)

    def _offer_values(self, row: _Row) -> None:
        _suggest(row.value, self._in_use.get(row.key.currentText().strip(), ()))

    # What was answered ------------------------------------------------------------------------

    def note(self) -> str | None:
        """The note for all of the shapes; None where theirs differ and nothing was typed."""
        text = self.note_field.toPlainText()
        return None if self._several_notes and not text.strip() else text

    def changes(self) -> dict[str, str | None]:
        """The attributes to set, by name; None takes one away."""
        wanted: dict[str, str] = {}
        kept: set[str] = set()
        for row in self.rows:
            key, value = row.key.currentText().strip(), row.value.currentText().strip()
            known_key, known_value = row.known
            if known_value is None and not value and key == known_key:
                kept.add(key)  # differs from shape to shape, and stays so
            elif key:
                wanted[key] = value
        renamed = {row.known[0] for row in self.rows}
        gone = ((renamed | self._gone) - wanted.keys() - kept) - {""}
        return {**dict[str, Any].fromkeys(gone), **wanted}


def _field(text: str) -> QComboBox:
    field = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setEditText(text)
    return field


def _hint(field: QComboBox, text: str) -> None:
    line = field.lineEdit()
    if line:
        line.setPlaceholderText(text)
    field.setAccessibleName(text)


def _suggest(field: QComboBox, texts: Sequence[str]) -> None:
    """Let a field offer ``texts``; what is in it stays."""
    text = field.currentText()
    field.blockSignals(True)
    field.clear()
    field.addItems(texts)
    field.setEditText(text)
    field.blockSignals(False)

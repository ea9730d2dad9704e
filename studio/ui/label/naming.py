"""Which class a shape is of: asked beside it, answered by the field, the list or a digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication

from studio.domain import geometry as geo
from studio.domain.edits import Change
from studio.domain.labels import find_label, new_label
from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.editing import actions as edits
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.scene import NewShape
from studio.ui.label.classes.class_picker import ClassPicker


class Naming(QObject):
    """Gives the new shape that waits for its class, else the selected shapes, a class."""

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._document = canvas.document
        self.picker = ClassPicker(canvas)
        self.picker.picked.connect(self.take)
        self.picker.given_up.connect(self._give_up)
        canvas.scene.class_wanted.connect(self._ask)
        canvas.tool_changed.connect(self._drop)
        self._document.image_shown.connect(self._drop)
        self._document.selection_changed.connect(self._drop)
        self._document.changed.connect(self._follow)

    def calls(self) -> dict[str, Callable[[], object]]:
        """See ``Feature``."""
        return {"edit_class": self.ask_of_selected}

    def ask_of_selected(self) -> None:
        """Ask which class the selected shapes are of."""
        shapes = self._canvas.scene.changeable()
        if shapes:
            self._ask(shapes[-1])

    def take(self, name: str) -> None:
        """The class is called ``name``; it may be a new one."""
        self.picker.hide()
        labels = self._document.reader.labels()
        known = find_label(labels, name)
        label = known or new_label(name, labels)
        first: tuple[Change, ...] = () if known else (Change(None, label),)
        if self._canvas.scene.unnamed:
            made = self._canvas.scene.name_new(label, *first)
            if made:
                self._document.choose_label(label.id)
            if made and self._canvas.tool.keeps_selection:
                self._document.select([made])
        else:
            edit = edits.change_label(self._canvas.scene.changeable(), label)
            self._document.apply(edits.with_first(edit, *first))
        self._canvas.setFocus()

    def _ask(self, shape: Shape | NewShape) -> None:
        box = self._canvas.viewport.box_to_widget(geo.bounds(shape.geometry))
        at = QPoint(round(box.x0), round(box.y1) + 8)
        self.picker.ask(self._document.reader.labels(), at)

    def _give_up(self) -> None:
        self._canvas.scene.drop_new()
        self._canvas.setFocus()

    def _drop(self, *_: object) -> None:
        """Ask no more, for what was asked about is no longer in focus."""
        if self.picker.isVisible() and self._canvas.scene.unnamed is None:
            field = QApplication.focusWidget()
            self.picker.hide()
            if field and self.picker.isAncestorOf(field):
                self._canvas.setFocus()

    def _follow(self, changes: Changes) -> None:
        """Offer the classes as they are now."""
        if changes.labels and self.picker.isVisible() and self._canvas.scene.unnamed:
            self._ask(self._canvas.scene.unnamed)

"""From shape to shape with Tab, close up if wanted; all shapes of a class at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication

from studio.domain import geometry as geo
from studio.domain.reading_order import reading_order
from studio.domain.shapes import Shape
from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.canvas.canvas import Canvas


class Walking(QObject):
    """The actions that reach shapes without the mouse."""

    def __init__(self, canvas: Canvas, actions: Actions, settings: Settings) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = canvas.document
        self._scene = canvas.scene
        self._auto_zoom = actions["label.auto_zoom"]
        self._settings = settings
        self._auto_zoom.setChecked(settings.auto_zoom)

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {
            "next_shape": lambda: self.walk(1),
            "previous_shape": lambda: self.walk(-1),
            "auto_zoom": self._take_auto_zoom,
            "select_class": self.select_class,
        }

    def walk(self, step: int) -> None:
        """Select the next shape (``step`` 1) or the one before (-1) in reading order, round and
        round; in a form, go from field to field instead."""
        if self._in_form():
            self._canvas.focusNextPrevChild(step > 0)
            return
        shapes = self._reachable()
        if not shapes:
            return
        order = reading_order([geo.bounds(shape.geometry) for shape in shapes])
        ids = [shapes[index].id for index in order]
        at = [place for place, i in enumerate(ids) if i in self._document.selection]
        start = (at[-1] if step > 0 else at[0]) if at else (-1 if step > 0 else 0)
        place = (start + step) % len(ids)
        self._select([ids[place]])
        shape = shapes[order[place]]
        self._show(shape)
        said = self.tr("{name}: {number} of {count}").format(
            name=self._scene.name(shape), number=place + 1, count=len(ids)
        )
        self._canvas.say(said)

    def _in_form(self) -> bool:
        """Whether Tab is wanted for going from one field to the next."""
        field = QApplication.focusWidget()
        return not (field is None or field is self._canvas or isinstance(field, QAbstractItemView))

    def _reachable(self) -> list[Shape]:
        scene = self._scene
        return [s for s in scene.shapes if scene.is_visible(s) and not s.locked]

    def _show(self, shape: Shape) -> None:
        box = geo.bounds(shape.geometry)
        if self._auto_zoom.isChecked():
            self._canvas.view.close_up(box)
        else:
            self._canvas.view.show_box(box)

    def _select(self, shape_ids: Iterable[int]) -> None:
        """Select shapes, with a tool in the hand that can do something with them."""
        if not self._canvas.tool.keeps_selection:
            self._canvas.use("select")
        self._document.select(shape_ids)

    def _take_auto_zoom(self) -> None:
        zooms = self._auto_zoom.isChecked()
        self._settings.change(auto_zoom=zooms)
        selected = self._scene.selected()
        if zooms and len(selected) == 1:
            self._canvas.view.close_up(geo.bounds(selected[0].geometry))

    def select_class(self) -> None:
        """Select every shape of the selected shapes' classes, or of the current class."""
        labels = {shape.label for shape in self._scene.selected()} or {self._document.label_id}
        found = [shape.id for shape in self._reachable() if shape.label in labels]
        if found:
            self._select(found)
            self._canvas.say(self.tr("%n shape(s) selected", "", len(found)))

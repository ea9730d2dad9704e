"""Fill holes: a click in a hole of a mask or polygon closes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Geometry, Point, Shape
from studio.ui.canvas.tools.assisted import AssistedTool
from studio.ui.canvas.tools.tool import Pointer
from studio.vision import assist


class FillTool(AssistedTool):
    """Fills what the selected shape encloses at a click, else what any other does."""

    id = "fill"
    cursor = Qt.CursorShape.CrossCursor
    keeps_selection = True
    _refusal = ""
    _refused_at: Pointer | None = None

    def press(self, pointer: Pointer) -> None:
        """Fill the hole under the pointer, or say why there is none."""
        self.scene.reveal()
        self._refusal = ""
        near = [shape for shape in self.scene.near(pointer.image, 0) if self.is_paintable(shape)]
        chosen = [shape for shape in near if shape.id in self.document.selection]
        shapes = [*reversed(chosen), *(shape for shape in reversed(near) if shape not in chosen)]
        find = partial(_first_with_hole, shapes, pointer.image)
        self.background.run(find, partial(self._fill, pointer))
        self.canvas.tell_hint()

    def _fill(self, pointer: Pointer, found: Shape | str) -> None:
        if isinstance(found, Shape):
            fill = partial(_filled, point=pointer.image)
            self.change(Title.FILL_HOLES, found, fill)
            if found.image_id == self.document.image_id:
                self.document.select([found.id])
        else:
            self._refusal, self._refused_at = found, pointer
            self.canvas.tell_hint()

    def double_click(self, pointer: Pointer) -> None:
        """The second click of a double-click has nothing left to fill."""

    def move(self, pointer: Pointer) -> None:
        """What was said of one place does not hold for another."""
        if self._refused_at and pointer.is_far_from(self._refused_at):
            self.leave()
            self.canvas.tell_hint()

    def leave(self) -> None:
        """Nothing is in hand."""
        self._refusal, self._refused_at = "", None

    def hint(self) -> str:
        """What a click does, or why the last one did nothing."""
        tr = QCoreApplication.translate
        match self._refusal:
            case "filled":
                return tr("Tools", "This place is filled already: click into a hole")
            case "open":
                return tr("Tools", "No mask or polygon encloses this place: close the ring first")
            case _:
                return tr("Tools", "Click into a hole of a mask or polygon to fill it")


def _first_with_hole(shapes: list[Shape], point: Point) -> Shape | str:
    """The first of ``shapes`` with a hole at ``point``; else what is there: "filled" or "open".

    Runs on any thread.
    """
    for shape in shapes:
        if assist.fill_hole(shape.geometry, point) is not None:
            return shape
    return "filled" if any(geo.contains(shape.geometry, point) for shape in shapes) else "open"


def _filled(geometry: Geometry, point: Point) -> Geometry:
    return assist.fill_hole(geometry, point) or geometry

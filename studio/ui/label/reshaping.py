"""Shapes made out of the selected shapes: united, cut out of each other, converted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from studio.domain import geometry as geo
from studio.domain.edits import Edit
from studio.domain.shapes import Shape
from studio.editing import reshaping
from studio.editing.reshaping import Kind
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.losses import loss_by
from studio.ui.label.simplifier import Simplifier


class Reshaping(QObject):
    """The actions that make one edit of the selected shapes, each in an instant or in the
    background."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._scene = canvas.scene
        self.simplifier = Simplifier(canvas)

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {
            "unite": partial(self._combine, reshaping.unite),
            "subtract": partial(self._combine, reshaping.subtract),
            "intersect": partial(self._combine, reshaping.intersect),
            "join": partial(self._combine, reshaping.join),
            "take_overlap": self.take_overlap,
            "simplify": self.simplifier.start,
            "fill_holes": self.fill_holes,
            "to_box": partial(self.convert, Kind.BOX),
            "to_rotated": partial(self.convert, Kind.ROTATED_BOX),
            "to_polygon": partial(self.convert, Kind.POLYGON),
            "to_mask": partial(self.convert, Kind.MASK),
        }

    def _combine(self, verb: Callable[[Sequence[Shape], tuple[int, int]], Edit]) -> None:
        shapes = self._scene.selected()
        self._do(partial(verb, shapes, self._scene.size), shapes)

    def fill_holes(self) -> None:
        """Fill the holes of the selected shapes."""
        shapes = self._scene.selected()
        self._do(partial(reshaping.fill_holes, shapes), shapes)

    def convert(self, kind: Kind) -> None:
        """Turn the selected shapes into another kind."""
        shapes = self._scene.selected()
        self._do(partial(reshaping.convert, shapes, kind, self._scene.size), shapes, kind)

    def take_overlap(self) -> None:
        """Take the area of the selected shapes away from those below; say what was passed over."""
        selected, size = self._scene.selected(), self._scene.size
        below = self._touched_by(selected)
        covered: list[int] = []

        def make() -> Edit:
            outcome = reshaping.take_overlap(selected, below, size)
            covered.append(outcome.count)
            return outcome.edit

        def said() -> str:
            if not sum(covered):
                return ""
            return self.tr("%n shape(s) below covered wholly and left alone", "", sum(covered))

        self._do(make, [*selected, *below], said=said)

    def _touched_by(self, selected: Sequence[Shape]) -> list[Shape]:
        """The visible shapes whose bounds touch those of ``selected``, from bottom to top."""
        scene = self._scene
        indices = {int(i) for s in selected for i in scene.touching(geo.bounds(s.geometry))}
        near = (scene.shapes[index] for index in sorted(indices))
        return [shape for shape in near if scene.is_visible(shape)]

    def _do(
        self,
        make: Callable[[], Edit],
        shapes: Sequence[Shape],
        kind: Kind | None = None,
        said: Callable[[], str] = str,
    ) -> None:
        """Do the edit that ``make`` works out of ``shapes``, and when it is done say what there is
        to be ``said`` of it, or what shapes lose by becoming ones of another kind."""

        def say(edit: Edit) -> None:
            if text := said() or loss_by(edit):
                self._canvas.say(text)

        self._scene.apply_made(make, slow=reshaping.takes_long(shapes, kind), then=say)

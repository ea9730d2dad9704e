"""What is on the canvas: the shown image and its shapes, kept in step with the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.edits import Change, Edit, Title
from studio.domain.labels import Label, Tag
from studio.domain.project import Changes, Image
from studio.domain.shapes import Box, Geometry, Point, Shape
from studio.editing import actions
from studio.errors import EditConflict
from studio.ui.canvas.shapes_ahead import Drawn, Outlines, ShapesAhead, as_array
from studio.ui.document import Document

MANY = 200
"""More shapes than this, unless they were read ahead, come after the picture."""


@dataclass(frozen=True, slots=True)
class NewShape:
    """A geometry that was drawn and still needs its class."""

    image_id: int
    title: Title
    geometry: Geometry


class Scene(QObject):
    """The shapes of the image that has the focus.

    Shapes *in hand* (being dragged or painted) are left out of the cached picture and drawn live.
    Shapes are counted as visible when they are not hidden and are not in hand.

    Very many shapes may come a moment after the picture. Whoever asks for any before that waits
    for all of them; who only looks or points asks whether the scene ``is_complete``.

    ``outlines`` are those of shapes that were made ahead of time.

    Signals:
        class_wanted(NewShape): something was drawn while there is no class.
        draft_changed(): what is being drawn point by point has other points, or has ended.
        unnamed_changed(): there is, or is no longer, a shape that waits for its class.
        shapes_changed(Box | None): what within this box of the image must be drawn again; None
            for everything.
        revealed(): shapes that were all hidden are shown because one is being drawn, or a solo
            has ended with its shapes.
    """

    class_wanted = Signal(object)
    draft_changed = Signal()
    unnamed_changed = Signal()
    shapes_changed = Signal(object)
    revealed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.image: Image | None = None
        self.size = (0, 0)
        self.tags: tuple[Tag, ...] = ()
        self.labels: dict[str, Label] = {}
        self.in_hand: dict[int, Geometry | None] = {}
        self.all_hidden = False
        self.solo: frozenset[int] = frozenset()
        self.unnamed_by_image: dict[int, NewShape] = {}
        self._ahead = ShapesAhead(document, self)
        self._ahead.arrived.connect(self._complete_with)
        self.outlines: Outlines = {}
        self._shapes: tuple[Shape, ...] = ()
        self._late = 0  # the image whose shapes are still being read
        self._bounds = np.empty((0, 4))
        self._by_id: dict[int, Shape] = {}
        self._boxes: dict[int, tuple[Shape, Box]] = {}
        self.reload_labels()
        self.load(document.image_id)

    # Following the document -------------------------------------------------------------------

    def load(self, image_id: int) -> None:
        """Show another image's shapes."""
        self.in_hand = {}
        self.image = self.document.reader.image(image_id) if image_id else None
        self.size = (self.image.width, self.image.height) if self.image else (0, 0)
        self.tags = self.document.reader.tags(image_id) if image_id else ()
        drawn, self._late = self._ahead.take(image_id), 0
        if drawn is None and self.document.reader.count_shapes(image_id) > MANY:
            drawn, self._late = Drawn.of(()), image_id
        self._take_all(drawn or Drawn.of(self._read(image_id)))
        self.shapes_changed.emit(None)
        if self._late:
            self._ahead.read_at_once(image_id)
        else:
            self._end_lost_solo()

    @property
    def is_complete(self) -> bool:
        """Whether all shapes of the image are there."""
        return not self._late

    def complete(self) -> None:
        """Have all shapes of the image there; what is still being read is waited for."""
        if self._late:
            image_id, self._late = self._late, 0
            self._ahead.finish(image_id)
            self._take_all(self._ahead.take(image_id) or Drawn.of(self._read(image_id)))
            self.shapes_changed.emit(None)
            self._end_lost_solo()

    def _complete_with(self, image_id: int) -> None:
        if image_id == self._late:
            self.complete()

    def read_ahead(self, image_ids: Iterable[int]) -> None:
        """Read the shapes of images that are likely to be shown next."""
        self._ahead.read(image_ids)

    def has_ahead(self, image_id: int) -> bool:
        """Whether this image's shapes have been read ahead."""
        return self._ahead.has(image_id)

    def close(self) -> None:
        """Wait for what is being read ahead; no more will be."""
        self._ahead.close()

    def _read(self, image_id: int) -> tuple[Shape, ...]:
        return self.document.reader.shapes(image_id) if image_id else ()

    def follow(self, changes: Changes) -> None:
        """Take up a change of the document."""
        if changes.labels:
            self.reload_labels()
            self.shapes_changed.emit(None)
        if self.image and self.image.id in changes.images:
            self.tags = self.document.reader.tags(self.image.id)
            self._take_up(changes.shapes)

    def reload_labels(self) -> None:
        """Read the classes again."""
        self.labels = {label.id: label for label in self.document.reader.labels()}

    def _take_up(self, changed_ids: Iterable[int]) -> None:
        """Read again the shapes that were written; the others stay as they are."""
        if self.image is None:
            return
        self.complete()
        after = dict(self._by_id)
        redrawn: list[Box] = []
        for shape_id in changed_ids:
            before = after.pop(shape_id, None)
            shape = self.document.reader.shape(shape_id)
            if shape and shape.image_id == self.image.id:
                after[shape_id] = shape
            redrawn += [geo.bounds(s.geometry) for s in (before, after.get(shape_id)) if s]
        if self.solo:
            self.solo |= after.keys() - self._by_id.keys()
        if redrawn:
            self._set_shapes(sorted(after.values(), key=lambda shape: (shape.z, shape.id)))
            self.document.select(self.document.selection & self._by_id.keys())
            self.shapes_changed.emit(_joined(redrawn))
            self._end_lost_solo()

    def _take_all(self, drawn: Drawn) -> None:
        self._shapes = drawn.shapes
        self._by_id = {shape.id: shape for shape in drawn.shapes}
        pairs = zip(drawn.shapes, drawn.boxes, strict=True)
        self._boxes = {shape.id: (shape, box) for shape, box in pairs}
        self._bounds = drawn.bounds
        self.outlines = drawn.outlines

    def _set_shapes(self, shapes: Iterable[Shape]) -> None:
        known, shapes = self._boxes, tuple(shapes)
        boxes = tuple(
            found[1]
            if (found := known.get(shape.id)) and found[0] is shape
            else geo.bounds(shape.geometry)
            for shape in shapes
        )
        self._take_all(Drawn(shapes, boxes, as_array(boxes)))

    # Asking -----------------------------------------------------------------------------------

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of the image, from bottom to top."""
        self.complete()
        return self._shapes

    def shape(self, shape_id: int) -> Shape | None:
        """One shape of this image, or None."""
        self.complete()
        return self._by_id.get(shape_id)

    def selected(self) -> list[Shape]:
        """The selected shapes, from bottom to top."""
        found = (self.shape(shape_id) for shape_id in self.document.selection)
        return sorted((shape for shape in found if shape), key=lambda shape: (shape.z, shape.id))

    def changeable(self) -> list[Shape]:
        """The selected shapes that are not locked; where that leaves none, it is said why."""
        selected = self.selected()
        found = [shape for shape in selected if not shape.locked]
        if selected and not found:
            self.document.failed.emit(EditConflict("A selected shape is locked; unlock it first."))
        return found

    def is_visible(self, shape: Shape) -> bool:
        """Whether the shape is to be seen at all."""
        alone = not self.solo or shape.id in self.solo
        return alone and not shape.hidden and not self.all_hidden

    def color(self, shape: Shape) -> QColor:
        """The colour of the shape's class."""
        return self.label_color(shape.label)

    def label_color(self, label_id: str) -> QColor:
        """The colour of a class; a neutral grey for none."""
        label = self.labels.get(label_id)
        return QColor(label.color if label else "#9AA0AA")

    def name(self, shape: Shape) -> str:
        """The name of the shape's class."""
        label = self.labels.get(shape.label)
        return label.name if label else ""

    def touching(self, box: Box) -> NDArray[np.intp]:
        """Indices of the shapes whose bounds touch ``box``, from bottom to top."""
        self.complete()
        b = self._bounds
        hit = (b[:, 0] <= box.x1) & (b[:, 2] >= box.x0) & (b[:, 1] <= box.y1) & (b[:, 3] >= box.y0)
        return np.flatnonzero(hit)

    def near(self, point: Point, reach: float) -> list[Shape]:
        """The shapes that the mouse can work on whose bounds come within ``reach`` of ``point``,
        from bottom to top; locked ones let the mouse through."""
        around = Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)
        found = (self.shapes[index] for index in self.touching(around))
        return [shape for shape in found if self.is_visible(shape) and not shape.locked]

    def stack_at(self, point: Point, reach: float) -> list[Shape]:
        """The shapes that can be picked at ``point``, smallest first."""
        return picking.bodies_at(self.near(point, reach), point, reach)

    # Shapes in hand ---------------------------------------------------------------------------

    def hold(self, geometries: Mapping[int, Geometry | None]) -> None:
        """Draw these shapes live with another geometry; None: someone else draws it."""
        fresh = geometries.keys() - self.in_hand.keys()
        self.in_hand = dict(geometries)
        if fresh:
            self._redraw(fresh)

    def let_go(self) -> None:
        """Give the shapes in hand back to the cached picture."""
        held = self.in_hand.keys()
        self.in_hand = {}
        self._redraw(held)

    def _redraw(self, shape_ids: Iterable[int]) -> None:
        held = [self._by_id[i] for i in shape_ids if i in self._by_id]
        if held:
            self.shapes_changed.emit(_joined(geo.bounds(shape.geometry) for shape in held))

    def show_all(self, hidden: bool) -> None:
        """Hide every shape for a look at the bare image, or show them again."""
        self.all_hidden = hidden
        self.shapes_changed.emit(None)

    def show_only(self, shape_ids: Iterable[int]) -> None:
        """Have only these shapes seen, and those added meanwhile; all again where none is given.

        It is a way of looking at this image, and ends with another one.
        """
        self.solo = frozenset(shape_ids)
        self.shapes_changed.emit(None)

    def _end_lost_solo(self) -> None:
        if self.solo and not self.solo & self._by_id.keys():
            self.show_only(())
            self.revealed.emit()

    def reveal(self) -> None:
        """Show the shapes again if all are hidden: nobody draws blindly."""
        if self.all_hidden:
            self.show_all(False)
            self.revealed.emit()

    # Making -----------------------------------------------------------------------------------

    def within(self, point: Point) -> Point:
        """``point`` moved to the nearest place on the image."""
        return geo.clamp(point, *self.size)

    def offer(self, new: NewShape, label: Label | None = None) -> int:
        """Add what was drawn, in the current class unless ``label`` says which; the shape's id.

        Without a class the shape waits on its image, ``class_wanted`` is emitted, and 0 returned.
        """
        self.reveal()
        label = label or self.document.current_label()
        if label is None:
            self.unnamed_by_image[new.image_id] = new
            self.unnamed_changed.emit()
            self.ask_for_class()
            return 0
        edit, shape_id = self.drawn(new, label)
        return shape_id if self.document.apply(edit) else 0

    @property
    def unnamed(self) -> NewShape | None:
        """What was drawn on this image and waits for its class."""
        return self.unnamed_by_image.get(self.image.id) if self.image else None

    def ask_for_class(self) -> bool:
        """Ask once more which class the shape that waits is of; False where none does."""
        if self.unnamed:
            self.class_wanted.emit(self.unnamed)
        return self.unnamed is not None

    def name_new(self, label: Label, *more: Change) -> int:
        """Give the shape that waits its class; ``more`` changes belong to the same edit.

        Returns the new shape's id, 0 where the edit was refused.
        """
        new = self.unnamed
        if new is None:
            return 0
        edit, shape_id = self.drawn(new, label, *more)
        if not self.document.apply(edit):
            return 0  # it goes on waiting
        self.drop_new()
        return shape_id

    def drop_new(self) -> None:
        """Forget the shape that waits for a class."""
        if self.image and self.unnamed_by_image.pop(self.image.id, None):
            self.unnamed_changed.emit()

    def drawn(self, new: NewShape, label: Label, *more: Change) -> tuple[Edit, int]:
        """The edit that adds a shape on top of the others, and the shape's id.

        ``more`` changes come first, for example the class that the shape is the first of. What
        took a while to find may belong to an image that is no longer shown.
        """
        [shape_id] = self.document.reserve_ids("shape")
        reader = self.document.reader
        is_shown = self.image is not None and self.image.id == new.image_id
        shapes = self.shapes if is_shown else reader.shapes(new.image_id)
        top = max((shape.z for shape in shapes), default=0)
        shape = Shape(shape_id, new.image_id, label.id, new.geometry, z=top)
        edit = Edit(new.title, (*more, Change(None, shape)))
        return actions.begun(edit, reader.status(new.image_id), shapes=True), shape_id

    def begun(self, edit: Edit) -> Edit:
        """``edit`` of this image's shapes, which from now on are in progress."""
        if not (edit and self.image):
            return edit
        return actions.begun(edit, self.document.reader.status(self.image.id), shapes=True)

    def apply_made(
        self,
        make: Callable[[], Edit],
        *,
        slow: bool = False,
        then: Callable[[Edit], object] = lambda _: None,
    ) -> bool:
        """Do an edit of this image's shapes that ``make`` works out; see the document's."""
        if self.image is None:
            return False
        status = self.document.reader.status(self.image.id)
        return self.document.apply_made(
            lambda: actions.begun(make(), status, shapes=True), slow=slow, then=then
        )


def _joined(boxes: Iterable[Box]) -> Box:
    found = list(boxes)
    return Box(
        min(box.x0 for box in found),
        min(box.y0 for box in found),
        max(box.x1 for box in found),
        max(box.y1 for box in found),
    )

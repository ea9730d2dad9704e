"""What the Label workspace's actions do: each makes one edit, or moves the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.domain.edits import Edit
from studio.domain.labels import Label
from studio.domain.project import State
from studio.domain.shapes import Shape
from studio.editing import actions
from studio.storage import search
from studio.ui.canvas.canvas import Canvas

DUPLICATE_OFFSET_PX = 16.0


class Verbs:
    """The actions on the image, shapes and class that have the focus."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document = canvas.document
        self._scene = canvas.scene

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions on shapes; those on classes and images depend on what else is shown."""
        return {
            "delete": self.delete,
            "duplicate": self.duplicate,
            "select_all": self.select_all,
            "hide": self.hide,
            "lock": self.lock,
            "raise": lambda: self.reorder(front=True),
            "lower": lambda: self.reorder(front=False),
        }

    # Shapes -----------------------------------------------------------------------------------

    def delete(self) -> None:
        """Delete the selected shapes; locked ones stay."""
        self._apply(actions.delete_shapes(self._scene.changeable()))

    def duplicate(self) -> None:
        """Copy the selected shapes and select the copies."""
        shapes = self._scene.selected()
        if not shapes:
            return
        ids = self._document.reserve_ids("shape", len(shapes))
        offset = max(1.0, DUPLICATE_OFFSET_PX / self._canvas.viewport.scale)
        if self._apply(actions.duplicate(shapes, ids, offset, *self._scene.size)):
            self._document.select(ids)

    def select_all(self) -> None:
        """Select every shape that can be seen and is not locked."""
        scene = self._scene
        self._document.select(
            shape.id for shape in scene.shapes if scene.is_visible(shape) and not shape.locked
        )

    def hide(self) -> None:
        """Hide the selected shapes, or show them all again if all of them are hidden."""
        shapes = self._scene.selected()
        self.set_hidden(shapes, not all(shape.hidden for shape in shapes))

    def set_hidden(self, shapes: Iterable[Shape], hidden: bool) -> None:
        """Hide or show shapes."""
        self._document.apply(actions.set_hidden(shapes, hidden))

    def lock(self) -> None:
        """Lock the selected shapes, or unlock them if all of them are locked."""
        shapes = self._scene.selected()
        self.set_locked(shapes, not all(shape.locked for shape in shapes))

    def set_locked(self, shapes: Iterable[Shape], locked: bool) -> None:
        """Lock or unlock shapes."""
        self._document.apply(actions.set_locked(shapes, locked))

    def reorder(self, *, front: bool) -> None:
        """Bring the selected shapes to the front or send them to the back."""
        shapes = self._scene.changeable()
        self._document.apply(actions.reorder(shapes, self._scene.shapes, front=front))

    def relabel(self, label: Label) -> bool:
        """Give the selected shapes another class; False where none is selected."""
        shapes = self._scene.changeable()
        if shapes:
            self._apply(actions.change_label(shapes, label))
        return bool(self._scene.selected())

    # Classes and tags -------------------------------------------------------------------------

    def pick(self, label: Label, *, tag_mode: bool) -> None:
        """What choosing a class means now: tag the image, relabel the selection, or use it next."""
        if tag_mode:
            self.tag(label)
        elif self._canvas.tool.class_is_next or not self.relabel(label):
            self.use_next(label)

    def use_next(self, label: Label) -> None:
        """Make a class the current one; an object that is being painted is finished with it."""
        if self._canvas.tool.class_is_next:
            self._document.select(())
        self._document.choose_label(label.id)

    def tag(self, label: Label) -> None:
        """Tag the image with a class, or take the tag away if it stands."""
        image_id = self._document.image_id
        if image_id:
            reader = self._document.reader
            edit = actions.tag(image_id, reader.tag_groups()[0], label, reader.tags(image_id))
            self._document.apply(actions.begun(edit, reader.status(image_id), tags=True))

    # Images -----------------------------------------------------------------------------------

    def mark(self, state: State, *, tag_mode: bool) -> bool:
        """Set the image's state for the kinds of labels that this project uses."""
        image_id = self._document.image_id
        if not image_id:
            return False
        reader = self._document.reader
        kinds = search.kinds_in_use(reader)
        tags = tag_mode or kinds.tags
        shapes = kinds.shapes and (not tag_mode or self._uses_shapes())
        status = reader.status(image_id)
        return self._document.apply(actions.mark([status], state, tags=tags, shapes=shapes))

    def _uses_shapes(self) -> bool:
        return bool(self._document.reader.shape_counts())

    def _apply(self, edit: Edit) -> bool:
        return self._document.apply(self._scene.begun(edit))

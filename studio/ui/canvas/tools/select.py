"""Select, move, resize, and change outlines vertex by vertex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from studio.domain import geometry as geo
from studio.domain import picking
from studio.domain.edits import Title
from studio.domain.picking import EdgeAt, Grip, Handle, Turn, VertexAt
from studio.domain.shapes import Point, Points, Polygon, Polyline, RotatedBox, Shape
from studio.editing import actions
from studio.ui.canvas.handles import TURN_STEM_PX
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools.band import Band
from studio.ui.canvas.tools.moving import STEPS, Drag, Move, Nudge, step_of
from studio.ui.canvas.tools.reshape import Reshape, cursor_over
from studio.ui.canvas.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

VERTEX_REACH_PX = 8.0
EDGE_REACH_PX = 5.0
BODY_REACH_PX = 4.0


@dataclass(slots=True)
class _Click:
    """Pressed on a body that may yet be dragged; ``fresh`` where the press selected it."""

    start: Pointer
    fresh: bool


@dataclass(slots=True)
class _Grab:
    """Pressed on a grip; nothing changes before the pointer is dragged."""

    start: Pointer
    shape: Shape
    grip: Grip


_Gesture = _Click | _Grab | Drag | Nudge | Reshape | Band


class SelectTool(Tool):
    """Pick shapes and change their geometry."""

    id = "select"
    shows_handles = True
    keeps_selection = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._gesture: _Gesture | None = None
        self._last_click: Pointer | None = None
        self._over: tuple[Shape, Grip] | Shape | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being dragged or nudged."""
        return isinstance(self._gesture, Drag | Nudge | Reshape | Band)

    # The pointer ------------------------------------------------------------------------------

    def press(self, pointer: Pointer) -> None:
        """Take hold of a grip, else of a body, else start a rubber band."""
        self.finish_keys()
        grabbed = self._grip_at(pointer.image)
        if grabbed:
            shape, grip = grabbed
            if pointer.shift and isinstance(grip, VertexAt):
                self._delete_vertex(shape, grip)
            else:
                self._gesture = _Grab(pointer, shape, grip)
            return
        stack = self._stack(pointer.image)
        selection = self.document.selection
        if not stack:
            kept = selection if pointer.shift or pointer.ctrl else frozenset()
            self._gesture = Band(pointer, pointer, kept)
        elif pointer.shift or pointer.ctrl:
            self.document.select(selection ^ {stack[0].id})
        else:
            fresh = not any(shape.id in selection for shape in stack)
            if fresh:
                self.document.select([stack[0].id])
            self._gesture = _Click(pointer, fresh)

    def move(self, pointer: Pointer) -> None:
        """Drag what was taken hold of; without a button, show what would be."""
        match self._gesture:
            case None:
                self._hover(pointer)
            case _Click(start) if pointer.is_far_from(start):
                move = self._begun_move()
                self._gesture = Drag(move, start.image) if move else None
                self.move(pointer)
            case _Grab(start, shape, grip) if pointer.is_far_from(start):
                self._gesture = Reshape.begun(shape, grip, start.image)
                self.move(pointer)
            case Drag() as gesture:
                gesture.to(pointer.image)
                self.canvas.update()
            case Reshape() as gesture:
                self._reshape(gesture, pointer)
            case Band() as gesture:
                gesture.end = pointer
                self.document.select(gesture.selected(self.scene))
                self.canvas.update()
            case _:
                pass

    def release(self, pointer: Pointer) -> None:
        """Make an edit of what was dragged; a mere click walks down the stack."""
        gesture, self._gesture = self._gesture, None
        match gesture:
            case _Click(start, fresh):
                self._click(start, fresh)
            case _Grab(start, shape, grip):
                if not (start.ctrl and self._turn_occluded(shape, grip)):
                    self._click(start, fresh=False)
            case Drag(move) | Nudge(move):
                self._commit_move(move)
            case Reshape():
                self.canvas.snapping.forget()
                self._commit_reshape(gesture)
            case Band(start):
                if not pointer.is_far_from(start):
                    self.document.select(gesture.kept)
                self.canvas.update()
            case _:
                pass
        self._hover(pointer)

    def _click(self, pointer: Pointer, fresh: bool) -> None:
        again = self._last_click is not None and not pointer.is_far_from(self._last_click)
        self._last_click = pointer
        if fresh:
            return
        current = next(iter(self.document.selection)) if len(self.document.selection) == 1 else None
        picked = picking.next_in_stack(self._stack(pointer.image), current if again else None)
        if picked:
            self.document.select([picked.id])

    def next_under(self) -> None:
        """Select the next shape down the stack under the cursor."""
        pointer = self.canvas.pointer
        if pointer:
            current = next(iter(self.document.selection), None)
            picked = picking.next_in_stack(self._stack(pointer.image), current)
            if picked:
                self.document.select([picked.id])

    def select_at(self, point: Point) -> bool:
        """Select the smallest shape at a point, unless a selected one is there; False for none."""
        stack = self._stack(point)
        if stack and not any(shape.id in self.document.selection for shape in stack):
            self.document.select([stack[0].id])
        return bool(stack)

    # Moving -----------------------------------------------------------------------------------

    def _begun_move(self) -> Move | None:
        movable = [shape for shape in self.scene.selected() if not shape.locked]
        return Move(self.scene, movable) if movable else None

    def _commit_move(self, move: Move) -> None:
        self.document.apply(self.scene.begun(move.edit()))
        self.scene.let_go()
        self.canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """Arrows move the selection by a pixel, with Shift by ten; one edit a held key."""
        step = step_of(event)
        if step is None:
            return False
        if self._gesture is None and (shapes := self.scene.changeable()):
            self._gesture = Nudge(Move(self.scene, shapes))
        if not isinstance(self._gesture, Nudge):
            return False
        self._gesture.step(step)
        self.canvas.update()
        return True

    def key_released(self, event: QKeyEvent) -> None:
        """The nudge is done when its key comes up."""
        if event.key() in STEPS and not event.isAutoRepeat():
            self.finish_keys()

    def finish_keys(self) -> None:
        """The nudge is done."""
        if isinstance(self._gesture, Nudge):
            move, self._gesture = self._gesture.move, None
            self._commit_move(move)

    # Grips ------------------------------------------------------------------------------------

    def _grip_at(self, point: Point) -> tuple[Shape, Grip] | None:
        """The topmost selected shape's grip at a point; vertices before edges of any shape."""
        scale = self.canvas.viewport.scale
        edge: tuple[Shape, Grip] | None = None
        stem = TURN_STEM_PX / scale
        for shape in reversed(self.scene.near(point, stem + VERTEX_REACH_PX / scale)):
            if shape.id not in self.document.selection:
                continue
            grip = picking.grip_at(shape.geometry, point, VERTEX_REACH_PX / scale, stem)
            if grip and not isinstance(grip, EdgeAt):
                return shape, grip
            grip = picking.grip_at(shape.geometry, point, EDGE_REACH_PX / scale)
            if grip and edge is None:
                edge = shape, grip
        return edge

    def _reshape(self, gesture: Reshape, pointer: Pointer) -> None:
        if isinstance(gesture.grip, Turn):
            gesture.turn_to(gesture.wanted(pointer.image), in_steps=pointer.shift)
            self.canvas.tell_hint()
        else:
            gesture.drag_to(self._place_of(gesture, pointer))
        self.scene.hold({gesture.shape.id: gesture.geometry})
        self.canvas.update()

    def _place_of(self, gesture: Reshape, pointer: Pointer) -> Point:
        match gesture.base, gesture.grip:
            case RotatedBox() as box, Handle() as handle if not self._is_within(handle.of(box)):
                return gesture.wanted(pointer.image)  # its corners may be beyond the border
            case Points(), _:  # a keypoint belongs to nothing but its own object
                return self.scene.within(gesture.wanted(pointer.image))
            case _:
                pass
        return self.canvas.snapping.place(
            pointer,
            wanted=gesture.wanted(pointer.image),
            starts=gesture.neighbours(),
            without=gesture.shape.id,
        )

    def _is_within(self, point: Point) -> bool:
        return self.scene.within(point) == point

    def _commit_reshape(self, gesture: Reshape) -> None:
        stored = self.scene.shape(gesture.shape.id)
        if stored and not stored.locked and not geo.is_degenerate(gesture.geometry):
            edit = actions.set_geometry(gesture.title, stored, gesture.geometry)
            self.document.apply(self.scene.begun(edit))
        self.scene.let_go()
        self.canvas.update()

    def _delete_vertex(self, shape: Shape, vertex: VertexAt) -> None:
        if isinstance(shape.geometry, Polygon | Polyline | Points):
            rest = picking.delete_vertex(shape.geometry, vertex)
            edit = actions.set_geometry(Title.DELETE_VERTEX, shape, rest)
            self.document.apply(self.scene.begun(edit))

    def _turn_occluded(self, shape: Shape, grip: Grip) -> bool:
        """Say of a point that it cannot be seen, or can again; False for what is no point."""
        if not (isinstance(shape.geometry, Points) and isinstance(grip, VertexAt)):
            return False
        points = picking.turn_occluded(shape.geometry, grip.index)
        edit = actions.set_geometry(Title.SET_POINTS, shape, points)
        return self.document.apply(self.scene.begun(edit))

    # Hovering ---------------------------------------------------------------------------------

    def _stack(self, point: Point) -> list[Shape]:
        return self.scene.stack_at(point, BODY_REACH_PX / self.canvas.viewport.scale)

    def _hover(self, pointer: Pointer) -> None:
        if not self.scene.is_complete:
            return  # whoever only points does not wait
        grabbed = self._grip_at(pointer.image)
        if grabbed:
            self._over = grabbed
            self.canvas.hover(0)
            self.canvas.setCursor(cursor_over(grabbed[0].geometry, grabbed[1]))
        else:
            stack = self._stack(pointer.image)
            self._over = stack[0] if stack else None
            self.canvas.hover(stack[0].id if stack else 0)
            on_selected = any(shape.id in self.document.selection for shape in stack)
            self.canvas.setCursor(
                Qt.CursorShape.SizeAllCursor if on_selected else Qt.CursorShape.ArrowCursor
            )
        self.canvas.tell_hint()

    def cancel(self) -> bool:
        """Put back what is being dragged; with nothing in hand, select nothing."""
        gesture, self._gesture = self._gesture, None
        self.scene.let_go()
        self.canvas.update()
        if gesture is None and self.document.selection:
            self.document.select(())
            return True
        return gesture is not None

    def follow(self) -> None:
        """Let go of shapes that are gone."""
        match self._gesture:
            case Drag(move) | Nudge(move):
                shapes = move.shapes
            case Reshape(shape) | _Grab(_, shape):
                shapes = [shape]
            case _:
                return
        if not any(self.scene.shape(shape.id) for shape in shapes):
            self._gesture = None
            self.scene.let_go()

    def leave(self) -> None:
        """Finish a nudge, drop a drag; the selection stays."""
        self.finish_keys()
        if self._gesture is not None:
            self.cancel()
        self._over = None
        self.canvas.hover(0)

    def hint(self) -> str:
        """What a click or drag here does."""
        tr = QCoreApplication.translate
        match self._over:
            case (_, Handle()):
                return tr("Tools", "Drag to resize")
            case (_, Turn()):
                return self._turn_hint()
            case (Shape(geometry=Points()), VertexAt()):
                return tr(
                    "Tools", "Drag to move this point, Ctrl+click: occluded, Shift+click: delete"
                )
            case (_, VertexAt()):
                return tr("Tools", "Drag to move this vertex, Shift+click to delete it")
            case (_, EdgeAt()):
                return tr("Tools", "Drag the edge to add a vertex")
            case Shape(id=shape_id) if shape_id in self.document.selection:
                return tr("Tools", "Drag to move, click again for the shape underneath")
            case Shape():
                return tr("Tools", "Click to select, drag to move")
            case _:
                return tr("Tools", "Click a shape to select it, drag over several to select them")

    def _turn_hint(self) -> str:
        tr = QCoreApplication.translate
        if isinstance(self._gesture, Reshape) and isinstance(self._gesture.geometry, RotatedBox):
            angle = f"{self._gesture.geometry.angle_deg:.1f}"
            return tr("Tools", "{angle}°; Shift for steps of 45°").format(angle=angle)
        return tr("Tools", "Drag to turn, with Shift in steps of 45°; Z and X turn by 1°")

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The rubber band."""
        if isinstance(self._gesture, Band):
            self._gesture.paint(painter, frame, self.canvas.palette().highlight().color())

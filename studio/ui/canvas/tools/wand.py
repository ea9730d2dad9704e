"""The magic wand: press on a colour, and what is joined to it in that colour becomes a mask.

Dragging before the release says how much a colour may differ; the region follows at once. The
picture is flooded at full size up to ``FLOOD_PIXELS``, so that what is seen is what is stored;
only specks in very large regions are not filled before the release.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPainter

from studio.domain.edits import Title
from studio.domain.shapes import Box, Geometry, Mask, Shape
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.tools.assisted import AssistedTool
from studio.ui.canvas.tools.tool import Pointer
from studio.vision import assist
from studio.vision.assist import Crop, Region

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

FLOOD_PIXELS = 32_000_000
"""Larger pictures are flooded reduced."""

CLEAN_PIXELS = 3_000_000
"""Larger regions are shown with their specks: filling them takes longer than the flood."""

FIRST_TOLERANCE = 24
TOLERANCE_PER_PX = 0.4
"""How much dragging by a widget pixel changes the tolerance."""


@dataclass(slots=True)
class _Press:
    """The button is held: ``found`` is the newest region with its tolerance, ``shown`` what is
    seen of it.

    ``shape`` is added to or taken away from; None for a new object.
    """

    start: Pointer
    crop: Crop
    shape: Shape | None
    adds: bool
    tolerance: int
    found: tuple[int, Region] | None = None
    shown: Region | None = None

    def flood(self, tolerance: int) -> Region:
        """What ``tolerance`` finds. Runs on any thread."""
        known = self.found
        if known and known[0] == tolerance:
            return known[1]
        return assist.flood(self.crop, self.start.image, tolerance)

    def mask(self) -> Mask | None:
        """What the present tolerance finds, as a mask of its own. Runs on any thread."""
        return self.flood(self.tolerance).cleaned().mask()

    def change(self, geometry: Geometry) -> Geometry | None:
        """``geometry`` with the region added or taken away. Runs on any thread."""
        size = (self.crop.width, self.crop.height)
        return assist.combined(geometry, self.mask(), size, add=self.adds)


class WandTool(AssistedTool):
    """Masks by colour; Shift adds to the selected one, Ctrl, Alt or the right button takes away."""

    id = "wand"
    cursor = Qt.CursorShape.CrossCursor
    keeps_selection = True
    class_is_next = True
    uses_right_button = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.tolerance = FIRST_TOLERANCE
        self._press: _Press | None = None
        self._shown: _Press | None = None  # stays until what was found is stored
        self._refusal = ""

    @property
    def busy(self) -> bool:
        """Whether the button is held."""
        return self._press is not None

    def press(self, pointer: Pointer) -> None:
        """Flood from here."""
        self._refusal = ""
        shape = self._target(pointer)
        crop = self._crop()
        x, y = pointer.image
        inside = 0 <= x < self.scene.size[0] and 0 <= y < self.scene.size[1]
        if crop and inside and not self._refusal:
            self.scene.reveal()
            adds = not pointer.takes_away
            self._press = self._shown = _Press(pointer, crop, shape, adds, self.tolerance)
            self._flood(self._press)
        self.canvas.tell_hint()

    def _crop(self) -> Crop | None:
        picture = self.canvas.showing.picture
        if picture is None or not picture.whole:
            self._refusal = QCoreApplication.translate("Tools", "The picture is still being read")
            return None
        return picture.crop(Box(0, 0, picture.width, picture.height), FLOOD_PIXELS)

    def _target(self, pointer: Pointer) -> Shape | None:
        """The shape that is added to or taken away from; None for a new object."""
        selected = list(self.paintable())
        if pointer.takes_away and not selected:
            under = self.scene.stack_at(pointer.image, 0)
            selected = [shape for shape in under if self.is_paintable(shape)][:1]
            self.document.select(shape.id for shape in selected)
        if pointer.takes_away and len(selected) != 1:
            self._refusal = QCoreApplication.translate(
                "Tools", "Select the mask or polygon first that this is to be taken away from"
            )
        changes = pointer.takes_away or pointer.shift
        return selected[0] if changes and len(selected) == 1 else None

    def _flood(self, press: _Press) -> None:
        tolerance = press.tolerance

        def flood(should_stop: Callable[[], bool]) -> tuple[Region, Region]:
            found = press.flood(tolerance)
            skips = should_stop() or found.bitmap.size > CLEAN_PIXELS
            return found, found if skips else found.cleaned()

        self.background.ask(flood, partial(self._receive, press, tolerance))

    def _receive(self, press: _Press, tolerance: int, found: tuple[Region, Region]) -> None:
        press.found, press.shown = (tolerance, found[0]), found[1]
        self.canvas.update()

    def move(self, pointer: Pointer) -> None:
        """To the right or up more colours are like the one pressed on, to the left or down less."""
        press = self._press
        if press is None or not pointer.is_far_from(press.start):
            return
        right = pointer.widget[0] - press.start.widget[0]
        up = press.start.widget[1] - pointer.widget[1]
        tolerance = round(self.tolerance + TOLERANCE_PER_PX * (right + up))
        tolerance = min(max(tolerance, 0), 255)
        if tolerance != press.tolerance:
            press.tolerance = tolerance
            self._flood(press)
            self.canvas.tell_hint()

    def release(self, pointer: Pointer) -> None:
        """Make an edit of what was found; the tolerance is the next press's too."""
        press, self._press = self._press, None
        if press is None:
            return
        self.background.forget()
        self.tolerance = press.tolerance
        if press.shape:
            title = Title.PAINT_MASK if press.adds else Title.ERASE_MASK
            self.change(title, press.shape, press.change)
        else:
            self.add(press.mask, self.document.current_label())
        self.canvas.tell_hint()

    def double_click(self, pointer: Pointer) -> None:
        """The second click of a double-click finds nothing new."""

    def settled(self) -> None:
        """The shape itself is to be seen now."""
        if self._press is None:
            self._shown = None
        self.canvas.update()

    def cancel(self) -> bool:
        """Drop what is found; with nothing in hand, the next object is a new one."""
        press, self._press, self._shown = self._press, None, None
        self._refusal = ""
        if press is None:
            had = bool(self.document.selection)
            self.document.select(())
            return had
        self.background.forget()
        self.canvas.tell_hint()
        self.canvas.update()
        return True

    def leave(self) -> None:
        """What the button was not yet released on is dropped; the selection stays."""
        self._press, self._shown = None, None
        self._refusal = ""
        self.background.forget()

    def hint(self) -> str:
        """What a press does here."""
        tr = QCoreApplication.translate
        if self._refusal:
            return self._refusal
        if self._press:
            return tr("Tools", "Tolerance {tolerance}: drag right for more, left for less").format(
                tolerance=self._press.tolerance
            )
        if any(self.paintable()):
            return tr("Tools", "Click a colour for the next object; Shift adds, Ctrl takes away")
        return tr("Tools", "Click a colour to mask {name}; drag sideways for more or less").format(
            name=self.class_name()
        )

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """What is found, in the colour of its class; white where it is to be taken away."""
        press = self._shown
        if press and press.shown:
            label = press.shape.label if press.shape else self.document.label_id
            color = self.scene.label_color(label) if press.adds else QColor(Qt.GlobalColor.white)
            self.paint_region(painter, frame, press.shown, color)

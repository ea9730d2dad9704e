"""What tools share that find an object's pixels in the picture: a preview, then one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QTransform

from studio.domain.edits import Title
from studio.domain.labels import Label
from studio.domain.shapes import Geometry, Mask, Polygon, Shape
from studio.editing import actions
from studio.ui.canvas import painting
from studio.ui.canvas.layers import Frame
from studio.ui.canvas.scene import NewShape
from studio.ui.canvas.tools.background import Background
from studio.ui.canvas.tools.tool import Tool
from studio.vision.assist import Region

if TYPE_CHECKING:
    from studio.ui.canvas.canvas import Canvas

Change = Callable[[Geometry], Geometry | None]
"""What becomes of a geometry; None where nothing is left of it."""


class AssistedTool(Tool):
    """A tool that works on the picture's pixels, off the window's thread.

    What is found belongs to the image and the class that were there when it was asked for, even
    if the window shows another image by the time that it comes.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.background = Background(canvas)

    def close(self) -> None:
        """Finish what was accepted; nothing else is wanted."""
        self.background.close()

    def is_paintable(self, shape: Shape) -> bool:
        """Whether a shape has pixels that can be changed."""
        is_filled = isinstance(shape.geometry, Mask | Polygon)
        return is_filled and not shape.locked and self.scene.is_visible(shape)

    def paintable(self) -> Iterator[Shape]:
        """The selected shapes whose pixels can be changed."""
        return (shape for shape in self.scene.selected() if self.is_paintable(shape))

    # Making edits -----------------------------------------------------------------------------

    def add(self, find: Callable[[], Mask | None], label: Label | None) -> None:
        """Add a shape with the mask that ``find`` returns, if it does; None asks for its class."""
        image = self.scene.image
        if image:
            self.background.run(find, partial(self._add, image.id, label))

    def _add(self, image_id: int, label: Label | None, mask: Mask | None) -> None:
        if mask is not None:
            made = self.scene.offer(NewShape(image_id, Title.PAINT_MASK, mask), label)
            if made and image_id == self.document.image_id and self.keeps_selection:
                self.document.select([made])
        self.settled()

    def change(self, title: Title, shape: Shape, change: Change) -> None:
        """Give a shape the geometry that ``change`` makes of its own."""
        take = partial(self._change, title, shape, change)
        self.background.run(partial(change, shape.geometry), take)

    def _change(self, title: Title, shape: Shape, change: Change, after: Geometry | None) -> None:
        stored = self.document.reader.shape(shape.id)
        if stored and stored.geometry != shape.geometry:
            self.change(title, stored, change)  # it was changed meanwhile: once more, with that
            return
        if stored and not stored.locked:
            edit = actions.set_geometry(title, stored, after)
            status = self.document.reader.status(stored.image_id)
            if self.document.apply(actions.begun(edit, status, shapes=True)):
                self.say_loss(stored.geometry, after)
        self.settled()

    def settled(self) -> None:
        """What was found has become an edit, or nothing: show it no more."""

    # Drawing ----------------------------------------------------------------------------------

    def paint_region(self, painter: QPainter, frame: Frame, region: Region, color: QColor) -> None:
        """What was found, as it would look as a mask."""
        crop, origin = region.crop, (region.column, region.row)
        to_image = QTransform(crop.side, 0, 0, crop.side, crop.x, crop.y)
        to_widget = to_image * frame.to_widget
        painting.paint_bitmap(painter, region.bitmap, origin, color, to_widget, painting.IN_HAND)

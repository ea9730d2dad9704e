"""Where an image lies in a widget: zoom and pan as plain arithmetic.

Two frames meet here. *Image*: pixels of the upright image. *Widget*: logical pixels of the
widget, origin at its top left. ``widget = image * scale + (left, top)``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.domain.shapes import Box, Point

MAX_SCALE = 64.0
"""One image pixel is never shown larger than this, in widget pixels."""

MIN_IMAGE_PX = 16.0
"""The longest side of the image is never shown smaller than this, in widget pixels."""

CLOSEST_PX = 64.0
"""A close-up of something tiny shows this much of the image around it."""

KEPT_IN_VIEW_PX = 48.0
"""However far it is panned, this much of the image stays in the widget."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """An image of ``image_width`` x ``image_height`` px in a widget of ``width`` x ``height``.

    ``scale`` is widget pixels per image pixel; ``left``, ``top`` is where the image's origin
    lies in the widget.
    """

    width: float
    height: float
    image_width: int
    image_height: int
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    # Frames -----------------------------------------------------------------------------------

    def to_widget(self, point: Point) -> Point:
        """Where an image point is in the widget."""
        return (point[0] * self.scale + self.left, point[1] * self.scale + self.top)

    def to_image(self, point: Point) -> Point:
        """The image point under a widget point; may lie outside the image."""
        return ((point[0] - self.left) / self.scale, (point[1] - self.top) / self.scale)

    def box_to_widget(self, box: Box) -> Box:
        """Where an image box is in the widget."""
        return Box(*self.to_widget((box.x0, box.y0)), *self.to_widget((box.x1, box.y1)))

    def visible(self) -> Box:
        """The part of the image that the widget shows, in image pixels; may be empty."""
        x0, y0 = self.to_image((0.0, 0.0))
        x1, y1 = self.to_image((self.width, self.height))
        x0, y0 = max(x0, 0.0), max(y0, 0.0)
        return Box(x0, y0, max(x0, min(x1, self.image_width)), max(y0, min(y1, self.image_height)))

    # Moves ------------------------------------------------------------------------------------

    def fitted(self, margin: float = 0.0) -> Viewport:
        """The whole image, centred, with ``margin`` widget pixels around it."""
        scale = min(
            max(self.width - 2 * margin, 1.0) / max(self.image_width, 1),
            max(self.height - 2 * margin, 1.0) / max(self.image_height, 1),
        )
        return replace(self, scale=self._limited(scale))._centred()

    def zoomed_to(self, scale: float, about: Point) -> Viewport:
        """At ``scale``, with the image point under widget point ``about`` staying there."""
        scale = self._limited(scale)
        x, y = self.to_image(about)
        return replace(
            self, scale=scale, left=about[0] - x * scale, top=about[1] - y * scale
        ).clamped()

    def zoomed(self, factor: float, about: Point) -> Viewport:
        """Magnified by ``factor`` about widget point ``about``."""
        return self.zoomed_to(self.scale * factor, about)

    def panned(self, dx: float, dy: float) -> Viewport:
        """Moved by ``(dx, dy)`` widget pixels, as far as some of the image stays in view."""
        return replace(self, left=self.left + dx, top=self.top + dy).clamped()

    def resized(self, width: float, height: float) -> Viewport:
        """In a widget of another size, with the same image point in its centre."""
        return replace(
            self,
            width=width,
            height=height,
            left=self.left + (width - self.width) / 2,
            top=self.top + (height - self.height) / 2,
        ).clamped()

    def showing(self, box: Box, margin: float) -> Viewport:
        """Moved as little as needed to have image ``box`` in view; the scale stays."""
        shown = self.box_to_widget(box)
        dx = _shift(shown.x0, shown.x1, margin, self.width - margin)
        dy = _shift(shown.y0, shown.y1, margin, self.height - margin)
        return self.panned(dx, dy) if dx or dy else self

    def close_up(self, box: Box, share: float) -> Viewport:
        """Magnified until image ``box`` takes up ``share`` of the widget, with it in the centre;
        ``CLOSEST_PX`` of the image can be seen all the same."""
        width, height = max(box.width, CLOSEST_PX * share), max(box.height, CLOSEST_PX * share)
        scale = self._limited(share * min(self.width / width, self.height / height))
        x, y = (box.x0 + box.x1) / 2 * scale, (box.y0 + box.y1) / 2 * scale
        at = replace(self, scale=scale, left=self.width / 2 - x, top=self.height / 2 - y)
        return at.clamped()

    def clamped(self) -> Viewport:
        """Moved back until ``KEPT_IN_VIEW_PX`` of the image (or all of it) can be seen."""
        return replace(
            self,
            left=_kept(self.left, self.image_width * self.scale, self.width),
            top=_kept(self.top, self.image_height * self.scale, self.height),
        )

    def _centred(self) -> Viewport:
        return replace(
            self,
            left=(self.width - self.image_width * self.scale) / 2,
            top=(self.height - self.image_height * self.scale) / 2,
        )

    def _limited(self, scale: float) -> float:
        smallest = MIN_IMAGE_PX / max(self.image_width, self.image_height, 1)
        return min(max(scale, min(smallest, MAX_SCALE)), MAX_SCALE)


def _kept(start: float, length: float, room: float) -> float:
    kept = min(KEPT_IN_VIEW_PX, length, room)
    return min(max(start, kept - length), room - kept)


def _shift(start: float, end: float, low: float, high: float) -> float:
    if end - start > high - low or (start >= low and end <= high):
        return 0.0 if start < high and end > low else (low + high - start - end) / 2
    return low - start if start < low else high - end

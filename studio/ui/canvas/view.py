"""How the canvas looks at its image: zoom and pan, remembered for each image."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from studio.domain.shapes import Box, Point
from studio.domain.viewport import Viewport

ZOOM_STEP = 1.25
FIT_MARGIN_PX = 16.0
CLOSE_UP_SHARE = 0.5
VIEWS_KEPT = 64


class View(QObject):
    """The viewport of the image that is shown.

    ``fits`` is true while the whole image is shown, which it then still is after a resize.

    Signals:
        changed(): zoomed, panned or resized.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport(1, 1, 1, 1)
        self.ratio = 1.0
        self.fits = True
        self._key = 0
        self._kept: dict[int, Viewport] = {}

    def show(self, key: int, width: int, height: int) -> None:
        """Look at image ``key`` as before, or at the whole of it the first time."""
        self._remember()
        self._key = key
        widget = (self.viewport.width, self.viewport.height)
        known = self._kept.get(key)
        if known and (known.image_width, known.image_height) == (width, height):
            self.set(known.resized(*widget))
        else:
            self.set(Viewport(*widget, width, height).fitted(FIT_MARGIN_PX), fits=True)

    def _remember(self) -> None:
        self._kept.pop(self._key, None)
        if not self.fits:
            self._kept[self._key] = self.viewport
        if len(self._kept) > VIEWS_KEPT:
            self._kept.pop(next(iter(self._kept)))

    def set(self, viewport: Viewport, *, fits: bool = False) -> None:
        """Look in another way. The image's origin is kept on a whole device pixel, so that
        panning moves what is painted already by whole pixels."""
        self.fits = fits
        self.viewport = replace(
            viewport,
            left=round(viewport.left * self.ratio) / self.ratio,
            top=round(viewport.top * self.ratio) / self.ratio,
        )
        self.changed.emit()

    def resize(self, width: float, height: float, ratio: float) -> None:
        """The widget has another size, or more device pixels in a logical one."""
        self.ratio = ratio
        viewport = self.viewport.resized(max(width, 1.0), max(height, 1.0))
        self.set(viewport.fitted(FIT_MARGIN_PX) if self.fits else viewport, fits=self.fits)

    def fit(self) -> None:
        """Show the whole image."""
        self.set(self.viewport.fitted(FIT_MARGIN_PX), fits=True)

    def actual_size(self, about: Point) -> None:
        """Show one image pixel on each device pixel."""
        self.set(self.viewport.zoomed_to(1 / self.ratio, about))

    def zoom(self, steps: float, about: Point) -> None:
        """Magnify by steps of a quarter about a widget point."""
        self.set(self.viewport.zoomed(ZOOM_STEP**steps, about))

    def close_up(self, box: Box) -> None:
        """Magnify until ``box`` (image pixels) takes up a good part of the widget."""
        self.set(self.viewport.close_up(box, CLOSE_UP_SHARE))

    def show_box(self, box: Box) -> None:
        """Pan as far as needed to have ``box`` (image pixels) in view."""
        self.set(self.viewport.showing(box, 24.0), fits=self.fits)

"""Which picture the canvas shows: asked for by image, decoded elsewhere, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from studio.domain.project import Image
from studio.errors import ImageProblem
from studio.ui.canvas.layers import PictureLayer
from studio.ui.canvas.picture import Picture, PictureLoader, Source
from studio.ui.document import Document
from studio.ui.messages import sentence
from studio.vision.images import mapping_of


class Showing(QObject):
    """Fetches the shown image's picture for ``layer``, and its neighbours' ahead of time.

    ``problem`` is the sentence that says why there is no picture, or "". ``neighbours`` gives
    the ids of the images that are likely to be shown next, the likeliest first.

    Signals:
        changed(): a picture (reduced or whole) has come, or the problem is known.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer = PictureLayer()
        self.problem = ""
        self.picture: Picture | None = None
        self.neighbours: Callable[[int], Sequence[int]] = lambda image_id: ()
        self._document = document
        self._source: Source | None = None
        self._loader = PictureLoader(self)
        self._loader.arrived.connect(self._take)

    @property
    def shows_whole(self) -> bool:
        """Whether the picture is there in full, not only reduced or on its way."""
        return self.picture is not None and self.picture.whole

    def close(self) -> None:
        """Wait for a decode under way; no picture will come any more."""
        self._loader.close()

    def show(self, image: Image | None) -> None:
        """Show another image, or none."""
        self._source, self.picture = None, None
        self.problem = image.problem if image else ""
        self.layer.show(None)
        self.fetch(image)

    def fetch(self, image: Image | None) -> None:
        """Have the picture decoded if need be, and then its neighbours; what is shown stays."""
        if image is None or image.problem:
            return
        reader = self._document.reader
        ids = [image.id, *(each for each in self.neighbours(image.id) if each != image.id)]
        images = reader.images(ids)
        mapping = mapping_of(reader.settings())
        sources = [
            Source(reader.path_of(images[i]), images[i].mtime_ns, mapping)
            for i in ids
            if not images[i].problem
        ]
        self._source = sources[0]
        self._loader.show(sources[0], image.width * image.height, sources[1:])

    def _take(self, source: Source, result: Picture | ImageProblem) -> None:
        if source != self._source:
            return
        self.picture = None if isinstance(result, ImageProblem) else result
        self.problem = sentence(result) if isinstance(result, ImageProblem) else ""
        self.layer.show(self.picture)
        self.changed.emit()

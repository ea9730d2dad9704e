"""Copy, cut and paste shapes, also between projects; copy the previous image's shapes once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from studio.domain.edits import Edit
from studio.domain.shapes import Geometry, Shape
from studio.editing import actions, copying
from studio.ui.canvas.canvas import Canvas
from studio.ui.label.film_strip import FilmStrip
from studio.ui.label.verbs import DUPLICATE_OFFSET_PX

MIME = "application/x-vision-studio-shapes+json"


class Clipboard(QObject):
    """The actions that make copies; the status line says how many there are."""

    def __init__(self, canvas: Canvas, film: FilmStrip) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = canvas.document
        self._scene = canvas.scene
        self._images = film.images

    def calls(self) -> dict[str, Callable[[], object]]:
        """The actions by name."""
        return {
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "copy_previous": self.copy_previous,
        }

    def copy(self) -> None:
        """Put the selected shapes onto the clipboard; without any, it keeps what it has."""
        shapes = self._scene.selected()
        if shapes:
            self._keep(shapes)
            self._say(self.tr("%n shape(s) copied", "", len(shapes)))

    def cut(self) -> None:
        """Put the selected shapes onto the clipboard and delete them; locked ones stay."""
        shapes = self._scene.changeable()
        if shapes:
            self._keep(shapes)
            self._document.apply(self._scene.begun(actions.delete_shapes(shapes)))
            self._say(self.tr("%n shape(s) cut", "", len(shapes)))

    def _keep(self, shapes: Iterable[Shape]) -> None:
        data = QMimeData()
        text = copying.to_text(shapes, self._scene.labels.values())
        data.setData(MIME, text.encode())
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Put what is on the clipboard onto this image and select it."""
        place = self._place()
        data = QGuiApplication.clipboard().mimeData()
        text = bytes(data.data(MIME).data()).decode(errors="replace") if data else ""
        copied = copying.from_text(text)
        if place is None:
            return
        if not copied:
            self._say(self.tr("There are no shapes on the clipboard."))
            return
        ids = self._document.reserve_ids("shape", len(copied))
        offset = max(1.0, DUPLICATE_OFFSET_PX / self._canvas.viewport.scale)
        edit = copying.paste(copied, place, self._document.reader.labels(), ids, offset)
        made = self._put(edit)
        pasted = ""
        if made:
            self._canvas.use("select")
            self._document.select(made)
            pasted = self.tr("%n shape(s) pasted", "", len(made))
        self._say(pasted, self._beyond((each.geometry for each in copied), place))

    def copy_previous(self) -> None:
        """Copy the shapes of the image before this one; nothing follows to the next image."""
        place = self._place()
        row = self._images.row_of(self._document.image_id)
        if place is None or row < 0:
            return
        if row == 0:
            self._say(self.tr("There is no image before this one."))
            return
        previous = self._document.reader.image(self._images.ids[row - 1])
        name = PurePosixPath(previous.path).name
        shapes = self._document.reader.shapes(previous.id)
        ids = self._document.reserve_ids("shape", len(shapes))
        made = self._put(copying.copy_previous(shapes, place, ids))
        if made and self._canvas.tool.keeps_selection:
            self._document.select(made)
        beyond = self._beyond((shape.geometry for shape in shapes), place)
        if made:
            copied = self.tr("%n shape(s) copied from {name}", "", len(made)).format(name=name)
            self._say(copied, beyond)
        elif shapes:
            here = self.tr("The shapes of {name} are here already.").format(name=name)
            self._say(beyond or here)
        else:
            self._say(self.tr("There are no shapes on {name}.").format(name=name))

    def _beyond(self, geometries: Iterable[Geometry], place: copying.Place) -> str:
        """Says how many shapes of a larger image cannot be on this one; "" for none."""
        fitted = (copying.fitted(each, place.width, place.height) for each in geometries)
        count = sum(geometry is None for geometry in fitted)
        return self.tr("%n shape(s) left out: they lie beyond this image", "", count) * bool(count)

    def _place(self) -> copying.Place | None:
        """This image, if one can draw on it."""
        if not (self._scene.image and self._canvas.can_draw):
            return None
        return copying.Place(self._scene.image.id, *self._scene.size, self._scene.shapes)

    def _put(self, edit: Edit) -> list[int]:
        """Do an edit that adds shapes; the ids of these, none where it was refused."""
        if edit:
            self._scene.reveal()
        made = [change.after.id for change in edit.changes if isinstance(change.after, Shape)]
        return made if self._document.apply(self._scene.begun(edit)) else []

    def _say(self, *texts: str) -> None:
        said = " · ".join(filter(None, texts))
        if said:
            self._canvas.say(said)

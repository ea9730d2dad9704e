"""What can be done with many images at once: one edit each, and a sentence with their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from studio.domain.edits import Edit, Title
from studio.domain.labels import Label, Tag
from studio.domain.project import ImageStatus, Split, State
from studio.editing import actions as verbs
from studio.storage import search
from studio.ui.document import Document
from studio.ui.images.note_dialog import noted
from studio.ui.widgets.swatch import swatch
from studio.ui.wording import names

NEEDS_SELECTION = (
    "images.done", "images.reopen", "images.skip", "images.tag", "images.note", "images.train",
    "images.val", "images.test", "images.auto_split", "images.remove",
)  # fmt: skip


class Bulk(QObject):
    """Verbs for the selected images.

    Signals:
        said(str): what was done, to how many images.
    """

    said = Signal(str)

    def __init__(
        self, document: Document, selected: Callable[[], list[int]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._selected = selected
        self._widget = parent

    def calls(self) -> Mapping[str, Callable[[], object]]:
        """What the actions for selected images do."""
        return {
            "images.done": lambda: self.mark(State.DONE),
            "images.reopen": lambda: self.mark(State.NEW),
            "images.skip": lambda: self.mark(State.SKIPPED),
            "images.note": self.write_note,
            "images.train": lambda: self.assign(Split.TRAIN),
            "images.val": lambda: self.assign(Split.VAL),
            "images.test": lambda: self.assign(Split.TEST),
            "images.auto_split": lambda: self.assign(None),
            "images.remove": self.remove,
        }

    def mark(self, state: State) -> None:
        """Set the state of the kinds of labels that the project uses."""
        kinds = search.kinds_in_use(self._document.reader)
        edit = verbs.mark(self._statuses(), state, tags=kinds.tags, shapes=kinds.shapes)
        count = len(edit.changes)
        self._apply(
            edit,
            {
                State.NEW: self.tr("%n image(s) marked as new.", "", count),
                State.DONE: self.tr("%n image(s) marked as done.", "", count),
                State.SKIPPED: self.tr("%n image(s) skipped.", "", count),
            }[state],
        )

    def assign(self, split: Split | None) -> None:
        """Put the images into a split; None leaves it to the next training."""
        edit = verbs.assign_split(self._statuses(), split)
        count = len(edit.changes)
        self._apply(
            edit,
            {
                Split.TRAIN: self.tr("%n image(s) put into training.", "", count),
                Split.VAL: self.tr("%n image(s) put into validation.", "", count),
                Split.TEST: self.tr("%n image(s) put into test.", "", count),
                None: self.tr("The split of %n image(s) is chosen automatically.", "", count),
            }[split],
        )

    def tag_with(self, label: Label) -> None:
        """Tag the images; where all of them have the tag already, take it away."""
        ids = self._selected()
        group = self._document.reader.tag_groups()[0]
        edit = verbs.tag_images(ids, group, label, self._document.reader.tags_of(ids))
        rows = (change.after or change.before for change in edit.changes)
        count = len({row.image_id for row in rows if isinstance(row, Tag)})
        text = (
            self.tr("{name} taken from %n image(s).", "", count)
            if edit.title is Title.UNTAG
            else self.tr("%n image(s) tagged as {name}.", "", count)
        )
        self._apply(edit, text.format(name=label.name))

    def remove(self) -> None:
        """Take the images out of the project; their files stay."""
        edit = verbs.remove_images(self._statuses())
        text = self.tr(
            "%n image(s) removed from the project; the files stay.", "", len(edit.changes)
        )
        self._apply(edit, text)

    def write_note(self) -> None:
        """Ask for a note, and write it on all of the images."""
        ids = self._selected()
        edit = noted(self._document, ids, self._widget) if ids else None
        if edit is not None:
            self._apply(edit, self.tr("Note changed on %n image(s).", "", len(edit.changes)))

    def fill_tags(self, menu: QMenu) -> None:
        """Offer every class as a tag; in the menu its digit chooses it."""
        menu.clear()
        for label in self._document.reader.labels():
            name = names.in_menu(label.name)
            action = QAction(
                swatch(label.color), f"&{label.key}  {name}" if label.key else name, menu
            )
            action.triggered.connect(lambda _=False, label=label: self.tag_with(label))
            menu.addAction(action)

    def _statuses(self) -> list[ImageStatus]:
        return list(self._document.reader.statuses(self._selected()).values())

    def _apply(self, edit: Edit, text: str) -> None:
        if not edit:
            self.said.emit(self.tr("Nothing to change."))
        elif self._document.apply(edit):
            self.said.emit(text)

"""What is done to whole classes: said beforehand what it touches, prepared off the window's thread.

A class may be used by a hundred thousand shapes. Counting them and reading them back as rows then
takes a thread of its own; where there are few, it is done at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.edits import Edit
from studio.domain.labels import Label
from studio.editing import actions, classes, saved_filters
from studio.editing.classes import LabelRows
from studio.storage import classes as used
from studio.storage.reader import LabelUsage, Reader
from studio.ui.document import Document
from studio.ui.label.classes.class_model import ClassListModel
from studio.ui.threads.work import Work
from studio.ui.wording import messages

T = TypeVar("T")

FEW_ROWS = 500
"""Up to so many tags and shapes are read on the window's thread."""


class ClassEdits(QObject):
    """Counts, merges and deletes classes.

    Signals:
        busy_changed(bool): an edit is being prepared on a thread, or no longer.
    """

    busy_changed = Signal(bool)

    def __init__(self, document: Document, model: ClassListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._window = parent
        self._works: list[Work] = []

    def close(self) -> None:
        """Wait for what is being read; nothing more is done."""
        for work in self._works:
            work.close()

    def count(self, labels: Sequence[Label], then: Callable[[LabelUsage], object]) -> None:
        """Call ``then`` with what uses any of ``labels``."""
        ids = [label.id for label in labels]
        self._read(labels, lambda reader: used.usage(reader, ids), then)

    def delete(self, label: Label) -> None:
        """Delete a class with all that uses it, once the user has heard how much that is."""
        self.count([label], lambda usage: self._ask_to_delete(label, usage))

    def _ask_to_delete(self, label: Label, usage: LabelUsage) -> None:
        if usage.images and not messages.ask(
            self._window,
            self.tr("Delete the class “{name}”?").format(name=label.name),
            self.tr("{what} will be deleted with it. Undo brings it all back.").format(
                what=amount(usage)
            ),
            self.tr("Delete"),
        ):
            return
        self._read(
            [label],
            lambda reader: actions.delete_label(label, *reader.rows_of_label(label.id)),
            self._document.apply,
        )

    def merge(self, labels: Sequence[Label], into: Label) -> None:
        """Make ``labels`` one class with ``into``, in one edit."""

        def prepare(reader: Reader) -> Edit:
            rows = [LabelRows(*reader.rows_of_label(label.id)) for label in labels]
            standing = LabelRows(*reader.rows_of_label(into.id))
            edit = classes.merge(labels, into, rows, standing)
            names = {label.name: into.name for label in labels}
            return saved_filters.following(edit, reader.settings(), names)

        self._read([*labels, into], prepare, lambda edit: self._finish_merge(edit, into))

    def _finish_merge(self, edit: Edit, into: Label) -> None:
        if self._document.apply(edit):
            self._document.choose_label(into.id)

    def _read(
        self, labels: Sequence[Label], read: Callable[[Reader], T], then: Callable[[T], object]
    ) -> None:
        """Call ``then`` with what ``read`` returns, now if ``labels`` are used little."""
        usages = [self._model.usage(label.id) for label in labels]
        rows = sum(usage.tags + usage.shapes for usage in usages)
        if self._model.is_counted and rows <= FEW_ROWS:
            then(read(self._document.reader))
            return
        project = self._document.project

        def task(_: Callable[[], bool]) -> Generator[None, None, T]:
            yield
            with Reader.open(project) as reader:
                return read(reader)

        work = Work(task, self)
        self._works.append(work)
        work.succeeded.connect(lambda result: self._end(work, lambda: then(result)))
        work.failed.connect(
            lambda error: self._end(work, lambda: self._document.failed.emit(error))
        )
        self.busy_changed.emit(True)
        work.start()

    def _end(self, work: Work, then: Callable[[], object]) -> None:
        self._works.remove(work)
        self.busy_changed.emit(bool(self._works))
        then()


def amount(usage: LabelUsage) -> str:
    """How much uses a class, for example "312 shapes and 4 tags on 57 images"."""
    counted = {
        "shapes": QCoreApplication.translate("ClassesPanel", "%n shape(s)", "", usage.shapes),
        "tags": QCoreApplication.translate("ClassesPanel", "%n tag(s)", "", usage.tags),
        "images": QCoreApplication.translate("ClassesPanel", "%n image(s)", "", usage.images),
    }
    if not usage.tags:
        text = QCoreApplication.translate("ClassesPanel", "{shapes} on {images}")
    elif not usage.shapes:
        text = QCoreApplication.translate("ClassesPanel", "{tags} on {images}")
    else:
        text = QCoreApplication.translate("ClassesPanel", "{shapes} and {tags} on {images}")
    return text.format_map(counted)

"""The open project as the window sees it: one signal for what changed, one place for the focus.

Views read through ``document.reader`` and write through ``document.apply``; after every write
``changed`` says what was touched, and each view reloads only what concerns it. Which image is
shown, which class is current and which shapes are selected are focus, not edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.domain.edits import Edit
from studio.domain.facts import Fact
from studio.domain.labels import Label
from studio.domain.project import Changes
from studio.domain.shapes import Shape
from studio.editing.session import Session
from studio.errors import EditConflict, StudioError
from studio.storage import history
from studio.ui.threads.hand_over import to_window

LARGE_EDIT_ROWS = 500
"""An edit of more rows is written on the store's own thread, with ``busy_changed`` around it."""


class Document(QObject):
    """One open project.

    Signals:
        changed(Changes): something was written; also after undo, redo and recorded facts.
        image_shown(int): another image has the focus (0 for none).
        label_chosen(str): another class is current ("" for none).
        selection_changed(): other shapes are selected.
        went_to(Edit, str, int): an undo or redo (second argument) led to another image.
        went_back(): an undo or redo was carried out.
        shapes_returned(frozenset[int]): an undo brought deleted shapes back; these and the others
            of its edit, all on the shown image.
        busy_changed(bool): a large edit began or ended; editing is refused meanwhile.
        failed(StudioError): an edit was refused.
        closing(): the project is about to be given up; whoever reads it on a thread stops.
    """

    changed = Signal(object)
    image_shown = Signal(int)
    label_chosen = Signal(str)
    selection_changed = Signal()
    went_to = Signal(object, str, int)
    went_back = Signal()
    shapes_returned = Signal(object)
    busy_changed = Signal(bool)
    failed = Signal(object)
    closing = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.reader = session.reader
        self.image_id = 0
        self.label_id = ""
        self.selection: frozenset[int] = frozenset()
        self.busy = False
        self._closed = False
        self._indexing_trouble = ""
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")

    @property
    def project(self) -> Path:
        """The project's folder."""
        return self.session.project

    def close(self) -> None:
        """Wait for a write under way and give the project up; nothing is told any more."""
        self._closed = True
        self.closing.emit()
        self._writer.shutdown(wait=True)
        self.session.close()

    # Writing -------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> bool:
        """Do an edit; False where it was refused (``failed`` says why) or empty."""
        if not edit:
            return False
        return self._write(lambda: (edit, self.session.apply(edit)), len(edit.changes))

    def apply_made(
        self,
        make: Callable[[], Edit],
        *,
        slow: bool = False,
        then: Callable[[Edit], object] = lambda _: None,
    ) -> bool:
        """Do the edit that ``make`` works out, or say with ``failed`` why it refuses.

        Where that is ``slow`` it happens on the store's own thread, with ``busy_changed`` around
        it, and ``make`` must not use the reader. Once the edit is written, ``then`` is called with
        it.
        """

        def write() -> tuple[Edit, Changes] | None:
            edit = make()
            return (edit, self.session.apply(edit)) if edit else None

        return self._write(write, LARGE_EDIT_ROWS + 1 if slow else 0, then=then)

    def undo(self) -> bool:
        """Take back the newest edit, going to the image it changed."""
        return self._write(self.session.undo, self.session.store.undo_rows(), "undo")

    def redo(self) -> bool:
        """Do the newest undone edit again, going to the image it changed."""
        return self._write(self.session.redo, self.session.store.redo_rows(), "redo")

    def record(self, *facts: Fact) -> Changes:
        """Write what the machine found and tell the views; what that touched is returned.

        While a large edit is written, this comes after it, and nothing is returned yet.
        """
        if self.busy:
            recorded = self._writer.submit(self.session.record, *facts)
            recorded.add_done_callback(to_window(self, self._finish_recording))
            return Changes()
        changes = self.session.record(*facts)
        self.announce(changes)
        return changes

    def index_runs(self, then: Callable[[], object] = lambda: None) -> None:
        """Take note of what has become of the runs on disk, on the store's own thread.

        The views are told, and then ``then`` is called. What keeps failing is said but once.
        """
        if self._closed:
            return
        indexed = self._writer.submit(self.session.index_runs, lambda: self._closed)
        indexed.add_done_callback(to_window(self, partial(self._finish_indexing, then)))

    def announce(self, changes: Changes) -> None:
        """Tell the views of a write that was made through the session, on the window's thread."""
        if changes:
            self.changed.emit(changes)

    def reserve_ids(self, name: str, count: int = 1) -> range:
        """Ids for new rows; see ``Store.reserve_ids``."""
        return self.session.store.reserve_ids(name, count)

    def _write(
        self,
        write: Callable[[], tuple[Edit, Changes] | None],
        rows: int,
        direction: str = "",
        then: Callable[[Edit], object] = lambda _: None,
    ) -> bool:
        if self.busy:
            self.failed.emit(
                EditConflict("The last change is still being written; try again in a moment.")
            )
            return False
        if rows > LARGE_EDIT_ROWS:
            self.busy = True
            self.busy_changed.emit(True)
            finish = partial(self._finish_large_edit, direction, then)
            self._writer.submit(write).add_done_callback(to_window(self, finish))
            return True
        try:
            done = write()
        except StudioError as error:
            self.failed.emit(error)
            return False
        return self._tell(done, direction, then)

    def _finish_large_edit(
        self,
        direction: str,
        then: Callable[[Edit], object],
        future: Future[tuple[Edit, Changes] | None],
    ) -> None:
        if self._closed:
            return
        self.busy = False
        self.busy_changed.emit(False)
        try:
            self._tell(future.result(), direction, then)
        except StudioError as error:
            self.failed.emit(error)

    def _finish_recording(self, future: Future[Changes]) -> None:
        if self._closed:
            return
        try:
            self.announce(future.result())
        except StudioError as error:
            self.failed.emit(error)

    def _finish_indexing(self, then: Callable[[], object], future: Future[Changes]) -> None:
        if self._closed:
            return
        trouble = ""
        try:
            self.announce(future.result())
        except StudioError as error:
            trouble = str(error)
            if trouble != self._indexing_trouble:
                self.failed.emit(error)
        self._indexing_trouble = trouble
        then()

    def _tell(
        self,
        done: tuple[Edit, Changes] | None,
        direction: str,
        then: Callable[[Edit], object],
    ) -> bool:
        if done is None:
            return False
        edit, changes = done
        self.changed.emit(changes)
        then(edit)
        if direction:
            self.went_back.emit()
        touched = changes.images | changes.proposals
        if direction and len(touched) == 1 and self.image_id not in touched:
            (image_id,) = touched
            if not self.reader.status(image_id).removed:  # which a redo may just have done
                self.show_image(image_id)
                self.went_to.emit(edit, direction, image_id)
        if direction == "undo" and touched == {self.image_id}:
            shapes = [each.before for each in edit.changes if isinstance(each.before, Shape)]
            if any(isinstance(e.before, Shape) and e.after is None for e in edit.changes):
                self.shapes_returned.emit(frozenset(shape.id for shape in shapes))
        return True

    # What undo would do --------------------------------------------------------------------

    def undo_title(self) -> str:
        """English title of the edit that undo takes back, or ""."""
        return str(self.session.store.undo_title() or "")

    def redo_title(self) -> str:
        """English title of the edit that redo does again, or ""."""
        return str(self.session.store.redo_title() or "")

    def history(self, limit: int = 200) -> list[history.Entry]:
        """The newest entries of the log, newest first."""
        return self.session.store.history(limit)

    # Focus ---------------------------------------------------------------------------------

    def show_image(self, image_id: int) -> None:
        """Give an image the focus."""
        if image_id != self.image_id:
            self.select(())
            self.image_id = image_id
            self.image_shown.emit(image_id)

    def choose_label(self, label_id: str) -> None:
        """Make a class the current one."""
        if label_id != self.label_id:
            self.label_id = label_id
            self.label_chosen.emit(label_id)

    def current_label(self) -> Label | None:
        """The current class, if it (still) exists."""
        return next((each for each in self.reader.labels() if each.id == self.label_id), None)

    def select(self, shape_ids: Iterable[int]) -> None:
        """Select shapes of the image that has the focus."""
        selection = frozenset(shape_ids)
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

"""The list of images behind the film strip and the grid: ids from SQL, rows read by the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel

from studio.domain.labels import Label
from studio.domain.project import Changes, Root
from studio.domain.query import Pattern, Word, parse
from studio.storage import search
from studio.storage.folder import root_path
from studio.storage.search import Query, Summary
from studio.ui.document import Document
from studio.ui.images.seeker import Seeker
from studio.ui.widgets.item_views import Index
from studio.ui.wording import messages

PAGE_ROWS = 256
PAGES_KEPT = 64
LARGE = 5_000
"""Up to about as many images are looked through before anyone could notice."""

MOST_REFRESHED = 64
"""Of more images what is known is forgotten, to be read again of those in view."""

MOST_RUNS = 64
"""A list that changes in more places than this is replaced as a whole."""


class ImageListModel(QStandardItemModel):
    """The images that ``query`` finds, kept in step with the document.

    The base class only counts the rows (it has no items): a view that lays out 50,000 rows asks
    for as many indexes, and in C++ that takes milliseconds, also while another thread of Python
    is busy. ``QStringListModel`` would put 10,000 rows in a hundred times as slowly.

    ``IdRole`` gives the image's id, ``SummaryRole`` a ``Summary``, ``PathRole`` the absolute path
    of its file as a ``Path``.

    Signals:
        replacing(): all rows are about to be replaced; the ids are still those of before.
        settled(): what was looked for on a thread is in the list now.
        slow_changed(bool): a search takes its time; or no longer.
    """

    replacing = Signal()
    settled = Signal()
    slow_changed = Signal(bool)

    IdRole = Qt.ItemDataRole.UserRole
    SummaryRole = Qt.ItemDataRole.UserRole + 1
    PathRole = Qt.ItemDataRole.UserRole + 2

    def __init__(self, document: Document, query: Query | None = None) -> None:
        super().__init__(0, 1, document)
        self._document = document
        self._query = query or Query()
        self._ids: list[int] = []
        self._array = np.zeros(0, dtype=np.int64)  # the same
        self._pages: dict[int, dict[int, Summary]] = {}
        self._folders: dict[int, Path] = {}
        self._labels = {label.id: label for label in document.reader.labels()}
        self._finder = search.Finder(document.reader)
        self._changing = False
        self._seeker = Seeker(document, self)
        self._seeker.found.connect(self._settle)
        self._seeker.slow_changed.connect(self.slow_changed)
        self.reload()
        document.changed.connect(self._follow)

    # What is in it -------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What is looked for."""
        return self._query

    @property
    def ids(self) -> Sequence[int]:
        """Ids of all images of the list, in its order."""
        return self._ids

    @property
    def searching(self) -> bool:
        """Whether the list is still that of before: what is looked for is yet to come."""
        return self._seeker.searching

    @property
    def changing(self) -> bool:
        """Whether rows come or go at this moment: a selection that changes is not the user's."""
        return self._changing

    def set_query(self, query: Query) -> None:
        """Show other images, or the same in another order."""
        if query != self._query:
            self._query = query
            self.reload()

    def row_of(self, image_id: int) -> int:
        """The row of an image, -1 where it is not in the list."""
        # A dictionary of them all would take a hundred times as long to make.
        found = np.flatnonzero(self._array == image_id)
        return int(found[0]) if len(found) else -1

    def summary(self, row: int) -> Summary:
        """What is known of the image in a row."""
        page = row // PAGE_ROWS
        if page not in self._pages:
            ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
            while len(self._pages) >= PAGES_KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = search.summaries(self._document.reader, ids)
        return self._pages[page][self._ids[row]]

    def path(self, row: int) -> Path:
        """Where the file of a row is, absolute."""
        summary = self.summary(row)
        if summary.root_id not in self._folders:
            self._folders = {root.id: self._folder(root) for root in self._document.reader.roots()}
        return self._folders[summary.root_id] / summary.path

    def label(self, label_id: str) -> Label | None:
        """The class with this id, if it exists."""
        return self._labels.get(label_id)

    def _folder(self, root: Root) -> Path:
        return root_path(self._document.project, root)

    # Qt's side -----------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One fact about one image; see the roles of this class."""
        row = index.row()
        if not 0 <= row < len(self._ids):
            return None
        match role:
            case self.IdRole:
                return self._ids[row]
            case self.SummaryRole:
                return self.summary(row)
            case self.PathRole:
                return self.path(row)
            case Qt.ItemDataRole.DisplayRole:
                return self.summary(row).path.rpartition("/")[2]
            case Qt.ItemDataRole.ToolTipRole:
                summary = self.summary(row)
                problem = messages.problem(summary.problem)
                return "\n".join(filter(None, (summary.path, problem, summary.note)))
            case _:
                return None

    # Following the document ----------------------------------------------------------------

    def reload(self) -> None:
        """Ask again which images there are: in a large project on a thread."""
        self._pages.clear()
        if search.largest_id(self._document.reader) > LARGE:
            self._tell_rows(0, len(self._ids) - 1)
            self._seeker.seek(self._query)
        else:
            self._show(self._finder.find(self._query))

    def find_now(self) -> None:
        """Have the images at once, however many there are."""
        self._seeker.drop()
        self._show(self._finder.find(self._query))

    def _settle(self, ids: list[int]) -> None:
        self._show(ids)
        self.settled.emit()

    def _show(self, new: list[int]) -> None:
        """Bring the rows in line; those that stay are not disturbed."""
        self._changing = True
        if new == self._ids:
            self._tell_rows(0, len(new) - 1)
        elif not self._splice(new):
            self._replace(new)
        self._changing = False

    def _follow(self, changes: Changes) -> None:
        if changes.labels:
            self._labels = {label.id: label for label in self._document.reader.labels()}
        if changes.image_list:
            self._folders.clear()
        touched = changes.images | changes.proposals
        content = touched or changes.runs or changes.labels
        if changes.image_list or (content and self._depends_on_content()):
            self.reload()
        elif changes.labels or len(touched) > MOST_REFRESHED:
            self._pages.clear()
            self._tell_rows(0, len(self._ids) - 1)
        else:
            for image_id in touched:
                self._refresh(image_id)

    def _refresh(self, image_id: int) -> None:
        row = self.row_of(image_id)
        if row < 0:
            return
        page = self._pages.get(row // PAGE_ROWS)
        if page is not None:
            page.update(search.summaries(self._document.reader, [image_id]))
        self._tell_rows(row, row)

    def _depends_on_content(self) -> bool:
        """Whether labels or predictions may move an image into the list, out of it or within."""
        terms = parse(self._query.text).terms
        return self._query.order in search.BY_CONTENT or any(
            not isinstance(term.condition, (Word, Pattern)) for term in terms
        )

    def _tell_rows(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _splice(self, new: list[int]) -> bool:
        """Take rows out and put rows in, where the others keep their order; False if too many."""
        old_ids, new_ids = self._array, np.array(new, dtype=np.int64)
        stays, known = np.isin(old_ids, new_ids), np.isin(new_ids, old_ids)
        if not np.array_equal(old_ids[stays], new_ids[known]):
            return False
        gone, come = _runs(~stays), _runs(~known)
        if len(gone) + len(come) > MOST_RUNS:
            return False
        for first, last in reversed(gone):
            rest = np.delete(self._array, slice(first, last + 1))
            self._set_ids(self._ids[:first] + self._ids[last + 1 :], rest)
            self.removeRows(first, last + 1 - first)
        for first, last in come:
            more = np.insert(self._array, first, new_ids[first : last + 1])
            self._set_ids(self._ids[:first] + new[first : last + 1] + self._ids[first:], more)
            self.insertRows(first, last + 1 - first)
        self._tell_rows(0, len(self._ids) - 1)
        return True

    def _replace(self, ids: list[int]) -> None:
        self.replacing.emit()
        self._set_ids(ids, np.array(ids, dtype=np.int64))
        self.beginResetModel()
        with QSignalBlocker(self):
            self.setRowCount(len(ids))
        self.endResetModel()

    def _set_ids(self, ids: list[int], array: NDArray[np.int64]) -> None:
        self._ids, self._array = ids, array
        self._pages.clear()


def _runs(marked: np.ndarray) -> list[tuple[int, int]]:
    """First and last index of each stretch of True in a 1-D array."""
    positions = np.flatnonzero(marked)
    if not len(positions):
        return []
    breaks = [0, *(np.flatnonzero(np.diff(positions) > 1) + 1).tolist(), len(positions)]
    return [(int(positions[a]), int(positions[b - 1])) for a, b in pairwise(breaks)]

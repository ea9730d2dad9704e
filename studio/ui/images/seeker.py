"""Searching a large project beside the window: on a thread, with a connection of its own.

The newest query wins: an older one that is still under way is broken off, and what it found is
dropped. The same query, asked again because the project has changed, waits its turn, so that a
list goes on growing while a folder is scanned.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from studio.errors import StudioError
from studio.storage.reader import Reader
from studio.storage.search import Finder, GivenUp, Query
from studio.ui.document import Document
from studio.ui.threads.hand_over import to_window

PATIENCE_MS = 150
"""A search that takes longer than this is told of."""

BETWEEN_S = 0.02
"""At the end a search that goes on is broken off again after so long."""


class Seeker(QObject):
    """Answers one query at a time.

    Signals:
        found(list): ids of what the newest query finds, in its order.
        slow_changed(bool): another query takes longer than one would not notice; or no longer.
    """

    found = Signal(object)
    slow_changed = Signal(bool)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._reader: Reader | None = None
        self._finder: Finder | None = None
        self._last: Future[list[int] | None] | None = None
        self._newest = self._begun = 0
        self._query: Query | None = None
        self._answered: Query | None = None
        self._searching = self._again = self._slow = self._closed = False
        self._patience = QTimer(self, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        document.closing.connect(self.close)

    @property
    def searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._searching

    def seek(self, query: Query) -> None:
        """Look for this, and for nothing that was asked before."""
        if self._closed:
            return
        if self._searching and query == self._query:
            self._again = True
            return
        self._supersede()
        self._query = query
        self._searching = True
        if query != self._answered and not self._patience.isActive():
            self._patience.start()
        asked = self._newest
        future = self._last = self._pool.submit(self._find, asked, query)
        future.add_done_callback(to_window(self, partial(self._finish, asked)))

    def drop(self) -> None:
        """Break off what is under way; no answer to it will come."""
        self._supersede()
        self._patience.stop()
        self._tell_slow(False)

    def close(self) -> None:
        """Break off what is under way; nothing more will come."""
        self._closed = True
        self._patience.stop()
        self._supersede()
        while self._last and not wait([self._last], BETWEEN_S).done:
            self._give_up_older()  # once more: the first time may have come between two statements
        self._pool.shutdown(wait=True)
        if self._reader is not None:
            self._reader.close()
            self._reader = self._finder = None

    def _supersede(self) -> None:
        self._newest += 1
        self._searching = self._again = False
        self._give_up_older()

    def _lose_patience(self) -> None:
        self._give_up_older()  # which the first time may have come between two statements
        self._tell_slow(True)

    def _give_up_older(self) -> None:
        if self._finder is not None and self._begun != self._newest:
            self._finder.give_up()

    def _finish(self, asked: int, future: Future[list[int] | None]) -> None:
        if asked != self._newest:
            return
        again, self._searching = self._again, False
        self._answered = self._query
        if again and self._query is not None:
            self.seek(self._query)
        self._patience.stop()
        self._tell_slow(False)
        try:
            self.found.emit(future.result())
        except StudioError as error:
            self._document.failed.emit(error)

    def _tell_slow(self, slow: bool) -> None:
        if slow != self._slow:
            self._slow = slow
            self.slow_changed.emit(slow)

    # On the thread -------------------------------------------------------------------------

    def _find(self, asked: int, query: Query) -> list[int] | None:
        self._begun = asked
        while asked == self._newest:
            if self._finder is None:
                self._reader = Reader.open(self._document.project)
                self._finder = Finder(self._reader)
            try:
                return self._finder.find(query)
            except GivenUp:
                continue  # unless it was meant for the one before
        return None

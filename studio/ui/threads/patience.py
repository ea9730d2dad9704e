"""Asking a disk something that it may never answer, as the network drive that has gone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QProgressDialog, QWidget

from studio.ui.threads.hand_over import to_window

T = TypeVar("T")

AT_ONCE_S = 1.0
"""What is answered this soon is answered before anything is painted."""


def _nothing(*_: object) -> None:
    """Where nobody wants to hear of it."""


class Patience(QObject):
    """Asks one thing at a time on a thread whose end nobody waits for.

    While the answer does not come, a dialog says so; there the user may give up.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._asked: Future[Any] | None = None
        self._then: Callable[[Future[Any]], object] = _nothing
        self._unwanted: Callable[[Any], object] = _nothing
        self._given_up: Callable[[], object] = _nothing
        self._progress: QProgressDialog | None = None

    def ask(
        self,
        question: Callable[[], T],
        then: Callable[[Future[T]], object],
        waiting: tuple[str, str],
        given_up: Callable[[], object] = _nothing,
        unwanted: Callable[[T], object] = _nothing,
    ) -> None:
        """Ask, and call ``then`` with the answer; ``waiting`` is the dialog's title and text.

        Where the user gives up, ``given_up`` is called, and ``unwanted``, on the other thread,
        with an answer that comes nevertheless. A question that nobody would miss is given up for
        the next one; while another waits, the next one is not asked.
        """
        if self._given_up is _nothing:
            self._give_up()
        if self._asked is not None:
            return
        asked: Future[T] = Future()
        self._asked, self._then = asked, then
        self._given_up, self._unwanted = given_up, unwanted
        tell = to_window(self, self._receive)
        Thread(target=_answer, args=(question, asked, tell), daemon=True).start()
        try:
            asked.exception(AT_ONCE_S)
        except TimeoutError:
            self._wait(*waiting)
        else:
            self._receive(asked)

    def close(self) -> None:
        """Give up what is asked; nothing follows any more."""
        self._given_up = _nothing
        self._give_up()

    def _wait(self, title: str, text: str) -> None:
        progress = self._progress = QProgressDialog(self._window)
        progress.setWindowTitle(title)
        progress.setLabelText(text)
        progress.setRange(0, 0)
        progress.setMinimumDuration(0)
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.canceled.connect(self._give_up)
        progress.setValue(0)  # else it would come after Qt's four seconds

    def _stop_waiting(self) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect(self._give_up)
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None

    @Slot()
    def _give_up(self) -> None:
        asked, self._asked = self._asked, None
        self._stop_waiting()
        if asked is not None:
            unwanted = self._unwanted
            asked.add_done_callback(lambda late: late.exception() or unwanted(late.result()))
            self._given_up()

    def _receive(self, answered: Future[Any]) -> None:
        if answered is self._asked:  # not told before, nor given up
            self._asked = None
            self._stop_waiting()
            self._then(answered)


def _answer(
    question: Callable[[], T], asked: Future[T], tell: Callable[[Future[Any]], None]
) -> None:
    try:
        asked.set_result(question())
    except BaseException as error:
        asked.set_exception(error)
    tell(asked)

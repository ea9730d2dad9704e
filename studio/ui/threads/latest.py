"""Asking for something again and again that takes more than a moment, when only the newest answer
matters."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.storage.reader import Reader
from studio.ui.threads.work import Work

BETWEEN_MS = 20
"""At the end, reading that goes on is broken off again after so long."""


class Latest(QObject):
    """Answers questions on a thread, one at a time.

    A question that comes while another one is being answered takes its place: the answer to the
    older one is dropped, and then the newer one has its turn. The same question, asked again
    because its answer may have changed, drops nothing, so that a view goes on growing while a
    folder is scanned.

    Signals:
        answered(object): what the newest question led to.
        failed(StudioError): the sentence it ended with.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        answer: Callable[..., object],
        parent: QObject | None = None,
        *,
        project: Path | None = None,
        pause_ms: int = 0,
    ) -> None:
        """``answer`` is called on a thread with what is asked, after a reader of ``project`` where
        one is given."""
        super().__init__(parent)
        self._answer = answer
        self._project = project
        self._reader: Reader | None = None
        self._work: Work | None = None
        self._newest: tuple[Any, ...] | None = None
        self._waiting = self._closed = False
        self._soon = QTimer(self, singleShot=True, interval=pause_ms)
        self._soon.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether an answer is to come."""
        return self._work is not None or self._soon.isActive()

    def ask(self, *question: object) -> None:
        """Answer this, now or right after the question before it."""
        self._newest = question
        self._soon.stop()
        self._begin()

    def ask_soon(self, *question: object) -> None:
        """Answer this after the pause, in which there may be more to ask."""
        self._newest = question
        self._soon.start()

    def drop(self) -> None:
        """Forget what was asked; no answer comes to it any more."""
        self._soon.stop()
        self._waiting, self._newest = False, None

    def close(self) -> None:
        """Break off what is being read; nothing is told any more, and nothing begun."""
        self._closed = True
        self._soon.stop()
        if self._work is not None:
            self._work.blockSignals(True)
            while not self._work.wait(BETWEEN_MS):
                if reader := self._reader:
                    reader.interrupt()  # once more: it may have come between two statements
            self._work.close()
            self._work = None

    def _begin(self) -> None:
        if self._closed:
            return
        if self._work is not None:
            self._waiting = True  # its end begins anew
            return
        self._waiting = False
        question = self._newest or ()

        def task(_: Callable[[], bool]) -> Generator[None, None, object]:
            yield from ()
            if self._project is None:
                return self._answer(*question)
            with Reader.open(self._project) as reader:
                self._reader = reader
                try:
                    return self._answer(reader, *question)
                finally:
                    self._reader = None

        self._work = Work(task, self)
        self._work.succeeded.connect(lambda answer: self._end(question, self.answered, answer))
        self._work.failed.connect(lambda error: self._end(question, self.failed, error))
        self._work.start()

    def _end(self, question: tuple[Any, ...], told: Any, outcome: object) -> None:
        self._work = None
        if question == self._newest:
            told.emit(outcome)
        if self._waiting and self._work is None:
            self._begin()

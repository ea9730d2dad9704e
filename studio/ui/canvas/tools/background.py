"""What a tool works out while the window goes on: on a thread of its own, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from studio.ui.threads.hand_over import to_window

T = TypeVar("T")


class Background:
    """One thread. The answers come on the window's, as long as ``owner`` lives.

    A *question* takes the place of the one before, whose answer nobody wants any more. An
    *errand* is run in any case, and what comes of it is taken even when the window closes.
    """

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="assist")
        self._question: Future[Any] | None = None
        self._drop: Callable[[], None] = lambda: None
        self._takes: dict[Future[Any], Callable[[Any], object]] = {}  # of the errands
        self._is_closed = False
        owner.destroyed.connect(partial(self._pool.shutdown, wait=False, cancel_futures=True))

    @property
    def is_asked(self) -> bool:
        """Whether the answer to a question is still to come."""
        return self._question is not None

    def ask(self, work: Callable[[Callable[[], bool]], T], take: Callable[[T], object]) -> None:
        """Have ``work`` done and ``take`` called with what it returns, unless something else is
        asked before; ``work`` is given a function that says whether that is so."""
        self.forget()
        if self._is_closed:
            return
        dropped: list[bool] = []
        self._drop = partial(dropped.append, True)
        answer = to_window(self._owner, partial(self._answer, take))
        self._question = self._submit(partial(work, lambda: bool(dropped)), answer)

    def _submit(self, work: Callable[[], T], done: Callable[[Future[T]], None]) -> Future[T]:
        """Have ``work`` done and then ``done`` called, but never before this has returned."""
        go = Event()

        def wait_and_work() -> T:
            go.wait()
            return work()

        future = self._pool.submit(wait_and_work)
        future.add_done_callback(done)
        go.set()
        return future

    def _answer(self, take: Callable[[T], object], future: Future[T]) -> None:
        if future is self._question:
            self._question = None
            take(future.result())

    def forget(self) -> None:
        """The answer is not wanted any more."""
        question, self._question = self._question, None
        if question:
            self._drop()
            question.cancel()

    def run(self, work: Callable[[], T], take: Callable[[T], object]) -> None:
        """Have ``work`` done, after what is under way, and ``take`` called with its result."""
        if self._is_closed:
            return
        deliver = to_window(self._owner, self._deliver)
        future = self._submit(work, deliver)
        self._takes[future] = take

    def _deliver(self, future: Future[Any]) -> None:
        take = self._takes.pop(future, None)
        if take:  # else it was taken when the window closed
            take(future.result())

    def close(self) -> None:
        """Wait for what is under way and take what errands brought."""
        self._is_closed = True
        self.forget()
        self._pool.shutdown(wait=True)
        for future in list(self._takes):
            self._deliver(future)

"""Handing a result over to the window's thread from a thread that Qt knows nothing of.

Such a thread must not emit the signals of an object that the window may be deleting meanwhile. It
emits those of one object that is never deleted; whether the receiver still lives is asked on the
window's thread, which is the one that would delete it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import ParamSpec

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

P = ParamSpec("P")


class _Switchboard(QObject):
    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._call)

    @Slot(object)
    def _call(self, call: Callable[[], object]) -> None:
        call()


_switchboard = cache(_Switchboard)


def to_window(receiver: QObject, method: Callable[P, object]) -> Callable[P, None]:
    """A function for any thread: calls ``method`` on the window's, unless ``receiver`` has gone.

    To be called on the window's thread.
    """
    board = _switchboard()

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        if shiboken6.isValid(receiver):
            method(*args, **kwargs)

    def hand_over(*args: P.args, **kwargs: P.kwargs) -> None:
        board.came.emit(partial(call, *args, **kwargs))

    return hand_over

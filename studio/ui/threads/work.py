"""Work that takes more than a moment and needs no process of its own: a thread over a generator.

Reading a folder, importing, exporting and making the sample project are generators that yield
their progress and return their result; what computes with torch goes through ``jobs`` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from studio.errors import StudioError

Task = Callable[[Callable[[], bool]], Generator[Any, None, Any]]
"""Called with ``should_stop`` on the thread; yields progress, returns a result."""


class Work(QThread):
    """One task on a thread of its own. The signals come on the thread that made it.

    It deletes itself after its end; whoever still has it may cancel or close it all the same.

    Signals:
        progressed(object): what the task yielded.
        succeeded(object): what it returned, also when it was cancelled on the way.
        failed(StudioError): the sentence it ended with; a bug of ours is reported besides.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    _came = Signal(object)

    def __init__(self, task: Task, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._result: Any = None
        self._error: Exception | None = None
        self.cancelled = False
        self._ended = False
        # By way of a slot of this object, so that even a lambda is called on its thread.
        self._came.connect(self._tell_progress)
        self.finished.connect(self._tell_end)

    def cancel(self) -> None:
        """Ask the task to end early."""
        self.cancelled = True

    def close(self) -> None:
        """Cancel and wait; nothing is told any more."""
        if not self._ended:
            self.blockSignals(True)
            self.cancel()
            self.wait()
            self._end()

    def run(self) -> None:
        """Carry the task out; called by Qt."""
        try:
            task = self._task(lambda: self.cancelled)
            while True:
                self._came.emit(next(task))
        except StopIteration as end:
            self._result = end.value
        except Exception as error:
            self._error = error

    def _end(self) -> None:
        self._ended = True
        self.deleteLater()

    @Slot(object)
    def _tell_progress(self, progress: object) -> None:
        self.progressed.emit(progress)

    @Slot()
    def _tell_end(self) -> None:
        self._end()
        match self._error:
            case None:
                self.succeeded.emit(self._result)
            case StudioError():
                self.failed.emit(self._error)
            case bug:
                # Whoever started the work must hear of its end all the same.
                self.failed.emit(StudioError("This could not be finished: {bug}.", bug=repr(bug)))
                raise bug

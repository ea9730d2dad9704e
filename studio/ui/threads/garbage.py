"""Collecting cyclic garbage on the window's thread only.

Python collects wherever an allocation happens to trigger it. A widget caught in a cycle would
then be deleted by a thread that decodes thumbnails, and Qt aborts. So automatic collection is off
while a window is open, and a timer does it here. What is there before the window, modules above
all, stays as long as the program and is not looked through each time: that would take longer than
a frame may. Nor is what makes up an open project, until it is closed.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
"""Little at a time: after three seconds of opening a project it would be a frame's work."""


class GarbageCollector(QObject):
    """Stands in for Python's own trigger as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def keep(self) -> None:
        """Look no more through what is there now, as a project has been opened."""
        QTimer.singleShot(0, self, lambda: gc.freeze())

    def let_go(self) -> None:
        """Look through everything once more, as the project has been closed."""
        gc.unfreeze()
        QTimer.singleShot(0, self, self._collect_all)

    def stop(self) -> None:
        """Leave collecting to Python again, but none of the widgets that were given up so far."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect_all(self) -> None:
        gc.collect()
        gc.freeze()

    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        full = [g for g in range(3) if thresholds[g] and counts[g] > thresholds[g]]
        if full:
            gc.collect(full[-1])

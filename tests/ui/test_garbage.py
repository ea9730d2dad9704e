"""Whatever is given up goes on the window's thread."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.ui.garbage import GarbageCollector


def test_what_was_given_up_is_not_left_to_other_threads(qapp: QApplication) -> None:
    collector = GarbageCollector()
    timer = QTimer()
    timer.cycle = timer  # pyright: ignore[reportAttributeAccessIssue]
    seen = weakref.ref(timer)
    del timer
    assert seen() is not None and not gc.isenabled()
    collector.stop()
    assert seen() is None and gc.isenabled()

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent

from studio.ui import language
from studio.ui.garbage import GarbageCollector


@pytest.fixture(autouse=True)
def windows_world(qapp) -> Iterator[None]:
    """The window speaks English, plural forms too, whatever an earlier test left behind.

    Garbage is collected as in the program, on this thread only, and windows that the test has
    given up are deleted with it, not during a later one.
    """
    language.apply(qapp, "en")
    collector = GarbageCollector()
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    collector.stop()

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent

from studio.ui import language
from studio.ui.threads import patience
from studio.ui.threads.garbage import GarbageCollector
from tests.ui.modal import Unanswered


@pytest.fixture(autouse=True)
def windows_world(qapp, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The window speaks English, plural forms too, whatever an earlier test left behind.

    Garbage is collected as in the program, on this thread only, and windows that the test has
    given up are deleted with it, not during a later one. A dialog that nobody answers fails.
    What a test opens is open as soon as it has asked for it, however slow the machine.
    """
    monkeypatch.setattr(patience, "AT_ONCE_S", 60.0)
    language.apply(qapp, "en")
    gc.collect()  # what the test before had in its fixtures; else it would be kept for ever
    collector = GarbageCollector()
    unanswered = Unanswered()
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    collector.stop()
    assert unanswered.texts == [], "dialogs that nobody answered"

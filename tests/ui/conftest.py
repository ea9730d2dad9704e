from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.shell.main_window import MainWindow
from studio.ui.threads import patience
from studio.ui.threads.garbage import GarbageCollector
from tests import making
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


@pytest.fixture
def window(qapp, qtbot) -> Iterator[MainWindow]:
    """The main window with the start page, in English and light, shown at 1280 x 720."""
    settings = Settings.load()
    settings.change(theme="light", language="en")
    theme.apply(qapp, "light")
    window = MainWindow(settings)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    language.apply(qapp, "en")
    theme.apply(qapp, "light")
    window.deleteLater()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three pictures of 400 x 300 px and two classes, not open anywhere."""
    session = making.project(tmp_path / "bench", images=3, width=400, height=300)
    making.labels(session, "bolt", "nut")
    session.close()
    return session.project


@pytest.fixture
def canvas(window: MainWindow, project: Path, qtbot) -> Canvas:
    """The canvas of the project, shown in the window with its first picture."""
    window.flow.open(project)
    assert window.view is not None
    window.view.workspaces.show_workspace("label")
    label = window.view.workspaces.workspace("label")
    assert isinstance(label, LabelWorkspace)
    qtbot.waitUntil(lambda: label.canvas.showing.shows_whole, timeout=20_000)
    label.canvas.setFocus()
    return label.canvas

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.shell.main_window import MainWindow
from tests import making


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

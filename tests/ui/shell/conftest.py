from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.shell.main_window import MainWindow
from tests import making


@pytest.fixture
def window(qapp, qtbot) -> Iterator[MainWindow]:
    """The main window with the start page, in English and light, shown at 1280 x 720."""
    settings = Settings.load()
    settings.change(theme="light", language="en")
    theme.apply(qapp, "light")
    language.apply(qapp, "en")
    window = MainWindow(settings)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    language.apply(qapp, "en")
    theme.apply(qapp, "light")
    window.deleteLater()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of three pictures and the classes bolt and nut, not open anywhere."""
    session = making.project(tmp_path / "bench", images=3)
    making.labels(session, "bolt", "nut")
    session.close()
    return session.project

"""The whole window, as its own tests have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.shell.main_window import MainWindow
from tests import making
from tests.flows.person import Person
from tests.ui.conftest import window as window
from tests.ui.conftest import windows_world as windows_world


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of six pictures of 400 x 300 px and the classes bolt and nut."""
    session = making.project(tmp_path, images=6, width=400, height=300)
    making.labels(session, "bolt", "nut")
    session.close()
    return session.project


@pytest.fixture
def newcomer(window: MainWindow, qtbot: QtBot) -> Person:
    """Somebody who has opened the program and no project yet."""
    return Person(window, qtbot)


@pytest.fixture
def person(newcomer: Person, project: Path) -> Person:
    """Somebody who has ``project`` open."""
    newcomer.open(project)
    return newcomer

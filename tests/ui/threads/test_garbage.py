"""Whatever is given up goes on the window's thread."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.shell.main_window import MainWindow
from studio.ui.threads.garbage import GarbageCollector
from tests import making


def test_what_was_given_up_is_not_left_to_other_threads(qapp: QApplication) -> None:
    collector = GarbageCollector()
    timer = QTimer()
    timer.cycle = timer  # pyright: ignore[reportAttributeAccessIssue]
    seen = weakref.ref(timer)
    del timer
    assert seen() is not None and not gc.isenabled()
    collector.stop()
    assert seen() is None and gc.isenabled()


def test_what_a_project_held_is_collected_once_it_is_closed(
    qapp: QApplication, qtbot: QtBot
) -> None:
    collector = GarbageCollector()
    timer = QTimer()
    timer.cycle = timer  # pyright: ignore[reportAttributeAccessIssue]
    seen = weakref.ref(timer)
    collector.keep()
    qtbot.waitUntil(lambda: all(each is not seen() for each in gc.get_objects()))
    del timer
    gc.collect()
    assert seen() is not None, "no time was spent on it"
    collector.let_go()
    qtbot.waitUntil(lambda: seen() is None)
    collector.stop()


def test_the_window_says_when_a_project_comes_and_goes(
    window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    window.project_shown.connect(lambda: told.append("shown"))
    window.project_dropped.connect(lambda: told.append("dropped"))
    window.flow.open(project)
    other = making.project(tmp_path / "other")
    other.close()
    window.flow.open(other.project)
    qtbot.waitUntil(lambda: told == ["shown", "dropped", "shown"])
    window.close_project()
    qtbot.waitUntil(lambda: told[3:] == ["dropped"])

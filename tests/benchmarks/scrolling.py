"""How much memory the window takes with a large project, and how smoothly its grid scrolls.

The real window on a generated project: all images are one small file by other names, most have
shapes, tags and predictions. Images is opened, scrolled from end to end and searched.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.scrolling --images 100000
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import Label, new_label
from studio.domain.project import Image, Root
from studio.editing.session import Session
from studio.settings import Settings
from studio.storage.folder import database_path
from studio.storage.search import Query
from studio.ui import app, theme
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.shell.main_window import MainWindow
from studio.ui.threads.garbage import GarbageCollector
from tests.benchmarks import searching
from tests.benchmarks.memory import peak_mb, resident_mb
from tests.benchmarks.opening import small_picture

STEPS = 400
MOST_LINKS = 50_000
"""A file system knows a file by no more than about so many names."""

CLOCK = time.thread_time
"""The processor time of the window's thread: what else the machine does is left out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STUDIO_HOME"] = str(folder / "home")
        project = make_project(folder, given.images)
        application = app.make_app()
        GarbageCollector(application)
        settings = Settings.load()
        settings.change(workspace="images")
        theme.apply(application, settings.theme)
        window = MainWindow(settings)
        window.resize(1280, 800)
        window.show()
        QTest.qWaitForWindowExposed(window)
        say("window without a project", 0)
        measure(window, project, given.images)
        print(f"peak: {peak_mb():.0f} MB")
        window.close()


def measure(window: MainWindow, project: Path, count: int) -> None:
    window.flow.open(project)
    assert window.view is not None
    workspace = window.view.workspaces.workspace("images")
    assert isinstance(workspace, ImagesWorkspace)
    model = workspace.model
    wait_for(lambda: model.rowCount() == count)
    QTest.qWait(1000)
    say("opened", model.rowCount())
    grid = workspace.grid
    bar = grid.verticalScrollBar()
    times = []
    for step in range(STEPS):
        started = CLOCK()
        bar.setValue(bar.maximum() * step // STEPS)
        QApplication.processEvents()
        times.append(CLOCK() - started)
        QTest.qWait(5)
    say("scrolled from end to end", model.rowCount())
    last = sorted(times)[int(0.99 * len(times))]
    median = statistics.median(times)
    print(f"    a jump: median {1000 * median:.1f} ms, 99th percentile {1000 * last:.1f} ms")
    for text in ("frame_00001", "shapes>8", "class:class-3 state:new", ""):
        model.set_query(Query(text))
        wait_for(lambda: not model.searching)
        QTest.qWait(200)
    say("searched", model.rowCount())


def say(what: str, rows: int) -> None:
    print(f"{what}: {resident_mb():.0f} MB, {rows} images", flush=True)


def wait_for(there: Callable[[], bool]) -> None:
    while not there():
        QTest.qWait(2)


def make_project(folder: Path, count: int) -> Path:
    """A project of ``count`` images with what people and runs leave on them."""
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(count):
        picture = folder / f"{number // MOST_LINKS}.jpg"
        if not picture.exists():
            small_picture(picture)
        os.link(picture, pictures / f"frame_{number:06d}.jpg")
    session = Session.create(folder / "project")
    labels: list[Label] = []
    for number in range(searching.CLASSES):
        labels.append(new_label(f"class-{number}", labels))
    session.apply(created(Title.ADD_CLASS, *labels))
    session.record(RootAdded(Root(1, str(pictures))))
    ids = session.store.reserve_ids("image", count)
    for start in range(0, count, searching.BATCH):
        part = range(start, min(start + searching.BATCH, count))
        session.record(
            ImagesFound(
                tuple(
                    Image(ids[number], 1, f"frame_{number:06d}.jpg", 640, 480, mtime_ns=number)
                    for number in part
                )
            )
        )
    session.close()
    with closing(sqlite3.connect(database_path(session.project))) as connection:
        ids_of_labels = [label.id for label in labels]
        searching.fill(connection, list(ids), ids_of_labels, random.Random(0))
    return session.project


if __name__ == "__main__":
    main()

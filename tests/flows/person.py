"""Somebody at the main window: opens and closes projects, draws, and what is on disk then."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from studio.cli.app import app
from studio.domain.shapes import Point, Shape
from studio.editing.scan import add_images
from studio.editing.session import Session
from studio.storage.connecting import connect
from studio.storage.folder import database_path
from studio.storage.reader import Reader
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.shell.main_window import MainWindow
from tests import making
from tests.ui.label.hand import Hand


def project_of(folder: Path, *pictures: Path) -> Path:
    """A project of ``pictures``, read from their files, with the classes bolt and nut."""
    session = Session.create(folder)
    add_images(session, pictures)
    making.labels(session, "bolt", "nut")
    session.close()
    return folder


def exported(project: Path, dest: Path) -> dict[str, Any]:
    """The project as a COCO file in ``dest`` says it."""
    done = CliRunner().invoke(app, ["export", str(project), str(dest), "--format", "coco"])
    assert done.exit_code == 0, done.output
    [path] = dest.rglob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))


class Person(Hand):
    """A hand in the main window's Label workspace, not in a window of its own."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window: MainWindow = window
        self.actions = window.actions_of_window
        self._qtbot = qtbot

    def open(self, project: Path) -> None:
        """Open a project and wait until its first picture is there."""
        self.window.flow.open(project)
        assert self.window.view is not None
        self.view = self.window.view
        self.document = self.view.document
        self.queue = self.view.queue
        workspace = self.view.workspaces.workspace("label")
        assert isinstance(workspace, LabelWorkspace)
        self.workspace, self.canvas = workspace, workspace.canvas
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        self.canvas.setFocus()
        self.wait_for_picture(self._qtbot)

    def close_project(self) -> Path:
        """Close the project as the menu does; returns its folder."""
        project = self.document.project
        self.actions["project.close"].trigger()
        self._qtbot.waitUntil(lambda: self.window.view is None)
        return project

    def reopen(self) -> None:
        self.open(self.close_project())

    def draw_box(self, a: Point, b: Point) -> None:
        self.key(Qt.Key.Key_R)
        self.drag(a, b)

    def draw_polygon(self, *points: Point) -> None:
        self.key(Qt.Key.Key_P)
        for point in points:
            self.click(point)
        self.key(Qt.Key.Key_Return)

    def paint(self, diameter_px: float, *points: Point) -> None:
        """Drag with what is in hand, brush or eraser."""
        self.canvas.brush_size.set(diameter_px)
        self.drag(*points)

    def color_at(self, point: Point) -> QColor:
        """What the screen shows at an image point."""
        return self.canvas.grab().toImage().pixelColor(self.spot(point))

    # What is stored ---------------------------------------------------------------------------

    def on_disk(self, image_id: int = 0) -> tuple[Shape, ...]:
        """The shapes of an image (else of the one shown), through a connection of its own."""
        with Reader.open(self.document.project) as reader:
            return reader.shapes(image_id or self.document.image_id)

    def all_on_disk(self) -> list[Shape]:
        """The shapes of all images, in the order of these."""
        return [s for i in self.document.reader.image_ids() for s in self.on_disk(i)]

    def classes_on_disk(self) -> list[str]:
        """The class of each of all shapes."""
        with Reader.open(self.document.project) as reader:
            names = {label.id: label.name for label in reader.labels()}
        return [names[shape.label] for shape in self.all_on_disk()]

    def rows_written(self) -> int:
        """How many rows the newest edit changed."""
        newest = "SELECT count(*) FROM history_change WHERE seq = (SELECT max(seq) FROM history)"
        with closing(connect(database_path(self.document.project))) as connection:
            return connection.execute(newest).fetchone()[0]

"""A project and what workspaces are made of, with a clean end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.edits import Title, created
from studio.domain.labels import DEFAULT_TAG_GROUP, Label, Tag
from studio.domain.shapes import Box, Shape
from studio.jobs.queue import JobQueue
from studio.settings import Settings
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.actions_table import SPECS
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making


class Workbench:
    """``show`` makes a workspace and shows it, its actions at hand."""

    def __init__(self, folder: Path, images: int) -> None:
        self.window = QWidget()
        self.document = Document(making.project(folder, images=images), self.window)
        self.queue = JobQueue(self.window)
        self.actions = Actions(SPECS, self.window)
        self.labels: list[Label] = []
        self.workspace: Any = None

    def add_labels(self, *names: str) -> None:
        self.labels += making.labels(self.document.session, *names)

    def tag(self, label: Label, image_ids: list[int]) -> None:
        tags = (Tag(image_id, DEFAULT_TAG_GROUP.id, label.id) for image_id in image_ids)
        self.document.apply(created(Title.TAG, *tags))

    def box(self, label: Label, image_id: int, box: Box) -> None:
        [number] = self.document.reserve_ids("shape")
        self.document.apply(created(Title.DRAW_BOX, Shape(number, image_id, label.id, box)))

    def show(self, kind: Any, qtbot: Any) -> Any:
        self.workspace = kind(self.document, self.queue, Settings(), self.actions)
        for spec in self.actions:
            if spec.scope == kind.__module__.split(".")[2].replace("training", "train"):
                self.workspace.addAction(self.actions[spec.id])
        self.workspace.resize(1200, 640)
        with qtbot.waitExposed(self.workspace):
            self.workspace.show()
        return self.workspace

    def close(self) -> None:
        self.queue.close(5)
        if self.workspace is not None:
            self.workspace.close()
            self.workspace.deleteLater()
        ThumbnailLoader.of(self.document).close()
        self.document.close()
        self.window.deleteLater()


@contextmanager
def workbench(folder: Path, images: int) -> Iterator[Workbench]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    bench = Workbench(folder, images)
    try:
        yield bench
    finally:
        bench.close()

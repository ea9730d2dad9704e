"""A project of six pictures, and the Images workspace as the window makes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from studio.settings import Settings
from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.actions_table import SPECS
from studio.ui.document import Document
from studio.ui.images.workspace import ImagesWorkspace
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    session = making.project(tmp_path, images=6)
    making.labels(session, "bolt", "big nut")
    document = Document(session)
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


@pytest.fixture
def workspace(document: Document, qtbot) -> Iterator[ImagesWorkspace]:
    """The workspace with its actions added, shown."""
    owner = QWidget()
    actions = Actions(SPECS, owner)
    workspace = ImagesWorkspace(document, actions, Settings.load())
    qtbot.addWidget(workspace)
    for spec in actions:
        if spec.scope == "images":
            workspace.addAction(actions[spec.id])
    workspace.resize(900, 600)
    with qtbot.waitExposed(workspace):
        workspace.show()
    workspace.activateWindow()
    workspace.grid.setFocus()
    yield workspace
    workspace.close()
    owner.deleteLater()

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.domain.project import Changes
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui.label.hand import Hand


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    document = Document(making.project(tmp_path, images=3, width=400, height=300))
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


@pytest.fixture
def unlabelled(document: Document, qtbot) -> Iterator[Hand]:
    """A shown workspace of three images of 400 x 300 px and no class."""
    hand = Hand(document)
    hand.show(qtbot)
    yield hand
    hand.close()


@pytest.fixture
def hand(unlabelled: Hand) -> Hand:
    """The same with the classes bolt, nut and 垫圈."""
    bolt, *_ = making.labels(unlabelled.document.session, "bolt", "nut", "垫圈")
    unlabelled.document.announce(Changes(labels=True))
    assert unlabelled.document.label_id == bolt.id
    return unlabelled

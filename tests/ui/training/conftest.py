from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.workbench import Workbench, workbench


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Workbench]:
    """Twenty images and the classes washer and nut; nothing is labelled yet."""
    with workbench(tmp_path, images=20) as made:
        made.add_labels("washer", "nut")
        yield made


@pytest.fixture
def labelled(bench: Workbench) -> Workbench:
    """The same, with ten images of each class tagged."""
    ids = bench.document.reader.image_ids()
    bench.tag(bench.labels[0], ids[:10])
    bench.tag(bench.labels[1], ids[10:])
    return bench

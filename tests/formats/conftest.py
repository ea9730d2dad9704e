from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch
from studio.editing.importing import import_batch
from studio.editing.session import Session

Projects = Callable[[ImportBatch], Session]


@pytest.fixture
def project_of(tmp_path: Path) -> Iterator[Projects]:
    """Makes a project of a batch."""
    sessions: list[Session] = []

    def make(batch: ImportBatch) -> Session:
        sessions.append(Session.create(tmp_path / f"project {len(sessions)}"))
        import_batch(sessions[-1], batch)
        return sessions[-1]

    yield make
    for session in sessions:
        session.close()

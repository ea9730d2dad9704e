"""The real child process of the quick classifier: it learns, rests, and is gone when closed."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from studio.jobs.quick_process import QuickProcess
from studio.learning.events import Ended, Evaluated, Event, ImagePredicted
from studio.storage.reader import Reader
from tests.learning import scenes

LIMIT_S = 60


def test_it_learns_predicts_and_ends_when_it_is_closed(tmp_path: Path) -> None:
    project = scenes.project(tmp_path)
    with Reader.open(project) as reader:
        ids = reader.image_ids()
    told: queue.Queue[Event] = queue.Queue()
    process = QuickProcess(project, told.put)
    process.want(ids[:2])
    events: list[Event] = []
    while sum(isinstance(event, ImagePredicted) for event in events) < 2:
        events.append(told.get(timeout=LIMIT_S))
    assert any(isinstance(event, Evaluated) for event in events)
    process.want(())
    process.close()
    assert not any(thread.name == "quick" for thread in threading.enumerate())
    while not told.empty():
        assert not isinstance(told.get(), Ended)

"""The real child process of the quick classifier: it learns, rests, and is gone when closed."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import pytest

from studio.jobs import quick_process
from studio.jobs.quick_process import QuickProcess
from studio.jobs.quick_worker import Inbox
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


def test_a_crash_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_process, "MODULE", "tests.jobs.staying_child")
    told: queue.Queue[Event] = queue.Queue()
    process = QuickProcess(tmp_path, told.put)
    process.want([1])  # which the stand-in does not know
    ended = told.get(timeout=LIMIT_S)
    assert isinstance(ended, Ended)
    assert "ended unexpectedly" in str(ended.sentence)
    process.want([2])
    process.close()
    assert told.empty()


def test_of_several_lists_the_newest_counts() -> None:
    inbox = Inbox()
    inbox.put([1, 2])
    assert inbox.take() == [1, 2]
    assert not inbox.superseded()
    inbox.put([3])
    inbox.put([])
    assert inbox.superseded()
    assert inbox.take() == []

"""The queue of jobs: one heavy job at a time, and a clean end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.jobs.protocol import CallRequest, TrainRequest
from studio.jobs.queue import JobQueue
from studio.jobs.thread import JobThread
from studio.learning.config import TrainConfig


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[JobQueue]:
    made = JobQueue()
    yield made
    made.close(5)


def counting(total: int, pause_s: float = 0.0) -> CallRequest:
    return CallRequest("tests.jobs.tasks:count", {"total": total, "pause_s": pause_s})


def test_jobs_run_one_after_the_other(qtbot: QtBot, queue: JobQueue) -> None:
    told: list[tuple[str, JobThread]] = []
    queue.job_started.connect(lambda job: told.append(("started", job)))
    queue.job_ended.connect(lambda job: told.append(("ended", job)))
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        first, second = queue.submit(counting(3)), queue.submit(counting(3))
        assert queue.current is first
        assert queue.jobs == (first, second)
        assert queue.is_waiting(second)
    assert told == [
        ("started", first),
        ("ended", first),
        ("started", second),
        ("ended", second),
    ]
    assert queue.jobs == ()
    assert queue.current is None


def test_a_waiting_job_can_be_taken_off(qtbot: QtBot, queue: JobQueue) -> None:
    first = queue.submit(counting(100_000, 0.01))
    with qtbot.waitSignal(first.event_arrived, timeout=30_000):
        second = queue.submit(counting(3))
    second.request_stop("discard")
    assert queue.jobs == (first,)
    assert second.result is not None
    assert second.result.state == "discarded"
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        first.request_stop("stop")
    assert first.result is not None
    assert first.result.state == "stopped"


def test_a_waiting_job_can_pass_another(qtbot: QtBot, queue: JobQueue) -> None:
    told: list[JobThread] = []
    queue.job_started.connect(told.append)
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        first, second, third = (queue.submit(counting(3)) for _ in range(3))
        with qtbot.waitSignal(queue.reordered):
            queue.move_before(third, second)
        queue.move_before(second, first)  # which no longer waits
        assert queue.jobs == (first, third, second)
    assert told == [first, third, second]


def test_what_is_short_passes_trainings_that_wait(qtbot: QtBot, queue: JobQueue) -> None:
    config = TrainConfig(Task.CLASSIFY, "small_cnn")
    running = queue.submit(counting(100_000, 0.01))
    training = queue.submit(TrainRequest(Path("nowhere"), config))
    asked = queue.submit(counting(3))
    unasked = queue.submit(counting(3), expendable=True)
    assert queue.jobs == (running, asked, training, unasked)
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        queue.pause_all()


def test_what_nobody_asked_for_stops_for_what_somebody_asks_for(
    qtbot: QtBot, queue: JobQueue
) -> None:
    unasked = queue.submit(counting(100_000, 0.01), expendable=True)
    with qtbot.waitSignal(unasked.event_arrived, timeout=30_000):
        waiting = queue.submit(counting(3), expendable=True)
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        asked = queue.submit(counting(3))
    assert [each.result and each.result.state for each in (unasked, waiting, asked)] == [
        "stopped",
        "discarded",
        "finished",
    ]


def test_pausing_all_empties_the_queue(qtbot: QtBot, queue: JobQueue, tmp_path: Path) -> None:
    first = queue.submit(CallRequest("tests.jobs.tasks:checkpoint", {"folder": str(tmp_path)}))
    second = queue.submit(counting(3))
    with qtbot.waitSignal(first.event_arrived, timeout=30_000):
        pass
    with qtbot.waitSignal(queue.emptied, timeout=30_000):
        queue.pause_all()
    assert (tmp_path / "checkpoint").read_text() == "pause"
    assert second.result is not None
    assert second.result.state == "discarded"


def test_closing_leaves_no_process(qtbot: QtBot, tmp_path: Path) -> None:
    queue = JobQueue()
    job = queue.submit(CallRequest("tests.jobs.tasks:checkpoint", {"folder": str(tmp_path)}))
    with qtbot.waitSignal(job.event_arrived, timeout=30_000):
        pass
    queue.close(30)
    assert not job.isRunning()
    assert (tmp_path / "checkpoint").read_text() == "pause"


def test_closing_kills_what_does_not_listen(qtbot: QtBot) -> None:
    queue = JobQueue()
    job = queue.submit(CallRequest("tests.jobs.tasks:silent", {"seconds": 60}))
    queue.close(0.2)
    assert not job.isRunning()

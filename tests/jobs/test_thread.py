"""Background jobs through real child processes, as the window uses them."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from studio.jobs.protocol import CallRequest
from studio.jobs.thread import JobThread
from studio.learning.events import Ended, Event, ImagePredicted, Notice, Progress

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Witness(QObject):
    """Runs one job and remembers what it told."""

    def __init__(self, function: str, **arguments: object) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.endings: list[Ended] = []
        self.job = JobThread(CallRequest(f"tests.jobs.tasks:{function}", arguments))
        self.job.event_arrived.connect(self.events.append)
        self.job.ended.connect(self.endings.append)


@pytest.fixture
def witness(qtbot: QtBot) -> Iterator[type[Witness]]:
    made: list[Witness] = []

    def make(function: str, **arguments: object) -> Witness:
        made.append(Witness(function, **arguments))
        return made[-1]

    yield make  # type: ignore[misc]
    for each in made:
        if each.job.isRunning():
            each.job.kill()
            each.job.wait()


def run(qtbot: QtBot, witness: Witness, after_first: object = None) -> Ended:
    """Run the job to its end; ``after_first`` is called once the first event has come."""
    if callable(after_first):
        calls = iter([after_first])
        witness.job.event_arrived.connect(lambda _: next(calls, lambda: None)())
    with qtbot.waitSignal(witness.job.ended, timeout=30_000):
        witness.job.start()
    assert len(witness.endings) == 1
    assert witness.job.result is witness.endings[0]
    assert not witness.job.isRunning()
    return witness.endings[0]


def test_events_arrive_in_order(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("count", total=50)
    ended = run(qtbot, job)
    assert job.events == [Progress("predict", done, 50) for done in range(1, 51)]
    assert ended == Ended("finished", metrics={"accuracy": 1.0})


def test_what_a_library_prints_is_logged_and_corrupts_nothing(
    qtbot: QtBot, witness: type[Witness]
) -> None:
    job = witness("noisy")
    assert run(qtbot, job).state == "finished"
    assert job.events == [Progress("load", 1, 2), Progress("load", 2, 2)]
    assert job.job.log is not None
    log = job.job.log.read_bytes().decode("utf-8", "replace")
    for piece in ("on stdout", "descriptor 1", "C's stdio", "警告", "child process"):
        assert piece in log


@pytest.mark.parametrize(
    ("word", "state"), [("stop", "stopped"), ("pause", "paused"), ("discard", "discarded")]
)
def test_a_job_does_what_it_is_asked(
    qtbot: QtBot, witness: type[Witness], word: str, state: str
) -> None:
    job = witness("count", total=100_000, pause_s=0.01)
    ended = run(qtbot, job, lambda: job.job.request_stop(word))
    assert ended.state == state
    assert [type(event).__name__ for event in job.events].count("Stopping") == 1
    assert job.job.asked == word


def test_a_failure_that_the_user_can_mend_keeps_its_sentence(
    qtbot: QtBot, witness: type[Witness]
) -> None:
    job = witness("refuse")
    ended = run(qtbot, job)
    assert (ended.state, ended.code) == ("failed", "NotEnoughLabels")
    assert str(ended.sentence) == "3 more images of washer are needed."
    assert isinstance(job.events[0], Notice)
    assert str(job.events[0].sentence) == "Looking at 3 images."


def test_a_bug_says_where_its_traceback_is(
    qtbot: QtBot, witness: type[Witness], tmp_path: Path
) -> None:
    ended = run(qtbot, witness("fail", folder=str(tmp_path)))
    assert ended.state == "failed"
    assert "division by zero" in str(ended.sentence)
    assert str(tmp_path / "error.log") in str(ended.sentence)
    assert "Traceback" in (tmp_path / "error.log").read_text(encoding="utf-8")


def test_a_child_that_vanishes_is_explained(qtbot: QtBot, witness: type[Witness]) -> None:
    ended = run(qtbot, witness("vanish", code=13))
    assert ended.state == "failed"
    assert "13" in str(ended.sentence)
    assert "CUDA error 719" in str(ended.sentence)


@posix_only
def test_a_child_killed_by_the_system_is_explained(
    qtbot: QtBot, witness: type[Witness], tmp_path: Path
) -> None:
    job = witness("checkpoint", folder=str(tmp_path))
    ended = run(qtbot, job, lambda: os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL))
    assert ended.state == "interrupted"
    assert "memory" in str(ended.sentence)


def test_kill_ends_a_job_that_does_not_listen(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("silent", seconds=120)
    QTimer.singleShot(300, job.job.kill)
    assert run(qtbot, job).state == "interrupted"


@posix_only
def test_what_the_child_forked_does_not_hold_the_window_up(
    qtbot: QtBot, witness: type[Witness], tmp_path: Path
) -> None:
    assert run(qtbot, witness("forking", until=str(tmp_path / "over"))).state == "finished"
    (tmp_path / "over").touch()


def test_a_child_that_hangs_at_its_exit_is_ended(
    qtbot: QtBot, witness: type[Witness], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.jobs.thread.EXIT_WAIT_S", 0.2)
    assert run(qtbot, witness("hanging")).state == "finished"


def test_a_silent_engine_is_known_to_live(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("silent", seconds=5)
    silences: list[float] = []
    clock = QTimer(job)
    clock.timeout.connect(lambda: silences.append(job.job.silent_for_s))
    clock.start(100)
    assert run(qtbot, job).state == "finished"
    clock.stop()
    assert max(silences) < 4.5
    [event] = job.events
    assert getattr(event, "train_loss", 0) is None  # JSON has no not-a-number


def test_a_stop_before_the_start_never_starts(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("count", total=5)
    job.job.request_stop("pause")
    assert job.endings[0].state == "discarded"
    assert job.events == []


def test_paths_of_any_language_survive(
    qtbot: QtBot, witness: type[Witness], tmp_path: Path
) -> None:
    file = tmp_path / "部品 ü.png"
    file.write_bytes(b"")
    job = witness("echo", file=str(file))
    run(qtbot, job)
    assert job.events == [
        ImagePredicted({"file": str(file), "exists": True, "scores": {"螺母": 0.5}})
    ]


def test_the_child_is_modest_and_light(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("facts")
    run(qtbot, job)
    [event] = job.events
    assert isinstance(event, ImagePredicted)
    assert event.prediction["modules"] == []
    assert event.prediction["nice"] > 0
    assert int(event.prediction["threads"]) >= 1


def test_a_burst_of_events_leaves_the_window_free(qtbot: QtBot, witness: type[Witness]) -> None:
    job = witness("count", total=10_000)
    ticks: list[float] = []
    clock = QTimer(job)
    clock.timeout.connect(lambda: ticks.append(time.monotonic()))
    clock.start(5)
    assert run(qtbot, job).state == "finished"
    clock.stop()
    assert len(job.events) == 10_000
    assert len(ticks) > 10


def test_slots_run_on_the_window_thread(qtbot: QtBot, witness: type[Witness]) -> None:
    import threading

    job = witness("count", total=2)
    threads: set[int] = set()
    job.job.event_arrived.connect(lambda _: threads.add(threading.get_ident()))
    job.job.ended.connect(lambda _: threads.add(threading.get_ident()))
    run(qtbot, job)
    assert threads == {threading.get_ident()}


def test_an_engine_that_cannot_be_imported_is_explained(qtbot: QtBot) -> None:
    job = JobThread(CallRequest("no_such_module:function"))
    with qtbot.waitSignal(job.ended, timeout=30_000):
        job.start()
    assert job.result is not None
    assert "no_such_module" in str(job.result.sentence)

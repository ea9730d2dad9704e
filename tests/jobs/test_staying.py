"""A child process that stays, as both sides of it live together."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import paths
from studio.errors import JobFailed
from studio.jobs import launch
from studio.jobs.staying import StayingChild
from tests.jobs.test_segmenting import is_gone, posix_only

LIMIT_S = 60


class Heard:
    """A child and everything it says."""

    def __init__(self) -> None:
        self.lines: queue.Queue[bytes] = queue.Queue()
        self.ends: queue.Queue[JobFailed | None] = queue.Queue()
        self.child = StayingChild(
            "tests.jobs.staying_child", [], "staying", self.lines.put, self.ends.put
        )

    def line(self) -> str:
        return self.lines.get(timeout=LIMIT_S).decode("utf-8").removesuffix("\n")

    def end(self) -> JobFailed | None:
        return self.ends.get(timeout=LIMIT_S)

    @property
    def log(self) -> str:
        return (paths.cache_folder() / "jobs" / "staying.log").read_text("utf-8")


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    yield heard
    heard.child.close()
    assert not any(thread.name == "staying" for thread in threading.enumerate())


def test_what_is_sent_before_it_runs_arrives_in_order(heard: Heard) -> None:
    for text in ("one", "zwei", "三"):
        heard.child.send({"say": text})
    assert [heard.line() for _ in range(3)] == ["one", "zwei", "三"]


def test_a_line_longer_than_the_pipe_arrives_whole(heard: Heard) -> None:
    heard.child.send({"say": "x" * 300_000})
    assert len(heard.line()) == 300_000


def test_what_libraries_print_goes_to_the_log(heard: Heard) -> None:
    heard.child.send({"print": "a warning"})
    assert heard.line() == "printed"
    assert heard.log.splitlines() == ["a warning", "a child process speaks"]


def test_an_end_of_its_own_is_told_once_and_sending_goes_on_harmlessly(heard: Heard) -> None:
    heard.child.send({"exit": 3})
    assert heard.end() is None
    heard.child.send({"say": "is anybody there?"})
    heard.child.dismiss()
    assert heard.ends.empty()


def test_a_bug_in_the_child_ends_it_with_a_traceback_in_its_log(heard: Heard) -> None:
    heard.child.send({"dance": True})
    assert heard.end() is None
    assert heard.log.endswith("ValueError: no such thing: {'dance': True}\n")


def test_one_that_cannot_be_started_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "python", lambda: "/nowhere/python")
    heard = Heard()
    assert "cannot start" in str(heard.end())
    heard.child.send({"say": "anything"})
    heard.child.close()


@posix_only
def test_dismissing_waits_for_nothing_and_tells_nothing(heard: Heard) -> None:
    heard.child.send({"sleep": LIMIT_S})
    pid = int(heard.line())
    heard.child.dismiss()
    assert is_gone(pid)
    heard.child.close()
    assert heard.ends.empty()


def test_one_dismissed_before_it_runs_does_not_stay() -> None:
    heard = Heard()
    heard.child.close()
    assert heard.ends.empty()
    process = heard.child._process
    assert process is None or process.returncode is not None


@posix_only
def test_sending_does_not_wait_for_a_child_that_stands_still(heard: Heard) -> None:
    heard.child.send({"sleep": 0})
    os.kill(int(heard.line()), signal.SIGSTOP)
    for _ in range(50):
        heard.child.send({"say": "x" * 10_000})  # in all far more than a pipe holds
    heard.child.dismiss()


@posix_only
def test_a_line_that_was_cut_off_is_not_heard() -> None:
    """The stand-in says one line and a half, and is killed."""
    lines: queue.Queue[bytes] = queue.Queue()
    ends: queue.Queue[JobFailed | None] = queue.Queue()
    child = StayingChild("tests.jobs.cut_off", [], "staying", lines.put, ends.put)
    assert ends.get(timeout=LIMIT_S) is None
    assert lines.get_nowait() == b"{}\n"
    assert lines.empty()
    child.close()


@posix_only
def test_amid_its_work_it_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import queue\n"
        "from tests.jobs.test_staying import Heard\n"
        "heard = Heard()\n"
        "heard.child.send({'sleep': 60})\n"
        "print(heard.line(), flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdin and parent.stdout
    pid = int(parent.stdout.readline())
    began = time.monotonic()
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    assert is_gone(pid)
    assert time.monotonic() - began < LIMIT_S / 2  # it did not sleep to the end

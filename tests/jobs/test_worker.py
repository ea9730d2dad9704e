"""The worker as a process of its own: what it writes, what it obeys, what it outlives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.jobs import protocol
from studio.jobs.protocol import CallRequest, Request

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def worker(
    request: Request, folder: Path, *options: str, **environment: str
) -> subprocess.Popen[str]:
    path = folder / "request.json"
    protocol.save(request, path)
    return subprocess.Popen(
        [sys.executable, "-m", "studio.jobs.worker", str(path), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


def until(path: Path, limit_s: float = 30.0) -> str:
    """The text of a file that another process is about to write."""
    end = time.monotonic() + limit_s
    while not path.exists() or not path.read_text():
        assert time.monotonic() < end, f"{path.name} never came"
        time.sleep(0.02)
    return path.read_text()


def checkpoint(folder: Path) -> CallRequest:
    return CallRequest("tests.jobs.tasks:checkpoint", {"folder": str(folder)})


def test_without_control_a_closed_stdin_is_ignored(tmp_path: Path) -> None:
    process = worker(CallRequest("tests.jobs.tasks:count", {"total": 3}), tmp_path)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    kinds = [json.loads(line)["event"] for line in out.splitlines()]
    assert kinds == ["Progress"] * 3 + ["Ended"]


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_control_signals_pause(tmp_path: Path, number: int) -> None:
    process = worker(checkpoint(tmp_path), tmp_path)
    until(tmp_path / "pid")
    process.send_signal(number)
    out, errors = process.communicate(timeout=30)
    assert (tmp_path / "checkpoint").read_text() == "pause"
    assert json.loads(out.splitlines()[-1])["state"] == "paused"
    assert process.returncode == 130
    assert "Traceback" not in errors


@posix_only
def test_with_control_the_terminals_interrupt_is_the_windows_business(tmp_path: Path) -> None:
    process = worker(checkpoint(tmp_path), tmp_path, "--controlled")
    until(tmp_path / "pid")
    process.send_signal(signal.SIGINT)
    process.communicate("stop\n", timeout=30)
    assert (tmp_path / "checkpoint").read_text() == "stop"


def test_the_end_of_the_pipe_means_pause(tmp_path: Path) -> None:
    process = worker(checkpoint(tmp_path), tmp_path, "--controlled")
    until(tmp_path / "pid")
    process.communicate(timeout=30)
    assert (tmp_path / "checkpoint").read_text() == "pause"


def test_words_it_does_not_know_are_passed_over(tmp_path: Path) -> None:
    process = worker(checkpoint(tmp_path), tmp_path, "--controlled")
    out, _ = process.communicate("hello\n\nstop\nignored", timeout=30)
    assert (tmp_path / "checkpoint").read_text() == "stop"
    assert '"how": "stop"' in out


@posix_only
def test_a_window_that_dies_leaves_a_paused_run(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.parent", str(tmp_path)], start_new_session=True
    )
    pid = int(until(tmp_path / "pid"))
    parent.kill()
    parent.wait()
    assert until(tmp_path / "checkpoint") == "pause"
    end = time.monotonic() + 20
    while is_running(pid):
        assert time.monotonic() < end, "the worker outlived its window"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether the process lives; a zombie that nobody reaps has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_only_the_first_of_several_processes_speaks(tmp_path: Path) -> None:
    request = CallRequest("tests.jobs.tasks:count", {"total": 3})
    out, _ = worker(request, tmp_path, RANK="1").communicate(timeout=30)
    assert out == ""
    out, _ = worker(request, tmp_path, RANK="0").communicate(timeout=30)
    assert len(out.splitlines()) == 4


def test_the_exit_code_says_whether_the_work_was_done(tmp_path: Path) -> None:
    process = worker(CallRequest("tests.jobs.tasks:refuse"), tmp_path)
    process.communicate(timeout=30)
    assert process.returncode == 1

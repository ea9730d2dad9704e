"""Showing a job's events, and Ctrl+C while it works."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pytest

from studio.cli.following import Bars, JsonLines, Lines, follow, line_of, position_of
from studio.errors import NotEnoughLabels, say
from studio.jobs.stopping import StopRequest
from studio.learning import events as ev
from studio.learning.events import Ended, Event
from tests.jobs import tasks

STORY: list[Event] = [
    ev.RunStarted(3, "/p/runs/0003", "classify", "small_cnn", "CPU", 2, 5, 40, 10),
    ev.Progress("check", 1, 50),
    ev.Notice("warning", say("{file} is broken [red].", file="a.png")),
    ev.StepDone(1, 1, 10, 0.7, 1e-3, 12.0, 30.0),
    ev.EpochEnded(1, 0.7, 0.6, {"accuracy": 0.9}, True, 2.0, 2.0),
    Ended("finished", metrics={"accuracy": 0.9}),
]


def test_lines_tell_what_matters(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(follow(STORY, Lines(), StopRequest())) == STORY
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "Run 3: classify with small_cnn on CPU, 40 training and 10 validation images",
        "Warning: a.png is broken [red].",
        "Epoch 1  loss 0.7000  val loss 0.6000  accuracy 0.900  (best)  2 s",
    ]


def test_how_far_it_has_got_is_told_with_the_time_that_is_left() -> None:
    far = ev.Progress("predict", 5000, 10_000, eta_s=65.0)
    assert position_of(far) == "Predicting 5000/10000  1:05 left"
    assert position_of(ev.Progress("predict", 5, 9)) == "Predicting 5/9"


def test_json_is_every_event_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    list(follow(STORY, JsonLines(), StopRequest()))
    lines = capsys.readouterr().out.splitlines()
    assert [ev.loads(line) for line in lines] == STORY


def test_what_a_library_prints_stays_out_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy() -> Iterator[Event]:
        print("library: hello")
        yield Ended("finished")

    for _ in follow(noisy(), JsonLines(), StopRequest()):
        print("the command's own line")
    out, err = capsys.readouterr()
    assert out.splitlines()[1:] == ["the command's own line"]
    assert err == "library: hello\n"


def test_bars_show_the_whole_story(capsys: pytest.CaptureFixture[str]) -> None:
    list(follow(STORY, Bars(), StopRequest()))
    assert "a.png is broken [red]." in capsys.readouterr().err


def test_the_first_interrupt_pauses(capsys: pytest.CaptureFixture[str]) -> None:
    stop = StopRequest()
    handler = signal.getsignal(signal.SIGINT)

    def interrupted() -> Iterator[Event]:
        for event in tasks.count(100, stop):
            yield event
            if isinstance(event, ev.Progress) and event.done == 3:
                os.kill(os.getpid(), signal.SIGINT)

    *_, ended = follow(interrupted(), Lines(), stop)
    assert isinstance(ended, Ended)
    assert ended.state == "paused"
    assert "Ctrl+C again" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is handler


def test_the_second_interrupt_quits() -> None:
    stop = StopRequest()
    stop.ask("pause")

    def deaf() -> Iterator[Event]:
        yield ev.Progress("load", 0, 1)
        os.kill(os.getpid(), signal.SIGINT)
        yield ev.Progress("load", 1, 1)

    with pytest.raises(KeyboardInterrupt):
        list(follow(deaf(), Lines(), stop))


def test_a_failure_ends_the_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotEnoughLabels):
        list(follow(tasks.refuse(StopRequest()), JsonLines(), StopRequest()))
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["event"], last["state"], last["code"]) == ("Ended", "failed", "NotEnoughLabels")


def test_a_resumed_run_says_from_where() -> None:
    event = ev.RunStarted(3, "", "detect", "m", "CPU", 9, 5, 40, 10, resumed_epoch=4)
    assert line_of(event).endswith("going on in epoch 4")

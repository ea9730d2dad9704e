"""A run's log turns events into curves, and redraws no more often than an eye can see."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.errors import say
from studio.learning.events import (
    Ended,
    EpochEnded,
    Event,
    Notice,
    Progress,
    RunStarted,
    StepDone,
    dumps,
)
from studio.ui.training.runs import run_log
from studio.ui.training.runs.run_log import RunLog


def started(resumed: int = 0) -> RunStarted:
    return RunStarted(7, "/runs/0007-detect", "detect", "m", "cpu", 3, 4, 10, 2, resumed)


def step(number: int, loss: float | None = 1.0) -> StepDone:
    epoch = (number - 1) // 4 + 1
    return StepDone(epoch, number, 12, loss, 1e-3, 10.0, 5.0)  # type: ignore[arg-type]


def epoch(number: int, best: bool) -> EpochEnded:
    return EpochEnded(number, 0.5, 0.6, {"map50": 0.1 * number}, best, 10.0 * number, 1.0)


def test_a_burst_of_events_redraws_once(qtbot: QtBot) -> None:
    log = RunLog()
    redrawn: list[int] = []
    log.changed.connect(lambda: redrawn.append(1))
    with qtbot.waitSignal(log.changed, timeout=2000):
        log.append(started())
        for number in range(1, 9):
            log.append(step(number))
    assert redrawn == [1]
    assert list(log.at_epoch()) == [number / 4 for number in range(1, 9)]


def test_the_smoothed_loss_starts_at_the_loss_and_follows_slowly(qapp: object) -> None:
    log = RunLog()
    for number, loss in enumerate([4.0, 4.0, 4.0, 0.0], start=1):
        log.append(step(number, loss))
    assert list(log.steps.smooth[:3]) == pytest.approx([4.0, 4.0, 4.0])
    assert 2.0 < log.steps.smooth[3] < 4.0


def test_a_loss_that_is_no_number_leaves_a_gap(qapp: object) -> None:
    log = RunLog()
    for number, loss in enumerate([2.0, None, 2.0], start=1):
        log.append(step(number, loss))
    assert math.isnan(log.steps.loss[1])
    assert list(log.steps.smooth) == pytest.approx([2.0, 2.0, 2.0])


def test_the_best_epoch_is_the_last_one_that_was_best(qapp: object) -> None:
    log = RunLog()
    for number, best in ((1, True), (2, True), (3, False)):
        log.append(epoch(number, best))
    assert log.best is not None
    assert log.best.epoch == 2


def test_a_resumed_run_does_not_draw_its_unfinished_epoch_twice(qapp: object) -> None:
    log = RunLog()
    log.append(started())
    for number in range(1, 7):
        log.append(step(number))
    log.append(epoch(1, True))
    log.append(Ended("paused"))
    log.append(started(resumed=2))
    for number in range(5, 9):
        log.append(step(number))
    assert list(log.steps.step) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert log.end is None


def test_a_run_that_goes_back_to_its_checkpoint_draws_the_new_steps_only(qapp: object) -> None:
    log = RunLog()
    log.append(started())
    for number, loss in enumerate((2.0, 2.0, 2.0, 90.0, 90.0, 90.0), start=1):
        log.append(step(number, loss))
    for number in (4, 5):
        log.append(step(number, 2.0))
    assert list(log.steps.step) == [1, 2, 3, 4, 5]
    assert list(log.steps.smooth) == pytest.approx([2.0] * 5)
    for number in (1, 2, 2):
        log.append(epoch(number, True))
    assert [each.epoch for each in log.epochs] == [1, 2]


def test_a_run_that_goes_back_by_epochs_is_where_its_steps_are(qapp: object) -> None:
    log = RunLog()
    log.append(started())
    for number in range(1, 13):
        log.append(step(number))
        if number % 4 == 0:
            log.append(epoch(number // 4, True))
    assert log.epoch == 3
    log.append(step(5))
    assert log.epoch == step(5).epoch
    assert [each.epoch for each in log.epochs if each.epoch >= step(5).epoch] == []


def test_a_file_cut_short_by_a_crash_is_read_as_far_as_it_goes(
    tmp_path: Path, qtbot: QtBot
) -> None:
    lines = [dumps(e) for e in (started(), step(1), step(2), Notice("info", say("Hello.")))]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(lines) + '\n{"event": "StepD', encoding="utf-8")
    log = RunLog()
    with qtbot.waitSignal(log.replayed):
        log.read(path)
        log.append(step(3))  # it goes on already: after all that the file tells
    assert list(log.steps.step) == [1, 2, 3]
    assert [str(notice.sentence) for notice in log.notices] == ["Hello."]


def test_why_a_run_went_no_further_is_among_its_notices(tmp_path: Path, qtbot: QtBot) -> None:
    early = Ended("finished", say("Finished after {epochs} epochs.", epochs=3))
    broken = Ended("failed", say("It broke."))
    path = tmp_path / "events.jsonl"
    path.write_text("".join(dumps(e) + "\n" for e in (started(), early, broken)), encoding="utf-8")
    log, told = RunLog(), []
    log.noticed.connect(told.append)
    with qtbot.waitSignal(log.replayed):
        log.read(path)
    assert [str(notice.sentence) for notice in log.notices] == ["Finished after 3 epochs."]
    assert told == log.notices, "what failed is told above the curves"


def test_the_clock_stops_with_the_run(qapp: object) -> None:
    now = [100.0]
    log = RunLog(clock=lambda: now[0])
    log.append(started())
    now[0] = 130.0
    assert log.elapsed_s == 0.0, "it does not run backwards at the first step"
    log.append(replace(step(1), elapsed_s=1.0))
    now[0] = 157.0
    assert log.elapsed_s == 28.0
    log.append(replace(step(2), elapsed_s=28.0))
    log.append(Ended("finished"))
    now[0] = 500.0
    assert log.elapsed_s == 28.0
    assert log.eta_s is None


def test_a_live_run_and_an_earlier_one_have_taken_equally_long(
    qtbot: QtBot, tmp_path: Path
) -> None:
    now = [100.0]
    log = RunLog(clock=lambda: now[0])
    told: list[Event] = [Progress("load", 0, 0), started(), replace(step(1), elapsed_s=3.0)]
    for event in told:
        now[0] += 20.0
        log.append(event)
    now[0] += 2.0
    assert log.elapsed_s == 5.0, "what was loaded before is not learning"
    told.append(Ended("paused"))
    log.append(told[-1])
    path = tmp_path / "events.jsonl"
    path.write_text("".join(dumps(event) + "\n" for event in told), encoding="utf-8")
    earlier = RunLog(clock=lambda: now[0])
    with qtbot.waitSignal(earlier.replayed):
        earlier.read(path)
    assert earlier.elapsed_s == log.elapsed_s == 3.0
    now[0] += 60.0
    earlier.go_on()
    earlier.append(Progress("load", 0, 0))
    assert earlier.elapsed_s == 3.0
    earlier.append(started())
    earlier.append(replace(step(2), elapsed_s=3.5))
    now[0] += 1.0
    assert earlier.elapsed_s == 4.5


def test_what_is_written_while_the_file_is_read_is_read_as_well(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(dumps(step(1)) + "\n", encoding="utf-8")
    has_read, may_end = threading.Event(), threading.Event()
    plain = run_log._batches

    def slowly(
        path: Path, start: int, should_stop: Callable[[], bool]
    ) -> Generator[Sequence[Event], None, int]:
        end = yield from plain(path, start, should_stop)
        has_read.set()
        may_end.wait(20)
        return end

    monkeypatch.setattr(run_log, "_batches", slowly)
    log = RunLog()
    log.read(path)
    assert has_read.wait(20)
    with path.open("a", encoding="utf-8") as file:
        file.write(dumps(step(2)) + "\n")
    log.read_on()
    may_end.set()
    qtbot.waitUntil(lambda: list(log.steps.step) == [1, 2], timeout=10_000)
    qtbot.waitUntil(lambda: log._reading is None, timeout=10_000)

"""Whole runs with other than the usual settings: they learn, and go on exactly."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.domain.runs import Task
from studio.learning import compiling, dry_run, memory, registry, trainer
from studio.learning.choices import ClassWeights, Loss, Optimizer, Schedule
from studio.learning.config import read_config
from studio.learning.events import EpochEnded, Event, Notice, RunStarted, StepDone
from studio.learning.snapshot import Snapshot
from studio.learning.tasks.classify import Classify
from studio.learning.validation import ShouldStop
from studio.storage import runs
from tests.learning import scenes
from tests.learning.test_trainer import folder_of, of, train


def notices(told: list[Event]) -> str:
    return "\n".join(str(notice.sentence) for notice in of(told, Notice))


def weights_of(told: list[Event]) -> dict[str, torch.Tensor]:
    return load_file(folder_of(told) / runs.BEST)


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, second[name]) for name, value in first.items())


@pytest.fixture
def no_gain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No epoch is better than the first."""
    monkeypatch.setattr(Classify, "rank", lambda self, metrics, loss: (0.5, -1.0))


@pytest.mark.parametrize("optimizer", Optimizer)
def test_every_optimizer_learns(project, optimizer):
    lr = {Optimizer.SGD: 0.05, Optimizer.RMSPROP: 3e-4, Optimizer.ADAGRAD: 0.01}.get(optimizer)
    rate = {"lr": lr} if lr else {}
    told = train(project, Task.CLASSIFY, epochs=2, optimizer=optimizer, **rate)
    losses = [step.loss for step in of(told, StepDone)]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize(
    ("task", "changes"),
    [
        (Task.CLASSIFY, {"loss": Loss.BCE}),
        (Task.CLASSIFY, {"loss": Loss.FOCAL, "class_weights": ClassWeights.EFFECTIVE}),
        (Task.SEGMENT, {"loss": Loss.DICE}),
        (Task.SEGMENT, {"loss": Loss.BCE_DICE, "class_weights": ClassWeights.ROOT}),
        (Task.SEGMENT, {"loss": Loss.FOCAL}),
    ],
)
def test_every_loss_learns(project, task, changes):
    told = train(project, task, epochs=2, **changes)
    losses = [step.loss for step in of(told, StepDone)]
    assert losses[-1] < losses[0]


def test_a_run_on_a_plateau_goes_on_exactly_where_it_was(project, no_gain):
    settings = {
        "epochs": 6, "patience": 0, "schedule": Schedule.PLATEAU, "weights": "pretrained",
        "head_epochs": 2, "sampling": "balanced", "mixup": 0.5, "cutmix": 0.5, "blur": 0.5,
        "optimizer": "rmsprop", "lr": 1e-4,
    }  # fmt: skip
    whole = train(project, Task.CLASSIFY, **settings)
    rates = {step.epoch: step.lr for step in of(whole, StepDone)}
    assert [rates[epoch] for epoch in range(2, 7)] == pytest.approx([1e-4] * 3 + [3e-5] * 2)
    config = scenes.config(Task.CLASSIFY, **settings)
    parts = [pausing_after(2, lambda stop: trainer.train(project, config, stop))]
    number = of(parts[0], RunStarted)[0].run
    for epoch in (5, 99):
        assert parts[-1][-1].state == "paused"
        parts.append(pausing_after(epoch, lambda stop: trainer.resume(project, number, stop)))
    steps = [step for told in parts for step in of(told, StepDone)]
    assert [(s.loss, s.lr) for s in steps] == [(s.loss, s.lr) for s in of(whole, StepDone)]
    assert same(weights_of(whole), weights_of(parts[0]))
    assert sum(notices(told).count("falls to") for told in parts) == 1


def test_what_is_trained_for_longer_after_a_plateau_has_its_full_rate_again(project, no_gain):
    settings = {"epochs": 5, "patience": 0, "schedule": Schedule.PLATEAU, "lr": 1e-4}
    told = train(project, Task.CLASSIFY, **settings)
    assert of(told, StepDone)[-1].lr == pytest.approx(3e-5)
    more = list(trainer.extend(project, of(told, RunStarted)[0].run, 4, scenes.never))
    rates = {step.epoch: step.lr for step in of(more, StepDone)}
    assert [rates[epoch] for epoch in range(6, 10)] == pytest.approx([1e-4] * 3 + [3e-5])


def pausing_after(epoch: int, begin: Callable[[ShouldStop], Iterator[Event]]) -> list[Event]:
    """What a run tells that is asked to pause as soon as ``epoch`` has ended."""
    told: list[Event] = []

    def should_stop() -> str:
        return "pause" if any(each.epoch >= epoch for each in of(told, EpochEnded)) else ""

    for event in begin(should_stop):
        told.append(event)
    return told


def test_new_layers_learn_alone_at_first(project):
    told = train(project, Task.CLASSIFY, epochs=1, weights="pretrained", head_epochs=1, ema=False)
    fresh = train(project, Task.CLASSIFY, epochs=1, weights="pretrained", ema=False)
    start, _ = registry.build(read_config(folder_of(told)), 2)
    start = start.state_dict()
    held, moved = weights_of(told), weights_of(fresh)
    body = [name for name in start if name.startswith("backbone.")]
    assert body and all(torch.equal(held[name], start[name]) for name in body)
    assert not any(torch.equal(moved[name], start[name]) for name in body if "weight" in name)
    assert not torch.equal(held["head.2.weight"], start["head.2.weight"])


def test_without_the_average_the_last_step_is_kept(project):
    plain = train(project, Task.CLASSIFY, epochs=2, ema=False, patience=0)
    state = trainer.checkpoint
    config = scenes.config(Task.CLASSIFY, epochs=9, ema=False)
    folder = folder_of(pausing_after(1, lambda stop: trainer.train(project, config, stop)))
    saved = state.load_state(folder)
    assert same(saved["model"], saved["average"])
    slow = train(project, Task.CLASSIFY, epochs=2, ema_decay=0.9999, patience=0)
    assert not same(weights_of(plain), weights_of(slow))


def test_a_deterministic_run_asks_torch_for_it_and_the_next_does_not(project):
    steps: list[bool] = []
    for wanted in (True, False):
        for event in trainer.train(
            project, scenes.config(Task.CLASSIFY, epochs=1, deterministic=wanted), scenes.never
        ):
            if isinstance(event, StepDone):
                steps.append(torch.are_deterministic_algorithms_enabled())
    assert set(steps[: len(steps) // 2]) == {True} and set(steps[len(steps) // 2 :]) == {False}


class NoCompiler(RuntimeError):
    """As torch's own, by the name of its module."""


NoCompiler.__module__ = "torch._inductor.exc"


@pytest.mark.parametrize("tried_first", [False, True])
def test_a_model_that_cannot_be_compiled_is_trained_as_it_is(project, monkeypatch, tried_first):
    def compile(self: torch.nn.Module) -> None:
        def call(*_: object) -> None:
            raise NoCompiler("Cannot find a working triton installation.\nMore of it.")

        self._compiled_call_impl = call

    monkeypatch.setattr(torch.nn.Module, "compile", compile)
    monkeypatch.setattr(memory, "is_bounded", lambda device: tried_first)
    told = train(project, Task.CLASSIFY, epochs=1, compile="on")
    plain = train(project, Task.CLASSIFY, epochs=1, compile="off")
    assert told[-1].state == "finished"
    assert "trained as it is: Cannot find a working triton installation.." in notices(told)
    assert [s.loss for s in of(told, StepDone)] == [s.loss for s in of(plain, StepDone)]


def test_where_compiling_fails_amid_a_batch_no_part_of_it_is_learned_from_twice(
    project, monkeypatch
):
    calls: list[int] = []

    def compile(self: torch.nn.Module) -> None:
        def call(*inputs: object) -> object:
            calls.append(1)
            if len(calls) == 2:
                raise NoCompiler("Another shape.")
            return self._call_impl(*inputs)

        self._compiled_call_impl = call

    monkeypatch.setattr(torch.nn.Module, "compile", compile)
    settings = {"epochs": 1, "micro_batch": 2, "dropout": 0.0}
    told = train(project, Task.CLASSIFY, **settings, compile="on")
    plain = train(project, Task.CLASSIFY, **settings, compile="off")
    assert len(calls) == 2
    assert [s.loss for s in of(told, StepDone)] == [s.loss for s in of(plain, StepDone)]


def test_other_errors_of_a_compiled_model_are_not_hidden():
    model = torch.nn.Linear(1, 1)
    model._compiled_call_impl = model.forward

    def work() -> Generator[Event, None, float]:
        yield Notice("info", trainer.say("At work."))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(compiling.attempt(model, work))
    assert compiling.is_compiled(model)


# The dry run ----------------------------------------------------------------------------------


@pytest.fixture
def room_for_two(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A device whose memory holds two images; the sizes that were tried."""
    plain, sizes = Classify.loss, []

    def loss(self, model, samples, device):
        sizes.append(len(samples))
        if len(samples) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return plain(self, model, samples, device)

    monkeypatch.setattr(Classify, "loss", loss)
    monkeypatch.setattr(memory, "is_bounded", lambda device: True)
    yield sizes


def test_what_fits_is_found_before_the_first_step(project, room_for_two):
    told: list[Event] = []
    for event in trainer.train(project, scenes.config(Task.CLASSIFY, epochs=1), scenes.never):
        told.append(event)
        if isinstance(event, StepDone):
            break
    assert "working on 2 image(s) at a time instead of 4" in notices(told)
    assert room_for_two[:3] == [4, 2, 2] and 4 not in room_for_two[1:]
    assert told.index(of(told, Notice)[-1]) < told.index(of(told, StepDone)[0])


def test_the_dry_run_leaves_no_trace(project, monkeypatch):
    plain = train(project, Task.CLASSIFY, epochs=1)
    monkeypatch.setattr(memory, "is_bounded", lambda device: True)
    after = train(project, Task.CLASSIFY, epochs=1)
    assert [s.loss for s in of(after, StepDone)] == [s.loss for s in of(plain, StepDone)]
    assert same(weights_of(plain), weights_of(after))


def test_a_run_can_be_discarded_during_the_dry_run(project, room_for_two):
    told = train(project, Task.CLASSIFY, epochs=1, stop=lambda: "discard" * bool(room_for_two))
    assert told[-1].state == "discarded" and runs.read_all(project) == ()
    assert not of(told, StepDone)


def test_the_dry_run_goes_through_the_training_images_once(project, monkeypatch):
    """Not once for each of them, which takes minutes where they are many."""
    plain, asked, counts = Snapshot.of, [], []

    def of_split(self, split):
        asked.append(split)
        return plain(self, split)

    def counted(training):
        asked.clear()
        yield from dry_run.find_micro_batch(training)
        counts.append(len(asked))

    monkeypatch.setattr(memory, "is_bounded", lambda device: True)
    monkeypatch.setattr(Snapshot, "of", of_split)
    monkeypatch.setattr(trainer, "find_micro_batch", counted)
    train(project, Task.CLASSIFY, epochs=1)
    assert counts == [1]


def test_the_dry_run_takes_the_largest_images(tmp_path: Path):
    square, wide = (
        dry_run.FrozenImage(1, "", "", "", width, 100, dry_run.Split.TRAIN) for width in (100, 900)
    )
    assert dry_run._size(square) > dry_run._size(wide)

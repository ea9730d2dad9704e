"""Trying learning rates: the curve, the suggestion, and that nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from studio.domain.runs import Task
from studio.errors import RunError
from studio.learning import rate_finder, registry
from studio.learning.events import Ended, RateFound, RateTried
from studio.learning.processes import accelerator_for
from studio.learning.rate_finder import Curve
from studio.learning.readiness import dataset
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.training import Training, set_up
from studio.storage import runs
from studio.storage.reader import Reader
from tests.learning import scenes
from tests.learning.test_trainer import of, stopper


def curve(rates: np.ndarray, losses: np.ndarray) -> Curve:
    made = Curve()
    for rate, loss in zip(rates.tolist(), losses.tolist(), strict=True):
        made.add(rate, loss)
    return made


def test_the_steepest_fall_is_found_before_the_loss_runs_away():
    rates = np.geomspace(1e-6, 1, 100)
    fall = 1 / (1 + np.exp(4 * (np.log10(rates) + 3)))  # steepest at 1e-3
    losses = fall + np.where(rates > 0.1, 10 * (rates - 0.1), 0)
    assert curve(rates, losses).steepest() == pytest.approx(1e-3, rel=0.3)
    for seed in range(5):
        noise = np.random.default_rng(seed).normal(0, 0.1, 100)
        assert 2e-4 < (curve(rates, losses + noise).steepest() or 0) < 5e-3
    assert curve(rates, 1 - fall).steepest() is None
    assert curve(rates[:5], fall[:5]).steepest() is None


def test_the_smoothed_loss_of_a_steady_one_is_the_same():
    found = curve(np.arange(1, 30), np.full(29, 2.0))
    assert found.smooth == pytest.approx([2.0] * 29)
    assert not found.has_run_away
    for rate in range(30, 60):
        found.add(float(rate), 100.0)
    assert found.has_run_away


def test_a_rate_is_found_that_learns_and_no_run_is_made(project, monkeypatch):
    monkeypatch.setattr(rate_finder, "STEPS", 40)
    told = list(rate_finder.find(project, scenes.config(Task.CLASSIFY), scenes.never))
    tried = of(told, RateTried)
    assert len(tried) > 15
    assert tried[0].lr == pytest.approx(1e-6)
    assert [each.done for each in tried] == list(range(1, len(tried) + 1))
    [found] = of(told, RateFound)
    assert 1e-5 < found.lr < 1.0
    assert told[-1] == Ended("finished")
    assert runs.read_all(project) == ()


def test_whoever_has_seen_enough_may_stop(project):
    config = scenes.config(Task.CLASSIFY)
    told = list(rate_finder.find(project, config, stopper("stop", after=4)))
    assert told[-1] == Ended("stopped")
    assert len(of(told, RateTried)) < 10 and not of(told, RateFound)


def test_whoever_stops_the_download_is_asked_for_no_weights(project, monkeypatch):
    heard: list[str] = []

    def stopped_on_the_way(config, should_stop):
        heard.append("stop")
        return iter(())

    monkeypatch.setattr(rate_finder.preparation, "fetch_weights", stopped_on_the_way)
    config = scenes.config(Task.CLASSIFY, model="resnet18", weights="pretrained")
    told = list(rate_finder.find(project, config, lambda: "".join(heard)))
    assert told[-1] == Ended("stopped")


def set_up_training(project: Path, folder: Path) -> Training:
    config = scenes.config(Task.CLASSIFY, optimizer="sgd", weights="pretrained")
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
    torch.manual_seed(0)
    model, _ = registry.build(config, 2)
    adapter = adapter_for(ModelSpec.of(config, frozen))
    return set_up(folder, accelerator_for(config), model, frozen, adapter, scenes.never)


@pytest.mark.parametrize("breaks", [False, True])
def test_the_model_is_left_as_it_was(project, tmp_path, monkeypatch, breaks):
    monkeypatch.setattr(rate_finder, "STEPS", 12)
    training = set_up_training(project, tmp_path)
    before = {name: value.clone() for name, value in training.plain_model.state_dict().items()}
    rates = [group["lr"] for group in training.optimizer.param_groups]
    random, position = torch.get_rng_state(), training.position.epoch
    if breaks:
        monkeypatch.setattr(rate_finder.Curve, "steepest", lambda self: None)
        with pytest.raises(RunError, match="No learning rate made the loss fall"):
            list(rate_finder.range_test(training))
    else:
        monkeypatch.setattr(rate_finder.Curve, "steepest", lambda self: 1e-3)
        changed = False
        for event in rate_finder.range_test(training):
            if isinstance(event, RateTried):
                now = training.plain_model.state_dict()
                changed |= any(not torch.equal(now[name], before[name]) for name in before)
        assert changed
    after = training.plain_model.state_dict()
    assert all(torch.equal(after[name], before[name]) for name in before)
    assert [group["lr"] for group in training.optimizer.param_groups] == rates
    assert not training.optimizer.state
    assert torch.equal(torch.get_rng_state(), random) and training.position.epoch == position
    training.close()

"""The average that is judged: tensor by tensor what the formula says, whatever the run does."""

from __future__ import annotations

import copy
import json

import torch
from torch import nn

from studio.domain.runs import Task
from studio.learning import averaging, trainer
from studio.learning.averaging import WeightAverage
from studio.storage import runs
from tests.learning import scenes


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 2, 1).half())


def step(model: nn.Module) -> None:
    """Change every tensor of ``model`` in place, as an optimizer and BatchNorm do."""
    with torch.no_grad():
        for value in model.state_dict().values():
            value.add_(torch.randn(value.shape).to(value.dtype) if value.is_floating_point() else 1)


def plainly(average: nn.Module, model: nn.Module, decay: float) -> None:
    now = model.state_dict()
    for name, value in average.state_dict().items():
        if value.is_floating_point() and decay:
            value.lerp_(now[name], 1 - decay)
        else:
            value.copy_(now[name])


def assert_equal(found: nn.Module, expected: nn.Module) -> None:
    for name, value in expected.state_dict().items():
        assert torch.equal(found.state_dict()[name], value), name


def test_every_tensor_follows_to_the_bit() -> None:
    for changes in ({"ema": True, "ema_decay": 0.9}, {"ema": False}):
        model = network()
        average = WeightAverage(model, 100, scenes.config(Task.CLASSIFY, **changes))
        expected = copy.deepcopy(average.model)
        for number in range(1, 21):
            step(model)
            average.follow(model)
            plainly(expected, model, min(changes.get("ema_decay", 0.0), number / (number + 9)))
        assert_equal(average.model, expected)
        assert not any(weights.requires_grad for weights in average.model.parameters())


def test_weights_loaded_in_between_are_followed_and_replaced_ones_let_go() -> None:
    model, other = network(), network()
    average = WeightAverage(model, 100, scenes.config(Task.CLASSIFY, ema=False))
    average.follow(model)
    step(other)
    model.load_state_dict(other.state_dict())
    average.model.load_state_dict(network().state_dict())
    average.follow(model)
    assert_equal(average.model, other)

    average.let_go()
    for each in (model, average.model):
        each.double()
    step(model)
    average.follow(model)
    assert_equal(average.model, model)


def test_a_run_trained_for_longer_looks_back_over_its_new_steps_only(project, monkeypatch) -> None:
    list(trainer.train(project, scenes.config(Task.CLASSIFY, epochs=1), scenes.never))
    path = runs.find(project, 1) / runs.POSITION
    long = json.loads(path.read_text()) | {"epoch": 1001, "step": 3000}
    path.write_text(json.dumps(long))
    decays: list[float] = []
    formula = averaging.get_ema_multi_avg_fn
    monkeypatch.setattr(
        averaging, "get_ema_multi_avg_fn", lambda decay: decays.append(decay) or formula(decay)
    )
    list(trainer.extend(project, 1, 2, scenes.never))
    assert decays == [], "of so few steps nothing but the last is looked at"

"""Optimizers and the learning rate over a run."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import torch
from torch import nn

from studio.domain.runs import Task
from studio.learning import schedule
from studio.learning.choices import Optimizer, Schedule
from tests.learning import scenes

STEPS = 100


def rates(kind: Schedule, warmup: int = 10) -> list[float]:
    config = scenes.config(Task.CLASSIFY, schedule=kind, warmup_steps=warmup)
    return [schedule.factor(step, STEPS, config) for step in range(STEPS)]


@pytest.mark.parametrize("kind", Schedule)
def test_every_schedule_warms_up_to_its_peak_and_never_rises_again(kind):
    found = rates(kind)
    assert found[:10] == pytest.approx([(step + 1) / 11 for step in range(10)])
    assert found[10] == pytest.approx(1.0)
    assert all(later <= earlier for earlier, later in pairwise(found[10:]))
    assert min(found) > 0


def test_the_shapes_of_the_schedules():
    assert rates(Schedule.COSINE)[55] == pytest.approx(0.01 + 0.99 * 0.5)
    assert rates(Schedule.POLY)[55] == pytest.approx(0.01 + 0.99 * 0.5**0.9)
    assert rates(Schedule.CONSTANT)[10:] == rates(Schedule.PLATEAU)[10:] == [1.0] * 90
    steps = rates(Schedule.STEP)
    assert (steps[66], steps[67], steps[88], steps[89]) == pytest.approx((1, 0.1, 0.1, 0.01))


def test_a_run_of_ten_steps_warms_up_for_two():
    config = scenes.config(Task.CLASSIFY, warmup_steps=500)
    assert [schedule.factor(step, 10, config) for step in range(3)] == pytest.approx(
        [1 / 3, 2 / 3, 1.0]
    )


@pytest.mark.parametrize("kind", Optimizer)
def test_every_optimizer_goes_downhill_with_its_own_settings(kind):
    weight = nn.Parameter(torch.tensor([3.0, -2.0]))
    groups = [{"name": "head", "params": [weight], "lr": 0.05, "weight_decay": 0.0}]
    config = scenes.config(Task.CLASSIFY, optimizer=kind, lr=0.05, momentum=0.5, nesterov=True)
    optimizer = schedule.optimizer_for(groups, config)
    for step in range(60):
        schedule.set_rate(optimizer, step, 60, config)
        optimizer.zero_grad()
        (weight**2).sum().backward()
        optimizer.step()
    assert float((weight.detach() ** 2).sum()) < 13 * 0.8
    settings = optimizer.param_groups[0]
    if kind in (Optimizer.SGD, Optimizer.RMSPROP):
        assert settings["momentum"] == 0.5
    assert settings.get("nesterov", True)


def test_layers_that_join_in_later_get_a_warm_up_of_their_own():
    config = scenes.config(Task.CLASSIFY, head_epochs=2, warmup_steps=3)
    assert [schedule.joined(step, STEPS, config) for step in (-20, -1, 0, 1, 3, 50)] == (
        pytest.approx([0, 0, 0.25, 0.5, 1, 1])
    )
    groups = [
        {"name": name, "params": [nn.Parameter(torch.zeros(1))], "lr": lr, "weight_decay": 0.0}
        for name, lr in (("backbone, no decay", 0.1), ("head", 1.0))
    ]
    optimizer = schedule.optimizer_for(groups, config)
    told = schedule.set_rate(optimizer, 50, STEPS, config, 0.5, body=0.25)
    backbone, head = (group["lr"] for group in optimizer.param_groups)
    assert told == head and backbone == pytest.approx(head * 0.1 * 0.25)
    assert math.isclose(head, 0.5 * schedule.factor(50, STEPS, config))

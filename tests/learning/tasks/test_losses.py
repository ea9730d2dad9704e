"""What training makes small, worked out by hand."""

from __future__ import annotations

from math import exp, log

import pytest
import torch
from torch.nn import functional

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning.choices import LOSSES, ClassWeights, Loss
from studio.learning.tasks.losses import Criterion, of_one_class, of_overlap, of_several_classes
from tests.learning import scenes

EVEN = torch.zeros(1, 2)
"""Logits that give each of two classes one half."""


def sigmoid(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def test_of_two_even_classes_every_loss_is_known():
    right = torch.tensor([1])
    assert of_one_class(EVEN, right, Criterion(Loss.CE)) == pytest.approx(log(2))
    assert of_one_class(EVEN, right, Criterion(Loss.BCE)) == pytest.approx(2 * log(2))
    assert of_one_class(EVEN, right, Criterion(Loss.FOCAL, 2)) == pytest.approx(log(2) / 4)


def test_the_focal_loss_hardly_looks_at_what_is_easy():
    easy, hard = torch.tensor([[0.0, 4.0]]), torch.tensor([[4.0, 0.0]])
    right = torch.tensor([1])
    focal = [float(of_one_class(each, right, Criterion(Loss.FOCAL, 2))) for each in (easy, hard)]
    crossed = [float(of_one_class(each, right, Criterion(Loss.CE))) for each in (easy, hard)]
    assert focal[0] == pytest.approx((1 - sigmoid(4)) ** 2 * -log(sigmoid(4)), rel=1e-3)
    assert focal[1] / focal[0] > 1000 * crossed[1] / crossed[0]
    plain = of_one_class(hard, right, Criterion(Loss.FOCAL, 0))
    assert plain == pytest.approx(crossed[1])


@pytest.mark.parametrize("kind", [Loss.CE, Loss.BCE, Loss.FOCAL])
def test_a_class_counts_as_much_as_its_weight_says(kind):
    logits, wanted = torch.randn(6, 3), torch.tensor([0, 1, 2, 0, 1, 2])
    whole = of_one_class(logits, wanted, Criterion(kind, 2, (1.0, 1.0, 1.0)))
    assert whole == pytest.approx(float(of_one_class(logits, wanted, Criterion(kind, 2))))
    if kind is not Loss.BCE:
        alone = of_one_class(logits, wanted, Criterion(kind, 2, (3.0, 0.0, 0.0)))
        of_first = of_one_class(logits[[0, 3]], wanted[[0, 3]], Criterion(kind, 2))
        assert alone == pytest.approx(float(of_first))


@pytest.mark.parametrize("kind", [Loss.CE, Loss.BCE, Loss.FOCAL])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_a_blend_counts_for_each_of_its_parts(kind, smoothing):
    logits = torch.randn(1, 4)
    blended = of_one_class(
        logits, torch.tensor([[0.7, 0.0, 0.3, 0.0]]), Criterion(kind, 2), smoothing
    )
    first, second = (
        of_one_class(logits, torch.tensor([each]), Criterion(kind, 2), smoothing) for each in (0, 2)
    )
    assert blended == pytest.approx(float(0.7 * first + 0.3 * second), rel=1e-5)


@pytest.mark.parametrize("kind", [Loss.CE, Loss.BCE, Loss.FOCAL])
def test_ignored_pixels_count_for_nothing(kind):
    logits = torch.randn(1, 3, 4, 5)
    wanted = torch.randint(0, 3, (1, 4, 5))
    hidden = wanted.clone()
    hidden[:, :, 2:] = 255
    criterion = Criterion(kind, 2, (0.5, 1.0, 2.0))
    part = of_one_class(logits, hidden, criterion, ignore=255)
    left = of_one_class(logits[..., :2], wanted[..., :2], criterion)
    assert part == pytest.approx(float(left), rel=1e-5)
    nothing = of_one_class(logits, torch.full_like(wanted, 255), criterion, ignore=255)
    assert nothing == 0


def test_of_several_classes_those_that_nobody_knows_of_count_for_nothing():
    logits = torch.tensor([[0.0, 3.0]])
    wanted, known = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0]])
    assert of_several_classes(logits, wanted, known, Criterion(Loss.CE)) == pytest.approx(log(2))
    everything = of_several_classes(logits, wanted, torch.ones(1, 2), Criterion(Loss.CE))
    assert everything == pytest.approx(
        float(functional.binary_cross_entropy_with_logits(logits, wanted))
    )
    focal = of_several_classes(logits, wanted, known, Criterion(Loss.FOCAL, 2))
    assert focal == pytest.approx(log(2) / 4)


def test_half_an_overlap_costs_half():
    wanted = torch.zeros(1, 20, 20, dtype=torch.int64)
    logits = torch.full((1, 1, 20, 20), 20.0)
    assert of_overlap(logits, wanted, 255) == pytest.approx(0, abs=1e-3)
    two = torch.zeros(1, 2, 20, 20)
    assert of_overlap(two, wanted, 255) == pytest.approx(1 - (2 * 200 + 1) / (200 + 400 + 1))


@pytest.mark.parametrize("task", Task)
def test_a_task_takes_its_own_losses_only(task):
    for loss in Loss:
        if loss in LOSSES[task]:
            assert scenes.config(task, loss=loss).loss is loss
        else:
            with pytest.raises(ConfigError, match=f"loss cannot be {loss} for {task}"):
                scenes.config(task, loss=loss)


def test_detectors_take_no_class_weights():
    with pytest.raises(ConfigError, match="use sampling instead"):
        scenes.config(Task.DETECT, class_weights=ClassWeights.ROOT)

"""Tiles are chosen where small objects would be lost, and nowhere else; the reason is said."""

from __future__ import annotations

from typing import Any

import pytest

from studio.domain.runs import Task
from studio.learning.advice.recipe import Advice
from studio.learning.readiness.dataset import Readiness
from tests.learning.advice.advising import CARD, LAPTOP, advise, pictures

FINDS = (Task.DETECT, Task.INSTANCES)


def photographs(task: Task, *object_px: float, count: int = 40, side: float = 4000) -> Readiness:
    """Large pictures with objects of these sizes: the smallest, the median and the largest."""
    small, usual, large = object_px
    px = (small, small, usual, usual, large)
    return pictures(
        task, count, longer_side_px=(side,) * 5, shorter_side_px=(0.75 * side,) * 5,
        object_px=px, object_part=tuple(each / side for each in px), objects=count,
    )  # fmt: skip


@pytest.mark.parametrize("task", [*FINDS, Task.SEGMENT])
def test_tiny_objects_in_large_photographs_are_seen_in_tiles(task: Task) -> None:
    advice = advise(task, photographs(task, 30, 40, 60), CARD)
    config = advice.config
    assert 0 < config.tile_size < 2000
    assert 30 * config.image_size / config.tile_size >= 18
    assert "in tiles they are" in str(advice.reasons["tile_size"])


@pytest.mark.parametrize("task", Task)
def test_other_pictures_are_seen_whole(task: Task) -> None:
    for machine in (CARD, LAPTOP):
        advice = advise(task, machine=machine)
        assert advice.config.tile_size == 0 and str(advice.reasons["tile_size"]).endswith(".")


@pytest.mark.parametrize(
    ("sizes", "side", "reason"),
    [
        ((150, 300, 500), 4000, "pixels enough"),
        ((8, 60, 600), 700, "hardly smaller than the pictures"),
    ],
)
def test_the_reason_for_whole_pictures_is_said(
    sizes: tuple[float, ...], side: float, reason: str
) -> None:
    advice = advise(Task.DETECT, photographs(Task.DETECT, *sizes, side=side), CARD)
    assert advice.config.tile_size == 0 and reason in str(advice.reasons["tile_size"])


def test_tiles_that_would_take_a_laptop_a_day_are_not_begun() -> None:
    advice = advise(Task.DETECT, photographs(Task.DETECT, 16, 20, 30, count=3000))
    assert advice.config.tile_size == 0
    assert "too long" in str(advice.reasons["tile_size"])


def test_a_run_in_tiles_needs_fewer_passes_and_is_reckoned_longer() -> None:
    data = photographs(Task.DETECT, 30, 40, 60, count=200)

    def at(**overrides: Any) -> Advice:
        return advise(Task.DETECT, data, CARD, **overrides)

    assert at().config.epochs < at(tile_size=0).config.epochs
    slow = [
        advise(Task.DETECT, data, LAPTOP, tile_size=tile_size, epochs=10, image_size=320).minutes
        for tile_size in (0, 640)
    ]
    assert slow[1] > 4 * slow[0]


def test_the_users_tiles_decide_the_picture_size() -> None:
    advice = advise(Task.DETECT, photographs(Task.DETECT, 30, 40, 60), CARD, tile_size="600")
    assert advice.config.tile_size == 600
    assert advice.config.image_size <= 640
    assert str(advice.reasons["tile_size"]) == "Chosen by you."


@pytest.mark.parametrize(
    ("model", "size"), [("ssd300_vgg16", 300), ("fasterrcnn_mobilenet_v3_large_320_fpn", 320)]
)
def test_a_model_for_small_pictures_gets_them(model: str, size: int) -> None:
    data = pictures(Task.DETECT, object_part=(0.3, 0.4, 0.5, 0.6, 0.7))
    config = advise(Task.DETECT, data, model=model).config
    assert config.image_size == size and config.tile_size == 0


def test_one_stage_detectors_take_smaller_steps() -> None:
    def rate(model: str) -> float:
        config = advise(Task.DETECT, machine=CARD, model=model).config
        return config.lr / config.batch_size

    assert rate("ssd300_vgg16") < rate("fcos_resnet50_fpn") < rate("fasterrcnn_resnet50_fpn")

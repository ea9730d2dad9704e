"""What is chosen for the detectors after the YOLOX paper."""

from __future__ import annotations

from studio.domain.runs import Task
from studio.learning.choices import Optimizer
from tests.learning.advice.advising import CARD, advise, pictures


def test_a_few_pictures_are_learned_with_mosaic_and_live_normalisation() -> None:
    advice = advise(Task.DETECT, model="yolox_nano")

    config = advice.config
    assert config.mosaic == 0.5 and "Four pictures in one" in str(advice.reasons["mosaic"])
    assert config.batch_size >= 8 and config.image_size % 32 == 0
    assert config.optimizer is Optimizer.ADAMW and config.backbone_lr_factor < 1
    assert str(advice.reasons["momentum"]) == "Only SGD and RMSprop use it."


def test_a_long_run_is_the_papers() -> None:
    many = pictures(Task.DETECT, count=100_000)
    config = advise(Task.DETECT, many, CARD, model="yolox_s").config

    assert config.optimizer is Optimizer.SGD and config.nesterov
    assert config.lr == config.batch_size * 0.01 / 64
    assert (config.weight_decay, config.momentum, config.backbone_lr_factor) == (5e-4, 0.9, 1.0)


def test_other_detectors_see_whole_pictures_unless_the_user_wants() -> None:
    assert advise(Task.DETECT, model="fasterrcnn_mobilenet_v2_fpn").config.mosaic == 0
    advice = advise(Task.DETECT, model="yolox_tiny", mosaic=0.2, lr=0.5)
    assert (advice.config.mosaic, advice.config.lr) == (0.2, 0.5)
    assert str(advice.reasons["mosaic"]) == "Chosen by you."

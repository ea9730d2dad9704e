"""The time of a step is measured with the real model, and kept for this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from studio.domain.runs import Task
from studio.errors import ConfigError, RunError
from studio.learning import calibration
from studio.learning.advice import speeds
from studio.learning.config import TrainConfig
from studio.learning.events import Ended, Probed
from studio.learning.readiness.dataset import Readiness
from studio.learning.trial_steps import TrialSteps
from studio.paths import cache_folder
from tests.learning.scenes import never

CARD = {"best": "cuda:0", "gpus": [{"device": "cuda:0", "name": "RTX 4070"}], "cpu": "x"}
CONFIG = TrainConfig(Task.CLASSIFY, "small_cnn", image_size=32, batch_size=4, device="cpu")


def measured(config: TrainConfig, should_stop: Callable[[], str] = never) -> list[object]:
    return list(calibration.measure(config.to_json(), should_stop))


@pytest.mark.parametrize(
    ("task", "model"),
    [
        (Task.CLASSIFY, "googlenet"),
        (Task.DETECT, "fasterrcnn_small_cnn_fpn"),
        (Task.INSTANCES, "maskrcnn_small_cnn_fpn"),
        (Task.SEGMENT, "unet_small_cnn"),
    ],
)
def test_every_task_can_be_measured(task: Task, model: str) -> None:
    config = TrainConfig(task, model, image_size=64, batch_size=2, device="cpu")

    *_, found, ended = measured(config)

    assert isinstance(found, Probed) and 0 < found.facts["step_s"] < 60
    assert ended == Ended("finished")


def test_trial_steps_learn() -> None:
    torch.manual_seed(0)
    trial = TrialSteps.of(CONFIG.changed({"lr": 3e-3}))

    losses = [trial.step()[0] for _ in range(30)]

    assert sum(losses[-5:]) < sum(losses[:5])


def test_it_ends_when_the_user_wants_something_else() -> None:
    assert measured(CONFIG, lambda: "stop")[-1] == Ended("stopped")


def test_a_batch_that_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: TrialSteps) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(TrialSteps, "step", full)

    with pytest.raises(RunError, match="A batch of 4 images of 32 pixels does not fit"):
        measured(CONFIG)


def test_a_size_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ConfigError, match="multiple of 16"):
        measured(TrainConfig(Task.CLASSIFY, "vit_b_16", image_size=50, device="cpu"))


def test_what_was_measured_is_kept_for_the_same_work_on_the_same_device() -> None:
    automatic = CONFIG.changed({"device": "auto"})
    speeds.remember(automatic, CARD, 0.25)

    assert speeds.known(automatic, CARD) == 0.25
    assert speeds.known(CONFIG.changed({"device": "cuda:0", "epochs": 3}), CARD) == 0.25
    assert speeds.known(CONFIG, CARD) is None
    assert speeds.known(automatic.changed({"image_size": 64}), CARD) is None
    assert speeds.known(automatic, CARD | {"gpus": [{"device": "cuda:0", "name": "T4"}]}) is None


def test_a_damaged_file_of_measurements_is_as_none() -> None:
    speeds.remember(CONFIG, {}, 1.0)
    (cache_folder() / speeds.FILE).write_text("[", encoding="utf-8")

    assert speeds.known(CONFIG, {}) is None
    speeds.remember(CONFIG, {}, 2.0)
    assert speeds.known(CONFIG, {}) == 2.0


def test_a_run_takes_its_steps_and_its_validation() -> None:
    data = Readiness(Task.CLASSIFY, True, train_images=10, val_images=4)
    config = CONFIG.changed({"epochs": 5, "workers": 1})

    assert speeds.run_s(config, data, 2.0) == pytest.approx(5 * (3 * 2.0 + 4 * 0.5 / 3))

"""What ``studio train`` says of settings before it begins."""

from __future__ import annotations

from studio.cli.training import choices
from studio.domain.runs import Task
from studio.learning.advice import recipe
from studio.learning.readiness.dataset import Readiness


def test_what_was_set_in_vain_is_said() -> None:
    data = Readiness(Task.SEGMENT, ready=True, train_images=40, val_images=10)
    overrides = {"mixup": "0.5", "zoom": "1.5"}
    advice = recipe.advise(Task.SEGMENT, data, {"best": "cpu"}, lambda name: True, overrides)
    told = list(choices(advice, overrides))
    assert [str(each.sentence) for each in told if each.level == "warning"] == [
        "mixup = 0.5 has no effect on this training."
    ]
    assert any(str(each.sentence).startswith("lr = ") for each in told)

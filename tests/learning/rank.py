"""One of several processes that learn together, as torchrun starts them.

``python -m torch.distributed.run --nproc-per-node 2 -m tests.learning.rank DIR WHAT...`` does
one thing after the other, each with the project ``DIR/WHAT/project``, and writes what it noticed
to ``DIR/WHAT/RANK.json``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import torch

from studio.domain.runs import Task
from studio.errors import StudioError, say
from studio.learning import beginning, trainer
from studio.learning.events import Ended, EpochEnded, Event, Notice, RunStarted, StepDone
from studio.learning.tasks.classify import Classify
from studio.learning.training import Training
from studio.learning.validation import ValidationCache
from tests.learning import scenes

RANK = int(os.environ.get("RANK", "0"))

CONFIG = scenes.config(
    Task.CLASSIFY, model="squeezenet1_1", dropout=0.0, augmentation="none", batch_size=5, lr=2e-5,
    val_fraction=0.22,
)  # fmt: skip
"""Nothing is random or depends on who shares a batch: five images, so three and two. Of 13 scenes
three are judged."""


NORMS = CONFIG.changed({"model": "resnet18", "batch_size": 9})
"""Each image's loss depends on who shares its batch: three images and two."""


def act(what: str, project: Path) -> list[Event]:
    """The events of ``what`` in this process."""
    match what:
        case "pause":  # said to the second process alone
            asked = iter(range(1000))
            stop = (lambda: "pause" if next(asked) > 8 else "") if RANK == 1 else scenes.never
            told = list(trainer.train(project, CONFIG, stop))
            return told + list(trainer.resume(project, 1, scenes.never))
        case "memory":  # the second process alone is short of it
            with _second_loses(lambda count, _: _refuse(count > 1)):
                return list(trainer.train(project, CONFIG, scenes.never))
        case "nothing fits":
            with _second_loses(lambda *_: _refuse(True)):
                return list(trainer.train(project, CONFIG, scenes.never))
        case "norms" | "norms alone":
            return list(trainer.train(project, NORMS, scenes.never))
        case "norms of one":
            with _first_learns_alone():
                return list(trainer.train(project, NORMS, scenes.never))
        case "norms and memory":
            with _second_loses(lambda _, asked: _refuse(asked == 2)):
                return list(trainer.train(project, NORMS, scenes.never))
        case "norms and nothing fits":
            with _second_loses(lambda *_: _refuse(True)):
                return list(trainer.train(project, NORMS, scenes.never))
        case "away":
            with _second_loses(lambda _, asked: float("nan") if asked == 3 else 1.0):
                return list(trainer.train(project, CONFIG, scenes.never))
        case "fit":  # each would begin with other weights
            return _fitted(project)
        case _:
            return list(trainer.train(project, CONFIG, scenes.never))


def _fitted(project: Path) -> list[Event]:
    """Ends with a notice of the sum of the weights before the first step."""
    sums: list[float] = []
    plain = beginning.set_up

    def fill(model: torch.nn.Module, *_: Any) -> Iterator[Event]:
        with torch.no_grad():
            next(model.parameters()).fill_(RANK + 1)
        yield from ()

    def set_up(folder: Path, accelerator: Any, model: torch.nn.Module, *others: Any) -> Any:
        sums.append(sum(float(each.detach().sum()) for each in model.parameters()))
        return plain(folder, accelerator, model, *others)

    with (
        mock.patch.object(beginning.head_start, "fill", fill),
        mock.patch.object(beginning, "set_up", set_up),
    ):
        told = list(trainer.train(project, CONFIG, scenes.never))
    return [*told, Notice("info", say("{sum}", sum=sums[0]))]


def _first_learns_alone() -> Any:
    plain = Training.share_of

    def share_of(self: Training, whole: Any) -> list[Any]:
        is_judged = isinstance(whole[0], list)
        return plain(self, whole) if is_judged else [] if RANK else list(whole)

    return mock.patch.object(Training, "share_of", share_of)


def _refuse(too_many: bool) -> float:
    if too_many:
        raise torch.OutOfMemoryError("out of memory")
    return 1.0


def _second_loses(factor: Callable[[int, int], float]) -> Any:
    """Patch the loss by ``factor(images, how often asked)``, in the second process alone."""
    plain, asked = Classify.loss, 0

    def loss(self: Classify, model: Any, samples: Any, device: torch.device) -> torch.Tensor:
        nonlocal asked
        asked += 1
        times = factor(len(samples), asked) if RANK == 1 else 1.0
        return plain(self, model, samples, device) * times

    return mock.patch.object(Classify, "loss", loss)


def watch(what: str, project: Path) -> dict[str, Any]:
    """Do ``what``; what was noticed of it as JSON values."""
    judged: list[int] = []
    plain, told, failure = ValidationCache.truth_of, list[Event](), ""

    def truth_of(self: ValidationCache, source: Any, adapter: Any) -> Any:
        judged.append(source.id)
        return plain(self, source, adapter)

    with mock.patch.object(ValidationCache, "truth_of", truth_of):
        try:
            told = act(what, project)
        except StudioError as error:
            failure = str(error)
    ended = [each for each in told if isinstance(each, EpochEnded)]
    return {
        "losses": [each.loss for each in told if isinstance(each, StepDone)],
        "epochs": [[e.train_loss, e.val_loss, *e.metrics.values()] for e in ended],
        "notices": [str(each.sentence) for each in told if isinstance(each, Notice)],
        "folders": [each.folder for each in told if isinstance(each, RunStarted)],
        "ended": [each.state for each in told if isinstance(each, Ended)],
        "judged": judged,
        "failure": failure,
    }


def main(folder: Path, whats: list[str]) -> None:
    """Do them all and write down what they were like."""
    torch.set_num_threads(1)
    # What connects the processes can be begun only once, and several trainings need it here.
    with mock.patch.object(torch.distributed, "destroy_process_group"):
        for what in whats:
            noticed = watch(what, folder / what / "project")
            (folder / what / f"{RANK}.json").write_text(json.dumps(noticed), encoding="utf-8")
    torch.distributed.destroy_process_group()  # else its threads may abort the process at its end


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""Where a run takes up its work: at its first weights, its checkpoint, or its best model.

Which of these it is, the files in the run's folder tell, so a process that died at any moment
leaves a run that can be taken up, were it before the first checkpoint.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from accelerate import Accelerator
from torch import nn

from studio.domain.runs import Run
from studio.learning import checkpoint, head_start, preparation, processes, registry
from studio.learning.adapter import Adapter
from studio.learning.config import TrainConfig
from studio.learning.events import Event, Notice
from studio.learning.pretrained.loading import LoadReport
from studio.learning.snapshot import Snapshot
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.training import Training, restore, set_up
from studio.learning.validation import ShouldStop
from studio.storage import runs


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run learns, from what, how, and who may stop it."""

    folder: Path
    accelerator: Accelerator
    config: TrainConfig
    snapshot: Snapshot
    should_stop: ShouldStop

    @property
    def adapter(self) -> Adapter:
        """The run's task at work."""
        return adapter_for(ModelSpec.of(self.config, self.snapshot))

    def set_up(self, model: nn.Module) -> Training:
        """The run with ``model``, before its first step."""
        return set_up(
            self.folder, self.accelerator, model, self.snapshot, self.adapter, self.should_stop
        )


def build(
    config: TrainConfig, snapshot: Snapshot, *, pretrained: bool = True
) -> tuple[nn.Module, LoadReport]:
    """The run's model, and what became of its first weights.

    Raises:
        WeightsMissing, WeightsUnusable, ConfigError: see the sentence.
    """
    torch.manual_seed(config.seed)
    labels, places = len(snapshot.labels), len(snapshot.places)
    return registry.build(config, labels, places, pretrained=pretrained)


def at_first_weights(
    plan: Plan, built: tuple[nn.Module, LoadReport]
) -> Generator[Event, None, Training]:
    """A new run, its last layer fitted where that can be."""
    model, loaded = built
    yield Notice("info", loaded.sentence)
    model = model.to(plan.accelerator.device)
    fitting = head_start.fill(model, plan.adapter, plan.snapshot, loaded.path, plan.should_stop)
    yield from processes.by_main(plan.accelerator, fitting)
    processes.spread(plan.accelerator, model)
    return plan.set_up(model)


def where_it_stood(plan: Plan, run: Run) -> Generator[Event, None, Training]:
    """A run that was begun: at its checkpoint or, where it died before the first, at its start.

    Raises:
        RunError: its checkpoint is gone or damaged.
        WeightsMissing: it begins anew, and its first weights can no longer be had.
    """
    is_known = processes.shared(plan.accelerator, checkpoint.is_there(plan.folder))
    is_finished = (plan.folder / runs.POSITION).exists()
    if not is_known and is_finished and run.epochs == _epochs_finished(plan.folder):
        return at_best(plan)
    if not is_known and not is_finished and run.epochs == 0:
        fetching = preparation.fetch_weights(plan.config, plan.should_stop)
        yield from processes.by_main(plan.accelerator, fetching)
        return (yield from at_first_weights(plan, build(plan.config, plan.snapshot)))
    state = checkpoint.load_state(plan.folder)
    model, _ = build(plan.config, plan.snapshot, pretrained=False)
    training = plan.set_up(model)
    restore(training, state)
    return training


def _epochs_finished(folder: Path) -> int:
    return preparation.read_position(folder).epoch - 1


def at_best(plan: Plan) -> Training:
    """A finished run at its best model, to be trained for longer.

    Raises:
        RunError: its files are damaged.
    """
    position = preparation.read_position(plan.folder)
    model, _ = build(plan.config, plan.snapshot, pretrained=False)
    checkpoint.load_best(plan.folder, model)
    torch.manual_seed(plan.config.seed + position.step)
    training = plan.set_up(model)
    training.stand(
        replace(position, restart=position.step, stale_epochs=0, waited=0, rollbacks=0, lowered=0)
    )
    return training


def forget_checkpoint(folder: Path) -> None:
    """Delete the checkpoint of a finished run; its best model and its position stay."""
    shutil.rmtree(folder / runs.RESUME, ignore_errors=True)

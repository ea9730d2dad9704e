"""A run at work: its model, its optimizer, and where it stands."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self, TypeVar

import torch
from accelerate import Accelerator
from torch import nn

from studio.domain.project import Split
from studio.learning import (
    balance,
    checkpoint,
    compiling,
    events,
    memory,
    processes,
    registry,
    schedule,
)
from studio.learning.adapter import Adapter
from studio.learning.averaging import WeightAverage
from studio.learning.config import TrainConfig
from studio.learning.data import tiling
from studio.learning.data.reading import (
    AGAIN,
    Pictures,
    Reading,
    choose_workers,
    order,
    seed_of,
    steps_per_epoch,
)
from studio.learning.events import Event
from studio.learning.freezing import Layers
from studio.learning.models.joint_batch import JointBatch
from studio.learning.models.norms import join
from studio.learning.snapshot import Snapshot
from studio.learning.validation import Judged, ShouldStop, ValidationCache, chunks

T = TypeVar("T")

LEAST_GAIN = 0.01
"""Part by which the validation loss must fall to count as progress."""


@dataclass(slots=True)
class Position:
    """Where a run stands; plain values that go into its checkpoint.

    ``epoch`` (from 1) is at work and ``batch`` of its batches are done; ``step`` counts all
    optimizer steps. ``loss_sum`` adds up this epoch's loss over ``images`` images. ``best`` is
    the rank of the best epoch, ``gained`` that of the last one that was better by more than a
    trifle, ``stale_epochs`` ago. ``waited`` are the epochs without gain since the plateau
    schedule last lowered the rate, which it did ``lowered`` times. ``micro_batch`` 0 means the
    whole batch. After ``rollbacks`` rates are ``lr_part`` of what the settings say; ``full_size``
    is the image size in pixels that was too much for the memory, or 0. The learning rate's
    schedule counts from step ``restart``, where a finished run was taken up again.
    """

    epoch: int = 1
    batch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    images: int = 0
    best: list[float] = field(default_factory=list)
    best_epoch: int = 0
    best_metrics: dict[str, float] = field(default_factory=dict)
    gained: list[float] = field(default_factory=list)
    stale_epochs: int = 0
    waited: int = 0
    micro_batch: int = 0
    elapsed_s: float = 0.0
    rollbacks: int = 0
    lr_part: float = 1.0
    full_size: int = 0
    restart: int = 0
    lowered: int = 0

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Read back what ``asdict`` gave.

        Raises:
            TypeError: it is something else.
        """
        position = cls(**values)
        for name, usual in asdict(cls()).items():
            if not _is_like(getattr(position, name), usual):
                raise TypeError(f"not a position: {name} is {getattr(position, name)!r}")
        return position

    @property
    def rate_part(self) -> float:
        """The part of the schedule's learning rate that rollbacks and plateaus have left."""
        return self.lr_part * schedule.PLATEAU_PART**self.lowered

    def judge(self, rank: list[float], metrics: Mapping[str, float], is_best: bool) -> None:
        """Take note of how the epoch at work ranks."""
        if is_best:
            self.best, self.best_epoch, self.best_metrics = rank, self.epoch, dict(metrics)
        if not self.gained or _is_gain(rank, self.gained):
            self.gained, self.stale_epochs, self.waited = rank, 0, 0
        else:
            self.stale_epochs += 1
            self.waited += 1

    def take_step(self, loss: float, images: int, took_s: float) -> None:
        """Take note of a step on the batch at hand, with the mean ``loss`` over its ``images``."""
        self.batch += 1
        self.step += 1
        self.images += images
        self.loss_sum += loss * images
        self.elapsed_s += took_s

    def next_epoch(self) -> None:
        """Go on to the first batch of the next epoch."""
        self.epoch += 1
        self.batch = self.images = 0
        self.loss_sum = 0.0


def _is_like(value: object, usual: object) -> bool:
    match value:
        case list():
            return isinstance(usual, list) and all(_is_like(each, 0.0) for each in value)
        case dict():
            return isinstance(usual, dict) and all(_is_like(each, 0.0) for each in value.values())
        case int():
            return isinstance(usual, (int, float))
        case float():
            return isinstance(usual, float)
        case _:
            return False


def _is_gain(rank: list[float], before: list[float]) -> bool:
    """Better in what counts first, or as good there and clearly better in the loss."""
    if rank[0] != before[0]:
        return rank[0] > before[0]
    return rank[1] > before[1] + LEAST_GAIN * abs(before[1])


@dataclass(slots=True)
class Training:
    """Everything that one run works with, in this process."""

    folder: Path
    config: TrainConfig
    snapshot: Snapshot
    adapter: Adapter
    accelerator: Accelerator
    model: nn.Module
    average: WeightAverage
    optimizer: torch.optim.Optimizer
    layers: Layers
    reading: Reading
    views: Sequence[int]
    should_stop: ShouldStop
    joint: JointBatch | None = None
    """What the model's norms tell those of other processes, where there are both."""
    position: Position = field(default_factory=Position)
    cache: ValidationCache = field(default_factory=ValidationCache)
    told: Sequence[Event] = ()
    """Of the last epoch, kept with the checkpoint: the log has it a moment later."""
    word: str = ""
    saved_at_s: float = 0.0
    """``position.elapsed_s`` of the last checkpoint."""
    saving_s: float = 0.0
    """What it took to write it."""

    @property
    def unsaved_s(self) -> float:
        """How much work would be lost if the process died now."""
        return self.position.elapsed_s - self.saved_at_s

    @property
    def device(self) -> torch.device:
        """Where this process computes."""
        return self.accelerator.device

    @property
    def is_distributed(self) -> bool:
        """Whether several processes learn together."""
        return self.accelerator.num_processes > 1

    @property
    def is_main(self) -> bool:
        """Whether this process writes the run's files."""
        return self.accelerator.is_main_process

    @property
    def plain_model(self) -> nn.Module:
        """The model without what distributes it."""
        return self.accelerator.unwrap_model(self.model)

    @property
    def train_images(self) -> int:
        """How many images a pass learns from."""
        return len(self.snapshot.of(Split.TRAIN))

    @property
    def steps_per_epoch(self) -> int:
        """Optimizer steps in a pass."""
        return steps_per_epoch(len(self.views), self.config.batch_size)

    @property
    def steps(self) -> int:
        """Optimizer steps in the whole run."""
        return self.steps_per_epoch * self.config.epochs

    def stand(self, position: Position) -> None:
        """Go on from ``position``; of a run that was taken up again the new steps are averaged."""
        self.position, restart = position, position.restart
        self.saved_at_s = position.elapsed_s
        self.average.go_on(position.step - restart, self.steps - restart)

    def begin_epoch(self) -> None:
        """Put the model into training mode for the epoch at work."""
        waits = self.position.epoch <= self.config.head_epochs
        self.layers.begin(self.model, waits=waits)

    def set_rate(self) -> float:
        """Give every layer its learning rate for the step at hand; returns that of new layers."""
        position, config = self.position, self.config
        since_body_joined = position.step - config.head_epochs * self.steps_per_epoch
        return schedule.set_rate(
            self.optimizer,
            position.step - position.restart,
            self.steps - position.restart,
            config,
            position.rate_part,
            body=schedule.joined(since_body_joined, self.steps, config),
        )

    def order(self) -> list[list[int]]:
        """The batches of the epoch at work, as positions of training images.

        ``views`` has these as often as a pass learns from a part of them.
        """
        config = self.config
        weights = balance.image_weights(self.snapshot.of(Split.TRAIN), config.sampling)
        weights = [weights[position] for position in self.views] if weights else ()
        dealt = order(len(self.views), config.batch_size, config.seed, self.position.epoch, weights)
        return [[tiling.view(self.views, each, AGAIN) for each in batch] for batch in dealt]

    def heard(self) -> str:
        """The last word of whoever may stop the run; the same in every process."""
        said = processes.gathered(self.accelerator, self.should_stop())
        self.word = next(filter(None, said), self.word)
        return self.word

    def to_judge(self) -> list[list[int]]:
        """This process's batches of validation images, as positions in the reading.

        All processes have equally many, though the last may be empty: no image is judged twice.
        """
        count, first = len(self.snapshot.of(Split.VAL)), self.train_images
        among = self.accelerator.num_processes
        batches = chunks(count, min(tiling.at_a_time(self.config), math.ceil(count / among)))
        batches += [[]] * (-len(batches) % among)
        mine = self.share_of(batches)
        return [[first + each for each in batch] for batch in mine]

    def pooled(self, judged: list[Judged], failure: memory.TooLarge | None) -> list[Judged]:
        """What all processes made of the validation images, in the order of these.

        Raises:
            TooLarge: one of them failed.
        """
        processes.raise_alike(self.accelerator, failure)
        told = processes.gathered(self.accelerator, judged)
        place = {image.id: place for place, image in enumerate(self.snapshot.of(Split.VAL))}
        return sorted((each for part in told for each in part), key=lambda each: place[each.id])

    def share_of(self, whole: Sequence[T]) -> list[T]:
        """This process's part of a batch, or of batches; empty where there are too few."""
        return list(whole[self.accelerator.process_index :: self.accelerator.num_processes])

    def draw_apart(self) -> None:
        """Let each process draw other random numbers, the same again where a run is resumed."""
        parts = self.config.seed, self.position.step, self.accelerator.process_index
        torch.manual_seed(seed_of(*parts))

    def save(self) -> None:
        """Write the checkpoint that the run can go on from."""
        if not self.is_main:
            return
        began = time.monotonic()
        scaler = self.accelerator.scaler
        checkpoint.save_state(
            self.folder,
            {
                "model": self.plain_model.state_dict(),
                "average": self.average.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "scaler": scaler.state_dict() if scaler is not None else None,
                "random": checkpoint.random_state(self.device),
                "position": asdict(self.position),
                "told": [events.dumps(event) for event in self.told],
            },
        )
        self.saved_at_s, self.saving_s = self.position.elapsed_s, time.monotonic() - began

    def become(self, other: Training) -> None:
        """Go on as ``other``, a setting up of the same run."""
        for each in fields(self):
            setattr(self, each.name, getattr(other, each.name))

    def close(self) -> None:
        """End the reading processes."""
        self.reading.close()


def set_up(
    folder: Path,
    accelerator: Accelerator,
    model: nn.Module,
    snapshot: Snapshot,
    adapter: Adapter,
    should_stop: ShouldStop,
) -> Training:
    """Put ``model`` on its device with its optimizer and the readers of images."""
    config = adapter.spec.config
    device = accelerator.device
    model = model.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = schedule.optimizer_for(registry.parameter_groups(model, config), config)
    train, val = snapshot.of(Split.TRAIN), snapshot.of(Split.VAL)
    views = tiling.repeats(train, config)
    steps = config.epochs * steps_per_epoch(len(views), config.batch_size)
    average, layers = WeightAverage(model, steps, config), Layers.of(model, config)
    alone = accelerator.num_processes == 1  # else ``processes`` unites what they learn
    joint = None if alone else join(model)
    if joint is None:  # a compiler cannot look through what processes tell each other
        compiling.compile_where_it_pays(model, config, device, steps)
    model = accelerator.prepare_model(model, evaluation_mode=not alone)
    optimizer = accelerator.prepare_optimizer(optimizer)
    pin = device.type == "cuda"
    pictures = Pictures(
        train, adapter, config.augmentation, config.seed, plain=val, cached=config.cache_images
    )
    workers = choose_workers(config, device, max(len(train), len(val)))
    return Training(
        folder=folder,
        config=config,
        snapshot=snapshot,
        adapter=adapter,
        accelerator=accelerator,
        model=model,
        average=average,
        optimizer=optimizer,
        layers=layers,
        reading=Reading(pictures, workers, pin),
        views=views,
        should_stop=should_stop,
        joint=joint,
        position=Position(micro_batch=config.micro_batch),
    )


def restore(training: Training, state: Mapping[str, Any]) -> None:
    """Bring a fresh ``Training`` to where ``Training.save`` left off, random generators too.

    Raises:
        RunError: the state is not what ``Training.save`` writes.
    """
    try:
        _restore(training, state)
    except checkpoint.DAMAGED as error:
        if memory.is_exhausted(error):
            raise
        raise checkpoint.damaged(training.folder) from error


def _restore(training: Training, state: Mapping[str, Any]) -> None:
    training.plain_model.load_state_dict(state["model"])
    training.average.model.load_state_dict(state["average"])
    training.optimizer.load_state_dict(state["optimizer"])
    if state["scaler"] is not None and training.accelerator.scaler is not None:
        training.accelerator.scaler.load_state_dict(state["scaler"])
    training.stand(Position.from_json(state["position"]))
    training.told = [events.loads(line) for line in state.get("told", ())]
    checkpoint.restore_random_state(state["random"], training.device)

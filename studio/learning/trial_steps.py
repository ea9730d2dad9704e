"""Real training steps on made-up pictures: what a model costs on this machine, before any run."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
from accelerate import Accelerator
from torch import nn

from studio.domain import geometry as geo
from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box, Points
from studio.learning import registry, schedule
from studio.learning.adapter import Adapter, Sample
from studio.learning.config import TrainConfig
from studio.learning.data import tiling
from studio.learning.processes import accelerator_for
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for

LABELS = (Label("a", "a", "#000000", 0), Label("b", "b", "#ffffff", 1))

PLACES = tuple("12345")

SHORTER_PART = 0.75
"""Made-up pictures have the proportions of most cameras."""


@dataclass(slots=True)
class TrialSteps:
    """A model with random weights and a batch of noise to take steps on."""

    model: nn.Module
    optimizer: torch.optim.Optimizer
    adapter: Adapter
    accelerator: Accelerator
    samples: list[Sample]

    @classmethod
    def of(cls, config: TrainConfig) -> TrialSteps:
        """As a run with ``config`` would begin, on its device.

        Raises:
            ConfigError: the model, the image size or the device does not exist here.
        """
        accelerator = accelerator_for(config)
        places = PLACES if config.task is Task.KEYPOINTS else ()
        model, _ = registry.build(config, len(LABELS), len(places), pretrained=False)
        model = model.to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        optimizer = schedule.optimizer_for(registry.parameter_groups(model, config), config)
        model, optimizer = accelerator.prepare(model, optimizer)
        model.train()
        adapter = adapter_for(ModelSpec(config.task, config, LABELS, places=places))
        samples = [_sample(adapter, config, number) for number in range(_at_a_time(config))]
        return cls(model, optimizer, adapter, accelerator, samples)

    def step(self) -> tuple[float, float]:
        """Learn from the batch once: the loss, and the seconds that it took."""
        started = time.perf_counter()
        loss = self.adapter.loss(self.model, self.samples, self.accelerator.device)
        self.accelerator.backward(loss)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        value = float(loss.detach())  # waits for the device
        return value, time.perf_counter() - started


def _at_a_time(config: TrainConfig) -> int:
    return min(config.micro_batch or config.batch_size, config.batch_size)


def _sample(adapter: Adapter, config: TrainConfig, number: int) -> Sample:
    """Noise with an object of each class, as large as the network will see it."""
    width = tiling.side_px(config) or config.image_size
    square = config.task is Task.CLASSIFY or bool(tiling.side_px(config))
    height = width if square else max(1, round(width * SHORTER_PART))
    random = np.random.default_rng(number)
    truths = tuple(
        _truth(config.task, label.id, Box(width * x, height / 4, width * (x + 0.3), height * 3 / 4))
        for label, x in zip(LABELS, (0.1, 0.6), strict=True)
    )
    source = FrozenImage(
        number, "", "", "", width, height, Split.TRAIN,
        tags=(LABELS[number % 2].id,), truths=truths,
    )  # fmt: skip
    rgb = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    return adapter.prepare(rgb, source, None)


def _truth(task: Task, label: str, box: Box) -> Truth:
    if task is Task.KEYPOINTS:
        across = (box.x1 - box.x0) / (len(PLACES) + 1)
        middle = (box.y0 + box.y1) / 2
        points = ((box.x0 + across * n, middle) for n in range(1, len(PLACES) + 1))
        return Truth(label, Points(tuple(points)), box=box)
    return Truth(label, geo.as_polygon(box))

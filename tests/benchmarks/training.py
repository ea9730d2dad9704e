"""Training and prediction beside torchvision's own reference loop, on this machine.

``python -m tests.benchmarks.training``, on a GPU for example with ``--device cuda --model resnet50
--amp --batch 128 --workers 12 --large 256 --small 4096``

Both sides train the same network, from random weights, on the same JPEG files at the same size, in
equal batches, with as many reading processes, SGD, random resized crops and flips; ours with all
that a run does besides: the average of weights, events, checkpoints. Epochs are taken in turns, so
that what else the machine does slows both down alike, and the first is left out, in which workers
start and large photographs are decoded once and for all. The ratio is the median of the turns'.
``synthetic`` is the reference loop on one batch that is on the device already. Beside other
programs ``--own-time`` counts the time that this process computed instead of what went by.

``--many 10000`` adds what predicting on so many images takes of the memory.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import cv2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from studio.cli.app import run as studio
from studio.domain.runs import Task
from studio.learning import checkpoint, devices, predictor, registry, trainer
from studio.learning.averaging import WeightAverage
from studio.learning.config import TrainConfig, Weights
from studio.learning.events import EpochEnded, ImagePredicted, RunStarted, StepDone
from studio.learning.run_log import EventLog
from studio.learning.tasks.classify import Classify
from studio.learning.training import Training
from studio.storage import runs
from tests.benchmarks import many_images

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
LARGE, SMALL = (4000, 3000), (500, 375)
"""Width and height in pixels: a phone's photograph, and an image of ImageNet."""
LONG_EPOCH = 1000
"""Images of the epoch on which what is done once an epoch is reckoned."""


def draw(folder: Path, count: int, size: tuple[int, int]) -> None:
    """JPEGs of two classes that are about as hard to decode as photographs."""
    random = np.random.default_rng(0)
    for number in range(count):
        coarse = random.integers(0, 256, (size[1] // 16, size[0] // 16, 3), dtype=np.uint8)
        rgb = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
        grain = random.integers(-6, 7, (size[1], size[0], 1), dtype=np.int16)
        rgb = np.clip(rgb + grain, 0, 255).astype(np.uint8)
        path = folder / ("one", "two")[number % 2] / f"{number:05d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), rgb, [cv2.IMWRITE_JPEG_QUALITY, 90])


def synchronise(device: torch.device) -> None:
    """Wait until ``device`` has done what it was asked to."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


Clock = Callable[[], float]
"""Seconds that go by, or that this process has computed."""


@dataclass
class Turns:
    """Images a second of ours and of theirs, turn by turn."""

    rates: list[tuple[float, float]] = field(default_factory=list)

    def row(self, what: str) -> str:
        """A line of the table."""
        ours, theirs = (statistics.median(each) for each in zip(*self.rates, strict=True))
        ratio = statistics.median(ours / theirs for ours, theirs in self.rates)
        return f"| {what}, images/s | {ours:.1f} | {theirs:.1f} | {ratio:.2f} |"


class Reference:
    """torchvision's references/classification, in short."""

    def __init__(self, folder: Path, config: TrainConfig, workers: int, clock: Clock) -> None:
        self.clock = clock
        self.device = devices.resolve(config.device)
        self.config = config
        size = config.image_size
        varied = transforms.Compose([
            transforms.RandomResizedCrop(size), transforms.RandomHorizontalFlip(),
            transforms.PILToTensor(), transforms.ConvertImageDtype(torch.float),
            transforms.Normalize(MEAN, STD),
        ])  # fmt: skip
        self.loader = DataLoader(
            ImageFolder(folder, varied), config.batch_size, shuffle=True, num_workers=workers,
            pin_memory=self.device.type == "cuda",
        )  # fmt: skip
        self.model, _ = registry.build(config, 2, pretrained=False)
        self.model.to(self.device)
        self.optimizer = torch.optim.SGD(
            self.model.parameters(), lr=config.lr, momentum=0.9, weight_decay=1e-4
        )
        self.criterion = nn.CrossEntropyLoss(label_smoothing=config.label_smoothing)
        precision = devices.precision(self.device, config.mixed_precision)
        self.autocast: Callable[[], Any] = contextlib.nullcontext
        if precision != "no":
            kind = torch.bfloat16 if precision == "bf16" else torch.float16
            self.autocast = lambda: torch.autocast("cuda", kind)

    def step(self, images: torch.Tensor, wanted: torch.Tensor) -> float:
        """Learn from a batch once; its loss."""
        with self.autocast():
            loss = self.criterion(self.model(images), wanted)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def epoch(self) -> float:
        """Images a second of one pass."""
        self.model.train()
        count, began = 0, self.clock()
        for images, wanted in self.loader:
            images = images.to(self.device, non_blocking=True)
            self.step(images, wanted.to(self.device, non_blocking=True))
            count += len(images)
        synchronise(self.device)
        return count / (self.clock() - began)

    def synthetic(self, steps: int) -> float:
        """Images a second where nothing is read."""
        size, batch = self.config.image_size, self.config.batch_size
        images = torch.randn(batch, 3, size, size, device=self.device)
        wanted = torch.arange(batch, device=self.device) % 2
        self.model.train()
        self.step(images, wanted)
        synchronise(self.device)
        began = self.clock()
        for _ in range(steps):
            self.step(images, wanted)
        synchronise(self.device)
        return steps * batch / (self.clock() - began)

    def predict(self, folder: Path, workers: int) -> float:
        """Images a second, as torchvision's own evaluation reads and judges them."""
        size = self.config.image_size
        plain = transforms.Compose([
            transforms.Resize(size), transforms.CenterCrop(size), transforms.PILToTensor(),
            transforms.ConvertImageDtype(torch.float), transforms.Normalize(MEAN, STD),
        ])  # fmt: skip
        loader = DataLoader(
            ImageFolder(folder, plain), predictor.MOST_AT_A_TIME, num_workers=workers
        )
        self.model.eval()
        count, began = 0, self.clock()
        with torch.inference_mode():
            for images, _ in loader:
                with self.autocast():
                    self.model(images.to(self.device)).softmax(1).cpu()
                count += len(images)
        return count / (self.clock() - began)


class Ours:
    """A run of a project, an epoch at a time."""

    def __init__(self, project: Path, config: TrainConfig, clock: Clock) -> None:
        self.events = trainer.train(project, config, lambda: "")
        self.clock = clock
        self.images = 0
        self.steps_s = 0.0
        for event in self.events:
            if isinstance(event, RunStarted):
                self.images, self.steps = event.train_images, event.steps_per_epoch
                break

    def epoch(self) -> float:
        """Images a second of one pass; what follows it is done, but not counted."""
        began = self.clock()
        done, took_s = 0, 0.0
        for event in self.events:
            if isinstance(event, StepDone):
                done += 1
                if done == self.steps:
                    took_s = self.clock() - began
            if isinstance(event, EpochEnded):
                break
        self.steps_s += took_s
        return self.images / took_s


@dataclass
class Spent:
    """Seconds spent in functions."""

    clock: Clock
    seconds: float = 0.0

    @contextlib.contextmanager
    def watching(self, *functions: tuple[Any, str]) -> Iterator[None]:
        """Count the time of functions, each given by its owner and its name."""
        with contextlib.ExitStack() as patches:
            for owner, name in functions:
                timed = self._timed(getattr(owner, name))
                patches.enter_context(mock.patch.object(owner, name, timed))
            yield

    def _timed(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            began = self.clock()
            try:
                return plain(*args, **options)
            finally:
                self.seconds += self.clock() - began

        return timed


def project_of(folder: Path, pictures: Path) -> Path:
    """A project in which the folders' names are tags."""
    project = folder / f"{pictures.name}-project"
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        assert studio(["new", str(project), str(pictures)]) == 0, told.getvalue()
        given = ["import", str(project), str(pictures), "--format", "imagefolder"]
        assert studio(given) == 0, told.getvalue()
    return project


def compare(
    folder: Path, pictures: Path, config: TrainConfig, given: argparse.Namespace
) -> Iterator[str]:
    """Lines of the table for one folder of JPEGs."""
    clock: Clock = time.process_time if given.own_time else time.perf_counter
    project = project_of(folder, pictures)
    turns = Turns()
    log, average, saving, judging = (Spent(clock) for _ in range(4))
    reference = Reference(pictures, config, given.workers, clock)
    with (
        log.watching((EventLog, "write")), average.watching((WeightAverage, "follow")),
        saving.watching((Training, "save"), (checkpoint, "save_best"), (runs, "write")),
        judging.watching((Classify, "score"), (trainer, "write_report")),
    ):  # fmt: skip
        run = Ours(project, config, clock)
        for _ in range(config.epochs):
            turns.rates.append((run.epoch(), reference.epoch()))
        for _ in run.events:
            pass
    del turns.rates[0]
    name = f"{pictures.name} JPEGs"
    yield turns.row(f"training, {name}")
    ours = statistics.median(rate for rate, _ in turns.rates)
    synthetic = reference.synthetic(max(2, run.steps // 2))
    ratio = f"{ours:.1f} | {synthetic:.1f} | {ours / synthetic:.2f}"
    yield f"| training, {name}, beside synthetic data | {ratio} |"
    yield predicted(project, pictures, reference, given)
    seen, long_s = run.images * config.epochs, LONG_EPOCH / ours
    parts = {
        "events": log.seconds / run.steps_s,
        "average of weights": average.seconds / run.steps_s,
        "checkpoints *": saving.seconds / config.epochs / long_s,
        "metrics *": judging.seconds / seen * LONG_EPOCH / long_s,
    }
    for part, share in parts.items():
        yield f"| {name}: {part}, part of the steps | {share:.2%} | | |"
    yield f"| {name}: all of these | {sum(parts.values()):.2%} | | |"


def predicted(
    project: Path, pictures: Path, reference: Reference, given: argparse.Namespace
) -> str:
    """The line of prediction, in turns as well."""
    paths = sorted(pictures.glob("*/*.jpg"))
    turns = Turns()
    for _ in range(given.epochs):
        events = predictor.predict(project, 1, paths, None, lambda: "")
        ours = _rate_of(events, reference.clock)
        turns.rates.append((ours, reference.predict(pictures, given.workers)))
    return turns.row(f"prediction, {pictures.name} JPEGs")


def _rate_of(events: Generator[Any, None, None], clock: Clock) -> float:
    """Images a second after the first batch, before which the model is loaded."""
    told = [clock() for event in events if isinstance(event, ImagePredicted)]
    return (len(told) - predictor.MOST_AT_A_TIME) / (told[-1] - told[0])


def many(project: Path, pictures: Path, folder: Path, count: int) -> str:
    """The line that tells how the memory grows while thousands of images are predicted."""
    many_images.link(pictures, folder, count)
    done, warm, most = many_images.predict(project, folder)
    took = f"{warm:.0f} MB after {many_images.WARM}, {most:.0f} MB after all"
    return f"| memory of predicting on {done} small JPEGs | {took} | | |"


def main() -> None:
    """Print the table."""
    given = arguments()
    config = TrainConfig(
        task=Task.CLASSIFY, model=given.model, epochs=given.epochs, image_size=given.size,
        batch_size=given.batch, lr=0.01,
        weights=Weights.SCRATCH, device=given.device, workers=given.workers, val_fraction=0.1,
        mixed_precision=given.amp,
    )  # fmt: skip
    config = config.changed(
        {"optimizer": "sgd", "augmentation": "none", "flip_horizontal": 0.5, "crop": 0.08}
    )
    load = f", load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    print(f"{given.model} at {given.size} on {devices.describe(devices.resolve(given.device))}, "
          f"batches of {given.batch}, {given.workers} workers, {os.cpu_count()} cores{load}; "
          f"images a second{' of own time' if given.own_time else ''}\n")  # fmt: skip
    print("| | Vision Studio | torchvision | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, count, size in (("12-MP", given.large, LARGE), ("small", given.small, SMALL)):
            if not count:
                continue
            draw(folder / label, count, size)
            for line in compare(folder, folder / label, config, given):
                print(line, flush=True)
        if given.many:
            project = folder / "small-project"
            print(many(project, folder / "small", folder / "many", given.many))
    print(f"\n\\* in an epoch of {LONG_EPOCH} images")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Compare with torchvision.")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--model", default="mobilenet_v3_small")
    parser.add_argument("--amp", action="store_true")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=9, help="turns, the first not counted")
    parser.add_argument("--workers", type=int, default=0, help="on both sides")
    parser.add_argument("--large", type=int, default=24, help="photographs of 12 megapixels, or 0")
    parser.add_argument("--small", type=int, default=96, help="images of 500 x 375, or 0")
    parser.add_argument("--many", type=int, default=0, help="predict on so many small images")
    parser.add_argument("--own-time", action="store_true", help="time computed, not gone by")
    return parser.parse_args()


if __name__ == "__main__":
    main()

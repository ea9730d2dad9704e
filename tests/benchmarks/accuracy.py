"""How good the default button is, beside a straight fine-tune of the same model.

``python -m tests.benchmarks.accuracy --data FOLDER --sets ants_bees bccd --seeds 0 1 2``

``FOLDER/data`` holds the sets and ``FOLDER/weights`` pretrained weights. Each set is imported into
a project and trained as the Train button would. Then the same model, from the same weights, on
the same images at the same size learns for as many epochs as the tutorials do it:

* classify: pytorch.org's transfer learning tutorial: SGD 0.001, momentum 0.9, batches of 4, a
  tenth of the rate every 7 epochs, random resized crops and flips;
* detect, instances: torchvision's fine-tuning tutorial: SGD 0.005, momentum 0.9, weight decay
  0.0005, batches of 2, a tenth every 3 epochs, a first epoch of warm-up, flips;
* segment: torchvision's reference script: SGD 0.01, momentum 0.9, weight decay 0.0001, batches
  of 4, the rate falling as a power of 0.9 at every step, flips.

Both keep their best epoch, and both are judged by the same metric on the same images. Where the
loss of a tutorial is no number any more it ends, as the tutorials do.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torchvision.transforms import v2

from studio.cli import output
from studio.domain.project import Split
from studio.domain.runs import METRICS, Task
from studio.learning import registry, snapshot
from studio.learning.adapter import Adapter, Sample
from studio.learning.config import TrainConfig, read_config
from studio.learning.data.reading import Pictures, Unreadable, order
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.validation import chunks, validate
from studio.storage import runs
from studio.vision import images

CAMVID = "Sky,Building,Pole,Road,Pavement,Tree,SignSymbol,Fence,Car,Pedestrian,Bicyclist"
CPU = torch.device("cpu")


@dataclass(frozen=True, slots=True)
class DataSet:
    """A labelled folder: what is learned of it, and its imports (arguments of the command)."""

    task: Task
    folder: str
    imports: tuple[tuple[str, ...], ...]


SETS = {
    "ants_bees": DataSet(
        Task.CLASSIFY, "ants_bees",
        (
            ("train", "--format", "imagefolder", "--split", "train"),
            ("val", "--format", "imagefolder", "--split", "val"),
        ),
    ),
    "bccd": DataSet(Task.DETECT, "bccd", ((".", "--format", "voc"),)),
    "nuclei": DataSet(Task.INSTANCES, "nuclei", ((".", "--format", "masks"),)),
    "camvid": DataSet(
        Task.SEGMENT, "camvid",
        tuple(
            (f"{part}annot", "--format", "masks", "--images", f"{{}}/{part}", "--ignore", "11",
             "--split", part, "--names", "{names}")
            for part in ("train", "val")
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """One training: what it reached, in parts of 1, and how long it took."""

    metric: float
    seconds: float
    model: str = ""
    epochs: int = 0


def main() -> None:
    """Train everything that was asked for and print one table."""
    parser = argparse.ArgumentParser(description="Ours beside the tutorials.")
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("STUDIO_TEST_DATA", "../shared"))
    )
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--set", dest="settings", nargs="*", default=[], help="KEY=VALUE of train")
    given = parser.parse_args()
    weights = (given.data / "weights").resolve()
    os.environ.setdefault("STUDIO_WEIGHTS", str(weights))
    table: list[Sequence[object]] = []
    for name in given.sets:
        with tempfile.TemporaryDirectory() as folder:
            project = make_project(Path(folder), SETS[name], (given.data / "data").resolve())
            for seed in given.seeds:
                ours, run = train(project, SETS[name].task, seed, given.settings)
                theirs = reference(project, run, seed)
                table.append(_row(name, seed, ours, theirs))
                output.print_table(_HEADER, table)
    for name in given.sets:
        mine = [row for row in table if row[0] == name]
        medians = [statistics.median(float(str(row[at])) for row in mine) for at in (4, 6)]
        print(f"{name}: median {medians[0]:.1f} against {medians[1]:.1f}")
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, torch {torch.__version__}")


_HEADER = ("Set", "Seed", "Model", "Epochs", "Ours %", "s", "Tutorial %", "s")


def _row(name: str, seed: int, ours: Outcome, theirs: Outcome) -> Sequence[object]:
    return (
        name, seed, ours.model, ours.epochs, f"{100 * ours.metric:.1f}", round(ours.seconds),
        f"{100 * theirs.metric:.1f}", round(theirs.seconds),
    )  # fmt: skip


def studio(*arguments: object) -> str:
    """Run the program's command line; returns what it printed."""
    command = [sys.executable, "-m", "studio", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def make_project(folder: Path, chosen: DataSet, data: Path) -> Path:
    """The set as a project of its own."""
    project, source = folder / "project", data / chosen.folder
    names = folder / "names.txt"
    names.write_text(CAMVID.replace(",", "\n"), encoding="utf-8")
    studio("new", project, source)
    for part, *options in chosen.imports:
        filled = [option.format(source, names=names) for option in options]
        studio("import", project, source / part, *filled)
    return project


# Ours -----------------------------------------------------------------------------------------


def train(project: Path, task: Task, seed: int, settings: Sequence[str]) -> tuple[Outcome, Path]:
    """Press the button; returns the run's folder too."""
    started = time.monotonic()
    extra = [word for setting in settings for word in ("--set", setting)]
    lines = studio("train", project, "--task", task, "--seed", seed, "--json", *extra).splitlines()
    told = [json.loads(line) for line in lines]
    ended = next(each for each in told if each["event"] == "Ended")
    folder = Path(next(each for each in told if each["event"] == "RunStarted")["folder"])
    epochs = sum(each["event"] == "EpochEnded" for each in told)
    model = read_config(folder).model
    metric = ended["metrics"][METRICS[task][0]]
    return Outcome(metric, time.monotonic() - started, model, epochs), folder


# The tutorials --------------------------------------------------------------------------------


def reference(project: Path, folder: Path, seed: int) -> Outcome:
    """The same model by its tutorial, on the images of the run in ``folder``."""
    started = time.monotonic()
    run = runs.read(folder)
    assert run is not None
    frozen, config = snapshot.read(folder), read_config(folder)
    torch.manual_seed(seed)
    plain = config.changed({"label_smoothing": 0.0, "batch_norm": "batch"})
    model, _ = registry.build(plain, len(frozen.labels))
    adapter = adapter_for(ModelSpec.of(plain, frozen))
    learned, judged = frozen.of(Split.TRAIN), frozen.of(Split.VAL)
    recipe = _RECIPES[config.task]
    optimizer = recipe.optimizer([each for each in model.parameters() if each.requires_grad])
    steps = -(-len(learned) // recipe.batch) * run.epochs
    schedule = recipe.schedule(optimizer, steps, run.epochs)
    pictures = Pictures([*learned, *judged], adapter)
    best = 0.0
    for epoch in range(1, run.epochs + 1):
        model.train()
        for batch in order(len(learned), recipe.batch, seed, epoch):
            samples = [_varied(pictures, learned[at], at, adapter) for at in batch]
            loss = adapter.loss(model, samples, CPU)
            if not math.isfinite(loss.item()):
                print(f"The tutorial's loss is no number any more in epoch {epoch}: it ends there.")
                return Outcome(best, time.monotonic() - started)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        best = max(best, _judge(model, adapter, pictures, len(learned), config))
    return Outcome(best, time.monotonic() - started)


def _varied(pictures: Pictures, source: FrozenImage, at: int, adapter: Adapter) -> Sample:
    if adapter.spec.config.task is Task.CLASSIFY:
        rgb = torch.from_numpy(images.read(Path(source.path)).transpose(2, 0, 1).copy())
        crop = v2.Compose(
            [
                v2.RandomResizedCrop(adapter.spec.config.image_size, antialias=True),
                v2.RandomHorizontalFlip(),
            ]
        )
        plain = pictures[0, at]
        assert not isinstance(plain, Unreadable)
        return Sample(crop(rgb), plain.target, source)
    sample = pictures[0, at]
    assert not isinstance(sample, Unreadable)
    return _flipped(sample) if torch.rand(()) < 0.5 else sample


def _flipped(sample: Sample) -> Sample:
    """The mirror image of a sample: its boxes, masks and class map with it."""
    width = sample.image.shape[2]
    target = dict(sample.target)
    if "boxes" in target:
        x0, y0, x1, y1 = target["boxes"].unbind(1)
        target["boxes"] = torch.stack((width - x1, y0, width - x0, y1), 1)
    for name in ("masks", "classes"):
        if name in target:
            target[name] = target[name].flip(-1)
    return Sample(sample.image.flip(-1), target, sample.source)


def _judge(
    model: nn.Module, adapter: Adapter, pictures: Pictures, first: int, config: TrainConfig
) -> float:
    def loaded() -> Iterator[list[Sample | Unreadable]]:
        for batch in chunks(len(pictures) - first, 8):
            yield [pictures[0, first + at] for at in batch]

    told = validate(model, adapter, loaded(), len(pictures) - first, CPU, lambda: "")
    while True:
        try:
            next(told)
        except StopIteration as stop:
            return stop.value.scores.metrics[METRICS[config.task][0]]


@dataclass(frozen=True, slots=True)
class _Recipe:
    batch: int
    optimizer: Callable[[Sequence[Tensor]], torch.optim.Optimizer]
    schedule: Callable[[torch.optim.Optimizer, int, int], torch.optim.lr_scheduler.LRScheduler]


def _falling(every: int, warmup: int = 0) -> Callable[..., torch.optim.lr_scheduler.LRScheduler]:
    """A tenth of the rate after every so many epochs; ``warmup`` steps from a thousandth on."""

    def schedule(optimizer: torch.optim.Optimizer, steps: int, epochs: int):
        per_epoch = max(1, steps // epochs)
        ramp = min(warmup, per_epoch - 1)

        def part(step: int) -> float:
            rise = 0.001 + 0.999 * step / ramp if step < ramp else 1.0
            return rise * 0.1 ** (step // per_epoch // every)

        return torch.optim.lr_scheduler.LambdaLR(optimizer, part)

    return schedule


def _poly(optimizer: torch.optim.Optimizer, steps: int, _: int):
    return torch.optim.lr_scheduler.PolynomialLR(optimizer, steps, power=0.9)


def _sgd(lr: float, decay: float) -> Callable[[Sequence[Tensor]], torch.optim.Optimizer]:
    return lambda weights: torch.optim.SGD(weights, lr, momentum=0.9, weight_decay=decay)


_FINDS = _Recipe(2, _sgd(0.005, 0.0005), _falling(3, warmup=1000))
_RECIPES = {
    Task.CLASSIFY: _Recipe(4, _sgd(0.001, 0.0), _falling(7)),
    Task.DETECT: _FINDS,
    Task.INSTANCES: _FINDS,
    Task.SEGMENT: _Recipe(4, _sgd(0.01, 0.0001), _poly),
}

if __name__ == "__main__":
    main()

"""Trains every model of every task for two steps and writes what became of each into a table.

python -m tests.tables.models [--task classify] [--name PART] [--most-gb 8]

Each is built with random weights at the smallest image size that it takes (at least 64 pixels)
and learns from two made-up pictures. It takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import math
import platform
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torchvision

from studio.domain.runs import Task
from studio.learning import catalogue
from studio.learning.catalogue import ModelCard, segmenters
from studio.learning.catalogue.published import IMAGENET
from studio.learning.config import TrainConfig
from studio.learning.trial_steps import TrialSteps

TABLE = Path(__file__).with_name("models.md")
LEAST_PX = 64
COPIES = 3
"""Weights, gradients and momentum."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one model."""

    task: Task
    name: str
    outcome: str
    image_size: int = 0
    parameters_m: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        cells = (
            self.name,
            self.outcome,
            str(self.image_size or ""),
            f"{self.parameters_m:.1f}" if self.parameters_m else "",
            f"{self.seconds:.1f}" if self.seconds else "",
        )
        return "| " + " | ".join(cells) + " |"


def try_out(card: ModelCard, most_gb: float) -> Row:
    """Two steps of a model, or why there were none."""
    size = card.fitting_size(LEAST_PX)
    needed_gb = card.parameters_m * 4e-3 * COPIES
    if needed_gb > most_gb:
        reason = f"skipped: {needed_gb:.1f} GB of memory, above the limit of {most_gb:g} GB"
        return Row(card.task, card.name, reason, size, card.parameters_m)
    config = TrainConfig(card.task, card.name).changed(
        {
            "image_size": size,
            "batch_size": 2,
            "device": "cpu",
            "optimizer": "sgd",
            "lr": 1e-4,
            "weights": "scratch",
        }
    )
    started = time.perf_counter()
    try:
        trial = TrialSteps.of(config)
        losses = [trial.step()[0] for _ in range(2)]
    except Exception as error:
        reason = str(error).partition("\n")[0]
        return Row(card.task, card.name, f"FAILED: {type(error).__name__}: {reason}", size)
    millions = sum(p.numel() for p in trial.model.parameters()) / 1e6
    outcome = "trained" if all(map(math.isfinite, losses)) else "FAILED: no finite loss"
    took_s = time.perf_counter() - started
    return Row(card.task, card.name, outcome, size, millions, took_s)


def rows(tasks: list[Task], part: str, most_gb: float) -> Iterator[Row]:
    """Every model of the tasks whose name holds ``part``."""
    for task in tasks:
        for card in catalogue.every(task):
            if part in card.name:
                yield try_out(card, most_gb)
        if task is Task.SEGMENT:
            for backbone in IMAGENET:
                reason = segmenters.unsuited(f"unet_{backbone}")
                if reason and part in backbone:
                    yield Row(task, f"unet_{backbone}", f"skipped: {reason}")


def written(found: list[Row]) -> str:
    """The table as Markdown."""
    counts = [
        sum(row.outcome.startswith(kind) for row in found)
        for kind in ("trained", "skipped", "FAILED")
    ]
    lines = [
        "# Every model, tried for two steps",
        "",
        "Written by `python -m tests.tables.models`: random weights, two made-up pictures, SGD, "
        "the smallest image size that the model takes (at least 64 pixels). Seconds are those of "
        "building and both steps.",
        "",
        f"torch {torch.__version__}, torchvision {torchvision.__version__}, "
        f"{torch.get_num_threads()} thread(s) of {platform.machine()}. "
        f"{counts[0]} trained, {counts[1]} skipped, {counts[2]} failed.",
    ]
    for task in Task:
        of_task = [row for row in found if row.task is task]
        if of_task:
            lines += ["", f"## {task}", "", "| Model | Outcome | Pixels | Million parameters | s |"]
            lines += ["|---|---|--:|--:|--:|", *map(str, of_task)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Try all models and write the table."""
    parser = argparse.ArgumentParser(description="Train every model for two steps.")
    parser.add_argument("--task", type=Task, choices=list(Task), action="append")
    parser.add_argument("--name", default="", help="only models whose name holds this")
    parser.add_argument("--most-gb", type=float, default=8.0, help="memory a model may take")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    warnings.simplefilter("error")
    found: list[Row] = []
    for row in rows(options.task or list(Task), options.name, options.most_gb):
        print(row.task, row, flush=True)
        found.append(row)
        options.out.write_text(written(found), encoding="utf-8")


if __name__ == "__main__":
    main()

"""How well the sample is learned: ``python -m tests.benchmarks.sample --seeds 0 1 2``.

Each seed draws its own pictures and trains its own models; the medians go into the README.
Takes as long as ``studio demo --headless`` for every seed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from studio.cli import output, sample_loop
from studio.domain.runs import METRICS
from studio.sample.project import create_sample


def main() -> None:
    """Go through the sample once a seed and print every figure and its median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    seeds = parser.parse_args().seeds
    figures: dict[tuple[str, str], list[float]] = {}
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            started = time.monotonic()
            project = create_sample(Path(folder), seed)
            figures.setdefault(("sample", "seconds"), []).append(time.monotonic() - started)
            for outcome in sample_loop.go_through(
                project, Path(folder) / sample_loop.OVERLAYS, seed
            ):
                for name in METRICS[outcome.task][: sample_loop.SHOWN]:
                    value = outcome.metrics[name]
                    figures.setdefault((outcome.task, name), []).append(value)
                seconds = figures.setdefault((outcome.task, "training seconds"), [])
                seconds.append(outcome.training_s)
            total = figures.setdefault(("everything", "seconds"), [])
            total.append(time.monotonic() - started)
    output.print_table(
        ("Task", "Figure", "Median", *(f"Seed {seed}" for seed in seeds)),
        ((*key, statistics.median(values), *values) for key, values in figures.items()),
    )


if __name__ == "__main__":
    main()

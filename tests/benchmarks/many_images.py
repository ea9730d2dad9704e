"""How much memory it takes to predict on thousands of images: ``studio predict`` measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.memory import most_mb

WARM = 500
"""After so many images all that stays has been loaded."""


def link(pictures: Path, folder: Path, count: int) -> None:
    """Make ``folder`` a folder of ``count`` images: those of ``pictures``, again and again."""
    known = sorted(pictures.glob("*/*.jpg"))
    folder.mkdir()
    for number in range(count):
        os.link(known[number % len(known)], folder / f"{number:06d}.jpg")


def predict(project: Path, folder: Path) -> tuple[int, float, float]:
    """Predict on all of ``folder`` into a table: images, and the most megabytes taken.

    These are told after ``WARM`` images and at the end; 0 where the system does not tell.
    """
    command = [sys.executable, "-m", "studio", "predict", project, "1", folder]
    done, warm = 0, 0.0
    with subprocess.Popen(
        [*map(str, command), "--csv", str(folder.with_suffix(".csv"))],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        most = 0.0
        for _ in process.stdout:
            done += 1
            if done % WARM == 0:
                most = most_mb(process.pid)
                warm = warm or most
    return done, warm, most

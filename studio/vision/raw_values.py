"""What raw values an image deeper than 8 bits holds, for choosing which of them are shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.vision import images

BINS = 128


@dataclass(frozen=True, slots=True)
class Histogram:
    """``counts`` of values in bins of equal width from ``low`` to ``high``, both finite."""

    low: float
    high: float
    counts: tuple[int, ...]


def histogram(path: Path) -> Histogram | None:
    """The raw values of an image; None where there are none that are finite.

    Raises:
        ImageProblem: as ``images.read``.
    """
    values = images.sample_deep(path).astype(np.float64)
    values = values[np.isfinite(values)]
    if values.size == 0:
        return None
    low, high = float(values.min()), float(values.max())
    if not high > low:
        high = low + 1.0
    counts, _ = np.histogram(values, BINS, (low, high))
    return Histogram(low, high, tuple(counts.tolist()))

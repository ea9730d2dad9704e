"""A class for every pixel of an image, as runs down its columns: compact, and quick to compare.

COCO's run-length encoding counts down the columns too, so that neither writing it nor reading it
back needs a bitmap of the image.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.vision import rle


@dataclass(frozen=True, slots=True)
class ClassRuns:
    """``values`` (n,) uint8 by run; ``ends`` (n,) int64, in pixels counted down the columns."""

    height: int
    width: int
    values: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, classes: NDArray[np.uint8]) -> ClassRuns:
        """The runs of (H, W) classes."""
        height, width = classes.shape
        flat = np.ascontiguousarray(classes.T).reshape(-1)
        ends = np.append(np.flatnonzero(flat[1:] != flat[:-1]) + 1, flat.size)
        return cls(height, width, flat[ends - 1], ends)

    @classmethod
    def read(
        cls, height: int, width: int, drawn: Iterable[tuple[int, Mapping[str, Any]]]
    ) -> ClassRuns:
        """The runs of pairs of a class and its COCO RLE; the masks do not overlap."""
        bounds, values = [np.zeros(1, dtype=np.int64)], [np.zeros(1, dtype=np.uint8)]
        for value, segmentation in drawn:
            edges = np.cumsum(rle.unpack_counts(segmentation["counts"]))
            runs = edges[: edges.size // 2 * 2]  # start, end, start, end, ...
            bounds.append(runs)
            values.append(np.tile(np.array([value, 0], dtype=np.uint8), runs.size // 2))
        starts, classes = np.concatenate(bounds), np.concatenate(values)
        # Where one run ends and another begins, the beginning counts: it has a class.
        order = np.lexsort((classes > 0, starts))
        starts, classes = starts[order], classes[order]
        ends = np.append(starts[1:], height * width)
        kept = ends > starts
        return cls(height, width, classes[kept], ends[kept])

    def describe(self, value: int) -> dict[str, Any]:
        """``bbox``, ``area`` in pixels and RLE of one class; empty where no pixel has it."""
        chosen = np.flatnonzero(self.values == value)
        if not chosen.size:
            return {}
        starts = np.append(0, self.ends)[chosen]
        ends = self.ends[chosen]
        bounds = np.stack((starts, ends), axis=1).reshape(-1)
        counts = np.diff(bounds, prepend=0, append=self.height * self.width)
        counts = counts if counts[-1] else counts[:-1]
        return {
            "bbox": self._box(starts, ends),
            "area": float((ends - starts).sum()),
            "segmentation": {
                "size": [self.height, self.width],
                "counts": rle.pack_counts(counts),
            },
        }

    def _box(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[int]:
        """x, y, width, height of what the runs cover; one that turns a corner is full-height."""
        left, top = starts // self.height, starts % self.height
        right, bottom = (ends - 1) // self.height, (ends - 1) % self.height
        turns = left != right
        y0 = np.where(turns, 0, top).min()
        y1 = np.where(turns, self.height - 1, bottom).max() + 1
        x0, x1 = left.min(), right.max() + 1
        return [int(side) for side in (x0, y0, x1 - x0, y1 - y0)]


def confusion(wanted: ClassRuns, found: ClassRuns, size: int, ignore: int) -> NDArray[np.int64]:
    """(size, size) pixels by true and predicted class; those that are truly ``ignore`` apart."""
    ends = np.sort(np.concatenate((wanted.ends, found.ends)), kind="stable")
    lengths = np.diff(ends, prepend=0)  # 0 where both have a run that ends here
    true = wanted.values[np.searchsorted(wanted.ends, ends)].astype(np.int64)
    predicted = found.values[np.searchsorted(found.ends, ends)]
    counted = true != ignore
    pairs = true[counted] * size + predicted[counted]
    pixels = np.bincount(pairs, weights=lengths[counted], minlength=size * size)
    return pixels.astype(np.int64).reshape(size, size)

"""COCO's run-length encoding, both its forms, to masks and back.

COCO counts pixels down the columns of the whole image, background first, and packs the counts
into printable characters: five bits each from the lowest, 0x20 meaning "more follow", and from
the fourth count on the difference to the count two before it (pycocotools, ``rleToString``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Mask
from studio.vision import masks
from studio.vision.masks import Bitmap


def decode_bitmap(segmentation: Mapping[str, Any]) -> Bitmap:
    """The (H, W) bitmap of ``{"size": [H, W], "counts": text or list}``.

    Raises:
        ValueError: the counts do not fill the size, or the text is not RLE.
    """
    height, width = _size(segmentation)
    return np.ascontiguousarray(_unfold(_filling(segmentation)).reshape(width, height).T)


def decode(segmentation: Mapping[str, Any]) -> Mask | None:
    """The mask of a COCO RLE; None when no pixel is set.

    The time it takes goes with the columns that the mask covers, not with the image.

    Raises:
        ValueError: the counts do not fill the size, or the text is not RLE.
    """
    height, _ = _size(segmentation)
    lengths = _filling(segmentation)
    runs = 2 * np.flatnonzero(lengths[1::2]) + 1
    if runs.size == 0:
        return None
    first, last = runs[0], runs[-1]
    ends = np.cumsum(lengths)
    left, above = divmod(int(ends[first - 1]), height)
    below = -int(ends[last]) % height
    columns = _unfold(np.concatenate(([above], lengths[first : last + 1], [below])))
    return masks.encode(columns.reshape(-1, height).T, x=left)


def is_empty(segmentation: Mapping[str, Any]) -> bool:
    """Whether no pixel is set, found without unfolding the mask.

    Raises:
        ValueError: the text is not RLE.
    """
    return not _lengths(segmentation)[1::2].any()


def _size(segmentation: Mapping[str, Any]) -> tuple[int, int]:
    height, width = (int(side) for side in segmentation["size"])
    return height, width


def _filling(segmentation: Mapping[str, Any]) -> NDArray[np.int64]:
    """The run lengths, which fill the size."""
    height, width = _size(segmentation)
    lengths = _lengths(segmentation)
    if (lengths < 0).any() or lengths.sum() != height * width:
        raise ValueError(f"the run lengths do not fill {width} x {height} pixels")
    return lengths


def _unfold(lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The pixels of runs that are unset and set by turns."""
    values = np.zeros(lengths.size, dtype=bool)
    values[1::2] = True
    return np.repeat(values, lengths)


def _lengths(segmentation: Mapping[str, Any]) -> NDArray[np.int64]:
    """Pixels unset and set by turns, column by column."""
    counts = segmentation["counts"]
    if isinstance(counts, (str, bytes)):
        return unpack_counts(counts)
    return np.asarray(counts, dtype=np.int64)


def encode_bitmap(bitmap: Bitmap) -> dict[str, Any]:
    """The COCO RLE, with text counts, of an (H, W) bitmap."""
    height, width = bitmap.shape
    counts = masks.run_lengths(bitmap.T).astype(np.int64)
    return {"size": [int(height), int(width)], "counts": pack_counts(counts.tolist())}


def encode(mask: Mask, width: int, height: int) -> dict[str, Any]:
    """The COCO RLE of a mask on an image of ``width`` x ``height``; what juts out is cut off.

    The time it takes goes with the mask's own window, not with the image.
    """
    left, top = max(mask.x, 0), max(mask.y, 0)
    right, bottom = min(mask.x + mask.width, width), min(mask.y + mask.height, height)
    window = masks.decode(mask)[
        top - mask.y : max(bottom, top) - mask.y, left - mask.x : max(right, left) - mask.x
    ]
    # One empty pixel below each column keeps the runs of neighbouring columns apart.
    columns = np.zeros((window.shape[1], window.shape[0] + 1), dtype=np.int8)
    columns[:, :-1] = window.T
    steps = np.diff(columns.reshape(-1), prepend=0)
    starts, ends = (
        (left + edges // columns.shape[1]) * height + top + edges % columns.shape[1]
        for edges in (np.flatnonzero(steps == 1), np.flatnonzero(steps == -1))
    )
    # Columns covered from top to bottom do run on into each other.
    apart = starts[1:] != ends[:-1]
    starts = np.concatenate((starts[:1], starts[1:][apart]))
    ends = np.concatenate((ends[:-1][apart], ends[-1:]))
    bounds = np.stack((starts, ends), axis=1).reshape(-1)
    counts = np.diff(bounds, prepend=0, append=height * width)
    if counts.size > 1 and counts[-1] == 0:
        counts = counts[:-1]
    return {"size": [height, width], "counts": pack_counts(counts.tolist())}


def unpack_counts(text: str | bytes) -> NDArray[np.int64]:
    """The run lengths packed in ``text``.

    Raises:
        ValueError: the text is cut short or holds other characters.
    """
    raw = text.encode("ascii") if isinstance(text, str) else text
    codes = np.frombuffer(raw, dtype=np.uint8).astype(np.int64) - 48
    if codes.size == 0:
        return np.zeros(0, dtype=np.int64)
    if (codes < 0).any() or (codes > 63).any() or codes[-1] & 0x20:
        raise ValueError("the text is not a COCO run-length encoding")
    last = np.flatnonzero((codes & 0x20) == 0)
    first = np.concatenate(([0], last[:-1] + 1))
    place = np.arange(codes.size) - np.repeat(first, last - first + 1)
    numbers = np.add.reduceat((codes & 0x1F) << (5 * place), first)
    bits = 5 * (last - first + 1)
    numbers = np.where(codes[last] & 0x10, numbers - (1 << bits), numbers)
    numbers[1::2] = np.cumsum(numbers[1::2])
    numbers[2::2] = np.cumsum(numbers[2::2])
    return numbers


def pack_counts(lengths: Sequence[int] | NDArray[np.int64]) -> str:
    """Run lengths as COCO's printable text."""
    numbers = np.array(lengths, dtype=np.int64)
    numbers[3:] -= numbers[1:-2].copy()
    # So many groups of five bits that the highest bit is the sign.
    groups = np.ones(numbers.size, dtype=np.int64)
    rest = np.where(numbers < 0, ~numbers, numbers) >> 4
    while rest.any():
        groups += rest > 0
        rest >>= 5
    last = np.cumsum(groups) - 1
    place = np.arange(int(groups.sum())) - np.repeat(last - groups + 1, groups)
    codes = ((np.repeat(numbers, groups) >> (5 * place)) & 0x1F) | 0x20
    codes[last] &= 0x1F
    return (codes + 48).astype(np.uint8).tobytes().decode("ascii")

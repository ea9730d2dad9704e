"""Showing images deeper than 8 bits: one fixed mapping for the whole project.

A stretch of each image by itself would turn an empty well into noise, and would show a model
other contrasts than a human saw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_VALUES_AT_ONCE = 2**22


@dataclass(frozen=True, slots=True)
class GreyMapping:
    """``low`` and below become 0, ``high`` and above 255, linear in between."""

    low: float
    high: float


def mapping_of(settings: Mapping[str, str]) -> GreyMapping | None:
    """The mapping in a project's settings ``grey_low`` and ``grey_high``; None without both."""
    try:
        low, high = float(settings["grey_low"]), float(settings["grey_high"])
    except (KeyError, ValueError):
        return None
    return GreyMapping(low, high) if math.isfinite(high - low) and high > low else None


def full_range(dtype: np.dtype[np.generic], bit_depth: int) -> GreyMapping:
    """The range of the type: 0 to 1 for floats, 0 to the greatest number of ``bit_depth`` bits."""
    if dtype.kind == "f":
        return GreyMapping(0.0, 1.0)
    bits = bit_depth - 1 if dtype.kind == "i" else bit_depth
    return GreyMapping(0.0, float(2**bits - 1))


def to_8_bit(
    pixels: NDArray[np.generic], bit_depth: int, mapping: GreyMapping | None
) -> NDArray[np.uint8]:
    """``pixels`` of any real type as uint8, same shape; 8-bit ones are left alone.

    Not-a-number becomes black. Without a mapping the range of the type is used.
    """
    if pixels.dtype == np.uint8:
        return pixels.view(np.uint8)
    if pixels.dtype == np.bool_:
        return pixels.astype(np.uint8) * np.uint8(255)
    mapping = mapping or full_range(pixels.dtype, bit_depth)
    if pixels.dtype == np.uint16:
        return _linear(np.arange(65536), mapping)[pixels.view(np.uint16)]
    return _linear(pixels, mapping)


def _linear(values: NDArray[np.generic], mapping: GreyMapping) -> NDArray[np.uint8]:
    scale = 255.0 / (mapping.high - mapping.low)
    shown = np.empty(values.shape, dtype=np.uint8)
    # Single precision holds neither a large integer nor a small range far from zero; doubles of
    # a whole large image would take many times its memory.
    rows = max(1, _VALUES_AT_ONCE * len(values) // max(1, values.size))
    with np.errstate(invalid="ignore", over="ignore"):
        for row in range(0, len(values), rows):
            some = values[row : row + rows].astype(np.float64)
            some = np.clip((some - mapping.low) * scale, 0.0, 255.0)
            shown[row : row + rows] = np.rint(np.nan_to_num(some, nan=0.0))
    return shown

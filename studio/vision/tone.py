"""Brightness, contrast and gamma as a table of 256 greys: how a picture is looked at.

The pixels themselves stay what they are; whoever paints sends them through the table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.vision.depth import GreyMapping

Table = NDArray[np.uint8]
"""(256,) uint8: grey ``i`` is shown as ``table[i]``."""

LEAST_GAMMA, MOST_GAMMA = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Tone:
    """``brightness`` and ``contrast`` are -1 to 1, 0 changes nothing; ``gamma`` above 1 lightens
    the shadows.

    Contrast turns the line of greys about the middle one: at 1 it stands upright, so that black
    and white are left, at -1 it lies flat, and all is middle grey.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0

    def table(self) -> Table:
        """Gamma first, then contrast, then brightness; what is out of range is cut off."""
        greys = np.linspace(0.0, 1.0, 256) ** (1.0 / self.gamma)
        slope = math.tan((1.0 + self.contrast) * math.pi / 4)
        return _eight_bit((greys - 0.5) * slope + 0.5 + self.brightness)


UNCHANGED = Tone()


def window_table(shown: GreyMapping, wanted: GreyMapping) -> Table:
    """What ``wanted`` would make of a picture that was mapped with ``shown``: as near as 8 bits
    allow, and outside the range of ``shown`` not at all."""
    raw = np.linspace(shown.low, shown.high, 256)
    return _eight_bit((raw - wanted.low) / (wanted.high - wanted.low))


def _eight_bit(greys: NDArray[np.float64]) -> Table:
    """Greys of 0 to 1, rounded to the nearest of 256."""
    return np.rint(np.clip(greys, 0.0, 1.0) * 255.0).astype(np.uint8)

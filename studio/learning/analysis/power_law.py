"""How the error of a model falls with the number of images it learned from. NumPy only.

Hestness et al. 2017 ("Deep Learning Scaling is Predictable, Empirically") found that the error of
one network falls as a power law, error(n) = a · n^-b, over orders of magnitude, between the first
few images and the floor that no image takes away. No floor is fitted here: with a handful of sizes
it cannot be told from the slope, and nobody should look further ahead than ``FURTHEST`` anyway.

In logarithms the law is a line, fitted by least squares; where a further run would come out has
the textbook's prediction interval, s · t · sqrt(1 + 1/k + (x - mean)² / Sxx) to either side with
k - 2 degrees of freedom (Montgomery et al., Introduction to Linear Regression Analysis, 2.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.8
"""What lies in the interval four times out of five. Three sizes leave one degree of freedom, with
which 95% would allow anything."""

FURTHEST = 2.0
"""So many times as many images as were ever learned from may be looked ahead to."""

_T = (3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830)
"""Student's t of 1 to 9 degrees of freedom that is exceeded one time in ten."""
_Z = 1.281552
"""The same of the normal distribution."""

Errors = NDArray[np.float64]


def student_t(freedom: int) -> float:
    """How many standard errors either way hold ``CONFIDENCE``; from ten degrees on by the series
    of Cornish and Fisher, which is right to four digits there."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    first = (_Z**3 + _Z) / (4 * freedom)
    return _Z + first + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """error(n) = ``scale`` · n^-``exponent``, with what its prediction interval needs.

    ``spread`` is the standard deviation of the logarithms about the line, ``count`` how many they
    are, ``centre`` and ``inertia`` the mean of log n and the sum of squares about it.
    """

    scale: float
    exponent: float
    spread: float
    count: int
    centre: float
    inertia: float

    @classmethod
    def fit(cls, sizes: Sequence[int], errors: Sequence[float]) -> Self:
        """The law through errors above 0 at ``sizes``, three at least and not all alike."""
        x, y = np.log(np.asarray(sizes, float)), np.log(np.asarray(errors, float))
        centre, level = float(x.mean()), float(y.mean())
        inertia = float(((x - centre) ** 2).sum())
        slope = float(((x - centre) * (y - level)).sum()) / inertia
        left = y - level - slope * (x - centre)
        spread = float(np.sqrt((left**2).sum() / (len(x) - 2)))
        scale = float(np.exp(level - slope * centre))
        return cls(scale, -slope, spread, len(x), centre, inertia)

    def error(self, size: float | Errors) -> Errors:
        """The error after ``size`` images."""
        return self.scale * np.asarray(size, float) ** -self.exponent

    def interval(self, size: float | Errors) -> tuple[Errors, Errors]:
        """Between which errors another run with ``size`` images would come out."""
        away = (np.log(np.asarray(size, float)) - self.centre) ** 2 / self.inertia
        reach = student_t(self.count - 2) * self.spread * np.sqrt(1 + 1 / self.count + away)
        middle = self.error(size)
        return middle * np.exp(-reach), middle * np.exp(reach)

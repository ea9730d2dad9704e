"""Surfaces that parts lie on: wood, steel, felt and a cutting mat.

Each is a function of a random generator and a size, and gives (H, W, 3) float32 RGB, linear
enough to be multiplied by light, about 0..1.
"""

# NumPy's and OpenCV's stubs widen float32 arithmetic; the docstrings give the element types.
# pyright: reportArgumentType=false, reportReturnType=false
# pyright: reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""(H, W, 3) RGB."""

Field = NDArray[np.float32]
"""(H, W)."""

Surface = Callable[[np.random.Generator, int, int], Picture]


def smooth_noise(
    rng: np.random.Generator, height: int, width: int, rows: int, columns: int
) -> Field:
    """Noise about 0, deviation about 1, that varies over ``rows`` x ``columns`` cells."""
    grid = rng.standard_normal((rows + 2, columns + 2), dtype=np.float32)
    return cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)


def tinted(tone: Field, colour: Sequence[float] | Field) -> Picture:
    """``tone`` in each channel, times ``colour`` (RGB)."""
    return cv2.merge([tone * np.float32(part) for part in colour])


def colour(rng: np.random.Generator, low: tuple[float, ...], high: tuple[float, ...]) -> Field:
    """An RGB colour on the line from ``low`` to ``high``."""
    return np.float32(low) + np.float32(rng.uniform()) * (np.float32(high) - np.float32(low))


def _grain(rng: np.random.Generator, height: int, width: int, length: int) -> Field:
    """Fine streaks along x, ``length`` px long, deviation about 1."""
    noise = rng.standard_normal((height, width), dtype=np.float32)
    return cv2.blur(noise, (length, 1)) * np.float32(length**0.5)


def wood(rng: np.random.Generator, height: int, width: int) -> Picture:
    """Planks with year rings and fibres."""
    warp = smooth_noise(rng, height, width, 5, 2) + 0.3 * smooth_noise(rng, height, width, 18, 4)
    y = np.linspace(0, rng.uniform(5, 10), height, dtype=np.float32)[:, None]
    rings = 0.5 + 0.5 * np.sin(2 * np.pi * (y + 0.55 * warp))
    fibres = _grain(rng, height, width, 41)
    dark = 0.55 * rings**2 + 0.10 * fibres + 0.15 * smooth_noise(rng, height, width, 3, 3)
    light_brown = colour(rng, (0.80, 0.62, 0.42), (0.66, 0.46, 0.30))
    dark_brown = light_brown * np.float32((0.72, 0.66, 0.60))
    picture = light_brown + tinted(np.clip(dark, -0.3, 1.2), dark_brown - light_brown)
    for seam in np.arange(rng.uniform(0.1, 0.5), 1, 0.45):
        row = int(seam * height)
        picture[row : row + 2] *= 0.45
        picture[row + 2 : row + 3] *= 1.15
    return picture


def steel(rng: np.random.Generator, height: int, width: int) -> Picture:
    """A brushed steel plate with a few scratches."""
    tone = 0.52 + 0.03 * _grain(rng, height, width, 61) + 0.03 * _grain(rng, height, width, 9)
    tone += 0.04 * smooth_noise(rng, height, width, 2, 2)
    scratches = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(3, 9))):
        start = rng.uniform((0, 0), (width, height))
        end = start + rng.normal(0, 90, 2)
        a, b = (tuple(int(v * 16) for v in point) for point in (start, end))
        cv2.line(scratches, a, b, float(rng.uniform(-0.12, 0.16)), 1, cv2.LINE_AA, 4)
    tone += scratches
    return tinted(tone, colour(rng, (0.92, 0.98, 1.05), (1.04, 1.0, 0.95)))


def felt(rng: np.random.Generator, height: int, width: int) -> Picture:
    """A woven cloth in a quiet colour."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    wobble = 0.6 * smooth_noise(rng, height, width, 12, 16)
    period = rng.uniform(4.5, 6.5)
    weave = np.sin(2 * np.pi * (x + wobble) / period) * np.sin(2 * np.pi * (y + wobble) / period)
    tone = 1 + 0.10 * weave + 0.09 * rng.standard_normal((height, width), dtype=np.float32)
    tone += 0.07 * smooth_noise(rng, height, width, 4, 5)
    palette = ((0.16, 0.24, 0.36), (0.34, 0.36, 0.38), (0.42, 0.20, 0.20), (0.55, 0.51, 0.44))
    base = np.float32(palette[int(rng.integers(len(palette)))])
    return tinted(tone, base * np.float32(rng.uniform(0.85, 1.15)))


def cutting_mat(rng: np.random.Generator, height: int, width: int) -> Picture:
    """A green or blue mat with a printed grid and old cuts."""
    tone = 1 + 0.04 * rng.standard_normal((height, width), dtype=np.float32)
    tone += 0.05 * smooth_noise(rng, height, width, 3, 4)
    base = colour(rng, (0.10, 0.33, 0.27), (0.13, 0.28, 0.38))
    picture = tinted(tone, base)
    lines = np.zeros((height, width), np.float32)
    pitch = int(rng.integers(34, 48))
    x0, y0 = rng.integers(0, pitch, 2)
    lines[int(y0) :: pitch] = 0.20
    lines[:, int(x0) :: pitch] = 0.20
    for _ in range(int(rng.integers(0, 5))):
        a, b = (tuple(map(int, rng.uniform((0, 0), (width, height)))) for _ in range(2))
        cv2.line(lines, a, b, -0.05, 1, cv2.LINE_AA)
    return picture + tinted(lines, (0.9, 1.0, 0.85))


SURFACES: tuple[Surface, ...] = (wood, steel, felt, cutting_mat)


def bench(rng: np.random.Generator, height: int, width: int) -> Picture:
    """A surface chosen at random, turned a little, filling (height, width)."""
    surface = SURFACES[int(rng.integers(len(SURFACES)))]
    margin = 1.13
    big = surface(rng, int(height * margin), int(width * margin))
    turn = cv2.getRotationMatrix2D(
        (big.shape[1] / 2, big.shape[0] / 2), float(rng.uniform(-5, 5)), 1.0
    )
    turn[:, 2] -= ((big.shape[1] - width) / 2, (big.shape[0] - height) / 2)
    return cv2.warpAffine(big, turn, (width, height), flags=cv2.INTER_LINEAR)

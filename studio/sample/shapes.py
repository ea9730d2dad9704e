"""Shapes to pretrain on, none of them like the sample's parts: solid, and cut from plate.

They are drawn by the light of the sample's benches, so that a network learns what an edge, a
shadow and a piece of metal look like before it meets a washer, a screw or a nut.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from studio.sample.reliefs import Draw, Field, Relief, plateau
from studio.sample.scenes import Order

Outline = tuple[tuple[float, float], ...]
"""Corners in units of half the shape's length, x to the right, y down."""


def _polar(*radii: float, points: int) -> Outline:
    angles = [2 * math.pi * index / points for index in range(points)]
    return tuple(
        (radii[i % len(radii)] * math.cos(a), radii[i % len(radii)] * math.sin(a))
        for i, a in enumerate(angles)
    )


def _heart(points: int = 28) -> Outline:
    angles = [2 * math.pi * index / points for index in range(points)]
    return tuple(
        (
            0.95 * math.sin(a) ** 3,
            -(13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)) / 16,
        )
        for a in angles
    )


def _crescent(points: int = 12) -> Outline:
    outer = [math.radians(40 + 280 * i / points) for i in range(points + 1)]
    inner = [math.radians(310 - 260 * i / points) for i in range(points + 1)]
    return tuple((math.cos(a), math.sin(a)) for a in outer) + tuple(
        (0.38 + 0.72 * math.cos(a), 0.72 * math.sin(a)) for a in inner
    )


def _leaf(points: int = 10) -> Outline:
    along = [-1 + 2 * index / points for index in range(points + 1)]
    upper = tuple((x, -0.42 * (1 - x * x)) for x in along)
    return upper + tuple((x, -y) for x, y in reversed(upper[1:-1]))


OUTLINES: dict[str, Outline] = {
    "star": _polar(1.0, 0.45, points=10),
    "cross": (
        (-0.3, -1), (0.3, -1), (0.3, -0.3), (1, -0.3), (1, 0.3), (0.3, 0.3),
        (0.3, 1), (-0.3, 1), (-0.3, 0.3), (-1, 0.3), (-1, -0.3), (-0.3, -0.3),
    ),
    "heart": _heart(),
    "crescent": _crescent(),
    "leaf": _leaf(),
    "bracket": ((-0.8, -1), (-0.3, -1), (-0.3, 0.5), (0.8, 0.5), (0.8, 1), (-0.8, 1)),
    "arrow": (
        (1, 0), (0.2, -0.7), (0.2, -0.25), (-1, -0.25), (-1, 0.25), (0.2, 0.25), (0.2, 0.7),
    ),
    "triangle": _polar(1.0, points=3),
    "tee": ((-1, -0.9), (1, -0.9), (1, -0.4), (0.28, -0.4), (0.28, 1), (-0.28, 1),
            (-0.28, -0.4), (-1, -0.4)),
    "flash": ((-0.2, -1), (0.5, -1), (0.12, -0.25), (0.55, -0.25), (-0.4, 1), (-0.1, 0.1),
             (-0.55, 0.1)),
}  # fmt: skip
"""The shapes by name."""


def polygon_distance(x: Field, y: Field, outline: Outline) -> Field:
    """Signed distance to a polygon, negative within (after Quilez, "2D distance functions")."""
    nearest = np.full(x.shape, np.inf, np.float32)
    inside = np.zeros(x.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(outline, (*outline[1:], outline[0]), strict=True):
        ex, ey = bx - ax, by - ay
        px, py = x - np.float32(ax), y - np.float32(ay)
        t = np.clip((px * ex + py * ey) / (ex * ex + ey * ey), 0, 1)
        nearest = np.minimum(nearest, (px - ex * t) ** 2 + (py - ey * t) ** 2)
        if ay != by:
            inside ^= ((y < ay) != (y < by)) & (px < ex * py / ey)
    return np.where(inside, -1, 1).astype(np.float32) * np.sqrt(nearest)


def _draw(
    outline: Outline, rng: np.random.Generator, x: Field, y: Field, length_px: float
) -> Relief:
    half = length_px / 2
    squeeze = rng.uniform(0.75, 1.0)
    corners = tuple((px * half, py * half * squeeze) for px, py in outline)
    distance = polygon_distance(x, y, corners)
    thickness = rng.uniform(0.06, 0.25) * length_px
    return Relief(distance, plateau(distance, thickness, rng.uniform(0.05, 0.3) * length_px))


DRAWS: dict[str, Draw] = {name: partial(_draw, outline) for name, outline in OUTLINES.items()}
NAMES = tuple(DRAWS)


def orders(rng: np.random.Generator) -> list[Order]:
    """Three to nine shapes of a few kinds."""
    kinds = rng.choice(len(NAMES), size=4, replace=False)
    names = [NAMES[int(kind)] for kind in rng.choice(kinds, size=int(rng.integers(3, 10)))]
    return [Order(name, DRAWS[name], rng.uniform(28, 115)) for name in names]

"""Washers, screws and nuts as height fields.

A shape is given by its signed distance in px, negative within, from which the edge is drawn
without stairs; the height above the bench, in px, gives the shading and the shadow.
"""

# NumPy's and OpenCV's stubs widen float32 arithmetic; the docstrings give the element types.
# pyright: reportArgumentType=false, reportReturnType=false
# pyright: reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
"""(n, n) values over a square patch whose centre is the part's centre."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A part on its patch: ``distance`` to its edge and ``height`` above the bench, both px."""

    distance: Field
    height: Field


class Kind(StrEnum):
    """The three parts of the sample, by the names a user would give them."""

    WASHER = "washer"
    SCREW = "screw"
    NUT = "nut"


Draw = Callable[[np.random.Generator, Field, Field, float], Relief]
"""Draws a part of a given length in px on coordinates x and y (px, origin in its centre)."""


def plateau(distance: Field, height_px: float, bevel_px: float) -> Field:
    """A plateau of ``height_px`` whose rim is rounded over ``bevel_px`` inwards."""
    inward = np.clip(-distance / bevel_px, 0, 1)
    return np.float32(height_px) * np.sqrt(np.clip(1 - (1 - inward) ** 2, 0, 1))


def washer(rng: np.random.Generator, x: Field, y: Field, length_px: float) -> Relief:
    """A flat ring with a real hole; some are spring washers with a slit."""
    outer = length_px / 2
    inner = outer * rng.uniform(0.42, 0.62)
    radius = np.hypot(x, y)
    distance = np.abs(radius - (outer + inner) / 2) - (outer - inner) / 2
    if rng.uniform() < 0.25:
        slit = np.maximum(np.abs(y + 0.5 * x) - 0.035 * length_px, -x)
        distance = np.maximum(distance, -slit)
    height = plateau(distance, 0.07 * length_px, 0.05 * length_px)
    return Relief(distance, height + 0.03 * np.sin(radius * 2.2))


def nut(rng: np.random.Generator, x: Field, y: Field, length_px: float) -> Relief:
    """A hexagon, chamfered to a circle, with a threaded hole through it."""
    corner = length_px / 2
    flat = corner * math.cos(math.pi / 6)
    radius = np.hypot(x, y)
    around = np.arctan2(y, x)
    wedge = np.mod(around, np.pi / 3) - np.pi / 6
    hexagon = radius * np.cos(wedge) - flat
    hole = flat * rng.uniform(0.46, 0.56)
    thread = 0.10 * flat
    distance = np.maximum(hexagon, hole - radius)
    height = plateau(np.maximum(hexagon, radius - 1.03 * flat), 0.34 * length_px, 0.10 * flat)
    height = np.where(radius > flat, 0.30 * length_px, np.maximum(height, 0.30 * length_px))
    height = height - 0.30 * np.maximum(radius - 0.97 * flat, 0)
    wall = np.clip((hole + thread - radius) / thread, 0, 1)
    turns = np.sin(2 * np.pi * (3 * wall) + around)
    height = height - (0.16 * length_px * wall + 0.02 * length_px * turns * (wall > 0))
    return Relief(distance.astype(np.float32), height.astype(np.float32))


def screw(rng: np.random.Generator, x: Field, y: Field, length_px: float) -> Relief:
    """A screw on its side: a head, a threaded shank and a point or a blunt end."""
    half = length_px / 2
    shank = length_px * rng.uniform(0.075, 0.10)
    head = shank * rng.uniform(1.8, 2.2)
    head_length = head * rng.uniform(0.75, 1.15)
    neck = -half + head_length
    tip = shank * (rng.uniform(2.0, 3.5) if rng.uniform() < 0.6 else 0.5)
    taper = np.sqrt(np.clip((half - x) / tip, 0, 1))
    pitch = shank * rng.uniform(0.75, 0.95)
    ridge = np.sin(2 * np.pi * (x / pitch + 0.25 * y / shank))
    threaded = np.clip((x - neck - 0.12 * length_px * rng.uniform(0, 2)) / 3, 0, 1)
    width = shank * taper * (1 + 0.13 * threaded * ridge)
    shank_distance = np.maximum(np.abs(y) - width, np.maximum(x - half, neck - x))
    shank_height = np.sqrt(np.clip(width**2 - y**2, 0, None)) + 0.10 * shank * threaded * ridge
    along = np.clip((neck - x) / head_length, 0, 1)
    if rng.uniform() < 0.5:  # a round head
        head_width = head * np.sqrt(np.clip(1 - along * along, 0, 1))
    else:  # a countersunk head, widest at its end
        head_width = shank + (head - shank) * np.clip(1.25 * along, 0, 1)
    head_distance = np.maximum(np.abs(y) - head_width, np.maximum(x - neck, -half - x))
    head_height = np.sqrt(np.clip(head_width**2 - y**2, 0, None)) * (head_distance < 1)
    distance = np.minimum(shank_distance, head_distance)
    return Relief(
        distance.astype(np.float32),
        np.maximum(shank_height * (shank_distance < 1), head_height).astype(np.float32),
    )


PARTS: dict[Kind, tuple[Draw, float, float]] = {
    Kind.WASHER: (washer, 42, 70),
    Kind.SCREW: (screw, 82, 134),
    Kind.NUT: (nut, 40, 60),
}
"""How each kind is drawn, and its least and greatest length in px."""

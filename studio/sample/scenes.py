"""Pictures of parts on a bench, each with the exact pixels of every part.

The same seed gives the same pictures; picture ``index`` does not depend on the others.
"""

# NumPy's and OpenCV's stubs widen float32 arithmetic; the docstrings give the element types.
# pyright: reportArgumentType=false, reportReturnType=false
# pyright: reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.sample.bench import Picture, bench, tinted
from studio.sample.light import Light, falloff, lamp, shade, shadow
from studio.sample.reliefs import Draw, Field, Relief

WIDTH, HEIGHT = 400, 300
OVERSAMPLING = 2
"""Parts are drawn this much larger, then averaged down."""
SHADOW_MARGIN_PX = 26
WHITE = (1.0, 1.0, 1.0)
OVERLAP_CHANCE = 0.35
MIN_VISIBLE = 0.35
"""The least part of its area that a part shows at the picture's border."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One part on a picture: what it is, and the (H, W) pixels of it that are to be seen."""

    kind: str
    visible: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture, (H, W, 3) uint8 RGB, and its parts from the lowest to the topmost."""

    picture: NDArray[np.uint8]
    parts: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A part to be placed: its name, how it is drawn, and its length in px."""

    kind: str
    draw: Draw
    length_px: float


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A drawn part on its own square patch: colour (n, n, 3), coverage 0..1 and height."""

    colour: Picture
    coverage: Field
    height_px: float


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a patch that lies on the picture, as slices of both."""

    picture: tuple[slice, slice]
    patch: tuple[slice, slice]


def scene(rng: np.random.Generator, orders: Sequence[Order]) -> Scene:
    """Place ``orders`` on a bench, later ones on top; one that finds no room is left out."""
    light = lamp(rng)
    picture = bench(rng, HEIGHT, WIDTH)
    picture *= falloff(rng, HEIGHT, WIDTH, light)
    parts: list[Drawn] = []
    for order in orders:
        stamp = _stamp(rng, order, light)
        window = _find_place(rng, stamp, parts)
        if window is None:
            continue
        covered = np.zeros((HEIGHT, WIDTH), dtype=bool)
        covered[window.picture] = stamp.coverage[window.patch] > 0.5
        parts = [Drawn(part.kind, part.visible & ~covered) for part in parts]
        parts.append(Drawn(order.kind, covered))
        _paint(picture, stamp, window, light)
    return Scene(_photograph(rng, picture), tuple(parts))


def _stamp(rng: np.random.Generator, order: Order, light: Light) -> _Stamp:
    side = int(order.length_px * 1.08) + 4
    axis = (np.arange(side * OVERSAMPLING, dtype=np.float32) + 0.5) / OVERSAMPLING - side / 2
    turn = rng.uniform(0, 2 * np.pi)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    x = axis[None, :] * cos + axis[:, None] * sin
    y = axis[:, None] * cos - axis[None, :] * sin
    relief = order.draw(rng, x, y, order.length_px)
    edge = np.clip(0.5 - relief.distance * OVERSAMPLING, 0, 1).astype(np.float32)
    colour = shade(rng, Relief(relief.distance, relief.height * OVERSAMPLING), light)
    small, margin = (side, side), ((SHADOW_MARGIN_PX, SHADOW_MARGIN_PX),) * 2
    return _Stamp(
        np.pad(cv2.resize(colour, small, interpolation=cv2.INTER_AREA), (*margin, (0, 0))),
        np.pad(cv2.resize(edge, small, interpolation=cv2.INTER_AREA), margin),
        float(relief.height.max()),
    )


def _find_place(rng: np.random.Generator, stamp: _Stamp, parts: Sequence[Drawn]) -> _Window | None:
    """Somewhere on the picture where the patch hides little of ``parts``; mostly nothing."""
    side = len(stamp.coverage)
    area = float(stamp.coverage.sum())
    may_overlap = rng.uniform() < OVERLAP_CHANCE
    for _ in range(40):
        centre = rng.uniform((0.04 * WIDTH, 0.04 * HEIGHT), (0.96 * WIDTH, 0.96 * HEIGHT))
        window = _window(*(int(c) - side // 2 for c in centre), side)
        own = stamp.coverage[window.patch] > 0.5
        if own.sum() < MIN_VISIBLE * area:
            continue
        hidden = [int((part.visible[window.picture] & own).sum()) for part in parts]
        if not may_overlap and not any(hidden):
            return window
        if may_overlap and all(
            3 * gone < int(part.visible.sum()) and 3 * gone < area
            for gone, part in zip(hidden, parts, strict=True)
        ):
            return window
    return None


def _window(x: int, y: int, side: int) -> _Window:
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + side, WIDTH), min(y + side, HEIGHT)
    return _Window((slice(y0, y1), slice(x0, x1)), (slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)))


def _paint(picture: Picture, stamp: _Stamp, window: _Window, light: Light) -> None:
    below = picture[window.picture]
    lit = 1 - shadow(stamp.coverage, stamp.height_px, light)[window.patch]
    coverage = stamp.coverage[window.patch]
    below *= tinted(lit * (1 - coverage), WHITE)
    below += stamp.colour[window.patch] * tinted(coverage, WHITE)


def _photograph(rng: np.random.Generator, picture: Picture) -> NDArray[np.uint8]:
    """What a small camera makes of it: a soft lens, a tone curve and grain."""
    tone = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.45, 0.7))
    tone /= 1 + 0.18 * tone * tone  # highlights roll off rather than clip
    grain = rng.standard_normal(picture.shape[:2], dtype=np.float32)
    tone += tinted(grain * np.float32(rng.uniform(0.008, 0.016)), WHITE)
    return cv2.convertScaleAbs(np.clip(tone, 0, 1, out=tone), alpha=255)

"""Light on metal: shading, highlights and soft shadows of height fields."""

# NumPy's and OpenCV's stubs widen float32 arithmetic; the docstrings give the element types.
# pyright: reportArgumentType=false, reportReturnType=false
# pyright: reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.sample.bench import Picture, smooth_noise, tinted
from studio.sample.reliefs import Field, Relief

METALS = {
    "steel": (0.76, 0.78, 0.82),
    "zinc": (0.70, 0.75, 0.84),
    "brass": (0.88, 0.70, 0.38),
    "copper": (0.82, 0.52, 0.38),
    "black": (0.27, 0.27, 0.29),
}
"""RGB of what a polished part reflects."""


@dataclass(frozen=True, slots=True)
class Light:
    """One lamp over the bench.

    ``direction`` points from the bench to the lamp (unit x, y, z; z up); ``colour`` is its RGB;
    ``softness`` spreads shadows, in px.
    """

    direction: tuple[float, float, float]
    colour: tuple[float, float, float]
    softness: float

    @property
    def shadow_slope(self) -> tuple[float, float]:
        """Where the shadow of a point falls, in px for each px of its height."""
        x, y, z = self.direction
        return -x / z, -y / z


def lamp(rng: np.random.Generator) -> Light:
    """A lamp somewhere above, between warm and cool."""
    turn, height = rng.uniform(0, 2 * np.pi), rng.uniform(0.62, 0.85)
    flat = (1 - height**2) ** 0.5
    warm = rng.uniform(-1, 1)
    return Light(
        (flat * float(np.cos(turn)), flat * float(np.sin(turn)), height),
        (1.0 + 0.07 * warm, 1.0, 1.0 - 0.09 * warm),
        rng.uniform(2.0, 4.5),
    )


def shade(rng: np.random.Generator, relief: Relief, light: Light) -> Picture:
    """The colour of a metal part under ``light``, (n, n, 3); what it reflects is a plain room."""
    metal = np.float32(METALS[tuple(METALS)[int(rng.integers(len(METALS)))]])
    height = cv2.GaussianBlur(relief.height, (0, 0), 0.8)
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=1 / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=1 / 8)
    n, m = height.shape
    brushed = 0.05 * smooth_noise(rng, n, m, n // 2, max(2, m // 12))
    nz = 1 / np.sqrt(1 + dx**2 + dy**2)
    nx, ny = -(dx + brushed) * nz, -dy * nz
    lx, ly, lz = light.direction
    lit = np.clip(nx * lx + ny * ly + nz * lz, 0, 1)
    # The mirrored line of sight (0, 0, 1) and how far it points to the lamp and to the sky.
    rx, ry, rz = 2 * nz * nx, 2 * nz * ny, 2 * nz * nz - 1
    to_lamp = rx * lx + ry * ly + rz * lz
    room = 0.30 + 0.42 * _step(-0.5, 0.95, to_lamp) + 0.16 * _step(0.0, 0.8, rz)
    window = 0.30 * np.exp(-(((rx * 0.8 - ry * 0.6 - 0.45) / 0.16) ** 2))
    glint = np.clip(to_lamp, 0, 1)
    for _ in range(4):
        glint *= glint  # to the sixteenth power
    tone = 0.30 * lit + room + window
    return tinted(tone, metal) + tinted(glint, [0.55 * part for part in light.colour])


def _step(low: float, high: float, value: Field) -> Field:
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def shadow(coverage: Field, height_px: float, light: Light) -> Field:
    """How much light a part takes from the bench, 0..1, over the same window as ``coverage``."""
    slope_x, slope_y = light.shadow_slope
    cast = np.zeros_like(coverage)
    for part in (0.35, 0.7, 1.0):
        shift = np.float32([[1, 0, slope_x * height_px * part], [0, 1, slope_y * height_px * part]])
        cast = np.maximum(cast, cv2.warpAffine(coverage, shift, coverage.shape[::-1]))
    cast = cv2.GaussianBlur(cast, (0, 0), light.softness)
    contact = cv2.GaussianBlur(coverage, (0, 0), 2.2)
    return np.clip(0.52 * cast + 0.28 * contact, 0, 0.85)


def falloff(rng: np.random.Generator, height: int, width: int, light: Light) -> Picture:
    """The brightness of the bench, (H, W, 3): stronger towards the lamp, weaker in the corners."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    slope = rng.uniform(0.10, 0.32)
    across = 1 + slope * (x * light.direction[0] + y * light.direction[1]) / 0.7
    corners = 1 - rng.uniform(0.06, 0.16) * (x**2 + y**2)
    exposure = rng.uniform(0.92, 1.12)
    return tinted(np.float32(exposure) * across * corners, light.colour)

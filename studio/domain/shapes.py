"""Geometry and the shapes that carry it.

Coordinates are floats in the *upright* image (after EXIF), origin at the top-left corner of
the top-left pixel, x to the right, y down: pixel column ``j`` covers ``[j, j + 1)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]
"""``(x, y)`` in image pixels."""

Ring = tuple[Point, ...]
"""A closed outline, first point not repeated; at least three points."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; ``x1`` and ``y1`` are exclusive."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class RotatedBox:
    """A rectangle turned clockwise (as seen on screen) by ``angle_deg`` about its centre."""

    cx: float
    cy: float
    width: float
    height: float
    angle_deg: float


@dataclass(frozen=True, slots=True)
class Part:
    """One connected piece of a polygon: an outer ring and the holes cut out of it."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """One instance as outlines; several parts where something hides its middle."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Mask:
    """A bitmap cropped to its bounds, as run lengths.

    ``runs`` holds little-endian uint32 run lengths, row-major over the cropped window,
    alternating background and foreground and starting with background (which may be 0).
    ``studio.vision.masks`` packs and unpacks it.
    """

    x: int
    y: int
    width: int
    height: int
    runs: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Polyline:
    """An open line through two points or more, such as a lane or a cable; it covers nothing."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """The keypoints of one object, one or more, in their order; they cover nothing.

    ``occluded`` holds the indices of those that are there but cannot be seen (COCO's v = 1).
    ``names`` says what each point is ("left eye"), or is empty where nobody has named them.
    """

    points: tuple[Point, ...]
    occluded: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()


Geometry = Box | RotatedBox | Polygon | Mask | Polyline | Points


@dataclass(frozen=True, slots=True)
class Shape:
    """One labelled object on one image.

    ``z`` orders shapes from bottom to top. ``ignore`` marks a region that training and metrics
    leave out (COCO's iscrowd, semantic 255). ``run`` and ``score`` say which model proposed it;
    both are None for a shape a human drew.
    """

    id: int
    image_id: int
    label: str
    geometry: Geometry
    z: int = 0
    locked: bool = False
    hidden: bool = False
    ignore: bool = False
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    run: int | None = None
    score: float | None = None

"""Keypoints found tile by tile, put together.

The objects are joined by their boxes, as any others; of each place the point is taken that any of
the object's views is surest of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studio.learning.adapter import Prediction
from studio.learning.data.tiling import Tile
from studio.learning.snapshot import FrozenImage
from studio.learning.tasks import tile_objects


def joined(seen: Sequence[tuple[Tile, Prediction]], source: FrozenImage) -> list[dict[str, Any]]:
    """The objects of an image from the predictions on its tiles, the best first."""
    objects = [
        tile_objects.whole(group, source) | {"keypoints": list(_surest(group))}
        for group in tile_objects.grouped(seen, source)
    ]
    return sorted(objects, key=lambda each: -each["score"])


def _surest(group: Sequence[tile_objects.Finding]) -> Iterator[Mapping[str, Any]]:
    """The points of one object in pixels of the image; all its views tell the same places."""
    views = [[_shifted(point, view.tile) for point in view.entry["keypoints"]] for view in group]
    for rivals in zip(*views, strict=True):
        yield max(rivals, key=lambda point: point["score"])


def _shifted(point: Mapping[str, Any], tile: Tile) -> dict[str, Any]:
    """A point of a tile in pixels of the image."""
    return {**point, "x": round(point["x"] + tile.x, 2), "y": round(point["y"] + tile.y, 2)}

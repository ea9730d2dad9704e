"""Objects found tile by tile, put together: each is told once, and whole.

Two tiles see the same where they overlap. So two findings of a class are one object where they
agree on what both tiles see, or where one that a seam cut off lies in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Mask
from studio.learning.adapter import Prediction
from studio.learning.data.tiling import Tile
from studio.learning.snapshot import FrozenImage
from studio.vision import masks, rle

AGREEMENT = 0.5
"""IoU, within what both tiles see, from which two findings are one object."""
COVERED = 0.5
"""Part of a cut finding within another from which the two are one object."""
NEAR_SEAM = 0.01
"""What ends this close to a tile's edge, as a part of its side, is cut off there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One object that one tile shows; ``box`` and ``mask`` are in pixels of the whole image."""

    tile: Tile
    entry: Mapping[str, Any]
    box: Box
    mask: Mask | None
    is_cut: bool

    @classmethod
    def of(cls, tile: Tile, entry: Mapping[str, Any], source: FrozenImage) -> Finding:
        """A public object of a tile's prediction."""
        x, y, width, height = entry["bbox"]
        box = Box(tile.x + x, tile.y + y, tile.x + x + width, tile.y + y + height)
        mask = None
        if "segmentation" in entry:
            mask = rle.decode(entry["segmentation"])
            mask = mask and Mask(
                mask.x + tile.x, mask.y + tile.y, mask.width, mask.height, mask.runs
            )
        return cls(tile, entry, box, mask, _is_cut(box, tile, source))

    @property
    def score(self) -> float:
        """How sure the model is, 0 to 1."""
        return self.entry["score"]


def joined(seen: Sequence[tuple[Tile, Prediction]], source: FrozenImage) -> list[dict[str, Any]]:
    """The objects of an image from the predictions on its tiles, the best first."""
    objects = [whole(group, source) for group in grouped(seen, source)]
    return sorted(objects, key=lambda each: -each["score"])


def grouped(
    seen: Sequence[tuple[Tile, Prediction]], source: FrozenImage
) -> Iterator[list[Finding]]:
    """The findings on an image's tiles, those of one object together, its surest first."""
    by_label: dict[str, list[Finding]] = {}
    for tile, prediction in seen:
        for entry in prediction["objects"]:
            by_label.setdefault(entry["label_id"], []).append(Finding.of(tile, entry, source))
    for findings in by_label.values():
        yield from _groups(findings)


def described(mask: Mask, source: FrozenImage) -> dict[str, Any]:
    """A mask's box, area in pixels and COCO RLE."""
    box = geo.bounds(mask)
    return {
        "bbox": xywh([box.x0, box.y0, box.x1, box.y1]),
        "area": geo.area(mask),
        "segmentation": rle.encode(mask, source.width, source.height),
    }


def xywh(box: Sequence[float]) -> list[float]:
    """x0, y0, x1, y1 as COCO's x, y, width, height, to a hundredth of a pixel."""
    x0, y0, x1, y1 = box
    return [round(value, 2) for value in (x0, y0, x1 - x0, y1 - y0)]


def _is_cut(box: Box, tile: Tile, source: FrozenImage) -> bool:
    """Whether ``box`` ends at an edge of ``tile`` behind which the image goes on."""
    near_px = max(1.0, NEAR_SEAM * max(tile.width, tile.height))
    edge = tile.box
    return (
        (edge.x0 > 0 and box.x0 - edge.x0 < near_px)
        or (edge.y0 > 0 and box.y0 - edge.y0 < near_px)
        or (edge.x1 < source.width and edge.x1 - box.x1 < near_px)
        or (edge.y1 < source.height and edge.y1 - box.y1 < near_px)
    )


def _groups(findings: list[Finding]) -> Iterator[list[Finding]]:
    """Findings of one class, those of one object together, the surest object first."""
    findings.sort(key=lambda each: -each.score)
    rows = [(f.box.x0, f.box.y0, f.box.x1, f.box.y1) for f in findings]
    boxes = np.array(rows).reshape(-1, 4)
    free = np.ones(len(findings), dtype=bool)
    for first in range(len(findings)):
        if not free[first]:
            continue
        free[first] = False
        group = [first]
        for member in group:  # grows while it is gone through
            for other in np.flatnonzero(free & _near(boxes, member)).tolist():
                if _belongs(findings[other], findings[member], [findings[i] for i in group]):
                    free[other] = False
                    group.append(other)
        yield [findings[i] for i in group]


def _near(boxes: NDArray[np.float64], member: int) -> NDArray[np.bool_]:
    """Which of (N, 4) ``boxes`` meet that of ``member``."""
    x0, y0, x1, y1 = boxes[member]
    across = (boxes[:, 0] < x1) & (boxes[:, 2] > x0)
    return across & (boxes[:, 1] < y1) & (boxes[:, 3] > y0)


def _belongs(one: Finding, member: Finding, group: Sequence[Finding]) -> bool:
    """Whether ``one`` is the object that ``member`` of ``group`` is a view of.

    A tile shows an object once, unless a seam cuts it into several pieces.
    """
    if one.tile == member.tile:
        return False
    if not one.is_cut and any(one.tile == each.tile for each in group):
        return False
    shared = _overlap(one.tile.box, member.tile.box)
    if shared is not None:
        mine, others = _extent(one, shared), _extent(member, shared)
        common = _common(one, member, shared)
        if common and common >= AGREEMENT * (mine + others - common):
            return True
    common = _common(one, member, None)
    return any(
        each.is_cut and common >= COVERED * _extent(each, None) > 0 for each in (one, member)
    )


def _extent(finding: Finding, within: Box | None) -> float:
    """Area of a finding, or of its part ``within`` a window: of its mask where it has one."""
    if finding.mask is None:
        box = _overlap(finding.box, within) if within else finding.box
        return _area(box)
    if within is None:
        return geo.area(finding.mask)
    return float(_window(finding.mask, within).sum())


def _common(a: Finding, b: Finding, within: Box | None) -> float:
    """Area that two findings share, ``within`` a window if given."""
    box = _overlap(a.box, b.box)
    if box is not None and within is not None:
        box = _overlap(box, within)
    if box is None or a.mask is None or b.mask is None:
        return _area(box)
    box = Box(np.floor(box.x0), np.floor(box.y0), np.ceil(box.x1), np.ceil(box.y1))
    return float((_window(a.mask, box) & _window(b.mask, box)).sum())


def _window(mask: Mask, box: Box) -> masks.Bitmap:
    """The pixels of ``mask`` in a window whose sides are whole numbers."""
    canvas = np.zeros((int(box.y1 - box.y0), int(box.x1 - box.x0)), dtype=bool)
    masks.paste(masks.decode(mask), canvas, mask.x - int(box.x0), mask.y - int(box.y0))
    return canvas


def _overlap(a: Box, b: Box) -> Box | None:
    x0, y0, x1, y1 = max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _area(box: Box | None) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0) if box else 0.0


def whole(group: Sequence[Finding], source: FrozenImage) -> dict[str, Any]:
    """One object from its views: the surest whole one, else all pieces united."""
    first = group[0]
    whole = next((each for each in group if not each.is_cut), None)
    views = [whole] if whole else group
    united = _united([each.mask for each in views if each.mask is not None])
    if united is not None:
        shape = described(united, source)
    else:
        corners = [(each.box.x0, each.box.y0, each.box.x1, each.box.y1) for each in views]
        low, high = np.min(corners, axis=0), np.max(corners, axis=0)
        shape = {"bbox": xywh([*low[:2].tolist(), *high[2:].tolist()])}
    return {**first.entry, **shape}


def _united(found: Sequence[Mask]) -> Mask | None:
    if len(found) < 2:
        return found[0] if found else None
    x0, y0 = min(mask.x for mask in found), min(mask.y for mask in found)
    x1 = max(mask.x + mask.width for mask in found)
    y1 = max(mask.y + mask.height for mask in found)
    canvas = np.zeros((y1 - y0, x1 - x0), dtype=bool)
    for mask in found:
        masks.paste(masks.decode(mask), canvas, mask.x - x0, mask.y - y0)
    return masks.encode(canvas, x0, y0)

"""From the pixels of a part to an outline such as a careful hand would draw."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.domain.shapes import Part, Polygon, Ring

MAGNIFICATION = 4
TOLERANCE_PX = 0.5
"""How far a vertex may lie from the smoothed edge when points on straight runs are left out."""
LEAST_AREA_PX = 6.0


def traced(visible: NDArray[np.bool_]) -> Polygon | None:
    """The smooth outline of (H, W) ``visible``, with holes; None where it is only specks."""
    rows, columns = np.flatnonzero(visible.any(axis=1)), np.flatnonzero(visible.any(axis=0))
    if not rows.size:
        return None
    x0, y0 = int(columns[0]) - 1, int(rows[0]) - 1
    window = visible[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8) * 255
    big = cv2.resize(
        cv2.copyMakeBorder(window, 1, 1, 1, 1, cv2.BORDER_CONSTANT),
        None,
        fx=MAGNIFICATION,
        fy=MAGNIFICATION,
        interpolation=cv2.INTER_NEAREST,
    )
    smooth = (cv2.GaussianBlur(big, (0, 0), MAGNIFICATION * 0.6) > 127).astype(np.uint8)
    contours, hierarchy = cv2.findContours(smooth, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = [_ring(contour, x0, y0, visible.shape) for contour in contours]
    parts = tuple(
        Part(
            outer,
            tuple(
                hole
                for child in np.flatnonzero(hierarchy[0][:, 3] == index)
                if (hole := rings[child])
            ),
        )
        for index, outer in enumerate(rings)
        if hierarchy[0][index][3] < 0 and outer
    )
    return Polygon(parts) if parts else None


def _ring(contour: NDArray[Any], x0: int, y0: int, shape: tuple[int, ...]) -> Ring:
    """A contour of the magnified window as a ring of image pixels; empty for a speck."""
    kept = cv2.approxPolyDP(contour, TOLERANCE_PX * MAGNIFICATION, closed=True)[:, 0]
    if len(kept) < 3 or cv2.contourArea(kept) < LEAST_AREA_PX * MAGNIFICATION**2:
        return ()
    points = (kept + 0.5) / MAGNIFICATION + (x0, y0)
    return tuple(
        (min(max(round(float(x), 2), 0.0), float(shape[1])),
         min(max(round(float(y), 2), 0.0), float(shape[0])))
        for x, y in points
    )  # fmt: skip

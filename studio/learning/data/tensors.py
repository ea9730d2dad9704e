"""Images as tensors, and geometry at the size that a network sees."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from studio.domain import geometry as geo
from studio.domain.shapes import Box, Geometry, Mask, Polygon, RotatedBox
from studio.vision import masks
from studio.vision.images import Rgb
from studio.vision.masks import Bitmap


def to_longer_side(rgb: Rgb, longer_px: int) -> Rgb:
    """``rgb`` resized so that its longer side is ``longer_px``: (h, w, 3) uint8."""
    height, width = rgb.shape[:2]
    scale = longer_px / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if size == (width, height):
        return rgb
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(rgb, size, interpolation=how), dtype=np.uint8)


def as_tensor(rgb: Rgb) -> Tensor:
    """(H, W, 3) uint8 array to (3, H, W) uint8 tensor, its channels still beside each other.

    So it is resized fastest. The tensor is the array itself, unless that must not be written to.
    """
    own = rgb if rgb.flags.writeable else rgb.copy()
    return torch.from_numpy(np.ascontiguousarray(own)).permute(2, 0, 1)


def rasterise(geometry: Geometry, source_size: tuple[int, int], size: tuple[int, int]) -> Bitmap:
    """The (h, w) bitmap of ``geometry`` where the image is resized.

    ``source_size`` and ``size`` are (width, height) of the source image and of the result. A
    pixel is set where the source pixel under its centre is covered.
    """
    if size == source_size:
        return masks.rasterise(geometry, *size)
    (source_width, source_height), (width, height) = source_size, size
    scale_x, scale_y = width / source_width, height / source_height
    match geometry:
        case Mask():
            return _sample(geometry, scale_x, scale_y, width, height)
        case RotatedBox():
            outline = geo.as_polygon(geometry)
        case Box() | Polygon():
            outline = geometry
    scaled = geo.map_points(outline, lambda point: (point[0] * scale_x, point[1] * scale_y))
    return masks.rasterise(scaled, width, height)


def _sample(mask: Mask, scale_x: float, scale_y: float, width: int, height: int) -> Bitmap:
    columns = np.floor((np.arange(width) + 0.5) / scale_x).astype(int) - mask.x
    rows = np.floor((np.arange(height) + 0.5) / scale_y).astype(int) - mask.y
    inside_x = (columns >= 0) & (columns < mask.width)
    inside_y = (rows >= 0) & (rows < mask.height)
    canvas = np.zeros((height, width), dtype=bool)
    window = masks.decode(mask)[np.ix_(rows[inside_y], columns[inside_x])]
    canvas[np.ix_(inside_y, inside_x)] = window
    return canvas


def on_device(values: Tensor, device: torch.device) -> Tensor:
    """``values`` on ``device``, which the processor waits for only where it must.

    CUDA keeps what is still to be copied; Apple's GPUs may read it when it is gone (pytorch issue
    189690).
    """
    return values.to(device, non_blocking=device.type == "cuda")

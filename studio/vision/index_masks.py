"""Reading PNGs whose pixels are not colours but class numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.errors import ImageProblem
from studio.vision import images
from studio.vision.containers import Unreadable, open_pillow

Indices = NDArray[np.integer[Any]]
"""(H, W) of some integer type."""


def read_indices(path: Path) -> Indices:
    """The class number of each pixel, (H, W); a palette's colours are not looked at.

    Raises:
        ImageProblem: it cannot be read, or has colours instead of numbers.
    """
    images.probe(path)
    name = images.printable(path.name)
    try:
        with path.open("rb") as file, open_pillow(file) as image:
            pixels = np.array(image)
    except Unreadable as error:
        raise ImageProblem("{file} cannot be read: {reason}.", file=name, reason=error) from error
    except Exception as error:  # decoders raise anything on damaged data
        raise ImageProblem(
            "{file} cannot be read: {reason}.", file=name, reason="its data are damaged"
        ) from error
    if pixels.ndim == 3:
        colour = pixels[..., : 1 if pixels.shape[2] == 2 else 3]
        if (colour != colour[..., :1]).any():
            raise ImageProblem(
                "{file} is in colour; an index mask has one number a pixel (grey or palette).",
                file=name,
            )
        pixels = colour[..., 0]
    return pixels.astype(np.uint8) if pixels.dtype == np.bool_ else pixels

"""What both layouts of mask files share: their names and their pixels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import numpy as np

from studio.errors import ImageProblem, say
from studio.formats.finding import Problems
from studio.formats.frames import Frame, frame_of, lies_on_its_side
from studio.vision.decoding import upright
from studio.vision.index_masks import Indices, read_indices

_OF_MASKS = re.compile(
    r"^(gt|mask|label|seg)[_-]"
    r"|[_-](gt|mask|masks|label|labels|seg|segmentation|annot|annotation|labelIds|labelTrainIds"
    r"|gt(Fine|Coarse)_label(Train)?Ids|L)$"
)
_OF_IMAGES = re.compile(r"^(img|image|frame|photo|rgb)[_-]|[_-](leftImg8bit|img|image|photo|rgb)$")


_BEYOND_COUNTING = 2**53
"""From here on floats are no longer exact."""


def mask_core(stem: str) -> str:
    """The name of a mask without what only says that it is one: ``a_mask`` is of ``a``."""
    return _OF_MASKS.sub("", stem)


def image_core(stem: str) -> str:
    """The name of an image without what only says that it is one: ``img_001`` is ``001``."""
    return _OF_IMAGES.sub("", stem)


def indices_of(path: Path, image: Path, frame: Frame, problems: Problems) -> Indices | None:
    """The whole numbers of a mask file of an image, upright; None, with a problem, otherwise.

    A mask that was made of the image as it lies in the file, unturned, is turned with it.
    """
    try:
        indices = read_indices(path)
    except ImageProblem as problem:
        problems.add(path, "", problem.sentence)
        return None
    shape = (frame.height, frame.width)
    turned = indices.shape != shape and indices.shape == (frame.width, frame.height)
    if turned and lies_on_its_side(image):
        said = Problems(problems.base)
        lying = frame_of(image, (indices.shape[1], indices.shape[0]), said) or frame
        # An image may have a hundred masks.
        problems.found += (each for each in said.found if each not in problems.found[-1:])
        indices = cast(Indices, upright(indices, lying.orientation))
    if indices.shape != shape:
        sentence = say(
            "the mask has {width} x {height} pixels, the image {image_width} x "
            "{image_height}; it was left out",
            width=indices.shape[1],
            height=indices.shape[0],
            image_width=shape[1],
            image_height=shape[0],
        )
        problems.add(path, "", sentence)
        return None
    if not np.issubdtype(indices.dtype, np.integer):
        # Some tools save numbers as floats; what is no number of a class is no mask.
        countable = np.isfinite(indices).all() and (np.abs(indices) < _BEYOND_COUNTING).all()
        if not (countable and (indices == np.rint(indices)).all()):
            sentence = say("its pixels are not whole numbers, so it is no mask; it was left out")
            problems.add(path, "", sentence)
            return None
        indices = np.rint(indices).astype(np.int64)
    return indices

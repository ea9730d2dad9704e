"""How the models of the SAM family want images and points, and what their masks cover.

Three conventions, told apart by the names of the decoder's inputs. In all of them points are
given in pixels of a *frame*, the image as the encoder sees it; labels are those of ``Is``; what
is above 0 in the masks belongs to the object.

SAM (also MobileSAM and others with the same decoder)
    The image is resized until its longer side is 1024. Encoder: one input of any name, either
    (1, 3, 1024, 1024) with mean and deviation taken off and zeros to the right and below, or
    (H, W, 3) with values 0..255, which it normalises and pads itself. Decoder: image_embeddings,
    point_coords (1, N, 2), point_labels (1, N), mask_input, has_mask_input, orig_im_size; without
    a box a point (0, 0) labelled -1 is added. low_res_masks cover the padded square. ``masks``
    is cut and resized within the model, in some exports to the proportions of the image it was
    traced with, so low_res_masks is taken where there is one.
    Source: facebookresearch/segment-anything, segment_anything/utils/onnx.py and
    notebooks/onnx_model_example.ipynb; vietanhdev/samexporter, sam_onnx.py.

EfficientSAM
    Encoder: batched_images (1, 3, H, W), values 0..1, any size: it stretches and normalises by
    itself. Decoder: image_embeddings, batched_point_coords (1, 1, N, 2), batched_point_labels
    (1, 1, N), orig_im_size (height, width) of the frame, an int64. It hears 6 points at most.
    output_masks (1, 1, K, h, w) cover the frame.
    Source: yformer/EfficientSAM, onnx_models.py and export_to_onnx.py.

SAM 2
    The image is stretched to 1024 x 1024; mean and deviation are taken off. Encoder outputs
    image_embed, high_res_feats_0, high_res_feats_1, which the decoder takes besides point_coords
    (1, N, 2), point_labels (1, N), mask_input, has_mask_input; some exports take orig_im_size too.
    It adds the point that says nothing itself. ``masks`` (1, K, 256, 256) cover the frame.
    Source: vietanhdev/samexporter, export_sam2.py and sam2_onnx.py.

SAM and SAM 2 were trained to refine: with every further point the mask that the points before it
led to is given as mask_input.

All three decoders add 0.5 to the points, whose numbers are those of pixels. Ours run from the
pixel's corner, so half a pixel of the 1024 is taken off before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from studio.interactive.asking import Is, Mark

Arrays = Mapping[str, NDArray[Any]]
Logits = NDArray[np.floating[Any]]
Size = tuple[int, int]
"""(width, height) in pixels."""

SIDE = 1024
MEAN = np.array([123.675, 116.28, 103.53], np.float32)
DEVIATION = np.array([58.395, 57.12, 57.375], np.float32)
"""Of the three channels of ImageNet's images, values 0..255, RGB."""

EFFICIENT_SAM_POINTS = 6
COARSE = 256
"""Side of the mask that may be given as a hint, where the decoder does not say."""
HINT_LOGIT = 32.0
"""Hints reach so far to both sides of 0 (SAM 2, sam2/sam2_image_predictor.py)."""


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of a model: its name, ONNX type and shape (None where a side is free)."""

    name: str
    type: str = "tensor(float)"
    shape: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Ports:
    """What goes into a model, and what comes out."""

    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]

    def input_names(self) -> list[str]:
        """The inputs in the model's order."""
        return [port.name for port in self.inputs]

    def output_names(self) -> list[str]:
        """The outputs in the model's order."""
        return [port.name for port in self.outputs]

    def side(self, name: str, axis: int) -> int | None:
        """How long an input is along an axis; None where it is free or there is no such input."""
        for port in self.inputs:
            if port.name == name and axis < len(port.shape):
                return port.shape[axis]
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """Logits (K, h, w) of K masks and how good each is thought to be; they cover the ``covered``
    (width, height) of the frame, in its pixels, from its upper left corner on. A mask that
    ``hints`` may be given to the decoder along with further points."""

    logits: Logits
    scores: NDArray[np.floating[Any]]
    covered: Size
    hints: bool = False


class Convention(Protocol):
    """How one kind of model is talked to."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def frame(self, image: Size) -> Size:
        """The size that an image is resized to before the encoder sees it."""
        ...

    def image(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The encoder's input, of the (h, w, 3) RGB picture in the frame's size."""
        ...

    def question(
        self, marks: Sequence[Mark], frame: Size, hint: Logits | None = None
    ) -> dict[str, NDArray[Any]]:
        """The decoder's inputs besides the embedding; the marks are in pixels of the frame, and
        ``hint`` is a mask that was found before."""
        ...

    def masks(self, outputs: Arrays, frame: Size) -> Found:
        """What the decoder's outputs mean."""
        ...


@dataclass(frozen=True, slots=True)
class Sam:
    """See the module: SAM and MobileSAM. ``pads`` says that the encoder pads by itself."""

    side: int
    pads: bool
    coarse: int
    points: int | None
    name: str = "SAM"

    def frame(self, image: Size) -> Size:
        """The longer side is ``side``."""
        scale = self.side / max(image)
        width, height = (max(1, int(length * scale + 0.5)) for length in image)
        return width, height

    def image(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """As it is, or normalised and then padded to a square."""
        if self.pads:
            return rgb.astype(np.float32)
        height, width = rgb.shape[:2]
        square = np.zeros((1, 3, self.side, self.side), np.float32)
        square[0, :, :height, :width] = _normalised(rgb)
        return square

    def question(
        self, marks: Sequence[Mark], frame: Size, hint: Logits | None = None
    ) -> dict[str, NDArray[Any]]:
        """Points in pixels of the frame, which the model knows to have ``side`` a side."""
        has_box = any(mark.says is Is.FIRST_CORNER for mark in marks)
        padding = () if has_box else (Mark(0.5, 0.5, Is.NOTHING),)
        coords, labels = _points((*marks, *padding), self.points)
        return {
            "point_coords": coords[None] - np.float32(0.5),
            "point_labels": labels[None],
            **_hint(hint, self.coarse),
            "orig_im_size": np.array(frame[::-1], np.float32),
        }

    def masks(self, outputs: Arrays, frame: Size) -> Found:
        """The coarse masks of the padded square, else those of the frame."""
        scores = outputs["iou_predictions"][0]
        if "low_res_masks" in outputs:
            logits = outputs["low_res_masks"][0]
            return Found(logits, scores, (self.side, self.side), _is_square(logits, self.coarse))
        return Found(outputs["masks"][0], scores, frame)


@dataclass(frozen=True, slots=True)
class EfficientSam:
    """See the module. ``fixed`` is the encoder's size, where it has one of its own."""

    fixed: Size | None
    points: int | None
    name: str = "EfficientSAM"

    def frame(self, image: Size) -> Size:
        """As large as the image, up to ``SIDE``: the encoder would see no more."""
        if self.fixed:
            return self.fixed
        scale = min(1.0, SIDE / max(image))
        width, height = (max(1, int(length * scale + 0.5)) for length in image)
        return width, height

    def image(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Values 0..1."""
        return (rgb.transpose(2, 0, 1)[None] / 255).astype(np.float32)

    def question(
        self, marks: Sequence[Mark], frame: Size, hint: Logits | None = None
    ) -> dict[str, NDArray[Any]]:
        """Points in pixels of the frame; it takes no hint."""
        most = min(self.points or EFFICIENT_SAM_POINTS, EFFICIENT_SAM_POINTS)
        coords, labels = _points(_limited(marks, most), self.points)
        half_pixel = np.array(frame, np.float32) / (2 * SIDE)
        return {
            "batched_point_coords": np.maximum(coords - half_pixel, 0)[None, None],
            "batched_point_labels": labels[None, None],
            "orig_im_size": np.array(frame[::-1], np.int64),
        }

    def masks(self, outputs: Arrays, frame: Size) -> Found:
        """Masks of the frame, of the only object asked for."""
        return Found(outputs["output_masks"][0, 0], outputs["iou_predictions"][0, 0], frame)


@dataclass(frozen=True, slots=True)
class Sam2:
    """See the module."""

    side: int
    coarse: int
    points: int | None
    name: str = "SAM 2"

    def frame(self, image: Size) -> Size:
        """A square, whatever the image's proportions."""
        return self.side, self.side

    def image(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Normalised."""
        return np.ascontiguousarray(_normalised(rgb)[None])

    def question(
        self, marks: Sequence[Mark], frame: Size, hint: Logits | None = None
    ) -> dict[str, NDArray[Any]]:
        """Points in pixels of the square."""
        coords, labels = _points(marks, self.points)
        return {
            "point_coords": coords[None] - np.float32(0.5),
            "point_labels": labels[None],
            **_hint(hint, self.coarse),
            "orig_im_size": np.array(frame[::-1], np.float32),
        }

    def masks(self, outputs: Arrays, frame: Size) -> Found:
        """Masks of the frame."""
        logits = outputs["masks"][0]
        hints = _is_square(logits, self.coarse)
        return Found(logits, outputs["iou_predictions"][0], frame, hints)


def _sam(encoder: Ports, decoder: Ports) -> Convention | None:
    [image, *more], outputs = encoder.inputs, encoder.outputs
    rank = len(image.shape)
    if more or len(outputs) != 1 or rank not in (3, 4):
        return None
    if image.shape[1 if rank == 4 else 2] not in (3, None):
        return None
    side = (image.shape[2] if rank == 4 else None) or SIDE
    coarse = decoder.side("mask_input", 2) or COARSE
    return Sam(side, rank == 3, coarse, points_taken(decoder))


def _efficient_sam(encoder: Ports, decoder: Ports) -> Convention | None:
    [image, *more] = encoder.inputs
    if more or image.name != "batched_images" or len(image.shape) != 4:
        return None
    height, width = image.shape[2:]
    fixed = (width, height) if width and height else None
    return EfficientSam(fixed, points_taken(decoder))


def _sam2(encoder: Ports, decoder: Ports) -> Convention | None:
    [image, *more] = encoder.inputs
    features = {"image_embed", "high_res_feats_0", "high_res_feats_1"}
    if more or len(image.shape) != 4 or not features <= {*encoder.output_names()}:
        return None
    coarse = decoder.side("mask_input", 2) or COARSE
    return Sam2(image.shape[2] or SIDE, coarse, points_taken(decoder))


@dataclass(frozen=True, slots=True)
class Kind:
    """How a decoder of a convention is known, and what makes the convention of a pair."""

    needs: frozenset[str]
    also_known: frozenset[str]
    gives: frozenset[str]
    of_pair: Callable[[Ports, Ports], Convention | None]

    def takes(self, decoder: Ports) -> bool:
        """Whether all that the decoder wants can be given, and what it gives is understood."""
        wanted, given = {*decoder.input_names()}, {*decoder.output_names()}
        return self.needs <= wanted <= self.needs | self.also_known and self.gives <= given


_OPTIONAL = frozenset({"mask_input", "has_mask_input", "orig_im_size"})
KINDS = (
    Kind(
        frozenset({"image_embed", "high_res_feats_0", "high_res_feats_1"})
        | {"point_coords", "point_labels"},
        _OPTIONAL,
        frozenset({"masks", "iou_predictions"}),
        _sam2,
    ),
    Kind(
        frozenset({"image_embeddings", "batched_point_coords", "batched_point_labels"}),
        frozenset({"orig_im_size"}),
        frozenset({"output_masks", "iou_predictions"}),
        _efficient_sam,
    ),
    Kind(
        frozenset({"image_embeddings", "point_coords", "point_labels"}),
        _OPTIONAL,
        frozenset({"masks", "iou_predictions"}),
        _sam,
    ),
)


def takes_points(model: Ports) -> bool:
    """Whether a model is a decoder."""
    return bool({"point_coords", "batched_point_coords"} & {*model.input_names()})


def points_taken(decoder: Ports) -> int | None:
    """How many points a decoder takes at a time; None for any number."""
    one = decoder.side("point_coords", 1)
    return decoder.side("batched_point_coords", 2) if one is None else one


def kind_of(decoder: Ports) -> Kind | None:
    """The kind whose decoder this is, None for one that cannot be talked to."""
    return next((kind for kind in KINDS if kind.takes(decoder)), None)


def _normalised(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    return ((rgb.astype(np.float32) - MEAN) / DEVIATION).transpose(2, 0, 1)


def _limited(marks: Sequence[Mark], most: int) -> Sequence[Mark]:
    """At most so many marks: the box, the first click and the latest ones."""
    if len(marks) <= most:
        return marks
    first = min(1 + 2 * any(mark.says is Is.FIRST_CORNER for mark in marks), most)
    return (*marks[:first], *marks[len(marks) - most + first :])


def _points(
    marks: Sequence[Mark], count: int | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coordinates (N, 2) and labels (N,); exactly ``count`` where the model takes no other."""
    if count is not None:
        nothing = Mark(0.5, 0.5, Is.NOTHING)
        marks = (*_limited(marks, count), *(nothing for _ in range(count - len(marks))))
    coords = np.array([(mark.x, mark.y) for mark in marks], np.float32)
    return coords.reshape(-1, 2), np.array([mark.says for mark in marks], np.float32)


def _is_square(logits: Logits, side: int) -> bool:
    return logits.shape[1:] == (side, side)


def _hint(mask: Logits | None, coarse: int) -> dict[str, NDArray[Any]]:
    given = np.zeros((1, 1, coarse, coarse), np.float32)
    if mask is not None:
        given[0, 0] = np.clip(mask, -HINT_LOGIT, HINT_LOGIT)
    return {"mask_input": given, "has_mask_input": np.full(1, mask is not None, np.float32)}

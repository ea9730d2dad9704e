"""The whole detector, spoken to as torchvision's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torchvision.ops import batched_nms, clip_boxes_to_image, remove_small_boxes

from studio.learning.models.yolox.backbone import STRIDES, Darknet, Size
from studio.learning.models.yolox.cells import Cells
from studio.learning.models.yolox.head import DecoupledHead
from studio.learning.models.yolox.losses import Truths, losses
from studio.learning.models.yolox.neck import PathAggregation

GREY = 114.0
"""What the published weights saw around their pictures."""
LEAST_SCORE = 0.01
LEAST_SIDE_PX = 1.0
MOST_BEFORE_NMS = 1000
MOST_OBJECTS = 300
SAME_OBJECT = 0.65
"""IoU from which the less certain of two boxes of a class goes, as in the paper."""


class Detector(nn.Module):
    """Takes lists of (3, H, W) RGB in 0..1; labels are 1..C.

    In training it takes targets (``boxes`` (N, 4), ``labels`` (N,) and, where the picture is put
    together from several, ``pieced``) and gives losses; else it gives ``boxes``, ``labels`` and
    ``scores`` of each picture, the best first. ``giou`` teaches boxes by generalised IoU.
    """

    def __init__(self, size: Size, num_classes: int, *, giou: bool = False) -> None:
        super().__init__()
        self.giou = giou
        self.body = Darknet(size)
        self.neck = PathAggregation(size)
        self.head = DecoupledHead(size, num_classes)

    def forward(
        self, images: Sequence[Tensor], targets: Sequence[Mapping[str, Tensor]] | None = None
    ) -> dict[str, Tensor] | list[dict[str, Tensor]]:
        """Losses by name in training mode, else a prediction for each image."""
        canvas = on_canvas(images)
        said = self.say(canvas)
        cells = Cells.of(canvas.shape[2], canvas.shape[3], canvas.device)
        if self.training:
            with torch.autocast(canvas.device.type, enabled=False):
                truths = [_truths(target) for target in targets or ()]
                return losses(cells, said, truths, giou=self.giou)
        boxes = cells.decode(said[..., :4])
        return [
            _best(b, s, (image.shape[1], image.shape[2]))
            for b, s, image in zip(boxes, said[..., 4:].float(), images, strict=True)
        ]

    def say(self, canvas: Tensor) -> Tensor:
        """(B, 3, H, W) BGR in 0..255 to what the cells say, (B, A, 5 + C): see the head."""
        return self.head(self.neck(self.body(canvas)))


def on_canvas(images: Sequence[Tensor]) -> Tensor:
    """RGB pictures in 0..1 as one (B, 3, H, W) batch of BGR in 0..255, as published weights see.

    Each lies in the upper left corner; H and W are the least multiples of 32 that hold all.
    """
    step = STRIDES[-1]
    height = -(-max(image.shape[1] for image in images) // step) * step
    width = -(-max(image.shape[2] for image in images) // step) * step
    canvas = images[0].new_full((len(images), 3, height, width), GREY)
    for place, image in zip(canvas, images, strict=True):
        place[:, : image.shape[1], : image.shape[2]] = image.flip(0) * 255
    return canvas.contiguous(memory_format=torch.channels_last)


def _truths(target: Mapping[str, Tensor]) -> Truths:
    pieced = target.get("pieced")
    return Truths(
        target["boxes"].float(), target["labels"] - 1, pieced is not None and bool(pieced)
    )


def _best(boxes: Tensor, logits: Tensor, size: tuple[int, int]) -> dict[str, Tensor]:
    """The objects of one image of ``size`` (H, W), from (A, 4) boxes and (A, 1 + C) logits."""
    chances = logits[:, :1].sigmoid() * logits[:, 1:].sigmoid()
    scores, labels = chances.max(dim=1)
    order = scores.argsort(descending=True, stable=True)[:MOST_BEFORE_NMS]
    order = order[scores[order] >= LEAST_SCORE]
    inside = clip_boxes_to_image(boxes[order], size)
    seen = remove_small_boxes(inside, LEAST_SIDE_PX)  # others lie on the grey around
    order, inside = order[seen], inside[seen]
    kept = batched_nms(inside, scores[order], labels[order], SAME_OBJECT)[:MOST_OBJECTS]
    order = order[kept]
    return {"boxes": inside[kept], "labels": labels[order] + 1, "scores": scores[order]}

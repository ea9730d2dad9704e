"""What is learned from an assignment: overlap, certainty, class and, on whole pictures, sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.ops import generalized_box_iou_loss

from studio.learning.models.yolox.assignment import Assignment, assign
from studio.learning.models.yolox.cells import Cells

BOX_WEIGHT = 5.0
"""What the overlap counts against the others, as in the published training."""


@dataclass(frozen=True, slots=True)
class Truths:
    """The objects of one image: ``boxes`` (N, 4) in px, ``classes`` (N,) from 0.

    ``pieced`` says that the picture was put together from several: the sides of objects that
    were cut there are not quite known.
    """

    boxes: Tensor
    classes: Tensor
    pieced: bool = False


def losses(
    cells: Cells, said: Tensor, truths: Sequence[Truths], *, giou: bool = False
) -> dict[str, Tensor]:
    """Scalars with gradients, each a sum over the batch divided by how many cells answer.

    ``said`` (B, A, 5 + C) is the head's. L1 on the encoded sides joins on pictures that are not
    pieced, which are those of the last epochs (the paper's 2.1).
    """
    said = said.float()
    boxes = cells.decode(said[..., :4])
    of_box = generalized_box_iou_loss if giou else overlap_loss
    answering = 0
    sums: list[dict[str, Tensor]] = []
    for b, s, truth in zip(boxes, said, truths, strict=True):
        answer = assign(cells, b, s[:, 4:], truth.boxes, truth.classes)
        answering += len(answer.cells)
        of_boxes = of_box(b[answer.cells], truth.boxes[answer.objects]).sum()
        sums.append({"box": BOX_WEIGHT * of_boxes} | _of_image(cells, s, truth, answer))
    return {
        name: torch.stack([each[name] for each in sums]).sum() / max(1, answering)
        for name in sums[0]
    }


def _of_image(cells: Cells, said: Tensor, truths: Truths, answer: Assignment) -> dict[str, Tensor]:
    """Sums over the cells of one image, of all but the boxes' overlap."""
    chosen, wanted = answer.cells, truths.boxes[answer.objects]
    is_object = said.new_zeros(len(said))
    is_object[chosen] = 1.0
    one_hot = functional.one_hot(truths.classes[answer.objects], said.shape[1] - 5)
    of_class = one_hot * answer.overlaps[:, None]
    off = (said[chosen, :4] - cells.encode(wanted, chosen)).abs().sum()
    return {
        "object": _entropy(said[:, 4], is_object),
        "class": _entropy(said[chosen, 5:], of_class),
        "sides": off * (0.0 if truths.pieced else 1.0),
    }


def overlap_loss(boxes: Tensor, wanted: Tensor) -> Tensor:
    """(P,) 1 - IoU squared of (P, 4) boxes with (P, 4) boxes."""
    upper_left = torch.maximum(boxes[:, :2], wanted[:, :2])
    lower_right = torch.minimum(boxes[:, 2:], wanted[:, 2:])
    shared = (lower_right - upper_left).clamp(min=0).prod(dim=1)
    both = _areas(boxes) + _areas(wanted) - shared
    return 1 - (shared / both.clamp(min=1e-9)) ** 2


def _areas(boxes: Tensor) -> Tensor:
    return (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)


def _entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits, wanted, reduction="sum")

"""SimOTA: which cells answer for which object (Ge et al. 2021, 2107.08430, "SimOTA").

Each object takes the cells near its middle that already describe it best, as many as its ten
best boxes overlap it in sum; a cell that several objects want goes to the one it suits best.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.ops import box_iou

from studio.learning.models.yolox.cells import Cells

CENTRE_RADIUS = 1.5
"""Strides: the 3 x 3 cells around an object's middle on every level may answer for it."""
COUNTED = 10
"""So many of the best overlaps add up to how many cells an object gets."""
BOX_WEIGHT = 3.0
"""What the box counts against the class in a cell's cost (the paper's lambda)."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Cells that answer, sorted: ``cells`` (P,), the ``objects`` (P,) that they answer for.

    ``overlaps`` (P,) is the IoU of each one's box with its object.
    """

    cells: Tensor
    objects: Tensor
    overlaps: Tensor


@torch.no_grad()
def assign(
    cells: Cells, boxes: Tensor, logits: Tensor, truths: Tensor, classes: Tensor
) -> Assignment:
    """The cells that answer for the objects of one image.

    ``boxes`` (A, 4) and ``logits`` (A, 1 + C), of an object and of its class, are what the cells
    say; ``truths`` (N, 4) boxes and ``classes`` (N,) from 0 are what there is.
    """
    near = _near(cells, truths)
    candidates = near.any(dim=0).nonzero()[:, 0]
    near = near[:, candidates]
    overlaps = box_iou(truths, boxes[candidates].float()) * near
    cost = _class_cost(logits[candidates].float(), classes)
    cost = cost - BOX_WEIGHT * overlaps.clamp(min=1e-8).log()
    cost = cost.masked_fill(~near, torch.inf)
    taken = _cheapest(cost, _counts(overlaps)) & near
    # A wanted cell goes to the cheapest of those who want it.
    cost = cost.masked_fill(~taken, torch.inf)
    columns = taken.any(dim=0).nonzero()[:, 0]
    objects = cost[:, columns].argmin(dim=0) if len(truths) else columns
    return Assignment(candidates[columns], objects, overlaps[objects, columns])


def _near(cells: Cells, truths: Tensor) -> Tensor:
    """(N, A) bool: the cell's centre lies around the object's."""
    middles = (truths[:, :2] + truths[:, 2:]) / 2
    away = (cells.centres[None] - middles[:, None]).abs().amax(dim=2)
    return away < CENTRE_RADIUS * cells.strides[None]


def _class_cost(logits: Tensor, classes: Tensor) -> Tensor:
    """(N, A) binary cross-entropy of each cell's classes for each object's.

    As the scores are when predicting, a class's chance is weighed with the object's: by the
    square root of their product.
    """
    chances = (logits[:, :1].sigmoid() * logits[:, 1:].sigmoid()).sqrt()
    wanted = functional.one_hot(classes, logits.shape[1] - 1).float()
    # Of all classes but one the truth is "no": add up the noes, and put one right per object.
    no = -(1 - chances).clamp(min=1e-7).log()
    yes = -chances.clamp(min=1e-7).log()
    return wanted @ (yes - no).T + no.sum(dim=1)[None]


def _counts(overlaps: Tensor) -> Tensor:
    """(N,) how many cells each object gets: at least one."""
    best = overlaps.topk(min(COUNTED, overlaps.shape[1]), dim=1).values
    return best.sum(dim=1).int().clamp(min=1)


def _cheapest(cost: Tensor, counts: Tensor) -> Tensor:
    """(N, A) bool: the ``counts`` smallest of every row."""
    places = cost.argsort(dim=1, stable=True).argsort(dim=1, stable=True)
    return places < counts[:, None]

"""What training makes small, for tasks whose models only tell logits.

Every loss is a mean over what counts, with weights that average 1 over the training data: adding
up the gradients of parts of a batch gives that of the whole, or comes near it where Dice is asked
for or one part has more to ignore than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor
from torch.nn import functional

from studio.domain.runs import Task
from studio.learning.choices import Loss
from studio.learning.spec import ModelSpec

USUAL = {Task.CLASSIFY: Loss.CE, Task.SEGMENT: Loss.CE_DICE}
OF_PIXELS = {Loss.CE_DICE: Loss.CE, Loss.BCE_DICE: Loss.BCE}
SURE = 1e-6
"""A chance is taken to miss by this much at least, so that the focal loss has a slope."""
WITH_DICE = frozenset({Loss.DICE, Loss.CE_DICE, Loss.BCE_DICE})


@dataclass(frozen=True, slots=True)
class Criterion:
    """A loss, with its ``gamma`` (focal) and a weight for each class, or () where all are 1."""

    kind: Loss
    gamma: float = 0.0
    weights: tuple[float, ...] = ()

    @classmethod
    def of(cls, spec: ModelSpec) -> Self:
        """The one that a model is trained with."""
        config = spec.config
        kind = USUAL[spec.task] if config.loss is Loss.OWN else config.loss
        return cls(kind, config.focal_gamma, spec.class_weights)

    @classmethod
    def usual(cls, spec: ModelSpec) -> Self:
        """The one that validation tells, which can be compared between runs."""
        return cls(USUAL[spec.task])

    @property
    def elementwise(self) -> Loss:
        """Its part that looks at each answer by itself."""
        return OF_PIXELS.get(self.kind, self.kind)


def of_one_class(
    logits: Tensor, wanted: Tensor, criterion: Criterion, smoothing: float = 0.0, ignore: int = -100
) -> Tensor:
    """The loss where one class is right.

    ``logits`` are (N, C, ...), ``wanted`` (N, ...) int64 class indices, or (N, C) parts of each
    class where examples are blended.
    """
    weights = _weights(criterion, logits)
    counted = len(logits) if wanted.is_floating_point() else (wanted != ignore).sum().clamp(min=1)
    if criterion.elementwise is Loss.CE:
        summed = functional.cross_entropy(
            logits, wanted, weights, ignore_index=ignore, reduction="sum", label_smoothing=smoothing
        )
        return summed / counted
    parts = _parts(logits, wanted, ignore)
    valid = parts.sum(dim=1, keepdim=True) > 0
    parts = parts * (1 - smoothing) + smoothing / logits.shape[1]
    if criterion.elementwise is Loss.BCE:
        losses = functional.binary_cross_entropy_with_logits(logits, parts, reduction="none")
    else:
        log_chances = logits.log_softmax(dim=1)
        missed = (1 - log_chances.exp()).clamp(min=SURE)
        losses = -parts * missed**criterion.gamma * log_chances
    if weights is not None:
        losses = losses * weights.view(-1, *[1] * (logits.dim() - 2))
    return (losses * valid).sum() / counted


def of_several_classes(
    logits: Tensor, wanted: Tensor, known: Tensor, criterion: Criterion, smoothing: float = 0.0
) -> Tensor:
    """The loss where any classes may be right: all (N, C); ``known`` is 0 where nobody said."""
    wanted = wanted * (1 - smoothing) + smoothing / 2
    losses = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    if criterion.kind is Loss.FOCAL:
        chances = logits.sigmoid()
        missed = wanted * (1 - chances) + (1 - wanted) * chances
        losses = losses * missed.clamp(min=SURE) ** criterion.gamma
    weights = _weights(criterion, logits)
    if weights is not None:
        losses = losses * weights
    return (losses * known).sum() / known.sum().clamp(min=1)


def of_overlap(logits: Tensor, wanted: Tensor, ignore: int) -> Tensor:
    """1 - soft Dice (Milletari et al. 2016), averaged over the classes in ``wanted`` (B, H, W)."""
    one_hot = _parts(logits, wanted, ignore)
    chances = logits.softmax(dim=1) * (wanted != ignore).unsqueeze(1)
    shared = (chances * one_hot).sum(dim=(0, 2, 3))
    both = chances.sum(dim=(0, 2, 3)) + one_hot.sum(dim=(0, 2, 3))
    occurs = one_hot.sum(dim=(0, 2, 3)) > 0
    dice = (2 * shared + 1) / (both + 1)
    return ((1 - dice) * occurs).sum() / occurs.sum().clamp(min=1)


def _parts(logits: Tensor, wanted: Tensor, ignore: int) -> Tensor:
    """The part of each class, as ``logits``; nothing where ``wanted`` is ``ignore``."""
    if wanted.is_floating_point():
        return wanted
    valid = wanted != ignore
    parts = torch.zeros_like(logits).scatter_(1, wanted.where(valid, 0).unsqueeze(1), 1)
    return parts * valid.unsqueeze(1)


def _weights(criterion: Criterion, logits: Tensor) -> Tensor | None:
    return logits.new_tensor(criterion.weights) if criterion.weights else None

"""What a network says in training beside its answer, so that its middle learns sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor
from torchvision.models.googlenet import GoogLeNetOutputs
from torchvision.models.inception import InceptionOutputs


class SegmenterOutputs(NamedTuple):
    """Logits of a segmenter in training, and those of its auxiliary head, of the same size."""

    logits: Tensor
    aux: Tensor


WEIGHTS = {GoogLeNetOutputs: 0.3, InceptionOutputs: 0.4, SegmenterOutputs: 0.5}
"""How much auxiliary heads count beside the answer: Szegedy et al. 2014, torchvision's tutorial
and torchvision's reference for segmentation."""


def total_loss(
    outputs: Tensor | GoogLeNetOutputs | InceptionOutputs | SegmenterOutputs,
    loss: Callable[[Tensor], Tensor],
) -> Tensor:
    """The loss of the answer, and a part of the loss of each auxiliary head where there is one."""
    if isinstance(outputs, Tensor):
        return loss(outputs)
    answer, *helpers = outputs
    helping = (loss(each) for each in helpers if each is not None)
    return loss(answer) + WEIGHTS[type(outputs)] * sum(helping)

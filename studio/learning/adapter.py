"""What every task must be able to do; the trainer, evaluator and predictor know no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from studio.learning.config import Augmentation
from studio.learning.data.tensors import on_device
from studio.learning.data.variation import Variation
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import MEAN, STD, ModelSpec
from studio.vision.images import Rgb

Prediction = dict[str, Any]
"""What a model (or, for a truth, a human) says of one image: see ``events.ImagePredicted``."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One image ready for the network: ``image`` (3, h, w) uint8 RGB and its targets.

    Without variation, ``image`` is the whole source (a classifier's: its middle), so that
    network pixels times ``source.width / w`` are source pixels.
    """

    image: Tensor
    target: Mapping[str, Tensor]
    source: FrozenImage

    def pin_memory(self) -> Sample:
        """A copy that goes to a CUDA device without waiting; the reader calls this."""
        target = {name: value.pin_memory() for name, value in self.target.items()}
        return Sample(self.image.pin_memory(), target, self.source)


@dataclass(frozen=True, slots=True)
class Scores:
    """Metrics by public name, the same by class, and a confusion matrix where there is one.

    ``per_class`` rows hold ``label``, ``label_id`` and numbers (None where undefined).
    ``confusion`` is ``{"labels": names, "matrix": rows of true classes, columns of predicted}``.
    """

    metrics: Mapping[str, float]
    per_class: Sequence[Mapping[str, Any]] = ()
    confusion: Mapping[str, Any] = field(default_factory=dict)


class Adapter(Protocol):
    """One task's way from images to loss, predictions and metrics. Picklable."""

    @property
    def spec(self) -> ModelSpec:
        """What the model is."""
        ...

    def decode_px(self, source: FrozenImage) -> int:
        """The longer side that decoding ``source``, whose size is known, need not exceed."""
        ...

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """Resize, and vary for training where ``augmentation`` is given; draws from torch."""
        ...

    def loss(self, model: nn.Module, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """The mean loss of a micro-batch, a scalar with gradients."""
        ...

    def predict(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> list[Prediction]:
        """What the model (in eval mode) says of each image, in source pixels."""
        ...

    def judge(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> tuple[list[Prediction], float]:
        """As ``predict``, with the mean validation loss of the samples."""
        ...

    def truth(self, source: FrozenImage) -> Prediction:
        """What the human said, in the form of a prediction."""
        ...

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """Metrics over a split."""
        ...

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """Orders epochs, the largest being the best: what counts, then the loss, negative."""
        ...

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """How wrong a prediction is, 0 (right) to 1."""
        ...


@runtime_checkable
class Mixing(Protocol):
    """An adapter that puts further training pictures into a varied one."""

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """``sample`` with others in it, or as it is; ``epoch`` counts from 1, draws from torch.

        Each call of ``another`` gives a varied sample of an image drawn at random.
        """
        ...


def stacked(images: Sequence[Tensor]) -> Tensor:
    """Images (3, H, W) of one size as (B, 3, H, W), each pixel's channels beside each other."""
    return torch.stack([image.permute(1, 2, 0) for image in images]).permute(0, 3, 1, 2)


def normalised(images: Tensor, device: torch.device) -> Tensor:
    """(B, 3, H, W) uint8 to float, with ImageNet's mean and deviation, on ``device``.

    Worked out a row of pixels at a time, which takes a fifth of what it takes channel by channel.
    """
    batch = on_device(images, device).contiguous(memory_format=torch.channels_last)
    pixels = batch.permute(0, 2, 3, 1).float()
    mean, deviation = _levels(pixels.shape[2], device)
    pixels.flatten(2).sub_(mean).div_(deviation)
    return pixels.permute(0, 3, 1, 2)


@cache
def _levels(width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """ImageNet's mean and deviation in levels of 255 for a row of pixels, both (3 W,).

    Kept on the device: it would have to be waited for each time.
    """
    mean, deviation = (torch.tensor(each * width, device=device) * 255 for each in (MEAN, STD))
    return mean, deviation


def heading(source: FrozenImage) -> Prediction:
    """The keys that every prediction has."""
    return {"file": source.path, "width": source.width, "height": source.height}


def changes_of(spec: ModelSpec, augmentation: Augmentation | None) -> Variation:
    """How far an image is varied for training with ``augmentation``; None leaves it as it is."""
    return Variation() if augmentation is None else Variation.of(spec.config, augmentation)

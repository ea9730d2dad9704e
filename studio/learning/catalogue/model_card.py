"""One architecture as a newcomer reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from studio.domain.runs import Task
from studio.errors import ConfigError, Sentence, say
from studio.learning.catalogue.published import Pretraining, WeightsSource, origin

SMALL = "small_cnn"
"""The network that ships with weights and needs no graphics card."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of an architecture before anything is downloaded.

    ``family`` says how it is built (``models/families.py``); ``backbone`` is the network within
    that sees; ``parameters_m`` is millions of parameters with a head of a few classes.
    ``weights`` are the published files to start from, best first. ``min_image_size`` is in
    pixels of the longer side, which must be a multiple of ``image_size_step``; a classifier
    learned before with pictures of ``usual_image_size``.
    """

    name: str
    task: Task
    family: str
    title: str
    description: Sentence
    backbone: str
    parameters_m: float
    published: Sentence
    weights: tuple[WeightsSource, ...]
    min_image_size: int = 32
    image_size_step: int = 1
    usual_image_size: int = 224

    @property
    def pretraining(self) -> Pretraining:
        """What the best of its weights were trained on."""
        return self.weights[0].pretraining

    @property
    def whole(self) -> bool:
        """Whether published weights exist for the whole architecture, not for its backbone only."""
        return self.weights[0].architecture == self.name

    @property
    def takes_giou(self) -> bool:
        """Whether boxes can be taught by ``Loss.GIOU`` instead of the model's own loss."""
        return self.family == "yolox"

    @property
    def download_mb(self) -> float:
        """Size of the best file in megabytes; 0 where it ships with the program."""
        return self.weights[0].size_mb

    def fitting_size(self, wanted_px: float) -> int:
        """The least size that the network takes and that is not below ``wanted_px``."""
        least = max(self.min_image_size, wanted_px)
        return ceil(least / self.image_size_step) * self.image_size_step

    def require_size(self, image_size: int) -> None:
        """See that the network takes pictures of ``image_size`` pixels.

        Raises:
            ConfigError: they are too small, or no multiple of its step.
        """
        if image_size < self.min_image_size:
            raise ConfigError(
                "{model} needs images of at least {least} pixels; {name} is {size}.",
                model=self.name,
                least=self.min_image_size,
                name="image_size",
                size=image_size,
            )
        if image_size % self.image_size_step:
            raise ConfigError(
                "{model} takes images of a multiple of {step} pixels; {name} is {size}, so choose "
                "{near}.",
                model=self.name,
                step=self.image_size_step,
                name="image_size",
                size=image_size,
                near=self.fitting_size(image_size),
            )

    @property
    def origin(self) -> Sentence:
        """One sentence on where its first weights come from."""
        return origin(self.pretraining, whole=self.whole)


def published(source: WeightsSource, *, whole: bool = False) -> Sentence:
    """The figure that its authors published, in words; ``whole`` says whether it is the model's."""
    match source.pretraining:
        case Pretraining.IMAGENET if whole:
            return say("{score}% of ImageNet's pictures named right", score=f"{source.score:.1f}")
        case Pretraining.IMAGENET:
            return say(
                "its backbone names {score}% of ImageNet's pictures right",
                score=f"{source.score:.1f}",
            )
        case Pretraining.COCO if source.architecture.startswith(("lraspp", "deeplabv3", "fcn_")):
            return say("{score}% mIoU on COCO", score=f"{source.score:.1f}")
        case Pretraining.COCO:
            return say("{score}% box AP on COCO", score=f"{source.score:.1f}")
        case Pretraining.SHAPES:
            return say("measured on the sample project only")

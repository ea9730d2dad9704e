"""The architectures on offer, each with a card that a newcomer can read. No torch here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from studio.domain.runs import Task
from studio.errors import ConfigError, Sentence, say
from studio.learning.backbones import COCO, IMAGENET, SHIPPED, Pretraining, WeightsSource

SMALL = "small_cnn"
"""The network that ships with weights and needs no graphics card."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of an architecture before anything is downloaded.

    ``backbone`` is the network within that sees; ``parameters_m`` is millions of parameters with
    a head of a few classes. ``weights`` are the published files to start from, best first.
    ``min_image_size`` is in pixels of the longer side.
    """

    name: str
    task: Task
    title: str
    description: Sentence
    backbone: str
    parameters_m: float
    published: Sentence
    weights: tuple[WeightsSource, ...]
    min_image_size: int = 32

    @property
    def pretraining(self) -> Pretraining:
        """What the best of its weights were trained on."""
        return self.weights[0].pretraining

    @property
    def whole(self) -> bool:
        """Whether published weights exist for the whole architecture, not for its backbone only."""
        return self.weights[0].architecture == self.name

    @property
    def download_mb(self) -> float:
        """Size of the best file in megabytes; 0 where it ships with the program."""
        return self.weights[0].size_mb

    @property
    def origin(self) -> Sentence:
        """One sentence on where its first weights come from."""
        match self.pretraining:
            case Pretraining.COCO:
                return say("Starts from the whole model trained on COCO photographs.")
            case Pretraining.IMAGENET if self.whole:
                return say("Starts from the whole network trained on ImageNet photographs.")
            case Pretraining.IMAGENET:
                return say(
                    "Starts from a backbone trained on ImageNet photographs; the rest is new."
                )
            case Pretraining.SHAPES:
                return say(
                    "Starts from a small backbone, trained on drawn shapes, that is always here."
                )


def cards(task: Task) -> tuple[ModelCard, ...]:
    """The cards on offer for a task, the generally best first."""
    return tuple(card for card in _all() if card.task is task)


def card(task: Task, name: str) -> ModelCard:
    """One card. Beyond the listed ones, ``unet_NAME`` takes any backbone of ``IMAGENET``.

    Raises:
        ConfigError: there is no such model for this task.
    """
    for each in cards(task):
        if each.name == name:
            return each
    if task is Task.SEGMENT and (backbone := name.removeprefix("unet_")) in IMAGENET:
        return _unet(backbone)
    raise ConfigError(
        "There is no model {name} for {task}; choose one of {names}.",
        name=name,
        task=task,
        names=", ".join(each.name for each in cards(task)),
    )


def find(name: str) -> ModelCard | None:
    """The card of a model's name, whatever its task; names are unique among tasks."""
    for task in Task:
        try:
            return card(task, name)
        except ConfigError:
            continue
    return None


@cache
def _all() -> tuple[ModelCard, ...]:
    return (*_classifiers(), *_detectors(), *_instance_segmenters(), *_segmenters())


def _classifiers() -> Iterator[ModelCard]:
    described = {
        "mobilenet_v3_large": (
            "MobileNet v3 large",
            4.2,
            say("A good first choice: accurate, and quick even without a graphics card."),
        ),
        "mobilenet_v2": (
            "MobileNet v2",
            2.2,
            say("A well-tried small network; nearly as accurate as larger ones on few pictures."),
        ),
        "mobilenet_v3_small": (
            "MobileNet v3 small",
            1.5,
            say("The quickest to train and to use; a little less accurate."),
        ),
        "resnet18": (
            "ResNet-18",
            11.2,
            say("A plain and sturdy network; larger files, steady results."),
        ),
        "squeezenet1_1": (
            "SqueezeNet 1.1",
            0.7,
            say("Very small on disk; for simple pictures or weak computers."),
        ),
    }
    for name, (title, parameters_m, description) in described.items():
        source = IMAGENET[name]
        yield ModelCard(
            name, Task.CLASSIFY, title, description, name, parameters_m,
            _published(source, whole=True), (source,),
        )  # fmt: skip
    yield ModelCard(
        SMALL, Task.CLASSIFY, "Small CNN",
        say("Ships with the program: for simple pictures, few of them, and no download."),
        SMALL, 0.90, _published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def _detectors() -> Iterator[ModelCard]:
    coco = COCO["fasterrcnn_mobilenet_v3_large_fpn"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "Faster R-CNN, MobileNet v3",
        say("A good first choice: finds objects of most sizes and learns from few pictures."),
        "mobilenet_v3_large", 18.9, _published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    coco = COCO["fasterrcnn_resnet50_fpn"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "Faster R-CNN, ResNet-50",
        say("The most accurate here; wants a graphics card."),
        "resnet50", 41.3, _published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    coco = COCO["ssdlite320_mobilenet_v3_large"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "SSDLite, MobileNet v3",
        say("The quickest to use; for large objects, few to a picture."),
        "mobilenet_v3_large", 2.2, _published(coco, whole=True), (coco,), 64,
    )  # fmt: skip
    source = IMAGENET["mobilenet_v2"]
    yield ModelCard(
        "fasterrcnn_mobilenet_v2_fpn", Task.DETECT, "Faster R-CNN, MobileNet v2",
        say("Finds small and crowded objects, and trains without a graphics card."),
        "mobilenet_v2", 5.9, _published(source), (source,),
    )  # fmt: skip
    yield ModelCard(
        "fasterrcnn_small_cnn_fpn", Task.DETECT, "Faster R-CNN, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 1.4, _published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def _instance_segmenters() -> Iterator[ModelCard]:
    source = IMAGENET["mobilenet_v3_large"]
    yield ModelCard(
        "maskrcnn_mobilenet_v3_large_fpn", Task.INSTANCES, "Mask R-CNN, MobileNet v3",
        say("A good first choice: outlines each object, and trains without a graphics card."),
        "mobilenet_v3_large", 7.4, _published(source), (source,),
    )  # fmt: skip
    source = IMAGENET["mobilenet_v2"]
    yield ModelCard(
        "maskrcnn_mobilenet_v2_fpn", Task.INSTANCES, "Mask R-CNN, MobileNet v2",
        say("Much like MobileNet v3, from an older and well-tried backbone."),
        "mobilenet_v2", 6.4, _published(source), (source,),
    )  # fmt: skip
    coco = COCO["maskrcnn_resnet50_fpn"]
    yield ModelCard(
        coco.architecture, Task.INSTANCES, "Mask R-CNN, ResNet-50",
        say("The most accurate here; wants a graphics card."),
        "resnet50", 43.9, _published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    yield ModelCard(
        "maskrcnn_small_cnn_fpn", Task.INSTANCES, "Mask R-CNN, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 1.5, _published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def _segmenters() -> Iterator[ModelCard]:
    coco = COCO["lraspp_mobilenet_v3_large"]
    yield ModelCard(
        coco.architecture, Task.SEGMENT, "LR-ASPP, MobileNet v3",
        say("The quickest; for large regions with soft borders."),
        "mobilenet_v3_large", 3.2, _published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    for backbone in _UNETS:
        yield _unet(backbone)
    yield ModelCard(
        "unet_small_cnn", Task.SEGMENT, "U-Net, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 0.94, _published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


_UNETS = {
    "mobilenet_v3_large": ("MobileNet v3 large", 3.7),
    "mobilenet_v2": ("MobileNet v2", 3.0),
    "mobilenet_v3_small": ("MobileNet v3 small", 1.5),
    "resnet18": ("ResNet-18", 11.8),
    "resnet50": ("ResNet-50", 24.4),
    "squeezenet1_1": ("SqueezeNet 1.1", 1.0),
    "efficientnet_b0": ("EfficientNet B0", 4.8),
}
"""Backbones of the listed U-Nets: title, millions of parameters of the whole."""


def _unet(backbone: str) -> ModelCard:
    source = IMAGENET[backbone]
    title, parameters_m = _UNETS.get(backbone, (backbone, source.parameters_m))
    return ModelCard(
        f"unet_{backbone}", Task.SEGMENT, f"U-Net, {title}",
        say("Draws fine borders and thin parts; slower than LR-ASPP."),
        backbone, parameters_m, _published(source), (source,), 64,
    )  # fmt: skip


def _published(source: WeightsSource, *, whole: bool = False) -> Sentence:
    match source.pretraining:
        case Pretraining.IMAGENET if whole:
            return say("{score} % of ImageNet's pictures named right", score=f"{source.score:.1f}")
        case Pretraining.IMAGENET:
            return say(
                "its backbone names {score} % of ImageNet's pictures right",
                score=f"{source.score:.1f}",
            )
        case Pretraining.COCO if source.architecture.startswith("lraspp"):
            return say("{score} % mIoU on COCO", score=f"{source.score:.1f}")
        case Pretraining.COCO:
            return say("{score} % box AP on COCO", score=f"{source.score:.1f}")
        case Pretraining.SHAPES:
            return say("measured on the sample project only")

"""Cards of the networks that give every pixel a class."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.backbones import COCO, IMAGENET, SHIPPED
from studio.learning.catalogue.model_card import SMALL, ModelCard, published


def cards() -> Iterator[ModelCard]:
    """The segmenters on offer, the generally best first."""
    coco = COCO["lraspp_mobilenet_v3_large"]
    yield ModelCard(
        coco.architecture, Task.SEGMENT, "lraspp", "LR-ASPP, MobileNet v3",
        say("The quickest; for large regions with soft borders."),
        "mobilenet_v3_large", 3.2, published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    for backbone in UNETS:
        yield unet(backbone)
    yield ModelCard(
        "unet_small_cnn", Task.SEGMENT, "small", "U-Net, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 0.94, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


UNETS = {
    "mobilenet_v3_large": ("MobileNet v3 large", 3.7),
    "mobilenet_v2": ("MobileNet v2", 3.0),
    "mobilenet_v3_small": ("MobileNet v3 small", 1.5),
    "resnet18": ("ResNet-18", 11.8),
    "resnet50": ("ResNet-50", 24.4),
    "squeezenet1_1": ("SqueezeNet 1.1", 1.0),
    "efficientnet_b0": ("EfficientNet B0", 4.8),
}
"""Backbones of the listed U-Nets: title, millions of parameters of the whole."""


def unet(backbone: str) -> ModelCard:
    """The card of a U-Net on any backbone of ``IMAGENET``."""
    source = IMAGENET[backbone]
    title, parameters_m = UNETS.get(backbone, (backbone, source.parameters_m))
    return ModelCard(
        f"unet_{backbone}", Task.SEGMENT, "unet", f"U-Net, {title}",
        say("Draws fine borders and thin parts; slower than LR-ASPP."),
        backbone, parameters_m, published(source), (source,), 64,
    )  # fmt: skip

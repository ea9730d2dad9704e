"""Cards of the networks that outline each object."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.catalogue.model_card import SMALL, ModelCard, published
from studio.learning.catalogue.published import COCO, IMAGENET, SHIPPED


def cards() -> Iterator[ModelCard]:
    """The instance segmenters on offer, the generally best first."""
    source = IMAGENET["mobilenet_v3_large"]
    yield ModelCard(
        "maskrcnn_mobilenet_v3_large_fpn", Task.INSTANCES, "rcnn", "Mask R-CNN, MobileNet v3",
        say("A good first choice: outlines each object, and trains without a graphics card."),
        "mobilenet_v3_large", 7.4, published(source), (source,),
    )  # fmt: skip
    source = IMAGENET["mobilenet_v2"]
    yield ModelCard(
        "maskrcnn_mobilenet_v2_fpn", Task.INSTANCES, "rcnn", "Mask R-CNN, MobileNet v2",
        say("Much like MobileNet v3, from an older and well-tried backbone."),
        "mobilenet_v2", 6.4, published(source), (source,),
    )  # fmt: skip
    coco = COCO["maskrcnn_resnet50_fpn"]
    yield ModelCard(
        coco.architecture, Task.INSTANCES, "rcnn", "Mask R-CNN, ResNet-50",
        say("Accurate, and steady with few pictures; wants a graphics card."),
        "resnet50", 43.9, published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    coco = COCO["maskrcnn_resnet50_fpn_v2"]
    yield ModelCard(
        coco.architecture, Task.INSTANCES, "rcnn", "Mask R-CNN v2, ResNet-50",
        say("The most accurate here; wants a graphics card with time to spare."),
        "resnet50", 45.9, published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    yield ModelCard(
        "maskrcnn_small_cnn_fpn", Task.INSTANCES, "small", "Mask R-CNN, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 1.5, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip

"""Cards of the networks that draw boxes."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.catalogue.model_card import SMALL, ModelCard, published
from studio.learning.catalogue.published import COCO, IMAGENET, SHIPPED


def cards() -> Iterator[ModelCard]:
    """The detectors on offer, the generally best first."""
    coco = COCO["fasterrcnn_mobilenet_v3_large_fpn"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "rcnn", "Faster R-CNN, MobileNet v3",
        say("A good first choice: finds objects of most sizes and learns from few pictures."),
        "mobilenet_v3_large", 18.9, published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    coco = COCO["fasterrcnn_resnet50_fpn"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "rcnn", "Faster R-CNN, ResNet-50",
        say("Accurate, and steady with few pictures; wants a graphics card."),
        "resnet50", 41.3, published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    yield from _on_resnet(
        "fasterrcnn_resnet50_fpn_v2", "retinanet_resnet50_fpn_v2", "fcos_resnet50_fpn"
    )
    coco = COCO["ssdlite320_mobilenet_v3_large"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "ssdlite", "SSDLite, MobileNet v3",
        say("The quickest to use; for large objects, few to a picture."),
        "mobilenet_v3_large", 2.2, published(coco, whole=True), (coco,), 64,
    )  # fmt: skip
    source = IMAGENET["mobilenet_v2"]
    yield ModelCard(
        "fasterrcnn_mobilenet_v2_fpn", Task.DETECT, "rcnn", "Faster R-CNN, MobileNet v2",
        say("Finds small and crowded objects, and trains without a graphics card."),
        "mobilenet_v2", 5.9, published(source), (source,),
    )  # fmt: skip
    yield ModelCard(
        "fasterrcnn_small_cnn_fpn", Task.DETECT, "small", "Faster R-CNN, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 1.4, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def more() -> Iterator[ModelCard]:
    """The others, which have been surpassed."""
    yield from _on_resnet("retinanet_resnet50_fpn")
    coco = COCO["fasterrcnn_mobilenet_v3_large_320_fpn"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "rcnn", "Faster R-CNN, MobileNet v3, 320 px",
        say("Learned from pictures of 320 pixels: quick, for large objects."),
        "mobilenet_v3_large", 18.9, published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    coco = COCO["ssd300_vgg16"]
    yield ModelCard(
        coco.architecture, Task.DETECT, "ssd", "SSD300, VGG-16",
        say("The classic of one glance: quick on a graphics card, for pictures of 300 pixels."),
        "vgg16", 24.0, published(coco, whole=True), (coco,), 300,
    )  # fmt: skip


def _on_resnet(*names: str) -> Iterator[ModelCard]:
    """Some of those on ResNet-50."""
    described = {
        "fasterrcnn_resnet50_fpn_v2": (
            "rcnn", "Faster R-CNN v2, ResNet-50", 43.3,
            say("The most accurate here; wants a graphics card with time to spare."),
        ),
        "retinanet_resnet50_fpn_v2": (
            "dense", "RetinaNet v2, ResNet-50", 36.4,
            say("Accurate in one stage, with many objects to a picture; wants a graphics card."),
        ),
        "fcos_resnet50_fpn": (
            "dense", "FCOS, ResNet-50", 32.1,
            say("One stage, no anchors: for objects of unusual shapes; wants a graphics card."),
        ),
        "retinanet_resnet50_fpn": (
            "dense", "RetinaNet, ResNet-50", 32.3,
            say("The first with focal loss; the second version is more accurate."),
        ),
    }  # fmt: skip
    for name in names:
        family, title, parameters_m, description = described[name]
        coco = COCO[name]
        yield ModelCard(
            name, Task.DETECT, family, title, description, "resnet50", parameters_m,
            published(coco, whole=True), (coco, IMAGENET["resnet50"]),
        )  # fmt: skip

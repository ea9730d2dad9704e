"""Cards of the networks that draw boxes."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.backbones import COCO, IMAGENET, SHIPPED
from studio.learning.catalogue.model_card import SMALL, ModelCard, published


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
        say("The most accurate here; wants a graphics card."),
        "resnet50", 41.3, published(coco, whole=True), (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
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

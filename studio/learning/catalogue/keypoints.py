"""Cards of the networks that find the points of each object."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.catalogue.model_card import SMALL, ModelCard, published
from studio.learning.catalogue.published import COCO, IMAGENET, SHIPPED

COCO_KEYPOINT_AP = 65.0
"""What torchvision measured for its people, in percent; the weights' own score is that of boxes."""


def cards() -> Iterator[ModelCard]:
    """The keypoint detectors on offer, the generally best first."""
    source = IMAGENET["mobilenet_v3_large"]
    yield ModelCard(
        "keypointrcnn_mobilenet_v3_large_fpn", Task.KEYPOINTS, "rcnn",
        "Keypoint R-CNN, MobileNet v3",
        say("A good first choice: finds objects and their points without a graphics card."),
        "mobilenet_v3_large", 7.7, published(source), (source,),
    )  # fmt: skip
    source = IMAGENET["mobilenet_v2"]
    yield ModelCard(
        "keypointrcnn_mobilenet_v2_fpn", Task.KEYPOINTS, "rcnn", "Keypoint R-CNN, MobileNet v2",
        say("Much like MobileNet v3, from an older and well-tried backbone."),
        "mobilenet_v2", 6.7, published(source), (source,),
    )  # fmt: skip
    coco = COCO["keypointrcnn_resnet50_fpn"]
    yield ModelCard(
        coco.architecture, Task.KEYPOINTS, "rcnn", "Keypoint R-CNN, ResNet-50",
        say("The most accurate here, and it has learned from people; wants a graphics card."),
        "resnet50", 59.0, say("{score}% keypoint AP on COCO", score=f"{COCO_KEYPOINT_AP:.1f}"),
        (coco, IMAGENET["resnet50"]),
    )  # fmt: skip
    yield ModelCard(
        "keypointrcnn_small_cnn_fpn", Task.KEYPOINTS, "small", "Keypoint R-CNN, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 1.6, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip

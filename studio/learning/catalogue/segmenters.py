"""Cards of the networks that give every pixel a class."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.catalogue.model_card import SMALL, ModelCard, published
from studio.learning.catalogue.published import COCO, IMAGENET, SHIPPED
from studio.learning.catalogue.torchvision_names import CLASSIFIERS, LEAST_PX

UNETS = (
    "mobilenet_v3_large", "mobilenet_v2", "mobilenet_v3_small", "resnet18", "resnet50",
    "squeezenet1_1", "efficientnet_b0",
)  # fmt: skip
"""Backbones of the U-Nets offered first."""

LEAST_UNET_PX = 64


def cards() -> Iterator[ModelCard]:
    """The segmenters offered first, the generally best before the others."""
    coco = COCO["lraspp_mobilenet_v3_large"]
    yield ModelCard(
        coco.architecture, Task.SEGMENT, "segmenter", "LR-ASPP, MobileNet v3",
        say("The quickest; for large regions with soft borders."),
        "mobilenet_v3_large", 3.2, published(coco, whole=True),
        (coco, IMAGENET["mobilenet_v3_large"]),
    )  # fmt: skip
    for backbone in UNETS:
        yield _unet(backbone)
    yield from _deeplabs("deeplabv3_mobilenet_v3_large", "deeplabv3_resnet50")
    yield ModelCard(
        "unet_small_cnn", Task.SEGMENT, "small", "U-Net, Small CNN",
        say("Ships with the program: for simple scenes, few pictures, and no download."),
        SMALL, 0.94, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def more() -> Iterator[ModelCard]:
    """The other segmenters: published ones, SegNet, and U-Nets on every backbone that suits."""
    yield from _deeplabs("deeplabv3_resnet101", "fcn_resnet50", "fcn_resnet101")
    source = IMAGENET["vgg16_bn"]
    yield ModelCard(
        "segnet_vgg16_bn", Task.SEGMENT, "segnet", "SegNet, VGG-16",
        say("Remembers where each maximum lay, so that borders come back in their places."),
        "vgg16_bn", 29.4, published(source), (source,), LEAST_UNET_PX,
    )  # fmt: skip
    for backbone, (_, _, parameters_m) in CLASSIFIERS.items():
        if parameters_m and backbone not in UNETS:
            yield _unet(backbone)


def unsuited(name: str) -> Sentence | None:
    """Why there is no U-Net of this name though there is such a backbone."""
    backbone = name.removeprefix("unet_")
    if backbone == name or backbone not in CLASSIFIERS or CLASSIFIERS[backbone][2]:
        return None
    return say(
        "A U-Net needs features that shrink step by step, and {backbone} is a transformer without "
        "them: choose a convolutional network, such as unet_convnext_tiny.",
        backbone=backbone,
    )


def _deeplabs(*names: str) -> Iterator[ModelCard]:
    """Segmenters that were published whole, with an auxiliary head."""
    described = {
        "deeplabv3_mobilenet_v3_large": (
            "DeepLab v3, MobileNet v3", "mobilenet_v3_large", 11.0,
            say("Sees far around each pixel, and trains without a graphics card."),
        ),
        "deeplabv3_resnet50": (
            "DeepLab v3, ResNet-50", "resnet50", 42.0,
            say("Sees far around each pixel: for scenes and large regions; wants a graphics card."),
        ),
        "deeplabv3_resnet101": (
            "DeepLab v3, ResNet-101", "resnet101", 61.0,
            say("The most accurate on photographs of scenes; wants a large graphics card."),
        ),
        "fcn_resnet50": (
            "FCN, ResNet-50", "resnet50", 35.3,
            say("The plain classic: no more than convolutions; wants a graphics card."),
        ),
        "fcn_resnet101": (
            "FCN, ResNet-101", "resnet101", 54.3,
            say("The plain classic on a deeper network; wants a large graphics card."),
        ),
    }  # fmt: skip
    for name in names:
        title, backbone, parameters_m, description = described[name]
        coco = COCO[name]
        yield ModelCard(
            name, Task.SEGMENT, "segmenter", title, description, backbone, parameters_m,
            published(coco, whole=True), (coco, IMAGENET[backbone]),
        )  # fmt: skip


def _unet(backbone: str) -> ModelCard:
    source = IMAGENET[backbone]
    title, _, parameters_m = CLASSIFIERS[backbone]
    return ModelCard(
        f"unet_{backbone}", Task.SEGMENT, "unet", f"U-Net, {title}",
        say("Draws fine borders and thin parts; slower than LR-ASPP."),
        backbone, parameters_m, published(source), (source,),
        max(LEAST_UNET_PX, LEAST_PX.get(backbone, 0)),
    )  # fmt: skip

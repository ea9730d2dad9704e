"""Cards of the networks that name an image."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import say
from studio.learning.backbones import IMAGENET, SHIPPED
from studio.learning.catalogue.model_card import SMALL, ModelCard, published


def cards() -> Iterator[ModelCard]:
    """The classifiers on offer, the generally best first."""
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
            name, Task.CLASSIFY, "classifier", title, description, name, parameters_m,
            published(source, whole=True), (source,),
        )  # fmt: skip
    yield ModelCard(
        SMALL, Task.CLASSIFY, "small", "Small CNN",
        say("Ships with the program: for simple pictures, few of them, and no download."),
        SMALL, 0.90, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip

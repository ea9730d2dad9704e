"""Cards of the networks that name an image."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.catalogue.model_card import SMALL, ModelCard, published
from studio.learning.catalogue.published import IMAGENET, SHIPPED
from studio.learning.catalogue.torchvision_names import CLASSIFIERS, LEAST_PX, STEP_PX, USUAL_PX

OFFERED = (
    "mobilenet_v3_large", "mobilenet_v2", "mobilenet_v3_small", "resnet18", "resnet50",
    "efficientnet_v2_s", "convnext_tiny", "squeezenet1_1",
)  # fmt: skip
"""Those offered first, the generally best before the others."""


def cards() -> Iterator[ModelCard]:
    """The classifiers offered first."""
    for name in OFFERED:
        yield _card(name)
    yield ModelCard(
        SMALL, Task.CLASSIFY, "small", "Small CNN",
        say("Ships with the program: for simple pictures, few of them, and no download."),
        SMALL, 0.90, published(SHIPPED), (SHIPPED,),
    )  # fmt: skip


def more() -> Iterator[ModelCard]:
    """The other classifiers of torchvision, by kind, the smaller first."""
    for name in CLASSIFIERS:
        if name not in OFFERED:
            yield _card(name)


def _card(name: str) -> ModelCard:
    title, parameters_m, _ = CLASSIFIERS[name]
    source = IMAGENET[name]
    return ModelCard(
        name, Task.CLASSIFY, "classifier", title, _description(name), name, parameters_m,
        published(source, whole=True), (source,),
        LEAST_PX.get(name, max(32, STEP_PX.get(name, 1))), STEP_PX.get(name, 1),
        USUAL_PX.get(name, 224),
    )  # fmt: skip


def _description(name: str) -> Sentence:
    own = {
        "mobilenet_v3_large": say(
            "A good first choice: accurate, and quick even without a graphics card."
        ),
        "mobilenet_v2": say(
            "A well-tried small network; nearly as accurate as larger ones on few pictures."
        ),
        "mobilenet_v3_small": say("The quickest to train and to use; a little less accurate."),
        "resnet18": say("A plain and sturdy network; larger files, steady results."),
        "resnet50": say("The yardstick of its field; wants a graphics card."),
        "efficientnet_v2_s": say("Very accurate for its size; wants a graphics card."),
        "convnext_tiny": say("A modern convolutional network, very accurate on a graphics card."),
        "vit_h_14": _SWAG,
        "regnet_y_128gf": _SWAG,
    }
    kinds = (sentence for kind, sentence in _KINDS.items() if name.startswith(kind))
    return own.get(name) or next(kinds)


_SWAG = say(
    "Of the largest; its weights (SWAG, by Meta) may be used for non-commercial purposes only."
)

_KINDS = {
    "alexnet": say("The network of 2012 that began it all: quick, coarse, large on disk."),
    "convnext": say("A modern convolutional network; accurate, and wants a graphics card."),
    "densenet": say("Small on disk for its accuracy; takes much memory while it learns."),
    "efficientnet_v2": say("Among the most accurate; large pictures, and a graphics card."),
    "efficientnet": say("Accurate for few parameters; each next one takes larger pictures."),
    "googlenet": say("The first Inception, with helping heads while it learns."),
    "inception": say("Sees pictures of 299 pixels, with a helping head while it learns."),
    "maxvit": say("Attention within windows and across them; pictures of 224 pixels, or 448."),
    "mnasnet": say("Found by a search for quick networks; for weak computers."),
    "regnet": say("A plain family in many sizes, from quick to very accurate."),
    "resnet": say("A plain and sturdy network; deeper ones are more accurate and slower."),
    "resnext": say("A ResNet whose layers work in groups; a little more accurate."),
    "shufflenet": say("Made for telephones: very quick, a little less accurate."),
    "squeezenet": say("Very small on disk; for simple pictures or weak computers."),
    "swin": say("A transformer with shifted windows; accurate, and wants a graphics card."),
    "vgg": say("An old and plain network: very large on disk, slow, easily understood."),
    "vit": say("A transformer of patches; best with many pictures and a graphics card."),
    "wide_resnet": say("A ResNet with twice the channels; accurate, and large on disk."),
}
"""What is said of the others, by the first part of their names."""

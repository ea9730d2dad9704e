"""Cards of the one-stage detectors after the YOLOX paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.catalogue.model_card import ModelCard, published
from studio.learning.catalogue.published import YOLOX

DESCRIBED: Mapping[str, tuple[str, float, Sentence]] = {
    "yolox_s": (
        "YOLOX-S", 8.94,
        say("Accurate and fast with a graphics card; learns from whole and pieced pictures."),
    ),
    "yolox_tiny": (
        "YOLOX-Tiny", 5.03,
        say("Between the small and the smallest: bearable without a graphics card."),
    ),
    "yolox_nano": (
        "YOLOX-Nano", 0.90,
        say("The smallest file and the quickest to use; for phones and weak computers."),
    ),
}  # fmt: skip
"""Title, millions of parameters with a few classes, and what it is good for."""


def cards() -> Iterator[ModelCard]:
    """The sizes on offer, the most accurate first."""
    for name, (title, parameters_m, description) in DESCRIBED.items():
        source = YOLOX[name]
        yield ModelCard(
            name, Task.DETECT, "yolox", title, description, "cspdarknet", parameters_m,
            published(source, whole=True), (source,), 64,
        )  # fmt: skip

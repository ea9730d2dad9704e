"""The machine as a recipe sees it, and how long a model takes to learn on it: rough figures.

Measured on one server core with torch 2.15: forward, backward and step, without reading images.
They serve to choose a size and a number of epochs, not to make promises.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

READING_S = 0.02
"""Seconds to read and vary one picture."""
JUDGING_PART = 1 / 3
"""Looking at a picture takes this part of learning from it."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What computes: ``kind`` is cpu, cuda or mps; ``memory_gb`` is the graphics card's, else 0.

    ``unused_gpu`` names a card that this PyTorch cannot use.
    """

    kind: str = "cpu"
    memory_gb: float = 0.0
    cores: int = 1
    unused_gpu: str = ""

    @classmethod
    def of(cls, facts: Mapping[str, Any], device: str) -> Self:
        """The machine of ``devices.facts`` (or {}) when ``device`` is asked for by the user."""
        name = str(facts.get("best", "cpu")) if device == "auto" else device
        kind = name.partition(":")[0]
        wanted = "cuda:0" if name == "cuda" else name
        memory = sum(
            gpu["memory_bytes"] for gpu in facts.get("gpus", ()) if gpu["device"] == wanted
        )
        return cls(
            kind=kind,
            memory_gb=memory / 2**30,
            cores=int(facts.get("cpu_count") or os.cpu_count() or 1),
            unused_gpu=str(facts.get("unused_gpu", "")) if kind == "cpu" else "",
        )

    @property
    def is_fast(self) -> bool:
        """Whether a graphics card computes."""
        return self.kind != "cpu"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one core for one picture in training: ``fixed_s`` and per megapixel."""

    fixed_s: float
    per_megapixel_s: float


COSTS: Mapping[str, Cost] = {
    "mobilenet_v3_large": Cost(0.0, 1.4),
    "mobilenet_v3_small": Cost(0.0, 0.5),
    "mobilenet_v2": Cost(0.0, 1.7),
    "resnet18": Cost(0.0, 3.1),
    "squeezenet1_1": Cost(0.0, 0.8),
    "small_cnn": Cost(0.0, 0.65),
    "fasterrcnn_mobilenet_v3_large_fpn": Cost(0.42, 2.2),
    "fasterrcnn_mobilenet_v2_fpn": Cost(0.19, 2.8),
    "fasterrcnn_resnet50_fpn": Cost(1.1, 12.6),
    "fasterrcnn_small_cnn_fpn": Cost(0.03, 1.1),
    "fasterrcnn_resnet50_fpn_v2": Cost(2.5, 17.0),
    "fasterrcnn_mobilenet_v3_large_320_fpn": Cost(0.42, 2.2),
    "retinanet_resnet50_fpn": Cost(0.2, 15.0),
    "retinanet_resnet50_fpn_v2": Cost(0.4, 14.0),
    "fcos_resnet50_fpn": Cost(0.4, 14.0),
    "ssd300_vgg16": Cost(0.0, 24.0),
    "ssdlite320_mobilenet_v3_large": Cost(0.0, 1.8),
    "yolox_nano": Cost(0.005, 0.85),
    "yolox_tiny": Cost(0.005, 1.9),
    "yolox_s": Cost(0.005, 2.9),
    "maskrcnn_mobilenet_v3_large_fpn": Cost(0.36, 1.9),
    "maskrcnn_mobilenet_v2_fpn": Cost(0.4, 1.9),
    "maskrcnn_resnet50_fpn": Cost(1.3, 12.6),
    "maskrcnn_resnet50_fpn_v2": Cost(2.9, 16.0),
    "maskrcnn_small_cnn_fpn": Cost(0.13, 1.0),
    "keypointrcnn_mobilenet_v3_large_fpn": Cost(0.35, 3.5),
    "keypointrcnn_mobilenet_v2_fpn": Cost(0.35, 2.9),
    "keypointrcnn_resnet50_fpn": Cost(2.0, 12.6),
    "keypointrcnn_small_cnn_fpn": Cost(0.13, 1.1),
    "lraspp_mobilenet_v3_large": Cost(0.0, 2.2),
    "unet_mobilenet_v3_large": Cost(0.0, 3.0),
    "unet_mobilenet_v2": Cost(0.0, 3.3),
    "unet_mobilenet_v3_small": Cost(0.0, 2.1),
    "unet_resnet18": Cost(0.0, 4.6),
    "unet_squeezenet1_1": Cost(0.0, 2.3),
    "unet_small_cnn": Cost(0.0, 1.5),
}
_UNKNOWN = Cost(0.0, 8.0)


def epoch_s(model: str, megapixels: float, train_images: int, val_images: int, cores: int) -> float:
    """Seconds of one epoch on a CPU with its validation."""
    cost = COSTS.get(model, _UNKNOWN)
    image_s = cost.fixed_s + cost.per_megapixel_s * megapixels
    judging_s = val_images * (image_s * JUDGING_PART + READING_S)
    work_s = train_images * (image_s + READING_S) + judging_s
    return work_s / max(1, cores) ** 0.7  # cores share their memory and wait for each other

"""How much memory a training takes, reckoned: figures to compare models by, not to plan by.

What a network keeps for its gradients was summed up over one image of 256 pixels, in float32.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.runs import Task
from studio.learning.config import TrainConfig

BYTES_PER_PARAMETER = 20
"""Weight, gradient, running average and two moments, four bytes each."""

SHORTER_PART = 0.75
"""Of the longer side, in most pictures; a classifier and a tile see squares."""

BYTES_PER_PIXEL: Mapping[str, int] = {
    "mobilenet_v3_large": 880, "mobilenet_v2": 1560, "mobilenet_v3_small": 320, "resnet18": 440,
    "resnet50": 1710, "efficientnet_v2_s": 3070, "convnext_tiny": 2180, "squeezenet1_1": 410,
    "small_cnn": 180,
    "fasterrcnn_mobilenet_v3_large_fpn": 570, "fasterrcnn_resnet50_fpn": 960,
    "fasterrcnn_resnet50_fpn_v2": 2970, "retinanet_resnet50_fpn_v2": 880,
    "fcos_resnet50_fpn": 870, "ssdlite320_mobilenet_v3_large": 1250,
    "fasterrcnn_mobilenet_v2_fpn": 620, "fasterrcnn_small_cnn_fpn": 200, "yolox_s": 920,
    "yolox_tiny": 700, "yolox_nano": 610,
    "maskrcnn_mobilenet_v3_large_fpn": 510, "maskrcnn_mobilenet_v2_fpn": 660,
    "maskrcnn_resnet50_fpn": 1060, "maskrcnn_resnet50_fpn_v2": 3070,
    "maskrcnn_small_cnn_fpn": 230, "lraspp_mobilenet_v3_large": 1180,
    "unet_mobilenet_v3_large": 1350, "unet_mobilenet_v2": 2030, "unet_mobilenet_v3_small": 790,
    "unet_resnet18": 910, "unet_resnet50": 2180, "unet_squeezenet1_1": 840,
    "unet_efficientnet_b0": 2230, "deeplabv3_mobilenet_v3_large": 1290,
    "deeplabv3_resnet50": 4250, "unet_small_cnn": 290,
}  # fmt: skip
"""By model; of others a good guess is ``USUAL``."""

USUAL = 1000


def gigabytes(config: TrainConfig, parameters_m: float, train_images: int) -> float:
    """About how much memory a step takes, with the images that are on the device together."""
    images = min(config.micro_batch or config.batch_size, config.batch_size)
    if not config.tile_size:  # an image in tiles is many
        images = min(images, train_images)
    square = config.task is Task.CLASSIFY or config.tile_size > 0
    pixels = config.image_size**2 * (1.0 if square else SHORTER_PART)
    kept = BYTES_PER_PIXEL.get(config.model, USUAL) * pixels * images
    return (parameters_m * 1e6 * BYTES_PER_PARAMETER + kept) / 1e9

"""SSDLite on MobileNet v3 (Howard et al. 2019), as torchvision publishes it."""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.models.detection import ssdlite320_mobilenet_v3_large
from torchvision.models.detection.ssd import SSD

from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.models.exact_boxes import with_exact_boxes
from studio.learning.models.family import Family, norm_of_heads
from studio.learning.models.norms import Norm, set_norm
from studio.learning.models.resized import AlreadyResized


class SquareCanvas(AlreadyResized):
    """Puts each picture, at its own size, in the upper left corner of one square.

    An SSD's default boxes are parts of the canvas, so the canvas must be the same for every
    batch: ``side_px`` square, or larger where a picture is larger than promised, up to the next
    multiple of ``size_divisible``.
    """

    def __init__(
        self, side_px: int, mean: list[float], std: list[float], size_divisible: int = 32
    ) -> None:
        super().__init__(size_divisible)
        self.side_px = side_px
        self.image_mean = mean
        self.image_std = std

    def batch_images(self, images: list[Tensor], size_divisible: int = 32) -> Tensor:
        """(3, H, W) pictures to one (B, 3, S, S) batch, zero (mid-grey) around them."""
        side = max(self.side_px, *(max(image.shape[-2:]) for image in images))
        side = -(-side // size_divisible) * size_divisible
        batch = images[0].new_zeros((len(images), 3, side, side))
        for canvas, image in zip(batch, images, strict=True):
            canvas[:, : image.shape[-2], : image.shape[-1]].copy_(image)
        return batch


def build(num_classes: int, image_size: int, norm: Norm) -> SSD:
    """An SSDLite with labels 1 to ``num_classes`` for pictures ``image_size`` px long.

    It was made for 320 px; other sizes work, since its boxes are parts of the canvas.
    """
    model = ssdlite320_mobilenet_v3_large(
        weights=None, weights_backbone=None, num_classes=1 + num_classes, score_thresh=0.01
    )
    half = [0.5, 0.5, 0.5]  # the published weights saw -1 to 1
    model.transform = SquareCanvas(image_size, half, half)
    set_norm(model, norm)
    return with_exact_boxes(model)


class LiteDetector(Family):
    """SSDLite, of which only weights of the whole are published."""

    class_layers = ("head.classification_head.",)

    def build(self, card: ModelCard, config: TrainConfig, num_classes: int) -> nn.Module:
        """An SSDLite; it sees many images at once, and keeps a classifier's normalisation."""
        return build(num_classes, config.image_size, norm_of_heads(config))

    def backbone(self, card: ModelCard) -> str:
        """The features with the extra layers after them."""
        return "backbone."

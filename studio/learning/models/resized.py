"""torchvision's detectors for pictures that come in the right size already."""

from __future__ import annotations

from torch import Tensor
from torchvision.models.detection.transform import GeneralizedRCNNTransform

from studio.learning.spec import MEAN, STD


class AlreadyResized(GeneralizedRCNNTransform):
    """Normalises and pads, and leaves sizes alone in training and in prediction.

    torchvision's own ``_skip_resize`` is obeyed in training only.
    """

    def __init__(self, size_divisible: int = 32) -> None:
        super().__init__(
            min_size=1,
            max_size=1,
            image_mean=list(MEAN),
            image_std=list(STD),
            size_divisible=size_divisible,
        )

    def resize(
        self, image: Tensor, target: dict[str, Tensor] | None = None
    ) -> tuple[Tensor, dict[str, Tensor] | None]:
        """Give back ``image`` (3, H, W) and ``target`` as they are."""
        return image, target

    def postprocess(
        self,
        result: list[dict[str, Tensor]],
        image_shapes: list[tuple[int, int]],
        original_image_sizes: list[tuple[int, int]],
    ) -> list[dict[str, Tensor]]:
        """Give back predictions as they are: masks (N, 1, M, M), each stretched over its box.

        Pasting hundreds of masks into whole pictures would take gigabytes.
        """
        return result

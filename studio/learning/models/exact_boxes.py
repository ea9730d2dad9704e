"""torchvision's box arithmetic in float32, whatever the precision of the network's features.

Under bf16 autocast torchvision computes anchors and decodes boxes in bf16, whose steps are 2 px
beyond 256 px and 4 px beyond 512: small objects cannot be met.
"""

from __future__ import annotations

from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torchvision.models.detection import FCOS, RetinaNet
from torchvision.models.detection._utils import BoxCoder, BoxLinearCoder
from torchvision.models.detection.anchor_utils import AnchorGenerator, DefaultBoxGenerator
from torchvision.models.detection.ssd import SSD

Detector = TypeVar("Detector", bound=nn.Module)


class ExactCoder(BoxCoder):
    """Decodes in float32."""

    def decode_single(self, rel_codes: Tensor, boxes: Tensor) -> Tensor:
        """(N, 4 C) offsets from ``boxes`` (N, 4) to boxes x0, y0, x1, y1."""
        return super().decode_single(rel_codes.float(), boxes.float())


class ExactLinearCoder(BoxLinearCoder):
    """FCOS's distances to the four sides, decoded in float32."""

    def decode(self, rel_codes: Tensor, boxes: Tensor) -> Tensor:
        """(..., 4) distances from the middle of ``boxes`` (..., 4) to boxes x0, y0, x1, y1."""
        return super().decode(rel_codes.float(), boxes.float())


class ExactAnchors(AnchorGenerator):
    """Anchors in float32."""

    def set_cell_anchors(self, dtype: torch.dtype, device: torch.device) -> None:
        """Put the anchors of one cell on ``device``; ``dtype`` is the features'."""
        super().set_cell_anchors(torch.float32, device)


class ExactDefaultBoxes(DefaultBoxGenerator):
    """SSD's default boxes in float32."""

    def _grid_default_boxes(
        self,
        grid_sizes: list[list[int]],
        image_size: list[int],
        dtype: torch.dtype = torch.float32,
    ) -> Tensor:
        return super()._grid_default_boxes(grid_sizes, image_size)


def with_exact_boxes(model: Detector) -> Detector:
    """``model`` itself, its anchors and its decoding of boxes now in float32.

    ``model`` is an SSD, a RetinaNet, an FCOS or one of torchvision's two-stage detectors.
    """
    whole: Any = model
    match model:
        case SSD():
            boxes = whole.anchor_generator
            whole.anchor_generator = ExactDefaultBoxes(
                boxes.aspect_ratios, scales=boxes.scales, steps=boxes.steps, clip=boxes.clip
            )
            whole.box_coder = ExactCoder(whole.box_coder.weights)
        case RetinaNet():
            whole.anchor_generator = _exact_anchors(whole.anchor_generator)
            for part in (whole, whole.head.regression_head):
                part.box_coder = ExactCoder(part.box_coder.weights)
        case FCOS():
            whole.anchor_generator = _exact_anchors(whole.anchor_generator)
            for part in (whole, whole.head):
                part.box_coder = ExactLinearCoder(part.box_coder.normalize_by_size)
        case _:
            whole.rpn.anchor_generator = _exact_anchors(whole.rpn.anchor_generator)
            for part in (whole.rpn, whole.roi_heads):
                part.box_coder = ExactCoder(part.box_coder.weights)
    return model


def _exact_anchors(anchors: AnchorGenerator) -> AnchorGenerator:
    return ExactAnchors(anchors.sizes, anchors.aspect_ratios)

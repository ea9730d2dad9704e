"""Torchvision's Keypoint R-CNN, with its points decoded so that each says how sure it is.

torchvision enlarges the map of every object to its size in pixels, one object after the other,
and tells the bare logit of each maximum: slow with many objects, and nothing that could be read as
a part of 1. Here the maps are read as they are, all at once.
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.detection import KeypointRCNN
from torchvision.models.detection.keypoint_rcnn import KeypointRCNNPredictor
from torchvision.models.detection.roi_heads import RoIHeads

USUAL_PLACES = 17
"""Points of an object before the user's are known: a person's in COCO."""

CENTRE_CELLS = 5
"""Width of the window around the maximum whose centre of mass is the point."""
SURE_CELLS = 7
"""Width of the window whose part of all belief says how sure the point is: an eighth of the box."""


class PlacePredictor(KeypointRCNNPredictor):
    """torchvision's, whose maps (N, K, M, M) lie in memory as its loss expects them."""

    def forward(self, x: Tensor) -> Tensor:
        """Logits, whatever the memory format of the features (N, C, S, S)."""
        return super().forward(x).contiguous()


class PointHeads(RoIHeads):
    """The second stage of a Keypoint R-CNN: torchvision's own, unless it predicts."""

    def __init__(self, heads: RoIHeads) -> None:
        nn.Module.__init__(self)
        self.__dict__.update(heads.__dict__)  # all of its parts and settings

    def forward(
        self,
        features: dict[str, Tensor],
        proposals: list[Tensor],
        image_shapes: list[tuple[int, int]],
        targets: list[dict[str, Tensor]] | None = None,
    ) -> tuple[list[dict[str, Tensor]], dict[str, Tensor]]:
        """As torchvision's; ``keypoints`` (N, K, 3) are x, y and how sure, 0 to 1."""
        if self.training:
            return super().forward(features, proposals, image_shapes, targets)
        seen = self.box_head(self.box_roi_pool(features, proposals, image_shapes))
        classes, offsets = self.box_predictor(seen)
        boxes, scores, labels = self.postprocess_detections(
            classes, offsets, proposals, image_shapes
        )
        pool, head, predictor = (
            cast(nn.Module, part)
            for part in (self.keypoint_roi_pool, self.keypoint_head, self.keypoint_predictor)
        )
        maps: Tensor = predictor(head(pool(features, boxes, image_shapes)))
        parts = maps.split([len(each) for each in boxes])
        found = zip(boxes, scores, labels, parts, strict=True)
        return [
            {"boxes": box, "scores": score, "labels": label, "keypoints": located(part, box)}
            for box, score, label, part in found
        ], {}


def located(maps: Tensor, boxes: Tensor) -> Tensor:
    """Points (N, K, 3) x, y and how sure, from logits (N, K, M, M) over ``boxes`` (N, 4).

    A point is the centre of mass around the maximum; how sure it is says which part of all belief
    lies around there.
    """
    side, reach = maps.shape[-1], SURE_CELLS // 2
    belief = maps.float().flatten(2).softmax(dim=2)
    best = belief.argmax(dim=2)
    rows, columns = best // side, best % side
    belief = functional.pad(belief.unflatten(2, (side, side)), (reach,) * 4)
    steps = torch.arange(SURE_CELLS, device=maps.device)
    around = _windows(belief, rows[..., None] + steps, columns[..., None] + steps)
    rim = (SURE_CELLS - CENTRE_CELLS) // 2
    near = slice(rim, SURE_CELLS - rim)
    centre, offsets = around[..., near, near], steps[near] - reach + 0.5
    mass = centre.sum(dim=(2, 3))
    across = (columns + (centre.sum(dim=2) * offsets).sum(dim=2) / mass) / side
    down = (rows + (centre.sum(dim=3) * offsets).sum(dim=2) / mass) / side
    x0, y0, x1, y1 = boxes.float()[:, None].unbind(dim=2)
    sure = around.sum(dim=(2, 3)).clamp(max=1)
    return torch.stack((x0 + across * (x1 - x0), y0 + down * (y1 - y0), sure), dim=2)


def _windows(maps: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """(N, K, W, W) cells of (N, K, M, M) at ``rows`` and ``columns``, both (N, K, W)."""
    count, places = (torch.arange(size, device=maps.device) for size in maps.shape[:2])
    return maps[
        count[:, None, None, None],
        places[None, :, None, None],
        rows[..., :, None],
        columns[..., None, :],
    ]


def with_sure_points(model: KeypointRCNN) -> KeypointRCNN:
    """``model`` itself, its points now decoded as here."""
    whole: Any = model
    whole.roi_heads = PointHeads(whole.roi_heads)
    with_places(model, USUAL_PLACES)
    return model


def with_places(model: nn.Module, count: int) -> nn.Module:
    """``model`` itself, for ``count`` points an object; 0 leaves it as it is."""
    heads: Any = getattr(model, "roi_heads", None)
    before: KeypointRCNNPredictor | None = getattr(heads, "keypoint_predictor", None)
    if count and before is not None:
        channels = before.kps_score_lowres.in_channels
        heads.keypoint_predictor = PlacePredictor(channels, count)
    return model

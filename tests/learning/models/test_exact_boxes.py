"""Boxes are decoded in float32, however coarsely the network computes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from studio.learning.models import rcnn, small, ssdlite
from studio.learning.models.norms import Norm

SIZE = 640
MOBILENET = "mobilenet_v3_large"
PUBLISHED = "fasterrcnn_mobilenet_v3_large_fpn"

MODELS = {
    "small detector": lambda: small.build_detector(2, SIZE),
    "small instances": lambda: small.build_instances(2, SIZE),
    "light": lambda: rcnn.build_detector("", MOBILENET, 2, Norm.GROUP),
    "light instances": lambda: rcnn.build_instances("", MOBILENET, 2, Norm.GROUP),
    "published": lambda: rcnn.build_detector(PUBLISHED, MOBILENET, 2, Norm.GROUP),
    "ssdlite": lambda: ssdlite.build(2, SIZE, Norm.BATCH),
}


def heard(model: nn.Module, generator: nn.Module, dtype: torch.dtype) -> list[Tensor]:
    """The anchors that ``model`` makes of one picture under autocast to ``dtype``."""
    made: list[Tensor] = []
    hook = generator.register_forward_hook(lambda _module, _inputs, out: made.extend(out))
    with torch.inference_mode(), torch.autocast("cpu", dtype, enabled=dtype != torch.float32):
        answer: Any = model([torch.rand(3, 480, SIZE)])
    hook.remove()
    assert all(each["boxes"].dtype == torch.float32 for each in answer)
    return made


@pytest.mark.parametrize("name", MODELS)
def test_half_precision_moves_no_anchor_and_no_box(name: str) -> None:
    model: Any = MODELS[name]().eval()
    generator = model.anchor_generator if name == "ssdlite" else model.rpn.anchor_generator
    [exact] = heard(model, generator, torch.float32)
    [anchors] = heard(model, generator, torch.bfloat16)
    assert anchors.dtype == torch.float32 and torch.equal(anchors, exact)
    coders = [model.box_coder] if name == "ssdlite" else [
        model.rpn.box_coder, model.roi_heads.box_coder,
    ]  # fmt: skip
    nothing = torch.zeros(len(anchors), 4, dtype=torch.bfloat16)
    for coder in coders:
        assert torch.allclose(coder.decode_single(nothing, anchors), exact, atol=1e-3)


@pytest.mark.parametrize("name", ["small instances", "light"])
def test_training_in_half_precision_stays_finite(name: str) -> None:
    torch.manual_seed(0)
    model: Any = MODELS[name]()
    mask = torch.zeros(1, 96, 96, dtype=torch.uint8)
    mask[:, 8:40, 8:40] = 1
    target = {
        "boxes": torch.tensor([[8.0, 8.0, 40.0, 40.0]]), "labels": torch.tensor([1]),
        "masks": mask,
    }  # fmt: skip
    with torch.autocast("cpu", torch.bfloat16):
        losses = model([torch.rand(3, 96, 96)], [target])
    total = torch.stack([loss.float() for loss in losses.values()]).sum()
    total.backward()
    assert torch.isfinite(total)

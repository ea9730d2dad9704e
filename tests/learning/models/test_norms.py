"""Normalisation: what of it changes while a model learns."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from studio.learning.models.norms import Norm, live_statistics, set_norm


@pytest.mark.parametrize("norm", Norm)
@pytest.mark.parametrize("is_held", [False, True])
def test_live_statistics_are_those_that_a_step_changes(norm: Norm, is_held: bool) -> None:
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.BatchNorm2d(8))
    model.register_buffer("constant", torch.rand(4))
    set_norm(model, norm)
    model.train()
    if is_held:
        model[1].eval()
    buffers = [each for each in model.buffers() if each.is_floating_point()]
    before = [each.clone() for each in buffers]
    model(torch.rand(4, 3, 9, 9))
    pairs = zip(buffers, before, strict=True)
    changed = {id(now) for now, then in pairs if not torch.equal(now, then)}
    assert {id(each) for each in live_statistics(model)} == changed
    assert len(changed) == (2 if is_held else 4) * (norm is Norm.BATCH)

"""The pretraining script, in miniature."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

from studio.sample import pretrain, shapes
from studio.sample.scenes import scene


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    files = [tmp_path / "a.safetensors", tmp_path / "b.safetensors"]
    for file in files:
        backbone = pretrain.pretrain(seed=3, steps=4, scenes=8)
        pretrain.write(backbone, file, seed=3, steps=4)
    assert files[0].read_bytes() == files[1].read_bytes()
    with safe_open(files[0], "pt") as opened:
        assert "--seed 3 --steps 4" in opened.metadata()["made_by"]
        assert opened.get_tensor("stem.0.weight").dtype == torch.float16


def test_targets_follow_the_window() -> None:
    made = scene(np.random.default_rng(0), shapes.orders(np.random.default_rng(1)))
    rng = np.random.default_rng(2)
    cut = [pretrain.window(rng, pretrain.example(made)) for _ in range(4)]
    batch = pretrain.collate(cut)
    assert batch.pictures.shape == (4, 3, pretrain.HEIGHT, pretrain.WIDTH)
    for classes, target in zip(batch.classes, batch.targets, strict=True):
        for box, label, mask in zip(
            *(target[k] for k in ("boxes", "labels", "masks")), strict=True
        ):
            x0, y0, x1, y1 = box.int().tolist()
            assert mask[y0:y1, x0:x1].sum() == mask.sum()
            assert (classes[mask.bool()] == label).all()

"""Pretrain the small network: ``python -m studio.sample.pretrain``.

It learns to name, outline and segment the shapes of ``studio.sample.shapes``, with the very models
that are later fine-tuned; they share one backbone and take turns. Only the backbone is kept, in
half precision. The same seed, step count and machine give the same file: everything is drawn
from the seed and runs on one thread.
"""

# NumPy's and OpenCV's stubs widen float32 arithmetic; the docstrings give the element types.
# pyright: reportArgumentType=false, reportReturnType=false
# pyright: reportCallIssue=false, reportOperatorIssue=false

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.detection import MaskRCNN

from studio import paths
from studio.learning.models.small import (
    Classifier,
    Segmenter,
    SmallCNN,
    backbone_of,
    build_classifier,
    build_instances,
    build_segmenter,
)
from studio.learning.spec import MEAN, STD
from studio.sample.scenes import Scene, scene
from studio.sample.shapes import NAMES, orders

SCENES = 500
STEPS = 2400
BATCH = 8
CLOSEUPS = 48
"""Pictures of single objects in a batch."""
CLOSEUP_PX = 80
WIDTH, HEIGHT = 256, 192
"""Size of the windows that are cut from the scenes, in px."""
PEAK_LR = 3e-3
WARMUP_STEPS = 100
WEIGHT_DECAY = 0.02
LEAST_OBJECT_PX = 24
"""Objects of which a window shows fewer pixels are background."""


@dataclass(frozen=True, slots=True)
class Example:
    """A picture, (H, W, 3) uint8, and whose each pixel is: 0, or 1 + the index into ``kinds``."""

    picture: NDArray[np.uint8]
    owner: NDArray[np.uint8]
    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures (B, 3, H, W) in 0..1, classes of pixels (B, H, W) and torchvision's targets."""

    pictures: Tensor
    classes: Tensor
    targets: list[dict[str, Tensor]]


def example(made: Scene) -> Example:
    """A scene in little memory."""
    owner = np.zeros(made.picture.shape[:2], np.uint8)
    for index, part in enumerate(made.parts, start=1):
        owner[part.visible] = index
    return Example(made.picture, owner, tuple(NAMES.index(part.kind) for part in made.parts))


def window(rng: np.random.Generator, source: Example) -> Example:
    """A window of ``source`` at random, mirrored and made lighter or darker at random."""
    height, width = source.owner.shape
    part = rng.uniform(0.6, 1.0)
    w, h = int(width * part), int(height * part)
    x, y = int(rng.integers(width - w + 1)), int(rng.integers(height - h + 1))
    picture = source.picture[y : y + h, x : x + w]
    owner = source.owner[y : y + h, x : x + w]
    size = (WIDTH, HEIGHT)
    picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    owner = cv2.resize(owner, size, interpolation=cv2.INTER_NEAREST)
    if rng.uniform() < 0.5:
        picture, owner = picture[:, ::-1], owner[:, ::-1]
    if rng.uniform() < 0.5:
        picture, owner = picture[::-1], owner[::-1]
    return Example(_relit(rng, picture), np.ascontiguousarray(owner), source.kinds)


def closeup(rng: np.random.Generator, source: Example) -> tuple[NDArray[np.uint8], int]:
    """A square window about one object of ``source``, and the object's kind."""
    index = int(rng.integers(len(source.kinds)))
    x, y, w, h = cv2.boundingRect((source.owner == index + 1).astype(np.uint8))
    side = max(w, h, 8) * rng.uniform(1.05, 2.6)
    middle = np.array((x + w / 2, y + h / 2)) + rng.uniform(-0.1, 0.1, 2) * side
    scale = CLOSEUP_PX / side
    shift = CLOSEUP_PX / 2 - middle * scale
    matrix = np.array(((scale, 0, shift[0]), (0, scale, shift[1])))
    cut = cv2.warpAffine(
        source.picture, matrix, (CLOSEUP_PX, CLOSEUP_PX), borderMode=cv2.BORDER_REFLECT
    )
    if rng.uniform() < 0.5:
        cut = cut.transpose(1, 0, 2)
    return _relit(rng, cut), source.kinds[index]


def _relit(rng: np.random.Generator, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    gains = rng.uniform(0.75, 1.25) * rng.uniform(0.93, 1.07, 3)
    return np.clip(picture * gains, 0, 255).astype(np.uint8)


def _stacked(pictures: Sequence[NDArray[np.uint8]]) -> Tensor:
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255


def collate(examples: Sequence[Example]) -> Batch:
    """Windows as tensors."""
    classes = [np.array((0, *(1 + kind for kind in e.kinds)))[e.owner] for e in examples]
    return Batch(
        _stacked([each.picture for each in examples]),
        torch.from_numpy(np.stack(classes)),
        [target(each) for each in examples],
    )


def target(source: Example) -> dict[str, Tensor]:
    """Boxes (N, 4), labels (N,) from 1 and masks (N, H, W) of what is large enough to be seen."""
    masks = [source.owner == index for index in range(1, len(source.kinds) + 1)]
    seen = [index for index, mask in enumerate(masks) if mask.sum() >= LEAST_OBJECT_PX]
    boxes: list[tuple[int, int, int, int]] = []
    for index in seen:
        x, y, w, h = cv2.boundingRect(masks[index].astype(np.uint8))
        boxes.append((x, y, x + w, y + h))
    stacked = np.stack([masks[i] for i in seen]) if seen else np.zeros((0, *source.owner.shape))
    return {
        "boxes": torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
        "labels": torch.tensor([1 + source.kinds[index] for index in seen], dtype=torch.int64),
        "masks": torch.from_numpy(stacked.astype(np.uint8)),
    }


def drawn(seed: int, scenes: int) -> list[Example]:
    """The scenes that all windows are cut from."""
    pool: list[Example] = []
    for index in track(range(scenes), "Drawing"):
        rng = np.random.default_rng([seed, index])
        pool.append(example(scene(rng, orders(rng))))
    return [each for each in pool if each.kinds]


class Tasks(nn.Module):
    """Three models of the small network, over one backbone."""

    def __init__(self) -> None:
        super().__init__()
        self.classifier: Classifier = build_classifier(len(NAMES))
        self.segmenter: Segmenter = build_segmenter(len(NAMES))
        self.instances: MaskRCNN = build_instances(len(NAMES), WIDTH)
        self.backbone = SmallCNN()
        for model in (self.classifier, self.segmenter, self.instances):
            share(self.backbone, model)
        self.register_buffer("mean", torch.tensor(MEAN).reshape(3, 1, 1))
        self.register_buffer("deviation", torch.tensor(STD).reshape(3, 1, 1))

    def outline(self, batch: Batch) -> Tensor:
        """The loss of finding every object, its box and its mask."""
        losses = self.instances(list(batch.pictures), batch.targets)
        return torch.stack(list(losses.values())).sum()

    def segment(self, batch: Batch) -> Tensor:
        """The loss of telling every pixel's class."""
        return functional.cross_entropy(self.segmenter(self._normal(batch.pictures)), batch.classes)

    def name(self, closeups: Tensor, kinds: Tensor) -> Tensor:
        """The loss of naming the single objects in ``closeups`` (B, 3, S, S); kinds from 0."""
        return functional.cross_entropy(self.classifier(self._normal(closeups)), kinds)

    def _normal(self, pictures: Tensor) -> Tensor:
        return (pictures - self.mean) / self.deviation


def share(whole: SmallCNN, model: nn.Module) -> None:
    """Let the backbone of ``model`` be made of the very layers of ``whole``."""
    part = backbone_of(model)
    part.stem, part.stages = whole.stem, whole.stages
    part.lateral.update({stride: whole.lateral[stride] for stride in part.lateral})
    part.merge.update({stride: whole.merge[stride] for stride in part.merge})


def turn(tasks: Tasks, rng: np.random.Generator, pool: Sequence[Example], step: int) -> Tensor:
    """The loss of the task whose turn it is: name, outline, name, segment."""
    names = step % 2 == 0
    drawn_from = rng.integers(len(pool), size=CLOSEUPS if names else BATCH)
    chosen = [pool[int(index)] for index in drawn_from]
    if names:
        pictures, kinds = zip(*(closeup(rng, each) for each in chosen), strict=True)
        return tasks.name(_stacked(pictures), torch.tensor(kinds))
    batch = collate([window(rng, each) for each in chosen])
    return tasks.outline(batch) if step % 4 == 1 else tasks.segment(batch)


def learning_rate(step: int, steps: int) -> float:
    """Part of the peak: a linear rise, then half a cosine to zero."""
    if step < WARMUP_STEPS:
        return (step + 1) / WARMUP_STEPS
    return 0.5 + 0.5 * math.cos(math.pi * (step - WARMUP_STEPS) / max(1, steps - WARMUP_STEPS))


def pretrain(seed: int, steps: int = STEPS, scenes: int = SCENES) -> SmallCNN:
    """Train for ``steps`` batches and give the backbone."""
    torch.manual_seed(seed)
    pool, rng = drawn(seed, scenes), np.random.default_rng([seed, scenes])
    tasks = Tasks().train().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(tasks.parameters(), PEAK_LR, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: learning_rate(i, steps))
    recent = [math.nan] * 4
    for step in range(steps):
        optimizer.zero_grad()
        loss = turn(tasks, rng, pool, step)
        loss.backward()
        nn.utils.clip_grad_norm_(tasks.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        before = recent[step % 4]
        recent[step % 4] = loss.item() if math.isnan(before) else 0.9 * before + 0.1 * loss.item()
        if step % 40 == 39:
            name, outline, _, segment = recent
            print(f"{step + 1}: outline {outline:.3f}, segment {segment:.3f}, name {name:.3f}")
    return tasks.backbone


def write(backbone: SmallCNN, path: Path, seed: int, steps: int) -> None:
    """Write the weights in half precision, with how they were made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: value.half().contiguous() for name, value in backbone.state_dict().items()}
    # One entry only: safetensors writes several in any order, and the file would differ.
    save_file(weights, path, {"made_by": f"studio.sample.pretrain --seed {seed} --steps {steps}"})


def main() -> None:
    """Read the command line, pretrain and write the file that ships with the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--scenes", type=int, default=SCENES)
    default = paths.resources() / "weights" / "small_cnn.safetensors"
    parser.add_argument("--out", type=Path, default=default)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.use_deterministic_algorithms(True)
    backbone = pretrain(options.seed, options.steps, options.scenes)
    write(backbone, options.out, options.seed, options.steps)


if __name__ == "__main__":
    main()

"""Learning from parts of large images, and predicting them tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from studio.learning.adapter import Adapter, Mixing, Prediction, Sample, Scores
from studio.learning.config import Augmentation
from studio.learning.data import tiling
from studio.learning.data.reading import Unreadable
from studio.learning.data.tensors import as_tensor
from studio.learning.data.tiling import Tile
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.validation import each_image
from studio.vision.images import Rgb

MOST_DECODED_PX = 12_000
"""The longer side to which larger images are reduced, to be tiled from there."""

AROUND_OBJECTS = 0.8
"""How many of the parts that training sees are drawn around an object, the others anywhere."""

Seen = Iterable[tuple[Tile, Any]]


class Tileable(Adapter, Protocol):
    """The adapter of a task that can put together what a model says of tiles."""

    def predict_tiles(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device, *, judged: bool
    ) -> tuple[list[Any], float]:
        """What the model says of each tile, for ``joined``, with the mean loss if ``judged``."""
        ...

    def joined(self, source: FrozenImage, seen: Seen) -> Prediction:
        """The prediction on an image from its tiles, in the order of ``tiling.grid``."""
        ...


@dataclass(frozen=True, slots=True)
class Tiled:
    """A task's adapter for images of which most are larger than a tile.

    In training a sample is a part of its image, prepared as if it were a whole one. Otherwise it
    is the whole image at its own size, of which the model sees one tile after the other.
    """

    spec: ModelSpec
    inner: Tileable

    @property
    def tile_px(self) -> int:
        """The side of a tile in pixels of the image."""
        return tiling.side_px(self.spec.config)

    def decode_px(self, source: FrozenImage) -> int:
        """The longer side that decoding ``source`` need not exceed."""
        if self._is_whole(source):
            return self.inner.decode_px(source)
        return min(MOST_DECODED_PX, max(source.width, source.height))

    def prepare(self, rgb: Rgb, source: FrozenImage, augmentation: Augmentation | None) -> Sample:
        """A part of the image, with its targets; without variation, all of it and none."""
        if self._is_whole(source):
            return self.inner.prepare(rgb, source, augmentation)
        if augmentation is None:
            return Sample(as_tensor(rgb), {}, source)
        tile = drawn(source, self.tile_px)
        return self.inner.prepare(_cut(rgb, tile, source), tiling.part(source, tile), augmentation)

    def mix(self, sample: Sample, another: Callable[[], Sample], epoch: int) -> Sample:
        """As the task does, where it does: a part counts as a whole image."""
        if isinstance(self.inner, Mixing):
            return self.inner.mix(sample, another, epoch)
        return sample

    def loss(self, model: nn.Module, samples: Sequence[Sample], device: torch.device) -> Tensor:
        """The task's."""
        return self.inner.loss(model, samples, device)

    def predict(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> list[Prediction]:
        """Each image whole, whatever it was seen through."""
        if all(self._is_whole(sample.source) for sample in samples):
            return self.inner.predict(model, samples, device)
        return [self._said(model, sample, device, judged=False)[0] for sample in samples]

    def judge(
        self, model: nn.Module, samples: Sequence[Sample], device: torch.device
    ) -> tuple[list[Prediction], float]:
        """As ``predict``, with the loss averaged over tiles, then over images."""
        if all(self._is_whole(sample.source) for sample in samples):
            return self.inner.judge(model, samples, device)
        said = [self._said(model, sample, device, judged=True) for sample in samples]
        return [prediction for prediction, _ in said], sum(loss for _, loss in said) / len(said)

    def _said(
        self, model: nn.Module, sample: Sample, device: torch.device, *, judged: bool
    ) -> tuple[Prediction, float]:
        source = sample.source
        tiles = tiling.grid(source.width, source.height, self.tile_px)
        losses: list[float] = []

        def ask(pieces: Sequence[Sample]) -> list[Any]:
            answers, loss = self.inner.predict_tiles(model, pieces, device, judged=judged)
            losses.extend([loss] * len(pieces))
            return answers

        def answers() -> Iterator[tuple[Tile, Any]]:
            asked = each_image(self._pieces(sample, tiles), ask, device)
            for tile, answer in zip(tiles, asked, strict=True):
                assert not isinstance(answer, Unreadable)
                yield tile, answer[1]

        prediction = self.inner.joined(source, answers())
        return prediction, sum(losses) / len(losses)

    def _pieces(self, sample: Sample, tiles: Sequence[Tile]) -> Iterator[list[Sample | Unreadable]]:
        """The tiles of a whole image as samples, some at a time."""
        if self._is_whole(sample.source):
            yield [sample]
            return
        rgb = sample.image.permute(1, 2, 0).numpy()
        config = self.spec.config
        size = config.micro_batch or config.batch_size
        for start in range(0, len(tiles), size):
            yield [
                self.inner.prepare(
                    _cut(rgb, tile, sample.source), tiling.part(sample.source, tile), None
                )
                for tile in tiles[start : start + size]
            ]

    def _is_whole(self, source: FrozenImage) -> bool:
        return tiling.fits(source.width, source.height, self.tile_px)

    def truth(self, source: FrozenImage) -> Prediction:
        """The task's."""
        return self.inner.truth(source)

    def score(self, truths: Sequence[Prediction], predictions: Sequence[Prediction]) -> Scores:
        """The task's."""
        return self.inner.score(truths, predictions)

    def rank(self, metrics: Mapping[str, float], val_loss: float) -> tuple[float, float]:
        """The task's."""
        return self.inner.rank(metrics, val_loss)

    def badness(self, truth: Prediction, prediction: Prediction) -> float:
        """The task's."""
        return self.inner.badness(truth, prediction)


def drawn(source: FrozenImage, tile_px: int) -> Tile:
    """A window of an image to learn from, drawn from torch: mostly around an object."""
    width, height = min(tile_px, source.width), min(tile_px, source.height)
    objects = [truth for truth in source.truths if not truth.ignore]
    chance, across, down = torch.rand(3).tolist()
    x0, y0, x1, y1 = 0.0, 0.0, float(source.width), float(source.height)
    if objects and chance < AROUND_OBJECTS:
        box = objects[int(torch.randint(len(objects), ()))].bounds
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    return Tile(
        _place(x0, x1, width, source.width, across),
        _place(y0, y1, height, source.height, down),
        width,
        height,
    )


def _place(low: float, high: float, side_px: int, length_px: int, part: float) -> int:
    """Where a window begins that shows all of ``low`` to ``high``, or else nothing but it."""
    start = (high - side_px) + part * (low - (high - side_px))
    return min(max(0, round(start)), length_px - side_px)


def _cut(rgb: Rgb, tile: Tile, source: FrozenImage) -> Rgb:
    """The pixels of ``tile``; ``rgb`` may show ``source`` reduced."""
    across, down = rgb.shape[1] / source.width, rgb.shape[0] / source.height
    left, right = round(tile.x * across), round((tile.x + tile.width) * across)
    top, bottom = round(tile.y * down), round((tile.y + tile.height) * down)
    return rgb[top : max(bottom, top + 1), left : max(right, left + 1)]

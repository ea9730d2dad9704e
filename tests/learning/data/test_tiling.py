"""Large images are learned and predicted in tiles; every object is told once, and whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch import Tensor, nn

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box, Mask
from studio.learning import evaluate, predictor, registry, trainer
from studio.learning.adapter import Sample
from studio.learning.config import Augmentation
from studio.learning.data import tiling
from studio.learning.data.reading import AGAIN, Pictures
from studio.learning.data.tiling import Tile
from studio.learning.events import Ended, Evaluated, ImagePredicted, RunStarted
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for, tile_blending, tile_objects, tiled
from studio.learning.tasks.tiled import Tiled
from studio.storage import runs
from studio.vision import masks, rle
from tests.learning import scenes

DOT = Label("d", "dot", "#ffffff", 0)
TILE = 128
SIDES = st.integers(1, 700)


def spec(task: Task, **changes: object) -> ModelSpec:
    settings = scenes.config(task, **{"image_size": TILE, "tile_size": TILE, **changes})
    return ModelSpec(task, settings, (DOT,))


def image(*truths: Truth, width: int = 300, height: int = 200) -> FrozenImage:
    return FrozenImage(1, "a.png", "a.png", "", width, height, Split.TRAIN, truths=truths)


def picture(boxes: Sequence[Box], width: int = 300, height: int = 200) -> NDArray[np.uint8]:
    """White dots on black."""
    rgb = np.zeros((height, width, 3), dtype=np.uint8)
    for box in boxes:
        rgb[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = 255
    return rgb


def spread(count: int, side: int, width: int = 300, height: int = 200) -> list[Box]:
    """Dots that do not touch each other, at places without order; many lie across seams."""
    random = np.random.default_rng(1)
    found: list[Box] = []
    while len(found) < count:
        x, y = int(random.integers(0, width - side)), int(random.integers(0, height - side))
        if all(abs(x - o.x0) > side + 2 or abs(y - o.y0) > side + 2 for o in found):
            found.append(Box(x, y, x + side, y + side))
    return found


class SeesWhite(nn.Module):
    """A detector without faults: one box (and mask) a white spot, as torchvision answers."""

    def __init__(self, *, with_masks: bool = False) -> None:
        super().__init__()
        self.with_masks = with_masks
        self.sizes: list[tuple[int, int]] = []

    def forward(self, images: Sequence[Tensor], targets: object = None) -> Any:
        if targets is not None:
            return {"loss": torch.tensor(float(len(images)))}
        return [self._answer(each) for each in images]

    def _answer(self, picture: Tensor) -> Mapping[str, Tensor]:
        self.sizes.append((picture.shape[2], picture.shape[1]))
        white = (picture[0] > 0.5).numpy().astype(np.uint8)
        count, _, rows, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
        boxes = [[x, y, x + w, y + h] for x, y, w, h, _ in rows[1:].tolist()]
        answer = {
            "boxes": torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
            "labels": torch.ones(count - 1, dtype=torch.int64),
            "scores": torch.full((count - 1,), 0.9),
        }
        if self.with_masks:
            answer["masks"] = torch.ones(count - 1, 1, 28, 28)
        return answer


def whole(adapter: Any, rgb: NDArray[np.uint8], source: FrozenImage) -> Sample:
    return adapter.prepare(rgb, source, None)


def boxes_in(prediction: Mapping[str, Any]) -> list[tuple[float, ...]]:
    return sorted(tuple(each["bbox"]) for each in prediction["objects"])


def xywh(boxes: Sequence[Box]) -> list[tuple[float, ...]]:
    return sorted((box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0) for box in boxes)


# Tiles ------------------------------------------------------------------------------------------


@given(SIDES, SIDES, st.integers(8, 300))
def test_tiles_cover_every_pixel_and_overlap_enough(width: int, height: int, side: int) -> None:
    tiles = tiling.grid(width, height, side)
    seen = np.zeros((height, width), dtype=bool)
    for tile in tiles:
        assert 0 <= tile.x <= tile.x + tile.width <= width
        assert 0 <= tile.y <= tile.y + tile.height <= height
        seen[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width] = True
    assert seen.all() and len(set(tiles)) == len(tiles)
    columns = sorted({tile.x for tile in tiles})
    for left, right in pairwise(columns):
        assert side - (right - left) >= tiling.OVERLAP * side - 1
    if len(tiles) == 1:
        assert tiles == [Tile(0, 0, width, height)]


@given(st.integers(200, 900), st.integers(1, 900), st.integers(0, 2**31))
def test_what_is_learned_from_lies_in_the_image_and_mostly_shows_an_object(
    width: int, height: int, seed: int
) -> None:
    torch.manual_seed(seed)
    box = Box(width - 20, height * 0.4, width - 10, height * 0.4 + 5)
    source = image(Truth("d", box), width=width, height=height)
    shown = 0
    for _ in range(20):
        tile = tiled.drawn(source, TILE)
        assert 0 <= tile.x <= tile.x + tile.width <= width
        assert 0 <= tile.y <= tile.y + tile.height <= height
        shown += tile.x <= box.x0 and box.x1 <= tile.x + tile.width
    assert shown >= 8


def test_a_large_image_is_learned_from_several_times_in_a_pass_each_time_elsewhere() -> None:
    sources = [image(width=100, height=90), image(width=900, height=700), image()]
    settings = spec(Task.DETECT).config
    views = tiling.repeats(sources, settings)
    assert views.count(0) == 1 and views.count(1) == tiling.MOST_VIEWS and views.count(2) == 3
    shown = [tiling.view(views, index, AGAIN) for index in range(len(views))]
    assert len(set(shown)) == len(shown) and [each % AGAIN for each in shown] == views
    again = tiling.view(views, 1 + AGAIN, AGAIN)
    assert again % AGAIN == 1 and again not in shown
    whole_images = replace(settings, tile_size=0)
    assert tiling.repeats(sources, whole_images) == [0, 1, 2]
    assert tiling.repeats(sources, replace(settings, task=Task.CLASSIFY)) == [0, 1, 2]


# Learning ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES, Task.SEGMENT])
def test_labels_move_with_the_part_that_is_learned_from(task: Task) -> None:
    dots = spread(12, 14)
    truths = [Truth("d", box if task is Task.DETECT else mask_of(box)) for box in dots]
    adapter, rgb, source = adapter_for(spec(task)), picture(dots), image(*truths)
    seen = 0
    for seed in range(12):
        torch.manual_seed(seed)
        sample = adapter.prepare(rgb, source, Augmentation.NONE)
        assert sample.image.shape == (3, TILE, TILE)
        white = sample.image[0] > 128
        if task is Task.SEGMENT:
            assert torch.equal(sample.target["classes"] == 1, white)
            continue
        assert (sample.target["boxes"] >= 0).all() and (sample.target["boxes"] <= TILE).all()
        for x0, y0, x1, y1 in sample.target["boxes"].round().int().tolist():
            assert white[y0:y1, x0:x1].all()
            seen += 1
    assert seen > 12 or task is Task.SEGMENT


def test_a_part_is_the_same_in_the_same_turn_and_another_in_the_next(tmp_path: Path) -> None:
    dots = spread(12, 14)
    path = tmp_path / "a.png"
    path.write_bytes(cv2.imencode(".png", picture(dots))[1].tobytes())
    source = replace(image(*(Truth("d", box) for box in dots)), path=str(path))
    pictures = Pictures([source], adapter_for(spec(Task.DETECT)), Augmentation.NONE)
    first, same, next_turn = pictures[1, 0], pictures[1, 0], pictures[1, AGAIN]
    assert isinstance(first, Sample) and isinstance(same, Sample) and isinstance(next_turn, Sample)
    assert torch.equal(first.image, same.image) and not torch.equal(first.image, next_turn.image)


def mask_of(box: Box) -> Mask:
    bitmap = np.ones((int(box.y1 - box.y0), int(box.x1 - box.x0)), dtype=bool)
    found = masks.encode(bitmap, int(box.x0), int(box.y0))
    assert found is not None
    return found


# Predicting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [9, 31, 60])
def test_every_object_is_found_once_and_whole_across_seams(side: int) -> None:
    count = {9: 60, 31: 14, 60: 6}[side]
    dots = spread(count, side, 420, 330)
    adapter = adapter_for(spec(Task.DETECT))
    sample = whole(adapter, picture(dots, 420, 330), image(width=420, height=330))
    [found] = adapter.predict(SeesWhite(), [sample], torch.device("cpu"))
    assert boxes_in(found) == xywh(dots)
    assert (found["width"], found["height"]) == (420, 330)


def test_an_object_larger_than_the_overlap_and_than_a_tile_is_put_together() -> None:
    dots = [Box(10, 20, 290, 45), Box(60, 80, 110, 190)]
    adapter = adapter_for(spec(Task.DETECT))
    sample = whole(adapter, picture(dots), image())
    [found] = adapter.predict(SeesWhite(), [sample], torch.device("cpu"))
    assert boxes_in(found) == xywh(dots)


def test_masks_are_united_across_seams() -> None:
    dots = [*spread(8, 24), Box(0, 196, 280, 200)]
    dots = [dot for dot in dots[:-1] if dot.y1 < 190] + dots[-1:]
    adapter = adapter_for(spec(Task.INSTANCES))
    sample = whole(adapter, picture(dots), image())
    [found] = adapter.predict(SeesWhite(with_masks=True), [sample], torch.device("cpu"))
    assert boxes_in(found) == xywh(dots)
    drawn = sum(rle.decode_bitmap(each["segmentation"]).astype(int) for each in found["objects"])
    assert np.array_equal(drawn, (picture(dots)[..., 0] > 0).astype(int))
    for each in found["objects"]:
        assert each["area"] == each["bbox"][2] * each["bbox"][3]


def test_neighbours_of_one_class_and_overlapping_ones_of_two_stay_apart() -> None:
    tiles = [Tile(0, 0, 100, 100), Tile(75, 0, 100, 100)]
    source = image(width=175, height=100)

    def said(*boxes: tuple[str, list[float], float]) -> dict[str, Any]:
        return {
            "objects": [
                {"label": name, "label_id": name, "score": score, "bbox": box}
                for name, box, score in boxes
            ]
        }

    left = said(("a", [80, 10, 10, 20], 0.9), ("b", [81, 10, 10, 20], 0.8))
    right = said(("a", [5, 10, 10, 20], 0.7), ("b", [17, 10, 10, 20], 0.6))
    found = tile_objects.joined([(tiles[0], left), (tiles[1], right)], source)
    told = [(each["label"], each["bbox"], each["score"]) for each in found]
    assert told == [
        ("a", [80, 10, 10, 20], 0.9), ("b", [81, 10, 10, 20], 0.8), ("b", [92, 10, 10, 20], 0.6),
    ]  # fmt: skip


@torch.inference_mode()
@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES, Task.SEGMENT])
def test_one_tile_that_covers_all_says_what_the_whole_image_says(task: Task) -> None:
    torch.manual_seed(0)
    settings = spec(task, image_size=96, tile_size=300)
    model, _ = registry.build(settings.config, 1)
    model.eval()
    rgb = np.random.default_rng(0).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    answers = []
    for given_spec in (
        settings,
        replace(settings, config=settings.config.changed({"tile_size": 0})),
    ):
        adapter = adapter_for(given_spec)
        assert adapter.decode_px(image()) == 96
        assert isinstance(adapter, Tiled) == (given_spec is settings)
        answers.append(adapter.judge(model, [whole(adapter, rgb, image())], torch.device("cpu")))
    assert answers[0] == answers[1]
    assert answers[0][0][0]["objects"] or task is not Task.SEGMENT


class Brightness(nn.Module):
    """A segmenter without faults, whose doubts grow with the distance from a tile's middle."""

    def forward(self, batch: Tensor) -> Tensor:
        return torch.stack([-batch[:, 0] * 9, batch[:, 0] * 9], dim=1)


def test_regions_are_blended_without_a_seam() -> None:
    dots = spread(5, 40)
    adapter = adapter_for(spec(Task.SEGMENT))
    sample = whole(adapter, picture(dots), image())
    [found] = adapter.predict(Brightness(), [sample], torch.device("cpu"))
    [region] = found["objects"]
    assert np.array_equal(rle.decode_bitmap(region["segmentation"]), picture(dots)[..., 0] > 0)
    assert region["score"] > 0.99


def test_where_tiles_disagree_the_one_that_sees_more_decides() -> None:
    tiles = tiling.grid(200, 60, 128)
    certain = [
        np.stack([np.full((60, 128), 1.0 - i), np.full((60, 128), float(i))]) for i in (0, 1)
    ]
    classes, best = tile_blending.strongest(
        zip(tiles, [each.astype(np.float32) for each in certain], strict=True), 200, 60
    )
    changes = np.flatnonzero(np.diff(classes[30].astype(int)))
    assert changes.tolist() == [99]  # in the middle of what both see
    assert (classes == classes[0]).all() and best.min() >= 0.5


def test_tiles_are_asked_for_a_batch_at_a_time_and_a_full_memory_is_got_by_with() -> None:
    class Forgetful(SeesWhite):
        def forward(self, images: Sequence[Tensor], targets: object = None) -> Any:
            if len(images) > 2:
                raise MemoryError
            return super().forward(images, targets)

    dots = spread(20, 12)
    adapter = adapter_for(spec(Task.DETECT, batch_size=6))
    sample = whole(adapter, picture(dots), image())
    model = Forgetful()
    [found] = adapter.predict(model, [sample], torch.device("cpu"))
    assert boxes_in(found) == xywh(dots)
    assert model.sizes == [(TILE, TILE)] * len(tiling.grid(300, 200, TILE))


def test_an_image_decoded_smaller_than_it_is_keeps_its_frame(monkeypatch: Any) -> None:
    monkeypatch.setattr(tiled, "MOST_DECODED_PX", 150)
    dots = [Box(40, 40, 80, 80), Box(200, 100, 260, 140)]
    adapter = adapter_for(spec(Task.DETECT))
    assert adapter.decode_px(image()) == 150
    half = cv2.resize(picture(dots), (150, 100), interpolation=cv2.INTER_AREA)
    [found] = adapter.predict(
        SeesWhite(), [whole(adapter, np.asarray(half), image())], torch.device("cpu")
    )
    assert np.allclose(boxes_in(found), xywh(dots), atol=2)


# In a run ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES, Task.SEGMENT])
def test_a_run_in_tiles_learns_is_judged_and_predicts(tmp_path: Path, task: Task) -> None:
    project = scenes.project(tmp_path, 6)
    sampling = "balanced" if task is Task.DETECT else "uniform"
    settings = scenes.config(task, tile_size=40, image_size=64, epochs=1, sampling=sampling)
    started, *_, ended = (
        event
        for event in trainer.train(project, settings, scenes.never)
        if isinstance(event, RunStarted | Ended)
    )
    assert started.steps_per_epoch == ceil(2 * started.train_images / settings.batch_size)
    assert ended.state == "finished"
    number = runs.read_all(project)[-1].number
    told = list(evaluate.evaluate(project, number, "val", scenes.never))
    [evaluated] = [event for event in told if isinstance(event, Evaluated)]
    assert evaluated.metrics == pytest.approx(ended.metrics)
    paths = sorted((project.parent / "pictures").iterdir())[:2]
    found = [
        event.prediction
        for event in predictor.predict(project, number, paths, 0.0, scenes.never)
        if isinstance(event, ImagePredicted)
    ]
    assert [(each["width"], each["height"]) for each in found] == [(64, 64)] * 2
    for each in found:
        for thing in each["objects"]:
            x, y, width, height = thing["bbox"]
            assert 0 <= x < x + width <= 64 and 0 <= y < y + height <= 64


@pytest.mark.parametrize("size", [(640, 160), (90, 510)])
@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES, Task.SEGMENT])
def test_an_image_that_is_not_square_keeps_its_proportions(
    task: Task, size: tuple[int, int]
) -> None:
    width, height = size
    adapter = adapter_for(spec(task, tile_size=0, image_size=96))
    rgb = np.zeros((height, width, 3), dtype=np.uint8)
    sample = adapter.prepare(rgb, image(width=width, height=height), None)
    h, w = sample.image.shape[1:]
    assert max(h, w) == 96 and w / h == pytest.approx(width / height, rel=0.06)

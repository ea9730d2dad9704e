"""Targets, predictions and the frames they live in."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from torch import nn
from torchvision.models.detection.roi_heads import project_masks_on_boxes

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.domain.shapes import Box, Geometry, Part, Polygon
from studio.learning.adapter import Sample
from studio.learning.config import Augmentation
from studio.learning.data import augment
from studio.learning.data.reading import Pictures
from studio.learning.data.tensors import rasterise, to_longer_side
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for, ignore_regions, instances, losses, segment
from studio.learning.tasks.detect import Detect, lent_training_mode
from studio.learning.tasks.instances import Instances
from studio.learning.tasks.segment import Segment
from studio.vision import masks, rle
from tests.learning import scenes

A, B = Label("a", "cat", "#000000", 0), Label("b", "dog", "#ffffff", 1)
ALL = list(Augmentation)


def spec(task: Task, **changes: object) -> ModelSpec:
    return ModelSpec(task, scenes.config(task, **changes), (A, B))


def image(*truths: Truth, width: int = 120, height: int = 80) -> FrozenImage:
    return FrozenImage(1, "a.png", "a.png", "", width, height, Split.TRAIN, truths=truths)


def mask(x0: int, y0: int, x1: int, y1: int, width: int = 120, height: int = 80) -> Geometry:
    bitmap = np.zeros((height, width), dtype=bool)
    bitmap[y0:y1, x0:x1] = True
    found = masks.encode(bitmap)
    assert found is not None
    return found


def noise(width: int = 120, height: int = 80) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_boxes_shrink_with_their_image():
    source = image(Truth("b", Box(30, 20, 60, 40)))
    sample = Detect(spec(Task.DETECT, image_size=60)).prepare(noise(), source, None)
    assert sample.image.shape == (3, 40, 60)
    assert sample.target["boxes"].tolist() == [[15, 10, 30, 20]]
    assert sample.target["labels"].tolist() == [2]


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES])
@pytest.mark.parametrize("strength", ALL)
def test_no_variation_leaves_a_box_without_area(task, strength):
    truths = [Truth("a", mask(x, y, x + 6, y + 6)) for x in range(0, 114, 19) for y in (0, 37, 74)]
    adapter = adapter_for(spec(task, image_size=64))
    for seed in range(20):
        torch.manual_seed(seed)
        sample = adapter.prepare(noise(), image(*truths), strength)
        boxes = sample.target["boxes"]
        height, width = sample.image.shape[1:]
        assert ((boxes[:, 2:] - boxes[:, :2]) >= 1).all() and (boxes >= 0).all()
        assert (boxes <= torch.tensor([width, height] * 2)).all()
        assert len(boxes) == len(sample.target["labels"])


@pytest.mark.parametrize("strength", ALL)
def test_masks_stay_on_their_objects_whatever_the_variation(strength):
    rgb = np.zeros((80, 120, 3), dtype=np.uint8)
    rgb[20:50, 40:80] = 255
    source = image(Truth("a", mask(40, 20, 80, 50)))
    adapter = Instances(spec(Task.INSTANCES, image_size=120))
    for seed in range(10):
        torch.manual_seed(seed)
        sample = adapter.prepare(rgb, source, strength)
        for bitmap in sample.target["masks"].bool():
            bright = sample.image.float().mean(dim=0) > 128
            shared = (bright & bitmap).sum() / (bright | bitmap).sum()
            # Strong colour changes may darken the object, never move it.
            assert shared > 0.9 or not bright.any() or strength is Augmentation.STRONG


def test_ignore_regions_are_painted_over_but_not_the_objects_in_them():
    source = image(Truth("a", Box(20, 20, 40, 40)), Truth("a", Box(10, 10, 60, 60), ignore=True))
    rgb = np.full((80, 120, 3), 7, dtype=np.uint8)
    adapter = Detect(spec(Task.DETECT, image_size=120))
    sample = adapter.prepare(rgb, source, Augmentation.NONE)
    assert len(sample.target["boxes"]) == 1
    assert (sample.image[:, 12, 12] == augment.GREY).all()
    assert (sample.image[:, 30, 30] == 7).all() and (sample.image[:, 70, 100] == 7).all()
    judged = adapter.prepare(rgb, source, None)
    assert (judged.image == 7).all()
    assert [o["ignore"] for o in adapter.truth(source)["objects"]] == [False, True]


def test_more_objects_than_the_memory_holds_are_dealt_with_in_turn(monkeypatch):
    monkeypatch.setattr(instances, "LEAST_OBJECTS", 3)
    monkeypatch.setattr(instances, "MOST_MASK_PIXELS", 1)
    truths = [Truth("a", mask(x, 30, x + 6, 36)) for x in range(0, 110, 10)]
    adapter = Instances(spec(Task.INSTANCES, image_size=120))
    seen = set()
    for seed in range(30):
        torch.manual_seed(seed)
        sample = adapter.prepare(noise(), image(*truths), Augmentation.NONE)
        assert len(sample.target["masks"]) == 3
        seen |= {int(box[0]) for box in sample.target["boxes"]}
    assert len(seen) == len(truths)
    before = torch.get_rng_state()
    first, second = (adapter.prepare(noise(), image(*truths), None) for _ in range(2))
    assert first.target["boxes"].equal(second.target["boxes"])
    assert torch.get_rng_state().equal(before), "what is judged changes what is learned next"
    assert "11 objects" in str(adapter.crowding([image(*truths)]))
    assert adapter.crowding([image(*truths[:3])]) is None


@pytest.mark.parametrize("radius", [5, 8, 12])
def test_what_a_mask_head_shall_say_is_read_as_the_object_it_was_cut_out_of(radius):
    y, x = np.mgrid[:80, :120] + 0.5
    disc = (x - 61.3) ** 2 + (1.3 * (y - 33.8)) ** 2 < radius**2
    bitmap = masks.encode(disc)
    assert bitmap is not None
    adapter = Instances(spec(Task.INSTANCES, image_size=120))
    sample = adapter.prepare(noise(), image(Truth("a", bitmap)), None)
    [told] = adapter.targets([sample], torch.device("cpu"))
    cut = project_masks_on_boxes(told["masks"], told["boxes"], torch.tensor([0]), 28)[0]
    found = instances.stretch(cut.numpy(), told["boxes"][0].tolist(), 120, 80)
    assert found is not None
    again = rasterise(found, (120, 80), (120, 80))
    assert (again & disc).sum() > 0.97 * (again | disc).sum()


@pytest.mark.parametrize(("x", "y"), [(0, 40), (119, 40), (60, 0), (60, 79), (119, 79)])
def test_what_an_image_shows_no_more_than_a_pixel_of_is_told_whole(x, y):
    adapter = Instances(spec(Task.INSTANCES, image_size=120))
    sliver = mask(x, y, x + (1 if x in (0, 119) else 9), y + (1 if y in (0, 79) else 9))
    sample = adapter.prepare(noise(), image(Truth("a", sliver)), None)
    [told] = adapter.targets([sample], torch.device("cpu"))
    cut = project_masks_on_boxes(told["masks"], told["boxes"], torch.tensor([0]), 28)[0]
    assert instances.stretch(cut.numpy(), told["boxes"][0].tolist(), 120, 80) == sliver


def test_an_image_without_objects_has_no_masks_to_tell():
    adapter = Instances(spec(Task.INSTANCES, image_size=120))
    [told] = adapter.targets([adapter.prepare(noise(), image(), None)], torch.device("cpu"))
    assert told["masks"].shape == (0, 81, 121)


def test_pixels_show_the_upper_shape_and_ignore_regions():
    source = image(
        Truth("a", mask(0, 0, 60, 40)), Truth("b", mask(30, 0, 90, 40)),
        Truth("a", Box(0, 60, 120, 80), ignore=True),
    )  # fmt: skip
    adapter = Segment(spec(Task.SEGMENT, image_size=60))
    classes = adapter.prepare(noise(), source, None).target["classes"]
    assert classes.shape == (40, 60)
    assert [int(classes[5, x]) for x in (5, 20, 40, 50)] == [1, 2, 2, 0]
    assert (classes[30:] == segment.IGNORE).all()


def test_a_truth_judged_against_itself_is_perfect():
    source = image(
        Truth("a", mask(3, 5, 50, 40)), Truth("b", mask(60, 9, 99, 70)),
        Truth("b", mask(0, 60, 30, 80), ignore=True),
    )  # fmt: skip
    perfect = {
        Task.DETECT: {"map", "map50"},
        Task.INSTANCES: {"map", "map50", "mask_map", "mask_map50"},
        Task.SEGMENT: {"miou", "dice", "pixel_accuracy"},
    }
    for task, names in perfect.items():
        adapter = adapter_for(spec(task))
        truth = adapter.truth(source)
        guess = {**truth, "objects": [o for o in truth["objects"] if not o["ignore"]]}
        scores = adapter.score([truth], [guess])
        assert scores.metrics == dict.fromkeys(names, pytest.approx(1.0)), task
        assert adapter.badness(truth, guess) == 0.0


def test_an_image_of_another_class_is_as_bad_as_can_be():
    adapter = adapter_for(spec(Task.CLASSIFY))
    truth = adapter.truth(replace(image(), tags=("a",)))
    assert truth["scores"] == {"cat": 1.0}
    assert adapter.badness(truth, truth | {"scores": {"dog": 1.0, "cat": 0.0}}) == 1.0
    assert adapter.score([truth], [truth | {"scores": {"dog": 0.9, "cat": 0.1}}]).metrics == {
        "accuracy": 0.0,
        "macro_f1": 0.0,
    }


@pytest.mark.parametrize("size", [(900, 90), (90, 910)])
def test_a_classifier_sees_an_elongated_picture_sharp(tmp_path, size):
    width, height = size
    stripes = np.zeros((height, width, 3), dtype=np.uint8)
    stripes[::2] = 255  # finer than any enlarged copy could show
    path = tmp_path / "wide.png"
    path.write_bytes(cv2.imencode(".png", stripes)[1].tobytes())
    source = replace(image(width=width, height=height), path=str(path), tags=("a",))
    adapter = adapter_for(spec(Task.CLASSIFY, image_size=90))
    sample = Pictures([source], adapter)[0, 0]
    assert isinstance(sample, Sample)
    assert (sample.image == torch.from_numpy(stripes[:90, :90].transpose(2, 0, 1).copy())).all()


def test_a_classifier_decodes_no_more_of_a_photograph_than_it_needs():
    adapter = adapter_for(spec(Task.CLASSIFY, image_size=224))
    for width, height in ((4000, 3000), (3000, 4000), (1920, 1080), (6000, 3000)):
        assert adapter.decode_px(image(width=width, height=height)) == 448
    assert adapter.decode_px(image(width=3200, height=400)) == 8 * 224
    assert adapter.decode_px(image(width=60000, height=4)) == 16 * 224


def test_several_tags_ask_for_several_answers():
    adapter = adapter_for(replace(spec(Task.CLASSIFY), multi_label=True))
    source = replace(image(), tags=("a", "b"))
    assert adapter.prepare(noise(), source, None).target["class"].tolist() == [1.0, 1.0]
    truth = adapter.truth(source)
    scores = adapter.score([truth], [truth | {"scores": {"cat": 0.9, "dog": 0.2}}])
    assert scores.metrics["accuracy"] == 0.0
    assert adapter.badness(truth, {"scores": {"cat": 0.9, "dog": 0.2}}) == pytest.approx(0.8)


def test_a_stretched_mask_covers_its_box_to_the_pixel():
    full = np.ones((28, 28), dtype=np.float32)
    found = instances.stretch(full, [10, 20, 50, 40], 120, 80)
    assert found is not None
    assert (found.x, found.y, found.width, found.height) == (10, 20, 40, 20)
    left = full.copy()
    left[:, 14:] = 0
    found = instances.stretch(left, [10, 20, 50, 40], 120, 80)
    assert found is not None and (found.x, found.width) == (10, 20)
    assert instances.stretch(full * 0.4, [10, 20, 50, 40], 120, 80) is None
    outside = instances.stretch(full, [-20, -20, 20, 20], 120, 80)
    assert outside is not None and (outside.x, outside.y, outside.width) == (0, 0, 20)


def test_judging_leaves_random_numbers_alone(monkeypatch):
    """On Apple's GPUs too, of which none is here: training would draw the same in every epoch."""
    kept, given_back = torch.zeros(1, dtype=torch.uint8), []
    monkeypatch.setattr(torch.mps, "get_rng_state", lambda: kept)
    monkeypatch.setattr(torch.mps, "set_rng_state", given_back.append)
    for name in ("cpu", "mps"):
        before = torch.get_rng_state()
        with lent_training_mode(nn.Sequential(), torch.device(name)):
            torch.rand(1)
        assert torch.equal(torch.get_rng_state(), before)
    assert given_back == [kept]


def test_predicted_boxes_are_in_pixels_of_the_upright_source():
    sample = Sample(torch.zeros(3, 40, 60, dtype=torch.uint8), {}, image())
    output = {
        "boxes": torch.tensor([[15.0, 10.0, 30.0, 20.0], [5.0, 5.0, 5.2, 9.0]]),
        "labels": torch.tensor([2, 1]),
        "scores": torch.tensor([0.75, 0.9]),
    }
    [found] = Detect(spec(Task.DETECT)).objects(sample, output)
    assert found == {"label": "dog", "label_id": "b", "score": 0.75, "bbox": [30, 20, 30, 20]}


def test_enlarged_classes_are_those_of_the_enlarged_probabilities():
    chances = np.zeros((3, 4, 6), dtype=np.float32)
    chances[0], chances[2, :, 3:] = 0.4, 0.9
    classes, best = segment.enlarge(chances, 60, 40)
    assert (classes[:, :25] == 0).all() and (classes[:, 35:] == 2).all()
    assert best.max() == pytest.approx(0.9) and best.min() >= 0.39


def test_geometry_is_rasterised_at_the_size_of_the_network():
    outline = Polygon((Part(((20.0, 20.0), (100.0, 20.0), (100.0, 60.0), (20.0, 60.0))),))
    for geometry in (outline, Box(20, 20, 100, 60), mask(20, 20, 100, 60)):
        small = rasterise(geometry, (120, 80), (30, 20))
        assert small.sum() == 20 * 10 and small[5:15, 5:25].all()


def test_images_reach_the_asked_size_both_ways():
    assert to_longer_side(noise(), 60).shape == (40, 60, 3)
    assert to_longer_side(noise(), 240).shape == (160, 240, 3)
    assert to_longer_side(noise(500, 1), 50).shape == (1, 50, 3)


def test_the_dice_loss_of_a_sure_and_right_answer_is_nothing():
    wanted = torch.zeros(1, 8, 8, dtype=torch.int64)
    wanted[:, :, 4:] = 1
    wanted[:, :2] = segment.IGNORE
    logits = torch.full((1, 3, 8, 8), -20.0)
    logits[:, 0, :, :4] = logits[:, 1, :, 4:] = 20.0
    assert losses.of_overlap(logits, wanted, segment.IGNORE) == pytest.approx(0.0, abs=1e-4)
    assert losses.of_overlap(logits.flip(3), wanted, segment.IGNORE) > 0.8


def test_rle_of_a_mask_is_that_of_the_whole_image():
    found = masks.encode(np.random.default_rng(1).random((30, 40)) > 0.5, 7, 9)
    assert found is not None
    whole = masks.rasterise(found, 120, 80)
    assert (rle.decode_bitmap(rle.encode(found, 120, 80)) == whole).all()


def test_hiding_nothing_changes_nothing():
    picture = torch.zeros(3, 5, 5, dtype=torch.uint8)
    assert ignore_regions.hidden(picture, [], torch.zeros(0, 4), image()) is picture


CORNERS = np.zeros((80, 120), dtype=bool)
CORNERS[:2, :2] = CORNERS[-2:, -2:] = True
PARTS = Polygon((
    Part(((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))),
    Part(((118.0, 78.0), (120.0, 78.0), (120.0, 80.0), (118.0, 80.0))),
))  # fmt: skip


@pytest.mark.parametrize("task", [Task.DETECT, Task.INSTANCES])
@pytest.mark.parametrize("region", [masks.encode(CORNERS), PARTS])
def test_a_scattered_ignore_region_hides_its_pixels_alone(task, region):
    source = image(Truth("a", mask(40, 20, 80, 50)), Truth("a", region, ignore=True))
    adapter = adapter_for(spec(task, image_size=120))
    rgb = np.full((80, 120, 3), 7, dtype=np.uint8)
    sample = adapter.prepare(rgb, source, Augmentation.NONE)
    assert ((sample.image == augment.GREY).all(dim=0).numpy() == CORNERS).all()


@pytest.mark.parametrize("region", [masks.encode(CORNERS), PARTS])
def test_what_lies_between_the_parts_of_an_ignore_region_counts(region):
    source = image(Truth("a", Box(40, 20, 80, 50)), Truth("a", region, ignore=True))
    adapter = Detect(spec(Task.DETECT))
    truth = adapter.truth(source)
    assert [(o["bbox"], o["ignore"]) for o in truth["objects"]] == [
        ([40, 20, 40, 30], False), ([0, 0, 2, 2], True), ([118, 78, 2, 2], True),
    ]  # fmt: skip
    [right, *_] = truth["objects"]
    wrong = {**right, "bbox": [90.0, 20.0, 20.0, 30.0]}
    guess = {**truth, "objects": [right, wrong]}
    assert adapter.badness(truth, guess) == pytest.approx(1 / 3)


def test_a_rim_does_not_hide_what_it_encloses():
    rim = np.zeros((80, 120), dtype=bool)
    rim[20:60, 30:80] = True
    rim[22:58, 32:78] = False
    found = masks.encode(rim)
    assert found is not None and ignore_regions.part_boxes(found) == []

"""Training images are varied, and what is labelled on them goes along to the pixel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor
from torchvision import tv_tensors

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning.adapter import Mixing, Sample
from studio.learning.choices import Augmentation
from studio.learning.data import augment, blending
from studio.learning.data.variation import NAMES, Variation, names, preset
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.tasks.detect import unclamped
from studio.learning.tasks.losses import Criterion
from tests.learning import scenes

LABELS = (Label("a", "cat", "#000000", 0), Label("b", "dog", "#ffffff", 1))


def varied(given: Variation, boxes: list[list[float]], size: tuple[int, int] = (40, 30)):
    """What becomes of white boxes on black, ``size`` (width, height), and of their masks."""
    width, height = size
    image = torch.zeros(3, height, width, dtype=torch.uint8)
    masks = torch.zeros(len(boxes), height, width, dtype=torch.uint8)
    for mask, (x0, y0, x1, y1) in zip(masks, boxes, strict=True):
        mask[int(y0) : int(y1), int(x0) : int(x1)] = 1
        image[:, mask > 0] = 255
    return augment.for_objects(given, outside=255)(
        tv_tensors.Image(image),
        {"boxes": unclamped(torch.tensor(boxes), size), "masks": tv_tensors.Mask(masks)},
    )


def test_a_mirrored_box_is_where_its_pixels_are():
    image, target = varied(Variation(flip_horizontal=1.0), [[2, 3, 12, 9]])
    assert target["boxes"].tolist() == [[28, 3, 38, 9]]
    assert torch.equal(image[0] > 0, target["masks"][0] > 0)
    image, target = varied(Variation(flip_vertical=1.0), [[2, 3, 12, 9]])
    assert target["boxes"].tolist() == [[2, 21, 12, 27]]
    assert torch.equal(image[0] > 0, target["masks"][0] > 0)


def test_a_mask_is_magnified_as_its_pixels_are():
    off = covered = 0
    for seed in range(50):
        torch.manual_seed(seed)
        image, target = varied(Variation(zoom=1.6), [[10, 8, 28, 22]])
        mask = target["masks"][0] > 0
        off += int(((image[0] > 127) != mask).sum())
        covered += int(mask.sum())
    assert off < 0.01 * covered, "not even half a pixel beside its object"


def test_quarter_turns_are_exact_and_swap_the_sides():
    turned = {
        (30, 40): {(3, 28, 9, 38), (21, 2, 27, 12)},
        (40, 30): {(28, 21, 38, 27)},
    }
    seen = set()
    for seed in range(30):
        torch.manual_seed(seed)
        image, target = varied(Variation(quarter_turns=1.0), [[2, 3, 12, 9]])
        size = (image.shape[2], image.shape[1])
        assert target["boxes"].canvas_size == (size[1], size[0])
        [box] = target["boxes"].tolist()
        assert tuple(box) in turned[size]
        assert torch.equal(image[0] > 0, target["masks"][0] > 0)
        seen.add(tuple(box))
    assert len(seen) == 3


def test_a_turned_box_bounds_its_corners(monkeypatch):
    monkeypatch.setattr(torch.Tensor, "uniform_", lambda self, low, high: self.fill_(high))
    _, target = varied(Variation(rotation_deg=90.0), [[10, 10, 20, 14]], size=(40, 40))
    assert target["boxes"].flatten().tolist() == pytest.approx([26, 10, 30, 20], abs=1e-4)
    _, target = varied(Variation(shear_deg=45.0), [[10, 10, 20, 14]], size=(40, 40))
    low, _, high, _ = target["boxes"].flatten().tolist()
    assert high - low == pytest.approx(10 + 4, abs=1e-4)


@pytest.mark.parametrize("change", [{"rotation_deg": 40.0}, {"shear_deg": 30.0}])
def test_a_tilted_mask_stays_on_its_object_and_within_its_box(change):
    for seed in range(10):
        torch.manual_seed(seed)
        image, target = varied(Variation(**change), [[14, 12, 30, 20]], size=(44, 32))
        bright, mask = image[0] > 127, target["masks"][0] == 1
        assert (bright & mask).sum() / (bright | mask).sum() > 0.9
        x0, y0, x1, y1 = target["boxes"].flatten().tolist()
        rows, columns = torch.nonzero(mask, as_tuple=True)
        assert columns.min() + 1 >= x0 and columns.max() <= x1
        assert rows.min() + 1 >= y0 and rows.max() <= y1


def test_beyond_the_borders_of_a_turned_image_nothing_is_known():
    torch.manual_seed(1)
    image, target = varied(Variation(rotation_deg=45.0), [[0, 0, 40, 30]])
    unknown = target["masks"][0] == 255
    assert unknown.any()
    assert (image[:, unknown].float() - augment.GREY).abs().mean() < 20


@pytest.mark.parametrize(
    "change",
    [
        {"brightness": 0.5}, {"contrast": 0.5}, {"saturation": 0.5}, {"hue": 0.3}, {"blur": 1.0},
        {"noise": 0.3}, {"erasing": 1.0},
    ],
)  # fmt: skip
def test_changes_of_pixels_move_nothing(change):
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (3, 30, 40), np.uint8))
    mask = (image[:1] > 99).to(torch.uint8)
    boxes = unclamped(torch.tensor([[2.0, 3, 12, 9]]), (40, 30))
    changed = False
    for seed in range(5):
        torch.manual_seed(seed)
        found, target = augment.for_objects(Variation(**change))(
            tv_tensors.Image(image), {"boxes": boxes, "masks": tv_tensors.Mask(mask)}
        )
        assert found.dtype == torch.uint8 and found.shape == image.shape
        assert torch.equal(target["masks"].as_subclass(Tensor), mask)
        assert torch.equal(target["boxes"].as_subclass(Tensor), boxes.as_subclass(Tensor))
        changed |= not torch.equal(found.as_subclass(Tensor), image)
    assert changed


def test_an_erased_rectangle_is_grey_and_of_bounded_size():
    for seed in range(20):
        torch.manual_seed(seed)
        image = tv_tensors.Image(torch.zeros(3, 50, 70, dtype=torch.uint8))
        hidden = augment.for_objects(Variation(erasing=1.0))(image)
        part = (hidden == augment.GREY).all(dim=0).float().mean()
        assert 0.01 < part < 0.25


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("strength", Augmentation)
def test_nothing_is_turned_upside_down_unasked(task, strength):
    given = preset(task, strength)
    assert given.flip_vertical == given.quarter_turns == 0 and given.rotation_deg <= 15
    assert (given == Variation()) == (strength is Augmentation.NONE)
    foreign = set(NAMES) - set(names(task))
    assert all(getattr(given, name) == getattr(Variation(), name) for name in foreign)


def test_single_changes_overrule_the_preset():
    config = scenes.config(Task.DETECT, augmentation="medium", hue=0.0, flip_vertical=0.5)
    given = Variation.of(config)
    assert (given.hue, given.flip_vertical, given.zoom) == (0.0, 0.5, 1.25)
    none = scenes.config(Task.DETECT, augmentation="none", blur=1.0)
    assert Variation.of(none) == Variation(blur=1.0)


@pytest.mark.parametrize("change", [{}, {"crop": 0.3}, {"rand_augment": 2}, {"shear_deg": 20.0}])
def test_a_classifier_always_gets_its_size(change):
    image = torch.zeros(3, 50, 90, dtype=torch.uint8)
    for seed in range(3):
        torch.manual_seed(seed)
        assert augment.for_classes(Variation(**change), 32)(image).shape == (3, 32, 32)


# Blends ---------------------------------------------------------------------------------------


def picture(level: int, tag: str) -> Sample:
    source = FrozenImage(level, "a.png", "a.png", "", 8, 8, Split.TRAIN, tags=(tag,))
    index = ["a", "b"].index(tag)
    image = torch.full((3, 32, 32), level, dtype=torch.uint8)
    return Sample(image, {"class": torch.tensor(index)}, source)


def test_the_parts_of_a_cutmix_are_its_areas():
    for seed in range(20):
        torch.manual_seed(seed)
        mixed, share = blending.cutmix(picture(0, "a").image, picture(200, "b").image)
        assert float((mixed == 0).float().mean()) == pytest.approx(share)
        assert set(mixed.unique().tolist()) <= {0, 200}


def test_the_parts_of_a_mixup_are_its_brightness():
    for seed in range(20):
        torch.manual_seed(seed)
        mixed, share = blending.mixup(picture(0, "a").image, picture(200, "b").image)
        assert float(mixed[0, 0, 0]) == pytest.approx(200 * (1 - share), abs=0.51)


@pytest.mark.parametrize("chances", [{"cutmix": 1.0}, {"mixup": 1.0}])
def test_a_blended_example_is_asked_for_in_parts(chances):
    adapter = adapter_for(ModelSpec(Task.CLASSIFY, scenes.config(Task.CLASSIFY, **chances), LABELS))
    assert isinstance(adapter, Mixing)
    torch.manual_seed(3)
    mixed = adapter.mix(picture(0, "a"), lambda: picture(200, "b"), 1)
    parts = mixed.target["class"]
    assert float(parts.sum()) == pytest.approx(1)
    assert float(mixed.image.float().mean() / 200) == pytest.approx(float(parts[1]), abs=0.01)
    plain = picture(0, "a")

    class Even(torch.nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.new_zeros(len(x), 2)

    loss = adapter.loss(Even(), [mixed, plain], torch.device("cpu"))
    assert loss == pytest.approx(float(np.log(2)), rel=1e-5)
    assert Criterion.of(adapter.spec).weights == ()


def test_without_a_chance_nothing_is_blended_and_nothing_drawn():
    adapter = adapter_for(ModelSpec(Task.CLASSIFY, scenes.config(Task.CLASSIFY), LABELS))
    assert isinstance(adapter, Mixing)
    before = torch.get_rng_state()
    sample = picture(0, "a")
    assert adapter.mix(sample, lambda: pytest.fail("not asked for"), 1) is sample
    assert torch.equal(before, torch.get_rng_state())


def test_blends_of_several_tags_know_what_both_know():
    spec = replace(
        ModelSpec(Task.CLASSIFY, scenes.config(Task.CLASSIFY, mixup=1.0), LABELS), multi_label=True
    )
    adapter = adapter_for(spec)
    assert isinstance(adapter, Mixing)
    first, second = (
        Sample(s.image, {"class": wanted, "known": known}, s.source)
        for s, wanted, known in (
            (picture(0, "a"), torch.tensor([1.0, 0]), torch.tensor([1.0, 1])),
            (picture(200, "b"), torch.tensor([0.0, 1]), torch.tensor([1.0, 0])),
        )
    )
    mixed = adapter.mix(first, lambda: second, 1)
    assert mixed.target["known"].tolist() == [1, 0]

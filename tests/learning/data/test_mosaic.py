"""Pictures put together: what boxes and masks say stays what the pixels show."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import max_pool2d
from torchvision.ops import masks_to_boxes

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.learning.adapter import Sample
from studio.learning.config import Augmentation
from studio.learning.data import mosaic
from studio.learning.data.mosaic import Scene
from studio.learning.data.reading import Pictures
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from tests.learning import scenes

LABELS = (Label("a", "square", "#000000", 0), Label("b", "disc", "#ffffff", 1))


def scene(label: int, height: int = 60, width: int = 80) -> Scene:
    """A dark picture whose one object is as bright as its label says."""
    x, y, side = 10 * label, 5 * label, 20
    image = torch.zeros(3, height, width, dtype=torch.uint8)
    masks = torch.zeros(1, height, width, dtype=torch.uint8)
    image[:, y : y + side, x : x + side] = 50 * label
    masks[0, y : y + side, x : x + side] = 1
    boxes = torch.tensor([[x, y, x + side, y + side]], dtype=torch.float32)
    return Scene(image, boxes, torch.tensor([label]), masks)


def check(made: Scene) -> None:
    """Each box encloses its mask closely, and the mask covers pixels of its object's."""
    assert made.masks is not None
    assert len(made.boxes) == len(made.labels) == len(made.masks)
    height, width = made.image.shape[1:]
    for box, label, mask in zip(made.boxes, made.labels, made.masks, strict=True):
        drawn = masks_to_boxes(mask[None])[0] + torch.tensor([0.0, 0.0, 1.0, 1.0])
        assert (drawn - box).abs().max() <= 1.5
        assert box.min() >= 0 and box[2] <= width and box[3] <= height
        middle = ((box[:2] + box[2:]) / 2).long()
        assert made.image[0, middle[1], middle[0]] == 50 * label


@settings(max_examples=30)
@given(seed=st.integers(0, 2**31))
def test_objects_of_a_mosaic_lie_where_their_boxes_and_masks_say(seed: int) -> None:
    torch.manual_seed(seed)

    made = mosaic.mosaic([scene(label) for label in (1, 2, 3, 4)])

    assert made.image.shape == (3, 60, 80)
    assert set(made.labels.tolist()) <= {1, 2, 3, 4}
    check(made)


def test_a_mosaic_shows_parts_of_all_four() -> None:
    torch.manual_seed(0)
    counts = [len(mosaic.mosaic([scene(n) for n in (1, 2, 3, 4)]).labels) for _ in range(50)]
    assert max(counts) == 4 and sum(counts) > 75


@settings(max_examples=30)
@given(seed=st.integers(0, 2**31))
def test_mixup_lays_one_picture_over_another_with_its_objects(seed: int) -> None:
    torch.manual_seed(seed)

    made = mosaic.mixup(scene(2), scene(4))

    assert made.masks is not None
    assert made.labels[0] == 2 and set(made.labels[1:].tolist()) <= {4}
    own, masks = made.masks[0] > 0, made.masks
    theirs = masks[1:].sum(0) > 0
    within = max_pool2d((~theirs)[None].float(), 3, 1, 1)[0] == 0  # their edge is a blend itself
    assert torch.equal(made.boxes[0], scene(2).boxes[0])
    both, alone = made.image[0][own & within].tolist(), made.image[0][own & ~theirs].tolist()
    assert all(value == 150 for value in both), "half of 100 and half of 200"
    assert all(value >= 50 for value in alone)


def test_pictures_without_objects_can_be_put_together() -> None:
    empty = scene(1).only(torch.tensor([False]))
    assert len(mosaic.mosaic([empty] * 4).boxes) == 0
    assert mosaic.mixup(empty, replace(empty, masks=None)).boxes.shape == (0, 4)


@pytest.mark.parametrize(("epochs", "last_open"), [(1, 1), (2, 1), (10, 8), (60, 51), (300, 255)])
def test_the_end_of_a_run_sees_whole_pictures(epochs: int, last_open: int) -> None:
    config = scenes.config(Task.DETECT, epochs=epochs)
    assert [e for e in range(1, epochs + 1) if mosaic.is_open(config, e)][-1] == last_open


@pytest.fixture
def pictures(tmp_path):
    """Makes the readers of six scenes with squares and discs, by settings."""
    sources = []
    for number in range(6):
        path = tmp_path / f"{number}.png"
        box, _ = scenes.draw(path, number % 2, seed=number)
        truth = Truth(LABELS[number % 2].id, box)
        side = scenes.SIDE_PX
        sources.append(
            FrozenImage(number, str(path), path.name, "", side, side, Split.TRAIN, (), (truth,))
        )

    def make(task: Task = Task.DETECT, **changes: object) -> Pictures:
        spec = ModelSpec(task, scenes.config(task, epochs=10, **changes), LABELS)
        return Pictures(sources, adapter_for(spec), Augmentation.LIGHT, plain=sources[:1])

    return make


def test_what_is_put_together_depends_on_seed_epoch_and_image_alone(pictures) -> None:
    first, again = pictures(mosaic=1.0, mixup=0.5), pictures(mosaic=1.0, mixup=0.5)
    torch.manual_seed(5)
    before = [first[3, position] for position in range(6)]
    torch.manual_seed(6)
    after = [again[3, position] for position in reversed(range(6))][::-1]

    for one, other in zip(before, after, strict=True):
        assert isinstance(one, Sample) and isinstance(other, Sample)
        assert torch.equal(one.image, other.image)
        assert torch.equal(one.target["boxes"], other.target["boxes"])
    assert not torch.equal(before[0].image, first[4, 0].image)


def test_only_training_pictures_of_open_epochs_are_put_together(pictures) -> None:
    plain, mixing = pictures(), pictures(mosaic=1.0)
    assert "pieced" in mixing[8, 0].target
    for key in ((9, 0), (8, 6)):  # the end of the run; a picture to validate on
        assert "pieced" not in mixing[key].target
        assert torch.equal(plain[key].image, mixing[key].image)


def test_masks_come_along(pictures) -> None:
    made = pictures(Task.INSTANCES, mosaic=1.0)[1, 0]
    assert len(made.target["masks"]) == len(made.target["boxes"]) > 0
    drawn = masks_to_boxes(made.target["masks"])
    drawn[:, 2:] += 1
    assert torch.equal(drawn, made.target["boxes"])


def test_a_picture_that_cannot_be_read_is_replaced_by_the_first(pictures, tmp_path) -> None:
    for number in range(1, 6):
        (tmp_path / f"{number}.png").write_bytes(b"gone")
    made = pictures(mosaic=1.0)[1, 0]
    assert set(made.target["labels"].tolist()) <= {1}

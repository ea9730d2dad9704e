"""The one-stage detector as the trainer and the user meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor
from torchvision.ops import box_iou

from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import registry
from studio.learning.adapter import Sample
from studio.learning.config import TrainConfig
from studio.learning.models.yolox.cells import Cells
from studio.learning.models.yolox.losses import Truths, losses
from studio.learning.models.yolox.network import Detector, on_canvas
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks.detect import Detect
from studio.vision import images
from tests.learning import scenes

CLASSES = 2
LABELS = (Label("a", "square", "#000000", 0), Label("b", "disc", "#ffffff", 1))


@pytest.fixture
def model() -> Detector:
    torch.manual_seed(0)
    settings = TrainConfig(Task.DETECT, "yolox_nano", image_size=64, batch_size=2)
    built, _ = registry.build(settings, CLASSES, pretrained=False)
    assert isinstance(built, Detector)
    return built


def target(*boxes: tuple[float, float, float, float], pieced: bool = False) -> dict[str, Tensor]:
    found = {
        "boxes": torch.tensor(boxes).reshape(-1, 4),
        "labels": torch.ones(len(boxes), dtype=torch.int64),
    }
    return found | ({"pieced": torch.tensor(True)} if pieced else {})


def test_an_image_is_put_on_grey_in_blue_green_red() -> None:
    red = torch.zeros(3, 40, 70)
    red[0] = 1.0

    canvas = on_canvas([red, torch.zeros(3, 64, 10)])

    assert canvas.shape == (2, 3, 64, 96)
    assert canvas[0, :, 0, 0].tolist() == [0, 0, 255]
    assert canvas[0, :, 40, 0].tolist() == canvas[0, :, 0, 70].tolist() == [114, 114, 114]


@pytest.mark.parametrize("boxes", [(), ((5.0, 5.0, 30.0, 30.0),)])
def test_every_weight_learns_whether_there_are_objects_or_not(
    model: Detector, boxes: tuple[tuple[float, float, float, float], ...]
) -> None:
    parts = model.train()([torch.rand(3, 48, 64)], [target(*boxes)])
    assert isinstance(parts, dict)

    torch.stack(list(parts.values())).sum().backward()

    for name, weight in model.named_parameters():
        assert weight.grad is not None and bool(weight.grad.isfinite().all()), name


def test_what_it_says_of_objects_is_in_the_picture_and_the_best_comes_first(
    model: Detector,
) -> None:
    for output in (*model.head.object_outputs, *model.head.class_outputs):
        torch.nn.init.constant_(output.bias, 2.0)  # type: ignore[union-attr]

    with torch.no_grad():
        [found, _] = model.eval()([torch.rand(3, 40, 56), torch.rand(3, 64, 64)])

    boxes, scores = found["boxes"], found["scores"]
    assert len(boxes) == len(scores) == len(found["labels"]) > 0
    assert boxes.min() >= 0 and boxes[:, 2].max() <= 56 and boxes[:, 3].max() <= 40
    assert torch.equal(scores, scores.sort(descending=True).values)
    assert set(found["labels"].tolist()) <= {1, 2}
    for label in (1, 2):
        overlap = box_iou(boxes[found["labels"] == label], boxes[found["labels"] == label])
        assert (overlap.fill_diagonal_(0) <= 0.65).all()


def said_exactly(box: list[float]) -> tuple[Cells, Tensor]:
    """A head's output whose every cell says ``box``, an object, and class 0."""
    cells = Cells.of(64, 64, torch.device("cpu"))
    every = torch.arange(len(cells.strides))
    said = torch.full((1, len(every), 5 + CLASSES), 20.0)
    said[0, :, :4] = cells.encode(torch.tensor([box]).repeat(len(every), 1), every)
    said[0, :, 6] = -20.0
    return cells, said


def test_a_right_answer_costs_nothing_but_certainty_elsewhere() -> None:
    box = [16.0, 16.0, 32.0, 32.0]
    cells, said = said_exactly(box)

    parts = losses(cells, said, [Truths(torch.tensor([box]), torch.tensor([0]))])

    assert float(parts["box"]) == pytest.approx(0, abs=1e-5)
    assert float(parts["class"]) == pytest.approx(0, abs=1e-5)
    assert float(parts["sides"]) == pytest.approx(0, abs=1e-5)
    assert float(parts["object"]) == pytest.approx(20 * (84 - 10) / 10)  # of ten that answer


def test_sides_are_learned_exactly_from_whole_pictures_only() -> None:
    cells, said = said_exactly([16.0, 16.0, 32.0, 32.0])
    boxes, classes = torch.tensor([[16.0, 16.0, 32.0, 30.0]]), torch.tensor([0])

    whole = losses(cells, said, [Truths(boxes, classes)])
    pieced = losses(cells, said, [Truths(boxes, classes, pieced=True)])

    assert float(whole["sides"]) > 0 and float(pieced["sides"]) == 0
    assert float(whole["box"]) == float(pieced["box"])


def test_boxes_can_be_taught_by_generalised_iou(model: Detector) -> None:
    cells, said = said_exactly([0.0, 0.0, 8.0, 8.0])  # far from the object, whose IoU with it is 0
    truths = [Truths(torch.tensor([[40.0, 40.0, 60.0, 60.0]]), torch.tensor([0]))]
    parts = losses(cells, said, truths, giou=True)
    assert float(parts["box"]) == pytest.approx(5 * (1 + (3600 - 464) / 3600), rel=1e-4)
    assert not model.giou

    settings = TrainConfig(Task.DETECT, "yolox_nano", image_size=64).changed({"loss": "giou"})
    built, _ = registry.build(settings, CLASSES, pretrained=False)
    assert isinstance(built, Detector) and built.giou
    other = TrainConfig(Task.DETECT, "fasterrcnn_small_cnn_fpn").changed({"loss": "giou"})
    with pytest.raises(ConfigError, match="fasterrcnn_small_cnn_fpn cannot be trained with GIoU"):
        registry.build(other, CLASSES, pretrained=False)


def test_a_pieced_target_reaches_the_loss(model: Detector) -> None:
    model.train()
    image = [torch.rand(3, 64, 64)]
    box = (5.0, 5.0, 30.0, 30.0)
    with torch.no_grad():
        whole = model(image, [target(box)])
        pieced = model(image, [target(box, pieced=True)])
    assert float(whole["sides"]) > 0 and float(pieced["sides"]) == 0


def test_two_pictures_are_learned_by_heart_and_their_objects_found(tmp_path: Path) -> None:
    settings = scenes.config(Task.DETECT, model="yolox_nano", batch_size=2)
    adapter = Detect(ModelSpec(Task.DETECT, settings, LABELS))
    samples = [learned(adapter, tmp_path, kind) for kind in (0, 1)]
    torch.manual_seed(0)
    model, _ = registry.build(settings, CLASSES)
    optimizer = torch.optim.AdamW(registry.parameter_groups(model, settings))
    device = torch.device("cpu")
    model.train()
    for _ in range(40):
        optimizer.zero_grad()
        adapter.loss(model, samples, device).backward()
        optimizer.step()

    with torch.no_grad():
        predictions = adapter.predict(model.eval(), samples, device)

    for sample, prediction, name in zip(samples, predictions, ("square", "disc"), strict=True):
        sure = [each for each in prediction["objects"] if each["score"] > 0.4]
        assert [each["label"] for each in sure] == [name]
        x, y, width, height = sure[0]["bbox"]
        box = torch.tensor([[x, y, x + width, y + height]])
        assert float(box_iou(box, sample.target["boxes"])) > 0.65


def learned(adapter: Detect, folder: Path, kind: int) -> Sample:
    path = folder / f"{kind}.png"
    box, _ = scenes.draw(path, kind, seed=kind)
    truth = Truth(LABELS[kind].id, box)
    side = scenes.SIDE_PX
    source = FrozenImage(kind, str(path), path.name, "", side, side, Split.TRAIN, (), (truth,))
    return adapter.prepare(images.read(path), source, None)


def test_in_half_precision_boxes_stay_exact(model: Detector) -> None:
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        said = model.eval().say(on_canvas([torch.rand(3, 64, 64)]))
    assert said.dtype is torch.float32
    assert not torch.equal(said, said.bfloat16().float()), "not rounded on the way"

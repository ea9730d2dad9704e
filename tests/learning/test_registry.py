"""Every listed architecture learns, is saved, comes back, and predicts exactly the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from studio.domain.runs import Task
from studio.errors import ConfigError, WeightsMissing, WeightsUnusable
from studio.learning import catalogue, registry
from studio.learning.catalogue import detectors
from studio.learning.catalogue.published import Pretraining
from studio.learning.config import TrainConfig, Weights
from studio.learning.models.auxiliary import total_loss
from tests.learning import large

CLASSES = 3
HEIGHT, WIDTH = 48, 64
ALL = [
    pytest.param(card.task, card.name, id=card.name, marks=large.marks(card))
    for card in (*(each for task in Task for each in catalogue.cards(task)), *detectors.more())
]
FEW = {"training": 30, "testing": 30}
"""Proposals; the second versions' heads are slow on many."""
FINDS = tuple(task for task in Task if task.finds)
PLACES = 3


def config(task: Task, model: str, **values: object) -> TrainConfig:
    size = max(WIDTH, catalogue.card(task, model).min_image_size)
    start = TrainConfig(task, model, image_size=size, batch_size=2, lr=1e-3)
    return start.changed(values)


def target() -> dict[str, Tensor]:
    masks = torch.zeros(2, HEIGHT, WIDTH, dtype=torch.uint8)
    masks[0, 4:30, 5:33] = 1
    masks[1, 20:44, 30:60] = 1
    boxes = torch.tensor([[5.0, 4.0, 33.0, 30.0], [30.0, 20.0, 60.0, 44.0]])
    points = torch.tensor([[[9.0, 8, 2], [20, 20, 1], [0, 0, 0]], [[40, 30, 2]] * 3])
    labels = torch.tensor([1, CLASSES])
    return {"boxes": boxes, "labels": labels, "masks": masks, "keypoints": points}


def loss(model: nn.Module, task: Task, images: Tensor) -> Tensor:
    match task:
        case Task.CLASSIFY:
            return nn.functional.cross_entropy(model(images), torch.arange(len(images)))
        case Task.SEGMENT:
            truth = torch.full((len(images), HEIGHT, WIDTH), CLASSES)
            return total_loss(model(images), lambda each: nn.functional.cross_entropy(each, truth))
        case _:
            losses = model(list(images), [target() for _ in images])
            return torch.stack(list(losses.values())).sum()


def train(model: nn.Module, settings: TrainConfig, batches: list[int]) -> None:
    optimizer = torch.optim.AdamW(registry.parameter_groups(model, settings))
    model.train()
    if hasattr(model, "roi_heads"):
        model.rpn._pre_nms_top_n = model.rpn._post_nms_top_n = FEW
    for count in batches:
        optimizer.zero_grad()
        loss(model, settings.task, torch.rand(count, 3, HEIGHT, WIDTH)).backward()
        optimizer.step()


@torch.no_grad()
def predictions(model: nn.Module, task: Task, count: int = 2) -> list[Tensor]:
    images = torch.rand(count, 3, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(1))
    model.eval()
    if task in FINDS:
        if hasattr(model, "roi_heads"):
            model.roi_heads.detections_per_img = 10  # a mask for each takes time
            model.rpn._pre_nms_top_n = model.rpn._post_nms_top_n = FEW
        return [value for found in model(list(images)) for value in found.values()]
    return [model(images)]


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


@pytest.mark.parametrize(("task", "name"), ALL)
def test_two_steps_saved_and_reloaded_predict_the_same(
    task: Task, name: str, tmp_path: Path
) -> None:
    settings = config(task, name)
    model, _ = registry.build(settings, CLASSES, PLACES, pretrained=False)
    millions = sum(p.numel() for p in model.parameters()) / 1e6
    assert catalogue.card(task, name).parameters_m == pytest.approx(millions, rel=0.05, abs=0.05)
    is_slow = settings.image_size > WIDTH  # on a canvas that cannot be small
    train(model, settings, batches=[1] if is_slow else [2, 1])
    count = 1 if is_slow else 2
    expected = predictions(model, task, count)

    save_file(model.state_dict(), tmp_path / "best.safetensors")
    again, _ = registry.build(settings, CLASSES, PLACES, pretrained=False)
    again.load_state_dict(load_file(tmp_path / "best.safetensors"))

    found = predictions(again, task, count)
    assert len(found) == len(expected)
    assert all(torch.equal(a, b) for a, b in zip(found, expected, strict=True))
    if task is Task.CLASSIFY:
        assert found[0].shape == (2, CLASSES)
    elif task is Task.SEGMENT:
        assert found[0].shape == (2, 1 + CLASSES, HEIGHT, WIDTH)


@pytest.mark.parametrize(
    ("task", "name"),
    [
        (Task.CLASSIFY, "mobilenet_v3_small"),
        (Task.DETECT, "ssdlite320_mobilenet_v3_large"),
        (Task.DETECT, "fasterrcnn_mobilenet_v2_fpn"),
        (Task.SEGMENT, "lraspp_mobilenet_v3_large"),
        (Task.SEGMENT, "unet_resnet18"),
    ],
)
def test_from_scratch_a_batch_of_one_trains(task: Task, name: str) -> None:
    for batch_size in (1, 16):
        settings = config(task, name, weights="scratch", batch_size=batch_size)
        model, report = registry.build(settings, CLASSES)
        train(model, settings, batches=[1])
        assert report.matched == ()


@pytest.mark.parametrize("backbone", ["shufflenet_v2_x1_0", "convnext_tiny"])
def test_a_unet_grows_on_backbones_that_are_not_listed(backbone: str) -> None:
    settings = config(Task.SEGMENT, f"unet_{backbone}")
    model, _ = registry.build(settings, CLASSES, pretrained=False)

    train(model, settings, batches=[1])

    assert predictions(model, Task.SEGMENT)[0].shape == (2, 1 + CLASSES, HEIGHT, WIDTH)


@pytest.mark.parametrize("task", FINDS)
def test_a_picture_without_objects_is_learned_from(task: Task) -> None:
    model, _ = registry.build(
        config(task, catalogue.cards(task)[0].name), CLASSES, PLACES, pretrained=False
    )
    nothing = {
        "boxes": torch.zeros(0, 4),
        "labels": torch.zeros(0, dtype=torch.int64),
        "masks": torch.zeros(0, HEIGHT, WIDTH, dtype=torch.uint8),
        "keypoints": torch.zeros(0, PLACES, 3),
    }
    model.train()
    losses = model([torch.rand(3, HEIGHT, WIDTH)], [nothing])
    assert all(torch.isfinite(value) for value in losses.values())


@torch.no_grad()
def test_ssdlite_sees_the_same_picture_alone_and_in_a_batch() -> None:
    settings = config(Task.DETECT, "ssdlite320_mobilenet_v3_large")
    model, _ = registry.build(settings, CLASSES, pretrained=False)
    model.eval()
    tall, wide = torch.rand(3, 64, 40), torch.rand(3, 40, 64)

    alone = model([wide])[0]["boxes"]
    together = model([wide, tall])[0]["boxes"]

    torch.testing.assert_close(alone, together)
    assert float(alone[:, 3].max()) <= 40


def test_the_head_learns_faster_than_the_backbone_and_norms_do_not_decay() -> None:
    settings = config(Task.CLASSIFY, "resnet18", lr=0.01, backbone_lr_factor=0.1)
    model, _ = registry.build(settings, CLASSES, pretrained=False)

    groups = {group["name"]: group for group in registry.parameter_groups(model, settings)}

    assert groups["head"]["lr"] == 0.01
    assert groups["backbone"]["lr"] == pytest.approx(0.001)
    assert [tuple(p.shape) for p in groups["head"]["params"]] == [(CLASSES, 512)]
    assert groups["backbone"]["weight_decay"] == settings.weight_decay
    assert groups["backbone, no decay"]["weight_decay"] == 0
    assert all(p.ndim == 1 for p in groups["backbone, no decay"]["params"])
    counted = sum(len(group["params"]) for group in groups.values())
    assert counted == len(list(model.parameters()))


def test_from_scratch_everything_learns_at_one_rate() -> None:
    settings = config(Task.CLASSIFY, "resnet18", weights="scratch")
    model, _ = registry.build(settings, CLASSES)

    assert {group["lr"] for group in registry.parameter_groups(model, settings)} == {settings.lr}


def test_a_picture_too_small_for_the_model_is_refused() -> None:
    with pytest.raises(ConfigError, match="unet_resnet18 needs images of at least 64"):
        registry.build(config(Task.SEGMENT, "unet_resnet18", image_size=32), CLASSES)


def test_missing_weights_are_never_replaced_by_random_ones(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"--from-scratch") as caught:
        registry.build(config(Task.CLASSIFY, "resnet18"), CLASSES, weights_folder=tmp_path)
    assert "STUDIO_WEIGHTS" in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_classifier_takes_all_but_its_last_layer(tmp_path: Path) -> None:
    published(tmp_path, "squeezenet1_1")

    model, report = registry.build(
        config(Task.CLASSIFY, "squeezenet1_1"), CLASSES, weights_folder=tmp_path
    )

    assert report.new == ("classifier.1.weight", "classifier.1.bias")
    assert report.pretraining is Pretraining.IMAGENET
    assert "only the part that names your classes is new" in str(report.sentence)
    stored = load_file(tmp_path / "squeezenet1_1.safetensors")
    assert torch.equal(model.state_dict()["features.0.weight"], stored["features.0.weight"])


@pytest.mark.parametrize(
    ("task", "name", "architecture", "prefix"),
    [
        (Task.DETECT, "fasterrcnn_mobilenet_v2_fpn", "mobilenet_v2", "backbone.body."),
        (Task.INSTANCES, "maskrcnn_mobilenet_v2_fpn", "mobilenet_v2", "backbone.body."),
        (Task.SEGMENT, "unet_mobilenet_v2", "mobilenet_v2", "encoder."),
        (Task.DETECT, "fasterrcnn_resnet50_fpn", "resnet50", "backbone.body."),
        (Task.SEGMENT, "lraspp_mobilenet_v3_large", "mobilenet_v3_large", "net.backbone."),
        (
            Task.DETECT,
            "fasterrcnn_mobilenet_v3_large_fpn",
            "mobilenet_v3_large",
            "backbone.body.",
        ),
    ],
)
def test_a_classifiers_weights_serve_as_backbone(
    task: Task, name: str, architecture: str, prefix: str, tmp_path: Path
) -> None:
    published(tmp_path, architecture)

    model, report = registry.build(config(task, name), CLASSES, weights_folder=tmp_path)

    assert not report.whole
    assert "the part that sees" in str(report.sentence)
    of_backbone = {k for k in model.state_dict() if k.startswith(prefix)}
    assert of_backbone == set(report.matched)
    assert not any(key.startswith(prefix) for key in report.new)


@pytest.mark.parametrize(
    ("task", "name", "new"),
    [
        (Task.DETECT, "ssdlite320_mobilenet_v3_large", "head.classification_head."),
        (Task.DETECT, "fasterrcnn_mobilenet_v3_large_fpn", "roi_heads.box_predictor."),
        (Task.INSTANCES, "maskrcnn_resnet50_fpn", "roi_heads."),
        (Task.SEGMENT, "lraspp_mobilenet_v3_large", "net.classifier."),
    ],
)
def test_a_whole_coco_model_keeps_all_but_its_classes(
    task: Task, name: str, new: str, tmp_path: Path
) -> None:
    published(tmp_path, name, in_names_of_2019=True)

    _, report = registry.build(config(task, name), CLASSES, weights_folder=tmp_path)

    assert report.whole and report.pretraining is Pretraining.COCO
    assert report.new and all(key.startswith(new) for key in report.new)
    assert len(report.new) <= 12


@torch.no_grad()
def test_coco_resnet_computes_what_torchvision_computes(tmp_path: Path) -> None:
    """torchvision sets the epsilon of these two weights' normalisation to zero."""
    published(tmp_path, "fasterrcnn_resnet50_fpn")
    theirs = torchvision_model("fasterrcnn_resnet50_fpn")
    theirs.load_state_dict(load_file(tmp_path / "fasterrcnn_resnet50_fpn.safetensors"))
    for module in theirs.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = 0.0
    settings = config(Task.DETECT, "fasterrcnn_resnet50_fpn")
    ours, _ = registry.build(settings, CLASSES, weights_folder=tmp_path)
    image = torch.rand(1, 3, 64, 64)

    expected = theirs.eval().backbone(image)
    found = ours.eval().backbone(image)  # type: ignore[operator]

    for level, features in expected.items():
        torch.testing.assert_close(found[level], features, rtol=1e-3, atol=1e-4)


def test_a_file_of_another_network_is_refused_by_name(tmp_path: Path) -> None:
    published(tmp_path, "squeezenet1_1").rename(tmp_path / "resnet18.safetensors")

    with pytest.raises(WeightsUnusable, match=r"resnet18\.safetensors does not hold.*conv1"):
        registry.build(config(Task.CLASSIFY, "resnet18"), CLASSES, weights_folder=tmp_path)


def test_the_shipped_network_serves_all_tasks() -> None:
    for task in Task:
        card = next(c for c in catalogue.cards(task) if c.backbone == catalogue.SMALL)
        _, report = registry.build(config(task, card.name), CLASSES)
        assert report.pretraining is Pretraining.SHAPES
        assert report.matched


def test_small_batches_keep_trained_statistics() -> None:
    settings = config(Task.CLASSIFY, "mobilenet_v3_small", batch_size=2)
    model, _ = registry.build(settings, CLASSES, pretrained=False)
    before = {k: v.clone() for k, v in model.state_dict().items() if "running" in k}

    train(model, settings, batches=[2])

    assert all(torch.equal(model.state_dict()[key], value) for key, value in before.items())


def torchvision_model(name: str) -> nn.Module:
    import torchvision

    alone = {"weights_backbone": None} if "rcnn" in name or "320" in name or "ra" in name else {}
    return torchvision.models.get_model(name, weights=None, **alone)


def published(folder: Path, name: str, *, in_names_of_2019: bool = False) -> Path:
    """A file as torchvision publishes it, with random values."""
    state = {k: v.clone() for k, v in torchvision_model(name).state_dict().items()}
    if in_names_of_2019:
        state = {_old_name(key): value for key, value in state.items()}
    path = folder / f"{name}.safetensors"
    save_file(state, path)
    return path


def _old_name(key: str) -> str:
    if key.startswith("backbone.fpn."):
        return key.replace(".0.weight", ".weight").replace(".0.bias", ".bias")
    if "mask_head" in key:
        _, _, index, _, kind = key.split(".")
        return f"roi_heads.mask_head.mask_fcn{int(index) + 1}.{kind}"
    return key.replace("rpn.head.conv.0.0.", "rpn.head.conv.")


def test_weights_scratch_needs_no_files() -> None:
    settings = config(Task.CLASSIFY, "squeezenet1_1", weights=Weights.SCRATCH)
    assert registry.build(settings, CLASSES)[1].path == ""

"""torchvision's detectors, as they are trained here: every one steps, answers and takes weights."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import FrozenBatchNorm2d

from studio.domain.runs import Task
from studio.learning import catalogue, registry
from studio.learning.catalogue.published import COCO
from studio.learning.config import TrainConfig, Weights
from studio.learning.models import ssd
from studio.learning.models.norms import CarefulBatchNorm2d
from studio.learning.pretrained import weights
from studio.learning.pretrained.loading import LoadReport, load_into, load_state
from studio.learning.pretrained.weights import Place
from tests.learning import large

CLASSES = 3
HEIGHT, WIDTH = 48, 64
ONE_STAGE = ("retinanet_resnet50_fpn", "retinanet_resnet50_fpn_v2", "fcos_resnet50_fpn")
SECOND = ("fasterrcnn_resnet50_fpn_v2", "maskrcnn_resnet50_fpn_v2")
NORMALISATIONS = (nn.BatchNorm2d, FrozenBatchNorm2d, nn.GroupNorm)
DETECTORS = ("fasterrcnn_mobilenet_v3_large_320_fpn", *ONE_STAGE, *SECOND, "ssd300_vgg16")


def config(name: str, **values: object) -> TrainConfig:
    task = Task.INSTANCES if name.startswith("mask") else Task.DETECT
    size = max(WIDTH, catalogue.card(task, name).min_image_size)
    return TrainConfig(task, name, image_size=size, batch_size=2).changed(values)


def built(name: str, **values: object) -> Any:
    """A model from random weights, with few proposals."""
    torch.manual_seed(0)
    model, _ = registry.build(config(name, **values), CLASSES, pretrained=False)
    if hasattr(model, "roi_heads"):
        model.rpn._pre_nms_top_n = model.rpn._post_nms_top_n = {"training": 12, "testing": 12}
        model.roi_heads.fg_bg_sampler.batch_size_per_image = 12
    return model


def targets(*, empty: bool = False) -> dict[str, Tensor]:
    boxes = torch.tensor([[5.0, 4.0, 33.0, 30.0], [30.0, 20.0, 60.0, 44.0]])
    masks = torch.zeros(2, HEIGHT, WIDTH, dtype=torch.uint8)
    masks[0, 4:30, 5:33] = masks[1, 20:44, 30:60] = 1
    whole = {"boxes": boxes, "labels": torch.tensor([1, CLASSES]), "masks": masks}
    return {name: value[:0] for name, value in whole.items()} if empty else whole


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=large.marks(catalogue.card(config(name).task, name)))
        for name in DETECTORS
        if name != "ssd300_vgg16"
    ],
)
def test_an_empty_picture_is_learned_from_and_boxes_stay_in_the_picture(name: str) -> None:
    model = built(name)
    tall, wide = torch.rand(3, WIDTH, HEIGHT), torch.rand(3, HEIGHT, WIDTH)

    losses = model([wide, tall], [targets(), targets(empty=True)])
    torch.stack(list(losses.values())).sum().backward()
    alone = model([wide], [targets(empty=True)])

    assert all(torch.isfinite(value) for value in (*losses.values(), *alone.values()))
    learned = [each for each in model.parameters() if each.requires_grad]
    assert all(each.grad is not None and torch.isfinite(each.grad).all() for each in learned)
    with torch.no_grad():
        [found] = model.eval()([wide])
    assert (found["boxes"] >= 0).all()
    assert (found["boxes"] <= torch.tensor([WIDTH, HEIGHT, WIDTH, HEIGHT])).all()
    assert set(found["labels"].tolist()) <= {1, 2, 3}


@pytest.mark.parametrize("name", ONE_STAGE)
def test_class_layers_start_from_the_focal_prior_and_background_is_never_told(name: str) -> None:
    model = built(name)
    head = model.head.classification_head
    bias = head.cls_logits.bias.detach().view(head.num_anchors, -1)
    assert torch.allclose(bias, torch.tensor(-math.log(99.0)))
    bias[:, 0], bias[:, 2] = 9.0, 1.0  # surely background, which no truth ever teaches
    with torch.no_grad():
        [found] = model.eval()([torch.rand(3, HEIGHT, WIDTH)])
    assert set(found["labels"].tolist()) <= {1, 2, 3} and 2 in found["labels"]


@pytest.mark.parametrize("name", DETECTORS)
def test_a_published_file_fits_but_for_its_classes(name: str) -> None:
    card = catalogue.card(config(name).task, name)
    family = registry.FAMILIES[card.family]
    with torch.device("meta"):
        model = family.build(card, config(name), CLASSES)
        state = torchvision_model(name).state_dict()

    report = load_into(model, state, family.placement(card, COCO[name]), Path("file"))

    assert report.new and all(key.startswith(family.class_layers) for key in report.new)
    assert set(report.new) == {key for key in report.unused if not key.endswith("_tracked")}
    assert set(report.matched) | set(report.new) >= {name for name, _ in model.named_parameters()}


@pytest.mark.parametrize("name", [*ONE_STAGE, *SECOND, "fasterrcnn_mobilenet_v3_large_320_fpn"])
def test_the_first_stages_are_fixed_and_the_rest_learns(name: str) -> None:
    with torch.device("meta"):
        model, scratch = (built(name, weights=start) for start in Weights)
    fixed = {key for key, value in model.named_parameters() if not value.requires_grad}
    stages = (
        tuple(f"backbone.body.{block}." for block in "0123")
        if "mobilenet" in name
        else ("backbone.body.conv1.", "backbone.body.bn1.", "backbone.body.layer1.")
    )
    assert fixed and all(key.startswith(stages) for key in fixed)
    assert fixed == {key for key, _ in model.named_parameters() if key.startswith(stages)}
    assert all(value.requires_grad for value in scratch.parameters())


def test_the_first_convolutions_of_a_trained_ssd_are_fixed() -> None:
    with torch.device("meta"):
        model = ssd.build(CLASSES, 300, is_trained=True)
    fixed = {key for key, value in model.named_parameters() if not value.requires_grad}
    assert fixed == {f"backbone.features.{n}.{kind}" for n in (0, 2) for kind in ("weight", "bias")}


@pytest.mark.parametrize("name", SECOND)
def test_norms_above_the_backbone_suit_the_batch(name: str) -> None:
    def norms(**values: object) -> tuple[set[type[nn.Module]], set[type[nn.Module]], set[bool]]:
        with torch.device("meta"):
            model = built(name, **values)
        found = {
            key: part for key, part in model.named_modules() if isinstance(part, NORMALISATIONS)
        }
        above = [part for key, part in found.items() if not key.startswith("backbone.body.")]
        return (
            {type(part) for key, part in found.items() if key.startswith("backbone.body.")},
            {type(part) for part in above},
            {part.steady for part in above if isinstance(part, CarefulBatchNorm2d)},
        )

    assert norms() == ({FrozenBatchNorm2d}, {CarefulBatchNorm2d}, {True})
    assert norms(batch_size=8) == ({FrozenBatchNorm2d}, {CarefulBatchNorm2d}, {False})
    assert norms(weights="scratch") == ({nn.GroupNorm}, {nn.GroupNorm}, set())


@torch.no_grad()
def test_coco_retinanet_computes_what_torchvision_computes(tmp_path: Path) -> None:
    """torchvision sets the epsilon of this file's normalisation to zero."""
    ours, _ = taken("retinanet_resnet50_fpn", tmp_path)
    theirs = torchvision_model("retinanet_resnet50_fpn")
    theirs.load_state_dict(load_file(tmp_path / "retinanet_resnet50_fpn.safetensors"))
    for module in theirs.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = 0.0
    image = torch.rand(1, 3, 32, 32)

    expected, found = theirs.eval().backbone(image), ours.eval().backbone(image)

    for level, features in expected.items():
        torch.testing.assert_close(found[level], features, rtol=1e-3, atol=1e-4)


def test_an_ssds_boxes_stand_where_torchvisions_do_at_its_own_size_only() -> None:
    with torch.device("meta"):
        theirs = torchvision_model("ssd300_vgg16")
    whole, large = (ssd_on_meta(size) for size in (300, 512))
    assert whole.anchor_generator.steps == theirs.anchor_generator.steps
    assert large.anchor_generator.steps is None
    features = [torch.zeros(1, 1, size, size) for size in (64, 32, 16, 8, 6, 4)]
    images = ImageList(torch.zeros(1, 3, 512, 512), [(512, 512)])
    [boxes] = large.anchor_generator(images, features)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    assert (middles > 0).all() and (middles < 512).all()
    batch = whole.transform([torch.zeros(3, 200, 300), torch.zeros(3, 300, 100)])[0].tensors
    assert batch.shape == (2, 3, 300, 300)


def ssd_on_meta(size: int) -> Any:
    with torch.device("meta"):
        return ssd.build(CLASSES, size, is_trained=True)


@torch.inference_mode()
@pytest.mark.parametrize("name", ["retinanet_resnet50_fpn", "fcos_resnet50_fpn"])
def test_half_precision_moves_no_anchor_and_no_box(name: str) -> None:
    model = built(name).eval()
    made: list[Tensor] = []
    model.anchor_generator.register_forward_hook(lambda _module, _inputs, out: made.extend(out))
    for dtype in (torch.float32, torch.bfloat16):
        with torch.autocast("cpu", dtype, enabled=dtype != torch.float32):
            [found] = model([torch.rand(3, 32, 640)])
        assert found["boxes"].dtype == torch.float32
    exact, anchors = made
    assert anchors.dtype == torch.float32 and torch.equal(anchors, exact)
    nothing = torch.zeros(len(anchors), 4, dtype=torch.bfloat16)
    if name.startswith("fcos"):
        middles = ((anchors[:, :2] + anchors[:, 2:]) / 2).repeat(1, 2)
        for coder in (model.box_coder, model.head.box_coder):
            assert torch.equal(coder.decode(nothing, anchors), middles)
    else:
        for coder in (model.box_coder, model.head.regression_head.box_coder):
            assert torch.allclose(coder.decode_single(nothing, anchors), exact, atol=1e-3)


def test_retinanets_keys_of_2020_are_known_and_fcos_keeps_its_own(tmp_path: Path) -> None:
    for name in ("retinanet_resnet50_fpn", "fcos_resnet50_fpn"):
        with torch.device("meta"):
            state = torchvision_model(name).state_dict()
        now = set(state)
        then = [old_name(key) if name.startswith("retina") else key for key in state]
        assert (set(then) != now) == name.startswith("retina")
        path = tmp_path / f"{name}.pth"
        torch.save({key: torch.zeros(1) for key in then}, path)
        assert set(load_state(path)) == now


def test_twins_are_told_apart_by_what_is_asked_for_or_by_the_files_name(tmp_path: Path) -> None:
    name, twin = "fasterrcnn_mobilenet_v3_large_fpn", "fasterrcnn_mobilenet_v3_large_320_fpn"
    state = torchvision_model(name).state_dict()
    published, plain = tmp_path / f"{twin}-907ea3f9.safetensors", tmp_path / "model.safetensors"
    save_file(state, published)
    plain.hardlink_to(published)

    assert twin in str(weights.add(published))
    assert str(weights.add(plain)).endswith(f"{name}.")
    assert twin in str(weights.add(plain, twin))
    found = weights.find(catalogue.card(Task.DETECT, twin))
    assert found is not None and found.place is Place.ADDED and found.source.architecture == twin


def taken(name: str, folder: Path) -> tuple[Any, LoadReport]:
    """A model that starts from a file with torchvision's names and shapes, for 90 classes."""
    torch.manual_seed(0)
    state = {key: value.clone() for key, value in torchvision_model(name).state_dict().items()}
    save_file(state, folder / f"{name}.safetensors")
    return registry.build(config(name), CLASSES, weights_folder=folder)


def torchvision_model(name: str, **values: object) -> Any:
    return torchvision.models.get_model(name, weights=None, weights_backbone=None, **values)


def old_name(key: str) -> str:
    if key.startswith("backbone.fpn.") and "extra_blocks" not in key:
        return key.replace(".0.weight", ".weight").replace(".0.bias", ".bias")
    parts = key.split(".")
    if parts[2:3] == ["conv"]:
        return ".".join([*parts[:3], str(2 * int(parts[3])), parts[5]])
    return key

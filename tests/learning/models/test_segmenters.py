"""Published segmenters, SegNet and U-Nets: what is loaded, what helps, and a batch of one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torchvision
from accelerate import init_empty_weights
from safetensors.torch import load_file, save_file
from torch import Tensor

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import catalogue, registry
from studio.learning.catalogue.published import COCO, IMAGENET
from studio.learning.config import TrainConfig
from studio.learning.models.architectures import skeleton
from studio.learning.models.auxiliary import SegmenterOutputs, total_loss
from studio.learning.models.families import FAMILIES
from studio.learning.models.norms import CarefulBatchNorm2d
from studio.learning.models.unet import feature_levels
from studio.learning.pretrained.loading import LoadReport, load_into

CLASSES = 3
HEIGHT, WIDTH = 48, 64
PUBLISHED = [each for each in COCO if each.startswith(("fcn_", "deeplabv3", "lraspp"))]


def config(name: str, **values: object) -> TrainConfig:
    return TrainConfig(Task.SEGMENT, name, image_size=WIDTH).changed({"batch_size": 2, **values})


def loaded(name: str, architecture: str, state: dict[str, Tensor]) -> LoadReport:
    """What becomes of a file's keys, without numbers."""
    card = catalogue.card(Task.SEGMENT, name)
    family = FAMILIES[card.family]
    with init_empty_weights():
        model = family.build(card, config(name), CLASSES).to("meta")
    source = next(each for each in card.weights if each.architecture == architecture)
    return load_into(model, state, family.placement(card, source), Path(architecture))


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_segmenter_keeps_all_but_its_classes(name: str) -> None:
    helped = {} if name.startswith("lraspp") else {"aux_loss": True}
    with init_empty_weights():
        theirs = torchvision.models.get_model(name, weights=None, weights_backbone=None, **helped)

    state = theirs.to("meta").state_dict()

    report = loaded(name, name, state)

    assert 0 < len(report.new) <= 4 and all("classifier" in key for key in report.new)
    assert set(report.matched) == {f"net.{key}" for key in state} - set(report.new)


@pytest.mark.filterwarnings("ignore:for .*num_batches_tracked")
@pytest.mark.parametrize("name", [*PUBLISHED, "segnet_vgg16_bn", "unet_shufflenet_v2_x0_5"])
def test_a_classifiers_weights_fill_the_whole_backbone(name: str) -> None:
    card = catalogue.card(Task.SEGMENT, name)
    prefix = FAMILIES[card.family].backbone(card)

    report = loaded(name, card.backbone, skeleton(card.backbone).state_dict())

    assert report.matched and all(key.startswith(prefix) for key in report.matched)
    assert not any(key.startswith(prefix) for key in report.new)


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("deeplabv3_mobilenet_v3_large", "pretrained"),
        ("deeplabv3_mobilenet_v3_large", "scratch"),
        pytest.param("segnet_vgg16_bn", "pretrained", marks=pytest.mark.slow),
    ],
)
def test_a_batch_of_one_trains_and_comes_back(name: str, weights: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    settings = config(name, weights=weights)
    model, _ = registry.build(settings, CLASSES, pretrained=False)
    optimizer = torch.optim.SGD(registry.parameter_groups(model, settings))
    picture = torch.rand(1, 3, HEIGHT, WIDTH)
    truth = torch.randint(1 + CLASSES, (1, HEIGHT, WIDTH))
    outputs = model.train()(picture)
    loss = total_loss(outputs, lambda each: torch.nn.functional.cross_entropy(each, truth))
    loss.backward()
    optimizer.step()

    save_file(model.state_dict(), tmp_path / "best.safetensors")
    with init_empty_weights():
        again, _ = registry.build(settings, CLASSES, pretrained=False)
    again.load_state_dict(load_file(tmp_path / "best.safetensors"), assign=True)

    assert torch.isfinite(loss)
    assert isinstance(outputs, SegmenterOutputs) == name.startswith("deeplab")
    with torch.no_grad():
        expected, found = model.eval()(picture), again.eval()(picture)
    assert isinstance(found, Tensor) and torch.equal(found, expected)
    assert found.shape == (1, 1 + CLASSES, HEIGHT, WIDTH)


@pytest.mark.parametrize("name", ["unet_alexnet", "unet_inception_v3"])
def test_a_narrow_picture_is_not_too_small_for_the_backbone(name: str) -> None:
    model, _ = registry.build(config(name).changed({"image_size": 96}), CLASSES, pretrained=False)
    picture = torch.rand(2, 3, 32, 96)
    logits = model.train()(picture)
    logits.mean().backward()
    assert logits.shape == (2, 1 + CLASSES, 32, 96)


def test_few_pictures_leave_the_pooled_statistics_of_deeplab_alone() -> None:
    model, _ = registry.build(config("deeplabv3_mobilenet_v3_large"), CLASSES, pretrained=False)

    steady = {
        name
        for name, module in model.named_modules()
        if isinstance(module, CarefulBatchNorm2d) and module.steady
    }

    assert "net.classifier.0.convs.4.2" in steady
    assert "net.classifier.0.convs.0.1" not in steady
    assert any(name.startswith("net.backbone.") for name in steady)


def test_segnet_puts_each_maximum_back_where_it_lay() -> None:
    model, _ = registry.build(config("segnet_vgg16_bn"), CLASSES, pretrained=False)
    pooled = [module for module in model.modules() if isinstance(module, torch.nn.MaxPool2d)]
    seen: list[Tensor] = []
    last = model.get_submodule("decoder")[4]  # type: ignore[index]
    last.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))

    with torch.no_grad():
        model.eval()(torch.rand(1, 3, HEIGHT, WIDTH))

    assert len(pooled) == 5
    squares = seen[0].unfold(2, 2, 2).unfold(3, 2, 2).flatten(-2)
    assert seen[0].shape[-2:] == (HEIGHT, WIDTH)
    assert ((squares != 0).sum(-1) <= 1).all()  # one of four holds the value


@pytest.mark.parametrize(
    ("backbone", "strides"),
    [
        ("alexnet", (4, 8, 16, 32)),
        ("vgg11", (2, 4, 8, 16, 32)),
        ("googlenet", (2, 4, 8, 16, 32)),
        ("mnasnet0_5", (2, 4, 8, 16, 32)),
        ("squeezenet1_0", (2, 4, 8, 16)),
    ],
)
def test_a_unet_finds_the_features_of_old_and_odd_networks(
    backbone: str, strides: tuple[int, ...]
) -> None:
    assert tuple(sorted(feature_levels(backbone))) == strides


def test_unets_are_offered_on_every_network_but_transformers() -> None:
    offered = {each.backbone for each in catalogue.every(Task.SEGMENT) if each.family == "unet"}

    left_out = set(IMAGENET) - offered
    assert {name.partition("_")[0] for name in left_out} == {"swin", "vit", "maxvit"}
    for name in left_out:
        with pytest.raises(ConfigError, match=f"{name} is a transformer without them"):
            catalogue.card(Task.SEGMENT, f"unet_{name}")

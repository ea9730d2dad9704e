"""The cards tell the truth about torchvision, and need no torch to do so."""

from __future__ import annotations

import pytest
import torch
import torchvision
from torch import nn

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import catalogue
from studio.learning.catalogue.published import COCO, IMAGENET, Pretraining, WeightsSource
from studio.learning.models.architectures import skeleton
from studio.learning.pretrained import state_keys
from studio.learning.pretrained.fingerprints import FINGERPRINTS, TWINS

LISTED = {
    Task.CLASSIFY: {
        "mobilenet_v3_large", "mobilenet_v3_small", "mobilenet_v2", "resnet18", "resnet50",
        "efficientnet_v2_s", "convnext_tiny", "squeezenet1_1", "small_cnn",
    },
    Task.DETECT: {
        "ssdlite320_mobilenet_v3_large", "fasterrcnn_mobilenet_v3_large_fpn",
        "fasterrcnn_mobilenet_v2_fpn", "fasterrcnn_resnet50_fpn", "fasterrcnn_small_cnn_fpn",
        "yolox_nano", "yolox_tiny", "yolox_s",
        "fasterrcnn_resnet50_fpn_v2", "retinanet_resnet50_fpn_v2", "fcos_resnet50_fpn",
    },
    Task.INSTANCES: {
        "maskrcnn_mobilenet_v3_large_fpn", "maskrcnn_mobilenet_v2_fpn", "maskrcnn_resnet50_fpn",
        "maskrcnn_small_cnn_fpn", "maskrcnn_resnet50_fpn_v2",
    },
}  # fmt: skip
SOURCES = [*IMAGENET.values(), *COCO.values()]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.architecture)
def test_addresses_and_figures_are_torchvisions_own(source: WeightsSource) -> None:
    published = torchvision.models.get_model_weights(source.architecture).DEFAULT
    metrics = next(iter(published.meta["_metrics"].values()))
    score = next(metrics[name] for name in ("acc@1", "box_map", "miou") if name in metrics)

    assert source.url == published.url
    assert source.parameters_m == pytest.approx(published.meta["num_params"] / 1e6, abs=1e-3)
    assert source.size_mb == pytest.approx(published.meta["_file_size"], abs=1e-3)
    assert source.score == pytest.approx(score)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.architecture)
def test_the_hash_is_the_end_of_the_file_name(source: WeightsSource) -> None:
    assert source.file_name.endswith(f"-{source.hash_prefix}.pth")
    assert len(source.hash_prefix) >= 8
    int(source.hash_prefix, 16)


@pytest.mark.parametrize("task", LISTED)
def test_every_task_offers_its_models(task: Task) -> None:
    assert {card.name for card in catalogue.cards(task)} == LISTED[task]


def test_segmenters_are_published_ones_and_unets() -> None:
    names = [card.name for card in catalogue.cards(Task.SEGMENT)]

    assert names[0] == "lraspp_mobilenet_v3_large"
    assert all(name.startswith(("unet_", "deeplabv3_")) for name in names[1:])
    assert "unet_small_cnn" in names


@pytest.mark.parametrize("task", Task)
def test_what_is_offered_first_comes_first_among_all(task: Task) -> None:
    names = [card.name for card in catalogue.every(task)]

    assert names[: len(catalogue.cards(task))] == [card.name for card in catalogue.cards(task)]
    assert len(names) == len(set(names))
    assert all(catalogue.card(task, name).name == name for name in names)


def test_a_unet_takes_any_backbone_with_published_weights() -> None:
    card = catalogue.card(Task.SEGMENT, "unet_convnext_tiny")

    assert card.backbone == "convnext_tiny"
    assert card.pretraining is Pretraining.IMAGENET


def test_the_card_says_whether_the_whole_model_was_trained_before() -> None:
    whole = catalogue.card(Task.DETECT, "fasterrcnn_resnet50_fpn")
    backbone_only = catalogue.card(Task.DETECT, "fasterrcnn_mobilenet_v2_fpn")

    assert whole.whole and "whole model" in str(whole.origin)
    assert not backbone_only.whole and "the part that sees" in str(backbone_only.origin)


def test_an_unknown_model_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ConfigError, match=r"no model yolo for classify.*resnet18"):
        catalogue.card(Task.CLASSIFY, "yolo")


def test_a_model_is_found_by_its_name_alone() -> None:
    found = catalogue.find("maskrcnn_resnet50_fpn")

    assert found is not None and found.task is Task.INSTANCES
    assert catalogue.find("yolo") is None


@pytest.mark.parametrize("architecture", [*IMAGENET, *sorted(COCO.keys() - TWINS.values())])
def test_an_architecture_is_known_by_its_keys(architecture: str) -> None:
    network = skeleton(architecture) if architecture in IMAGENET else published(architecture)
    shapes = {key: tuple(value.shape) for key, value in network.state_dict().items()}

    line = f'"{state_keys.fingerprint(shapes)}": "{architecture}",'

    listed = [f'"{digits}": "{name}",' for digits, name in FINGERPRINTS.items()]
    assert line in listed, f"fingerprints.py lacks {line}"


def published(architecture: str) -> nn.Module:
    """A detector or segmenter as torchvision publishes it, without numbers."""
    helped = {"aux_loss": True} if architecture.startswith(("fcn_", "deeplab")) else {}
    with torch.device("meta"):
        return torchvision.models.get_model(
            architecture, weights=None, weights_backbone=None, num_classes=7, **helped
        )

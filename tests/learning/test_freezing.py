"""Layers that wait for others, or never learn."""

from __future__ import annotations

import pytest
import torch

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import freezing, registry
from studio.learning.freezing import Layers
from tests.learning import scenes


def built(model: str, task: Task = Task.CLASSIFY, **changes: object):
    """A model with random weights that counts as trained before, and its configuration."""
    config = scenes.config(task, model=model, weights="pretrained", **changes)
    return registry.build(config, 2, pretrained=False)[0], config


def changed(model: torch.nn.Module, layers: Layers, waits: bool) -> set[str]:
    """The first parts of the names of what a step in training mode changes."""
    before = {name: value.clone() for name, value in model.state_dict().items()}
    layers.begin(model, waits=waits)
    weights = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.SGD(weights, lr=0.1)
    model(torch.randn(8, 3, 64, 64)).square().sum().backward()
    optimizer.step()
    model.zero_grad(set_to_none=True)
    after = model.state_dict()
    return {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}


def test_while_it_waits_not_even_the_norms_of_the_body_move():
    model, config = built("resnet18", batch_size=8, head_epochs=1)
    layers = Layers.of(model, config)
    assert changed(model, layers, waits=True) == {"fc"}
    assert {"conv1", "bn1", "layer1", "layer4", "fc"} <= changed(model, layers, waits=False)


def test_from_scratch_nothing_waits():
    config = scenes.config(Task.CLASSIFY, head_epochs=1)
    model, _ = registry.build(config, 2)
    layers = Layers.of(model, config)
    layers.begin(model, waits=True)
    assert all(weights.requires_grad for weights in model.parameters())


@pytest.mark.parametrize(
    ("task", "model", "helpers"),
    [
        (Task.CLASSIFY, "googlenet", ("aux1.", "aux2.")),
        (Task.CLASSIFY, "inception_v3", ("AuxLogits.",)),
        (Task.SEGMENT, "fcn_resnet50", ("net.aux_classifier.",)),
        (Task.SEGMENT, "deeplabv3_mobilenet_v3_large", ("net.aux_classifier.",)),
    ],
)
def test_auxiliary_heads_learn_as_fast_as_the_head_and_wait_for_nothing(task, model, helpers):
    """They begin as new as the head does, and no trained layer may take its rate from them."""
    network, config = built(model, task, image_size=320, backbone_lr_factor=0.1, head_epochs=1)
    rates = {
        id(weights): group["lr"]
        for group in registry.parameter_groups(network, config)
        for weights in group["params"]
    }
    waiting = {id(weights) for weights in Layers.of(network, config).body}
    named = dict(network.named_parameters())
    for helper in helpers:
        found = [weights for name, weights in named.items() if name.startswith(helper)]
        assert found and all(rates[id(weights)] == config.lr for weights in found)
        assert waiting.isdisjoint(map(id, found))
    slow = [weights for weights in named.values() if rates[id(weights)] < config.lr]
    assert {rates[id(weights)] for weights in slow} == {0.1 * config.lr}
    assert waiting == set(map(id, slow))


@pytest.mark.parametrize(
    ("freeze", "learning"),
    [
        ("1", {"layer1", "layer2", "layer3", "layer4", "fc"}),
        ("3", {"layer3", "layer4", "fc"}),
        ("5", {"fc"}),
        ("layer1, layer2", {"conv1", "bn1", "layer3", "layer4", "fc"}),
    ],
)
def test_frozen_stages_stay_as_they_are(freeze, learning):
    model, config = built("resnet18", batch_size=8, freeze=freeze)
    assert changed(model, Layers.of(model, config), waits=False) == learning


@pytest.mark.parametrize(
    ("task", "model", "least"),
    [
        (Task.CLASSIFY, "mobilenet_v2", 19),
        (Task.CLASSIFY, "small_cnn", 6),
        (Task.DETECT, "fasterrcnn_resnet50_fpn", 5),
        (Task.SEGMENT, "unet_resnet18", 5),
    ],
)
def test_stages_run_from_the_image_to_the_last_features(task, model, least):
    network, config = built(model, task)
    found = freezing.stages(network, config)
    assert len(found) >= least
    names = [name for stage in found for name in stage]
    assert len(set(names)) == len(names)
    first = next(name for name, _ in network.named_parameters())
    assert first.startswith(found[0])


@pytest.mark.parametrize(
    ("freeze", "sentence"),
    [
        ("6", "first 6 stages cannot be frozen: resnet18 has 5"),
        ("layer9", "Layers layer9 cannot be frozen: none of resnet18"),
        ("5, fc", "Layers 5 cannot"),
        ("conv1, bn1, layer, fc", "All layers of resnet18 are frozen"),
    ],
)
def test_what_cannot_be_frozen_is_told(freeze, sentence):
    with pytest.raises(ConfigError, match=sentence):
        built("resnet18", freeze=freeze)


def test_the_dropout_of_a_head_is_a_setting():
    def parts(**changes: object) -> list[float]:
        network, _ = built("mobilenet_v2", **changes)
        return [each.p for each in network.modules() if isinstance(each, torch.nn.Dropout)]

    assert parts() == [0.2]
    assert parts(dropout=0.6) == [0.6]
    assert parts(dropout=0.0) == [0.0]

"""Every classifier of torchvision can be built for the user's classes, and those of note learn."""

from __future__ import annotations

import pytest
import torch
import torchvision
from accelerate import init_empty_weights
from torch import Tensor, nn
from torchvision.models.googlenet import GoogLeNetOutputs
from torchvision.models.inception import InceptionOutputs

from studio.domain.runs import Task
from studio.errors import ConfigError
from studio.learning import catalogue, registry
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import IMAGENET
from studio.learning.config import TrainConfig
from studio.learning.models.architectures import (
    HALF_NORMALISED,
    MARKED,
    class_layers,
    classifier,
    half_normalised,
    skeleton,
)
from studio.learning.models.auxiliary import SegmenterOutputs, total_loss
from studio.learning.models.classify import Classifier
from studio.learning.models.families import FAMILIES
from studio.learning.pretrained import state_keys
from studio.learning.pretrained.loading import load_into
from studio.learning.spec import MEAN, STD
from tests.learning import large

ALL = torchvision.models.list_models(module=torchvision.models)
LAST_LAYERS = {
    "alexnet": ["classifier.6"],
    "vgg16": ["classifier.6"],
    "inception_v3": ["AuxLogits.fc", "fc"],
    "googlenet": ["aux1.fc2", "aux2.fc2", "fc"],
    "densenet121": ["classifier"],
    "resnet18": ["fc"],
    "resnet50": ["fc"],
    "mobilenet_v3_large": ["classifier.3"],
    "efficientnet_v2_s": ["classifier.1"],
    "convnext_tiny": ["classifier.2"],
    "swin_v2_t": ["head"],
    "vit_b_16": ["heads.head"],
    "mnasnet0_5": ["classifier.1"],
}
"""Networks that are tried one by one, and where each keeps what must be new."""

CLASSES = 3


def card(name: str) -> ModelCard:
    return catalogue.card(Task.CLASSIFY, name)


def config(name: str, size: int = 0, **values: object) -> TrainConfig:
    start = TrainConfig(Task.CLASSIFY, name, image_size=size or card(name).min_image_size)
    return start.changed({"batch_size": 2, **values})


def test_every_classifier_of_torchvision_is_in_the_catalogue() -> None:
    cards = [each for each in catalogue.every(Task.CLASSIFY) if each.name != catalogue.SMALL]

    assert {each.name for each in cards} == set(ALL) == set(IMAGENET)
    assert len({each.title for each in cards}) == len(ALL)
    assert {each.name for each in catalogue.cards(Task.CLASSIFY)} < {c.name for c in cards} | {
        catalogue.SMALL
    }


@pytest.mark.parametrize("name", ALL)
def test_the_card_and_the_head_fit_the_network(name: str) -> None:
    network, shown = skeleton(name), card(name)
    published = torchvision.models.get_model_weights(name)
    pictures = published["DEFAULT"].transforms()
    of_classes = [p for key, p in network.named_parameters() if key.startswith(class_layers(name))]
    others = sum(p.numel() for p in network.parameters()) - sum(p.numel() for p in of_classes)
    few = sum(p.numel() // MARKED * CLASSES for p in of_classes)
    epsilons = {m.eps for m in network.modules() if isinstance(m, nn.BatchNorm2d)}

    assert of_classes and all(p.shape[0] == MARKED for p in of_classes)
    assert shown.parameters_m == pytest.approx((others + few) / 1e6, rel=0.05, abs=0.06)
    assert [shown.usual_image_size] == pictures.crop_size
    assert shown.fitting_size(shown.usual_image_size) == shown.usual_image_size
    assert (pictures.mean == [0.5, 0.5, 0.5]) == (name in HALF_NORMALISED)
    assert epsilons <= {IMAGENET[name].norm_eps}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=large.marks(card(name))) for name in LAST_LAYERS]
)
def test_two_steps_saved_and_loaded_again_answer_the_same(name: str) -> None:
    torch.manual_seed(0)
    settings = config(name)
    model = built(settings)
    pictures = torch.rand(2, 3, settings.image_size, settings.image_size)
    optimizer = torch.optim.SGD(registry.parameter_groups(model, settings), momentum=0)
    model.train()
    for _ in range(2):
        optimizer.zero_grad()
        loss = total_loss(model(pictures), _first_classes)
        loss.backward()
        optimizer.step()
        assert torch.isfinite(loss)

    with init_empty_weights():
        again, _ = registry.build(settings, CLASSES, pretrained=False)
    again.load_state_dict(model.state_dict(), assign=True)

    with torch.no_grad():
        expected, found = model.eval()(pictures), again.eval()(pictures)
    assert found.shape == (2, CLASSES)
    assert torch.equal(found, expected)


def built(settings: TrainConfig) -> nn.Module:
    """A model with some numbers in it, sooner than drawing hundreds of millions would take."""
    some = torch.randn(997, generator=torch.Generator().manual_seed(0))
    with init_empty_weights():
        model, _ = registry.build(settings, CLASSES, pretrained=False)
    filled = {
        key: some.repeat(value.numel() // len(some) + 1)[: value.numel()].view(value.shape)
        / max(20, (value.numel() / max(1, len(value))) ** 0.5)
        for key, value in model.state_dict().items()
        if value.is_meta
    }
    model.load_state_dict(filled, strict=False, assign=True)
    return model


def _first_classes(logits: Tensor) -> Tensor:
    return nn.functional.cross_entropy(logits, torch.arange(len(logits)))


@pytest.mark.parametrize(("name", "layers"), LAST_LAYERS.items())
def test_published_weights_leave_the_last_layer_new(name: str, layers: list[str]) -> None:
    settings, shown = config(name, card(name).usual_image_size), card(name)
    state = {_old_name(key): value for key, value in skeleton(name).state_dict().items()}
    state = {new: state[old] for old, new in state_keys.renamed(state).items()}
    family = FAMILIES[shown.family]
    with init_empty_weights():
        model = family.build(shown, settings, CLASSES).to("meta")

    placement = family.placement(shown, IMAGENET[name])
    report = load_into(model, family.fitted(model, state), placement, __file__)  # type: ignore[arg-type]

    new = [f"{layer}.{kind}" for layer in layers for kind in ("weight", "bias")]
    assert set(report.new) == set(new)
    assert set(report.unused) <= set(new)
    learned = {key for key, _ in model.named_parameters() if family.is_backbone(shown, key)}
    assert learned and not learned & set(new)


def _old_name(key: str) -> str:
    """As the files of DenseNet and of the vision transformers name it."""
    for new, old in ((".norm1.", ".norm.1."), (".conv2.", ".conv.2.")):
        if "denselayer" in key:
            key = key.replace(new, old)
    return key.replace(".mlp.0.", ".mlp.linear_1.") if "encoder_layer" in key else key


def test_a_transformer_takes_its_places_to_pictures_of_another_size() -> None:
    learned = torch.arange(14.0).view(1, 1, 14, 1).expand(1, 14, 14, 768).reshape(1, 196, 768)
    places = torch.cat((torch.full((1, 1, 768), 7.0), learned), dim=1)
    with init_empty_weights():
        model = classifier("vit_b_16", CLASSES, 64)

    found = Classifier().fitted(model, {state_keys.POSITIONS: places})[state_keys.POSITIONS]

    assert found.shape == (1, 1 + 4 * 4, 768)
    assert torch.equal(found[:, 0], places[:, 0])
    rows = found[0, 1:, 0].view(4, 4)
    torch.testing.assert_close(rows[0], rows[3])
    assert rows[0].diff().min() > 3  # still rising to the right
    assert Classifier().fitted(model, {}) == {}


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("inception_v3", 64, "inception_v3 needs images of at least 75 pixels"),
        ("vit_b_16", 100, "multiple of 16 pixels; image_size is 100, so choose 112"),
        ("vit_b_32", 48, "multiple of 32 pixels; image_size is 48, so choose 64"),
        ("maxvit_t", 256, "multiple of 224 pixels; image_size is 256, so choose 448"),
    ],
)
def test_a_size_that_does_not_fit_is_refused(name: str, size: int, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        registry.build(config(name, size), CLASSES, pretrained=False)


def test_helping_heads_count_in_training_only() -> None:
    one = torch.ones(())
    triple = GoogLeNetOutputs(one, one, one)

    assert float(total_loss(one, lambda logits: logits)) == 1
    assert float(total_loss(triple, lambda logits: logits)) == pytest.approx(1.6)
    assert float(total_loss(InceptionOutputs(one, one), lambda each: each)) == pytest.approx(1.4)
    assert float(total_loss(SegmenterOutputs(one, one), lambda each: each)) == pytest.approx(1.5)
    assert float(total_loss(InceptionOutputs(one, None), lambda each: each)) == 1
    model, _ = registry.build(config("googlenet"), CLASSES, pretrained=False)
    pictures = torch.rand(2, 3, 32, 32)
    assert isinstance(model.train()(pictures), GoogLeNetOutputs)
    assert isinstance(model.eval()(pictures), Tensor)


def test_inception_helps_itself_only_where_pictures_are_large_enough() -> None:
    with init_empty_weights():
        small, large = (classifier("inception_v3", CLASSES, size) for size in (298, 299))

    assert not any(key.startswith("AuxLogits") for key, _ in small.named_parameters())
    assert any(key.startswith("AuxLogits") for key, _ in large.named_parameters())


def test_pictures_reach_a_network_as_it_knows_them() -> None:
    mean, std = (torch.tensor(each).view(1, 3, 1, 1) for each in (MEAN, STD))
    black, white = (value - mean for value in (0, 1))

    [found] = half_normalised(nn.Identity(), (torch.cat((black / std, white / std)),))

    torch.testing.assert_close(found[0], torch.full((3, 1, 1), -1.0), atol=1e-6, rtol=0)
    torch.testing.assert_close(found[1], torch.full((3, 1, 1), 1.0), atol=1e-6, rtol=0)


def test_places_and_scales_do_not_decay() -> None:
    settings = config("vit_b_16")
    with init_empty_weights():
        model, _ = registry.build(settings, CLASSES, pretrained=False)

    groups = registry.parameter_groups(model, settings)

    kept = {id(p) for g in groups if not g["weight_decay"] for p in g["params"]}
    named = dict(model.named_parameters())
    assert id(named["encoder.pos_embedding"]) in kept and id(named["class_token"]) in kept
    assert id(named["conv_proj.weight"]) not in kept

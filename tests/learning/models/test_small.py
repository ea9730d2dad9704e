"""The small network: its sizes, its weights and the four models on top of it."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from studio import paths
from studio.domain.runs import Task
from studio.learning import registry
from studio.learning.models import small
from studio.learning.models.small import WIDTH, SmallCNN, backbone_of
from tests.learning import scenes

SIZE = 96
SHIPPED = paths.resources() / "weights" / "small_cnn.safetensors"


@pytest.fixture(autouse=True)
def same_start() -> None:
    torch.manual_seed(0)


def models() -> dict[str, nn.Module]:
    return {
        "classify": small.build_classifier(3),
        "segment": small.build_segmenter(3),
        "detect": small.build_detector(3, SIZE),
        "instances": small.build_instances(3, SIZE),
    }


def test_features_at_strides_4_to_32() -> None:
    features = SmallCNN()(torch.zeros(2, 3, 96, 64))
    assert list(features) == ["4", "8", "16", "32"]
    for stride, feature in features.items():
        assert feature.shape == (2, WIDTH, 96 // int(stride), 64 // int(stride))


def test_leaving_out_features_changes_no_other() -> None:
    whole, part = SmallCNN().eval(), SmallCNN((8, 16)).eval()
    part.load_state_dict({k: v for k, v in whole.state_dict().items() if k in part.state_dict()})
    x = torch.rand(1, 3, 64, 64)
    assert list(part(x)) == ["8", "16"]
    assert torch.equal(whole(x)["8"], part(x)["8"])


def test_every_weight_of_every_model_learns() -> None:
    x = torch.rand(2, 3, SIZE, SIZE)
    box = torch.tensor([[8.0, 8.0, 40.0, 40.0]])
    mask = torch.zeros(1, SIZE, SIZE, dtype=torch.uint8)
    mask[:, 8:40, 8:40] = 1
    target = {"boxes": box, "labels": torch.tensor([1]), "masks": mask}
    for task, model in models().items():
        finds = task in ("detect", "instances")
        out = model(list(x), [dict(target), dict(target)]) if finds else model(x)
        (sum(out.values()) if finds else out.square().mean()).backward()
        assert all(p.grad is not None for p in model.parameters()), task


def test_odd_sizes_and_single_pictures_train() -> None:
    for shape in ((1, 3, 75, 101), (1, 3, 33, 35)):
        x = torch.rand(shape)
        assert small.build_classifier(4)(x).shape == (1, 4)
        assert small.build_segmenter(2)(x).shape == (1, 3, *shape[2:])


def test_one_picture_is_the_same_alone_and_in_a_batch() -> None:
    model = small.build_classifier(3).eval()
    pictures = torch.rand(4, 3, SIZE, SIZE)
    assert torch.allclose(model(pictures)[:1], model(pictures[:1]), atol=1e-5)


def test_detectors_answer_in_the_pixels_they_were_given() -> None:
    model = small.build_instances(3, SIZE).eval()
    [found] = model([torch.rand(3, 60, 90)])
    assert len(found["masks"]) == len(found["boxes"]) > 0
    assert (found["boxes"][:, 2] <= 90).all()
    assert (found["boxes"][:, 3] <= 60).all()
    assert found["labels"].min() >= 1


def test_an_empty_picture_trains_a_detector() -> None:
    nothing = {"boxes": torch.zeros(0, 4), "labels": torch.zeros(0, dtype=torch.int64)}
    losses = small.build_detector(3, SIZE)([torch.rand(3, SIZE, SIZE)], [nothing])
    assert torch.isfinite(torch.stack(list(losses.values()))).all()


@pytest.mark.parametrize("task", Task)
def test_every_model_takes_the_shipped_backbone(task: Task) -> None:
    model, report = registry.build(scenes.config(task, weights="pretrained"), 3)
    state = load_file(SHIPPED)
    assert report.path == str(SHIPPED)
    own = backbone_of(model).state_dict()
    assert own.keys() <= state.keys()
    assert all(torch.equal(value, state[name].float()) for name, value in own.items())


def test_the_shipped_file_is_small_and_finite() -> None:
    assert SHIPPED.stat().st_size < 4_000_000
    assert all(torch.isfinite(value).all() for value in load_file(SHIPPED).values())


def test_other_networks_have_no_such_backbone() -> None:
    with pytest.raises(ValueError, match="no SmallCNN"):
        backbone_of(nn.Linear(1, 1))

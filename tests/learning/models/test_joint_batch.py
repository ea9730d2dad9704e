"""BatchNorm over the batch of several processes, here of one, which must be plain BatchNorm.

``test_processes.py`` has two that learn what one learns.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor, distributed, nn

from studio.learning.models import norms
from studio.learning.models.joint_batch import JointBatch
from studio.learning.models.norms import CarefulBatchNorm2d

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def process() -> Iterator[None]:
    distributed.init_process_group("gloo", store=distributed.HashStore(), rank=0, world_size=1)
    yield
    distributed.destroy_process_group()


def joined(channels: int) -> tuple[CarefulBatchNorm2d, JointBatch]:
    norm = CarefulBatchNorm2d(channels)
    with torch.no_grad():
        norm.weight.uniform_(0.5, 2.0)
        norm.bias.uniform_(-1.0, 1.0)
    joint = norms.join(nn.Sequential(CarefulBatchNorm2d(2 * channels), norm))
    assert joint is not None
    return norm, joint


def values(*shape: int) -> Tensor:
    return (torch.randn(shape, dtype=torch.float32) * 3 + 50).requires_grad_()


def test_values_gradients_and_statistics_are_those_of_plain_batch_norm() -> None:
    torch.manual_seed(0)
    norm, joint = joined(6)
    plain = nn.BatchNorm2d(6)
    plain.load_state_dict(norm.state_dict())
    x = values(4, 6, 5, 7)
    same = x.detach().clone().requires_grad_()
    for _ in range(3):
        slope = torch.randn(4, 6, 5, 7)
        found, expected = norm(x), plain(same)
        assert torch.allclose(found, expected, atol=1e-5)
        joint.anchored((found * slope).sum()).backward()
        (expected * slope).sum().backward()
    assert joint.settle(0, CPU) == 0
    pairs = [(x, same), (norm.weight, plain.weight), (norm.bias, plain.bias)]
    for one, other in pairs:
        assert one.grad is not None and other.grad is not None
        assert torch.allclose(one.grad, other.grad, atol=1e-4)
    assert norm.state_dict().keys() == plain.state_dict().keys()
    for name, value in plain.state_dict().items():
        assert torch.allclose(norm.state_dict()[name], value, rtol=1e-5), name


def test_of_one_value_a_channel_the_kept_statistics_are_used_and_stay() -> None:
    norm, joint = joined(4)
    before = {name: value.clone() for name, value in norm.state_dict().items()}
    x = values(1, 4, 1, 1)
    y = norm(x)
    joint.anchored(y.sum()).backward()
    norm.eval()
    assert torch.allclose(y, norm(x))
    assert torch.allclose(norm.running_var, before["running_var"])  # type: ignore[arg-type]
    assert x.grad is not None
    expected = norm.weight / torch.sqrt(before["running_var"] + norm.eps)
    assert torch.allclose(x.grad.flatten(), expected)


def test_a_part_of_the_network_that_learns_nothing_is_heard_on_the_way_back_all_the_same() -> None:
    norm, joint = joined(3)
    heard: list[int] = []
    gather = joint.gather
    joint.gather = lambda told: (heard.append(len(told)), gather(told))[1]  # type: ignore[method-assign]
    norm(values(2, 3, 4, 4))
    weight = torch.ones((), requires_grad=True)
    joint.anchored(weight * 2).backward()
    assert heard == [1 + 2 * 3, 2 * 3]
    assert norm.weight.grad is not None and not norm.weight.grad.any()


def test_nothing_at_all_is_normalised_too() -> None:
    norm, joint = joined(3)
    y = norm(values(0, 3, 7, 7))
    assert y.shape == (0, 3, 7, 7)
    joint.anchored(y.sum()).backward()
    assert all(torch.isfinite(value).all() for value in norm.state_dict().values())


def test_the_kept_statistics_of_a_steady_norm_are_left_to_it() -> None:
    steady = nn.Sequential(nn.BatchNorm2d(3))
    norms.set_norm(steady, norms.Norm.STEADY)
    assert norms.join(steady) is None

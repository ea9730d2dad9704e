"""Normalisation that suits small batches and few pictures.

BatchNorm estimates its statistics from the batch; with two pictures on the device they are noise,
and with one value per channel torch refuses. So a network with trained weights keeps its trained
statistics where batches are small, and one that starts at random uses GroupNorm there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from torch import Tensor, nn
from torch.nn import functional
from torch.nn.modules.batchnorm import _BatchNorm
from torchvision.ops import FrozenBatchNorm2d

from studio.learning.models.joint_batch import JointBatch

CHANNELS_PER_GROUP = 8


class Norm(Enum):
    """What takes the place of every BatchNorm2d of a network."""

    BATCH = "batch"
    """Statistics of the batch, except where it has one value per channel."""
    STEADY = "steady"
    """The trained statistics, always; scale and shift still learn."""
    FROZEN = "frozen"
    """The trained statistics, scale and shift, all fixed (torchvision's choice for detectors)."""
    GROUP = "group"
    """GroupNorm, which needs no batch."""


class CarefulBatchNorm2d(nn.BatchNorm2d):
    """BatchNorm that falls back to its stored statistics instead of failing.

    ``steady`` keeps to them in training as well; with ``joint`` the batch is that of several
    processes. The key names are BatchNorm2d's.
    """

    steady = False
    joint: JointBatch | None = None

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W), normalised per channel."""
        if self.training and not self.steady:
            if self.joint is not None:
                return self.joint.normalise(self, x)
            if x.numel() > x.shape[1]:
                return super().forward(x)
        return functional.batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias, False, 0.0, self.eps
        )


def group_norm(channels: int) -> nn.GroupNorm:
    """GroupNorm with eight channels to a group, or one group where that does not divide."""
    groups = channels // CHANNELS_PER_GROUP if channels % CHANNELS_PER_GROUP == 0 else 1
    return nn.GroupNorm(groups, channels)


def set_norm(network: nn.Module, norm: Norm) -> None:
    """Replace every BatchNorm2d within ``network``, keeping its epsilon and its values."""
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.BatchNorm2d):
                setattr(parent, name, _REPLACEMENTS[norm](child))


def join(model: nn.Module) -> JointBatch | None:
    """Let the norms of ``model`` that learn see the batch of all processes; None without any."""
    norms = [each for each in model.modules() if isinstance(each, CarefulBatchNorm2d)]
    alive = [each for each in norms if not each.steady]
    if not alive:
        return None
    joint = JointBatch(max(each.num_features for each in alive))
    for each in alive:
        each.joint = joint
    return joint


def live_statistics(model: nn.Module) -> list[Tensor]:
    """The running means and variances that change as ``model`` learns, in its present mode."""
    norms = [each for each in model.modules() if isinstance(each, _BatchNorm) and each.training]
    alive = [each for each in norms if not getattr(each, "steady", False)]
    found = (value for each in alive for value in (each.running_mean, each.running_var))
    return [value for value in found if value is not None]


def _batch(old: nn.BatchNorm2d) -> nn.Module:
    new = CarefulBatchNorm2d(old.num_features, old.eps, old.momentum)
    new.load_state_dict(old.state_dict())
    return new


def _steady(old: nn.BatchNorm2d) -> nn.Module:
    new = _batch(old)
    new.steady = True  # type: ignore[assignment]
    return new


def _frozen(old: nn.BatchNorm2d) -> nn.Module:
    new = FrozenBatchNorm2d(old.num_features, old.eps)
    new.load_state_dict(old.state_dict())
    return new


def _group(old: nn.BatchNorm2d) -> nn.Module:
    return group_norm(old.num_features)


_REPLACEMENTS: dict[Norm, Callable[[nn.BatchNorm2d], nn.Module]] = {
    Norm.BATCH: _batch,
    Norm.STEADY: _steady,
    Norm.FROZEN: _frozen,
    Norm.GROUP: _group,
}

"""BatchNorm over the batch of several processes, as if one had all of it (Ioffe and Szegedy 2015).

Every BatchNorm that learns exchanges one message with its like in the other processes on the way
forward, and one on the way back. A process that has nothing to compute, has done its part sooner,
or is short of memory goes on answering with empty messages until all are through. So nobody waits
for what does not come, which torch.nn.SyncBatchNorm does; and it works without CUDA.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, distributed, nn
from torch.autograd.function import FunctionCtx
from torch.nn import functional

THROUGH, WORD, VALUES = 0, 1, 2
"""What is where in a message; all are equally long, for an empty one may answer any other."""


class JointBatch:
    """What the BatchNorms of one model tell those of the other processes.

    All processes must have the same model, whose norms have at most ``channels`` channels. Each
    calls it any number of times, and then ``settle``.
    """

    def __init__(self, channels: int) -> None:
        self._length = VALUES + 1 + 2 * channels
        self._anchors: list[Tensor] = []

    def normalise(self, norm: nn.BatchNorm2d, x: Tensor) -> Tensor:
        """(B, C, H, W), normalised per channel by the statistics of all processes together.

        Those that ``norm`` keeps follow them. They are used instead where the whole batch has one
        value per channel.
        """
        mean, var = norm.running_mean, norm.running_var
        assert mean is not None and var is not None and norm.momentum is not None
        y, anchor, batch_mean, batch_var, count = _Normalise.apply(
            x, norm.weight, norm.bias, mean, var, norm.eps, self
        )  # type: ignore[misc]
        self._anchors.append(anchor)
        with torch.no_grad():
            momentum = norm.momentum * (count > 1)
            mean.lerp_(batch_mean, momentum)
            var.lerp_(batch_var * (count / (count - 1).clamp(min=1)), momentum)
            if norm.num_batches_tracked is not None:
                norm.num_batches_tracked.add_(1)
        return y

    def anchored(self, loss: Tensor) -> Tensor:
        """``loss``, which now depends on every norm that was called since.

        So each of them has its message on the way back, in the same order everywhere, even where
        a process has found nothing that a part of the network could learn from.
        """
        anchors, self._anchors = self._anchors, []
        return loss + torch.stack(anchors).sum() if anchors else loss

    def settle(self, word: int, device: torch.device) -> int:
        """Answer until all processes are here; returns the greatest of their words."""
        self._anchors = []
        while True:
            told = self._exchange(torch.tensor([1.0, word], device=device))
            if told[:, THROUGH].all():
                return int(told[:, WORD].max())

    def gather(self, values: Tensor) -> Tensor:
        """(processes, N): the (N,) values of each, zero for those that are through."""
        message = functional.pad(values, (VALUES, 0))
        return self._exchange(message)[:, VALUES : VALUES + len(values)]

    def _exchange(self, start: Tensor) -> Tensor:
        message = functional.pad(start, (0, self._length - len(start)))
        told = message.new_empty(distributed.get_world_size() * self._length)
        distributed.all_gather_into_tensor(told, message)
        return told.view(-1, self._length)


class _Normalise(torch.autograd.Function):
    """Batch normalisation whose sums run over all processes."""

    @staticmethod
    def forward(
        ctx: FunctionCtx,
        x: Tensor,
        weight: Tensor,
        bias: Tensor,
        running_mean: Tensor,
        running_var: Tensor,
        eps: float,
        joint: JointBatch,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        own = x.new_tensor(x.numel() // x.shape[1], dtype=torch.float32)
        if x.numel():
            own_var, own_mean = torch.var_mean(x.float(), dim=(0, 2, 3), correction=0)
        else:
            own_var = own_mean = torch.zeros_like(running_mean)
        counts, means, variances = joint.gather(torch.cat([own[None], own_mean, own_var])).split(
            [1, x.shape[1], x.shape[1]], dim=1
        )
        count = counts.sum()
        parts = counts / count.clamp(min=1)
        mean = (parts * means).sum(0)
        var = (parts * (variances + (means - mean).square())).sum(0)  # Chan et al. 1979
        used_mean = torch.where(count > 1, mean, running_mean)
        used_var = torch.where(count > 1, var, running_var)
        ctx.save_for_backward(x, weight, used_mean, torch.rsqrt(used_var + eps), count)
        ctx.joint = joint  # type: ignore[attr-defined]
        ctx.mark_non_differentiable(mean, var, count)
        y = functional.batch_norm(x, used_mean, used_var, weight, bias, False, 0.0, eps)
        return y, torch.zeros_like(count), mean, var, count

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, mean, scale, count = ctx.saved_tensors
        slope = gradients[0].float()
        standing = (x.float() - _wide(mean)) * _wide(scale)
        to_bias, to_weight = slope.sum((0, 2, 3)), (slope * standing).sum((0, 2, 3))
        told = ctx.joint.gather(torch.cat([to_bias, to_weight])).sum(0)
        # Where the kept statistics were used, they do not depend on x.
        told = torch.where(count > 1, told / count.clamp(min=1), 0.0)
        by_mean, by_var = told.chunk(2)
        to_x = (slope - _wide(by_mean) - standing * _wide(by_var)) * _wide(weight * scale)
        return to_x.to(x.dtype), to_weight, to_bias, None, None, None, None


def _wide(per_channel: Tensor) -> Tensor:
    return per_channel[:, None, None]

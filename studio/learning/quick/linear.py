"""Logistic regression on features: fitted in seconds, judged by cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

FOLDS = 5
L2 = (1.0, 0.1, 0.01, 0.001)
"""Penalties that are tried, on weights of standardised features, the strongest first."""
MOST_JUDGED = 2000
"""With more samples, so many of them choose the penalty and say how good it is."""
MOST_STEPS = 100
LEAST_STD = 1e-6


@dataclass(frozen=True, slots=True)
class Linear:
    """(N, D) features to (N, C) logits. ``l2`` is the penalty that was chosen.

    Of ``judged`` samples, ``right`` were told right by a fit that had not seen them.
    """

    weight: Tensor
    bias: Tensor
    multi_label: bool
    l2: float
    right: int
    judged: int

    @property
    def accuracy(self) -> float:
        """The part of the judged samples that were told right."""
        return self.right / self.judged if self.judged else 0.0

    def chances(self, features: Tensor) -> Tensor:
        """(N, C) probabilities of the classes, or of each class for itself."""
        logits = features @ self.weight.T + self.bias
        return logits.sigmoid() if self.multi_label else logits.softmax(dim=1)


def fit(features: Tensor, wanted: Tensor, known: Tensor, *, multi_label: bool) -> Linear:
    """Fit ``features`` (N, D) to ``wanted`` (N, C), 0 or 1; what is not ``known`` counts not.

    Exclusive classes share a softmax, others get a sigmoid each. Of each class at least two
    samples are needed. A sample is told right where all that is known of it is.
    """
    mean = features.mean(dim=0)
    std = features.std(dim=0).clamp(min=LEAST_STD)
    # In the span of the samples the problem is the same, and much smaller with few of them.
    _, _, axes = torch.linalg.svd((features - mean) / std, full_matrices=False)
    points = ((features - mean) / std) @ axes.T
    task = _Task(points, wanted, known, multi_label)
    l2, right, judged = _judge(task)
    everything = torch.ones(1, len(points))
    solved = task.solve(everything, l2, task.start(1))
    weight = (solved[0, :, :-1] @ axes) / std
    return Linear(weight, solved[0, :, -1] - weight @ mean, multi_label, l2, right, judged)


@dataclass(frozen=True, slots=True)
class _Task:
    points: Tensor
    wanted: Tensor
    known: Tensor
    multi_label: bool

    def part(self, rows: Tensor) -> _Task:
        return _Task(self.points[rows], self.wanted[rows], self.known[rows], self.multi_label)

    def start(self, fits: int) -> Tensor:
        """(F, C, D + 1) zeros; the bias stands last."""
        return torch.zeros(fits, self.wanted.shape[1], self.points.shape[1] + 1)

    def losses(self, solved: Tensor) -> Tensor:
        """(F, N) of each sample by each of F fits."""
        logits = self.logits(solved)
        if self.multi_label:
            wanted = self.wanted.expand_as(logits)
            each = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
            return (each * self.known).sum(dim=2)
        return -(logits.log_softmax(dim=2) * self.wanted).sum(dim=2)

    def logits(self, solved: Tensor) -> Tensor:
        """(F, N, C)."""
        return self.points @ solved[:, :, :-1].transpose(1, 2) + solved[:, None, :, -1]

    def solve(self, taught: Tensor, l2: float, start: Tensor) -> Tensor:
        """F fits at once, each to the samples that its row of ``taught`` (F, N) says."""
        solved = start.clone().requires_grad_(True)
        optimizer = torch.optim.LBFGS(
            [solved], max_iter=MOST_STEPS, tolerance_grad=1e-5, line_search_fn="strong_wolfe"
        )
        share = taught / taught.sum(dim=1, keepdim=True)

        def closure() -> Tensor:
            optimizer.zero_grad()
            loss = (self.losses(solved) * share).sum() + l2 / 2 * solved[:, :, :-1].square().sum()
            loss.backward()
            return loss

        optimizer.step(closure)
        return solved.detach()

    def right(self, logits: Tensor) -> Tensor:
        """(N,) whether all that is known of a sample is told right, by logits (N, C)."""
        if self.multi_label:
            return (((logits > 0) == (self.wanted > 0)) | (self.known == 0)).all(dim=1)
        return logits.argmax(dim=1) == self.wanted.argmax(dim=1)


def _judge(task: _Task) -> tuple[float, int, int]:
    """The penalty under which held-out samples lose least, how many were right, and of how many."""
    generator = torch.Generator().manual_seed(0)
    task = task.part(torch.randperm(len(task.points), generator=generator)[:MOST_JUDGED])
    fold = torch.tensor(_folds(task.wanted.tolist()))
    held = fold[None, :] == torch.arange(FOLDS)[:, None]
    held = held[held.any(dim=1)]
    solved = task.start(len(held))
    best = (float("inf"), L2[0], 0)
    for l2 in L2:
        solved = task.solve((~held).float(), l2, solved)
        loss = float((task.losses(solved) * held).sum())
        logits = (task.logits(solved) * held[:, :, None]).sum(dim=0)
        best = min(best, (loss, l2, int(task.right(logits).sum())))
    return best[1], best[2], len(fold)


def _folds(wanted: Sequence[Sequence[float]]) -> list[int]:
    """A fold for each sample, so that those with the same classes are spread over all of them."""
    dealt: dict[tuple[float, ...], int] = {}
    folds: list[int] = []
    for row in wanted:
        key = tuple(row)
        place = dealt.setdefault(key, len(dealt))
        folds.append(place % FOLDS)
        dealt[key] += 1
    return folds

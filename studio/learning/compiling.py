"""Compiling a model for its device (torch.compile), and doing without where that fails.

It takes minutes and needs tools that not every computer has (Triton, a C++ compiler); a run must
not end for that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

import torch
from torch import nn

from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning.choices import Compile
from studio.learning.config import TrainConfig
from studio.learning.events import Event, Notice

LEAST_STEPS = 3000
"""Shorter runs end before what compiling takes has been won back."""

EVEN_TASKS = frozenset({Task.CLASSIFY, Task.SEGMENT})
"""Tasks whose batches are of few shapes, and whose models are one graph."""

COMPILERS = ("torch._dynamo", "torch._inductor", "torch.fx", "triton")


def compile_where_it_pays(
    model: nn.Module, config: TrainConfig, device: torch.device, steps: int
) -> None:
    """Let ``model`` be compiled when it is first called, if ``config`` wants that."""
    pays = device.type == "cuda" and steps >= LEAST_STEPS and config.task in EVEN_TASKS
    if config.compile is Compile.ON or (config.compile is Compile.AUTO and pays):
        model.compile()


def is_compiled(model: nn.Module) -> bool:
    """Whether ``model`` is, or will be, compiled."""
    return getattr(model, "_compiled_call_impl", None) is not None


def attempt(
    model: nn.Module, work: Callable[[], Generator[Event, None, float]]
) -> Generator[Event, None, float]:
    """What ``work`` says; where ``model`` cannot be compiled, once more without, for good."""
    try:
        return (yield from work())
    except Exception as error:
        if not (is_compiled(model) and _is_the_compilers(error)):
            raise
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
    model._compiled_call_impl = None
    model.zero_grad(set_to_none=True)  # of the parts of the batch that were learned from
    yield given_up(reason)
    return (yield from work())


def given_up(reason: Sentence | str) -> Notice:
    """What to say of a model that is not compiled, though that was wanted."""
    return Notice(
        "info",
        say(
            "The model could not be compiled, which would have made it faster; it is trained as it "
            "is: {reason}.",
            reason=reason,
        ),
    )


def _is_the_compilers(error: BaseException | None) -> bool:
    while error is not None:
        if type(error).__module__.startswith(COMPILERS):
            return True
        error = error.__cause__
    return False

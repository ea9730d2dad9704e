"""Weights from a file into a model, accounting for every key. Imports torch."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from studio.errors import Sentence, WeightsUnusable, say
from studio.learning.catalogue.published import Pretraining, origin
from studio.learning.pretrained.state_keys import renamed, unwrapped


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of every key. ``path`` is empty where nothing was to be loaded.

    ``new`` are the model's keys that keep their first values: the head for the user's classes,
    or all that is not backbone. ``unused`` are the file's keys that the model has no place for.
    """

    path: str = ""
    pretraining: Pretraining | None = None
    whole: bool = False
    matched: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def sentence(self) -> Sentence:
        """What a user may want to know of it."""
        if self.pretraining is None:
            return say("Starts from nothing learned before.")
        return origin(self.pretraining, whole=self.whole)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a file's keys go in a model.

    Keys, once ``rename`` has given them this program's names, move to ``target`` where they begin
    with ``source``; every key of the model that begins with one of ``required`` must come from
    the file, except those that begin with one of ``fresh``. ``norm_eps`` is the epsilon that the
    file's normalisation layers were trained with.
    """

    source: str = ""
    target: str = ""
    required: str = ""
    fresh: tuple[str, ...] = ()
    norm_eps: float | None = None
    rename: Callable[[str], str] = str


def load_state(path: Path) -> dict[str, Tensor]:
    """Tensors by torchvision's present key names, on the CPU. Nothing in the file is executed.

    Raises:
        WeightsUnusable: the file is missing, broken, or not a plain state dictionary.
    """
    try:
        if path.suffix == ".safetensors":
            return _modern(load_file(path))
        state: Any = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise WeightsUnusable(
            "{file} cannot be read: {reason}.", file=path, reason=error.strerror or error
        ) from error
    except (SafetensorError, pickle.UnpicklingError, RuntimeError, EOFError, ValueError) as error:
        raise WeightsUnusable(
            "{file} is not a file of weights, or it is damaged.", file=path
        ) from error
    state = unwrapped(state)
    if not _is_state(state):
        raise WeightsUnusable(
            "{file} holds no plain table of tensors; save the model's state_dict() instead.",
            file=path,
        )
    return _modern(state)


def _modern(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {new: state[key] for key, new in renamed(state).items()}


def load_into(
    model: nn.Module, state: Mapping[str, Tensor], placement: Placement, path: Path
) -> LoadReport:
    """Copy what fits and refuse what ought to fit and does not.

    ``path`` only names the file in messages and in the report.

    Raises:
        WeightsUnusable: a required key is absent or has another shape.
    """
    own = model.state_dict()
    state = {placement.rename(key): value for key, value in state.items()}
    moved = {
        placement.target + key.removeprefix(placement.source): value
        for key, value in state.items()
        if key.startswith(placement.source)
    }
    fitting = {k: v for k, v in moved.items() if k in own and own[k].shape == v.shape}
    new = tuple(key for key in own if key not in fitting)
    for key in new:
        if (
            key.startswith(placement.required)
            and not key.startswith(placement.fresh)
            and not key.endswith("num_batches_tracked")
        ):
            raise WeightsUnusable(
                "{file} does not hold this model's weights: {key} is missing or of another size.",
                file=path,
                key=key,
            )
    model.load_state_dict(fitting, strict=False)
    if placement.norm_eps is not None:
        _match_epsilon(model, fitting, placement.norm_eps)
    unused = tuple(key for key in moved if key not in fitting)
    elsewhere = tuple(key for key in state if not key.startswith(placement.source))
    return LoadReport(
        path=str(path),
        matched=tuple(fitting),
        new=tuple(key for key in new if not key.endswith("num_batches_tracked")),
        unused=(*unused, *elsewhere),
    )


def _is_state(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(k, str) and isinstance(v, Tensor) for k, v in value.items())
    )


def _match_epsilon(model: nn.Module, loaded: Mapping[str, Tensor], trained_eps: float) -> None:
    """Make layers with another epsilon compute what they computed in training.

    They divide by sqrt(variance + eps), so the difference goes into the variance.
    """
    for name, module in model.named_modules():
        if f"{name}.running_var" in loaded:
            variance: Tensor = module.running_var  # type: ignore[assignment]
            eps: float = module.eps  # type: ignore[assignment]
            if eps != trained_eps:
                variance.add_(trained_eps - eps)

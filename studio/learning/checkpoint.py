"""Weights and the state of training on disk; a file is the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from studio.errors import RunError
from studio.storage import runs

STATE = "state.pt"
"""In the run's ``resume`` folder."""
EPOCH = "epoch"
"""Told beside the best weights, in the same file."""
NO_ROOM = 2**20
"""Bytes that no checkpoint is smaller than."""
_FULL = "(os error 112)" if sys.platform == "win32" else "(os error 28)"
DAMAGED = (
    OSError, RuntimeError, ValueError, EOFError, UnpicklingError, LookupError, TypeError,
    AttributeError, ArithmeticError,
)  # fmt: skip
"""What reading a checkpoint raises whose bytes, or whose values, are not those once written."""


def save_best(folder: Path, model: nn.Module, epoch: int) -> None:
    """Write the weights of ``model`` as the run's best, those of ``epoch``.

    That is 0 where no epoch was learned to its end.
    """
    state = {
        name: value.detach().to("cpu").contiguous() for name, value in model.state_dict().items()
    }
    _replace(folder / runs.BEST, lambda path: save_file(state, path, {EPOCH: str(epoch)}))


def load_best(folder: Path, model: nn.Module) -> int | None:
    """Load the run's best weights into ``model``; returns their epoch, where the file tells it.

    Raises:
        RunError: there are none, or they do not fit.
    """
    path = folder / runs.BEST
    try:
        # Of one file, for meanwhile training may put a better one in its place.
        with safe_open(path, "pt") as weights:
            names = weights.keys()
            model.load_state_dict({name: weights.get_tensor(name) for name in names})
            epoch = (weights.metadata() or {}).get(EPOCH)
            return None if epoch is None else int(epoch)
    except FileNotFoundError as error:
        raise RunError("Run {run} holds no trained model.", run=folder.name) from error
    except (SafetensorError, RuntimeError, ValueError, OSError) as error:
        raise RunError(
            "The weights of run {run} cannot be read; the file {file} is damaged.",
            run=folder.name,
            file=path.name,
        ) from error


def save_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Write everything that training needs to go on: tensors and plain values only."""
    (folder / runs.RESUME).mkdir(exist_ok=True)
    _replace(folder / runs.RESUME / STATE, lambda path: torch.save(dict(state), path))


def is_there(folder: Path) -> bool:
    """Whether ``save_state`` has written a checkpoint of the run in ``folder``."""
    return (folder / runs.RESUME / STATE).exists()


def load_state(folder: Path) -> dict[str, Any]:
    """What ``save_state`` wrote, on the CPU.

    Raises:
        RunError: there is no checkpoint, or it is damaged.
    """
    path = folder / runs.RESUME / STATE
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise RunError("Run {run} has no checkpoint to go on from.", run=folder.name) from error
    except DAMAGED as error:
        raise damaged(folder) from error


def damaged(folder: Path) -> RunError:
    """The run's checkpoint cannot be used."""
    return RunError("The checkpoint of run {run} is damaged; start a new run.", run=folder.name)


def random_state(device: torch.device) -> dict[str, Tensor]:
    """The random generators of the CPU and of ``device``."""
    state = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        state["cuda"] = torch.cuda.get_rng_state(device)
    elif device.type == "mps":
        state["mps"] = torch.mps.get_rng_state()
    return state


def restore_random_state(state: Mapping[str, Tensor], device: torch.device) -> None:
    """Put back what ``random_state`` gave; a generator of another device is passed over."""
    torch.set_rng_state(state["cpu"])
    if device.type == "cuda" and "cuda" in state:
        torch.cuda.set_rng_state(state["cuda"], device)
    elif device.type == "mps" and "mps" in state:
        torch.mps.set_rng_state(state["mps"])


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    unfinished = path.with_name(path.name + ".new")
    try:
        write(unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
    except Exception as error:
        # Of a full disk torch only says that writing failed, safetensors what the system calls it.
        is_full = shutil.disk_usage(path.parent).free < NO_ROOM or _FULL in str(error)
        unfinished.unlink(missing_ok=True)
        if is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise
    runs.put_in_place(unfinished, path)

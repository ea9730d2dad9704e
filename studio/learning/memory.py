"""Out of memory: telling it from bugs, and getting by with less."""

from __future__ import annotations

import gc

import torch

from studio.errors import RunError


class TooLarge(RunError):
    """Nothing is left to halve: one image alone does not fit."""


def is_bounded(device: torch.device) -> bool:
    """Whether ``device`` has a memory of its own, which fills up long before the computer's."""
    return device.type == "cuda"


def is_exhausted(error: BaseException) -> bool:
    """Whether ``error`` says that the device's (or the computer's) memory ran out."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and (
        "not enough memory" in text
        or "out of memory" in text
        or "can't allocate memory" in text
        or "_STATUS_ALLOC_FAILED" in text  # cuBLAS, cuDNN and others
    )


def too_large(image_px: int) -> TooLarge:
    """One image with a longer side of ``image_px`` does not fit."""
    return TooLarge(
        "One image of {size} pixels is too much for the memory; choose a smaller image size or a "
        "smaller model.",
        size=image_px,
    )


def full(error: BaseException) -> RunError | None:
    """What to say of an error that means that there is no memory left; None for others."""
    if not is_exhausted(error):
        return None
    return RunError(
        "The memory is full. Close other programs, or those that use the graphics card, then try "
        "again."
    )


def release(device: torch.device) -> None:
    """Give back what the failed attempt still holds. Call it outside the ``except`` block."""
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()

"""How long a training step takes on this machine, as it was measured.

A measurement stands for one model, size, batch and device, until torch is updated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from math import ceil
from pathlib import Path
from typing import Any

from studio import paths
from studio.learning.advice.costs import JUDGING_PART, READING_S
from studio.learning.config import TrainConfig
from studio.learning.readiness.dataset import Readiness
from studio.storage.runs import write_json

FILE = "speeds.json"


def known(config: TrainConfig, machine: Mapping[str, Any]) -> float | None:
    """Seconds of a step on the device of ``config``, where they were measured.

    ``machine`` is what ``devices.facts`` tells.
    """
    value = _stored().get(_key(config, machine))
    return value if isinstance(value, float) and value > 0 else None


def remember(config: TrainConfig, machine: Mapping[str, Any], step_s: float) -> None:
    """Keep a measurement for all projects.

    Raises:
        OSError: it cannot be written.
    """
    write_json(_path(), _stored() | {_key(config, machine): step_s})


def run_s(config: TrainConfig, data: Readiness, step_s: float) -> float:
    """Seconds of a whole run without early stopping; 0 where images are seen in tiles.

    Reading of pictures counts where no other process does it.
    """
    if config.tile_size:
        return 0.0
    image_s = step_s / config.batch_size
    reading_s = READING_S if config.workers == 0 else 0.0
    steps = ceil(data.train_images * config.train_part / config.batch_size)
    judging_s = data.val_images * (image_s * JUDGING_PART + reading_s)
    return config.epochs * (steps * (step_s + config.batch_size * reading_s) + judging_s)


def _key(config: TrainConfig, machine: Mapping[str, Any]) -> str:
    device = str(machine.get("best", "cpu")) if config.device == "auto" else config.device
    names = {gpu["device"]: gpu["name"] for gpu in machine.get("gpus", ())}
    processor = f"{machine.get('cpu', '')} x {machine.get('cpu_count', '')}"
    parts = (
        config.task, config.model, config.image_size, config.tile_size, config.batch_size,
        config.micro_batch, config.optimizer, config.weights, config.mixed_precision, device,
        names.get(device, processor), _torch_version(),
    )  # fmt: skip
    return "|".join(str(part) for part in parts)


def _torch_version() -> str:
    try:
        return metadata.version("torch")
    except metadata.PackageNotFoundError:
        return ""


def _path() -> Path:
    return paths.cache_folder() / FILE


def _stored() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

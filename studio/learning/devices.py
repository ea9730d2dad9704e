"""Which device computes, and what this machine has to offer."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
import torchvision

from studio.errors import ConfigError
from studio.learning.events import Ended, Event, Probed

FP16_BREAKS = re.compile(r"\b(GTX 16[356]0|T[456][05]0|T1[02]00|T2000|MX[45]50)\b")
"""Cards without tensor cores, whose convolutions in fp16 are known to give what is no number."""


def resolve(name: str) -> torch.device:
    """The device called ``auto``, ``cpu``, ``cuda``, ``cuda:N`` or ``mps``.

    Raises:
        ConfigError: there is no such device here.
    """
    if name == "auto":
        return torch.device(_best())
    kind, _, number = name.partition(":")
    if kind == "cpu" and not number:
        return torch.device("cpu")
    if kind == "mps" and not number and torch.backends.mps.is_available():
        return torch.device("mps")
    if kind == "cuda" and torch.cuda.is_available() and (number or "0").isdecimal():
        if int(number or 0) < torch.cuda.device_count():
            return torch.device("cuda", int(number or 0))
    elif kind == "cuda" and nvidia_card() and torch.version.cuda is None:
        raise ConfigError(
            "device is {name}, but this PyTorch ({version}) was built without CUDA. Install a "
            "CUDA build as shown on https://pytorch.org/get-started, or choose cpu.",
            name=name,
            version=torch.__version__,
        )
    raise ConfigError(
        "device is {name}, but this machine offers: {offered}.",
        name=name,
        offered=", ".join(_offered()),
    )


def resolve_or_auto(name: str) -> torch.device:
    """As ``resolve``; ``auto`` for a device of another machine, where a run was trained."""
    try:
        return resolve(name)
    except ConfigError:
        return resolve("auto")


def _best() -> str:
    if torch.cuda.is_available():
        return "cuda:0"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _offered() -> list[str]:
    cuda = [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    mps = ["mps"] if torch.backends.mps.is_available() else []
    return ["auto", *cuda, *mps, "cpu"]


def describe(device: torch.device) -> str:
    """A device as a user knows it, for example ``NVIDIA GeForce RTX 4070 (cuda:0)``."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} ({device})"
    return {"cpu": "CPU", "mps": "Apple GPU (mps)"}.get(device.type, str(device))


def precision(device: torch.device, mixed: bool) -> str:
    """accelerate's name of the precision to compute in: ``bf16``, ``fp16`` or ``no``."""
    if device.type != "cuda" or not mixed:
        return "no"
    if torch.cuda.is_bf16_supported(including_emulation=False):
        return "bf16"
    return "no" if FP16_BREAKS.search(torch.cuda.get_device_name(device)) else "fp16"


def nvidia_card() -> str:
    """The name of an NVIDIA card that the system knows, whatever torch says; else ``""``."""
    listed = sorted(Path("/proc/driver/nvidia/gpus").glob("*/information"))
    for path in listed:
        for line in path.read_text(errors="replace").splitlines():
            if line.startswith("Model:"):
                return line.removeprefix("Model:").strip()
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return ""
    query = [tool, "--query-gpu=name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    names = answer.stdout.strip().splitlines() if answer.returncode == 0 else []
    return names[0].strip() if names else ""


def facts() -> dict[str, Any]:
    """What torch and this machine can do, as JSON values.

    ``gpus`` lists ``device``, ``name`` and ``memory_bytes``. ``unused_gpu`` names an NVIDIA card
    that this build of torch cannot use ("" where there is none).
    """
    cuda = torch.cuda.is_available()
    card = "" if cuda else nvidia_card()
    return {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "cuda_build": torch.version.cuda or "",
        "cuda": cuda,
        "mps": torch.backends.mps.is_available(),
        "gpus": [
            {
                "device": f"cuda:{index}",
                "name": torch.cuda.get_device_name(index),
                "memory_bytes": torch.cuda.get_device_properties(index).total_memory,
                "bf16": torch.cuda.is_bf16_supported(including_emulation=False),
            }
            for index in range(torch.cuda.device_count())
        ],
        "unused_gpu": card,
        "cpu": platform.processor() or platform.machine(),
        "cpu_count": usable_cpus(),
        "devices": _offered(),
        "best": _best(),
    }


def usable_cpus() -> int:
    """CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def probe(should_stop: Callable[[], str]) -> Iterator[Event]:
    """The facts as a job: ``Probed``, then ``Ended``."""
    yield Probed(facts())
    yield Ended("finished")

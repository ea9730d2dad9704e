"""What the machine offers, and a wish it cannot meet."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
import torch

import studio.learning
from studio.errors import ConfigError
from studio.learning import devices, memory
from studio.learning.data import tensors
from studio.learning.events import Ended, Probed
from tests.learning import scenes


def test_probe_tells_facts_that_name_the_best_device():
    probed, ended = devices.probe(scenes.never)
    assert isinstance(probed, Probed) and isinstance(ended, Ended)
    facts = probed.facts
    assert facts["best"] in facts["devices"] and {"auto", "cpu"} <= set(facts["devices"])
    assert facts["torch"] == torch.__version__ and facts["cpu_count"] >= 1


def test_the_cpu_is_always_there_and_others_are_refused_with_the_choice():
    assert devices.resolve("cpu") == torch.device("cpu")
    assert devices.resolve("auto").type in ("cpu", "cuda", "mps")
    for name in ("gpu", "cuda:99", "cpu:1", "cuda:x"):
        with pytest.raises(ConfigError, match="offers: auto"):
            devices.resolve(name)
    assert devices.resolve_or_auto("cuda:99") == devices.resolve("auto")


def test_an_nvidia_card_that_torch_cannot_use_is_not_passed_over_in_silence(monkeypatch):
    monkeypatch.setattr(devices, "nvidia_card", lambda: "NVIDIA GeForce RTX 4070")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    assert devices.facts()["unused_gpu"] == "NVIDIA GeForce RTX 4070"
    with pytest.raises(ConfigError, match=r"built without CUDA.*pytorch\.org"):
        devices.resolve("cuda")


def test_out_of_memory_is_told_from_other_failures():
    assert memory.is_exhausted(torch.OutOfMemoryError("CUDA out of memory."))
    assert memory.is_exhausted(MemoryError())
    assert memory.is_exhausted(
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: not enough memory")
    )
    assert memory.is_exhausted(RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"))
    assert not memory.is_exhausted(RuntimeError("size mismatch"))
    assert not memory.is_exhausted(ValueError("out of memory"))


@pytest.mark.parametrize(
    ("card", "wanted"),
    [
        ("NVIDIA GeForce RTX 2080 Ti", "fp16"),
        ("Tesla T4", "fp16"),
        ("NVIDIA GeForce GTX 1660 SUPER", "no"),
        ("NVIDIA GeForce GTX 1650", "no"),
        ("Quadro T2000", "no"),
        ("NVIDIA GeForce MX450", "no"),
    ],
)
def test_cards_that_make_no_numbers_in_half_precision_compute_in_full(monkeypatch, card, wanted):
    device = torch.device("cuda", 0)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: card)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: False)
    assert devices.precision(device, mixed=True) == wanted
    assert devices.precision(device, mixed=False) == "no"
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: True)
    assert devices.precision(device, mixed=True) == "bf16"


class Travelling(torch.Tensor):
    """Remembers how it was asked to go to a device, and stays where it is."""

    waited: ClassVar[dict[str, bool]] = {}

    def to(self, device: torch.device, *, non_blocking: bool = False) -> torch.Tensor:
        self.waited[device.type] = not non_blocking
        return self


def test_only_cuda_is_trusted_with_pictures_that_are_freed_meanwhile():
    """On Apple's GPUs training would see noise: there is none here to see that it does not."""
    for kind in ("cpu", "cuda", "mps"):
        tensors.on_device(torch.zeros(1).as_subclass(Travelling), torch.device(kind))
    assert Travelling.waited == {"cpu": True, "cuda": False, "mps": True}
    sources = Path(studio.learning.__file__).parent.rglob("*.py")
    said = [path.name for path in sources if "non_blocking" in path.read_text("utf-8")]
    assert said == ["tensors.py"]

"""How the process is set up that computes."""

from __future__ import annotations

import platform
import subprocess
import sys
from types import SimpleNamespace

import pytest

from studio.errors import RunError
from studio.jobs import engine
from studio.jobs.protocol import CallRequest

_RESIDENT_AFTER_FREEING = """
import resource
import numpy as np
from studio.jobs import engine

def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * resource.getpagesize() / 2**20

{setting}
before = resident_mb()
for _ in range(3):
    block = np.ones(2**24)  # 128 MB
    del block
print(resident_mb() - before)
"""


def _kept_mb(setting: str) -> float:
    script = _RESIDENT_AFTER_FREEING.format(setting=setting)
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return float(told.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of glibc")
def test_freed_memory_is_kept_for_the_next_step() -> None:
    assert _kept_mb("") < 64
    assert 100 < _kept_mb("engine.keep_freed_memory()") < 200


@pytest.mark.parametrize(("most", "kept"), [(2**31, 2**31 - 1), (2**25, 2**25), (0, None)])
def test_an_older_glibc_keeps_as_much_as_it_can(
    most: int, kept: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: dict[int, int] = {}

    def mallopt(parameter: int, value: int) -> int:
        if value <= most:
            settings[parameter] = value
        return value <= most

    monkeypatch.setattr(engine.sys, "platform", "linux")
    monkeypatch.setattr(engine.ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=mallopt))
    engine.keep_freed_memory()
    assert settings == ({} if kept is None else {-3: kept, -1: -1})


def test_memory_that_is_full_is_no_bug() -> None:
    def started(what: str) -> None:
        request = CallRequest("tests.jobs.tasks:overfill", {"what": what})
        list(engine.start(request, lambda: ""))

    with pytest.raises(RunError, match="The memory is full"):
        started("CUDA error: out of memory")
    with pytest.raises(RuntimeError, match="size mismatch"):
        started("size mismatch")

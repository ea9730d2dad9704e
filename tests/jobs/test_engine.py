"""How the process is set up that computes."""

import platform
import subprocess
import sys

import pytest

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

"""How much memory this process takes."""

from __future__ import annotations

import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Megabytes that lie in the memory now; the greatest so far where that cannot be told."""
    return _of_status("VmRSS") if STATUS.exists() else peak_mb()


def peak_mb() -> float:
    """The most megabytes that lay in the memory so far; 0 where the system does not tell."""
    if STATUS.exists():
        return _of_status("VmHWM")
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def most_mb(process: int) -> float:
    """As ``peak_mb``, of another process that is at work; only Linux tells."""
    status = Path(f"/proc/{process}/status")
    return _of_status("VmHWM", status) if status.exists() else 0.0


def _of_status(field: str, status: Path = STATUS) -> float:
    line = next(each for each in status.read_text().splitlines() if each.startswith(field))
    return int(line.split()[1]) * 1024 / 1e6

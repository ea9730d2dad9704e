"""What ``studio doctor`` finds out about this computer.

Nothing here imports Qt or torch into this process: either may be broken in a way that ends it,
so both are tried in a child.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = (
    "vision-studio", "PySide6-Essentials", "torch", "torchvision", "numpy",
    "opencv-python-headless", "pillow", "tifffile", "pyqtgraph", "accelerate", "safetensors",
    "faster-coco-eval", "typer", "rich",
)  # fmt: skip

# The libraries that Qt's platform plugin needs on Linux, by the package of Debian and Ubuntu.
LINUX_PACKAGES = {
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-render.": "libxcb-render0",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-util": "libxcb-util1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb-xinerama": "libxcb-xinerama0",
    "libxcb-xkb": "libxcb-xkb1",
    "libxcb.": "libxcb1",
    "libX11-xcb": "libx11-xcb1",
    "libX11.": "libx11-6",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxkbcommon.": "libxkbcommon0",
    "libEGL": "libegl1",
    "libGLX": "libglx0",
    "libGL.": "libgl1",
    "libOpenGL": "libopengl0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libz.": "zlib1g",
}

_TRY_TORCH = """
import json
from studio.learning.devices import facts
print("\\n" + json.dumps(facts()))
"""

_TRY_QT = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
print("\\n" + __import__("json").dumps({"platform": app.platformName()}))
"""


def versions() -> dict[str, str]:
    """Installed versions by package; "" for one that is missing."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = ""
    return found


def system() -> dict[str, Any]:
    """The operating system and what there is of processors, memory and disk."""
    return {
        "platform": platform.platform(),
        "python": sys.executable,
        "cpu_count": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
    }


def nvidia_cards() -> list[dict[str, str]]:
    """NVIDIA cards as the driver names them, whatever torch makes of them."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    query = [tool, "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"]
    try:
        answer = subprocess.run(query, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    rows = (line.split(", ") for line in answer.stdout.splitlines())
    return [dict(zip(("name", "memory", "driver"), row, strict=False)) for row in rows if row[0]]


def torch_facts() -> dict[str, Any]:
    """What torch says of its devices; ``error`` where it cannot even be imported."""
    return tried(_TRY_TORCH, dict(os.environ))


def has_display() -> bool:
    """Whether there is a screen that a window could be shown on."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def display() -> dict[str, Any]:
    """Whether a window can open: ``platform`` is Qt's, ``error`` says why there is none."""
    present = has_display()
    missing = missing_libraries()
    return {
        "present": present,
        "missing": missing,
        "packages": packages_of(missing),
        **tried(_TRY_QT, dict(os.environ) if present else _offscreen()),
    }


def _offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def tried(code: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """The last line that ``code`` prints in a child, as JSON; ``error`` where it fails."""
    command = [sys.executable, "-c", code]
    environment = {**environment, "PYTHONUTF8": "1"}
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=180, env=environment, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"error": str(error)}
    try:
        return json.loads(answer.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        said = [line.strip() for line in answer.stderr.splitlines() if line.strip()]
        return {"error": _telling(said) or f"it ended with code {answer.returncode}"}


def _telling(lines: Iterable[str]) -> str:
    """The line of an error's output that says most."""
    found = [line for line in lines if re.search(r"error|could not|cannot|no module", line, re.I)]
    return found[-1] if found else ""


def missing_libraries() -> list[str]:
    """Shared libraries that Qt's X11 plugin wants and this Linux lacks."""
    spec = importlib.util.find_spec("PySide6") if sys.platform == "linux" else None
    tool = shutil.which("ldd")
    if spec is None or not spec.submodule_search_locations or tool is None:
        return []
    folder = Path(spec.submodule_search_locations[0])
    wanted = (folder / "Qt/plugins/platforms/libqxcb.so", folder / "QtWidgets.abi3.so")
    missing: set[str] = set()
    for library in wanted:
        answer = subprocess.run([tool, library], capture_output=True, text=True, check=False)
        missing |= set(re.findall(r"^\s*(\S+) => not found", answer.stdout, re.MULTILINE))
    return sorted(name for name in missing if not name.startswith("libQt6"))


def packages_of(libraries: Iterable[str]) -> list[str]:
    """The packages of Debian and Ubuntu that hold these libraries."""
    return sorted(
        {
            package
            for library in libraries
            for start, package in LINUX_PACKAGES.items()
            if library.startswith(start)
        }
    )


def folders() -> list[dict[str, Any]]:
    """The user's folders and whether they can be written."""
    from studio import paths

    found: list[dict[str, Any]] = []
    for purpose in (paths.config_folder, paths.cache_folder, paths.data_folder):
        try:
            path = purpose()
            found.append({"folder": str(path), "writable": os.access(path, os.W_OK)})
        except OSError as error:
            found.append({"folder": str(error.filename or purpose.__name__), "writable": False})
    return found

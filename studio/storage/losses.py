"""How wrong a run's best model is on each image it was judged on: small files beside its reports,
so that images can be sorted by it without reading those."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from studio.storage import runs

FILES = "losses-*.json"


def write(run_folder: Path, split: str, losses: Mapping[int, float]) -> None:
    """Keep the losses, 0 (right) to 1, of the images of one split by their ids."""
    runs.write_json(run_folder / FILES.replace("*", split), losses)


def forget(run_folder: Path, split: str) -> None:
    """Delete the losses of one split: the run has another best model now."""
    (run_folder / FILES.replace("*", split)).unlink(missing_ok=True)


def newest(project: Path) -> dict[int, float]:
    """The losses of the newest run that was judged, of all its splits; empty without one."""
    for folder in runs.newest_first(project):
        found: dict[int, float] = {}
        for path in sorted(folder.glob(FILES)):
            found |= _read(path)
        if found:
            return found
    return {}


def _read(path: Path) -> dict[int, float]:
    """What a file says; nothing where it has gone or is damaged."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        losses = {int(image_id): float(loss) for image_id, loss in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {image_id: loss for image_id, loss in losses.items() if math.isfinite(loss)}

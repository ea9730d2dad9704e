"""Saving predictions as CSV, COCO JSON or pictures, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from studio.errors import FormatError, ImageProblem
from studio.formats import predictions as files
from studio.vision import images, overlay
from studio.vision.images import GreyMapping
from studio.vision.overlay_files import OverlayFiles


class Kind(StrEnum):
    """What predictions can be saved as."""

    CSV = "csv"
    COCO = "coco"
    OVERLAYS = "overlays"


@dataclass(frozen=True, slots=True)
class Saved:
    """How far the work has got: pictures done, of how many, and files that failed."""

    done: int
    total: int
    problems: tuple[str, ...] = ()


def save(
    kind: Kind,
    destination: Path,
    predictions: Sequence[Mapping[str, Any]],
    colors: Mapping[str, str],
    mapping: GreyMapping | None,
    should_stop: Callable[[], bool],
) -> Generator[Saved, None, Saved]:
    """Write ``predictions`` to a file, or for overlays into a folder.

    ``colors`` gives ``#RRGGBB`` by label name; its order is that of the categories.

    Raises:
        FormatError: the destination cannot be written.
    """
    total = len(predictions)
    yield Saved(0, total)
    match kind:
        case Kind.CSV:
            files.write_csv(destination, predictions)
        case Kind.COCO:
            files.write_coco(destination, predictions, list(colors))
        case Kind.OVERLAYS:
            return (yield from _draw_all(destination, predictions, colors, mapping, should_stop))
    return Saved(total, total)


def _draw_all(
    folder: Path,
    predictions: Sequence[Mapping[str, Any]],
    colors: Mapping[str, str],
    mapping: GreyMapping | None,
    should_stop: Callable[[], bool],
) -> Generator[Saved, None, Saved]:
    overlays = OverlayFiles(folder)
    problems: list[str] = []
    state = Saved(0, len(predictions))
    for done, prediction in enumerate(predictions, start=1):
        if should_stop():
            break
        source = Path(prediction["file"])
        try:
            rgb = images.read(source, mapping)
            overlays.write(overlay.draw(rgb, prediction, colors), Path(source.name))
        except ImageProblem as problem:
            problems.append(str(problem))
        except OSError as error:
            raise FormatError(
                "Cannot write {file}: {reason}.", file=error.filename, reason=error.strerror
            ) from error
        state = Saved(done, len(predictions), tuple(problems))
        yield state
    return state

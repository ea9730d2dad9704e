"""``studio predict``."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from studio.cli import output
from studio.cli.following import display, follow
from studio.cli.project import AsJson, ProjectFolder
from studio.cli.results import RunNumber, require_success
from studio.errors import ConfigError, ImageProblem, RunError
from studio.jobs import engine
from studio.jobs.protocol import PredictRequest
from studio.jobs.stopping import StopRequest
from studio.learning.events import Ended, ImagePredicted

if TYPE_CHECKING:
    from studio.formats.predictions import CsvTable
    from studio.vision.depth import GreyMapping


def predict(
    project: ProjectFolder,
    run: RunNumber,
    images: Annotated[
        list[Path], typer.Argument(metavar="IMAGES...", help="Image files, or folders of them.")
    ],
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Leave out objects with a lower score.",
            show_default="the model's",
        ),
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write pictures with what was found.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the predictions as CSV.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Predict on image files and on folders (and all folders below them).

    One that was interrupted goes on where it was when it is asked for again: images that are the
    same are not looked at again.

    With --json, a list with one object a prediction. A classifier gives one an image: "file",
    "label" (the likeliest), "score" (its probability) and "scores" (of every class by name). The
    others give one an object found: "file", "label", "score", "bbox" (x, y, width, height in
    pixels of the upright image) and, where there are masks, "segmentation" (COCO run-length
    encoding: "size" and "counts") or, where there are points, "keypoints" (a list of "name", "x",
    "y" and "score", how sure the model is of its place). An image without objects has no entry.
    """
    files = files_of(images)
    stop = StopRequest()
    events = engine.start(PredictRequest(project, run, tuple(files), threshold), stop)
    painter = Overlays(overlay, appearance(project, run), files) if overlay else None
    count = 0
    ended = Ended("failed")
    with PredictionPrinter(table, as_json) as told:
        for event in follow(events, display(as_json=False), stop):
            match event:
                case ImagePredicted(prediction=prediction):
                    count += 1
                    told.tell(prediction)
                    if painter:
                        painter.paint(prediction)
                case Ended():
                    ended = event
                case _:
                    pass
    if output.speaks():
        for line in painter.legend() if painter else ():
            output.note(line)
        require_success(ended, stop)
        if not count:
            raise ImageProblem("None of the images could be read.")


class PredictionPrinter:
    """Prints each prediction, and writes it to ``table``, as soon as it is known.

    Nothing is held back: there may be more of them than the memory can take.
    """

    def __init__(self, table: Path | None, as_json: bool) -> None:
        self._list = output.JsonList() if as_json else None
        self._path = table
        self._table: CsvTable | None = None

    def tell(self, prediction: Mapping[str, Any]) -> None:
        """Print and write what was predicted on an image."""
        if self._list:
            for entry in entries(prediction):
                self._list.print(entry)
        else:
            output.say_line(summary(prediction))
        if self._path:
            self._written_to(self._path).write(prediction)

    def _written_to(self, path: Path) -> CsvTable:
        """The table, begun when there is something to write: no mistake costs the old one."""
        from studio.formats.predictions import CsvTable

        self._table = self._table or CsvTable(path)
        return self._table

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._path and (self._table or not kind):
            self._written_to(self._path).close()
        if self._list and (self._list.has_begun or not kind):
            self._list.close()


def files_of(images: Iterable[Path]) -> dict[Path, Path]:
    """Every image file named or below a folder named, with its path below that folder.

    Raises:
        ConfigError: a path does not exist, or there is no image at all.
    """
    files: dict[Path, Path] = {}
    for path in images:
        if path.is_dir():
            files |= {file: file.relative_to(path) for file in _images_below(path)}
        elif path.exists():
            files[path] = Path(path.name)
        else:
            raise ConfigError("{path} does not exist.", path=path)
    if not files:
        raise ConfigError("There are no images in {folders}.", folders=", ".join(map(str, images)))
    return {path.absolute(): below for path, below in files.items()}


def _images_below(folder: Path) -> Iterator[Path]:
    from studio.vision.images import EXTENSIONS

    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in EXTENSIONS and not name.startswith("."):
                yield Path(parent, name)


def entries(prediction: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What ``--json`` prints of one image's predictions."""
    file = prediction["file"]
    if "scores" in prediction:
        label, score = max(prediction["scores"].items(), key=lambda item: item[1])
        scores = dict(prediction["scores"])
        yield {"file": file, "label": label, "score": score, "scores": scores}
        return
    for each in prediction["objects"]:
        kept = ("label", "score", "bbox", "segmentation", "keypoints")
        yield {"file": file, **{name: each[name] for name in kept if each.get(name) is not None}}


def summary(prediction: Mapping[str, Any]) -> str:
    """One line about an image: ``nut.jpg: nut 0.98`` or ``bench.jpg: 3 nut, 1 screw``."""
    if "scores" in prediction:
        best = sorted(prediction["scores"].items(), key=lambda item: -item[1])[:3]
        what = ", ".join(f"{label} {score:.2f}" for label, score in best)
    else:
        counts = Counter(each["label"] for each in prediction["objects"])
        what = ", ".join(f"{count} {label}" for label, count in counts.most_common())
    return f"{prediction['file']}: {what or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a model's predictions are drawn: ``#RRGGBB`` by label, and what grey becomes 8 bit."""

    colours: Mapping[str, str]
    mapping: GreyMapping | None = None


def appearance(project: Path, run: int) -> Appearance:
    """Colours and grey values as the run's model knows them.

    Raises:
        RunError: there is no such run, or it has no model.
    """
    from studio.storage import runs
    from studio.vision.depth import mapping_of

    path = runs.find(project.resolve(), run) / runs.MODEL
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
        colours = {label["name"]: label["color"] for label in model["labels"]}
        return Appearance(colours, mapping_of(model["grey"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError("Run {run} has no model yet.", run=run) from error


class Overlays:
    """Writes pictures with their predictions drawn in, as PNG files below ``folder``.

    ``files`` is what ``files_of`` found.
    """

    def __init__(self, folder: Path, look: Appearance, files: Mapping[Path, Path]) -> None:
        from studio.vision.overlay_files import OverlayFiles

        self._look = look
        self._files = files
        self._overlays = OverlayFiles(folder)

    def paint(self, prediction: Mapping[str, Any]) -> None:
        """Write one picture, at the place it has below the folder that was named."""
        from studio.vision import images, overlay

        source = Path(prediction["file"])
        rgb = images.read(source, self._look.mapping)
        picture = overlay.draw(rgb, prediction, self._look.colours)
        try:
            self._overlays.write(picture, self._files.get(source, Path(source.name)))
        except OSError as error:
            raise ConfigError(
                "Cannot write {file}: {why}.", file=error.filename, why=error.strerror
            ) from error

    def legend(self) -> list[str]:
        """What the numbers in the pictures mean, where no font here has the classes' names."""
        from studio.vision import overlay

        if overlay.draws_names(self._look.colours):
            return []
        return [f"{number} = {name}" for number, name in enumerate(self._look.colours, start=1)]

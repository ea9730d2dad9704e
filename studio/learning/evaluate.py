"""Judging a run on one split, and the detailed report that the Results workspace shows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, suppress
from pathlib import Path

import torch

from studio.domain.project import Split
from studio.errors import RunError, say
from studio.learning import checkpoint, devices, registry, snapshot, spec
from studio.learning.adapter import Adapter
from studio.learning.data import tiling
from studio.learning.data.reading import Pictures, Reading, choose_workers
from studio.learning.events import Ended, Evaluated, Event, Notice, Progress
from studio.learning.readiness import dataset
from studio.learning.snapshot import FrozenImage, Snapshot
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.validation import ShouldStop, Validation, chunks, validate
from studio.storage import losses, runs
from studio.storage.reader import Reader


def evaluate(
    project: Path, run_number: int, split: str, should_stop: ShouldStop
) -> Generator[Event, None, None]:
    """Judge the best model of a run on ``train``, ``val`` or ``test``.

    The run's frozen data set is used. Where it has no image in the split, the project's present
    images of that split are taken, those that the run has seen apart.

    Raises:
        RunError: the run or its model is missing, or there is nothing to judge it on.
    """
    folder = runs.find(project.resolve(), run_number)
    model_spec = spec.read(folder)
    images = yield from _images(project, folder, model_spec, Split(split))
    yield Progress("load", 0, 0)
    device = devices.resolve_or_auto(model_spec.config.device)
    model, _ = registry.build(
        model_spec.config, len(model_spec.labels), len(model_spec.places), pretrained=False
    )
    checkpoint.load_best(folder, model)
    model.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    adapter = adapter_for(model_spec)
    workers = choose_workers(model_spec.config, device, len(images))
    with closing(Reading(Pictures(images, adapter), workers)) as reading:
        loaded = reading.batches(0, chunks(len(images), tiling.at_a_time(model_spec.config)))
        result = yield from validate(model, adapter, loaded, len(images), device, should_stop)
    if result is None:
        yield Ended("stopped")
        return
    path = write_report(folder, split, adapter, result)
    yield Evaluated(split, result.scores.metrics, str(path))
    yield Ended("finished", metrics=result.scores.metrics)


def _images(
    project: Path, folder: Path, model_spec: ModelSpec, split: Split
) -> Generator[Event, None, tuple[FrozenImage, ...]]:
    """What to judge on; says how many images of the split are left out."""
    frozen = snapshot.read(folder)
    if images := frozen.of(split):
        return images
    with Reader.open(project) as reader:
        found = dataset.present(reader, model_spec.task, model_spec.labels, split)
    images = _unseen(found, frozen, split)
    if not images:
        raise RunError(
            "Run {run} cannot be judged on {split}: no labelled image is in that split, other "
            "than those that the run has seen.",
            run=folder.name,
            split=split,
        )
    if len(images) < len(found):
        yield Notice(
            "warning",
            say(
                "{count} image(s) now in {split} are left out, since the run has seen them.",
                count=len(found) - len(images),
                split=split,
            ),
        )
    return images


def _unseen(
    found: tuple[FrozenImage, ...], frozen: Snapshot, split: Split
) -> tuple[FrozenImage, ...]:
    """The images that the run neither learned from nor, for a test, was chosen by.

    The same file under another name counts as seen.
    """
    seen = (*frozen.of(Split.TRAIN), *(frozen.of(Split.VAL) if split is Split.TEST else ()))
    ids = {image.id for image in seen}
    hashes = {image.hash for image in seen if image.hash}
    return tuple(image for image in found if image.id not in ids and image.hash not in hashes)


def forget_reports(folder: Path, kept: Split | None) -> None:
    """Delete what is said of the run's best model, which is about to be replaced by a better one.

    The report on the split ``kept`` is replaced soon after.
    """
    for split in Split:
        if split is not kept:
            with suppress(OSError):  # Windows: somebody reads it at this moment
                runs.evaluation_path(folder, split).unlink(missing_ok=True)
                losses.forget(folder, split)


def write_report(folder: Path, split: str, adapter: Adapter, result: Validation) -> Path:
    """Write ``evaluation-<split>.json``: metrics, classes, confusion and images, worst first.

    How bad each image is goes into a file of its own besides, see ``storage.losses``.
    """
    images = [
        {
            "id": image_id,
            "file": truth["file"],
            "badness": round(adapter.badness(truth, prediction), 6),
            "truth": truth,
            "prediction": prediction,
        }
        for image_id, truth, prediction in zip(
            result.ids, result.truths, result.predictions, strict=True
        )
    ]
    images.sort(key=lambda image: -image["badness"])
    losses.write(folder, split, {image["id"]: image["badness"] for image in images})
    path = runs.evaluation_path(folder, split)
    runs.write_json(
        path,
        {
            "task": adapter.spec.task,
            "split": split,
            "metrics": dict(result.scores.metrics),
            "loss": result.loss,
            "per_class": list(result.scores.per_class),
            "confusion": dict(result.scores.confusion),
            "images": images,
        },
        compact=True,
    )
    return path

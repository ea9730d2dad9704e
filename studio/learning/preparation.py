"""What comes before the first step: the frozen data set, the weights, the run's own folder."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from accelerate import Accelerator
from filelock import FileLock

from studio.errors import DownloadFailed, RunError, WeightsMissing
from studio.learning import catalogue, inspection, processes
from studio.learning.config import TrainConfig, Weights
from studio.learning.events import Event, Notice, Progress
from studio.learning.pretrained import weights
from studio.learning.pretrained.download import download
from studio.learning.readiness import dataset, eligibility, nested_subsets
from studio.learning.snapshot import Snapshot
from studio.learning.training import Position
from studio.learning.validation import ShouldStop
from studio.storage import runs
from studio.storage.reader import Reader


def freeze(
    project: Path, config: TrainConfig, should_stop: ShouldStop
) -> Generator[Event, None, Snapshot]:
    """The project's data set for ``config.task`` as it is now, every file looked at; of the
    training images the part that is to be learned from.

    Raises:
        NotEnoughLabels: there is too little to learn from.
    """
    yield Progress("prepare", 0, 0)
    with Reader.open(project) as reader:
        frozen = dataset.freeze(reader, config.task, config.seed, config.val_fraction)
        drawn = [image.id for image in frozen.images if image.truths]
        statuses, marked = reader.statuses(drawn), reader.done_labels_of(drawn)
        counts = reader.shape_counts()
    for sentence in eligibility.unfinished(statuses.values(), marked):
        yield Notice("info", sentence)
    for sentence in eligibility.traces(counts, config.task):
        yield Notice("info", sentence)
    for sentence in eligibility.nameless(frozen.keypoints()):
        yield Notice("warning", sentence)
    whole = dataset.settle((yield from inspection.check(frozen, should_stop)))
    return nested_subsets.thinned(whole, config.train_part, config.seed)


def fetch_weights(config: TrainConfig, should_stop: ShouldStop) -> Generator[Event, None, None]:
    """Download the published weights where they are wanted and nowhere on this computer.

    Raises:
        WeightsMissing: they cannot be downloaded either.
    """
    card = catalogue.card(config.task, config.model)
    if config.weights is Weights.SCRATCH or weights.find(card) is not None:
        return
    try:
        yield from download(card, should_stop)
    except DownloadFailed as error:
        raise WeightsMissing(
            "The pretrained weights of {model} are not on this computer and could not be "
            "fetched: {reason} Put {architecture}.safetensors into a folder named by "
            "STUDIO_WEIGHTS, or start from random weights (--from-scratch).",
            model=card.name,
            reason=error,
            architecture=card.weights[-1].architecture,
        ) from error


def read_position(folder: Path) -> Position:
    """Where a finished run stood.

    Raises:
        RunError: it is not known, or damaged.
    """
    try:
        text = (folder / runs.POSITION).read_text(encoding="utf-8")
        return Position.from_json(json.loads(text))
    except (OSError, ValueError, TypeError) as error:
        raise RunError(
            "Run {run} cannot be trained for longer; start a new one with its settings.",
            run=folder.name,
        ) from error


@contextmanager
def held(folder: Path, accelerator: Accelerator) -> Iterator[FileLock | None]:
    """The run's lock, for the one process that writes.

    Raises:
        RunError: somebody else holds it.
    """
    lock, failure = None, None
    processes.gathered(accelerator, None)  # all have looked at the run: from now on it is at work
    if accelerator.is_main_process:
        try:
            lock = runs.hold(folder)
        except RunError as error:
            failure = error
    processes.raise_alike(accelerator, failure)
    try:
        yield lock
    finally:
        if lock is not None:
            lock.release()

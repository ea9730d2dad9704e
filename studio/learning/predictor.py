"""Using a trained model on images that it has never met."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

import torch
from torch import nn

from studio.domain.project import Split
from studio.errors import say
from studio.learning import checkpoint, devices, memory, registry, spec
from studio.learning.adapter import Prediction, Sample
from studio.learning.data import tiling
from studio.learning.data.reading import Pictures, Reading, Unreadable, choose_workers
from studio.learning.events import Ended, Event, ImagePredicted, Notice, Progress
from studio.learning.journal import Journal
from studio.learning.pace import Countdown
from studio.learning.snapshot import FrozenImage
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.validation import ShouldStop, chunks, each_image, unreadable_notice
from studio.storage import runs

MOST_AT_A_TIME = 8
"""Images on the device together; prediction needs no large batches."""

Found = tuple[Sample, Prediction] | Unreadable


def predict(
    project: Path,
    run_number: int,
    paths: Sequence[Path],
    threshold: float | None,
    should_stop: ShouldStop,
    *,
    resumable: bool = True,
) -> Generator[Event, None, None]:
    """Predict on image files, telling each as soon as it is done.

    Objects scored below ``threshold`` (0..1) are left out; None takes the model's own, and a
    classifier's scores are always told whole. A file that cannot be read is named and passed
    over. What was told before an interruption is told again, but not looked at again; one that is
    not ``resumable`` knows and keeps nothing.

    Raises:
        RunError: the run or its model is missing.
    """
    folder = runs.find(project.resolve(), run_number)
    model_spec = spec.read(folder)
    least = model_spec.threshold if threshold is None else threshold
    yield Progress("load", 0, 0)
    device = devices.resolve_or_auto(model_spec.config.device)
    model, _ = registry.build(
        model_spec.config, len(model_spec.labels), len(model_spec.places), pretrained=False
    )
    epoch = checkpoint.load_best(folder, model)
    journal = Journal(folder, least)  # at once: training may put a better model in its place
    model.to(device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    sources = [
        FrozenImage(number, str(path.absolute()), path.name, "", 0, 0, Split.TEST)
        for number, path in enumerate(paths)
    ]
    with journal if resumable else nullcontext():
        known = deque(source for source in sources if journal.knows(source.path))
        again = {source.id for source in known}
        fresh = [source for source in sources if source.id not in again]
        if known:
            yield _passed_over(len(known), len(sources))
        countdown = Countdown(len(fresh))
        with closing(_predictions(model, model_spec, fresh, device)) as found:
            told = _in_order(found, known, journal, least, epoch)
            for done, event in enumerate(told, start=1):
                yield event
                left_s = countdown.left_s(done - len(again) + len(known))
                yield Progress("predict", done, len(sources), eta_s=left_s)
                if should_stop():
                    yield Ended("stopped")
                    return
        journal.conclude(source.path for source in sources)
    yield Ended("finished")


def _passed_over(known: int, total: int) -> Notice:
    """Says how many images were predicted before."""
    sentence = say(
        "Going on with an interrupted prediction: {known} of {total} image(s) are done.",
        known=known,
        total=total,
    )
    return Notice("info", sentence)


def _predictions(
    model: nn.Module, model_spec: ModelSpec, sources: Sequence[FrozenImage], device: torch.device
) -> Generator[Found, None, None]:
    """What the model says of each image, its objects all."""
    adapter = adapter_for(model_spec, fits_late=memory.is_bounded(device))
    size = min(MOST_AT_A_TIME, tiling.at_a_time(model_spec.config))
    workers = choose_workers(model_spec.config, device, len(sources))

    def ask(samples: Sequence[Sample]) -> list[Prediction]:
        return adapter.predict(model, samples, device)

    with closing(Reading(Pictures(sources, adapter), workers)) as reading:
        yield from each_image(reading.batches(0, chunks(len(sources), size)), ask, device)


def _in_order(
    found: Iterable[Found],
    known: deque[FrozenImage],
    journal: Journal,
    least: float,
    epoch: int | None,
) -> Iterator[ImagePredicted | Notice]:
    """What is found, which the journal keeps, and what is ``known`` to it, by the images' order.

    The model is that of ``epoch``.
    """
    for result in found:
        if isinstance(result, Unreadable):
            yield unreadable_notice(result)
            continue
        source = result[0].source
        while known and known[0].id < source.id:
            yield ImagePredicted(journal.prediction(known.popleft().path), again=True, epoch=epoch)
        prediction = _above(result[1], least)
        journal.add(source.path, prediction)
        yield ImagePredicted(prediction, epoch=epoch)
    while known:
        yield ImagePredicted(journal.prediction(known.popleft().path), again=True, epoch=epoch)


def _above(prediction: Prediction, threshold: float) -> Prediction:
    if "objects" not in prediction:
        return prediction
    kept = [each for each in prediction["objects"] if each["score"] >= threshold]
    return prediction | {"objects": kept}

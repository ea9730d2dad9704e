"""Using a trained model on images that it has never met."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

import torch

from studio.domain.project import Split
from studio.learning import checkpoint, devices, registry, spec, tiling
from studio.learning.adapter import Prediction, Sample
from studio.learning.data import Pictures, Reading, Unreadable, choose_workers
from studio.learning.events import Ended, Event, ImagePredicted, Progress
from studio.learning.snapshot import FrozenImage
from studio.learning.tasks import adapter_for
from studio.learning.validation import ShouldStop, chunks, each_image, unreadable_notice
from studio.storage import runs

MOST_AT_A_TIME = 8
"""Images on the device together; prediction needs no large batches."""


def predict(
    project: Path,
    run_number: int,
    paths: Sequence[Path],
    threshold: float | None,
    should_stop: ShouldStop,
) -> Generator[Event, None, None]:
    """Predict on image files, telling each as soon as it is done.

    Objects scored below ``threshold`` (0..1) are left out; None takes the model's own, and a
    classifier's scores are always told whole. A file that cannot be read is named and passed
    over.

    Raises:
        RunError: the run or its model is missing.
    """
    folder = runs.find(project.resolve(), run_number)
    model_spec = spec.read(folder)
    least = model_spec.threshold if threshold is None else threshold
    yield Progress("load", 0, 0)
    device = devices.resolve_or_auto(model_spec.config.device)
    model, _ = registry.build(model_spec.config, len(model_spec.labels), pretrained=False)
    checkpoint.load_best(folder, model)
    model.to(device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    adapter = adapter_for(model_spec)
    sources = [
        FrozenImage(number, str(path.absolute()), path.name, "", 0, 0, Split.TEST)
        for number, path in enumerate(paths)
    ]
    done = 0
    size = min(MOST_AT_A_TIME, tiling.at_a_time(model_spec.config))
    workers = choose_workers(model_spec.config, device, len(sources))

    def ask(samples: Sequence[Sample]) -> list[Prediction]:
        return adapter.predict(model, samples, device)

    with closing(Reading(Pictures(sources, adapter), workers)) as reading:
        loaded = reading.batches(0, chunks(len(sources), size))
        for result in each_image(loaded, ask, device):
            done += 1
            if isinstance(result, Unreadable):
                yield unreadable_notice(result)
            else:
                yield ImagePredicted(_above(result[1], least))
            yield Progress("predict", done, len(sources))
            if should_stop():
                yield Ended("stopped")
                return
    yield Ended("finished")


def _above(prediction: Prediction, threshold: float) -> Prediction:
    if "objects" not in prediction:
        return prediction
    kept = [each for each in prediction["objects"] if each["score"] >= threshold]
    return prediction | {"objects": kept}

"""What more labelled images would bring, told from the runs that a project has.

Runs are points of one curve where nothing but the number of training images differs:

- they are finished, and judged on validation images by the metric that stands for their task;
- they have the task, the classes taught and whether an image may have several of them, the
  network, its first weights, and the size of images and tiles in common (epochs, batch size and
  rates follow the number of images, so they may differ);
- they were judged on similar images: of the smaller validation set at least ``ALIKE`` are in that
  of the newest run too, by the same truth. So a set that only grew still serves.

A project has several such groups; the one that can be told is taken, else the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from studio.domain.project import Split
from studio.domain.runs import METRICS, RunState, Task
from studio.errors import RunError, Sentence, say
from studio.learning.analysis import comparison
from studio.learning.analysis.comparison import LEAST_IMAGES, ComparedRun
from studio.learning.analysis.power_law import FURTHEST, Errors, PowerLaw
from studio.learning.config import TrainConfig
from studio.learning.readiness.dataset import Readiness
from studio.storage import runs

MORE = 50
"""Labelled images to look ahead by."""

ALIKE = 0.8
LEAST_SIZES = 3
LEAST_SPAN = 2.0
"""The largest number of training images must be so many times the least."""

WIDEST = 0.3
"""A wider interval tells nothing."""

SAME = ("model", "weights", "image_size", "tile_size")
"""Settings that runs of one curve have in common."""

GOES_ON = (RunState.PAUSED, RunState.INTERRUPTED)
"""A run that measures and stands so is taken up again, not made anew."""

PARTS = (0.25, 0.4, 0.65, 1.0)
"""Parts of the training images to measure a curve with: about evenly apart in logarithms, so that
all of them together take little more than twice the time of the last."""


@dataclass(frozen=True, slots=True)
class Point:
    """One run: how many ``images`` it learned from and ``objects`` on them, and its ``figure``.

    ``judged`` are the validation images behind the figure, ``part`` says which part of all
    training images the run was given.
    """

    run: int
    images: int
    objects: int
    figure: float
    judged: int
    part: float = 1.0

    @property
    def error(self) -> float:
        """What is missing from 1, at least half an image: no run is known to be perfect."""
        return max(1.0 - self.figure, 0.5 / self.judged)


@dataclass(frozen=True, slots=True)
class Gain:
    """What ``labelled`` more images would bring, ``learned`` of which are learned from.

    ``now`` and ``then`` are figures of the fitted curve, ``low`` to ``high`` is where a run would
    come out then, four times out of five.
    """

    labelled: int
    learned: int
    now: float
    then: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The comparable runs of one task by size; ``law`` and ``gain`` are None where ``why`` says
    that nothing can be told yet, and what would change that."""

    task: Task
    metric: str
    points: tuple[Point, ...] = ()
    law: PowerLaw | None = None
    gain: Gain | None = None
    why: Sentence | None = None


def estimate(project: Path, task: Task, more: int = MORE) -> Curve:
    """The learning curve of ``task`` in ``project``; runs that cannot be read are passed over."""
    return of(_compared_runs(project, task), task, more)


def of(compared_runs: Iterable[ComparedRun], task: Task, more: int = MORE) -> Curve:
    """The learning curve that these runs of ``task``, oldest first, are points of."""
    found = list(compared_runs)
    metric = METRICS[task][0]
    usable = [each for each in found if metric in each.metrics and each.images]
    curves = [_curve(group, task, metric, more) for group in _groups(usable)]
    told = [curve for curve in curves if curve.law is not None]
    return next(iter(told or curves), Curve(task, metric, why=_too_few((), set())))


def _compared_runs(
    project: Path, task: Task, states: Sequence[RunState] = (RunState.FINISHED,)
) -> list[ComparedRun]:
    found: list[ComparedRun] = []
    for run in runs.read_all(project):
        if run.task is task and run.state in states:
            try:
                found.append(comparison.load(runs.find(project, run.number)))
            except RunError:
                continue
    return found


# Which runs belong together -----------------------------------------------------------------


def _groups(compared_runs: Sequence[ComparedRun]) -> list[list[ComparedRun]]:
    """Runs that are points of one curve, the group of the newest run first."""
    groups: list[list[ComparedRun]] = []
    for each in sorted(compared_runs, key=lambda run: -run.number):
        home = next((group for group in groups if comparable(group[0], each)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    return groups


def comparable(first: ComparedRun, second: ComparedRun) -> bool:
    """Whether two runs of a task are points of one curve; see the module's docstring."""
    return (
        all(first.config.get(name) == second.config.get(name) for name in SAME)
        and {label.id for label in first.data.labels} == {label.id for label in second.data.labels}
        and first.data.multi_label == second.data.multi_label
        and _judged_alike(first, second)
    )


def _judged_alike(first: ComparedRun, second: ComparedRun) -> bool:
    common = len(comparison.fair(first, second))
    return common >= ALIKE * min(len(first.images), len(second.images)) > 0


# The curve ------------------------------------------------------------------------------------


def _curve(group: Sequence[ComparedRun], task: Task, metric: str, more: int) -> Curve:
    ordered = sorted(group, key=lambda run: (_learned(run), run.number))
    points = tuple(_point(run, metric) for run in ordered)
    sizes = {point.images for point in points}
    if why := _untellable(points, sizes):
        return Curve(task, metric, points, why=why)
    law = PowerLaw.fit([each.images for each in points], [each.error for each in points])
    if law.exponent <= 0:
        return Curve(
            task, metric, points,
            why=say(
                "So far more images have not made it better. What holds it back may be something "
                "else: look at the worst images in Results, or try a more accurate model."
            ),
        )  # fmt: skip
    gain = _gain(law, points[-1], more)
    if gain.high - gain.low > WIDEST:
        return Curve(
            task, metric, points,
            why=say(
                "The runs scatter too much: it may be anything from {low}% to {high}%. Train once "
                "more with other seeds, or put more images into validation.",
                low=round(100 * gain.low), high=round(100 * gain.high),
            ),
        )  # fmt: skip
    return Curve(task, metric, points, law, gain)


def _learned(run: ComparedRun) -> int:
    return len(run.data.of(Split.TRAIN))


def _part(run: ComparedRun) -> float:
    return float(run.config.get("train_part", 1.0))


def _point(run: ComparedRun, metric: str) -> Point:
    learned = run.data.of(Split.TRAIN)
    objects = sum(not truth.ignore for image in learned for truth in image.truths)
    figure = min(1.0, max(0.0, run.metrics[metric]))
    return Point(run.number, len(learned), objects, figure, len(run.images), _part(run))


def _untellable(points: Sequence[Point], sizes: set[int]) -> Sentence | None:
    fewest = min(point.judged for point in points)
    if fewest < LEAST_IMAGES:
        return say(
            "It is judged on {count} validation images only: with {least} or more a difference "
            "can be seen.",
            count=fewest,
            least=LEAST_IMAGES,
        )
    if len(sizes) < LEAST_SIZES or max(sizes) < LEAST_SPAN * min(sizes):
        return _too_few(points, sizes)
    return None


def _too_few(points: Sequence[Point], sizes: set[int]) -> Sentence:
    """Which sizes are missing, and by how many labelled images they come about."""
    if not points:
        return say(
            "No finished run has been judged yet. Measure the learning curve, or train again each "
            "time many more images are labelled."
        )
    last = points[-1]
    wanted = max(ceil(LEAST_SPAN * min(sizes)) - last.images, ceil(last.images / 4))
    labelled = ceil(wanted / _learned_part(last))
    if len(sizes) == 1:
        return say(
            "It takes trainings on three different numbers of images, and there is one. Measure "
            "the learning curve, or train again after labelling about {wanted} more images, and "
            "once more after that.",
            wanted=labelled,
        )
    if len(sizes) < LEAST_SIZES:
        return say(
            "It takes trainings on three different numbers of images, and there are two. Measure "
            "the learning curve, or train again after labelling about {wanted} more images.",
            wanted=labelled,
        )
    return say(
        "The numbers of training images are too alike: the largest must be twice the smallest. "
        "Measure the learning curve, or train again after labelling about {wanted} more images.",
        wanted=labelled,
    )


def _learned_part(last: Point) -> float:
    """The part of newly labelled images that is learned from; the others judge."""
    whole = last.images / last.part
    return whole / (whole + last.judged)


def _gain(law: PowerLaw, last: Point, more: int) -> Gain:
    """What ``more`` labelled images bring after ``last``, no further than can be looked."""
    part = _learned_part(last)
    furthest = round((FURTHEST - 1) * last.images)
    learned = min(round(more * part), furthest)
    labelled = more if learned < furthest else round(learned / part)
    least, most = law.interval(last.images + learned)
    return Gain(
        labelled=min(labelled, more),
        learned=learned,
        now=_figure(law.error(last.images)),
        then=_figure(law.error(last.images + learned)),
        low=_figure(most),
        high=_figure(least),
    )


def _figure(error: Errors) -> float:
    return min(1.0, max(0.0, 1.0 - float(error)))


# Measuring it ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A training that measures a curve: on which ``part`` of the training images, and the ``run``
    that was paused or interrupted on it and is to go on, or 0."""

    part: float
    run: int = 0

    @property
    def note(self) -> Sentence:
        """What is written about the run."""
        percent = round(100 * self.part)
        return say("learning curve: {percent}% of the training images", percent=percent)


def steps_left(project: Path, config: TrainConfig, data: Readiness) -> tuple[Step, ...]:
    """The trainings that ``config`` still needs for a curve of ``data``.

    A finished run with the same settings, classes and number of images is not made again.
    """
    there = _compared_runs(project, config.task, (*GOES_ON, RunState.FINISHED))
    same = [run for run in there if _is_same(run, config, data)]
    states = {run.number: run.state for run in runs.read_all(project)}
    done = {_part(run) for run in same if states[run.number] is RunState.FINISHED}
    begun = {_part(run): run.number for run in same if states[run.number] in GOES_ON}
    return tuple(Step(part, begun.get(part, 0)) for part in PARTS if part not in done)


def _is_same(run: ComparedRun, config: TrainConfig, data: Readiness) -> bool:
    wanted, ignored = config.to_json(), {*comparison.NOT_COMPARED, "train_part"}
    images = _learned(run) / _part(run) + len(run.data.of(Split.VAL))
    return (
        all(run.config.get(name) == wanted[name] for name in wanted.keys() - ignored)
        and {label.id for label in run.data.labels} == {label.id for label in data.labels}
        and abs(images - data.train_images - data.val_images) <= 2  # parts are whole images
    )


def to_json(curve: Curve) -> dict[str, Any]:
    """As the command line prints it."""
    gain, law = curve.gain, curve.law
    return {
        "task": curve.task,
        "metric": curve.metric,
        "points": [
            {"run": p.run, "images": p.images, "objects": p.objects, "figure": p.figure}
            for p in curve.points
        ],
        "law": {"scale": law.scale, "exponent": law.exponent} if law else None,
        "gain": {
            "labelled": gain.labelled, "learned": gain.learned, "now": gain.now,
            "then": gain.then, "low": gain.low, "high": gain.high,
        } if gain else None,
        "why": str(curve.why) if curve.why else "",
    }  # fmt: skip

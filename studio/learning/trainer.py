"""Training a model: ``for event in train(project, config, should_stop): show(event)``.

Reads from top to bottom: ``train`` or ``resume`` set a run up, ``_fit`` loops over epochs,
``_learn_epoch`` takes the steps, ``_judge_epoch`` validates, keeps the best and saves.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Generator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from studio.domain.project import Split
from studio.domain.runs import Run, RunState
from studio.errors import RunError, say
from studio.learning import (
    beginning,
    checkpoint,
    memory,
    outcome,
    preparation,
    processes,
    snapshot,
    spec,
    tensorboard,
)
from studio.learning.adapter import Sample
from studio.learning.beginning import Plan
from studio.learning.config import TrainConfig, read_config
from studio.learning.data import reading
from studio.learning.dry_run import find_micro_batch
from studio.learning.evaluate import forget_reports, write_report
from studio.learning.events import (
    Ended,
    EpochEnded,
    Event,
    Notice,
    Progress,
    SamplesDrawn,
    StepDone,
)
from studio.learning.pace import Pace
from studio.learning.processes import accelerator_for, by_main, gathered, shared
from studio.learning.rescue import Diverged, rescue
from studio.learning.run_log import EventLog, missing_events, noted, write_samples
from studio.learning.spec import ModelSpec
from studio.learning.step import Discarded, learn
from studio.learning.tensorboard import TensorBoardLog
from studio.learning.training import Training
from studio.learning.validation import ShouldStop, Validation, validate
from studio.storage import runs

Events = Generator[Event, None, None]
UntilStopped = Generator[Event, None, str]
"""Returns the word that stopped it: ``""``, ``stop``, ``pause`` or ``discard``."""

SAMPLE_IMAGES = 4
SAVE_EVERY_S = 600.0
"""A checkpoint is written this often at least."""
SAVING_PART = 0.02
"""Of the time: short epochs that bring nothing better are not all worth a large checkpoint."""
LITTLE_S = 0.25
"""A checkpoint that takes no longer is written after every epoch."""
MOST_UNREAD = 24
"""So many images in a row that cannot be read are not broken: their drive is gone."""


def train(project: Path, config: TrainConfig, should_stop: ShouldStop, note: str = "") -> Events:
    """Train a new run of ``project``, with a ``note`` about it; the last event is ``Ended``.

    Raises:
        NotEnoughLabels: there is too little to learn from.
        WeightsMissing: pretrained weights are wanted and not here.
        ConfigError, RunError: see the sentence.
    """
    project = project.resolve()
    accelerator = accelerator_for(config)

    def is_stopped() -> bool:
        return any(gathered(accelerator, should_stop()))

    notices: list[Notice] = []
    freezing = by_main(accelerator, preparation.freeze(project, config, should_stop))
    frozen = yield from noted(freezing, notices)
    if frozen is not None and not is_stopped():
        yield from by_main(accelerator, preparation.fetch_weights(config, should_stop))
    if frozen is None or is_stopped():
        yield Ended("discarded", say("Stopped before training began; no run was made."))
        return
    yield Progress("load", 0, 0)
    built = beginning.build(config, frozen)
    is_main = accelerator.is_main_process
    allocated = runs.allocate(project, config.task) if is_main else (0, Path())
    number, folder = shared(accelerator, allocated)
    run = Run(number, folder.name, config.task, config.model, RunState.RUNNING)
    run = replace(run, started_at=datetime.now(UTC).isoformat(timespec="seconds"))
    plan = Plan(folder, accelerator, config, frozen, should_stop)
    with preparation.held(folder, accelerator) as lock:
        if is_main:
            runs.write_note(folder, note)
            runs.write_json(folder / runs.CONFIG, config.to_json())
            snapshot.write(folder, frozen)
            spec.write(folder, ModelSpec.of(config, frozen))
            runs.write(folder, run)  # last: what has a record can be taken up
        training = yield from noted(beginning.at_first_weights(plan, built), notices)
        yield from _carry_through(training, run, lock, notices)


def resume(project: Path, run_number: int, should_stop: ShouldStop) -> Events:
    """Go on with a run from its last checkpoint, exactly as if it had never stopped.

    One that died before its first checkpoint begins anew.

    Raises:
        RunError: there is no such run, it is at work or finished, or its files are damaged.
        WeightsMissing: it begins anew, and its first weights can no longer be had.
    """
    folder = runs.find(project.resolve(), run_number)
    run = _recorded(folder)
    if not run.state.resumable:
        raise RunError(
            "Run {run} cannot be continued: it is {state}.", run=folder.name, state=run.state
        )
    config, frozen = read_config(folder), snapshot.read(folder)
    accelerator = accelerator_for(config)
    plan = Plan(folder, accelerator, config, frozen, should_stop)
    with preparation.held(folder, accelerator) as lock:
        yield Progress("load", 0, 0)
        notices: list[Notice] = []
        training = yield from noted(beginning.where_it_stood(plan, run), notices)
        yield from _carry_through(training, run, lock, notices)


def extend(project: Path, run_number: int, epochs: int, should_stop: ShouldStop) -> Events:
    """Train a finished run for ``epochs`` more, from its best model.

    The learning rate rises and falls once more, from a new warm-up on.

    Raises:
        RunError: there is no such run, it is not finished, or its files are damaged.
    """
    folder = runs.find(project.resolve(), run_number)
    run = _recorded(folder)
    if run.state is not RunState.FINISHED:
        raise RunError(
            "Run {run} cannot be trained for longer: it is {state}.",
            run=folder.name,
            state=run.state,
        )
    position = preparation.read_position(folder)
    config = read_config(folder).changed({"epochs": position.epoch - 1 + epochs})
    accelerator = accelerator_for(config)
    plan = Plan(folder, accelerator, config, snapshot.read(folder), should_stop)
    with preparation.held(folder, accelerator) as lock:
        yield Progress("load", 0, 0)
        training = beginning.at_best(plan)
        if lock:
            beginning.forget_checkpoint(folder)
            runs.write_json(folder / runs.CONFIG, config.to_json())
        yield from _carry_through(training, run, lock)


def _recorded(folder: Path) -> Run:
    run = runs.read(folder)
    if run is None:
        raise RunError("The record of run {run} is missing or damaged.", run=folder.name)
    return run


def _carry_through(
    training: Training, run: Run, lock: FileLock | None, notices: Sequence[Notice] = ()
) -> Events:
    """Tell and log what ``_fit`` does, and record how it ended, whatever happens.

    ``notices`` were told before and are only logged.

    A process that is killed records nothing: a run that says "running" while nobody holds its
    lock was interrupted.
    """
    folder, ended = training.folder, Ended("failed")
    try:
        if lock:
            runs.write(folder, outcome.record(run, training.position, RunState.RUNNING))
        with EventLog(folder, _board(training), notices) if lock else nullcontext() as log:
            for event in _fit(training, run):
                if log:
                    log.write(event)
                if isinstance(event, Ended):
                    ended = event
                else:
                    yield event
    except Exception as error:
        told = (
            outcome.disk_full(training, error)
            or memory.full(error)
            or processes.lost(error)
            or reading.killed_reader(error)
            or error
        )
        if lock:
            failed = outcome.record(run, training.position, RunState.FAILED)
            with suppress(OSError):  # without it the run counts as interrupted
                runs.write(folder, replace(failed, note=str(told)))
        raise told from error
    finally:
        training.close()
    if lock and ended.state == "discarded":
        lock.release()
        runs.delete(folder)
    elif lock:
        runs.write(folder, outcome.record(run, training.position, RunState(ended.state)))
        if ended.state == RunState.FINISHED:
            beginning.forget_checkpoint(folder)
    processes.part_ways(training.accelerator)
    yield ended


def _board(training: Training) -> TensorBoardLog | None:
    """Where TensorBoard reads, if it is wanted and can be written to."""
    if not (training.config.tensorboard and tensorboard.is_installed()):
        return None
    return TensorBoardLog(training.folder, training.position.step)


def _fit(training: Training, run: Run) -> Events:
    """Learn and judge, epoch by epoch, until done, stopped, or no longer getting better."""
    if training.position.step == training.position.restart:
        training.save()  # there is something to go back to before the first step
    yield outcome.started(training, run)
    if training.is_main:
        yield from missing_events(training.folder, training.told)
    yield from outcome.forewarnings(training)
    yield from find_micro_batch(training)
    pace = Pace()
    how = ""
    while not how and not outcome.is_over(training):
        try:
            how = yield from _learn_epoch(training, pace)
            if not how:
                how = yield from _judge_epoch(training, run, pace)
        except (Diverged, memory.TooLarge) as trouble:
            yield from rescue(training, trouble)
    yield outcome.conclude(training, how)


def _learn_epoch(training: Training, pace: Pace) -> UntilStopped:
    """Take the steps of one pass, from where the run stands in it."""
    position = training.position
    batches = training.order()
    mine = [training.share_of(batch) for batch in batches[position.batch :]]
    unread, most_unread = 0, min(MOST_UNREAD, training.train_images)
    training.begin_epoch()
    pace.lap()
    for loaded in training.reading.batches(position.epoch, mine):
        yield from training.cache.notices(loaded)
        samples = [each for each in loaded if isinstance(each, Sample)]
        rate = training.set_rate()
        try:
            learned = yield from learn(training, samples)
        except Discarded:
            return "discard"
        in_batch = len(batches[position.batch])
        unread = 0 if learned.images else unread + in_batch
        if unread >= most_unread:
            raise outcome.images_gone(training)
        training.average.follow(training.plain_model)
        took_s = pace.step_done()
        position.take_step(learned.loss, learned.images, took_s)
        yield StepDone(
            epoch=position.epoch,
            step=position.step,
            steps=training.steps,
            loss=learned.loss,
            lr=rate,
            images_per_s=in_batch / max(took_s, 1e-9),
            eta_s=_left_s(training, pace),
            elapsed_s=position.elapsed_s,
        )
        if how := training.heard():
            return how
        if training.unsaved_s > SAVE_EVERY_S:
            training.save()
    return ""


def _judge_epoch(training: Training, run: Run, pace: Pace) -> UntilStopped:
    """Validate; keep the model if it is the best yet; save."""
    position = training.position
    result: Validation | None = None
    pace.lap()
    if training.snapshot.of(Split.VAL):
        result = yield from _validated(training)
        if result is None:
            return training.heard()
    rank = shared(training.accelerator, _rank(training, result))
    is_best = not position.best or rank > position.best
    position.judge(rank, result.scores.metrics if result else {}, is_best)
    position.elapsed_s += pace.judging_done()
    ended = EpochEnded(
        epoch=position.epoch,
        train_loss=position.loss_sum / max(1, position.images),
        val_loss=result.loss if result else None,
        metrics=dict(result.scores.metrics) if result else {},
        best=is_best,
        elapsed_s=position.elapsed_s,
        eta_s=_left_s(training, pace, judged=1),
        epochs_without_improvement=position.stale_epochs,
    )
    samples = _keep(training, result, is_best)
    told: list[Event] = [ended, *outcome.lower_rate(training)]
    if samples:
        path = samples.relative_to(training.folder).as_posix()
        told.append(SamplesDrawn(ended.epoch, path))
    training.told = told
    position.next_epoch()
    if is_best or _is_worth_saving(training):  # the best model is never ahead of its checkpoint
        training.save()
    if training.is_main:
        runs.write(training.folder, outcome.record(run, position, RunState.RUNNING))
    yield from told
    return training.heard()


def _is_worth_saving(training: Training) -> bool:
    """Whether a checkpoint takes little of the time that would be lost without it."""
    saving_s = training.saving_s
    return saving_s < LITTLE_S or training.unsaved_s > min(saving_s / SAVING_PART, SAVE_EVERY_S)


def _validated(training: Training) -> Generator[Event, None, Validation | None]:
    """What the averaged model makes of the validation images; None where a word was said."""
    mine, unread = training.to_judge(), len(training.cache.unreadable)
    result = yield from validate(
        training.average.model, training.adapter, training.reading.batches(0, mine),
        sum(map(len, mine)), training.device, training.heard, training.cache,
        training.pooled if training.is_distributed else None,
    )  # fmt: skip
    if result is not None:
        is_short = len(training.cache.unreadable) > unread
        gone = outcome.validation_gone(training) if is_short else None
        processes.raise_alike(training.accelerator, gone)  # the few left would flatter the model
    return result


def _rank(training: Training, result: Validation | None) -> list[float]:
    """How good the epoch at work is; unjudged, the last one is the best.

    What is no number is the worst of all: nothing would compare with it.
    """
    if result is None:
        return [float(training.position.epoch), 0.0]
    rank = training.adapter.rank(result.scores.metrics, result.loss)
    return [-sys.float_info.max if math.isnan(each) else each for each in rank]


def _keep(training: Training, result: Validation | None, is_best: bool) -> Path | None:
    """Write the best model and its report, and the predictions on the sample images."""
    if not training.is_main:
        return None
    if is_best:
        forget_reports(training.folder, Split.VAL if result else None)
        checkpoint.save_best(training.folder, training.average.model, training.position.epoch)
    if result is None:
        return None
    if is_best:
        write_report(training.folder, Split.VAL, training.adapter, result)
    every = max(1, len(result.predictions) // SAMPLE_IMAGES)
    chosen = list(result.predictions)[::every][:SAMPLE_IMAGES]
    return write_samples(training.folder, training.position.epoch, chosen)


def _left_s(training: Training, pace: Pace, judged: int = 0) -> float:
    position = training.position
    epochs = training.config.epochs - position.epoch + 1 - judged
    return pace.left_s(training.steps - position.step, epochs)

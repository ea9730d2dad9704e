"""How a run is told: its record, what the user should know first, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import torch

from studio.domain.project import Split
from studio.domain.runs import Run, RunState
from studio.errors import RunError, is_disk_full, say
from studio.learning import checkpoint, compiling, devices, schedule, tensorboard
from studio.learning.choices import Compile
from studio.learning.events import Ended, Event, Notice, RunStarted
from studio.learning.tasks.instances import Instances
from studio.learning.training import Position, Training
from studio.storage import runs
from studio.storage.folder import is_there


def record(run: Run, position: Position, state: RunState) -> Run:
    """The run with its finished epochs, the best of them and its metrics."""
    return replace(
        run,
        state=state,
        epochs=position.epoch - 1,
        metrics=position.best_metrics,
        note="",
        best_epoch=position.best_epoch,
    )


def started(training: Training, run: Run) -> RunStarted:
    """The event that opens a run, or its continuation."""
    return RunStarted(
        run=run.number,
        folder=str(training.folder),
        task=training.config.task,
        model=training.config.model,
        device=devices.describe(training.device),
        epochs=training.config.epochs,
        steps_per_epoch=training.steps_per_epoch,
        train_images=training.train_images,
        val_images=len(training.snapshot.of(Split.VAL)),
        resumed_epoch=training.position.epoch if training.position.step else 0,
    )


def forewarnings(training: Training) -> Iterator[Event]:
    """What the user should know before the first step."""
    if training.position.step:
        return
    if training.config.tensorboard and not tensorboard.is_installed():
        yield Notice(
            "warning",
            say(
                "No logs for TensorBoard are written, since it is not installed; install the "
                "package tensorboard and train anew to have them."
            ),
        )
    if training.joint and training.config.compile is Compile.ON:
        yield compiling.given_up(say("several processes share what each batch is like"))
    if not training.snapshot.of(Split.VAL):
        yield Notice(
            "warning",
            say("No image is in the validation split: the last model is kept, unjudged."),
        )
    if isinstance(training.adapter, Instances):
        crowding = training.adapter.crowding(training.snapshot.images)
        if crowding is not None:
            yield Notice("info", crowding)
    card = devices.nvidia_card() if training.device.type == "cpu" else ""
    if card and training.config.device == "auto" and not torch.version.cuda:
        yield Notice(
            "warning",
            say(
                "Training on the CPU: {card} is not used, since this PyTorch was built without "
                "CUDA. https://pytorch.org/get-started shows how to install one that uses it.",
                card=card,
            ),
        )


def images_gone(training: Training) -> RunError:
    """Not broken images, but a drive or folder that went away."""
    return RunError(
        "The images can no longer be read, as if their drive or folder {folder} had gone. Bring "
        "it back, then continue the run: it goes on from its last checkpoint.",
        folder=Path(training.snapshot.of(Split.TRAIN)[0].path).parent,
    )


def validation_gone(training: Training) -> RunError | None:
    """What to say where not one validation image is there any more; None where one is."""
    any_left = any(is_there(Path(image.path)) for image in training.snapshot.of(Split.VAL))
    return None if any_left else images_gone(training)


def disk_full(training: Training, error: Exception) -> RunError | None:
    """What to say of an error that means that nothing more can be written; None for others."""
    if not is_disk_full(error):
        return None
    return RunError(
        "The disk that holds {folder} is full. Make room, then continue the run: it goes on from "
        "its last checkpoint.",
        folder=training.folder,
    )


def lower_rate(training: Training) -> tuple[Notice, ...]:
    """Lower the learning rate where the plateau schedule wants it, and say so."""
    position = training.position
    if not schedule.has_flattened(training.config, position.waited):
        return ()
    position.waited = 0
    position.lowered += 1
    sentence = say(
        "Nothing better for {count} epochs: the learning rate falls to {percent}% of its peak.",
        count=schedule.PLATEAU_EPOCHS,
        percent=f"{100 * position.rate_part:.3g}",
    )
    return (Notice("info", sentence),)


def has_settled(training: Training) -> bool:
    """Whether the run has gone on long enough without getting better."""
    config, position = training.config, training.position
    enough = position.epoch > config.min_epochs
    return bool(config.patience) and enough and position.stale_epochs >= config.patience


def is_over(training: Training) -> bool:
    """Whether no epoch is left, or none is worth its time."""
    return training.position.epoch > training.config.epochs or has_settled(training)


def conclude(training: Training, how: str) -> Ended:
    """Leave the run's files as its end demands, and say how it ended."""
    position = training.position
    if how == "discard":
        return Ended("discarded", say("The run was discarded and its files deleted."))
    if how:
        training.save()
    if how == "pause":
        sentence = say("Paused in epoch {epoch}; it can go on from here.", epoch=position.epoch)
        return Ended("paused", sentence, position.best_metrics)
    if not position.best_epoch and training.is_main:
        checkpoint.save_best(training.folder, training.average.model, position.best_epoch)
    if how == "stop" and not position.best_epoch:
        return Ended("stopped", say("Stopped before the first epoch ended; its model is kept."))
    if how == "stop":
        sentence = say("Stopped; the model of epoch {epoch} is kept.", epoch=position.best_epoch)
        return Ended("stopped", sentence, position.best_metrics)
    if training.is_main:
        runs.write_json(training.folder / runs.POSITION, asdict(position))
    if has_settled(training) and position.epoch <= training.config.epochs:
        sentence = say(
            "Finished after {epochs} epochs, since the last {stale} brought nothing better; the "
            "best is epoch {epoch}.",
            epochs=position.epoch - 1,
            stale=position.stale_epochs,
            epoch=position.best_epoch,
        )
    else:
        sentence = say("Finished; the best is epoch {epoch}.", epoch=position.best_epoch)
    return Ended("finished", sentence, position.best_metrics)

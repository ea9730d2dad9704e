"""Going on where a run would otherwise end: the loss is no number, or the memory is too small.

Both go back to the last checkpoint and on from there with something less: half the learning rate,
or smaller images. How often, and how far, is bounded, so that a run that cannot work still ends.
"""

from __future__ import annotations

from collections.abc import Generator

from torch import nn

from studio.errors import RunError, say
from studio.learning import catalogue, checkpoint, memory, registry, spec
from studio.learning.config import TrainConfig
from studio.learning.events import Event, Notice
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.training import Training, restore, set_up
from studio.storage import runs

MOST_ROLLBACKS = 3
"""After so many a lower learning rate is not what is missing."""

SMALLER = 0.75
"""Each time to this part of the image size."""
LEAST_PART = 0.4
"""Below this part of the size asked for, the model would learn something else."""
GRID_PX = 32


class Diverged(Exception):
    """The loss, or its gradient, is no longer a number."""


def rescue(training: Training, trouble: Diverged | memory.TooLarge) -> Generator[Event, None, None]:
    """Bring ``training`` back to its last checkpoint with less, and say so.

    Raises:
        RunError: there is nothing left to try.
    """
    if isinstance(trouble, Diverged):
        yield from _roll_back(training)
    else:
        yield from _shrink(training, trouble)


def _roll_back(training: Training) -> Generator[Event, None, None]:
    at_work, before = training.position.epoch, training.position
    if before.rollbacks == MOST_ROLLBACKS:
        raise RunError(
            "Training ran away in epoch {epoch}, {count} times: its error grew beyond any number. "
            "The best model so far is kept; start again with a lower learning rate than {lr:g}.",
            epoch=at_work,
            count=before.rollbacks + 1,
            lr=training.config.lr * before.rate_part,
        )
    training.optimizer.zero_grad(set_to_none=True)
    restore(training, checkpoint.load_state(training.folder))
    training.position.elapsed_s = before.elapsed_s
    training.position.rollbacks = before.rollbacks + 1
    training.position.lr_part = before.lr_part / 2
    training.save()
    yield Notice(
        "warning",
        say(
            "Training ran away in epoch {at_work}: its error grew beyond any number. It goes on "
            "from where it was last saved, in epoch {epoch}, in smaller steps: with half the "
            "learning rate, {lr:g}.",
            at_work=at_work,
            epoch=training.position.epoch,
            lr=training.config.lr * training.position.rate_part,
        ),
    )


def _shrink(training: Training, trouble: memory.TooLarge) -> Generator[Event, None, None]:
    before = training.config.image_size
    size = _smaller(training.config)
    first = training.position.full_size or before
    elapsed_s = training.position.elapsed_s
    if size >= before or size < LEAST_PART * first:
        raise trouble
    config = training.config.changed({"image_size": size})
    model, _ = registry.build(
        config, len(training.snapshot.labels), len(training.snapshot.places), pretrained=False
    )
    if _shapes(model) != _shapes(training.plain_model):  # a transformer's places, for one
        raise trouble
    _free(training)
    _rebuild(training, config, model)
    training.position.elapsed_s = elapsed_s
    training.position.full_size = first
    training.save()
    yield Notice(
        "warning",
        say(
            "One image of {before} pixels is too much for the memory: the run goes on from where "
            "it was last saved, with images of {size} pixels. A smaller model would see them "
            "whole.",
            before=before,
            size=size,
        ),
    )


def _smaller(config: TrainConfig) -> int:
    """The next image size down that the model takes, in pixels; not smaller where there is none."""
    card = catalogue.card(config.task, config.model)
    return card.fitting_size(int(SMALLER * config.image_size) // GRID_PX * GRID_PX)


def _shapes(model: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in model.state_dict().items()}


def _free(training: Training) -> None:
    """Give back what the model and its optimizer hold; the checkpoint has it all."""
    training.close()
    training.optimizer.zero_grad(set_to_none=True)
    training.optimizer.state.clear()
    training.average.let_go()
    for model in (training.plain_model, training.average.model):
        model.to("meta")
    memory.release(training.device)


def _rebuild(training: Training, config: TrainConfig, model: nn.Module) -> None:
    """The same run from its checkpoint under other settings, which its folder tells from now on."""
    described = ModelSpec.of(config, training.snapshot)
    fresh = set_up(
        training.folder, training.accelerator, model, training.snapshot,
        adapter_for(described), training.should_stop,
    )  # fmt: skip
    fresh.cache = training.cache
    restore(fresh, checkpoint.load_state(training.folder))
    training.become(fresh)
    if training.is_main:
        runs.write_json(training.folder / runs.CONFIG, config.to_json())
        spec.write(training.folder, described)

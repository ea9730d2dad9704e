"""A run's curves for TensorBoard, beside its own log, where the user wants them.

The ``tensorboard`` package writes the files; the program does without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from studio.learning.events import EpochEnded, Event, StepDone

FOLDER = "tensorboard"
"""In the run's folder: ``tensorboard --logdir PROJECT/runs`` shows all runs."""


def is_installed() -> bool:
    """Whether files for TensorBoard can be written."""
    return find_spec("tensorboard") is not None


class TensorBoardLog:
    """Appends scalars to the event files of a run that has taken ``steps`` steps so far.

    What was written after that step, before a run was interrupted, is not shown any more.
    """

    def __init__(self, folder: Path, steps: int) -> None:
        from torch.utils.tensorboard import SummaryWriter

        self._step = steps
        self._writer = SummaryWriter(str(folder / FOLDER), purge_step=steps + 1 if steps else None)

    def write(self, event: Event) -> None:
        """Write the numbers of an event, if it has any."""
        match event:
            case StepDone():
                self._step = event.step
                self._add({"loss/step": event.loss, "learning rate": event.lr})
            case EpochEnded():
                losses = {"loss/training": event.train_loss}
                if event.val_loss is not None:
                    losses["loss/validation"] = event.val_loss
                self._add(losses | {f"validation/{k}": v for k, v in event.metrics.items()})
                self._writer.flush()
            case _:
                pass

    def _add(self, scalars: Mapping[str, float]) -> None:
        for name, value in scalars.items():
            self._writer.add_scalar(name, value, self._step)

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()

"""What finds outlines for the smart tool: the model of the settings, where there is one, or
GrabCut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.errors import StudioError
from studio.interactive import models
from studio.interactive.asking import ImageFile
from studio.jobs.segmenting import ModelSegmenter, SegmentProcess
from studio.ui.threads.hand_over import to_window
from studio.vision.segmenter import GrabCut, Segmenter


class Outliner(QObject):
    """Keeps the model's process while there is a use for it.

    ``model_id`` says which model is chosen now, "" for none; it is asked whenever the tool is
    used. A model that fails as a whole is given up, with one sentence, until another is chosen.

    Signals:
        changed(): an image has been prepared, or the model given up.
        failed(StudioError): the model cannot find an outline, or is given up.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model_id: Callable[[], str] = lambda: ""
        self._used_id = ""
        self._process: SegmentProcess | None = None

    def take_up(self) -> None:
        """Start the process of the chosen model, unless it runs or has failed before."""
        chosen = self.model_id()
        if chosen == self._used_id:
            return
        self.close()
        self._used_id = chosen
        if models.find(chosen) is not None:
            self._process = SegmentProcess(to_window(self, self._hear))
            loaded = self._process.ask("load", model=chosen)
            take = partial(self._take_loaded, self._process)
            loaded.add_done_callback(to_window(self, take))

    @property
    def has_model(self) -> bool:
        """Whether clicks are understood."""
        return self._process is not None

    def is_prepared(self, image: ImageFile) -> bool:
        """Whether an outline on the image can be found at once."""
        return self._process is None or self._process.is_prepared(image)

    def prepare(self, images: Sequence[ImageFile]) -> None:
        """Have these images made ready, in this order, in place of those asked for before."""
        if self._process:
            self._process.prepare(images)

    def segmenter(self, image: ImageFile, size: tuple[int, int]) -> Segmenter:
        """What finds outlines on an image of ``size`` (width, height)."""
        if self._process is None:
            return GrabCut()
        complain = to_window(self, partial(self._complain, self._process))
        return ModelSegmenter(self._process, image, size, complain)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.close()

    def _take_loaded(self, process: SegmentProcess, answer: Future[dict[str, Any]]) -> None:
        error = answer.exception()
        if isinstance(error, StudioError) and process is self._process:
            self._give_up(error)

    def _hear(self) -> None:
        if self._process and self._process.failure:
            self._give_up(self._process.failure)
        else:
            self.changed.emit()

    def _complain(self, process: SegmentProcess, error: StudioError) -> None:
        if process is self._process and process.failure is None:
            self.failed.emit(error)
        elif process is self._process:
            self._give_up(error)

    def _give_up(self, error: StudioError) -> None:
        if self._process:
            self.close()
            self.failed.emit(error)
            self.changed.emit()

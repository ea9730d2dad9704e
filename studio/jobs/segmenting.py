"""Interactive segmentation as the window asks for it: one child process, any number of questions.

Nothing here waits: questions are written to the child once it runs, answers come as futures. A
child that ends by itself fails all of them with one sentence, and is not started again.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, InvalidStateError
from pathlib import Path
from typing import Any

import numpy as np

from studio.domain.shapes import Mask
from studio.errors import JobFailed, Sentence, StudioError, WeightsUnusable
from studio.interactive import models
from studio.interactive.asking import ImageFile, Mark, marks_of, mask_from_json
from studio.interactive.models import InstalledModel
from studio.jobs.staying import StayingChild
from studio.vision import masks
from studio.vision.assist import Crop, Region
from studio.vision.segmenter import GrabCut, Pixels, Prompt

LOG = logging.getLogger(__name__)
ASK_S = 0.05
"""How often whoever waits for an answer looks whether it is still wanted."""


class SegmentProcess:
    """The child. Its methods may be called on any thread.

    ``told`` is called, on a thread of its own, whenever an image is prepared or the child has
    ended; ``failure`` says why it has, None as long as it has not.
    """

    def __init__(self, told: Callable[[], object] = lambda: None) -> None:
        self.failure: StudioError | None = None
        self._told = told
        self._lock = threading.Lock()
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._asked = 0
        self._prepared: set[ImageFile] = set()
        self._child = StayingChild(
            "studio.jobs.segment_worker", [], "interactive", self._receive, self._end
        )

    # Asking -----------------------------------------------------------------------------------

    def ask(self, what: str, **values: Any) -> Future[dict[str, Any]]:
        """Ask something; the future holds the answer, or a ``StudioError``."""
        answer: Future[dict[str, Any]] = Future()
        with self._lock:
            self._asked += 1
            self._waiting[self._asked] = answer
            message = {"ask": what, "id": self._asked, **values}
        self._child.send(message)
        if self.failure:  # and nobody takes answers any more
            self._fail(self.failure)
        return answer

    def segment(self, image: ImageFile, marks: Sequence[Mark]) -> Future[dict[str, Any]]:
        """Ask for the mask of the object that the marks are about."""
        plain = [[mark.x, mark.y, int(mark.says)] for mark in marks]
        return self.ask("segment", image=image.to_json(), marks=plain)

    def prepare(self, images: Iterable[ImageFile]) -> None:
        """Have these images embedded when there is nothing else to do, the first one first."""
        self._child.send({"ask": "prepare", "images": [image.to_json() for image in images]})

    def is_prepared(self, image: ImageFile) -> bool:
        """Whether a question about the image is answered at once."""
        return image in self._prepared

    def close(self) -> None:
        """End the child, whatever it is doing; nothing is told any more."""
        self._child.close()
        self._fail()

    # On the child's thread --------------------------------------------------------------------

    def _receive(self, line: bytes) -> None:
        message = json.loads(line)
        failed = message.get("failed")
        error = StudioError.of(Sentence.told(failed)) if failed else None
        if "id" in message:
            with self._lock:
                # What was asked before it has been passed over.
                ids = [number for number in self._waiting if number <= message["id"]]
                answers = {number: self._waiting.pop(number) for number in ids}
            for number, answer in answers.items():
                if number < message["id"]:
                    answer.cancel()
                elif error:
                    _settle(answer, error)
                else:
                    _settle(answer, message)
        elif "prepared" in message:
            self._prepared.add(ImageFile.from_json(message["prepared"]))
            self._told()
        elif error:
            LOG.info("not prepared: %s", error)

    def _end(self, error: JobFailed | None) -> None:
        self._fail(error)
        self._told()

    def _fail(self, error: StudioError | None = None) -> None:
        """Answer whatever is still asked with the sentence that says why."""
        self.failure = error or JobFailed(
            "The process that finds outlines has ended unexpectedly. Until the project is "
            "opened again, outlines are found by colour: drag a box around the object."
        )
        with self._lock:
            answers, self._waiting = list(self._waiting.values()), {}
        for answer in answers:
            _settle(answer, self.failure)


def _settle(answer: Future[dict[str, Any]], result: dict[str, Any] | StudioError) -> None:
    try:
        if isinstance(result, StudioError):
            answer.set_exception(result)
        else:
            answer.set_result(result)
    except InvalidStateError:  # nobody wants it any more
        return


class ModelSegmenter:
    """A ``Segmenter`` for one image file of ``size`` (width, height): the child's model.

    Where the model cannot say, ``complain`` is told why, and GrabCut finds the object instead.
    """

    def __init__(
        self,
        process: SegmentProcess,
        image: ImageFile,
        size: tuple[int, int],
        complain: Callable[[StudioError], object],
    ) -> None:
        self._process = process
        self._image = image
        self._size = size
        self._complain = complain

    def segment(
        self, pixels: Pixels, prompt: Prompt, should_stop: Callable[[], bool]
    ) -> Region | None:
        """See ``Segmenter``."""
        answer = self._process.segment(self._image, marks_of(prompt))
        while not should_stop():
            try:
                found = answer.result(ASK_S)["mask"]
            except TimeoutError:
                continue
            except StudioError as error:
                self._complain(error)
                return GrabCut().segment(pixels, prompt, should_stop)
            return self._region(mask_from_json(found)) if found else None
        answer.cancel()
        return None

    def _region(self, mask: Mask) -> Region:
        """The mask's pixels as a part of the picture at full size."""
        crop = Crop(np.empty((0, 0, 3), np.uint8), 0, 0, 1, *self._size)
        return Region(crop, masks.decode(mask).view(np.uint8), mask.x, mask.y)


def add_model(
    first: Path, second: Path, should_stop: Callable[[], bool]
) -> Generator[Any, None, InstalledModel | None]:
    """Check two files in a child process and copy them to where every project finds them.

    Yields while it is being checked; None where it was stopped.

    Raises:
        WeightsUnusable: they are no pair of an encoder and a decoder, or cannot be copied.
    """
    process = SegmentProcess()
    try:
        answer = process.ask("check", files=[str(first.absolute()), str(second.absolute())])
        while not should_stop():
            try:
                found = answer.result(ASK_S)
            except TimeoutError:
                yield None
                continue
            except JobFailed as error:
                raise WeightsUnusable(
                    "Trying {first} and {second} out ended the process that did it, so they "
                    "cannot be used.",
                    first=first.name,
                    second=second.name,
                ) from error
            return models.install(
                Path(found["encoder"]), Path(found["decoder"]), found["convention"], should_stop
            )
        return None
    finally:
        process.close()

"""The child process of interactive segmentation: it keeps one model loaded and answers questions.

One JSON object a line comes in, one goes out. Every ``load``, ``check`` and ``segment`` has an
``id`` and is answered under it, or told ``failed``; of several questions only the newest counts.
``prepare`` replaces the list of images to be embedded ahead, each of which is told ``prepared``
(or why not). The end of the input ends the process at once, whatever it is doing.

    {"ask": "load", "id": 1, "model": ID}            -> {"id": 1, "loaded": ID}
    {"ask": "check", "id": 1, "files": [PATH, PATH]} -> {"id": 1, "encoder": PATH, ...}
    {"ask": "segment", "id": 2, "image": IMAGE, "marks": [[X, Y, LABEL], ...]}
                                                     -> {"id": 2, "mask": MASK or null}
    {"ask": "prepare", "images": [IMAGE, ...]}       -> {"prepared": IMAGE} for each
"""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio import paths
from studio.errors import StudioError, WeightsMissing
from studio.interactive import models
from studio.interactive.asking import ImageFile, Is, Mark, mask_to_json
from studio.jobs.serving import serve

Message = dict[str, Any]


class Inbox:
    """What is still to be done: questions first, the newest only, then images to prepare."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._orders: deque[Message] = deque()
        self._question: Message | None = None
        self._ahead: deque[Message] = deque()

    def put(self, message: Message) -> None:
        """Take in what the parent asks."""
        with self._changed:
            match message["ask"]:
                case "segment":
                    self._question = message
                case "prepare":
                    self._ahead = deque(message["images"])
                case _:
                    self._orders.append(message)
            self._changed.notify()

    def take(self) -> Message:
        """Wait for the next thing to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._orders or self._question or self._ahead)
            if self._orders:
                return self._orders.popleft()
            question, self._question = self._question, None
            return question or {"ask": "prepare", "image": self._ahead.popleft()}


class Worker:
    """Does what is asked, with the one model that is loaded."""

    def __init__(self, tell: Callable[[Message], None]) -> None:
        # Here, for the window imports this module's neighbours and must not wait for onnxruntime.
        from studio.interactive import embeddings, pair

        self._pairs, self._caches = pair, embeddings
        self._tell = tell
        self._pair: pair.Pair | None = None
        self._embeddings: embeddings.Embeddings | None = None

    def carry_out(self, message: Message) -> None:
        """Do one thing and tell what came of it."""
        about: Message = {"id": message["id"]} if "id" in message else {"image": message["image"]}
        try:
            self._tell({**about, **self._done(message)})
        except StudioError as error:
            self._tell({**about, "failed": error.sentence.to_json()})

    def _done(self, message: Message) -> Message:
        match message["ask"]:
            case "check":
                return self._check(*(Path(file) for file in message["files"]))
            case "load":
                return self._load(message["model"])
            case "segment":
                marks = [Mark(x, y, Is(says)) for x, y, says in message["marks"]]
                return {"mask": self._segment(ImageFile.from_json(message["image"]), marks)}
            case _:
                self._embedded().of(ImageFile.from_json(message["image"]))
                return {"prepared": message["image"]}

    def _check(self, first: Path, second: Path) -> Message:
        pair = self._pairs.matched(first, second)
        pair.try_out()
        return {
            "encoder": str(pair.encoder.path),
            "decoder": str(pair.decoder.path),
            "convention": pair.convention.name,
        }

    def _load(self, model_id: str) -> Message:
        model = models.find(model_id)
        if model is None:
            raise WeightsMissing(
                "The model for outlines is gone from this computer; add it again in the settings."
            )
        model.verify()
        self._pair = self._pairs.matched(
            model.folder / models.ENCODER, model.folder / models.DECODER
        )
        folder = paths.cache_folder() / "embeddings"
        self._embeddings = self._caches.Embeddings(self._pair, model_id, folder)
        return {"loaded": model_id}

    def _embedded(self) -> Any:
        if self._embeddings is None:
            raise WeightsMissing("No model for outlines is loaded; add one in the settings.")
        return self._embeddings

    def _segment(self, image: ImageFile, marks: list[Mark]) -> Message | None:
        embedding = self._embedded().of(image)
        self._tell({"image": image.to_json(), "prepared": image.to_json()})
        mask = self._pair.segment(embedding, marks) if self._pair else None
        return mask_to_json(mask) if mask else None


def main() -> int:
    """Answer until the parent goes."""
    inbox = Inbox()
    tell = serve(inbox.put)
    worker = Worker(lambda message: tell(json.dumps(message)))
    while True:
        worker.carry_out(inbox.take())


if __name__ == "__main__":
    sys.exit(main())

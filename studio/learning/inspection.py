"""A look at each file before training starts: what cannot be learned from is named and left out.

Headers are read here; a file whose header is sound but whose pixels are not is met, named and
skipped when it is decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

from studio.errors import ImageProblem, Sentence, say
from studio.learning.events import Event, Notice, Progress
from studio.learning.snapshot import FrozenImage, LeftOut, Snapshot
from studio.vision import images

PROGRESS_EVERY = 100
"""Files between two events."""
MAX_NOTICES = 20
"""Problems named one by one; the rest is counted (all are in ``dataset.json``)."""


def inspect(image: FrozenImage) -> FrozenImage | Sentence:
    """The image with its size filled in, or the reason why it has to be left out."""
    try:
        info = images.probe(Path(image.path))
    except ImageProblem as problem:
        return problem.sentence
    size = (info.width, info.height)
    if image.width and size != (image.width, image.height) and image.truths:
        return say(
            "{file} is now {width} x {height} pixels, but was labelled at {old_width} x "
            "{old_height}; it is left out.",
            file=image.relative,
            width=info.width,
            height=info.height,
            old_width=image.width,
            old_height=image.height,
        )
    return replace(image, width=info.width, height=info.height)


def check(snapshot: Snapshot, should_stop: Callable[[], str]) -> Generator[Event, None, Snapshot]:
    """Look at every file: tells progress and what is left out, returns what remains.

    Once ``should_stop`` says a word, the rest is taken on trust.
    """
    sound: list[FrozenImage] = []
    left_out = list(snapshot.left_out)
    total = len(snapshot.images)
    for done, image in enumerate(snapshot.images, start=1):
        verdict = inspect(image)
        if isinstance(verdict, Sentence):
            left_out.append(LeftOut(image.relative, verdict))
        else:
            sound.append(verdict)
        if done % PROGRESS_EVERY == 0 or done == total:
            yield Progress("check", done, total)
            if should_stop():
                return snapshot
    yield from notices(left_out)
    return replace(snapshot, images=tuple(sound), left_out=tuple(left_out))


def notices(left_out: list[LeftOut]) -> Iterator[Event]:
    """One warning for each thing left out, and a count of those not named."""
    for each in left_out[:MAX_NOTICES]:
        yield Notice(
            "warning", say("{file}: {problem}", file=each.file, problem=str(each.sentence))
        )
    more = len(left_out) - MAX_NOTICES
    if more > 0:
        yield Notice("warning", say("{count} more problems were left out.", count=more))

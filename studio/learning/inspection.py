"""A look at each file before training starts: what cannot be learned from is named and left out.

Every file is decoded, not only its header read, so that nothing breaks hours later. A file that
was sound is not decoded again by the next run, unless its size or its time of change differ.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from studio import paths
from studio.errors import ImageProblem, Sentence, say
from studio.learning.devices import usable_cpus
from studio.learning.events import Event, Notice, Progress
from studio.learning.snapshot import FrozenImage, LeftOut, Snapshot
from studio.vision import images

PROGRESS_EVERY_S = 0.5
MAX_NOTICES = 20
"""Problems named one by one; the rest is counted (all are in ``dataset.json``)."""
DECODE_PX = 256
"""To see that a JPEG is sound, an eighth of its size is enough: all its data are read."""
MAX_THREADS = 4
"""As many images are in the memory together."""
AT_A_TIME = 16

SOUND = "sound-images"
"""In the user's cache folder: a line for each file that was decoded without a problem."""
MAX_SOUND_BYTES = 2**26
"""About two million lines; beyond it the list begins anew."""


def inspect(image: FrozenImage, sound: set[str]) -> tuple[FrozenImage | Sentence, str]:
    """The image with its size filled in, or the reason why it has to be left out.

    With it the file's mark, where it was sound and is not yet in ``sound``.
    """
    path, mark = Path(image.path), ""
    try:
        info = images.probe(path)
        mark = _mark(path)
        if mark not in sound:
            images.read_reduced(path, DECODE_PX)
    except ImageProblem as problem:
        return problem.sentence, ""
    size = (info.width, info.height)
    if image.width and size != (image.width, image.height) and image.truths:
        changed = say(
            "{file} is now {width} x {height} pixels, but was labelled at {old_width} x "
            "{old_height}; it is left out.",
            file=image.relative,
            width=info.width,
            height=info.height,
            old_width=image.width,
            old_height=image.height,
        )
        return changed, ""
    return replace(image, width=info.width, height=info.height), mark


def check(snapshot: Snapshot, should_stop: Callable[[], str]) -> Generator[Event, None, Snapshot]:
    """Look at every file: tells progress and what is left out, returns what remains.

    Once ``should_stop`` says a word, the rest is taken on trust.
    """
    kept: list[FrozenImage] = []
    left_out = list(snapshot.left_out)
    known = _read_sound()
    total, told_at = len(snapshot.images), time.monotonic()
    with ThreadPoolExecutor(min(MAX_THREADS, usable_cpus())) as pool:
        for start in range(0, total, AT_A_TIME):
            some = snapshot.images[start : start + AT_A_TIME]
            verdicts = list(pool.map(lambda image: inspect(image, known), some))
            for image, (verdict, _) in zip(some, verdicts, strict=True):
                if isinstance(verdict, Sentence):
                    left_out.append(LeftOut(image.relative, verdict))
                else:
                    kept.append(verdict)
            _add_sound([mark for _, mark in verdicts if mark and mark not in known])
            done = start + len(some)
            if done == total or time.monotonic() - told_at > PROGRESS_EVERY_S:
                told_at = time.monotonic()
                yield Progress("check", done, total)
            if should_stop():
                return snapshot
    yield from notices(left_out)
    return replace(snapshot, images=tuple(kept), left_out=tuple(left_out))


def _mark(path: Path) -> str:
    """Tells this state of this file from all others."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    about = f"{os.fsdecode(path)}|{stat.st_size}|{stat.st_mtime_ns}"
    return hashlib.blake2b(about.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _read_sound() -> set[str]:
    path = paths.cache_folder() / SOUND
    with suppress(OSError):
        if path.stat().st_size > MAX_SOUND_BYTES:
            path.unlink()
        return set(path.read_text(encoding="ascii", errors="replace").split())
    return set()


def _add_sound(marks: Sequence[str]) -> None:
    """Note what was decoded; without it, it is only decoded again."""
    with suppress(OSError), (paths.cache_folder() / SOUND).open("a", encoding="ascii") as file:
        file.writelines(f"{mark}\n" for mark in marks)


def notices(left_out: list[LeftOut]) -> Iterator[Event]:
    """One warning for each thing left out, and a count of those not named."""
    for each in left_out[:MAX_NOTICES]:
        yield Notice("warning", say("{file}: {problem}", file=each.file, problem=each.sentence))
    more = len(left_out) - MAX_NOTICES
    if more > 0:
        yield Notice("warning", say("{count} more problems were left out.", count=more))

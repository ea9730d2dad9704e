"""Fetching published weights into torchvision's own cache. No torch here."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from http.client import HTTPException
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from studio.errors import DownloadFailed, is_disk_full
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.events import Progress
from studio.learning.pretrained import weights

CHUNK_BYTES = 1 << 18
SILENCE_S = 30
"""A server that says nothing for this long is given up."""
LISTEN_S = 0.1
"""How often whoever waits for a silent server looks whether the file is still wanted."""
CHUNKS_AHEAD = 8


def download(card: ModelCard, should_stop: Callable[[], str]) -> Iterator[Progress]:
    """Fetch the best published weights of a model, if they are not here yet.

    Yields progress in bytes. Ends early, leaving nothing behind, once ``should_stop`` says
    anything; afterwards ``weights.find`` tells whether the file has come.

    Raises:
        DownloadFailed: offline, the disk is full, or the file that came is not the published one.
    """
    source = card.weights[0]
    if source.url:
        yield from fetch(source, weights.torchvision_cache() / source.file_name, should_stop)


def fetch(
    source: WeightsSource, target: Path, should_stop: Callable[[], str]
) -> Iterator[Progress]:
    """Fetch one file to ``target``; until its hash is checked it has another name.

    Raises:
        DownloadFailed: as ``download``.
    """
    if target.is_file():
        return
    partial = target.with_name(f"{target.name}.partial")
    expected = round(source.size_mb * (1 << 20))
    yield Progress("download", 0, expected, "byte", partial.stem)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, expected = yield from _save(source, partial, should_stop)
        if digest:
            _check(source, digest, partial, expected)
            partial.replace(target)
    except (OSError, HTTPException) as error:
        raise _failure(source, target, error) from error
    finally:
        partial.unlink(missing_ok=True)


def _save(
    source: WeightsSource, partial: Path, should_stop: Callable[[], str]
) -> Generator[Progress, None, tuple[str, int]]:
    """Write what comes; its SHA-256 ("" if stopped) and how many bytes were announced (or 0)."""
    digest = hashlib.sha256()
    done = 0
    with _Answer(source.url) as answer, partial.open("wb") as file:
        while not should_stop():
            chunk = answer.listen()
            if chunk == b"":
                return digest.hexdigest(), answer.expected
            if chunk:
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                yield Progress("download", done, answer.expected, "byte", partial.stem)
    return "", 0


class _Answer:
    """What a server sends, read on a thread of its own: whoever listens never waits for long,
    whether the name is looked up, the connection made or the next bytes are on their way.

    ``expected`` is how many bytes the server announced, 0 where it has not.
    """

    def __init__(self, url: str) -> None:
        self.expected = 0
        self._url = url
        self._came: Queue[bytes | Exception] = Queue(CHUNKS_AHEAD)
        self._is_left = Event()
        Thread(target=self._read, name="download", daemon=True).start()

    def __enter__(self) -> _Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_left.set()
        while not self._came.empty():  # so that the thread, which may wait for room, sees it
            self._came.get()

    def listen(self) -> bytes | None:
        """The next bytes, b"" after the last ones; None where nothing has come meanwhile.

        Raises:
            OSError: the server cannot be reached, or it broke off; also HTTPException.
        """
        try:
            came = self._came.get(timeout=LISTEN_S)
        except Empty:
            return None
        if isinstance(came, Exception):
            raise came
        return came

    def _read(self) -> None:
        try:
            request = urllib.request.Request(self._url, headers={"User-Agent": "vision-studio"})
            with urllib.request.urlopen(request, timeout=SILENCE_S) as answer:
                self.expected = int(answer.headers.get("Content-Length") or 0)
                chunk = b" "
                while chunk and not self._is_left.is_set():
                    chunk = answer.read(CHUNK_BYTES)
                    self._came.put(chunk)
        except urllib.error.HTTPError as error:
            error.close()  # what the server says besides its code is not wanted
            self._came.put(error)
        except Exception as error:
            self._came.put(error)


def _check(source: WeightsSource, digest: str, partial: Path, expected: int) -> None:
    if expected and partial.stat().st_size < expected:
        raise DownloadFailed("The download of {file} ended early.", file=source.file_name)
    if not digest.startswith(source.hash_prefix):
        raise DownloadFailed(
            "What arrived from {url} is not the published file: its SHA-256 begins with {found}, "
            "not {wanted}.",
            url=source.url,
            found=digest[: len(source.hash_prefix)],
            wanted=source.hash_prefix,
        )


def _failure(source: WeightsSource, target: Path, error: Exception) -> DownloadFailed:
    match error:
        case urllib.error.HTTPError():
            return DownloadFailed("{url} answered {code}.", url=source.url, code=error.code)
        case OSError() if is_disk_full(error):
            return DownloadFailed(
                "The disk is full: {file} needs {size} MB in {folder}.",
                file=source.file_name,
                size=round(source.size_mb),
                folder=target.parent,
            )
        case OSError(filename=str()):
            return DownloadFailed(
                "{folder} cannot be written to: {reason}.",
                folder=target.parent,
                reason=error.strerror,
            )
        case _:
            reason = getattr(error, "reason", error)
            return DownloadFailed(
                "{host} cannot be reached: {reason}.",
                host=urlsplit(source.url).netloc,
                reason=getattr(reason, "strerror", None) or reason,
            )

"""Fetching published weights into torchvision's own cache. No torch here."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from studio.errors import DownloadFailed, is_disk_full
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.events import Progress
from studio.learning.pretrained import weights

CHUNK_BYTES = 1 << 18
SILENCE_S = 30
"""A server that says nothing for this long is given up."""


class _Readable(Protocol):
    def read(self, amount: int, /) -> bytes: ...


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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        request = urllib.request.Request(source.url, headers={"User-Agent": "vision-studio"})
        with urllib.request.urlopen(request, timeout=SILENCE_S) as answer:
            expected = int(answer.headers.get("Content-Length") or 0)
            digest = yield from _save(answer, partial, expected, should_stop)
        if digest:
            _check(source, digest, partial, expected)
            partial.replace(target)
    except (OSError, HTTPException) as error:
        raise _failure(source, target, error) from error
    finally:
        partial.unlink(missing_ok=True)


def _save(
    answer: _Readable, partial: Path, expected: int, should_stop: Callable[[], str]
) -> Iterator[Progress]:
    """Write what comes and return its SHA-256; "" if stopped."""
    digest = hashlib.sha256()
    done = 0
    with partial.open("wb") as file:
        while chunk := answer.read(CHUNK_BYTES):
            if should_stop():
                return ""
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            yield Progress("download", done, expected, "byte", partial.stem)
    return digest.hexdigest()


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

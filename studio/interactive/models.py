"""The models that were added by hand: files copied to where every project finds them.

Each has a folder of its own among the weights, named for its content: the two files, and
``model.json``, which says what they were called and their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from studio import paths
from studio.errors import WeightsUnusable

ENCODER, DECODER, FACTS = "encoder.onnx", "decoder.onnx", "model.json"
ID_LETTERS = 16
COPIED_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """An encoder and a decoder in their folder; ``sources`` are the names that they had."""

    folder: Path
    convention: str
    sources: Mapping[str, str]
    hashes: Mapping[str, str]

    @property
    def id(self) -> str:
        """What the settings call it; another content has another one."""
        return self.folder.name

    @property
    def name(self) -> str:
        """What it can be known by in the window."""
        names = (Path(self.sources[file]).stem for file in (ENCODER, DECODER))
        return f"{self.convention}: {', '.join(names)}"

    def verify(self) -> None:
        """Read both files and compare them with what was added.

        Raises:
            WeightsUnusable: a file is gone or has changed.
        """
        for file, expected in self.hashes.items():
            path = self.folder / file
            if not path.is_file() or _sha256(path) != expected:
                raise WeightsUnusable(
                    "{file} has changed since it was added; add the model again in the settings.",
                    file=self.sources[file],
                )


def find(model_id: str) -> InstalledModel | None:
    """The model that the settings call so; None where it is not here."""
    if not model_id:
        return None
    folder = _folder() / model_id
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        return InstalledModel(
            folder, str(facts["convention"]), dict(facts["sources"]), dict(facts["hashes"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def install(
    encoder: Path,
    decoder: Path,
    convention: str,
    should_stop: Callable[[], bool] = lambda: False,
) -> InstalledModel | None:
    """Copy a pair that was found to be one of ``convention``; None where it was stopped.

    Raises:
        WeightsUnusable: it cannot be copied.
    """
    sources = {ENCODER: encoder, DECODER: decoder}
    unfinished = _folder() / "partial"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        hashes = {
            name: _copy(source, unfinished / name, should_stop) for name, source in sources.items()
        }
        if should_stop():
            shutil.rmtree(unfinished)
            return None
        named = hashlib.sha256("".join(hashes.values()).encode("ascii")).hexdigest()
        facts = {
            "convention": convention,
            "sources": {name: source.name for name, source in sources.items()},
            "hashes": hashes,
        }
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (unfinished / FACTS).write_text(text, encoding="utf-8")
        folder = _folder() / named[:ID_LETTERS]
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.replace(folder)
    except OSError as error:
        raise WeightsUnusable(
            "{file} cannot be copied to {folder}: {reason}.",
            file=encoder.name,
            folder=_folder(),
            reason=error.strerror,
        ) from error
    return InstalledModel(folder, convention, facts["sources"], hashes)


def remove_others(kept: str = "") -> None:
    """Delete all models but one. What a process still reads stays until the next time."""
    for folder in _folder().iterdir():
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    folder = paths.data_folder() / "weights" / "interactive"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(source: Path, target: Path, should_stop: Callable[[], bool]) -> str:
    """Copy a file, or as much of it as there is time for; its SHA-256."""
    hashed = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while not should_stop() and (part := read.read(COPIED_BYTES)):
            hashed.update(part)
            written.write(part)
    return hashed.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Files of pretrained weights on this computer: finding them, and adding one. No torch here.

They are looked for in this order: the folder of the settings or of ``STUDIO_WEIGHTS``, named
``<architecture>.safetensors`` or ``.pth``, or as torchvision publishes them; torchvision's own
cache; the weights added by hand; the small network that ships with the program.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studio import paths
from studio.errors import Sentence, WeightsMissing, WeightsUnusable, say
from studio.learning import catalogue
from studio.learning.catalogue import ModelCard
from studio.learning.catalogue.published import WeightsSource
from studio.learning.pretrained.fingerprints import FINGERPRINTS, TWINS
from studio.learning.pretrained.state_keys import fingerprint, shapes
from studio.settings import Settings

ENVIRONMENT = "STUDIO_WEIGHTS"
SUFFIXES = (".safetensors", ".pth")


class Place(StrEnum):
    """Kinds of places where weights are found."""

    FOLDER = "folder"
    CACHE = "cache"
    ADDED = "added"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A file of weights on disk, and what it is taken for."""

    path: Path
    source: WeightsSource
    place: Place


def find(card: ModelCard, folder: Path | None = None) -> WeightsFile | None:
    """The best weights for a model that are on this computer.

    ``folder`` is the user's folder of weights; without it ``chosen_folder`` is.
    """
    for source in card.weights:
        for path, place in _candidates(source, folder or chosen_folder()):
            if path.is_file():
                return WeightsFile(path, source, place)
    return None


def require(card: ModelCard, folder: Path | None = None) -> WeightsFile:
    """As ``find``, and the file is still the one that was added.

    Raises:
        WeightsMissing: there are none; the sentence names the ways on.
        WeightsUnusable: a file added by hand has changed since.
    """
    found = find(card, folder)
    if found is None:
        raise WeightsMissing(
            "{model} has no pretrained weights here. Download them, put {file} into a folder "
            "named by STUDIO_WEIGHTS, or start from random weights with --from-scratch.",
            model=card.name,
            file=f"{card.weights[-1].architecture}.safetensors",
        )
    if found.place is Place.ADDED:
        _verify(found.path)
    return found


def weights_present(name: str, folder: Path | None = None) -> bool:
    """Whether a model of the catalogue, of any task, finds pretrained weights here."""
    card = catalogue.find(name)
    return card is not None and find(card, folder) is not None


def add(file: Path, model: str = "") -> Sentence:
    """Copy a file of weights to where every project finds it; what it is shows in its keys.

    ``model`` names the model of the catalogue that the user wants it for, if any. The sentence
    returned says what the file was taken for.

    Raises:
        WeightsUnusable: it is no file of weights, of no architecture known here, or not of
            ``model``.
    """
    if file.suffix not in SUFFIXES:
        raise WeightsUnusable(
            "{file} must end in .safetensors, or in .pth for a state_dict() that torch saved.",
            file=file,
        )
    architecture = _architecture(file, model)
    if architecture is None:
        raise WeightsUnusable(
            "{file} holds the weights of no architecture known here: {names}.",
            file=file,
            names=", ".join(FINGERPRINTS.values()),
        )
    card = catalogue.find(model) if model else None
    if card and architecture not in (source.architecture for source in card.weights):
        raise WeightsUnusable(
            "{file} holds the weights of {found}; {model} needs those of {wanted}.",
            file=file,
            found=architecture,
            model=card.name,
            wanted=", ".join(source.architecture for source in card.weights),
        )
    _copy(file, added_folder() / f"{architecture}{file.suffix}")
    return say("Added the weights of {architecture}.", architecture=architecture)


def _architecture(file: Path, model: str) -> str | None:
    """What a file is by its keys; of twins, the one asked for or that the file is named after."""
    found = FINGERPRINTS.get(fingerprint(shapes(file)))
    twin = TWINS.get(found or "", "")
    return twin if twin and (model == twin or file.name.startswith(twin)) else found


def chosen_folder() -> Path | None:
    """The folder named by ``STUDIO_WEIGHTS``, else by the user's settings."""
    named = os.environ.get(ENVIRONMENT) or Settings.load().weights_folder
    return Path(named).expanduser() if named else None


def torchvision_cache() -> Path:
    """Where torchvision keeps what it downloads: ``torch.hub.get_dir()/checkpoints``."""
    home = os.environ.get("TORCH_HOME") or (
        Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "torch"
    )
    return Path(home).expanduser() / "hub" / "checkpoints"


def added_folder() -> Path:
    """Where ``add`` keeps its copies; made when first asked for."""
    folder = paths.data_folder() / "weights"
    folder.mkdir(exist_ok=True)
    return folder


def shipped_folder() -> Path:
    """The weights within the program."""
    return paths.resources() / "weights"


def _candidates(source: WeightsSource, folder: Path | None) -> Iterator[tuple[Path, Place]]:
    if folder is not None:
        yield from _named(source, folder, Place.FOLDER)
        if source.url:
            yield folder / source.file_name, Place.FOLDER
    if source.url:
        yield torchvision_cache() / source.file_name, Place.CACHE
    yield from _named(source, added_folder(), Place.ADDED)
    yield from _named(source, shipped_folder(), Place.SHIPPED)


def _named(source: WeightsSource, folder: Path, place: Place) -> Iterator[tuple[Path, Place]]:
    for suffix in SUFFIXES:
        yield folder / f"{source.architecture}{suffix}", place


def _copy(file: Path, target: Path) -> None:
    """Copy under another name first, and keep the SHA-256 beside it."""
    unfinished = target.with_name(f"{target.name}.partial")
    try:
        shutil.copyfile(file, unfinished)
        for suffix in SUFFIXES:
            target.with_suffix(suffix).unlink(missing_ok=True)
        _hash_file(target).write_text(_sha256(unfinished), encoding="ascii")
        unfinished.replace(target)
    except OSError as error:
        raise WeightsUnusable(
            "{file} cannot be copied to {folder}: {reason}.",
            file=file,
            folder=target.parent,
            reason=error.strerror,
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _verify(path: Path) -> None:
    kept = _hash_file(path)
    if kept.is_file() and kept.read_text(encoding="ascii") != _sha256(path):
        raise WeightsUnusable(
            "{file} has changed since it was added; add it again with studio weights add.",
            file=path,
        )


def _hash_file(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

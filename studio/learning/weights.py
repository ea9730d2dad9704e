"""Where files of pretrained weights lie on this computer. No torch here.

They are looked for in this order: the folder of the settings or of ``STUDIO_WEIGHTS``, named
``<architecture>.safetensors`` or ``.pth``; torchvision's own cache; the weights added by hand;
the small network that ships with the program.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studio import paths
from studio.errors import WeightsMissing
from studio.learning import catalogue
from studio.learning.backbones import WeightsSource
from studio.learning.catalogue import ModelCard

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

    ``folder`` is the user's folder of weights; without it ``STUDIO_WEIGHTS`` is read.
    """
    for source in card.weights:
        for path, place in _candidates(source, folder or folder_of_environment()):
            if path.is_file():
                return WeightsFile(path, source, place)
    return None


def require(card: ModelCard, folder: Path | None = None) -> WeightsFile:
    """As ``find``.

    Raises:
        WeightsMissing: there are none; the sentence names the ways on.
    """
    found = find(card, folder)
    if found is None:
        raise WeightsMissing(
            "The pretrained weights of {model} are not on this computer: download them, put "
            "{architecture}.safetensors into a folder named by STUDIO_WEIGHTS, or train with "
            "--from-scratch.",
            model=card.name,
            architecture=card.weights[-1].architecture,
        )
    return found


def weights_present(name: str, folder: Path | None = None) -> bool:
    """Whether a model of the catalogue, of any task, finds pretrained weights here."""
    card = catalogue.find(name)
    return card is not None and find(card, folder) is not None


def folder_of_environment() -> Path | None:
    """The folder named by ``STUDIO_WEIGHTS``."""
    named = os.environ.get(ENVIRONMENT)
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
        yield torchvision_cache() / source.file_name, Place.CACHE
    yield from _named(source, added_folder(), Place.ADDED)
    yield from _named(source, shipped_folder(), Place.SHIPPED)


def _named(source: WeightsSource, folder: Path, place: Place) -> Iterator[tuple[Path, Place]]:
    for suffix in SUFFIXES:
        yield folder / f"{source.architecture}{suffix}", place

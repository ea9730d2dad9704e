"""What the machine found out: recorded, never undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.domain.project import Image, Root, Split
from studio.domain.proposals import Proposal
from studio.domain.runs import Run


@dataclass(frozen=True, slots=True)
class RootAdded:
    """A folder of images belongs to the project."""

    root: Root


@dataclass(frozen=True, slots=True)
class RootMoved:
    """A folder of images lies elsewhere now; its images keep their paths below it."""

    root: Root


@dataclass(frozen=True, slots=True)
class RootGone:
    """A folder is not there any more and none of the project's images belongs to it."""

    root_id: int


@dataclass(frozen=True, slots=True)
class ImagesFound:
    """Images of the scan: a new id is added, a known one is brought up to date."""

    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class SplitsDrawn:
    """The sticky split of images that had none, by image id."""

    splits: Mapping[int, Split]


@dataclass(frozen=True, slots=True)
class SettingsFound:
    """Settings that follow from the images themselves; one that a human chose stays."""

    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RunsSeen:
    """Runs whose folders were found below ``runs/``."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class RunGone:
    """A run was discarded; its undecided proposals go with it."""

    number: int


@dataclass(frozen=True, slots=True)
class ProposalsGone:
    """Proposals of ``run``, by id, whose model is no more; those that a human decided stay."""

    run: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProposalsMade:
    """What ``run`` predicts on ``image_ids``: replaces its undecided proposals there.

    Its model is that of ``epoch``: 0 for one that learned no epoch to its end, None where that is
    not known. Where the run has a better one by now, nothing is written.
    """

    run: int
    image_ids: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    epoch: int | None = None


Fact = (
    RootAdded
    | RootMoved
    | RootGone
    | ImagesFound
    | SplitsDrawn
    | SettingsFound
    | RunsSeen
    | RunGone
    | ProposalsGone
    | ProposalsMade
)

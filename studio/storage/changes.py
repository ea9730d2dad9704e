"""What a transaction touched, told from the rows and facts it wrote."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain.edits import Row
from studio.domain.facts import (
    Fact,
    ImagesFound,
    ProposalsGone,
    ProposalsMade,
    RootAdded,
    RootGone,
    RootMoved,
    RunGone,
    RunsSeen,
    SettingsFound,
    SplitsDrawn,
)
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, TagGroup
from studio.domain.project import Changes, ImageStatus, Setting
from studio.domain.proposals import Verdict
from studio.domain.shapes import Shape


def of_rows(rows: Iterable[Row]) -> Changes:
    """What writing ``rows`` (before and after) touches."""
    images: set[int] = set()
    proposals: set[int] = set()
    shapes: set[int] = set()
    labels = settings = image_list = False
    for row in rows:
        match row:
            case Shape(id=shape_id, image_id=image_id):
                images.add(image_id)
                shapes.add(shape_id)
            case Tag(image_id=image_id) | ClassDone(image_id=image_id):
                images.add(image_id)
            case ImageStatus(image_id=image_id):
                images.add(image_id)
                image_list = True
            case Verdict(image_id=image_id):
                proposals.add(image_id)
            case Label() | MergedLabel():
                labels = True
            case TagGroup() | Setting():
                settings = True
    return Changes(
        images=frozenset(images),
        labels=labels,
        settings=settings,
        image_list=image_list,
        proposals=frozenset(proposals),
        shapes=frozenset(shapes),
    )


def of_facts(facts: Iterable[Fact]) -> Changes:
    """What recording ``facts`` touches."""
    images: set[int] = set()
    runs: set[int] = set()
    proposals: set[int] = set()
    image_list = settings = False
    for fact in facts:
        match fact:
            case RootAdded() | RootMoved() | RootGone():
                image_list = True
            case ImagesFound(found):
                images.update(image.id for image in found)
                image_list = True
            case SplitsDrawn(splits):
                images.update(splits)
            case SettingsFound():
                settings = True
            case RunsSeen(seen):
                runs.update(run.number for run in seen)
            case RunGone(number) | ProposalsGone(number):
                runs.add(number)
            case ProposalsMade(run, image_ids):
                runs.add(run)
                proposals.update(image_ids)
    return Changes(
        images=frozenset(images),
        runs=frozenset(runs),
        settings=settings,
        image_list=image_list,
        proposals=frozenset(proposals),
    )

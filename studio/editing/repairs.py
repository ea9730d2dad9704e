"""Repairing what an inspection found: every repair is one edit, and none is made unasked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.domain import geometry as geo
from studio.domain import splits
from studio.domain.clipping import clip
from studio.domain.edits import Change, Edit, Title
from studio.domain.project import Split
from studio.domain.quality import Flaw, Issue
from studio.domain.shapes import Geometry, Mask, Polygon, RotatedBox, Shape
from studio.domain.splits import Candidate
from studio.editing import actions
from studio.storage.reader import Reader
from studio.vision import masks, outlines

REPAIRABLE = frozenset(Flaw) - {Flaw.CHANGED_FILE}


def repair(reader: Reader, issues: Iterable[Issue]) -> Edit:
    """One edit that repairs all of them; what has been mended meanwhile is passed over."""
    changes: dict[object, Change] = {}
    for issue in issues:
        for change in _changes(reader, issue):
            row = change.before
            changes.setdefault((type(row), _key(row)), change)
    return Edit(Title.REPAIR, tuple(changes.values()))


def _key(row: object) -> object:
    match row:
        case Shape():
            return row.id
        case _:
            return getattr(row, "image_id", getattr(row, "id", row))


def _changes(reader: Reader, issue: Issue) -> Sequence[Change]:
    match issue.flaw:
        case Flaw.NO_AREA | Flaw.TINY | Flaw.DUPLICATE:
            return [Change(shape, None) for shape in _shapes(reader, issue)]
        case Flaw.OUTSIDE:
            return [Change(shape, _inside(reader, shape)) for shape in _shapes(reader, issue)]
        case Flaw.CROSSING:
            return [Change(shape, _untangled(shape)) for shape in _shapes(reader, issue)]
        case Flaw.UNUSED_CLASS:
            return _deletion(reader, issue.label)
        case Flaw.MISSING_FILE | Flaw.UNREADABLE:
            return _removal(reader, issue.images)
        case Flaw.NEAR_DUPLICATE:
            return _removal(reader, issue.images[1:])
        case Flaw.LEAK | Flaw.VIDEO:
            statuses = reader.statuses(issue.images).values()
            return actions.assign_split(statuses, Split.TRAIN).changes
        case Flaw.CHANGED_FILE:
            return ()


def _deletion(reader: Reader, label_id: str) -> Sequence[Change]:
    """Of a class that no image uses; images that were removed from the project may."""
    label = next((each for each in reader.labels() if each.id == label_id), None)
    if label is None or label_id in reader.label_usage():
        return ()
    return actions.delete_label(label, *reader.rows_of_label(label_id)).changes


def _shapes(reader: Reader, issue: Issue) -> list[Shape]:
    shape = reader.shape(issue.shapes[-1])
    return [shape] if shape is not None and not shape.locked else []


def _removal(reader: Reader, image_ids: Sequence[int]) -> Sequence[Change]:
    return actions.remove_images(reader.statuses(image_ids).values()).changes


def _inside(reader: Reader, shape: Shape) -> Shape | None:
    """The shape cut to its image; None where nothing of it is left."""
    image = reader.image(shape.image_id)
    width, height = image.width, image.height
    clipped: Geometry | None
    match shape.geometry:
        case RotatedBox():
            clipped = clip(geo.as_polygon(shape.geometry), width, height)
        case Mask():
            clipped = masks.within(shape.geometry, width, height)
        case geometry:
            clipped = clip(geometry, width, height)
    return replace(shape, geometry=clipped) if clipped is not None else None


def _untangled(shape: Shape) -> Shape | None:
    """The shape as the simple outlines that cover the same (by the even-odd rule)."""
    assert isinstance(shape.geometry, Polygon)
    untangled = outlines.union([shape.geometry])
    return replace(shape, geometry=untangled) if untangled is not None else None


# A new split ----------------------------------------------------------------------------------


def resplit(
    reader: Reader, groups: Iterable[Sequence[int]], val_fraction: float, seed: int
) -> Edit:
    """Draw training and validation anew, images of a group together; the test split stays.

    Groups that have an image in common are one. See ``domain.splits.draw`` for how classes are
    balanced.
    """
    group_of = _united(groups)
    images = reader.images(reader.image_ids())
    statuses, classes = reader.statuses(images), _classes(reader)
    keys = {image.id: f"{image.root_id}/{image.path}" for image in images.values()}
    candidates = [
        Candidate(
            keys[i],
            classes.get(i, frozenset()),
            Split.TEST if statuses[i].split is Split.TEST else None,
            group_of.get(i, ""),
        )
        for i in images
    ]
    drawn = splits.draw(candidates, val_fraction, seed)
    after = ((statuses[i], replace(statuses[i], split=drawn[keys[i]])) for i in images)
    return Edit(Title.ASSIGN_SPLIT, tuple(Change(a, b) for a, b in after if a != b))


def _united(groups: Iterable[Sequence[int]]) -> dict[int, str]:
    """The name of the group of each image that is in any."""
    members: dict[int, list[int]] = {}
    for group in groups:
        known = (members.get(image_id, [image_id]) for image_id in group)
        together = list(dict.fromkeys(i for each in known for i in each))
        members.update(dict.fromkeys(together, together))
    return {image_id: str(min(together)) for image_id, together in members.items()}


def _classes(reader: Reader) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for row in reader.select(
        "SELECT image_id, label FROM shape UNION SELECT image_id, label FROM tag"
    ):
        found.setdefault(row["image_id"], set()).add(row["label"])
    return {image_id: frozenset(labels) for image_id, labels in found.items()}

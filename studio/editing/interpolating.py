"""Filling the frames between two key frames with what lies between their shapes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.domain import geometry as geo
from studio.domain import interpolation
from studio.domain.edits import Edit, Title, created
from studio.domain.project import ImageStatus, State
from studio.domain.shapes import Geometry, Mask, Shape
from studio.editing import actions, videos
from studio.errors import EditConflict
from studio.storage import natural_order
from studio.storage.reader import Reader
from studio.vision import morphing

TRACK = "track"
"""An attribute: shapes of one object on several frames carry the same value."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Two shapes of one object, and the images between them in their order.

    ``parts`` says how far each image is on the way from the first to the last, in 0..1.
    """

    first: Shape
    last: Shape
    images: tuple[int, ...]
    parts: tuple[float, ...]


def moments_around(reader: Reader, image_id: int) -> dict[int, float]:
    """When each image of an image's series was taken: by id, in their order.

    The series is the images of its folder, without subfolders. Frames of a video have their
    seconds, and what else lies in their folder is no part of theirs. Other images have their
    place in the order of names, in which those count too that were removed from the project: time
    went on there as well.
    """
    image = reader.image(image_id)
    folder, slash, _ = image.path.rpartition("/")
    start = folder + slash
    rows = reader.select(
        "SELECT image.id AS id, path, removed FROM image"
        " JOIN image_status ON image_id = image.id WHERE root_id = ? AND substr(path, 1, ?) = ?",
        (image.root_id, len(start), start),
    )
    here = {row["path"][len(start) :]: row for row in rows if "/" not in row["path"][len(start) :]}
    order = sorted(zip(natural_order.keys("\0".join(here).encode()), here, strict=True))
    names = [name for _, name in order]
    times = videos.frame_times(reader.path_of(image).parent)
    frames = [name for name in names if name in times]
    if not all(times[a] < times[b] for a, b in pairwise(frames)):
        times, frames = {}, []
    is_frame = image.path[len(start) :] in times
    names = frames if is_frame else [name for name in names if name not in times]
    moments = [times[name] for name in names] if is_frame else range(len(names))
    return {
        here[name]["id"]: float(moment)
        for name, moment in zip(names, moments, strict=True)
        if not here[name]["removed"]
    }


def gap_before(reader: Reader, shape: Shape, moments: Mapping[int, float]) -> Gap:
    """The gap between ``shape`` and the shape of the same object on an earlier frame.

    ``moments`` says when each image was taken, in their order. The same object is the one with the
    same ``track`` attribute, or else the nearest of the same class and kind, on the nearest earlier
    frame that has one. Images that are done or skipped are complete and left out.

    Raises:
        EditConflict: there is no such frame, or none between.
    """
    frames = list(moments)
    place = frames.index(shape.image_id)
    statuses = reader.statuses(frames[:place])
    between: list[int] = []
    for image_id in reversed(frames[:place]):
        earlier = _same_object(shape, reader.shapes(image_id))
        if earlier is not None:
            if not between:
                raise EditConflict("No image between this one and the one before is still to do.")
            images = tuple(reversed(between))
            begin, whole = moments[image_id], moments[shape.image_id] - moments[image_id]
            return Gap(earlier, shape, images, tuple((moments[i] - begin) / whole for i in images))
        if statuses[image_id].shapes not in (State.DONE, State.SKIPPED):
            between.append(image_id)
    raise EditConflict(
        "No earlier image in this folder has a shape of the same class and kind to begin with."
    )


def _same_object(shape: Shape, others: Iterable[Shape]) -> Shape | None:
    track = dict(shape.attributes).get(TRACK)
    alike = [
        each
        for each in others
        if each.label == shape.label
        and type(each.geometry) is type(shape.geometry)
        and dict(each.attributes).get(TRACK) in (track, None)
    ]
    return min(alike, key=lambda each: _distance(each.geometry, shape.geometry), default=None)


def _distance(a: Geometry, b: Geometry) -> float:
    first, second = geo.bounds(a), geo.bounds(b)
    return math.dist(
        (first.x0 + first.x1, first.y0 + first.y1), (second.x0 + second.x1, second.y0 + second.y1)
    )


def fill(gaps: Sequence[Gap], statuses: Mapping[int, ImageStatus], ids: Iterable[int]) -> Edit:
    """One shape on every image of each gap; these images are in progress from now on.

    ``statuses`` are those of the images by id, ``ids`` reserved ones, one a shape.

    Raises:
        EditConflict: nothing lies between shapes like these.
    """
    numbers = iter(ids)
    made = [shape for gap in gaps for shape in _shapes_in(gap, numbers)]
    edit = created(Title.INTERPOLATE, *made)
    for image_id in dict.fromkeys(shape.image_id for shape in made):
        edit = actions.begun(edit, statuses[image_id], shapes=True)
    return edit


def _shapes_in(gap: Gap, numbers: Iterator[int]) -> Iterator[Shape]:
    for image_id, part in zip(gap.images, gap.parts, strict=True):
        geometry = _between(gap.first.geometry, gap.last.geometry, part)
        if geometry is None:
            raise EditConflict(
                "Between these two shapes nothing can be interpolated: outlines must be of one "
                "part without holes, and sets of points equally large."
            )
        yield replace(
            gap.last, id=next(numbers), image_id=image_id, geometry=geometry, note="",
            locked=False, hidden=False, run=None, score=None,
        )  # fmt: skip


def _between(a: Geometry, b: Geometry, t: float) -> Geometry | None:
    if isinstance(a, Mask) and isinstance(b, Mask):
        return morphing.between(a, b, t)
    return interpolation.between(a, b, t)

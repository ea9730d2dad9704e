"""What of one image a task can learn from.

Classify learns from tagged images. The other tasks learn from images that have shapes, or whose
shapes are done with none on them (verified negatives); skipped images and images nobody opened
are never used. Detect uses the bounds of any object. For instances and segment a bare box is an
ignore region, since its inside is neither object nor background. Lines and points are neither box
nor area: these tasks look at an image as if they were not there. Keypoints learns from points, and
from nothing else; ``keypoint_objects`` says how.

Where a human marked single classes complete on an image that is not done, the others are unknown
on it, not absent. Classify with several tags leaves them out of the loss, segment ignores what is
not drawn; detect, instances and keypoints cannot, and pass over the image.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.domain import geometry as geo
from studio.domain.clipping import clip
from studio.domain.labels import TagGroup
from studio.domain.places import are_numbers, places_for
from studio.domain.project import ImageStatus, State
from studio.domain.runs import Task
from studio.domain.shapes import (
    Box,
    Geometry,
    Mask,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.errors import Sentence, say
from studio.learning.readiness import keypoint_objects
from studio.learning.snapshot import Truth
from studio.storage.reader import Annotated

PLACES_TOLD = 6
"""So many places are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Usable:
    """One image as a task sees it, and what had to be left out of it.

    ``complete`` holds the labels that are certain to be absent where they are not found; None
    stands for all.
    """

    source: Annotated
    tags: tuple[str, ...] = ()
    truths: tuple[Truth, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    complete: frozenset[str] | None = None

    @property
    def objects(self) -> tuple[Truth, ...]:
        """What is to be found, ignore regions excepted."""
        return tuple(truth for truth in self.truths if not truth.ignore)

    @property
    def classes(self) -> frozenset[str]:
        """Ids of the labels that the image teaches."""
        return frozenset(self.tags) | {truth.label for truth in self.objects}

    @property
    def is_empty(self) -> bool:
        """Whether all that was on the image had to be left out, so that it says nothing."""
        return bool(self.left_out) and not self.objects

    def unknown(self, taught: frozenset[str]) -> frozenset[str]:
        """Which of the labels ``taught`` may be on the image unsaid."""
        return frozenset() if self.complete is None else taught - self.complete


def usable(source: Annotated, task: Task, group: TagGroup) -> Usable | None:
    """``source`` as ``task`` sees it; None where the task has no use for it."""
    if source.status.removed:
        return None
    return _tagged(source, group) if task is Task.CLASSIFY else _shaped(source, task)


def _tagged(source: Annotated, group: TagGroup) -> Usable | None:
    state = source.status.tags
    tags = tuple(tag.label for tag in source.tags if tag.group == group.id)
    if not group.multi_label:
        return Usable(source, tags=tags[:1]) if tags and state is not State.SKIPPED else None
    complete = None
    if source.done_labels and state is not State.DONE:
        # What is drawn but not tagged is there, whatever the mark says of tags.
        complete = source.done_labels - {shape.label for shape in source.shapes} | {*tags}
    if state is State.SKIPPED or not (tags or complete or state is State.DONE):
        return None
    return Usable(source, tags=tags, complete=complete)


def _shaped(source: Annotated, task: Task) -> Usable | None:
    state = source.status.shapes
    done = state is State.DONE or source.done_labels
    if state is State.SKIPPED or not (source.shapes or done):
        return None
    truths: list[Truth] = []
    left_out: list[Sentence] = []
    around = keypoint_objects.around(source.shapes) if task is Task.KEYPOINTS else {}
    told_by_points = {shape.id for shape in around.values()}
    for position, shape in enumerate(source.shapes, start=1):
        if _is_passed_over(shape, task) or shape.id in told_by_points:
            continue
        geometry = _within(shape, source, task)
        if geometry is None:
            left_out.append(_nothing_left(shape, position))
        elif isinstance(geometry, Points):
            size = (source.image.width, source.image.height)
            truths.append(keypoint_objects.truth(shape, geometry, around.get(shape.id), size))
        else:
            truths.append(Truth(shape.label, geometry, shape.ignore or _is_bare(shape, task)))
    result = Usable(
        source,
        truths=tuple(truths),
        left_out=tuple(left_out),
        complete=None if state is State.DONE else source.done_labels or None,
    )
    return result if result.objects or done or left_out else None


def _is_passed_over(shape: Shape, task: Task) -> bool:
    """Whether ``task`` looks at an image as if ``shape`` were not there."""
    known = task is Task.KEYPOINTS and isinstance(shape.geometry, Points)
    return isinstance(shape.geometry, Polyline | Points) and not known


def _is_bare(shape: Shape, task: Task) -> bool:
    """Whether ``shape`` says that there is an object, but not what the task has to know of it."""
    match task:
        case Task.DETECT:
            return False
        case Task.KEYPOINTS:
            return not isinstance(shape.geometry, Points)
        case _:
            return isinstance(shape.geometry, Box | RotatedBox)


def _nothing_left(shape: Shape, position: int) -> Sentence:
    if isinstance(shape.geometry, Points):
        return say(
            "Shape {position} has no point within the image; it is left out.", position=position
        )
    return say("Shape {position} has no area within the image; it is left out.", position=position)


def of_use(truths: Sequence[Truth], task: Task, taught: frozenset[str]) -> tuple[Truth, ...]:
    """What of an image a model that tells the labels ``taught`` apart learns from.

    For keypoints a leaf outlined around its beetles is no region to ignore, but where they live.
    """
    if task is not Task.KEYPOINTS:
        return tuple(truths)
    return tuple(truth for truth in truths if truth.label in taught)


def certain(
    task: Task, seen: Sequence[Usable], taught: frozenset[str] = frozenset()
) -> tuple[list[Usable], list[Usable]]:
    """The images of ``seen`` that ``task`` can learn from, and those that leave it in doubt.

    In doubt are images that were marked complete for some of the classes only, for a task that
    would take the others for absent. ``taught`` are the labels that a model tells apart already;
    to them come those that the images teach.
    """
    taught = taught.union(*(each.classes for each in seen))
    kept: list[Usable] = []
    doubtful: list[Usable] = []
    for each in seen:
        sure = not each.unknown(taught) or task is Task.CLASSIFY
        drawn = task is Task.SEGMENT and each.objects
        (kept if sure or drawn else doubtful).append(each)
    return kept, doubtful


def in_doubt(count: int) -> Iterator[Sentence]:
    """Says how many images are passed over because they are complete for some classes only."""
    if count == 1:
        yield say("1 image is complete for some of the classes only; it is left out.")
    elif count:
        yield say(
            "{count} images are complete for some of the classes only; they are left out.",
            count=count,
        )


def _within(shape: Shape, source: Annotated, task: Task) -> Geometry | None:
    """The shape's geometry for ``task``, cut to the image; None where nothing is left."""
    width, height = source.image.width, source.image.height
    geometry = shape.geometry
    if geo.is_degenerate(geometry):
        return None
    if isinstance(geometry, RotatedBox) or (task is Task.DETECT and not shape.ignore):
        geometry = geo.bounds(geometry)
    match geometry:
        case Box() | Polygon() | Points():
            return clip(geometry, width, height) if width and height else geometry
        case Mask():
            outside = clip(geo.bounds(geometry), width, height) is None
            return None if width and height and outside else geometry


def traces(shape_counts: Mapping[tuple[str, str], int], task: Task) -> Iterator[Sentence]:
    """Says how many lines and points ``task`` passes over.

    ``shape_counts`` are by label id and kind of geometry.
    """
    kinds = {Task.CLASSIFY: (), Task.KEYPOINTS: ("polyline",)}.get(task, ("polyline", "points"))
    count = sum(n for (_, kind), n in shape_counts.items() if kind in kinds)
    if count == 1:
        yield say("1 line or set of points has no area; it is left out.")
    elif count:
        yield say("{count} lines and sets of points have no area; they are left out.", count=count)


def nameless(points: Iterable[Points]) -> Iterator[Sentence]:
    """Says which places those of the points take that have no names, where others have."""
    known = list(points)
    unnamed = [each for each in known if not each.names]
    places = places_for(known)
    if not unnamed or not any(each.names for each in known) or are_numbers(places):
        return
    first = places[: max(len(each.points) for each in unnamed)]
    order = ", ".join(first[:PLACES_TOLD]) + (", …" if len(first) > PLACES_TOLD else "")
    if len(unnamed) == 1:
        yield say(
            "The points of 1 object have no names, as others have; they count in this order: "
            "{order}.",
            order=order,
        )
    else:
        yield say(
            "The points of {count} objects have no names, as others have; they count in this "
            "order: {order}.",
            count=len(unnamed),
            order=order,
        )


def unfinished(statuses: Iterable[ImageStatus], marked: Container[int] = ()) -> Iterator[Sentence]:
    """Says how many of the images, all of which have shapes, nobody marked done.

    ``marked`` are the ids of those that are complete for single classes.
    """
    count = sum(s.shapes is not State.DONE and s.image_id not in marked for s in statuses)
    if count == 1:
        yield say(
            "1 image has shapes but is not marked done; what is not drawn on it counts as "
            "background."
        )
    elif count:
        yield say(
            "{count} images have shapes but are not marked done; what is not drawn on them counts "
            "as background.",
            count=count,
        )

"""What of one image a task can learn from.

Classify learns from tagged images. The other tasks learn from images that have shapes, or whose
shapes are done with none on them (verified negatives); skipped images and images nobody opened
are never used. Detect uses the bounds of any object. For instances and segment a bare box is an
ignore region, since its inside is neither object nor background.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio.domain import geometry as geo
from studio.domain.labels import TagGroup
from studio.domain.project import ImageStatus, State
from studio.domain.runs import Task
from studio.domain.shapes import Box, Geometry, Mask, Polygon, RotatedBox, Shape
from studio.errors import Sentence, say
from studio.learning.snapshot import Truth
from studio.storage.reader import Annotated


@dataclass(frozen=True, slots=True)
class Usable:
    """One image as a task sees it, and what had to be left out of it."""

    source: Annotated
    tags: tuple[str, ...] = ()
    truths: tuple[Truth, ...] = ()
    left_out: tuple[Sentence, ...] = ()

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


def usable(source: Annotated, task: Task, group: TagGroup) -> Usable | None:
    """``source`` as ``task`` sees it; None where the task has no use for it."""
    if source.status.removed:
        return None
    return _tagged(source, group) if task is Task.CLASSIFY else _shaped(source, task)


def _tagged(source: Annotated, group: TagGroup) -> Usable | None:
    state = source.status.tags
    tags = tuple(tag.label for tag in source.tags if tag.group == group.id)
    if state is State.SKIPPED or not (tags or (group.multi_label and state is State.DONE)):
        return None
    return Usable(source, tags=tags if group.multi_label else tags[:1])


def _shaped(source: Annotated, task: Task) -> Usable | None:
    state = source.status.shapes
    if state is State.SKIPPED or not (source.shapes or state is State.DONE):
        return None
    truths: list[Truth] = []
    left_out: list[Sentence] = []
    for position, shape in enumerate(source.shapes, start=1):
        geometry = _within(shape, source, task)
        if geometry is None:
            left_out.append(
                say(
                    "Shape {position} has no area within the image; it is left out.",
                    position=position,
                )
            )
        else:
            bare = task is not Task.DETECT and isinstance(shape.geometry, (Box, RotatedBox))
            truths.append(Truth(shape.label, geometry, shape.ignore or bare))
    result = Usable(source, truths=tuple(truths), left_out=tuple(left_out))
    return result if result.objects or state is State.DONE or left_out else None


def _within(shape: Shape, source: Annotated, task: Task) -> Geometry | None:
    """The shape's geometry for ``task``, cut to the image; None where nothing is left."""
    width, height = source.image.width, source.image.height
    geometry = shape.geometry
    if geo.is_degenerate(geometry):
        return None
    if isinstance(geometry, RotatedBox) or (task is Task.DETECT and not shape.ignore):
        geometry = geo.bounds(geometry)
    match geometry:
        case Box() | Polygon():
            return geo.clip(geometry, width, height) if width and height else geometry
        case Mask():
            outside = geo.clip(geo.bounds(geometry), width, height) is None
            return None if width and height and outside else geometry


def unfinished(statuses: Iterable[ImageStatus]) -> Iterator[Sentence]:
    """Says how many of the images, all of which have shapes, nobody marked done."""
    count = sum(status.shapes is not State.DONE for status in statuses)
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

"""Whether there is enough to learn a task from, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from studio.domain.labels import Label
from studio.domain.places import places_for
from studio.domain.runs import Task
from studio.domain.shapes import Points
from studio.errors import Sentence, say
from studio.learning.readiness.eligibility import Usable

MIN_CLASSES = 2
"""A classifier tells at least two classes apart."""
MIN_IMAGES_PER_CLASS = 5
"""Tagged images that each of a classifier's first two classes needs."""
MIN_IMAGES = 4
"""Images with objects that the other tasks need."""
FEW_IMAGES = 5
"""Below this many images of a class, training is possible but will hardly learn it."""

MOST_SEGMENTED = 254
"""Classes that a pixel can have: its number is a byte, of which 0 is background and 255 unknown."""

MOST_PLACES = 200
"""Each is an output map of the model for every object it finds: of 56 x 56 numbers, 200 take a
quarter of a gigabyte for a hundred objects."""


def missing(
    task: Task, seen: Sequence[Usable], labels: Sequence[Label], multi_label: bool
) -> Iterator[Sentence]:
    """What must be added to what is ``seen`` before the task can be trained."""
    if task is Task.CLASSIFY:
        yield from _missing_tags(seen, labels, 1 if multi_label else MIN_CLASSES)
        return
    if task is Task.KEYPOINTS:
        yield from _missing_names(seen)
    if task is Task.SEGMENT:
        yield from _too_many_classes(seen)
    short = MIN_IMAGES - sum(bool(each.objects) for each in seen)
    if short <= 0:
        return
    match task:
        case Task.DETECT:
            one, more = say("Boxes on 1 more image."), say("Boxes on {count} more images.")
        case Task.KEYPOINTS:
            one, more = say("Points on 1 more image."), say("Points on {count} more images.")
        case _:
            one = say("Outlines or masks on 1 more image.")
            more = say("Outlines or masks on {count} more images.")
    yield one if short == 1 else say(more.template, count=short)


def _too_many_classes(seen: Sequence[Usable]) -> Iterator[Sentence]:
    """What a model would have to tell apart is limited."""
    count = len({label for each in seen for label in each.classes})
    if count > MOST_SEGMENTED:
        yield say(
            "Fewer classes: there are {count}, and a model that segments learns {most} at most.",
            count=count,
            most=MOST_SEGMENTED,
        )


def _missing_names(seen: Sequence[Usable]) -> Iterator[Sentence]:
    """What a model would have to tell apart is limited."""
    count = len(places_for(keypoints(seen)))
    if count > MOST_PLACES:
        fullest = max(seen, key=_most_points)
        yield say(
            "Fewer different points: there are {count}, most of them on {file}, and a model learns "
            "{most} at most. Those that mean the same place need the same name.",
            count=count,
            file=fullest.source.image.path,
            most=MOST_PLACES,
        )


def _missing_tags(
    seen: Sequence[Usable], labels: Sequence[Label], classes: int
) -> Iterator[Sentence]:
    """What keeps the ``classes`` best-filled classes from having enough images each."""
    per_image = Counter(label for each in seen for label in each.classes)
    ranked = sorted(labels, key=lambda label: (-per_image[label.id], label.position))
    for label in ranked[:classes]:
        short = MIN_IMAGES_PER_CLASS - per_image[label.id]
        if short == 1:
            yield say("1 more image of {label}.", label=label.name)
        elif short > 1:
            yield say("{count} more images of {label}.", count=short, label=label.name)
    absent = classes - len(ranked)
    if absent == 1:
        yield say("1 more class, with at least {count} images.", count=MIN_IMAGES_PER_CLASS)
    elif absent > 1:
        yield say(
            "{classes} classes, each with at least {count} images.",
            classes=absent,
            count=MIN_IMAGES_PER_CLASS,
        )
    elif classes == 1 and len(seen) < 2 * MIN_IMAGES_PER_CLASS:
        yield say(
            "Tags on {count} more image(s), for comparison.",
            count=2 * MIN_IMAGES_PER_CLASS - len(seen),
        )


def rare(label: Label, images: int) -> Sentence | None:
    """Says that a class is on too few ``images``; None where they are enough."""
    if images >= FEW_IMAGES:
        return None
    return say(
        "{label} is on very few images ({count}) and will hardly be learned; "
        "{wanted} or more are better.",
        label=label.name,
        count=images,
        wanted=4 * FEW_IMAGES,
    )


def keypoints(seen: Iterable[Usable]) -> Iterator[Points]:
    """The keypoints of all objects."""
    for each in seen:
        for truth in each.objects:
            if isinstance(truth.geometry, Points):
                yield truth.geometry


def _most_points(seen: Usable) -> int:
    return max((len(points.points) for points in keypoints([seen])), default=0)

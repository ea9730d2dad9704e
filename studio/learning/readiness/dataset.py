"""Whether a project holds enough for each task, and the frozen snapshot of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from studio.domain import splits
from studio.domain.labels import Label
from studio.domain.places import places_for
from studio.domain.project import Split
from studio.domain.runs import Task
from studio.errors import NotEnoughLabels, Sentence, say
from studio.learning.readiness import sufficiency
from studio.learning.readiness.eligibility import (
    Usable,
    certain,
    in_doubt,
    nameless,
    of_use,
    traces,
    unfinished,
    usable,
)
from studio.learning.snapshot import FrozenImage, LeftOut, Snapshot
from studio.storage.folder import root_path
from studio.storage.reader import Reader

DEFAULT_VAL_FRACTION = 0.2

MOST_COPIES = 20
"""More files of one quick hash are no copies, but raw pictures with the same borders."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a task can be trained now, what is missing, and the figures a recipe needs.

    ``missing`` blocks training; ``advice`` does not. ``per_label`` counts images (classify) or
    objects by label id, ``images_per_label`` images. Percentiles are the 5th, 25th, 50th, 75th
    and 95th. ``object_px`` is the square root of an object's box area in image pixels,
    ``object_part`` the same divided by the image's longer side; both are empty for classify.
    ``places`` are what keypoints are called.
    """

    task: Task
    ready: bool
    missing: tuple[Sentence, ...] = ()
    advice: tuple[Sentence, ...] = ()
    labels: tuple[Label, ...] = ()
    images: int = 0
    negatives: int = 0
    per_label: Mapping[str, int] = field(default_factory=dict)
    images_per_label: Mapping[str, int] = field(default_factory=dict)
    train_images: int = 0
    val_images: int = 0
    test_images: int = 0
    multi_label: bool = False
    objects: int = 0
    most_objects: int = 0
    object_px: tuple[float, ...] = ()
    object_part: tuple[float, ...] = ()
    longer_side_px: tuple[float, ...] = ()
    shorter_side_px: tuple[float, ...] = ()
    places: tuple[str, ...] = ()


# Is it enough? --------------------------------------------------------------------------------


def readiness(reader: Reader) -> dict[Task, Readiness]:
    """For each task: whether the project holds enough to train it, and what is missing."""
    group = reader.tag_groups()[0]
    counts = reader.shape_counts()
    found: dict[Task, list[Usable]] = {task: [] for task in Task}
    has_points = any(kind == "points" for _, kind in counts)
    tasks = [task for task in Task if has_points or task is not Task.KEYPOINTS]
    for source in reader.annotated(reader.labelled_ids()):
        for task in tasks:
            seen = None if source.image.problem else usable(source, task, group)
            if seen is not None and not seen.is_empty:
                found[task].append(seen)
    labels = reader.labels()
    return {
        task: _judge(task, seen, labels, group.multi_label, tuple(traces(counts, task)))
        for task, seen in found.items()
    }


def _judge(
    task: Task,
    found: Sequence[Usable],
    labels: Sequence[Label],
    multi_label: bool,
    without_area: tuple[Sentence, ...],
) -> Readiness:
    seen, doubtful = certain(task, found)
    per_image = Counter(label for each in seen for label in each.classes)
    per_object = Counter(truth.label for each in seen for truth in each.objects)
    used = tuple(label for label in labels if per_image[label.id])
    missing = tuple(sufficiency.missing(task, seen, labels, multi_label))
    passed_over = (*in_doubt(len(doubtful)), *without_area)
    marked = {each.source.image.id for each in seen if each.source.done_labels}
    sides = [(each.source.image.width, each.source.image.height) for each in seen]
    boxes = [(truth.bounds, each) for each in seen for truth in each.objects]
    px = [(box.width * box.height) ** 0.5 for box, _ in boxes]
    longest = [max(each.source.image.width, each.source.image.height, 1) for _, each in boxes]
    sizes = Counter(_splits(seen, DEFAULT_VAL_FRACTION, seed=0).values())
    return Readiness(
        task=task,
        ready=not missing,
        missing=(*missing, *passed_over) if missing else (),
        advice=()
        if missing
        else (
            *_advice(used, per_image, sizes),
            *unfinished((each.source.status for each in seen if each.truths), marked),
            *nameless(sufficiency.keypoints(seen)),
            *passed_over,
        ),
        labels=used,
        images=len(seen),
        negatives=sum(not each.classes for each in seen),
        per_label=dict(per_image if task is Task.CLASSIFY else per_object),
        images_per_label=dict(per_image),
        train_images=sizes[Split.TRAIN],
        val_images=sizes[Split.VAL],
        test_images=sizes[Split.TEST],
        multi_label=multi_label and task is Task.CLASSIFY,
        objects=len(boxes),
        most_objects=max((len(each.objects) for each in seen), default=0),
        object_px=_percentiles(px),
        object_part=_percentiles([size / side for size, side in zip(px, longest, strict=True)]),
        longer_side_px=_percentiles([max(pair) for pair in sides]),
        shorter_side_px=_percentiles([min(pair) for pair in sides]),
        places=tuple(places_for(sufficiency.keypoints(seen))),
    )


def _percentiles(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(np.percentile(values, (5, 25, 50, 75, 95)).tolist()) if values else ()


def _advice(
    used: Iterable[Label], per_image: Mapping[str, int], sizes: Mapping[Split, int]
) -> Iterator[Sentence]:
    for label in used:
        if sentence := sufficiency.rare(label, per_image[label.id]):
            yield sentence
    if not sizes[Split.VAL]:
        yield say(
            "No image is in the validation split, so the model cannot be judged while it learns."
        )


# The frozen snapshot --------------------------------------------------------------------------


def freeze(reader: Reader, task: Task, seed: int, val_fraction: float) -> Snapshot:
    """What ``task`` learns from, now: splits drawn, useless shapes left out and named.

    Files are not touched here; ``inspection.inspect`` looks at one.

    Raises:
        NotEnoughLabels: there is too little; the sentence says what is missing.
    """
    group = reader.tag_groups()[0]
    found: list[Usable] = []
    left_out: list[LeftOut] = []
    for source in reader.annotated(reader.labelled_ids()):
        each = usable(source, task, group)
        if each is None:
            continue
        file = source.image.path
        if source.image.problem:
            sentence = say("{problem}", problem=source.image.problem)
            left_out.append(LeftOut(file, sentence))
            continue
        left_out += (LeftOut(file, sentence) for sentence in each.left_out)
        if not each.is_empty:
            found.append(each)
    kept, doubtful = certain(task, found)
    left_out += (
        LeftOut(
            each.source.image.path,
            say("It is complete for some of the classes only; it is left out."),
        )
        for each in doubtful
    )
    _require(task, kept, reader.labels(), group.multi_label)
    drawn = _splits(kept, val_fraction, seed)
    roots = {root.id: root_path(reader.project, root) for root in reader.roots()}
    counts = Counter(label for each in kept for label in each.classes)
    taught = frozenset(counts)
    return Snapshot(
        task=task,
        labels=tuple(
            Label(label.id, label.name, label.color, index)
            for index, label in enumerate(each for each in reader.labels() if counts[each.id])
        ),
        images=tuple(_frozen(each, task, roots, drawn[_key(each)], taught) for each in kept),
        multi_label=group.multi_label and task is Task.CLASSIFY,
        grey={k: v for k, v in reader.settings().items() if k.startswith("grey_")},
        left_out=tuple(left_out),
    )


def _require(
    task: Task, kept: Sequence[Usable], labels: Sequence[Label], multi_label: bool
) -> None:
    missing = list(sufficiency.missing(task, kept, labels, multi_label))
    if missing:
        raise NotEnoughLabels(
            "There is too little to train on. Still missing: {missing}",
            missing=" ".join(map(str, missing)),
        )


def settle(snapshot: Snapshot) -> Snapshot:
    """The snapshot once unreadable files are gone: only labels that are still used.

    Raises:
        NotEnoughLabels: nothing is left to train on, or a classifier has a single class.
    """
    used = {
        label
        for image in snapshot.images
        for label in (*image.tags, *(t.label for t in image.truths if not t.ignore))
    }
    labels = tuple(
        replace(label, position=index)
        for index, label in enumerate(each for each in snapshot.labels if each.id in used)
    )
    if not snapshot.of(Split.TRAIN):
        raise NotEnoughLabels(
            "No labelled image that can be read is in the training split; put some there."
        )
    exclusive = snapshot.task is Task.CLASSIFY and not snapshot.multi_label
    if len(labels) < (sufficiency.MIN_CLASSES if exclusive else 1):
        raise NotEnoughLabels("The images that can be read do not show enough classes.")
    return replace(snapshot, labels=labels)


def _key(each: Usable) -> str:
    image = each.source.image
    return f"{image.root_id}/{image.path}"


def candidates(seen: Sequence[Usable]) -> list[splits.Candidate]:
    """What is to be split into training and validation, copies of a file together."""
    alike = Counter(each.source.image.quick_hash for each in seen)
    copied = {quick_hash for quick_hash, count in alike.items() if count <= MOST_COPIES}
    return [
        splits.Candidate(
            _key(each),
            each.classes,
            each.source.split,
            each.source.image.quick_hash if each.source.image.quick_hash in copied else "",
        )
        for each in seen
    ]


def _splits(seen: Sequence[Usable], val_fraction: float, seed: int) -> dict[str, Split]:
    return splits.draw(candidates(seen), val_fraction, seed)


def _frozen(
    each: Usable, task: Task, roots: Mapping[int, Path], split: Split, taught: frozenset[str]
) -> FrozenImage:
    image = each.source.image
    return FrozenImage(
        id=image.id,
        path=str(roots[image.root_id] / image.path),
        relative=image.path,
        hash=image.quick_hash,
        width=image.width,
        height=image.height,
        split=split,
        tags=each.tags,
        truths=of_use(each.truths, task, taught),
        unknown=tuple(sorted(each.unknown(taught))),
    )


def present(
    reader: Reader, task: Task, labels: Sequence[Label], split: Split
) -> tuple[FrozenImage, ...]:
    """The images that stand in ``split`` now and show nothing but ``labels``, for ``task``."""
    group = reader.tag_groups()[0]
    known = frozenset(label.id for label in labels)
    roots = {root.id: root_path(reader.project, root) for root in reader.roots()}
    seen = (usable(source, task, group) for source in reader.annotated(reader.labelled_ids()))
    fitting = [
        each
        for each in seen
        if each is not None
        and each.source.split is split
        and each.classes <= known
        and not (each.is_empty or each.source.image.problem)
    ]
    kept, _ = certain(task, fitting, known)
    return tuple(_frozen(each, task, roots, split, known) for each in kept)

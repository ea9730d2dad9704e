"""What stands in the way of a good training, before it begins.

Nothing here blocks: training leaves out what it cannot use and says so. But hours later is late to
hear of it, and most of it can be put right with one click. The window turns ``issues`` and
``images`` into edits.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from studio.domain import quality, splits
from studio.domain.labels import Label
from studio.domain.project import Split, State
from studio.domain.quality import Flaw, Issue
from studio.domain.runs import Task
from studio.errors import Sentence, say
from studio.learning import catalogue
from studio.learning.config import TrainConfig
from studio.learning.readiness import dataset, sufficiency
from studio.learning.readiness.eligibility import Usable, certain, unfinished, usable
from studio.storage.reader import Annotated, Reader

BYTES_PER_PARAMETER = 40
"""What a run needs on disk at most: its best weights (4 bytes for each parameter) and a checkpoint
of weights, their average and two moments (16), and either once more while it is replaced."""

SPARE_BYTES = 200 * 2**20
"""For events, samples and the report beside the weights."""

MOST_SHAPES = 50_000
"""Of more, only these are looked at: a few seconds' work. The quality inbox looks at all."""

NAMED_CLASSES = 5


class Kind(StrEnum):
    """What a finding is about, which decides what can be done about it."""

    FILES = "files"
    SHAPES = "shapes"
    NOT_JUDGED = "not_judged"
    FEW = "few"
    UNFINISHED = "unfinished"
    DISK = "disk"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before training.

    ``images`` are ids, the first being the one to look at; for NOT_JUDGED they are what would
    best go to validation, for UNFINISHED those to be marked done. ``issues`` can be repaired.
    """

    kind: Kind
    sentence: Sentence
    images: tuple[int, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def shapes(self) -> tuple[int, ...]:
        """The shapes to look at on the first image."""
        return self.issues[0].shapes if self.issues else ()


def check(reader: Reader, config: TrainConfig) -> tuple[Finding, ...]:
    """What stands in the way of this training of the project, the gravest first."""
    group, task = reader.tag_groups()[0], config.task
    sources: list[Annotated] = []
    found: list[Usable] = []
    issues: dict[Flaw, list[Issue]] = {}
    shapes = 0
    # All is looked at while reading, so that reading broken off ends it.
    for source in reader.annotated(reader.labelled_ids()):
        seen = usable(source, task, group)
        if seen is None:
            continue
        sources.append(source)
        if not (seen.is_empty or source.image.problem):
            found.append(seen)
        shapes += len(source.shapes)
        if task is not Task.CLASSIFY and shapes <= MOST_SHAPES:
            for issue in _lint(source):
                issues.setdefault(issue.flaw, []).append(issue)
    kept, _ = certain(task, found)
    names = {label.id: label.name for label in reader.labels()}
    return (
        *_disk(reader.project, config),
        *_files(reader, sources),
        *_shapes(issues, task),
        *_not_judged(kept, config, names),
        *_few(kept, reader.labels()),
        *_unfinished(kept),
    )


# Disk and files -------------------------------------------------------------------------------


def needed_bytes(config: TrainConfig) -> int:
    """About how much a run writes at most."""
    parameters = catalogue.card(config.task, config.model).parameters_m * 1e6
    return int(parameters * BYTES_PER_PARAMETER) + SPARE_BYTES


def _disk(project: Path, config: TrainConfig) -> Iterator[Finding]:
    free, needed = shutil.disk_usage(project).free, needed_bytes(config)
    if free < needed:
        yield Finding(
            Kind.DISK,
            say(
                "The disk of the project has {free} MB left; this training may need {needed} MB "
                "for its checkpoints.",
                free=free // 2**20,
                needed=-(-needed // 2**20),
            ),
        )


def _files(reader: Reader, sources: Sequence[Annotated]) -> Iterator[Finding]:
    images = [source.image for source in sources]
    paths = reader.paths_of(images)
    missing = [image for image in images if not paths[image.id].is_file()]
    gone = {image.id for image in missing}
    unreadable = [image for image in images if image.problem and image.id not in gone]
    if missing:
        # So many at once are no lost files but a drive that is not there.
        issues = (
            tuple(Issue(Flaw.MISSING_FILE, (image.id,)) for image in missing)
            if 2 * len(missing) < len(images)
            else ()
        )
        yield Finding(
            Kind.FILES,
            say("{file} is no longer where it was; it is left out.", file=missing[0].path)
            if len(missing) == 1
            else say(
                "{count} labelled images are no longer where they were, such as {file}; they are "
                "left out.",
                count=len(missing),
                file=missing[0].path,
            ),
            tuple(image.id for image in missing),
            issues,
        )
    if unreadable:
        yield Finding(
            Kind.FILES,
            say("Left out: {problem}", problem=unreadable[0].problem)
            if len(unreadable) == 1
            else say(
                "{count} labelled images cannot be read, such as {file}; they are left out.",
                count=len(unreadable),
                file=unreadable[0].path,
            ),
            tuple(image.id for image in unreadable),
            tuple(Issue(Flaw.UNREADABLE, (image.id,)) for image in unreadable),
        )


# Shapes ---------------------------------------------------------------------------------------


def _lint(source: Annotated) -> Iterator[Issue]:
    shapes = [shape for shape in source.shapes if not shape.locked]
    return quality.lint(shapes, source.image.width, source.image.height)


def _shapes(issues: dict[Flaw, list[Issue]], task: Task) -> Iterator[Finding]:
    if task is Task.DETECT:
        issues.pop(Flaw.CROSSING, None)  # its bounds are the same
    for flaw in Flaw:
        if flaw in issues:
            found = issues[flaw]
            images = tuple(dict.fromkeys(issue.images[0] for issue in found))
            yield Finding(Kind.SHAPES, _said_of(flaw, len(found)), images, tuple(found))


def _said_of(flaw: Flaw, count: int) -> Sentence:
    match flaw:
        case Flaw.NO_AREA:
            return say("Shapes without area: {count}. They are left out.", count=count)
        case Flaw.OUTSIDE:
            return say("Shapes that reach beyond their image: {count}.", count=count)
        case Flaw.CROSSING:
            return say("Outlines that cross themselves: {count}.", count=count)
        case Flaw.DUPLICATE:
            return say("Objects that are labelled twice in one place: {count}.", count=count)
        case _:
            return say("Shapes less than two pixels wide or high: {count}.", count=count)


# Splits and classes ---------------------------------------------------------------------------


def _not_judged(
    kept: Sequence[Usable], config: TrainConfig, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Classes of several images none of which is in validation, as the splits stand."""
    candidates = dataset.candidates(kept)
    drawn = splits.draw(candidates, config.val_fraction, config.seed)
    standing = [drawn[each.key] for each in candidates]
    counts = Counter(
        label
        for each, split in zip(kept, standing, strict=True)
        if split is not Split.TEST
        for label in each.classes
    )
    judged = {
        label
        for each, split in zip(kept, standing, strict=True)
        if split is Split.VAL
        for label in each.classes
    }
    absent = frozenset(label for label, count in counts.items() if count > 1) - judged
    if not absent:
        return
    freed = [
        replace(each, split=None if split is Split.TRAIN and each.classes & absent else split)
        for each, split in zip(candidates, standing, strict=True)
    ]
    again = splits.draw(freed, config.val_fraction, config.seed)
    moved = tuple(
        each.source.image.id
        for each, old, split in zip(kept, candidates, standing, strict=True)
        if split is Split.TRAIN and again[old.key] is Split.VAL
    )
    yield Finding(Kind.NOT_JUDGED, _said_of_unjudged(absent, judged, names), moved)


def _said_of_unjudged(
    absent: frozenset[str], judged: set[str], names: Mapping[str, str]
) -> Sentence:
    if not judged:
        return say(
            "No image is in the validation split, so the model cannot be judged while it learns."
        )
    known = sorted(names.get(label, "") for label in absent)
    if len(known) == 1:
        return say(
            "No validation image shows {label}, so how well it is learned stays unknown.",
            label=known[0],
        )
    listed = ", ".join(known[:NAMED_CLASSES])
    if len(known) > NAMED_CLASSES:
        return say(
            "{count} classes are on no validation image, so how well they are learned stays "
            "unknown. Among them: {labels}.",
            count=len(known),
            labels=listed,
        )
    return say(
        "These classes are on no validation image, so how well they are learned stays unknown: "
        "{labels}.",
        labels=listed,
    )


def _few(kept: Sequence[Usable], labels: Sequence[Label]) -> Iterator[Finding]:
    """Classes that hardly any image shows, the rarest first."""
    shown: dict[str, list[int]] = {}
    for each in kept:
        for label in each.classes:
            shown.setdefault(label, []).append(each.source.image.id)
    used = sorted((each for each in labels if each.id in shown), key=lambda x: len(shown[x.id]))
    for label in used:
        if sentence := sufficiency.rare(label, len(shown[label.id])):
            yield Finding(Kind.FEW, sentence, tuple(shown[label.id]))


def _unfinished(kept: Sequence[Usable]) -> Iterator[Finding]:
    drawn = [each.source for each in kept if each.truths]
    marked = {source.image.id for source in drawn if source.done_labels}
    for sentence in unfinished((source.status for source in drawn), marked):
        images = (
            source.image.id
            for source in drawn
            if source.status.shapes is not State.DONE and source.image.id not in marked
        )
        yield Finding(Kind.UNFINISHED, sentence, tuple(images))

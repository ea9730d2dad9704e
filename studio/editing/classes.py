"""Verbs on whole classes: merge, split off, group, reorder, and complete on an image.

Pure: rows come in, an edit goes out. What a class is used by may be a great many rows, so the
caller reads them off the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.domain.edits import Change, Edit, Title, created, deleted
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, clean_name
from studio.domain.shapes import Shape


@dataclass(frozen=True, slots=True)
class LabelRows:
    """Everything that uses one class."""

    tags: tuple[Tag, ...] = ()
    shapes: tuple[Shape, ...] = ()
    marks: tuple[ClassDone, ...] = ()
    merged: tuple[MergedLabel, ...] = ()


def merge(
    merged: Sequence[Label], into: Label, used: Sequence[LabelRows], standing: LabelRows
) -> Edit:
    """Give the tags and shapes of ``merged`` to ``into`` and delete those classes, in one edit.

    ``used`` holds the rows of each merged class, ``standing`` those of ``into``. A tag that stands
    already is not doubled. An image stays complete for ``into`` where it was complete for it and
    for every merged class: of what was missing of one of them it says nothing. What models say of
    the merged classes is said of ``into`` from now on.
    """
    tagged = {(tag.image_id, tag.group) for tag in standing.tags}
    changes: list[Change] = []
    for rows in used:
        changes += (Change(shape, replace(shape, label=into.id)) for shape in rows.shapes)
        changes += (Change(mark, None) for mark in rows.marks)
        changes += (Change(each, replace(each, into=into.id)) for each in rows.merged)
        for tag in rows.tags:
            changes.append(Change(tag, None))
            if (tag.image_id, tag.group) not in tagged:
                tagged.add((tag.image_id, tag.group))
                changes.append(Change(None, replace(tag, label=into.id)))
    complete = {mark.image_id for mark in standing.marks}
    for rows in used:
        complete &= {mark.image_id for mark in rows.marks}
    changes += (Change(m, None) for m in standing.marks if m.image_id not in complete)
    changes += (Change(None, MergedLabel(label.id, label.name, into.id)) for label in merged)
    changes += (Change(label, None) for label in merged)
    return Edit(Title.MERGE_CLASSES, tuple(changes))


def split_off(shapes: Iterable[Shape], label: Label) -> Edit:
    """Make a new class of some shapes; locked ones stay what they are."""
    moved = [shape for shape in shapes if not shape.locked]
    if not moved:
        return Edit(Title.SPLIT_CLASS, ())
    changes = (Change(shape, replace(shape, label=label.id)) for shape in moved)
    return Edit(Title.SPLIT_CLASS, (Change(None, label), *changes))


def set_group(labels: Iterable[Label], group: str, all_labels: Iterable[Label]) -> Edit:
    """List classes under heading ``group``, after those that are there; "" takes them out."""
    group = clean_name(group)
    moved = [label for label in labels if label.group != group]
    ids = {label.id for label in moved}
    others = [label for label in all_labels if label.id not in ids]
    last = max((at for at, other in enumerate(others) if other.group == group), default=-1)
    order = [*others[: last + 1], *moved, *others[last + 1 :]] if last >= 0 else [*others, *moved]
    return _arranged(Title.GROUP_CLASSES, order, ids, group)


def rename_group(group: str, name: str, labels: Iterable[Label]) -> Edit:
    """Give a heading another name; "" dissolves the group."""
    name = clean_name(name)
    pairs = ((label, replace(label, group=name)) for label in labels if label.group == group)
    return Edit(Title.GROUP_CLASSES, tuple(Change(a, b) for a, b in pairs if a != b))


def move_label(label: Label, place: int, group: str, labels: Sequence[Label]) -> Edit:
    """Put a class before the one at ``place`` of ``labels``, under heading ``group``."""
    before = [each for each in labels[:place] if each.id != label.id]
    after = [each for each in labels[place:] if each.id != label.id]
    return _arranged(Title.REORDER_CLASSES, [*before, label, *after], {label.id}, group)


def _arranged(title: Title, order: Sequence[Label], moved: set[str], group: str) -> Edit:
    """The classes in this order; those ``moved`` belong to ``group``."""
    in_order = all(a.position < b.position for a, b in pairwise(order))
    pairs = (
        (
            label,
            replace(
                label,
                position=label.position if in_order else at,
                group=group if label.id in moved else label.group,
            ),
        )
        for at, label in enumerate(order)
    )
    return Edit(title, tuple(Change(a, b) for a, b in pairs if a != b))


def mark_class(image_id: int, label: Label, done: bool) -> Edit:
    """Say that an image is complete for a class, or no longer."""
    mark = ClassDone(image_id, label.id)
    verb = created if done else deleted
    return verb(Title.MARK_CLASS, mark)

"""Taking a data set over into a project: the images as facts, all labels as one edit."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from studio.domain.edits import Change, Edit, Title
from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape, Problem
from studio.domain.labels import Label, Tag, TagGroup, clean_name, find_label, new_label
from studio.domain.project import Changes, ImageStatus, State
from studio.domain.shapes import Geometry, Shape
from studio.editing.scan import add_images
from studio.editing.session import Session
from studio.errors import say
from studio.storage.folder import root_path
from studio.storage.reader import Reader
from studio.vision.images import printable

UNNAMED = "ignore"
"""The class of a region to ignore that no class claims."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the edit, what it touched, counts, and everything left out."""

    edit: Edit
    changes: Changes
    images: int
    tags: int
    shapes: int
    problems: tuple[Problem, ...]


def import_batch(session: Session, batch: ImportBatch) -> Imported:
    """Add the batch's images, then its classes, tags, shapes, splits and states as one edit.

    An image that the project has already is known by its path and keeps what it has; a shape
    that equals one of its own is not added again. Mask files that were listed as images leave
    the project, unless somebody labelled them. All but the new images is undone by an undo.
    """
    ids, found = add_images(session, [image.path for image in batch.images])
    with Reader.open(session.project) as reader:
        import_ = _Import(session, reader, batch)
        changes = tuple(import_.all_changes(ids))
    edit = Edit(Title.IMPORT, changes)
    return Imported(
        edit,
        found | session.apply(edit),
        len(batch.images),
        import_.tag_count,
        import_.shape_count,
        (*batch.problems, *import_.problems),
    )


class _Import:
    """Turns a batch into row changes, counting what is new."""

    def __init__(self, session: Session, reader: Reader, batch: ImportBatch) -> None:
        self.problems: list[Problem] = []
        self.tag_count = self.shape_count = 0
        self._store = session.store
        self._reader = reader
        self._batch = batch
        self._labels: dict[str, Label] = {}
        self._group = reader.tag_groups()[0]

    def all_changes(self, ids: Mapping[Path, int]) -> Iterator[Change]:
        """Every change of the edit; ``ids`` are image ids by path."""
        yield from self._label_changes()
        yield from self._group_changes()
        by_id: dict[int, list[ImportedImage]] = {}
        for image in self._batch.images:
            by_id.setdefault(ids[image.path], []).append(image)
        statuses = self._reader.statuses(by_id)
        tags, shapes = self._reader.tags_of(by_id), self._reader.shapes_of(by_id)
        for image_id, images in by_id.items():
            for image in images:
                yield from self._tag_changes(image_id, image, tags.get(image_id, ()))
            wanted = (shape for image in images for shape in image.shapes)
            yield from self._shape_changes(image_id, wanted, shapes.get(image_id, ()))
            yield from _status_changes(statuses[image_id], images)
        yield from self._mask_changes(by_id)

    def _mask_changes(self, pictures: Container[int]) -> Iterator[Change]:
        """Take mask files that lie among the project's images out of it."""
        files = {path.parent.resolve() / path.name for path in self._batch.masks}
        roots = self._reader.roots() if files else ()
        known = {
            image.id
            for root in roots
            for image in self._reader.images_of_root(root.id).values()
            if root_path(self._store.project, root) / image.path in files
        }
        tags, shapes = self._reader.tags_of(known), self._reader.shapes_of(known)
        count = 0
        for image_id, status in self._reader.statuses(known).items():
            labelled = image_id in pictures or tags.get(image_id) or shapes.get(image_id)
            if not labelled and not status.removed:
                count += 1
                yield Change(status, replace(status, removed=True))
        if count:
            folder = os.path.commonpath([path.parent for path in files])
            sentence = say(
                "{count} file(s) here are masks, so they are no longer among the images",
                count=count,
            )
            self.problems.append(Problem(folder, "", sentence))

    # Classes -------------------------------------------------------------------------------

    def _label_changes(self) -> Iterator[Change]:
        labels = list(self._reader.labels())
        told: dict[str, str] = {}
        for name in dict.fromkeys(self._names()):
            first = told.setdefault(name.casefold(), name)
            if first != name:
                sentence = say(
                    "it differs from the class {other} only in capital letters, so both became one "
                    "class",
                    other=first,
                )
                self.problems.append(Problem(name, "", sentence))
                continue
            label = find_label(labels, name)
            if label is None:
                label = new_label(name, labels)
                labels.append(label)
                yield Change(None, label)
            self._labels[name.casefold()] = label

    def _names(self) -> Iterator[str]:
        for name in self._batch.labels:
            yield clean_name(name)
        for image in self._batch.images:
            for name in image.tags:
                yield clean_name(name)
            for shape in image.shapes:
                yield _class_of(shape)

    # Tags ----------------------------------------------------------------------------------

    def _group_changes(self) -> Iterator[Change]:
        """Let images carry several tags, if the data set needs it and no tag stands yet."""
        several = any(
            len({clean_name(name).casefold() for name in image.tags}) > 1
            for image in self._batch.images
        )
        if not several or self._group.multi_label:
            return
        if any(usage.tags for usage in self._reader.label_usage().values()):
            return
        before, self._group = self._group, replace(self._group, multi_label=True)
        yield Change(before, self._group)
        sentence = say("some images have several tags, so the project now allows that")
        self.problems.append(Problem(before.name, "", sentence))

    def _tag_changes(
        self, image_id: int, image: ImportedImage, standing: Iterable[Tag]
    ) -> Iterator[Change]:
        group: TagGroup = self._group
        present = {tag.label for tag in standing if tag.group == group.id}
        for name in image.tags:
            label = self._labels[clean_name(name).casefold()]
            if label.id in present:
                continue
            if present and not group.multi_label:
                sentence = say("it has a tag already, so {tag} was left out", tag=label.name)
                self.problems.append(Problem(printable(str(image.path)), "", sentence))
                continue
            present.add(label.id)
            self.tag_count += 1
            yield Change(None, Tag(image_id, group.id, label.id))

    # Shapes --------------------------------------------------------------------------------

    def _shape_changes(
        self, image_id: int, wanted: Iterable[ImportedShape], standing: tuple[Shape, ...]
    ) -> Iterator[Change]:
        present: set[tuple[str, Geometry, bool]] = {
            (shape.label, shape.geometry, shape.ignore) for shape in standing
        }
        z = max((shape.z for shape in standing), default=-1)
        for shape in wanted:
            label = self._labels[_class_of(shape).casefold()].id
            if (label, shape.geometry, shape.ignore) in present:
                continue
            z += 1
            self.shape_count += 1
            [shape_id] = self._store.reserve_ids("shape")
            row = Shape(
                shape_id,
                image_id,
                label,
                shape.geometry,
                z=z,
                ignore=shape.ignore,
                attributes=shape.attributes,
            )
            yield Change(None, row)


def _class_of(shape: ImportedShape) -> str:
    return clean_name(shape.label) or UNNAMED


def _state(before: State, done: bool, begun: bool) -> State:
    """The state after an import that tells all of an image, some of it, or nothing."""
    if done:
        return State.DONE
    return State.IN_PROGRESS if begun and before is State.NEW else before


def _status_changes(before: ImageStatus, images: Iterable[ImportedImage]) -> Iterator[Change]:
    after = replace(before, removed=False)
    for image in images:
        after = replace(
            after,
            tags=_state(after.tags, image.tags_done, bool(image.tags)),
            shapes=_state(after.shapes, image.shapes_done, bool(image.shapes)),
            split=image.split or after.split,
        )
    if after != before:
        yield Change(before, after)

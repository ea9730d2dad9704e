"""A user's verb -> the ``Edit`` that does it. Pure: rows come in, an edit goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.domain import geometry as geo
from studio.domain.edits import Change, Edit, Row, Title, created, deleted, replaced
from studio.domain.labels import (
    ClassDone,
    Label,
    MergedLabel,
    Tag,
    TagGroup,
    clean_name,
    find_label,
)
from studio.domain.project import ImageStatus, Setting, Split, State
from studio.domain.proposals import Decision, Proposal, Verdict
from studio.domain.shapes import Geometry, Shape
from studio.errors import EditConflict

# Shapes ---------------------------------------------------------------------------------------


def draw(title: Title, shape: Shape) -> Edit:
    """Add a shape; nothing where it is too small to be meant."""
    return Edit(title, ()) if geo.is_degenerate(shape.geometry) else created(title, shape)


def set_geometry(title: Title, shape: Shape, geometry: Geometry | None) -> Edit:
    """Give a shape another geometry; a shape of which nothing is left is deleted."""
    if geometry is None or geo.is_degenerate(geometry):
        return deleted(title, shape)
    return replaced(title, shape, replace(shape, geometry=geometry))


def delete_shapes(shapes: Iterable[Shape]) -> Edit:
    """Delete shapes; locked ones stay."""
    return deleted(Title.DELETE, *(shape for shape in shapes if not shape.locked))


def move_shapes(shapes: Iterable[Shape], dx: float, dy: float, width: int, height: int) -> Edit:
    """Move shapes by ``(dx, dy)`` px, each no farther than the border of the image."""
    return _replace_all(
        Title.MOVE,
        (
            (s, replace(s, geometry=geo.translate(s.geometry, *_within(s, dx, dy, width, height))))
            for s in shapes
            if not s.locked
        ),
    )


def _within(shape: Shape, dx: float, dy: float, width: int, height: int) -> tuple[float, float]:
    return geo.translation_within(shape.geometry, dx, dy, width, height)


def duplicate(
    shapes: Sequence[Shape], ids: Iterable[int], offset_px: float, width: int, height: int
) -> Edit:
    """Copies of shapes under new ``ids``, moved right and down by ``offset_px`` where they fit."""
    copies = (
        replace(
            shape,
            id=new_id,
            locked=False,
            z=shape.z,
            geometry=geo.translate(
                shape.geometry, *_within(shape, offset_px, offset_px, width, height)
            ),
        )
        for shape, new_id in zip(shapes, ids, strict=True)
    )
    return created(Title.DUPLICATE, *copies)


def change_label(shapes: Iterable[Shape], label: Label) -> Edit:
    """Give shapes another class."""
    return _replace_all(Title.CHANGE_CLASS, ((s, replace(s, label=label.id)) for s in shapes))


def with_first(edit: Edit, *changes: Change) -> Edit:
    """``edit`` with other changes before its own, for example a class that it needs."""
    return replace(edit, changes=(*changes, *edit.changes)) if edit else edit


def set_hidden(shapes: Iterable[Shape], hidden: bool) -> Edit:
    """Hide or show shapes."""
    return _replace_all(Title.HIDE, ((s, replace(s, hidden=hidden)) for s in shapes))


def set_locked(shapes: Iterable[Shape], locked: bool) -> Edit:
    """Lock or unlock shapes."""
    return _replace_all(Title.LOCK, ((s, replace(s, locked=locked)) for s in shapes))


def reorder(shapes: Iterable[Shape], others: Iterable[Shape], *, front: bool) -> Edit:
    """Bring shapes in front of the others of their image, or send them behind; they keep their
    order among themselves."""
    moved = sorted(shapes, key=lambda shape: (shape.z, shape.id))
    ids = {shape.id for shape in moved}
    heights = [shape.z for shape in others if shape.id not in ids]
    if not heights:
        return Edit(Title.ORDER, ())
    first = max(heights) + 1 if front else min(heights) - len(moved)
    return _replace_all(
        Title.ORDER, ((shape, replace(shape, z=first + i)) for i, shape in enumerate(moved))
    )


def begun(edit: Edit, status: ImageStatus, *, tags: bool = False, shapes: bool = False) -> Edit:
    """``edit`` of an image's tags or shapes, which from now on are in progress if they were new.

    Opening an image does not begin it; only an edit does.
    """
    after = replace(
        status,
        tags=State.IN_PROGRESS if tags and status.tags is State.NEW else status.tags,
        shapes=State.IN_PROGRESS if shapes and status.shapes is State.NEW else status.shapes,
    )
    if not edit or after == status:
        return edit
    return replace(edit, changes=(*edit.changes, Change(status, after)))


def _replace_all(title: Title, pairs: Iterable[tuple[Row, Row]]) -> Edit:
    """Turn the first of each pair into the second; what stays as it is is no change."""
    return Edit(title, tuple(Change(a, b) for a, b in pairs if a != b))


# Tags -----------------------------------------------------------------------------------------


def tag(image_id: int, group: TagGroup, label: Label, standing: Iterable[Tag]) -> Edit:
    """Tag an image. In an exclusive group the new tag replaces the one that stands.

    Tagging again with the same label takes the tag away.
    """
    in_group = [t for t in standing if t.image_id == image_id and t.group == group.id]
    same = [t for t in in_group if t.label == label.id]
    if same:
        return deleted(Title.UNTAG, *same)
    gone = () if group.multi_label else tuple(Change(t, None) for t in in_group)
    return Edit(Title.TAG, (*gone, Change(None, Tag(image_id, group.id, label.id))))


def take_tags(
    image_id: int, group: TagGroup, labels: Iterable[Label], standing: Iterable[Tag]
) -> Edit:
    """Tag an image as it was suggested, with the first label alone in an exclusive group.

    Nothing where a human's tag stands in an exclusive group, or the very same in another.
    """
    tagged = {t.label for t in standing if t.image_id == image_id and t.group == group.id}
    if tagged and not group.multi_label:
        return Edit(Title.ACCEPT, ())
    new = [label.id for label in labels if label.id not in tagged]
    chosen = new if group.multi_label else new[:1]
    return created(Title.ACCEPT, *(Tag(image_id, group.id, each) for each in chosen))


def tag_images(
    image_ids: Iterable[int], group: TagGroup, label: Label, standing: Mapping[int, Sequence[Tag]]
) -> Edit:
    """Tag many images at once; where all of them carry the tag already, take it away from all.

    ``standing`` holds the present tags by image id.
    """
    ids = list(image_ids)
    mine = {i: [t for t in standing.get(i, ()) if t.group == group.id] for i in ids}
    without = [i for i in ids if all(t.label != label.id for t in mine[i])]
    if not without:
        return deleted(Title.UNTAG, *(t for i in ids for t in mine[i] if t.label == label.id))
    edits = [tag(i, group, label, mine[i]) for i in without]
    return Edit(Title.TAG, tuple(change for edit in edits for change in edit.changes))


def set_multi_label(group: TagGroup, multi_label: bool) -> Edit:
    """Let images carry one tag of the group, or several."""
    return replaced(Title.TAG_MODE, group, replace(group, multi_label=multi_label))


# Classes --------------------------------------------------------------------------------------


def add_label(label: Label) -> Edit:
    """Add a class."""
    return created(Title.ADD_CLASS, label)


def rename_label(label: Label, name: str, labels: Iterable[Label]) -> Edit:
    """Rename a class.

    Raises:
        EditConflict: the name is empty, or another class has it.
    """
    name = clean_name(name)
    if not name:
        raise EditConflict("A class needs a name.")
    other = find_label((each for each in labels if each.id != label.id), name)
    if other:
        raise EditConflict("There is already a class called {name}.", name=other.name)
    return replaced(Title.RENAME_CLASS, label, replace(label, name=name))


def recolour_label(label: Label, color: str) -> Edit:
    """Give a class another colour (``#RRGGBB``)."""
    return replaced(Title.RECOLOUR_CLASS, label, replace(label, color=color))


def set_label_key(label: Label, key: str, labels: Iterable[Label]) -> Edit:
    """Give a class the digit ``key``; the class that had it loses it."""
    taken = [other for other in labels if other.key == key and other.id != label.id and key]
    pairs = [(other, replace(other, key="")) for other in taken]
    return _replace_all(Title.REORDER_CLASSES, [*pairs, (label, replace(label, key=key))])


def delete_label(
    label: Label,
    tags: Iterable[Tag],
    shapes: Iterable[Shape],
    marks: Iterable[ClassDone],
    merged: Iterable[MergedLabel],
) -> Edit:
    """Delete a class together with every tag, shape and mark that uses it, and with what is known
    of the classes ``merged`` into it."""
    return deleted(Title.DELETE_CLASS, *tags, *shapes, *marks, *merged, label)


# Images ---------------------------------------------------------------------------------------


def mark(
    statuses: Iterable[ImageStatus], state: State, *, tags: bool = True, shapes: bool = True
) -> Edit:
    """Set the state of images, for the kinds that this project labels."""
    pairs = (
        (
            status,
            replace(
                status,
                tags=state if tags else status.tags,
                shapes=state if shapes else status.shapes,
            ),
        )
        for status in statuses
    )
    return _replace_all(Title.MARK_STATE, pairs)


def assign_split(statuses: Iterable[ImageStatus], split: Split | None) -> Edit:
    """Put images into a split by hand; None leaves it to the automatic choice."""
    pairs = ((status, replace(status, split=split)) for status in statuses)
    return _replace_all(Title.ASSIGN_SPLIT, pairs)


def remove_images(statuses: Iterable[ImageStatus]) -> Edit:
    """Take images out of the project; their files are not touched."""
    pairs = ((status, replace(status, removed=True)) for status in statuses)
    return _replace_all(Title.REMOVE_IMAGES, pairs)


def note_images(statuses: Iterable[ImageStatus], note: str) -> Edit:
    """Write the same note on images, "" for none."""
    return _replace_all(Title.NOTE, ((each, replace(each, note=note)) for each in statuses))


def choose(key: str, value: str, standing: str | None) -> Edit:
    """Set a project-wide setting."""
    before = None if standing is None else Setting(key, standing)
    after = Setting(key, value)
    return Edit(Title.SETTING, (Change(before, after),) if before != after else ())


# Proposals ------------------------------------------------------------------------------------


def accept(
    proposals: Sequence[Proposal],
    shape_ids: Iterable[int],
    groups: Sequence[TagGroup],
    standing_tags: Iterable[Tag],
) -> Edit:
    """Turn proposals into labels that say which run they came from.

    Shapes take ids from ``shape_ids``. A tag is added to the first group; in an exclusive group
    it is left out where a human's tag stands already, and only the best one of an image is taken.
    """
    ids = iter(shape_ids)
    group = groups[0]
    tagged: dict[int, set[str]] = {}
    for standing in standing_tags:
        if standing.group == group.id:
            tagged.setdefault(standing.image_id, set()).add(standing.label)
    changes: list[Change] = []
    for p in sorted(proposals, key=lambda proposal: -proposal.score):
        if p.geometry is not None:
            shape = Shape(next(ids), p.image_id, p.label, p.geometry, run=p.run, score=p.score)
            changes.append(Change(None, shape))
        else:
            on_image = tagged.setdefault(p.image_id, set())
            if p.label in on_image or (on_image and not group.multi_label):
                continue
            on_image.add(p.label)
            new = Tag(p.image_id, group.id, p.label, run=p.run, score=p.score)
            changes.append(Change(None, new))
        changes.append(Change(None, _verdict(p, Decision.ACCEPTED)))
    return Edit(Title.ACCEPT, tuple(changes))


def reject(proposals: Iterable[Proposal]) -> Edit:
    """Turn proposals down."""
    return created(Title.REJECT, *(_verdict(p, Decision.REJECTED) for p in proposals))


def _verdict(proposal: Proposal, decision: Decision) -> Verdict:
    return Verdict(proposal.id, proposal.image_id, proposal.run, decision)

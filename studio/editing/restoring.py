"""Verbs on the past: give an image the labels that it had, take back one edit out of many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from studio.domain.edits import Change, Edit, Row, Title
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, find_label
from studio.domain.shapes import Shape
from studio.editing import saved_filters
from studio.errors import EditConflict
from studio.storage import classes
from studio.storage.past import Later, Line, Moment, Past
from studio.storage.tables import table_of

TIME = "%Y-%m-%d %H:%M:%S"
"""How a sentence names a moment, in local time."""

# An image ---------------------------------------------------------------------------------------


def restore(now: Moment, then: Moment) -> Edit:
    """Give an image the shapes, tags and marks of ``then``, and how far it had got.

    A class that was deleted since comes back, unless one of that name was made meanwhile, which
    then stands for it. Split and note stay as they are.
    """
    known, made = _classes(now, then)
    labels = (*then.shapes, *then.tags, *then.marks)
    after = _by_key(replace(row, label=known[row.label]) for row in labels)
    before = _by_key((*now.shapes, *now.tags, *now.marks))
    status = replace(now.status, tags=then.status.tags, shapes=then.status.shapes)
    back = {label.id for label in made}
    changes = [
        *(Change(None, label) for label in made),
        *(Change(merged, None) for merged in now.merged if merged.id in back),
        *(Change(row, after.get(key)) for key, row in before.items() if row != after.get(key)),
        *(Change(None, row) for key, row in after.items() if key not in before),
        *((Change(now.status, status),) if status != now.status else ()),
    ]
    return Edit(Title.RESTORE, tuple(changes))


def _classes(now: Moment, then: Moment) -> tuple[Mapping[str, str], list[Label]]:
    """What the labels in use then are called by now, and those that must come back."""
    standing = list(now.labels)
    ids = {label.id for label in standing}
    past = {label.id: label for label in then.labels}
    known: dict[str, str] = {}
    made: list[Label] = []
    for row in (*then.shapes, *then.tags, *then.marks):
        if row.label in known:
            continue
        namesake = None if row.label in ids else find_label(standing, past[row.label].name)
        known[row.label] = namesake.id if namesake else row.label
        if row.label not in ids and namesake is None:
            made.append(_come_back(past[row.label], standing))
            standing.append(made[-1])
    return known, made


def _come_back(label: Label, standing: Iterable[Label]) -> Label:
    """A deleted class, at the end of the list and without a key that another one has."""
    others = list(standing)
    taken = any(other.key == label.key for other in others)
    last = max((other.position for other in others), default=-1)
    return replace(label, position=last + 1, key="" if taken else label.key)


def _by_key(rows: Iterable[Row]) -> dict[tuple[object, ...], Row]:
    tables = ((table_of(row), row) for row in rows)
    return {(table.name, *table.key_of(table.dump(row))): row for table, row in tables}


# An edit ----------------------------------------------------------------------------------------


def must_stand(line: Line) -> None:
    """Raise where nothing of an entry is left to take back, which is known without a look at it.

    Raises:
        EditConflict: it is an undo or redo itself, or has been undone.
    """
    if line.entry.target is not None:
        raise EditConflict("This is an undo or redo itself; look at the change that it refers to.")
    if not line.stands:
        raise EditConflict("This change has been undone already.")


def revert(past: Past, seq: int) -> Edit:
    """The edit that takes back only entry ``seq``.

    How far an image had got is left as it is where that was changed again since: a box drawn
    first on an image can be taken back although the image was marked done later. So are other
    saved filters than those that it changed.

    Raises:
        EditConflict: that cannot be done; the sentence says why.
    """
    must_stand(past.entry(seq))
    by_the_way = past.tables_of(seq) != {"image_status"}
    kept: set[tuple[str, str]] = set()
    for later in past.later(seq):
        if later.row == saved_filters.ROW:
            continue
        if not (by_the_way and later.row[0] == "image_status"):
            raise _overtaken(later)
        kept.add(later.row)
    inverse = tuple(
        change
        for change in past.edit(seq).inverse().changes
        if not (kept and _row_key(change) in kept)
    )
    _check_classes(past, inverse)
    _check_tags(past, inverse)
    return saved_filters.reverting(Edit(Title.REVERT, inverse), past.settings())


def _overtaken(later: Later) -> EditConflict:
    """That a row was changed again, in words that name what it is."""
    time = datetime.fromisoformat(later.entry.at).astimezone().strftime(TIME)
    match later.row[0]:
        case "label" | "merged_label":
            return EditConflict(
                "The change of {time} touches the same class; take that one back first.", time=time
            )
        case "setting" | "tag_group":
            return EditConflict(
                "The change of {time} touches the same setting; take that one back first.",
                time=time,
            )
        case "image_status":
            return EditConflict(
                "The change of {time} touches the same image; take that one back first.", time=time
            )
        case _:
            return EditConflict(
                "The change of {time} touches the same labels; take that one back first.",
                time=time,
            )


def _row_key(change: Change) -> tuple[str, str]:
    row = change.after or change.before
    assert row is not None
    table = table_of(row)
    return table.name, json.dumps(table.key_of(table.dump(row)))


def _check_classes(past: Past, changes: Iterable[Change]) -> None:
    """No class may go that is in use, come under a taken name, or be missed by what comes."""
    labels = {label.id: label for label in past.labels()}
    gone: list[Label] = []
    needed: set[str] = set()
    for change in changes:
        match change:
            case Change(before=Label() as label, after=None):
                gone.append(labels.pop(label.id))
            case Change(before=_, after=Label() as label):
                others = [each for each in labels.values() if each.id != label.id]
                if find_label(others, label.name):
                    raise EditConflict("There is already a class called {name}.", name=label.name)
                labels[label.id] = label
            case Change(before=_, after=Shape() | Tag() | ClassDone() as row):
                needed.add(row.label)
            case Change(before=_, after=MergedLabel() as merged):
                needed.add(merged.into)
            case _:
                pass
    if needed - labels.keys():
        raise EditConflict("The class of what would come back has been deleted since.")
    ids = {label.id for label in gone}
    freed = sum(
        (isinstance(c.before, Shape | Tag | ClassDone) and c.before.label in ids)
        or (isinstance(c.before, MergedLabel) and c.before.into in ids)
        for c in changes
    )
    if classes.row_count(past, ids) > freed:
        raise EditConflict("The class {name} is in use by now.", name=gone[0].name)


def _check_tags(past: Past, changes: Iterable[Change]) -> None:
    """An image has one tag of a group where the project says so."""
    exclusive = {group.id for group in past.tag_groups() if not group.multi_label}
    coming = [c.after for c in changes if isinstance(c.after, Tag) and c.before is None]
    going = {c.before for c in changes if isinstance(c.before, Tag)}
    standing = past.tags_of({tag.image_id for tag in coming})
    for tag in coming:
        others = set(standing.get(tag.image_id, ())) - going
        if tag.group in exclusive and any(other.group == tag.group for other in others):
            raise EditConflict("The image has been tagged otherwise since.")

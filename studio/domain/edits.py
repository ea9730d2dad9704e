"""Edits are data: a title and the rows before and after.

Undo is the inverse edit, so nothing else in the program knows how to undo anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, TagGroup
from studio.domain.project import ImageStatus, Setting
from studio.domain.proposals import Verdict
from studio.domain.shapes import Shape

Row = Shape | Tag | ClassDone | Label | MergedLabel | TagGroup | ImageStatus | Setting | Verdict
"""A row that a human can author; its type names its table."""


class Title(StrEnum):
    """What an edit did, in English; the window translates it."""

    DRAW_BOX = "Draw box"
    DRAW_POLYGON = "Draw polygon"
    DRAW_ROTATED_BOX = "Draw rotated box"
    DRAW_LINE = "Draw line"
    SET_POINTS = "Set points"
    PAINT_MASK = "Paint mask"
    ERASE_MASK = "Erase from mask"
    MOVE = "Move"
    RESIZE = "Resize"
    MOVE_VERTEX = "Move vertex"
    ADD_VERTEX = "Add vertex"
    DELETE_VERTEX = "Delete vertex"
    ROTATE = "Rotate"
    REDRAW_OUTLINE = "Redraw outline"
    SIMPLIFY = "Simplify outline"
    FILL_HOLES = "Fill holes"
    UNITE = "Unite"
    SUBTRACT = "Subtract"
    INTERSECT = "Intersect"
    SLICE = "Slice"
    JOIN = "Join"
    TAKE_OVERLAP = "Take overlap away"
    CONVERT = "Convert shape"
    PASTE = "Paste"
    COPY_PREVIOUS = "Copy previous image's shapes"
    IGNORE = "Ignore in training"
    HEED = "Stop ignoring"
    ATTRIBUTES = "Change attributes"
    NOTE = "Change note"
    DELETE = "Delete"
    DUPLICATE = "Duplicate"
    CHANGE_CLASS = "Change class"
    TAG = "Tag"
    UNTAG = "Remove tag"
    ADD_CLASS = "Add class"
    RENAME_CLASS = "Rename class"
    RECOLOUR_CLASS = "Recolour class"
    DELETE_CLASS = "Delete class"
    REORDER_CLASSES = "Reorder classes"
    MERGE_CLASSES = "Merge classes"
    SPLIT_CLASS = "Split off class"
    GROUP_CLASSES = "Group classes"
    MARK_CLASS = "Done for one class"
    TAG_MODE = "Change tag mode"
    MARK_STATE = "Mark image"
    ASSIGN_SPLIT = "Assign split"
    REMOVE_IMAGES = "Remove images"
    HIDE = "Hide or show"
    LOCK = "Lock or unlock"
    ORDER = "Change order"
    IMPORT = "Import"
    ACCEPT = "Accept predictions"
    REJECT = "Reject predictions"
    SETTING = "Change setting"
    RESTORE = "Restore labels"
    REVERT = "Revert edit"
    REPAIR = "Repair"
    INTERPOLATE = "Interpolate"

    @classmethod
    def _missing_(cls, value: object) -> Title | None:
        """What stands in the history of projects made by an older version."""
        return next((cls(new) for new, old in _OLDER.items() if old == value), None)

    def written(self) -> tuple[str, ...]:
        """How it stands in a history: now, and where an older version wrote it."""
        older = _OLDER.get(str(self))
        return (str(self), older) if older else (str(self),)


_OLDER = {"Ignore in training": "Ignore or count", "Done for one class": "Mark class on image"}


@dataclass(frozen=True, slots=True)
class Change:
    """One row: created (``before`` None), deleted (``after`` None) or replaced."""

    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """One action of a human; all of it happens or none of it."""

    title: Title
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.title, tuple(change.inverse() for change in reversed(self.changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)


def created(title: Title, *rows: Row) -> Edit:
    """An edit that adds ``rows``."""
    return Edit(title, tuple(Change(None, row) for row in rows))


def deleted(title: Title, *rows: Row) -> Edit:
    """An edit that takes ``rows`` away."""
    return Edit(title, tuple(Change(row, None) for row in rows))


def replaced(title: Title, before: Row, after: Row) -> Edit:
    """An edit that turns ``before`` into ``after``; empty when they are equal."""
    return Edit(title, (Change(before, after),) if before != after else ())

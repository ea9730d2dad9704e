"""Edits are data: a title and the rows before and after.

Undo is the inverse edit, so nothing else in the program knows how to undo anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.labels import Label, Tag, TagGroup
from studio.domain.project import ImageStatus, Setting
from studio.domain.proposals import Verdict
from studio.domain.shapes import Shape

Row = Shape | Tag | Label | TagGroup | ImageStatus | Setting | Verdict
"""A row that a human can author; its type names its table."""


class Title(StrEnum):
    """What an edit did, in English; the window translates it."""

    DRAW_BOX = "Draw box"
    DRAW_POLYGON = "Draw polygon"
    PAINT_MASK = "Paint mask"
    ERASE_MASK = "Erase from mask"
    MOVE = "Move"
    RESIZE = "Resize"
    MOVE_VERTEX = "Move vertex"
    ADD_VERTEX = "Add vertex"
    DELETE_VERTEX = "Delete vertex"
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

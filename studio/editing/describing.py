"""What is said about shapes besides their class: ignored or counted, a note, attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from studio.domain.edits import Change, Edit, Title
from studio.domain.shapes import Shape

Attributes = tuple[tuple[str, str], ...]


def set_ignored(shapes: Iterable[Shape], ignore: bool) -> Edit:
    """Have training and metrics leave shapes out, or count them again."""
    title = Title.IGNORE if ignore else Title.HEED
    return _all(title, ((s, replace(s, ignore=ignore)) for s in shapes))


def describe(
    shapes: Iterable[Shape], note: str | None, attributes: Mapping[str, str | None]
) -> Edit:
    """Give shapes a note and attributes.

    A ``note`` of None stays as it is. So do attributes that are not named; one whose value is None
    is taken away.
    """
    pairs = [
        (
            s,
            replace(
                s,
                note=s.note if note is None else note.strip(),
                attributes=_changed(s.attributes, attributes),
            ),
        )
        for s in shapes
    ]
    differs = any(before.attributes != after.attributes for before, after in pairs)
    return _all(Title.ATTRIBUTES if differs else Title.NOTE, pairs)


def _changed(standing: Attributes, changes: Mapping[str, str | None]) -> Attributes:
    if not changes:
        return standing
    values: dict[str, str | None] = {**dict(standing), **changes}
    return tuple((key, value) for key, value in values.items() if value is not None)


def _all(title: Title, pairs: Iterable[tuple[Shape, Shape]]) -> Edit:
    return Edit(title, tuple(Change(a, b) for a, b in pairs if a != b))

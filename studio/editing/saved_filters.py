"""Saved filters: kept in the project, because the classes that they name are the project's.

Saving one is an edit like any other, so it can be undone and goes where the project goes. One that
names a class follows it when that is renamed or merged, in the same edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from studio.domain.completing import with_class_renamed
from studio.domain.edits import Edit
from studio.domain.labels import clean_name
from studio.editing import actions

KEY = "saved_filters"
"""The project's setting that holds them."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A search with a name."""

    name: str
    text: str


def read(settings: Mapping[str, str]) -> tuple[SavedFilter, ...]:
    """The saved filters among a project's settings, in the order they were saved in."""
    try:
        pairs = json.loads(settings.get(KEY, "[]"))
        return tuple(SavedFilter(str(name), str(text)) for name, text in pairs)
    except (ValueError, TypeError):  # written by a program that keeps them otherwise
        return ()


def saving(settings: Mapping[str, str], new: SavedFilter) -> Edit:
    """Keep a filter; one of the same name is replaced."""
    others = [each for each in read(settings) if each.name != new.name]
    return _keeping(settings, [*others, new])


def deleting(settings: Mapping[str, str], name: str) -> Edit:
    """Forget the filter of this name."""
    return _keeping(settings, [each for each in read(settings) if each.name != name])


def following(edit: Edit, settings: Mapping[str, str], renamed: Mapping[str, str]) -> Edit:
    """``edit``, which gives classes the names ``renamed``, with the filters that name them.

    Of filters that say the same once their classes are merged, and are called alike, one stays.
    """
    standing = read(settings)
    followed = list(dict.fromkeys(_renamed(each, renamed) for each in standing))
    if not edit or followed == list(standing):
        return edit
    return replace(edit, changes=(*edit.changes, *_keeping(settings, followed).changes))


def _renamed(saved: SavedFilter, names: Mapping[str, str]) -> SavedFilter:
    text = saved.text
    for old, new in names.items():
        text = with_class_renamed(text, old, clean_name(new))
    # One that nobody gave a name is called what it says.
    return SavedFilter(text if saved.name == saved.text else saved.name, text)


def _keeping(settings: Mapping[str, str], filters: Iterable[SavedFilter]) -> Edit:
    value = json.dumps([(each.name, each.text) for each in filters], ensure_ascii=False)
    return actions.choose(KEY, value, settings.get(KEY))

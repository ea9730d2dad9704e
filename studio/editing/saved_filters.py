"""Saved filters: kept in the project, because the classes that they name are the project's.

Saving one is an edit like any other, so it can be undone and goes where the project goes. One that
names a class follows it when that is renamed or merged, in the same edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from studio.domain.completing import with_class_renamed
from studio.domain.edits import Change, Edit, Row
from studio.domain.labels import Label, clean_name
from studio.domain.project import Setting
from studio.editing import actions
from studio.errors import EditConflict

KEY = "saved_filters"
"""The project's setting that holds them."""

ROW = ("setting", json.dumps([KEY]))
"""How the history names its row."""


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


def reverting(edit: Edit, settings: Mapping[str, str]) -> Edit:
    """``edit``, which takes an earlier one back, with the filters that this concerns.

    What became of other filters since is left alone, and those that name a class which gets its
    name back follow it.

    Raises:
        EditConflict: a filter has been changed since, or another one is called so by now.
    """
    standing = read(settings)
    own = next((change for change in edit.changes if _is_of_filters(change)), None)
    wanted = _taken_back(own, standing) if own else standing
    names = {
        change.before.name: change.after.name
        for change in edit.changes
        if isinstance(change.before, Label) and isinstance(change.after, Label)
        if change.before.name != change.after.name
    }
    wanted = tuple(dict.fromkeys(_renamed(each, names) for each in wanted))
    others = tuple(change for change in edit.changes if change is not own)
    kept = _keeping(settings, wanted).changes if wanted != standing else ()
    return replace(edit, changes=(*others, *kept))


def _is_of_filters(change: Change) -> bool:
    row = change.after or change.before
    return isinstance(row, Setting) and row.key == KEY


def _taken_back(change: Change, standing: Sequence[SavedFilter]) -> tuple[SavedFilter, ...]:
    """The filters ``standing``, but for those that ``change`` turns back into what they were."""
    now, then = (_in(row) for row in (change.before, change.after))
    going = [each for each in now if each not in then]
    staying = [each for each in standing if each not in going]
    back = [each for each in then if each not in now]
    for each in going:
        if each not in standing:
            raise EditConflict("The saved filter {name} has been changed since.", name=each.name)
    taken = {each.name for each in staying}
    for each in back:
        if each.name in taken:
            raise EditConflict("Another saved filter is called {name} by now.", name=each.name)
    return (
        *(each for each in then if each in back or each in staying),
        *(each for each in staying if each not in then),
    )


def _in(row: Row | None) -> tuple[SavedFilter, ...]:
    return read({KEY: row.value}) if isinstance(row, Setting) else ()


def _renamed(saved: SavedFilter, names: Mapping[str, str]) -> SavedFilter:
    text = saved.text
    for old, new in names.items():
        text = with_class_renamed(text, old, clean_name(new))
    # One that nobody gave a name is called what it says.
    return SavedFilter(text if saved.name == saved.text else saved.name, text)


def _keeping(settings: Mapping[str, str], filters: Iterable[SavedFilter]) -> Edit:
    value = json.dumps([(each.name, each.text) for each in filters], ensure_ascii=False)
    return actions.choose(KEY, value, settings.get(KEY))

"""The keys that mean something in one place, grouped for reading: what the overlay shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QCoreApplication

from studio.ui.actions import Actions, ActionSpec
from studio.ui.actions_table.label_assist import LABEL_ASSIST
from studio.ui.actions_table.label_classes import LABEL_CLASSES
from studio.ui.actions_table.label_images import LABEL_IMAGES
from studio.ui.actions_table.label_kinds import LABEL_KINDS
from studio.ui.actions_table.label_reshape import LABEL_RESHAPE
from studio.ui.actions_table.label_selection import LABEL_SELECTION
from studio.ui.actions_table.label_shapes import LABEL_SHAPES
from studio.ui.actions_table.label_suggest import LABEL_SUGGEST
from studio.ui.actions_table.label_tools import LABEL_TOOLS
from studio.ui.actions_table.label_video import LABEL_VIDEO
from studio.ui.actions_table.label_view import LABEL_VIEW
from studio.ui.keys.fixed_keys import fixed_keys

HEAD_LINES = 2
"""How many lines a heading takes, with the gap above it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What some keys do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


def sections(actions: Actions, scope: str, tool_id: str = "") -> list[Section]:
    """The tool's own keys, the workspace's, then those that work everywhere; none without a key."""
    tr = QCoreApplication.translate
    found = []
    if tool_id:
        of_tool = tuple(Line((key.text,), key.does) for key in fixed_keys(tool_id))
        found.append(Section(actions.plain(f"label.{tool_id}"), of_tool))
    specs = [spec for spec in actions if scope and spec.scope == scope]
    if scope == "label":
        found += _parts_of_label(actions, specs)
    elif scope:
        found.append(Section(actions.plain(f"workspace.{scope}"), _lines(actions, specs)))
    everywhere = [spec for spec in actions if not spec.scope]
    found.append(Section(tr("Keys", "Everywhere"), _lines(actions, everywhere)))
    return [section for section in found if section.lines]


def columns(found: Sequence[Section], height: int) -> list[list[Section]]:
    """As few columns of at most ``height`` lines as will do, all about as high."""
    fewest = len(_filled(found, height))
    lines = sum(HEAD_LINES + len(section.lines) for section in found)
    levels = range(min(ceil(lines / fewest), height), height + 1)
    return next(each for level in levels if len(each := _filled(found, level)) <= fewest)


def _filled(found: Sequence[Section], height: int) -> list[list[Section]]:
    """Fill columns of ``height`` lines from the left; a long section goes on in the next one."""
    filled: list[list[Section]] = [[]]
    room = height
    for section in found:
        lines = section.lines
        while lines:
            if room < HEAD_LINES + min(len(lines), 2) and filled[-1]:
                filled.append([])
                room = height
            count = max(1, room - HEAD_LINES)
            filled[-1].append(Section(section.title, lines[:count]))
            room -= HEAD_LINES + len(lines[:count])
            lines = lines[count:]
    return filled


def _parts_of_label(actions: Actions, specs: Sequence[ActionSpec]) -> list[Section]:
    tr = QCoreApplication.translate
    parts = (
        (tr("Keys", "Tools"), (*LABEL_TOOLS, *LABEL_KINDS, *LABEL_ASSIST)),
        (tr("Keys", "Images"), LABEL_IMAGES),
        (tr("Keys", "Shapes"), (*LABEL_SHAPES, *LABEL_SELECTION, *LABEL_VIDEO)),
        (tr("Keys", "Outlines"), LABEL_RESHAPE),
        (tr("Keys", "Classes"), LABEL_CLASSES),
        (tr("Keys", "Suggestions"), LABEL_SUGGEST),
        (tr("Keys", "View"), LABEL_VIEW),
    )
    known = {spec.id for _, table in parts for spec in table}
    others = [spec for spec in specs if spec.id not in known]
    found = [Section(title, _lines(actions, table)) for title, table in parts]
    return [*found, Section(tr("Keys", "More"), _lines(actions, others))]


def _lines(actions: Actions, specs: Iterable[ActionSpec]) -> tuple[Line, ...]:
    """One line an action; those that differ by a number only share one."""
    families: dict[str, list[ActionSpec]] = {}
    for spec in specs:
        if actions.keys(spec.id):
            families.setdefault(re.sub(r"_\d$", "_#", spec.id), []).append(spec)
    lines = []
    for family in families.values():
        first, last = family[0].id, family[-1].id
        keys, name = tuple(actions.key_texts(first)), actions.plain(first)
        if len(family) > 1:
            keys = (keys[0], "…", actions.key_texts(last)[0])
            name = f"{name} … {last.rpartition('_')[2]}"
        lines.append(Line(keys, name))
    return tuple(lines)

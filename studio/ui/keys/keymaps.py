"""Which key does what: the table's keys, a profile of another program's, and the user's own.

A ``Keymap`` lays three layers over each other: what the user chose counts more than the profile,
and the profile more than the table of actions. A key that a stronger layer gives away is taken
from whoever had it in a weaker one, so no key ever means two things. Here are no widgets:
``Actions.set_keys`` puts the result to work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.ui.actions import ActionSpec

Keys = tuple[str, ...]

STUDIO = "studio"

PROFILES: Mapping[str, Mapping[str, Keys]] = {
    STUDIO: {},
    "labelme": {
        "label.box": ("Ctrl+R",),
        "label.polygon": ("Ctrl+N",),
        "label.select": ("Ctrl+J",),
        "label.hide_all": ("T", "Ctrl+H"),
        "label.tag": ("Shift+T",),
        "label.copy_previous": ("Ctrl+P", "Ctrl+B"),
        "project.new": ("Ctrl+U",),
        "predict.unlabelled": ("Ctrl+Shift+U",),
    },
    "labelimg": {
        "label.copy_previous": ("Ctrl+V",),
        "label.paste": ("Ctrl+Alt+V",),
        "label.actual_size": ("Ctrl+=",),
        "label.zoom_in": ("Ctrl++",),
        "project.new": ("Ctrl+U",),
        "predict.unlabelled": ("Ctrl+Shift+U",),
    },
    "x-anylabeling": {
        "label.box": ("R",),
        "label.select": ("Ctrl+J",),
        "label.brush": ("Shift+B",),
        "label.preserve": ("B",),
        "label.actual_size": ("Ctrl+=",),
        "label.zoom_in": ("Ctrl++",),
        "label.hide": ("S",),
        "label.smart": ("Shift+Q",),
        "label.wand": ("M", "Shift+W"),
        "label.copy_previous": ("Ctrl+P", "Ctrl+B"),
        "label.names": ("Ctrl+L",),
        "label.done": ("Ctrl+Alt+K", "Ctrl+Return", "Ctrl+Enter"),
    },
    "cvat": {
        "label.previous": ("D",),
        "label.next": ("F",),
        "label.fill": ("Ctrl+Alt+F",),
        "label.slice": ("Alt+J", "C"),
        "results.previous": ("D",),
        "results.next": ("F",),
        "predict.previous": ("D",),
        "predict.next": ("F",),
        **{f"label.class_{n}": (f"Ctrl+{n}", f"{n}") for n in range(1, 10)},
        "workspace.label": ("Ctrl+Alt+1",),
        "workspace.images": ("Ctrl+Alt+2",),
        "workspace.train": ("Ctrl+Alt+3",),
        "workspace.results": ("Ctrl+Alt+4",),
        "workspace.predict": ("Ctrl+Alt+5",),
        "workspace.dataset": ("Ctrl+Alt+6",),
    },
}
"""The keys that people have in their fingers, by program, only where they differ from the table.

An action that has to give its key up to another and has no second one is given another here.
"""

FIXED = frozenset(
    {"enter", "backspace", "esc", "space", "tab", "shift+tab"}
    | {f"{shift}{arrow}" for shift in ("", "shift+") for arrow in ("left", "right", "up", "down")}
)
"""Keys that the canvas and the tools read themselves; no action of Label can be put on them."""

_ALIASES = {"return": "enter", "escape": "esc", "delete": "del", "insert": "ins"}


def canonical(key: str) -> str:
    """One spelling for keys that are the same to the hand: Return is Enter, order is no matter."""
    head, _, name = (key[:-1].rstrip("+"), "", "+") if key.endswith("+") else key.rpartition("+")
    modifiers = sorted(part.lower() for part in head.split("+") if part)
    name = name.lower()
    return "+".join([*modifiers, _ALIASES.get(name, name)])


def both_enters(key: str) -> Keys:
    """A key with the big Return and the small Enter, which are two keys to the system."""
    head, plus, name = key.rpartition("+")
    if name not in ("Return", "Enter"):
        return (key,)
    return (f"{head}{plus}Return", f"{head}{plus}Enter")


def parse(stored: Mapping[str, Any]) -> dict[str, Keys]:
    """The user's own keys as they were stored; what cannot be read is left out."""
    return {
        action_id: tuple(keys)
        for action_id, keys in stored.items()
        if isinstance(keys, list) and all(isinstance(key, str) and key for key in keys)
    }


@dataclass(frozen=True)
class Keymap:
    """The keys of all actions under one profile and the user's ``own`` changes, by action id."""

    specs: tuple[ActionSpec, ...]
    profile: str = STUDIO
    own: Mapping[str, Keys] = field(default_factory=dict)

    def keys(self) -> dict[str, Keys]:
        """The keys of every action, each key once wherever it can be heard."""
        table = {spec.id: spec.keys for spec in self.specs}
        taken: dict[str, list[str]] = {}
        given: dict[str, Keys] = {}
        for layer in (self.own, PROFILES.get(self.profile, {}), table):
            for spec in self.specs:
                if spec.id in given or spec.id not in layer:
                    continue
                given[spec.id] = tuple(
                    key for key in layer[spec.id] if not _heard(taken, key, spec.scope)
                )
                for key in given[spec.id]:
                    taken.setdefault(canonical(key), []).append(spec.scope)
        return {spec.id: given[spec.id] for spec in self.specs}

    def owners(self, action_id: str, key: str) -> list[ActionSpec]:
        """The other actions that ``key`` calls where ``action_id`` works."""
        scope = next(spec.scope for spec in self.specs if spec.id == action_id)
        keys, wanted = self.keys(), canonical(key)
        return [
            spec
            for spec in self.specs
            if spec.id != action_id
            and _meet(spec.scope, scope)
            and wanted in map(canonical, keys[spec.id])
        ]

    def displaced(self) -> list[ActionSpec]:
        """The actions that have a key in the table and none here, by no wish of the user's."""
        keys = self.keys()
        return [s for s in self.specs if s.keys and not keys[s.id] and s.id not in self.own]

    def is_own(self, action_id: str) -> bool:
        """Whether the user has chosen this action's keys."""
        return action_id in self.own

    def with_profile(self, profile: str) -> Keymap:
        """The same changes on the keys of another program."""
        return replace(self, profile=profile)

    def with_keys(self, action_id: str, keys: Iterable[str]) -> Keymap:
        """Put an action on ``keys``, taking them from whoever has them."""
        scopes = {spec.id: spec.scope for spec in self.specs}
        wanted = tuple(dict.fromkeys(keys))
        spelled = set(map(canonical, wanted))
        own = {
            other: tuple(
                key
                for key in held
                if canonical(key) not in spelled
                or not _meet(scopes.get(other, ""), scopes[action_id])
            )
            for other, held in self.own.items()
        }
        return replace(self, own={**own, action_id: wanted})

    def without(self, action_id: str) -> Keymap:
        """Give an action back the keys of its profile; others keep what they took of them."""
        return replace(self, own={i: keys for i, keys in self.own.items() if i != action_id})

    def plain(self) -> Keymap:
        """The profile without any change."""
        return replace(self, own={})


def allowed(key: str, scope: str) -> bool:
    """Whether an action of ``scope`` may be put on ``key``."""
    return scope not in ("", "label") or canonical(key) not in FIXED


def _meet(scope: str, other: str) -> bool:
    """Whether keys of both scopes can be heard in one place."""
    return scope == other or not scope or not other


def _heard(taken: Mapping[str, list[str]], key: str, scope: str) -> bool:
    return any(_meet(scope, other) for other in taken.get(canonical(key), ()))

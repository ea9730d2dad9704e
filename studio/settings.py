"""What the user prefers, on this computer: typed, with only the overrides stored.

The file is ``settings.json`` in the user's configuration folder. A key that is absent has its
default, so a default that is improved later reaches everyone who never changed it.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from studio.paths import config_folder

FILE = "settings.json"
RECENT_LIMIT = 12
CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("system", "en", "zh_CN"),
    "theme": ("system", "light", "dark"),
    "keymap": ("studio", "labelme", "labelimg", "x-anylabeling", "cvat"),
}
"""The values that a setting of choice may have."""


@dataclass(slots=True)
class Settings:
    """The user's preferences. Read the fields; write them with ``change``.

    ``weights_folder`` is where pretrained weights are looked for ("" for the usual places).
    ``recent_projects`` are absolute folders, newest first. ``window_states`` holds what widgets
    remember about themselves (geometry, splitters), by name, as base64. ``last_images`` holds, by
    a project's folder, the id of the image that was shown last. ``snap`` and ``auto_zoom``
    are switches of the Label workspace. ``own_keys`` are the keys that the user gave to actions,
    by action id, over those of the profile ``keymap``. ``tour_seen`` says that the tour does not
    come up by itself any more. ``interactive_model`` is the id of the model that finds outlines
    from clicks ("" for none). ``quick_classifier`` lets tags be suggested while one gives them.
    """

    language: str = "system"
    theme: str = "system"
    weights_folder: str = ""
    recent_projects: tuple[str, ...] = ()
    last_folder: str = ""
    workspace: str = "label"
    thumbnail_px: int = 160
    snap: bool = True
    auto_zoom: bool = False
    window_states: Mapping[str, str] = field(default_factory=dict)
    last_images: Mapping[str, Any] = field(default_factory=dict)
    keymap: str = "studio"
    own_keys: Mapping[str, Any] = field(default_factory=dict)
    tour_seen: bool = False
    interactive_model: str = ""
    quick_classifier: bool = True

    @classmethod
    def load(cls) -> Self:
        """The stored preferences; a value that cannot be used falls back to its default."""
        stored = _read(config_folder() / FILE)
        return cls(**{f.name: _parse(f.name, stored[f.name]) for f in _usable(stored)})

    def change(self, **values: Any) -> None:
        """Set fields and store them, beside what another window may have stored meanwhile."""
        path = config_folder() / FILE
        stored = _read(path)
        defaults = Settings()
        for name, value in values.items():
            setattr(self, name, value)
            if value == getattr(defaults, name):
                stored.pop(name, None)
            else:
                stored[name] = list(value) if isinstance(value, tuple) else value
        _write(path, stored)

    def remember_project(self, project: Path) -> None:
        """Put a project first in the list of recent ones."""
        first = str(project.resolve())
        others = tuple(each for each in self.recent_projects if each != first)
        self.change(recent_projects=(first, *others)[:RECENT_LIMIT])

    def forget_project(self, project: Path | str) -> None:
        """Take a project off the list of recent ones."""
        gone = str(project)
        self.change(recent_projects=tuple(p for p in self.recent_projects if p != gone))

    def window_state(self, name: str) -> bytes:
        """What widget ``name`` kept of itself, or nothing."""
        return base64.b64decode(self.window_states.get(name, ""))

    def keep_window_state(self, name: str, state: bytes) -> None:
        """Keep what widget ``name`` wants to find again at the next start."""
        text = base64.b64encode(state).decode("ascii")
        if self.window_states.get(name) != text:
            self.change(window_states={**self.window_states, name: text})


def _usable(stored: Mapping[str, Any]) -> list[Any]:
    known = [f for f in fields(Settings) if f.name in stored]
    return [f for f in known if _parse(f.name, stored[f.name]) is not None]


def _parse(name: str, value: Any) -> Any:
    """The stored JSON value as the field's type, or None where it cannot be."""
    match getattr(Settings(), name):
        case str():
            fits = isinstance(value, str) and value in CHOICES.get(name, (value,))
            return value if fits else None
        case bool():
            return value if isinstance(value, bool) else None
        case int():
            return value if type(value) is int else None
        case tuple():
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
            return tuple(value) if fits else None
        case _:
            return value if isinstance(value, dict) else None


def _read(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(path: Path, stored: Mapping[str, Any]) -> None:
    """Replace the file: the old one or the new one is there, never half of one."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    unfinished.write_text(json.dumps(stored, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)

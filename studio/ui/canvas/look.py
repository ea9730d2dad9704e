"""How the canvas is looked at: values that change no file and no label, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from studio.ui.canvas.painting import COMMITTED, Style
from studio.vision.tone import LEAST_GAMMA, MOST_GAMMA, Tone

LEAST_WIDTH_PX, MOST_WIDTH_PX = 1.0, 8.0

LIMITS: Mapping[str, tuple[float, float]] = {
    "fill": (0.0, 1.0),
    "line": (0.0, 1.0),
    "width_px": (LEAST_WIDTH_PX, MOST_WIDTH_PX),
    "brightness": (-1.0, 1.0),
    "contrast": (-1.0, 1.0),
    "gamma": (LEAST_GAMMA, MOST_GAMMA),
}

Part = TypeVar("Part", "ShapeLook", "Tone", "Look")


@dataclass(frozen=True, slots=True)
class ShapeLook:
    """How committed shapes are drawn: opacity 0..1 of their ``fill`` and of their ``line``, the
    line's ``width_px`` in logical pixels, and whether each has its class's name above it."""

    fill: float = COMMITTED.fill
    line: float = 1.0
    width_px: float = COMMITTED.outline
    names: bool = False

    def styled(self, style: Style) -> Style:
        """``style``, made fuller or fainter, wider or narrower as a committed shape is."""
        return replace(
            style,
            fill=min(1.0, style.fill * self.fill / COMMITTED.fill),
            line=self.line,
            outline=max(LEAST_WIDTH_PX, style.outline + self.width_px - COMMITTED.outline),
        )

    def in_focus(self, style: Style) -> Style:
        """The same for what is selected or hovered over, whose lines are never faint."""
        return replace(self.styled(style), line=style.line)


@dataclass(frozen=True, slots=True)
class Look:
    """All of it: the shapes, the picture's ``tone``, and what is drawn besides."""

    shapes: ShapeLook = field(default_factory=ShapeLook)
    tone: Tone = field(default_factory=Tone)
    crosshair: bool = True
    pixel_grid: bool = True
    minimap: bool = True

    def to_bytes(self) -> bytes:
        """The look, to be kept."""
        return json.dumps(asdict(self)).encode()


def look_of(kept: bytes) -> Look:
    """The look that ``to_bytes`` made; whatever cannot be used has its default."""
    try:
        stored = json.loads(kept or b"{}")
    except ValueError:
        stored = {}
    return _taken(Look(), stored)


def _taken(part: Part, stored: object) -> Part:
    """``part`` with the values that ``stored`` has for its fields."""
    if not isinstance(stored, dict):
        return part
    found: dict[str, Any] = {}
    for each in fields(part):
        value = stored.get(each.name)
        match getattr(part, each.name):
            case ShapeLook() as inner:
                found[each.name] = _taken(inner, value)
            case Tone() as inner:
                found[each.name] = _taken(inner, value)
            case bool() as default:
                found[each.name] = value if isinstance(value, bool) else default
            case default:
                found[each.name] = _number(value, *LIMITS[each.name], default)
    return replace(part, **found)


def _number(value: object, low: float, high: float, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return float(value) if low <= value <= high else default

"""What the canvas and its tools read from the keyboard themselves: keys that cannot be changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.ui.actions import key_texts


@dataclass(frozen=True, slots=True)
class FixedKey:
    """A key as it is written, what it does, and the tools that read it (none: all of them)."""

    text: str
    does: str
    tools: tuple[str, ...] = ()


def fixed_keys(tool_id: str = "") -> list[FixedKey]:
    """What a tool reads, then what the canvas reads under every tool; all of it without a tool."""
    known = [*_of_tools(), *_of_canvas()]
    return [key for key in known if not tool_id or not key.tools or tool_id in key.tools]


_DRAFTS = ("polygon", "scissors", "line", "points")
_STEPWISE = (*_DRAFTS, "slice", "redraw", "rotated_box")


def _of_tools() -> list[FixedKey]:
    tr = QCoreApplication.translate
    return [
        FixedKey(_key("Enter"), tr("Keys", "Finish what is being drawn"), (*_DRAFTS, "slice")),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last point back"), _STEPWISE),
        FixedKey(tr("Keys", "Shift+drag"), tr("Keys", "Draw freehand"), ("polygon",)),
        FixedKey(tr("Keys", "Shift"), tr("Keys", "Steps of 45°"), ("rotated_box", "slice")),
        FixedKey(tr("Keys", "Shift"), tr("Keys", "The other side"), ("redraw",)),
        FixedKey(tr("Keys", "Shift"), tr("Keys", "A square"), ("box",)),
        FixedKey(tr("Keys", "Shift+click"), tr("Keys", "An occluded point"), ("points",)),
        FixedKey(_key("Enter"), tr("Keys", "Keep the outline that was found"), ("smart",)),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last stroke back"), ("smart",)),
        FixedKey(tr("Keys", "Ctrl+drag"), tr("Keys", "Paint what is too much"), ("smart",)),
        FixedKey(tr("Keys", "Right-click"), tr("Keys", "Say what is too much"), ("smart",)),
        FixedKey(tr("Keys", "Shift+click"), tr("Keys", "Add to the mask"), ("wand",)),
        FixedKey(tr("Keys", "Ctrl+click"), tr("Keys", "Take away from the mask"), ("wand",)),
        FixedKey(_key("Enter"), tr("Keys", "Go on with the next object"), ("brush", "eraser")),
        FixedKey(tr("Keys", "Shift+wheel"), tr("Keys", "Size of the brush"), ("brush", "eraser")),
        FixedKey(tr("Keys", "Arrows"), tr("Keys", "Move the selected shapes"), ("select",)),
        FixedKey(tr("Keys", "Shift+click"), tr("Keys", "Delete a vertex"), ("select",)),
    ]


def _of_canvas() -> list[FixedKey]:
    tr = QCoreApplication.translate
    return [
        FixedKey(_key("Esc"), tr("Keys", "Drop what is in hand")),
        FixedKey(_key("Ctrl+Z"), tr("Keys", "Take the last step of it back")),
        FixedKey(_key("Space"), tr("Keys", "Hold it to move the view")),
        FixedKey(tr("Keys", "Wheel"), tr("Keys", "Zoom")),
    ]


def _key(portable: str) -> str:
    [text] = key_texts([portable])
    return text

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


def _of_tools() -> list[FixedKey]:
    tr = QCoreApplication.translate
    return [
        FixedKey(_key("Enter"), tr("Keys", "Close the outline"), ("polygon", "scissors")),
        FixedKey(_key("Enter"), tr("Keys", "Keep what is found"), ("smart",)),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last point back"), ("polygon",)),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last stretch back"), ("scissors",)),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last stroke back"), ("smart",)),
        FixedKey(_key("Enter"), tr("Keys", "Cut along the line"), ("slice",)),
        FixedKey(_key("Backspace"), tr("Keys", "Take the last point back"), ("slice", "redraw")),
        FixedKey(_key("Enter"), tr("Keys", "Go on with the next object"), ("brush", "eraser")),
        FixedKey(_arrows(), tr("Keys", "Move the selected shapes"), ("select",)),
    ]


def _of_canvas() -> list[FixedKey]:
    tr = QCoreApplication.translate
    return [
        FixedKey(_key("Esc"), tr("Keys", "Drop what is in hand")),
        FixedKey(_key("Space"), tr("Keys", "Hold it to move the view")),
    ]


def _key(portable: str) -> str:
    [text] = key_texts([portable])
    return text


def _arrows() -> str:
    return QCoreApplication.translate("Keys", "Arrows")

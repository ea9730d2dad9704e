"""Two things that every delegate needs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to models and delegates."""


def place_and_state(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Where to paint, and whether what is there is selected or under the pointer."""
    # PySide's stubs leave the fields of style options out.
    return option.rect, option.state  # pyright: ignore[reportAttributeAccessIssue]

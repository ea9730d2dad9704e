"""What can be done with the selected shapes, as a menu: on the canvas and in the list of shapes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.actions import Actions

ENTRIES = (
    ("edit_class", "describe", "split_class"),
    ("copy", "cut", "duplicate"),
    ("select_class",),
    ("ignore", "hide", "lock", "raise", "lower"),
    ("delete",),
)
"""The actions from top to bottom, a line between two groups."""

RESHAPE = (
    ("unite", "subtract", "intersect", "join", "take_overlap"),
    ("simplify", "fill_holes"),
    ("to_box", "to_rotated", "to_polygon", "to_mask"),
)
"""What the submenu offers that makes shapes out of shapes."""


def show_shape_menu(actions: Actions, parent: QWidget, at: QPoint) -> None:
    """Show the menu at a point of the screen and wait until it is gone."""
    menu = QMenu(parent)
    for group in ENTRIES:
        if group is ENTRIES[-1]:
            below = menu.addMenu(QCoreApplication.translate("ShapeMenu", "Shape"))
            _fill(below, RESHAPE, actions)
            menu.addSeparator()
        _fill(menu, (group,), actions)
    menu.exec(at)
    menu.deleteLater()


def _fill(menu: QMenu, groups: Sequence[Sequence[str]], actions: Actions) -> None:
    for group in groups:
        menu.addActions([actions[f"label.{name}"] for name in group])
        menu.addSeparator()

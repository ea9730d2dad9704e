"""The context menus of the list of classes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from studio.domain.labels import Label
from studio.ui.icons import icon
from studio.ui.wording import names

if TYPE_CHECKING:
    from studio.ui.label.classes.classes_panel import ClassesPanel


class ClassMenu(QMenu):
    """What can be done with one class; colours are offered at ``corner`` of the screen."""

    def __init__(
        self, panel: ClassesPanel, label: Label, rename: Callable[[], object], corner: QPoint
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._label = label
        self.addAction(self.tr("Rename"), rename)
        self.addAction(self.tr("Colour…"), lambda: panel.choose_color(label, corner))
        self._add_keys(self.addMenu(self.tr("Key")))
        self._add_groups(self.addMenu(self.tr("Group")))
        up, down = icon("chevron-up"), icon("chevron-down")
        self.addAction(up, self.tr("Move up"), lambda: panel.step(label, down=False))
        self.addAction(down, self.tr("Move down"), lambda: panel.step(label, down=True))
        self.addSeparator()
        done = self.addAction(self.tr("Done for this class"), lambda: panel.toggle_done(label))
        done.setCheckable(True)
        done.setChecked(panel.model.is_marked(label.id))
        self.addSeparator()
        merge = self.addAction(icon("merge"), self.tr("Merge into…"), lambda: panel.merge(label))
        merge.setEnabled(len(panel.model.labels) > 1)
        self.addAction(icon("trash"), self.tr("Delete…"), lambda: panel.delete(label))

    def _add_keys(self, menu: QMenu) -> None:
        for digit in ("", *"123456789"):
            action = menu.addAction(
                digit or self.tr("None"), partial(self._panel.set_key, self._label, digit)
            )
            action.setCheckable(True)
            action.setChecked(digit == self._label.key)

    def _add_groups(self, menu: QMenu) -> None:
        for group in ("", *self._panel.model.groups):
            action = menu.addAction(
                names.in_menu(group) or self.tr("None"),
                partial(self._panel.set_group, self._label, group),
            )
            action.setCheckable(True)
            action.setChecked(group == self._label.group)
        menu.addSeparator()
        menu.addAction(
            icon("plus"), self.tr("New group…"), lambda: self._panel.ask_for_group(self._label)
        )


class HeadingMenu(QMenu):
    """What can be done with a group."""

    def __init__(self, panel: ClassesPanel, group: str) -> None:
        super().__init__(panel)
        self.addAction(self.tr("Rename group…"), lambda: panel.rename_group(group))
        self.addAction(self.tr("Dissolve group"), lambda: panel.dissolve_group(group))

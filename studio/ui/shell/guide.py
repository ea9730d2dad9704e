"""What helps the user along: the keys and whose they are, the overlay of keys, the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.paths import data_folder
from studio.settings import Settings
from studio.ui.accessible import Names
from studio.ui.keys.key_overlay import KeyOverlay
from studio.ui.keys.key_sheet import sections
from studio.ui.keys.keymaps import Keymap, parse

if TYPE_CHECKING:
    from studio.ui.shell.main_window import MainWindow
    from studio.ui.shell.project_view import ProjectView
    from studio.ui.tour.tour import Tour


class Guide(QObject):
    """Help for one window; it begins by putting the user's keys to work."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._tour_wanted = False
        self.tour: Tour | None = None
        self._names = Names(self)
        actions = window.actions_of_window
        keymap = Keymap(tuple(actions), settings.keymap, parse(settings.own_keys))
        actions.set_keys(keymap.keys())

    def retranslate(self) -> None:
        """Let what screen readers read be in the present language."""
        self._names.refresh()

    def show_keys(self) -> KeyOverlay:
        """Lay the keys of what is in front over the window."""
        view = self._window.view
        scope = view.workspaces.name if view is not None else ""
        tool = self._tool(view) if view is not None and scope == "label" else ""
        return KeyOverlay(self._window, sections(self._window.actions_of_window, scope, tool))

    def show_shortcuts(self) -> None:
        """Open the list of every key, to change them."""
        from studio.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.actions_of_window, self._settings, self._window).exec()

    def show_tour(self) -> None:
        """Begin the tour, on the sample project where none is open; one under way gets the keys."""
        view = self._window.view
        if self.tour is not None:
            self.tour.take_keyboard()
        elif view is not None:
            self._begin_tour(view)
        else:
            self._tour_wanted = True
            self._window.flow.sample()

    def project_opened(self, view: ProjectView) -> None:
        """Begin the tour where it was asked for, and once by itself on the sample project."""
        sample = (data_folder() / "sample").resolve()
        first = view.document.project.resolve().parent == sample and not self._settings.tour_seen
        if self._tour_wanted or first:
            self._begin_tour(view)

    def _begin_tour(self, view: ProjectView) -> None:
        from studio.ui.tour.tour import Tour

        self._tour_wanted = False
        self._settings.change(tour_seen=True)
        self.tour = Tour(self._window, view)
        self.tour.ended.connect(self._forget_tour)

    def _forget_tour(self) -> None:
        self.tour = None

    def _tool(self, view: ProjectView) -> str:
        from studio.ui.label.workspace import LabelWorkspace

        label = view.workspaces.workspace("label")
        return label.canvas.tool.id if isinstance(label, LabelWorkspace) else ""

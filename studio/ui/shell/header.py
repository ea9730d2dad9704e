"""The bar at the top of the window: menus, the workspaces, undo and redo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from studio.ui import theme
from studio.ui.actions import Actions
from studio.ui.actions_table import WORKSPACES
from studio.ui.start.presence import Presence

_FILE = (
    "project.new", "project.open", "recent", "project.sample", "",
    "project.add_folder", "project.add_video", "project.rescan", "",
    "project.import", "project.export", "", "project.close", "app.quit",
)  # fmt: skip
_EDIT = ("edit.undo", "edit.redo", "edit.history", "", "app.settings")
_VIEW = (*(f"workspace.{name}" for name in WORKSPACES), "", "theme", "language", "view.fullscreen")
_HELP = ("app.keys", "app.shortcuts", "app.tour", "", "app.about")
_SUBMENUS = {
    "theme": ("theme.system", "theme.light", "theme.dark"),
    "language": ("language.system", "language.en", "language.zh_CN"),
}


class Header(QFrame):
    """Menus on the left, workspaces in the middle, undo, redo and settings on the right.

    Signals:
        recent_chosen(Path): a project of the recent ones was picked from the menu.
    """

    recent_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._actions = actions
        self._recent: Sequence[str] = ()
        self._presence = Presence(self)
        self._presence.found.connect(self._show_whether_there)
        self._menus: dict[str, QMenu] = {}
        self._bar = QMenuBar()
        for name, entries in (("file", _FILE), ("edit", _EDIT), ("view", _VIEW), ("help", _HELP)):
            self._menus[name] = self._bar.addMenu("")
            self._fill(self._menus[name], entries)
        self._menus["recent"].aboutToShow.connect(self._fill_recent)
        self._workspaces = self._workspace_buttons()
        self._tools = self._tool_buttons()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.HAIR, theme.HAIR, theme.TIGHT, theme.HAIR)
        row.setSpacing(0)
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._workspaces)
        row.addWidget(self._tools, 1, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def set_project_open(self, is_open: bool) -> None:
        """Show the workspaces and what works on a project, or hide them."""
        self._workspaces.setVisible(is_open)
        for action_id in ("edit.undo", "edit.redo"):
            button = self._tools.findChild(QToolButton, action_id)
            if isinstance(button, QToolButton):
                button.setVisible(is_open)

    def set_recent(self, projects: Sequence[str]) -> None:
        """The projects that *Recent projects* offers, newest first."""
        self._recent = projects
        self._menus["recent"].setEnabled(bool(projects))

    def retranslate(self) -> None:
        """Take the menus' titles from the present language."""
        titles = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "help": self.tr("&Help"),
            "recent": self.tr("Recent projects"),
            "theme": self.tr("Theme"),
            "language": self.tr("Language"),
        }
        for name, title in titles.items():
            self._menus[name].setTitle(title)
        self._bar.adjustSize()

    def _fill(self, menu: QMenu, entries: Sequence[str]) -> None:
        for entry in entries:
            if not entry:
                menu.addSeparator()
            elif entry in (*_SUBMENUS, "recent"):
                self._menus[entry] = menu.addMenu("")
                self._fill(self._menus[entry], _SUBMENUS.get(entry, ()))
            else:
                menu.addAction(self._actions[entry])

    def _fill_recent(self) -> None:
        menu = self._menus["recent"]
        menu.clear()
        for project in map(Path, self._recent):
            action = QAction(project.name, menu)
            action.setData(project)
            action.setToolTip(str(project))
            action.setEnabled(not self._presence.is_missing(project))
            action.triggered.connect(lambda _=False, p=project: self.recent_chosen.emit(p))
            menu.addAction(action)
            self._presence.look_for(project)

    def _show_whether_there(self, project: Path, is_there: bool) -> None:
        for action in self._menus["recent"].actions():
            if action.data() == project:
                action.setEnabled(is_there)

    def _workspace_buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HAIR)
        for name in WORKSPACES:
            action = self._actions[f"workspace.{name}"]
            button = self._button(action)
            button.setProperty("role", "workspace")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)
        return box

    def _tool_buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action_id in ("edit.undo", "edit.redo", "app.keys", "app.settings"):
            row.addWidget(self._button(self._actions[action_id]))
        return box

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setObjectName(action.objectName())
        button.setDefaultAction(action)
        button.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

"""The main window: puts header, start page, workspaces and status bar together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.actions import Actions
from studio.ui.actions_table import SPECS, WORKSPACES
from studio.ui.document import Document
from studio.ui.shell.guide import Guide
from studio.ui.shell.header import Header
from studio.ui.shell.project_flow import ProjectFlow
from studio.ui.shell.status_bar import StatusBar
from studio.ui.start.page import StartPage
from studio.ui.widgets.toasts import Toasts

if TYPE_CHECKING:
    from studio.ui.shell.project_view import ProjectView

STATE = "main"
SMALLEST_PX = (1024, 640)
SMALL_SCREEN_PX = 1600
NEEDS_PROJECT = (
    "project.add_folder", "project.add_video", "project.rescan", "project.import",
    "project.export", "project.close",
    "edit.history", *(f"workspace.{name}" for name in WORKSPACES),
)  # fmt: skip


class MainWindow(QMainWindow):
    """The one window of the program. It shows the start page or an open project.

    Signals:
        project_shown(): a project is open.
        project_dropped(): it is closed.
    """

    project_shown = Signal()
    project_dropped = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.view: ProjectView | None = None
        self.actions_of_window = Actions(SPECS, self)
        self.toasts = Toasts(self)
        self.header = Header(self.actions_of_window)
        self.start = StartPage(self.actions_of_window)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self.status = StatusBar()
        self.flow = ProjectFlow(self, settings)
        self.guide = Guide(self, settings)
        self.setMenuWidget(self.header)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST_PX)
        self._connect()
        self._restore_geometry()
        self._show_start()

    # What the actions do -------------------------------------------------------------------

    def _connect(self) -> None:
        calls: dict[str, Callable[[], object]] = {
            "project.new": self.flow.new,
            "project.open": self.flow.open,
            "project.sample": self.flow.sample,
            "project.close": self.close_project,
            "app.quit": self.close,
            "app.settings": self._show_settings,
            "app.keys": self.guide.show_keys,
            "app.shortcuts": self.guide.show_shortcuts,
            "app.tour": self.guide.show_tour,
            "app.next_control": lambda: self.focusNextPrevChild(True),
            "app.previous_control": lambda: self.focusNextPrevChild(False),
            "app.about": self._show_about,
            "view.fullscreen": self._toggle_full_screen,
        }
        for name in ("system", "light", "dark"):
            calls[f"theme.{name}"] = lambda name=name: self.set_theme(name)
        for name in ("system", *language.LANGUAGES):
            calls[f"language.{name}"] = lambda name=name: self.set_language(name)
        for name in WORKSPACES:
            calls[f"workspace.{name}"] = lambda name=name: self._show_workspace(name)
        for name, verb in {
            "edit.undo": "undo", "edit.redo": "redo", "project.add_folder": "add_folder",
            "project.add_video": "add_video",
            "project.rescan": "rescan", "project.import": "import_labels",
            "project.export": "export_labels", "edit.history": "show_history",
        }.items():  # fmt: skip
            calls[name] = lambda verb=verb: self.view and getattr(self.view, verb)()
        for action_id, call in calls.items():
            self.actions_of_window.connect_to(action_id, call)
        for spec in self.actions_of_window:
            if not spec.scope:
                self.addAction(self.actions_of_window[spec.id])
        self.flow.opened.connect(self.show_document)
        self.flow.images_offered.connect(lambda paths: self.view and self.view.add_images(paths))
        self.header.recent_chosen.connect(self.flow.open)
        self.start.project_chosen.connect(self.flow.open)
        self.start.project_forgotten.connect(self._forget_project)

    def set_theme(self, mode: str) -> None:
        """Show the window light, dark, or as the system says, now and at the next start."""
        self._settings.change(theme=mode)
        theme.apply(_app(), mode)
        self._check_choices()

    def set_language(self, setting: str) -> None:
        """Speak another language, now and at the next start."""
        self._settings.change(language=setting)
        language.apply(_app(), setting)
        self._check_choices()

    def _check_choices(self) -> None:
        self.actions_of_window[f"theme.{self._settings.theme}"].setChecked(True)
        self.actions_of_window[f"language.{self._settings.language}"].setChecked(True)

    def _show_settings(self) -> None:
        from studio.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._settings, self)
        dialog.theme_chosen.connect(self.set_theme)
        dialog.language_chosen.connect(self.set_language)
        dialog.exec()

    def _show_about(self) -> None:
        from studio.ui.dialogs.about import AboutDialog

        AboutDialog(self).exec()

    def _toggle_full_screen(self) -> None:
        full = self.actions_of_window["view.fullscreen"].isChecked()
        self.showFullScreen() if full else self.showNormal()

    def _forget_project(self, project: Path) -> None:
        self._settings.forget_project(project)
        self.start.show_recent(self._settings.recent_projects)

    # Start page and project ----------------------------------------------------------------

    def show_document(self, document: Document, folders: list[Path]) -> None:
        """Show an open project and look for images in ``folders``; the present one is closed."""
        self.close_project(then=lambda: self._show_project(document, folders))

    def close_project(self, then: Callable[[], object] | None = None) -> None:
        """Give the open project up, pausing what runs; then show the start page."""
        if self.view is None:
            (then or self._show_start)()
        else:
            self.view.give_up(then or self._show_start)

    def _show_project(self, document: Document, folders: list[Path]) -> None:
        # Not before a project is opened: OpenCV takes a third of a second to import.
        from studio.ui.shell.project_view import ProjectView, Shell

        shell = Shell(self.actions_of_window, self._settings, self.status, self.toasts)
        self.view = ProjectView(document, shell, self)
        self.view.given_up.connect(self._drop_view)
        self._pages.addWidget(self.view)
        self._pages.setCurrentWidget(self.view)
        self._set_project_open(True)
        self.setWindowTitle(f"{document.project.name} — Vision Studio")
        self.view.begin(folders)
        self.guide.project_opened(self.view)
        self.project_shown.emit()

    def _drop_view(self) -> None:
        if self.view is not None:
            self._pages.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None
            self.project_dropped.emit()

    def _show_start(self) -> None:
        self._pages.setCurrentWidget(self.start)
        self._set_project_open(False)
        self.setWindowTitle("Vision Studio")
        self.status.show_counts(None)
        self.status.set_hint("")
        self.start.show_recent(self._settings.recent_projects)
        self.start.drop_zone.setFocus()

    def _set_project_open(self, is_open: bool) -> None:
        for action_id in NEEDS_PROJECT:
            self.actions_of_window[action_id].setEnabled(is_open)
        for action_id in ("edit.undo", "edit.redo"):
            self.actions_of_window[action_id].setEnabled(False)
        self.header.set_project_open(is_open)
        self.header.set_recent(self._settings.recent_projects)
        self.status.setVisible(is_open)
        self._check_choices()

    def _show_workspace(self, name: str) -> None:
        if self.view is not None:
            self.view.workspaces.show_workspace(name)

    # Qt's events ---------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Take all texts from a new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.actions_of_window.retranslate()
            for part in (self.header, self.start, self.status, self.view, self.guide):
                if part is not None:
                    part.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self.start.drop_zone.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is being dragged here any more."""
        self.start.drop_zone.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; not before the drag has ended, for a dialog may follow."""
        self.start.drop_zone.set_over(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        document = self.view.document if self.view else None
        QTimer.singleShot(0, self, lambda: self.flow.take(paths, document))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, pausing a training first; nothing else needs saving."""
        if self.view is not None:
            # Later, for Qt passes over a close within a close.
            self.view.give_up(lambda: QTimer.singleShot(0, self, self.close))
            event.ignore()
            return
        self.start.recent.close()
        self.flow.close()
        self._settings.keep_window_state(STATE, bytes(self.saveGeometry().data()))
        event.accept()

    def _restore_geometry(self) -> None:
        if self.restoreGeometry(self._settings.window_state(STATE)):
            return
        screen = QGuiApplication.primaryScreen().availableGeometry()
        size = (screen.size() * 0.85).expandedTo(self.minimumSize()).boundedTo(screen.size())
        self.resize(size)
        self.move(screen.center() - self.rect().center())
        if screen.width() < SMALL_SCREEN_PX:
            self.setWindowState(Qt.WindowState.WindowMaximized)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app

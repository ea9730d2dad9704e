"""Starting the window: the application object, language, theme, and what happens to bugs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui import language, theme
from studio.ui.icons import icon
from studio.ui.shell.main_window import MainWindow
from studio.ui.threads.garbage import GarbageCollector
from studio.ui.wording import messages

SWITCH_S = 0.0002
"""How long a busy thread may keep the window waiting for the interpreter's lock (usually 5 ms)."""


def run(project: Path | None = None) -> int:
    """Show the window, with ``project`` open where it is given; returns the exit code."""
    app = make_app()
    settings = Settings.load()
    theme.apply(app, settings.theme)
    language.apply(app, settings.language)
    app.styleHints().colorSchemeChanged.connect(lambda _: _follow_system(app, settings))
    collector = GarbageCollector(app)
    sys.setswitchinterval(SWITCH_S)
    window = MainWindow(settings)
    window.project_shown.connect(collector.keep)
    window.project_dropped.connect(collector.let_go)
    sys.excepthook = lambda *bug: report_bug(window, *bug)
    window.show()
    if project is not None:
        QTimer.singleShot(0, window, lambda: window.flow.open(project))
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        collector.let_go()  # a project may be open still
        collector.stop()


def make_app() -> QApplication:
    """The application object, with its name and icon; the one that is there, if it is."""
    standing = QApplication.instance()
    if isinstance(standing, QApplication):
        return standing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Vision Studio")
    app.setDesktopFileName("vision-studio")
    app.setWindowIcon(icon("app"))
    app.setFont(theme.with_han(app.font()))
    return app


def report_bug(
    window: MainWindow,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Show a bug of ours with its traceback, and let the user go on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    sys.__excepthook__(kind, error, trace)
    messages.show_bug(window, kind, error, trace)


def _follow_system(app: QApplication, settings: Settings) -> None:
    if settings.theme == "system":
        theme.apply(app, settings.theme)

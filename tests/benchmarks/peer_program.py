"""Runs inside a program that is compared, with its own interpreter; knows nothing of ``studio``'s.

python peer_program.py PROGRAM TASK [PATH]

The program is started by its own ``main``. Where it would wait for the user, a task is done as a
user does it, by the actions of its menus; figures go to the standard output, one a line. What
counts as shown is what the canvas has painted.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STARTED = "BENCHMARK_STARTED"
CLOCK = time.perf_counter
BUSY = time.thread_time
"""The processor time of the window's thread: what else the machine does is left out."""

POLL_S = 0.0005
"""Between two looks a program's other threads may run, as they do while it waits for a user."""

SETTLED_S = 1.5
"""After so long a program has decoded ahead what it decodes ahead."""


class Labelme:
    binding = "PySide6"
    arguments = ("labelme", "--logger-level", "warning")
    canvas_class = ("labelme._widgets._canvas", "Canvas")

    def main(self) -> None:
        importlib.import_module("labelme.__main__").main()

    def attach(self, windows: list[Any]) -> None:
        kind = importlib.import_module("labelme._app").MainWindow
        self.window = next(each for each in windows if isinstance(each, kind))
        self.canvas = self.window._canvas_widgets.canvas

    def open_folder(self, path: Path) -> None:
        self.window._load_from_file_or_dir(file_or_dir=str(path))

    def next(self) -> None:
        self.window._actions.open_next_img.trigger()

    def shown(self, canvas: Any) -> object:
        pixmap = canvas.pixmap
        return pixmap.cacheKey() if pixmap is not None and not pixmap.isNull() else None

    def is_whole(self) -> bool:
        return True

    def shapes(self) -> int:
        return len(self.canvas.shapes)

    def rows(self) -> int:
        return self.window._docks.file_list.count()


class XAnyLabeling(Labelme):
    binding = "PyQt6"
    arguments = ("xanylabeling", "--no-auto-update-check", "--logger-level", "warning")
    canvas_class = ("anylabeling.views.labeling.widgets.canvas", "Canvas")

    def main(self) -> None:
        importlib.import_module("anylabeling.app").main()

    def attach(self, windows: list[Any]) -> None:
        kind = importlib.import_module("anylabeling.views.mainwindow").MainWindow
        top = next(each for each in windows if isinstance(each, kind))
        self.window = top.labeling_widget.view
        self.canvas = self.window.canvas

    def open_folder(self, path: Path) -> None:
        self.window.import_image_folder(str(path))

    def next(self) -> None:
        self.window.actions.open_next_image.trigger()

    def rows(self) -> int:
        return self.window.file_list_widget.count()


class Studio:
    binding = "PySide6"
    arguments = ("studio",)
    canvas_class = ("studio.ui.canvas.canvas", "Canvas")

    def main(self) -> None:
        app = importlib.import_module("studio.ui.app")
        app.make_app()
        app.run(None)

    def attach(self, windows: list[Any]) -> None:
        kind = importlib.import_module("studio.ui.shell.main_window").MainWindow
        self.window = next(each for each in windows if isinstance(each, kind))

    @property
    def canvas(self) -> Any:
        return self.window.view.workspaces.workspace("label").canvas

    def open_folder(self, path: Path) -> None:
        settings = importlib.import_module("studio.settings").Settings
        session_of = importlib.import_module("studio.editing.session").Session
        settings.load().change(workspace="label")
        project = path.parent / f"{path.name} project"
        if project.exists():  # made before, with its shapes
            self.window.flow.open(project)
            return
        session = session_of.create(project)
        session.close()
        self.window.flow.open(session.project)
        self.window.view.scanner.scan([path])

    def next(self) -> None:
        self.window.actions_of_window["label.next"].trigger()

    def shown(self, canvas: Any) -> object:
        image, picture = canvas.scene.image, canvas.showing.picture
        return image.id if image is not None and picture is not None else None

    def is_whole(self) -> bool:
        return self.canvas.showing.shows_whole

    def shapes(self) -> int:
        return len(self.canvas.scene.shapes)

    def rows(self) -> int:
        view = self.window.view
        return view.workspaces.workspace("label").film.position()[1] if view else 0


PROGRAMS = {"labelme": Labelme, "xanylabeling": XAnyLabeling, "studio": Studio}


class Task:
    """What is measured, once the program has come to its event loop."""

    def __init__(self, program: Any, what: str, path: Path) -> None:
        self.program = program
        self.what = what
        self.path = path
        self.painted: object = None
        self.widgets = importlib.import_module(program.binding + ".QtWidgets")
        self._watch_paints()

    def _watch_paints(self) -> None:
        module, name = self.program.canvas_class
        kind = getattr(importlib.import_module(module), name)
        paint = kind.paintEvent

        def painted(canvas: Any, event: Any) -> None:
            paint(canvas, event)
            self.painted = self.program.shown(canvas)

        kind.paintEvent = painted

    def __call__(self, *_: object) -> int:
        self.app = self.widgets.QApplication.instance()
        windows = self.app.topLevelWidgets()
        self.program.attach(windows)
        self.until(lambda: any(each.isVisible() for each in windows))
        self.app.processEvents()
        match self.what:
            case "start":
                tell("start", time.time() - float(os.environ[STARTED]))
                tell("work", time.process_time())
            case "folder":
                self.folder()
            case "next":
                self.next()
            case "polygons":
                self.polygons()
        sys.stdout.flush()
        os._exit(0)

    def folder(self) -> None:
        """Until the first image is painted, and until all files are listed."""
        self.rest(0.5)
        count = len(list(self.path.iterdir()))
        started = CLOCK()
        self.program.open_folder(self.path)
        self.until(lambda: self.painted is not None)
        tell("first", CLOCK() - started)
        self.until(lambda: self.program.rows() >= count)
        tell("listed", CLOCK() - started)

    def next(self) -> None:
        """The image after one that was looked at for a while, and after one that was not."""
        self.open()
        self.until(lambda: self.program.rows() >= len(list(self.path.iterdir())))
        ahead, seen, whole = [], [], []
        for _ in range(3):
            self.rest(SETTLED_S)
            ahead.append(self.step()[1])
        for _ in range(4):
            first, all_of_it = self.step()
            seen.append(first)
            whole.append(all_of_it)
        tell("ahead", statistics.median(ahead))
        tell("seen", statistics.median(seen))
        tell("whole", statistics.median(whole))

    def step(self) -> tuple[float, float]:
        """Seconds until another image is seen, and until it is there in full size."""
        before, started = self.painted, CLOCK()
        self.program.next()
        self.until(lambda: self.painted not in (before, None))
        seen = CLOCK() - started
        self.until(self.program.is_whole)
        self.program.canvas.repaint()
        return seen, CLOCK() - started

    def polygons(self) -> None:
        """Opening an image with many of them, and one repaint of the whole canvas."""
        started = CLOCK()
        self.open()
        self.until(lambda: self.program.shapes() > 0)
        self.rest(SETTLED_S)
        tell("opened", CLOCK() - started - SETTLED_S)
        repaints = []
        for _ in range(9):
            started = BUSY()
            self.program.canvas.repaint()
            repaints.append(BUSY() - started)
        tell("repaint", statistics.median(repaints))

    def open(self) -> None:
        self.rest(0.5)
        self.program.open_folder(self.path)
        self.until(lambda: self.painted is not None and self.program.is_whole())

    def until(self, there: Callable[[], bool]) -> None:
        while not there():
            self.app.processEvents()
            time.sleep(POLL_S)

    def rest(self, seconds: float) -> None:
        """Let the program work for a while."""
        until = CLOCK() + seconds
        while CLOCK() < until:
            self.app.processEvents()
            time.sleep(0.002)


def tell(name: str, seconds: float) -> None:
    print(f"{name}={seconds}", flush=True)


def main() -> None:
    program = PROGRAMS[sys.argv[1]]()
    path = Path(sys.argv[3]) if len(sys.argv) > 3 else Path()
    task = Task(program, sys.argv[2], path)
    task.widgets.QApplication.exec = task
    sys.argv = list(program.arguments)
    program.main()


if __name__ == "__main__":
    main()

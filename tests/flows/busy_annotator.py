"""Run the real program and work in it with real mouse and key events, until killed.

Started by ``test_kill.py`` in a process of its own: ``python busy_annotator.py PROJECT SEED``.
Before each gesture it prints what is on disk as the program acknowledged it: a line
``<image id> <ids of its shapes>`` per image that changed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.project import Changes
from studio.ui import app
from studio.ui.label.workspace import LabelWorkspace

EVERY_MS = 5


class Annotator:
    """Draws, brushes, moves, deletes, undoes and turns pages at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._workspace: LabelWorkspace | None = None

    def look_for_the_window(self) -> None:
        """Begin as soon as the project's first image is on the canvas."""
        found = [w for w in QApplication.allWidgets() if isinstance(w, LabelWorkspace)]
        if found and found[0].isVisible() and found[0].canvas.scene.image is not None:
            self._workspace = found[0]
            found[0].canvas.document.changed.connect(self._acknowledge)
            print("ready", flush=True)
        QTimer.singleShot(EVERY_MS, self.work if self._workspace else self.look_for_the_window)

    def work(self) -> None:
        """One gesture, then the next."""
        assert self._workspace is not None
        canvas = self._workspace.canvas
        gesture = self._random.choice(("r", "b", "v", "r", "undo", "redo", "d", "delete"))
        match gesture:
            case "undo" | "redo":
                shift = Qt.KeyboardModifier.ShiftModifier
                modifier = Qt.KeyboardModifier.ControlModifier
                QTest.keyClick(canvas, "z", modifier | shift if gesture == "redo" else modifier)
            case "delete":
                QTest.keyClick(canvas, Qt.Key.Key_Delete)
            case "d":
                QTest.keyClick(canvas, "d")
            case tool:
                QTest.keyClick(canvas, tool)
                self._drag()
        QTimer.singleShot(EVERY_MS, self.work)

    def _drag(self) -> None:
        assert self._workspace is not None
        canvas = self._workspace.canvas
        middle = canvas.rect().center()
        start, end = (
            middle + QPoint(self._random.randint(-90, 90), self._random.randint(-70, 70))
            for _ in range(2)
        )
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 5):
            QTest.mouseMove(canvas, start + (end - start) * step / 4)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)

    def _acknowledge(self, changes: Changes) -> None:
        assert self._workspace is not None
        reader = self._workspace.canvas.document.reader
        for image_id in sorted(changes.images):
            ids = [str(shape.id) for shape in reader.shapes(image_id)]
            print(image_id, *ids, flush=True)


if __name__ == "__main__":
    application = app.make_app()
    annotator = Annotator(int(sys.argv[2]))
    QTimer.singleShot(EVERY_MS, annotator.look_for_the_window)
    sys.exit(app.run(Path(sys.argv[1])))

"""How smooth the window stays while a model trains: gaps of a 16 ms timer.

The real window on the sample project, with a 24-megapixel picture added; a real training runs in
its child process while the picture is panned and brushed by mouse events.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.smoothness --seconds 20
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.runs import Task
from studio.editing.scan import add_images
from studio.editing.session import Session
from studio.jobs.protocol import TrainRequest
from studio.learning.advice import recipe
from studio.learning.catalogue import SMALL, cards
from studio.learning.events import StepDone
from studio.learning.readiness import dataset
from studio.sample.project import create_sample
from studio.ui import app
from studio.ui.label.workspace import LabelWorkspace
from studio.ui.shell.main_window import MainWindow

TICK_MS = 16


class Measurement:
    """Waits for the window and the first training step, then works and measures."""

    def __init__(self, project: Path, seconds: float, train: bool) -> None:
        self.project, self.seconds, self.train = project, seconds, train
        self.gaps_ms: list[float] = []
        self.steps = 0
        self._last = 0.0
        self._moves = 0
        self._ticker = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._ticker.timeout.connect(self._tick)

    def wait_for_window(self) -> None:
        """Show the large picture and start the training as soon as the project is open."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        found = window.findChildren(LabelWorkspace)
        if not found:
            QTimer.singleShot(50, self.wait_for_window)
            return
        self.canvas = found[0].canvas
        document = self.canvas.document
        images = document.reader.images(document.reader.image_ids()).values()
        document.show_image(next(image.id for image in images if Path(image.path).stem == "large"))
        if not self.train:
            QTimer.singleShot(3000, self._begin)
            return
        readiness = dataset.readiness(document.reader)[Task.DETECT]
        model = next(card.name for card in cards(Task.DETECT) if card.backbone == SMALL)
        advice = recipe.advise(Task.DETECT, readiness, {}, lambda _: True, {"model": model})
        job = window.view.queue.submit(TrainRequest(self.project, advice.config))
        job.event_arrived.connect(self._hear)

    def _hear(self, event: object) -> None:
        if isinstance(event, StepDone):
            self.steps += 1
            if self.steps == 1:
                self._begin()

    def _begin(self) -> None:
        QTest.keyClick(self.canvas, "b")
        QTest.keyClick(self.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        self._last = time.perf_counter()
        self._ticker.start()
        QTimer.singleShot(int(self.seconds * 1000), self._finish)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append((now - self._last) * 1000)
        self._last = now
        # Half a second of brushing, half a second of panning, a stroke each.
        button = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)[self._moves // 30 % 2]
        step = self._moves % 30
        spot = self.canvas.rect().center() + QPoint(8 * step - 120, 5 * (step % 7) - 60)
        if step == 0:
            QTest.mousePress(self.canvas, button, pos=spot)
        elif step == 29:
            QTest.mouseRelease(self.canvas, button, pos=spot)
        else:
            QTest.mouseMove(self.canvas, spot)
        self._moves += 1

    def _finish(self) -> None:
        self._ticker.stop()
        gaps = sorted(self.gaps_ms[1:])
        print(
            f"{'with' if self.train else 'without'} a training: {len(gaps)} ticks, "
            f"median {statistics.median(gaps):.0f} ms, "
            f"99th percentile {gaps[int(len(gaps) * 0.99)]:.0f} ms, longest {gaps[-1]:.0f} ms; "
            f"{self.steps} training steps meanwhile",
            flush=True,
        )
        os._exit(0)


def main() -> None:
    """Measure once and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--no-training", action="store_true", help="the same without a training")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    os.environ["STUDIO_HOME"] = str(folder / "home")
    project = create_sample(folder, images=60)
    noise = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    large = cv2.resize(noise, (6000, 4000), interpolation=cv2.INTER_CUBIC)
    (folder / "large.jpg").write_bytes(cv2.imencode(".jpg", large)[1].tobytes())
    session = Session.open(project)
    add_images(session, [folder / "large.jpg"])
    session.close()
    app.make_app()
    measurement = Measurement(project, given.seconds, train=not given.no_training)
    QTimer.singleShot(200, measurement.wait_for_window)
    sys.exit(app.run(project))


if __name__ == "__main__":
    main()

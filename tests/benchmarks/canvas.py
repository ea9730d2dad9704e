"""How long the canvas takes: panning, zooming, editing and painting, medians in milliseconds.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.canvas
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import new_label
from studio.domain.project import Image, Root
from studio.domain.shapes import Polygon, Shape
from studio.editing.session import Session
from studio.ui.canvas.canvas import Canvas
from studio.ui.document import Document
from studio.ui.threads.garbage import GarbageCollector

SIZES = {"12 MP": (4000, 3000), "24 MP": (6000, 4000)}
WINDOW = (1280, 800)
CLOCK = time.thread_time
"""The processor time of the window's thread: what else the machine does is left out."""


def main() -> None:
    app = QApplication([])
    GarbageCollector(app)  # as in the program: no collection in the middle of a step
    with tempfile.TemporaryDirectory() as folder:
        document = make_document(Path(folder))
        for image_id, (name, size) in enumerate(SIZES.items(), 1):
            measure_image(document, image_id, name)
            for count in (0, 2000, 5000):
                measure_shapes(document, image_id, f"{name}, {count} polygons", size, count)
        document.close()
    app.quit()


def make_document(folder: Path) -> Document:
    os.environ["STUDIO_HOME"] = str(folder / "home")
    session = Session.create(folder / "project")
    facts = []
    for image_id, (width, height) in enumerate(SIZES.values(), 1):
        noise = np.random.default_rng(image_id).integers(0, 256, (30, 40, 3), dtype=np.uint8)
        picture = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
        path = folder / f"{image_id}.jpg"
        path.write_bytes(cv2.imencode(".jpg", picture)[1].tobytes())
        facts.append(Image(image_id, 1, path.name, width, height))
    session.record(RootAdded(Root(1, str(folder))), ImagesFound(tuple(facts)))
    session.apply(created(Title.ADD_CLASS, new_label("thing", ())))
    return Document(session)


def measure_image(document: Document, image_id: int, name: str) -> None:
    canvas = show(document)
    start = time.perf_counter()
    document.show_image(image_id)
    while not canvas.showing.picture:
        QTest.qWait(1)
    first = time.perf_counter() - start
    while not canvas.showing.shows_whole:
        QTest.qWait(1)
    whole = time.perf_counter() - start
    print(f"{name}: first paint {1000 * first:.0f} ms, whole picture {1000 * whole:.0f} ms")
    canvas.close_pictures()
    canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    document.show_image(0)


def measure_shapes(
    document: Document, image_id: int, name: str, size: tuple[int, int], count: int
) -> None:
    fill(document, image_id, size, count)
    canvas = show(document)
    start = CLOCK()
    document.show_image(image_id)
    print(f"{name}: show_image {1000 * (CLOCK() - start):.1f} ms on the window's thread")
    while not canvas.showing.shows_whole:
        QTest.qWait(1)
    settle(canvas)
    report(name, "pan", pan(canvas, 60))
    report(name, "zoom step", zoom(canvas, 12))
    canvas.view.fit()
    settle(canvas)
    if count:
        report(name, "drag a vertex", drag_vertex(canvas))
    report(name, "brush move, 60 px", brush(canvas, 60))
    report(name, "brush move, 600 px", brush(canvas, 600))
    canvas.close_pictures()
    canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    document.show_image(0)


def show(document: Document) -> Canvas:
    canvas = Canvas(document)
    document.choose_label(document.reader.labels()[0].id)
    canvas.resize(*WINDOW)
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    return canvas


def fill(document: Document, image_id: int, size: tuple[int, int], count: int) -> None:
    standing = document.reader.shapes(image_id)
    random = np.random.default_rng(count)
    label = document.reader.labels()[0].id
    ids = document.reserve_ids("shape", count - len(standing)) if count > len(standing) else ()
    shapes = [Shape(i, image_id, label, blob(random, size)) for i in ids]
    document.session.apply(created(Title.DRAW_POLYGON, *shapes))


def blob(random: np.random.Generator, size: tuple[int, int]) -> Polygon:
    centre = random.uniform(0.05, 0.95, 2) * size
    angles = np.sort(random.uniform(0, 2 * np.pi, 20))
    radii = random.uniform(20, 50, 20)
    points = centre + np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]
    return geo.polygon(*(geo.clamp((float(x), float(y)), *size) for x, y in points))


def timed(step: Callable[[], object], canvas: Canvas) -> float:
    """Seconds until a step has been handled and painted."""
    start = CLOCK()
    step()
    canvas.repaint()
    return CLOCK() - start


def settle(canvas: Canvas) -> None:
    for _ in range(400):
        QTest.qWait(1)
        if canvas.is_finished:
            return


def pan(canvas: Canvas, steps: int) -> list[float]:
    canvas.view.zoom(3, (640, 400))
    settle(canvas)
    times = []
    for index in range(steps):
        dx = 9 if index < steps / 2 else -9
        times.append(timed(lambda dx=dx: canvas.view.set(canvas.viewport.panned(dx, 5)), canvas))
    return times


def zoom(canvas: Canvas, steps: int) -> list[float]:
    times = []
    for index in range(steps):
        by = 1 if index < steps / 2 else -1
        times.append(timed(lambda by=by: canvas.view.zoom(by, (500, 300)), canvas))
    return times


def drag_vertex(canvas: Canvas) -> list[float]:
    canvas.use("select")
    shape = canvas.scene.shapes[-1]
    canvas.document.select([shape.id])
    start = canvas.viewport.to_widget(shape.geometry.parts[0].outer[0])  # type: ignore[union-attr]
    send(canvas, QEvent.Type.MouseButtonPress, *start)
    times = [
        timed(lambda i=i: send(canvas, QEvent.Type.MouseMove, start[0] + i, start[1] - i), canvas)
        for i in range(5, 40)
    ]
    commit = timed(
        lambda: send(canvas, QEvent.Type.MouseButtonRelease, start[0] + 40, start[1]), canvas
    )
    print(f"    commit of a vertex with {len(canvas.scene.shapes)} shapes: {1000 * commit:.1f} ms")
    canvas.document.undo()
    return times


def brush(canvas: Canvas, diameter_px: int) -> list[float]:
    canvas.use("brush")
    settle(canvas)
    canvas.document.select(())
    canvas.brush_size.set(diameter_px)
    send(canvas, QEvent.Type.MouseButtonPress, 300, 300)
    QApplication.processEvents()
    times = []
    for index in range(80):
        start = CLOCK()
        send(canvas, QEvent.Type.MouseMove, 300 + 5 * index, 300 + 40 * np.sin(index / 6))
        QApplication.processEvents()  # paints the dirty rectangle only
        times.append(CLOCK() - start)
    start = CLOCK()
    send(canvas, QEvent.Type.MouseButtonRelease, 700, 300)
    QApplication.processEvents()
    print(f"    release, encode and store: {1000 * (CLOCK() - start):.1f} ms")
    canvas.document.undo()
    return times


def send(canvas: Canvas, kind: QEvent.Type, x: float, y: float) -> None:
    left = Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    at = QPointF(x, y)
    modifiers = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        canvas, QMouseEvent(kind, at, canvas.mapToGlobal(at), button, left, modifiers)
    )


def report(name: str, what: str, times: list[float]) -> None:
    median, worst = statistics.median(times), max(times)
    print(f"    {what}: median {1000 * median:.2f} ms, worst {1000 * worst:.1f} ms ({name})")


if __name__ == "__main__":
    main()

"""What an image too large for the memory costs: peak memory, and the frames while it is panned.

The real canvas shows a generated TIFF; the file is made by another process, whose memory does not
count. ``--layout`` says how it is stored: tiles, strips, or tiles with smaller copies.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.huge --side 30000 --layout tiles
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import tifffile
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import new_label
from studio.domain.project import Image, Root
from studio.editing.session import Session
from studio.ui.canvas.canvas import Canvas
from studio.ui.document import Document
from studio.ui.threads.garbage import GarbageCollector
from studio.vision import images
from tests.benchmarks.memory import peak_mb, resident_mb

WINDOW = (1280, 800)
TILE_PX = 512
STEPS = 240
LAYOUTS = ("tiles", "strips", "pyramid")
CLOCK = time.perf_counter
BUSY = time.thread_time
"""The processor time of the window's thread: what else the machine does is left out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=30_000)
    parser.add_argument("--layout", choices=LAYOUTS, default="tiles")
    parser.add_argument("--compression", choices=("zlib", "none"), default="zlib")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "huge.tif"
        asked = (path, given.side, given.layout, given.compression)
        child = multiprocessing.get_context("spawn").Process(target=make, args=asked)
        child.start()
        child.join()
        print(
            f"{given.side} x {given.side} pixels, {given.layout}, {given.compression},"
            f" {path.stat().st_size / 1e9:.2f} GB"
        )
        app = QApplication([])
        GarbageCollector(app)
        document = document_of(path, given.side)
        measure(document)
        document.close()
        print(f"peak memory of the process: {peak_mb():.0f} MB")
        started = CLOCK()
        images.read_reduced(path, 512)
        print(f"read reduced, for a thumbnail or for training: {CLOCK() - started:.1f} s")


def make(path: Path, side: int, layout: str, compression: str) -> None:
    """Write the file piece by piece."""
    options: dict[str, Any] = {"photometric": "rgb", "dtype": np.uint8}
    options["compression"] = None if compression == "none" else compression
    with tifffile.TiffWriter(path, bigtiff=True) as out:
        levels = range(6 if layout == "pyramid" else 1)
        for level in levels:
            length = side >> level
            part: dict[str, Any] = {"tile": (TILE_PX, TILE_PX)}
            if layout == "strips":
                part = {"rowsperstrip": TILE_PX}
            pieces = strips(length) if layout == "strips" else tiles(length)
            reduced: dict[str, Any] = {"subfiletype": 1} if level else {}
            out.write(pieces, shape=(length, length, 3), **options, **part, **reduced)


def tiles(length: int) -> Iterator[np.ndarray]:
    """Tiles of grain over a colour that changes slowly, row by row."""
    chance = np.random.default_rng(0)
    grain = chance.integers(0, 32, (TILE_PX, TILE_PX, 3), dtype=np.uint8)
    count = -(-length // TILE_PX)
    for index in range(count * count):
        row, column = divmod(index, count)
        colour = (200 * row // count, 200 * column // count, 40 * ((row + column) % 5))
        yield grain + np.array(colour, dtype=np.uint8)


def strips(length: int) -> Iterator[np.ndarray]:
    """The same, as strips."""
    count = -(-length // TILE_PX)
    row: list[np.ndarray] = []
    for index, tile in enumerate(tiles(length)):
        row.append(tile)
        if len(row) == count:
            height = min(TILE_PX, length - index // count * TILE_PX)
            yield np.concatenate(row, axis=1)[:height, :length]
            row = []


def document_of(path: Path, side: int) -> Document:
    os.environ["STUDIO_HOME"] = str(path.parent / "home")
    session = Session.create(path.parent / "project")
    image = Image(1, 1, path.name, side, side)
    session.record(RootAdded(Root(1, str(path.parent))), ImagesFound((image,)))
    session.apply(created(Title.ADD_CLASS, new_label("thing", ())))
    return Document(session)


def measure(document: Document) -> None:
    canvas = Canvas(document)
    canvas.resize(*WINDOW)
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    print(f"memory before: {resident_mb():.0f} MB")
    started = CLOCK()
    document.show_image(1)
    shown = canvas.showing
    wait_for(lambda: shown.picture is not None)
    print(f"first part on the canvas: {CLOCK() - started:.2f} s")
    picture = shown.picture
    assert picture is not None and picture.tiles is not None
    tiles = picture.tiles
    canvas.view.actual_size((640, 400))
    report("pan at 1:1 while the overview is read", pan(canvas))
    wait_for(lambda: tiles.is_filled)
    print(f"overview complete: {CLOCK() - started:.1f} s")
    for name, scale in (("1:1", 1.0), ("1:2", 0.5), ("1:3", 1 / 3), ("1:8", 0.125)):
        canvas.view.set(canvas.viewport.zoomed_to(scale, (640, 400)))
        started = CLOCK()
        wait_for(lambda: not picture.missing(canvas.viewport, 1.0))
        print(f"{name}: sharp after {1000 * (CLOCK() - started):.0f} ms")
        report(f"{name}: pan", pan(canvas))
        started = CLOCK()
        wait_for(lambda: not picture.missing(canvas.viewport, 1.0))
        print(f"    sharp {1000 * (CLOCK() - started):.0f} ms after the last step")
    canvas.view.fit()
    report("zoom in, out of the whole", zoom(canvas))
    print(f"memory after: {resident_mb():.0f} MB")
    canvas.close_pictures()


def pan(canvas: Canvas) -> list[float]:
    """Drag there and back at 16 ms a step; how long each step keeps the window busy."""
    times = []
    for index in range(STEPS):
        dx = -24 if index < STEPS / 2 else 20
        times.append(frame(lambda dx=dx: canvas.view.set(canvas.viewport.panned(dx, -7))))
    return times


def zoom(canvas: Canvas) -> list[float]:
    times = []
    for index in range(60):
        by = 1 if index < 30 else -1
        times.append(frame(lambda by=by: canvas.view.zoom(by, (500, 300))))
    return times


def frame(step: Callable[[], object]) -> float:
    """Seconds that a step and its painting keep the window's thread busy, in a frame of 16 ms."""
    started, until = BUSY(), CLOCK() + 0.016
    step()
    QApplication.processEvents()
    busy = BUSY() - started
    QTest.qWait(max(1, round(1000 * (until - CLOCK()))))
    return busy


def wait_for(there: Callable[[], bool]) -> None:
    while not there():
        QTest.qWait(2)


def report(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    last = ordered[int(0.99 * len(ordered))]
    median = statistics.median(times)
    print(f"{name}: median {1000 * median:.1f} ms, 99th percentile {1000 * last:.1f} ms")


if __name__ == "__main__":
    main()

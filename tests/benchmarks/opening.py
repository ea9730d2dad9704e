"""How long it takes until one can work: start, large folders, the next image, thumbnails.

python -m tests.benchmarks.opening --images 50000

Every figure of the window comes from a process of its own that runs the program as a user does,
counted from the moment the process was started, with its byte code at hand as it is once installed.
Memory is the process's peak. Of a new folder, ``gap`` is the longest time in which the window did
not answer, after its first paint; ``work`` is the longest for which its thread was at work without
a pause, whatever else the machine did; both to show the first image with all that belongs to it,
and since. ``gap_of_a_sleeper`` is what the machine alone makes of a gap: the longest of a process
beside it that does nothing but sleep as long as the window's clock ticks.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import new_label
from studio.domain.project import Image, Root
from studio.domain.shapes import Part, Polygon, Shape
from studio.editing.session import Session
from studio.settings import Settings
from studio.storage.folder import path_for_root
from studio.ui import app
from studio.ui.shell.main_window import MainWindow

# OpenCV and NumPy are imported where they are used: a child does not pay for what the program
# itself does not import yet.

STARTED = "BENCHMARK_STARTED"
LARGE = (6000, 4000)
POLL_MS = 5
POLYGONS = 1000
SETTLED_S = 1.0
SLEEPER = """
import select, sys, time
longest, pause = 0.0, float(sys.argv[1])
last = time.perf_counter()
while not select.select([sys.stdin], [], [], pause)[0]:
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
print(longest)
"""
STRIP_S = 2.0
"""So long the strip of thumbnails has been in view before another image is gone to."""


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=50_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--child", nargs="*")
    given = parser.parse_args()
    if given.child:
        child(*given.child)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STUDIO_HOME"] = str(folder / "home")
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "byte code")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        one = small_picture(folder / "one" / "picture.jpg")
        project = known_project(folder / "known", one, given.images)
        run_child("project", project)  # compiles the byte code
        starts = [run_child("start") for _ in range(given.repeats)]
        report("start to usable window, no project", starts)
        opened = [run_child("project", project) for _ in range(given.repeats)]
        report(f"start to first image, project of {given.images:,}", opened)
        pictures = links(folder / "many", one, given.images)
        scanned = [run_beside_a_sleeper(pictures) for _ in range(given.repeats)]
        report(f"new folder of {given.images:,} files", scanned)
        large = [large_picture(folder / "large" / f"{n}.jpg", n) for n in range(8)]
        thumbnails(large)
        following = [run_anew("next", large[0].parent) for _ in range(given.repeats)]
        report(f"24 MP, next image, also with {POLYGONS:,} polygons", following)


# In a process of its own -----------------------------------------------------------------------


def run_child(what: str, path: Path | None = None) -> dict[str, float]:
    """What the child printed: figures by name."""
    environment = {**os.environ, STARTED: repr(time.time())}
    command = [sys.executable, "-m", "tests.benchmarks.opening", "--child", what]
    done = subprocess.run(
        [*command, *([str(path)] if path else [])],
        env=environment, capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    lines = (line.split("=") for line in done.stdout.splitlines() if "=" in line)
    return {name: float(value) for name, value in lines}


def run_beside_a_sleeper(pictures: Path) -> dict[str, float]:
    """A new folder, and how long a process that only sleeps is kept waiting meanwhile."""
    sleeper = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, str(POLL_MS / 1000)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    figures = run_anew("folder", pictures)
    longest, _ = sleeper.communicate()
    return figures | {"gap_of_a_sleeper": float(longest)}


def run_anew(what: str, pictures: Path) -> dict[str, float]:
    """The same, of pictures that no project knows yet."""
    shutil.rmtree(project_of(pictures), ignore_errors=True)
    return run_child(what, pictures)


def project_of(pictures: Path) -> Path:
    """Where the project of a folder of pictures is made."""
    return pictures.parent / f"{pictures.name} project"


def child(what: str, path: str = "") -> None:
    """Run the program, watch it, print figures, end."""
    application = app.make_app()
    watch = Watch(application, what, Path(path) if path else None)
    watch.start()
    app.run(Path(path) if what == "project" else None)


class Watch:
    """Looks every few milliseconds what the window shows by now."""

    def __init__(self, application: QApplication, what: str, path: Path | None) -> None:
        self._application = application
        self._what, self._path = what, path
        self._steps: Callable[[], object] | None = None
        self._last = time.perf_counter()
        self._gap = self._first_gap = self._work = self._first_work = 0.0
        self._worked = time.thread_time()
        self._usable = False
        self._timer = QTimer(interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self._shown: list[float] = []
        self._asked = 0.0

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    @property
    def _window(self) -> MainWindow | None:
        found = (w for w in self._application.topLevelWidgets() if isinstance(w, MainWindow))
        return next(found, None)

    def _look(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        if self._usable:
            self._gap = max(self._gap, now - self._last)
            self._work = max(self._work, worked - self._worked)
        self._last, self._worked = now, worked
        window = self._window
        if window is None or not window.isVisible():
            return
        match self._what:
            case "start":
                self._end(seconds=since_start())
            case "project":
                if self._has_picture(window):
                    self._end(seconds=since_start())
            case "folder":
                self._watch_folder(window)
            case "next":
                self._watch_next(window)
            case _:
                raise ValueError(self._what)

    def _has_picture(self, window: MainWindow) -> bool:
        label = window.view.workspaces.workspace("label") if window.view else None
        return label is not None and label.canvas.showing.picture is not None  # type: ignore[attr-defined]

    def _open_folder(self, window: MainWindow) -> None:
        assert self._path is not None
        self._asked = time.perf_counter()
        session = Session.create(project_of(self._path))
        session.close()
        Settings.load().change(workspace="label")
        window.flow.open(session.project)
        assert window.view is not None
        window.view.scanner.scan([self._path])
        self._usable = True
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _watch_folder(self, window: MainWindow) -> None:
        if not self._asked:
            self._open_folder(window)
        elif not self._shown and self._has_picture(window):
            self._shown.append(time.perf_counter() - self._asked)
        elif self._shown and not self._first_work and self._is_settled():
            self._first_gap, self._gap = self._gap, 0.0
            self._first_work, self._work = self._work, 0.0
        elif self._first_work and window.view and not window.view.scanner.active:
            total = time.perf_counter() - self._asked
            first = self._shown[0]
            self._end(
                first_image=first,
                list_complete=total,
                gap_to_show_it=self._first_gap,
                work_to_show_it=self._first_work,
                gap_since=self._gap,
                work_since=self._work,
            )

    def _is_settled(self) -> bool:
        """Whether the first image has been in view for a while."""
        return time.perf_counter() - self._asked > self._shown[0] + SETTLED_S

    def _watch_next(self, window: MainWindow) -> None:
        """Cold: jump to an image that no neighbour of which was shown; then one by one."""
        if not self._asked:
            self._open_folder(window)
            return
        assert window.view is not None
        label = window.view.workspaces.workspace("label")
        canvas = label.canvas if label else None  # type: ignore[attr-defined]
        if canvas is None or window.view.scanner.active or not canvas.showing.shows_whole:
            return
        document = window.view.document
        ids = document.reader.image_ids()
        self._timer.stop()
        draw_polygons(document.session, ids[2:4], POLYGONS)
        wait(STRIP_S)
        cold = timed_show(window, canvas, ids[4])  # which is in the strip
        pause = 1 + 3 * cold[-1]  # the neighbours are decoded meanwhile
        wait(pause)
        ready = timed_show(window, canvas, ids[5])
        wait(pause)
        crowded = timed_show(window, canvas, ids[2])
        wait(pause)
        crowded_ready = timed_show(window, canvas, ids[3])
        self._end(
            cold_seen=cold[0],
            cold_sharp_at_this_size=cold[-2],
            cold_whole=cold[-1],
            prefetched=ready[-1],
            with_polygons_cold_seen=crowded[0],
            with_polygons_prefetched=crowded_ready[-1],
        )

    def _end(self, **figures: float) -> None:
        for name, value in figures.items():
            print(f"{name}={value}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak_mb={peak}", flush=True)
        os._exit(0)


def timed_show(window: MainWindow, canvas: object, image_id: int) -> list[float]:
    """Seconds until an image is seen at all, until it is seen sharper, and, at the end, until
    picture and shapes are there whole.

    Each is painted. Between events the window sleeps, as it does in the program: a loop that
    spins would take one of the two cores from the decoding.
    """
    started = time.perf_counter()
    assert window.view is not None
    window.view.document.show_image(image_id)
    showing = canvas.showing  # type: ignore[attr-defined]
    seen, times = None, []
    while True:
        if showing.picture is not None:
            canvas.repaint()  # type: ignore[attr-defined]
            now = time.perf_counter() - started
            if showing.shows_whole and canvas.is_finished:  # type: ignore[attr-defined]
                return [*times, now]
            if showing.picture is not seen and not showing.shows_whole:
                seen = showing.picture
                times.append(now)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def wait(seconds: float) -> None:
    """Let the program work for a while."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.002)


def since_start() -> float:
    """Seconds since the process was started."""
    return time.time() - float(os.environ[STARTED])


# What is measured on -------------------------------------------------------------------------


def small_picture(path: Path) -> Path:
    """A JPEG of 640 x 480."""
    return large_picture(path, 0, (640, 480))


def large_picture(path: Path, seed: int, size: tuple[int, int] = LARGE) -> Path:
    """A JPEG of smooth noise."""
    import cv2
    import numpy as np

    noise = np.random.default_rng(seed).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    picture = cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".jpg", picture)[1].tobytes())
    return path


def links(folder: Path, picture: Path, count: int) -> Path:
    """So many files that are one."""
    folder.mkdir()
    for number in range(count):
        os.link(picture, folder / f"frame_{number:06d}.jpg")
    return folder


def known_project(folder: Path, picture: Path, count: int) -> Path:
    """A project whose images a scan has seen; all but the first need not be there."""
    session = Session.create(folder)
    root = Root(1, path_for_root(session.project, picture.parent))
    names = [picture.name, *(f"picture_{number:06d}.jpg" for number in range(1, count))]
    ids = session.store.reserve_ids("image", count)
    found = [Image(i, 1, n, 640, 480, 1, 1, "x") for i, n in zip(ids, names, strict=True)]
    session.record(RootAdded(root), ImagesFound(tuple(found)))
    session.close()
    return session.project


def draw_polygons(session: Session, image_ids: list[int], count: int) -> None:
    """So many polygons of 20 vertices on each of these images."""
    import numpy as np

    label = new_label("thing", session.reader.labels())
    session.apply(created(Title.ADD_CLASS, label))
    random = np.random.default_rng(0)
    angles = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    for image_id in image_ids:
        centres = random.uniform(60, np.array(LARGE) - 60, (count, 1, 2))
        around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        rings = centres + around * random.uniform(20, 50, (count, 20, 1))
        polygons = [Polygon((Part(tuple(map(tuple, ring))),)) for ring in rings.tolist()]
        ids = session.store.reserve_ids("shape", count)
        shapes = [Shape(i, image_id, label.id, p) for i, p in zip(ids, polygons, strict=True)]
        session.apply(created(Title.DRAW_POLYGON, *shapes))


def thumbnails(paths: list[Path]) -> None:
    """Thumbnails a second: scaled decoding on two threads against a full decode on one."""
    from studio.vision import images

    started = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda path: images.read_reduced(path, 320, None), paths))
    ours = len(paths) / (time.perf_counter() - started)
    started = time.perf_counter()
    for path in paths:
        QImageReader.setAllocationLimit(0)
        QImageReader(str(path)).read().scaledToWidth(320)
    whole = len(paths) / (time.perf_counter() - started)
    print(f"thumbnails of 24 MP: {ours:.1f} a second, decoded whole {whole:.1f} a second")


def report(name: str, runs: list[dict[str, float]]) -> None:
    """Print the medians of some runs."""
    figures = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    texts = [
        f"{key} {value:.0f} MB" if key == "peak_mb" else f"{key} {1000 * value:.0f} ms"
        for key, value in figures.items()
    ]
    print(f"{name}: {', '.join(texts)}", flush=True)


if __name__ == "__main__":
    main()

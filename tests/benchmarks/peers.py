"""The same work in other programs and in this one, side by side in one run.

They are installed into environments of their own, whose interpreters are named here; without one
a program is left out. Every figure is the median of several processes; no display is needed.

    python -m venv /tmp/labelme && /tmp/labelme/bin/pip install labelme
    python -m venv /tmp/xany && /tmp/xany/bin/pip install "x-anylabeling-cvhub[cpu]"
    python -m tests.benchmarks.peers \
        --labelme /tmp/labelme/bin/python --xanylabeling /tmp/xany/bin/python
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import new_label
from studio.domain.project import Image, Root
from studio.domain.shapes import Shape
from studio.editing.session import Session
from studio.storage.folder import path_for_root
from tests.benchmarks.peer_program import STARTED

PROGRAM = Path(__file__).with_name("peer_program.py")
LARGE = (6000, 4000)
MEDIUM = (4000, 3000)
LABEL = "thing"
TIMEOUT_S = 600
LINES = (
    ("start", "start", "start to main window"),
    ("start", "work", "start to main window, processor time"),
    ("folder", "first", "folder of {files:,} files: first image"),
    ("folder", "listed", "folder of {files:,} files: list complete"),
    ("next", "ahead", "next image of 24 megapixels, after a pause"),
    ("next", "seen", "next images at once: something to be seen"),
    ("next", "whole", "next images at once: whole"),
    ("polygons 1000", "opened", "open an image with 1,000 polygons"),
    ("polygons 5000", "opened", "open an image with 5,000 polygons"),
    ("polygons 1000", "repaint", "repaint with 1,000 polygons, processor time"),
    ("polygons 5000", "repaint", "repaint with 5,000 polygons, processor time"),
)
"""(task, figure, what it says)."""


def main() -> None:
    """Print a table: a line a figure, a column a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelme", type=Path, help="interpreter with labelme")
    parser.add_argument("--xanylabeling", type=Path, help="interpreter with X-AnyLabeling")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--tasks", nargs="*", help="only these: start, folder, next, polygons")
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    interpreters = {
        "labelme": given.labelme,
        "xanylabeling": given.xanylabeling,
        "studio": Path(sys.executable),
    }
    programs = {name: python for name, python in interpreters.items() if python}
    figures: dict[tuple[str, str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        paths = make_data(Path(name), given.files)
        for turn in range(given.repeats + 1):
            for task, path in paths.items():
                if given.tasks and task.split()[0] not in given.tasks:
                    continue
                for program, python in programs.items():  # by turns, so that all have the same day
                    found = run(Path(name), program, python, task.split()[0], path)
                    told = ", ".join(f"{key} {1000 * value:.0f} ms" for key, value in found.items())
                    print(f"{turn} {task}, {program}: {told}", file=sys.stderr, flush=True)
                    if turn:  # the first time, programs compile themselves and set up their home
                        for key, value in found.items():
                            figures.setdefault((program, task, key), []).append(value)
    print("| |", " | ".join(programs), "|")
    print("| --- |", " --- |" * len(programs))
    for task, key, text in LINES:
        shown = [figures.get((program, task, key)) for program in programs]
        cells = [f"{1000 * statistics.median(v):.0f} ms" if v else "-" for v in shown]
        print(f"| {text.format(files=given.files)} |", " | ".join(cells), "|")


def run(folder: Path, program: str, python: Path, task: str, path: Path) -> dict[str, float]:
    """What a program tells of a task, done in a process of its own; nothing where it fails."""
    home = folder / f"home of {program}"
    home.mkdir(exist_ok=True)
    left = Path(f"{path} project")
    if program == "studio" and task != "polygons" and left.exists():
        shutil.rmtree(left)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON"))
    }
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home), "USERPROFILE": str(home), "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data"),
        "STUDIO_HOME": str(home / "studio"),
    }  # fmt: skip
    if program == "studio":
        environment["PYTHONPATH"] = str(PROGRAM.parents[2])
    environment[STARTED] = repr(time.time())
    command = [str(python), str(PROGRAM), program, task, str(path)]
    try:
        done = subprocess.run(
            command, env=environment, cwd=home, capture_output=True, text=True, timeout=TIMEOUT_S
        )
    except subprocess.TimeoutExpired:
        print(f"{program}, {task}: no answer in {TIMEOUT_S} s", file=sys.stderr)
        return {}
    if done.returncode:
        print(f"{program}, {task}: {done.stderr[-2000:]}", file=sys.stderr)
    lines = (line.split("=") for line in done.stdout.splitlines() if line.count("=") == 1)
    return {name: float(value) for name, value in lines if name.isalpha()}


# What is measured on ---------------------------------------------------------------------------


def make_data(folder: Path, files: int) -> dict[str, Path]:
    """A folder for each task, by its name."""
    one = photograph(folder / "one.jpg", 0, (640, 480))
    many = folder / "many"
    many.mkdir()
    for number in range(files):
        os.link(one, many / f"frame_{number:06d}.jpg")
    large = folder / "large"
    for number in range(9):
        photograph(large / f"{number}.jpg", number, LARGE)
    paths = {"start": folder, "folder": many, "next": large}
    for count in (1000, 5000):
        paths[f"polygons {count}"] = polygons(folder / f"{count} polygons", count)
    return paths


def photograph(path: Path, seed: int, size: tuple[int, int]) -> Path:
    """A JPEG as heavy as a photograph: colours that flow, and grain."""
    chance = np.random.default_rng(seed)
    coarse = chance.integers(0, 256, (60, 80, 3), dtype=np.uint8)
    picture = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    grain = chance.integers(0, 24, (size[1], size[0], 1), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    grainy = np.maximum(picture, 24) - grain
    path.write_bytes(cv2.imencode(".jpg", grainy)[1].tobytes())
    return path


def polygons(folder: Path, count: int) -> Path:
    """A folder with an image and its polygons, as labelme's file and as a project of ours."""
    image = photograph(folder / "image.jpg", 1, MEDIUM)
    outlines = [blob(seed) for seed in range(count)]
    stored = [
        {
            "label": LABEL, "points": outline, "group_id": None, "description": "",
            "shape_type": "polygon", "flags": {}, "mask": None,
        }
        for outline in outlines
    ]  # fmt: skip
    document = {
        "version": "5.5.0", "flags": {}, "shapes": stored, "imagePath": image.name,
        "imageData": None, "imageHeight": MEDIUM[1], "imageWidth": MEDIUM[0],
    }  # fmt: skip
    image.with_suffix(".json").write_text(json.dumps(document))
    session = Session.create(Path(f"{folder} project"))
    root = Root(1, path_for_root(session.project, folder))
    found = Image(1, 1, image.name, *MEDIUM)
    session.record(RootAdded(root), ImagesFound((found,)))
    label = new_label(LABEL, ())
    session.apply(created(Title.ADD_CLASS, label))
    ids = session.store.reserve_ids("shape", count)
    drawn = [
        Shape(i, 1, label.id, geo.polygon(*outline))
        for i, outline in zip(ids, outlines, strict=True)
    ]
    session.apply(created(Title.DRAW_POLYGON, *drawn))
    session.close()
    return folder


def blob(seed: int) -> list[tuple[float, float]]:
    """A polygon of 20 vertices."""
    chance = np.random.default_rng(seed)
    centre = chance.uniform(0.05, 0.95, 2) * MEDIUM
    angles = np.sort(chance.uniform(0, 2 * np.pi, 20))
    radii = chance.uniform(20, 50, 20)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]
    return [(float(x), float(y)) for x, y in np.clip(centre + around, 0, MEDIUM)]


if __name__ == "__main__":
    main()

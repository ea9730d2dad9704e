"""How long it takes to find and sort the images of a large project, in milliseconds.

Each line is the median of some searches, as the Images workspace makes them: ids of all images
that fit, in order; then the processor time of it, which leaves out what else the machine does.
``first`` is the search that has to read all names.

python -m tests.benchmarks.searching --images 100000
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from studio.domain.edits import Title, created
from studio.domain.facts import ImagesFound, RootAdded
from studio.domain.labels import Label, new_label
from studio.domain.project import Image, Root, Split
from studio.domain.shapes import Box
from studio.editing.session import Session
from studio.storage.folder import database_path
from studio.storage.packing import address
from studio.storage.reader import Reader
from studio.storage.search import Finder, Order, Query

CLASSES = 20
MOST_SHAPES = 12
BATCH = 10_000
CLOCK = time.perf_counter
SEARCHES = (
    "", "frame_7", r"/cam_[13].*7\.jpg/", "class:class-3", "no:class-3", "tag:class-3", "state:new",
    "state:done", "split:val", "split:none", "shapes>8", "shapes<2", "area<100", "score<0.2",
    "run:1", "labelled", "-labelled", "predicted", "problem", "note:dark", "size>5mp",
    "class:class-3 state:new shapes>4 -split:test",
)  # fmt: skip


def main() -> None:
    """Make a project, search it, and print a line a search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STUDIO_HOME"] = str(Path(folder) / "home")
        project = make_project(Path(folder) / "project", given.images)
        with Reader.open(project) as reader:
            finder = Finder(reader)
            measured(finder, Query(), "first", 1)
            medians = {
                text: measured(finder, Query(text), text or "(everything)", given.repeats)
                for text in SEARCHES
            } | {
                f"sorted by {order}": measured(
                    finder, Query("", order, True), f"sorted by {order}", given.repeats
                )
                for order in Order
            }
    slowest = max(medians, key=medians.__getitem__)
    middle = statistics.median(medians.values())
    print(f"median of {len(medians)} kinds {middle:.1f} ms, slowest {slowest!r}")


def measured(finder: Finder, query: Query, name: str, repeats: int) -> float:
    """Search some times and print the medians; the first is returned, in milliseconds."""
    taken, busy, counts = zip(*(measure(finder, query) for _ in range(repeats)), strict=True)
    print(
        f"{name:<48} {statistics.median(taken):8.1f} ms {statistics.median(busy):8.1f} ms"
        f" {counts[0]:>9} images",
        flush=True,
    )
    return statistics.median(taken)


def measure(finder: Finder, query: Query) -> tuple[float, float, int]:
    """Milliseconds of one search, those of the processor, and how many images it finds."""
    started, worked = CLOCK(), time.thread_time()
    found = finder.find(query)
    return 1000 * (CLOCK() - started), 1000 * (time.thread_time() - worked), len(found)


def make_project(folder: Path, count: int) -> Path:
    """A project of ``count`` images that need not exist, some shapes on most, some predictions."""
    session = Session.create(folder)
    labels: list[Label] = []
    for number in range(CLASSES):
        labels.append(new_label(f"class-{number}", labels))
    session.apply(created(Title.ADD_CLASS, *labels))
    chance = random.Random(0)
    session.record(RootAdded(Root(1, "pictures")))
    ids = session.store.reserve_ids("image", count)
    for start in range(0, count, BATCH):
        session.record(ImagesFound(tuple(image(i, chance) for i in ids[start : start + BATCH])))
    session.close()
    with closing(sqlite3.connect(database_path(folder))) as connection:
        fill(connection, list(ids), [label.id for label in labels], chance)
    return folder


def image(image_id: int, chance: random.Random) -> Image:
    """One image as a scan would have found it."""
    day, number = chance.randrange(1, 31), chance.randrange(10**6)
    width, height = chance.choice([(640, 480), (1920, 1080), (4000, 3000)])
    return Image(
        image_id,
        1,
        f"cam_{chance.randrange(8)}/2026-05-{day:02d}/frame_{number}_{image_id}.jpg",
        width,
        height,
        size_bytes=chance.randrange(10**6),
        mtime_ns=chance.randrange(10**18),
        problem="it cannot be read." if chance.random() < 0.001 else "",
        auto_split=chance.choice([None, *Split]),
    )


def fill(
    connection: sqlite3.Connection, ids: list[int], labels: list[str], chance: random.Random
) -> None:
    """Labels and predictions, written past the history: as an import of years would leave them."""
    content, packed = address(Box(0, 0, 10, 10))
    connection.execute("INSERT OR IGNORE INTO geometry VALUES (?, ?)", (content, packed))
    shapes = (
        (i, chance.choice(labels), content, "box", side, side, side * side)
        for i in ids
        for side in (chance.randrange(4, 200) for _ in range(chance.randrange(MOST_SHAPES)))
    )
    connection.executemany(
        "INSERT INTO shape (image_id, label, geometry, z, locked, hidden, ignored, note,"
        " attributes, kind, x0, y0, x1, y1, area)"
        " VALUES (?, ?, ?, 0, 0, 0, 0, '', '[]', ?, 0, 0, ?, ?, ?)",
        shapes,
    )
    connection.executemany(
        "INSERT INTO tag (image_id, tag_group, label) VALUES (?, 1, ?)",
        ((i, chance.choice(labels)) for i in ids if chance.random() < 0.5),
    )
    connection.executemany(
        "INSERT INTO proposal (run, image_id, label, score) VALUES (1, ?, ?, ?)",
        ((i, chance.choice(labels), chance.random()) for i in ids for _ in range(3)),
    )
    connection.executemany(
        "UPDATE image_status SET tags = ?, shapes = ?, note = ? WHERE image_id = ?",
        (
            (*[chance.choice(["new", "in_progress", "done"])] * 2, chance.choice(["", "dark"]), i)
            for i in ids
        ),
    )
    connection.commit()


if __name__ == "__main__":
    main()

"""The real program, worked in with real events, is killed at random moments and loses nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.editing.session import Session
from studio.storage import statistics
from studio.storage.past import Past
from studio.storage.reader import Reader
from tests import making

ANNOTATOR = Path(__file__).with_name("busy_annotator.py")
KILLS = 4

OfImages = dict[int, set[int]]
"""By the id of an image, the ids of its shapes."""


def shapes_now(reader: Reader) -> OfImages:
    return {i: {shape.id for shape in reader.shapes(i)} for i in reader.image_ids()}


def shapes_after(past: Past, entry: int) -> OfImages:
    return {i: {s.id for s in past.image_at(i, entry).shapes} for i in past.image_ids()}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
@pytest.mark.timeout(240)
def test_a_killed_window_keeps_every_acknowledged_edit(tmp_path: Path) -> None:
    session = making.project(tmp_path, images=3, width=400, height=300)
    making.labels(session, "cat", "dog")
    session.close()
    project = tmp_path / "project"
    rng = random.Random(3)
    for seed in range(KILLS):
        with Reader.open(project) as reader:
            acknowledged = shapes_now(reader)
        child = subprocess.Popen(
            [sys.executable, str(ANNOTATOR), str(project), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        lines = [child.stdout.readline() for _ in range(rng.randint(4, 20))]
        time.sleep(rng.uniform(0.0, 0.05))
        child.kill()
        lines += child.stdout.readlines()
        child.stdout.close()
        child.wait()
        for line in lines:
            image_id, *shape_ids = map(int, line.split())
            acknowledged[image_id] = set(shape_ids)
        with Past.open(project) as past:
            # One edit may have been written after the last word that reached us.
            newest = statistics.last_entry(past)
            states = (shapes_after(past, newest), shapes_after(past, newest - 1))
            assert shapes_now(past) == states[0]
        assert acknowledged in states

    session = Session.open(project)
    while session.undo():
        pass
    assert all(session.reader.shapes(i) == () for i in session.reader.image_ids())
    session.close()

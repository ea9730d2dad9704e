"""The real program, worked in with real events, is killed at random moments and loses nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.editing.session import Session
from studio.storage.reader import Reader
from tests import making

ANNOTATOR = Path(__file__).with_name("busy_annotator.py")
KILLS = 4


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
            acknowledged = {i: {s.id for s in reader.shapes(i)} for i in reader.image_ids()}
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
        with Reader.open(project) as reader:
            # One edit may have been written after the last word that reached us.
            different = [
                found ^ ids
                for image_id, ids in acknowledged.items()
                if (found := {shape.id for shape in reader.shapes(image_id)}) != ids
            ]
        assert len(different) <= 1 and all(len(shapes) == 1 for shapes in different)

    session = Session.open(project)
    while session.undo():
        pass
    assert all(session.reader.shapes(i) == () for i in session.reader.image_ids())
    session.close()

"""A process that edits is killed at random moments: what it acknowledged is there afterwards."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from studio.editing.session import Session
from studio.storage.reader import Reader
from tests import making

EDITOR = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from studio.domain.edits import Title
    from studio.domain.shapes import Box, Shape
    from studio.editing import actions
    from studio.editing.session import Session

    session = Session.open(Path(sys.argv[1]))
    label = session.reader.labels()[0]
    print("ready", flush=True)
    while True:
        [shape_id] = session.store.reserve_ids("shape")
        shape = Shape(shape_id, 1, label.id, Box(0, 0, 10, 10))
        session.apply(actions.draw(Title.DRAW_BOX, shape))
        print(shape_id, flush=True)
        if shape_id % 3 == 0:
            print("undoing", shape_id, flush=True)
            session.undo()
            print("undone", shape_id, flush=True)
    """
)


def _numbers(lines: list[str], prefix: str) -> set[int]:
    words = (line.removeprefix(prefix) for line in lines if line.startswith(prefix))
    return {int(word) for word in words if word.isdigit()}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_no_acknowledged_edit_is_lost_to_kill_9(tmp_path: Path) -> None:
    session = making.project(tmp_path)
    making.labels(session, "cat")
    session.close()
    project = tmp_path / "project"
    rng = random.Random(7)
    lines: list[str] = []
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(project)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        lines += [child.stdout.readline().rstrip() for _ in range(rng.randint(0, 30))]
        time.sleep(rng.uniform(0.0, 0.01))
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines()
        child.stdout.close()
        child.wait()
        with Reader.open(project) as reader:
            found = {shape.id for shape in reader.shapes(1)}
        undoing, undone = _numbers(lines, "undoing "), _numbers(lines, "undone ")
        assert _numbers(lines, "") - undoing <= found
        assert not undone & found

    session = Session.open(project)
    while session.undo():
        pass
    assert session.reader.shapes(1) == () and session.reader.labels() == ()
    session.close()

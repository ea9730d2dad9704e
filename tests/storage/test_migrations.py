"""Projects of earlier versions open, with all they hold and all that can be undone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from studio.domain.edits import Title, created
from studio.domain.facts import ProposalsMade
from studio.domain.labels import ClassDone, Label
from studio.domain.project import ImageStatus
from studio.domain.proposals import Proposal
from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box, Shape
from studio.editing import actions, classes
from studio.editing.session import Session
from studio.errors import ProjectError
from studio.storage import folder, migrations, runs, search
from studio.storage.packing import address
from studio.storage.search import Order, Query
from tests import making

CAT = {"id": "c1", "name": "cat", "color": "#E69F00", "position": 0, "key": "1"}
DOG = {"id": "d2", "name": "dog", "color": "#56B4E9", "position": 1, "key": "2"}


def version_1(project: Path) -> Path:
    """A project as version 1 left it: a class with a box on it, and a class that was deleted."""
    project.mkdir()
    schema = (resources.files("studio.storage") / "schema.sql").read_text(encoding="utf-8")
    key, packed = address(Box(1, 2, 11, 12))
    shape = {
        "id": 1, "image_id": 1, "label": "c1", "geometry": key, "z": 0, "locked": 0, "hidden": 0,
        "ignored": 0, "note": "", "attributes": "[]", "run": None, "score": None,
    }  # fmt: skip
    history = [
        ("Add class", "label", ["c1"], None, CAT),
        ("Add class", "label", ["d2"], None, DOG),
        ("Draw box", "shape", [1], None, shape),
        ("Delete class", "label", ["d2"], DOG, None),
    ]
    with closing(sqlite3.connect(project / folder.DATABASE)) as connection:
        connection.executescript(schema)
        run = connection.execute
        run(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        run("PRAGMA user_version = 1")
        run("INSERT INTO migration VALUES (1, '2026-01-01T00:00:00+00:00')")
        run("INSERT INTO tag_group VALUES (1, 'Tags', 0)")
        run("INSERT INTO root VALUES (1, '../pictures')")
        run("INSERT INTO image VALUES (1, 1, 'a.png', 64, 48, 9, 9, 'h', '', 1, '', NULL)")
        run("INSERT INTO image_status (image_id) VALUES (1)")
        run("INSERT INTO label VALUES ('c1', 'cat', 'cat', '#E69F00', 0, '1')")
        run("INSERT INTO geometry VALUES (?, ?)", (key, packed))
        values = (*shape.values(), "box", 1, 2, 11, 12, 100)
        run(f"INSERT INTO shape VALUES ({','.join('?' * len(values))})", values)
        for seq, (title, table, row_key, before, after) in enumerate(history, start=1):
            at = f"2026-01-01T00:00:0{seq}+00:00"
            run("INSERT INTO history VALUES (?, 'do', NULL, ?, ?)", (seq, title, at))
            run(
                "INSERT INTO history_change VALUES (?, 0, ?, ?, ?, ?)",
                (seq, table, json.dumps(row_key), _json(before), _json(after)),
            )
        connection.commit()
    return project


def _json(columns: dict | None) -> str | None:
    return json.dumps(columns) if columns else None


def test_a_project_of_version_1_opens_with_its_labels_and_a_copy_is_kept(tmp_path: Path) -> None:
    project = version_1(tmp_path / "old")
    session = Session.open(project)
    cat = Label("c1", "cat", "#E69F00", 0, "1", "")
    assert session.reader.labels() == (cat,)
    assert session.reader.shapes(1) == (Shape(1, 1, "c1", Box(1, 2, 11, 12)),)
    assert session.reader.status(1) == ImageStatus(1)
    session.apply(classes.set_group([cat], "animal", [cat]))
    [grouped] = session.reader.labels()
    session.apply(classes.mark_class(1, grouped, True))
    session.close()
    session = Session.open(project)
    assert session.reader.labels()[0].group == "animal"
    assert session.reader.done_labels(1) == {"c1"}
    session.close()
    with closing(sqlite3.connect(project / "project.v1.backup.db")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (1,)
        assert backup.execute("SELECT count(*) FROM shape").fetchone() == (1,)


def test_an_old_project_that_cannot_be_copied_first_is_left_as_it_is(tmp_path: Path) -> None:
    project = version_1(tmp_path / "old")
    (project / "project.v1.backup.db").mkdir()
    with pytest.raises(ProjectError, match=r"project\.db cannot be opened"):
        Session.open(project)
    (project / "project.v1.backup.db").rmdir()
    session = Session.open(project)
    assert len(session.reader.shapes(1)) == 1
    session.close()


def test_what_version_1_deleted_can_still_be_undone(tmp_path: Path) -> None:
    session = Session.open(version_1(tmp_path / "old"))
    session.undo()
    dog = Label("d2", "dog", "#56B4E9", 1, "2", "")
    assert session.reader.labels()[1] == dog
    session.redo()
    for _ in range(4):
        session.undo()
    assert session.reader.labels() == () and session.reader.shapes(1) == ()
    for _ in range(3):
        session.redo()
    assert session.reader.labels()[1] == dog
    session.close()


def test_a_class_is_deleted_together_with_its_marks(tmp_path: Path) -> None:
    session = Session.open(version_1(tmp_path / "old"))
    [cat] = session.reader.labels()
    session.apply(classes.mark_class(1, cat, True))
    rows = session.reader.rows_of_label("c1")
    assert rows[2] == (ClassDone(1, "c1"),)
    session.apply(actions.delete_label(cat, *rows))
    assert session.reader.done_labels(1) == frozenset()
    session.undo()
    assert session.reader.done_labels(1) == {"c1"}
    session.close()


def test_a_project_of_version_2_keeps_its_predictions_and_what_they_are_found_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", {2: migrations.STEPS[2]})
        patched.setattr(migrations, "VERSION", 2)
        session = making.project(tmp_path, images=3)
        [bolt] = making.labels(session, "bolt")
        low, high, _ = ids = session.reader.image_ids()
        session.record(
            ProposalsMade(
                3,
                tuple(ids),
                (
                    Proposal(1, 3, high, bolt.id, None, 0.9),
                    Proposal(2, 3, low, bolt.id, Box(0, 0, 9, 9), 0.2),
                ),
            )
        )
        session.apply(created(Title.DRAW_BOX, Shape(1, high, bolt.id, Box(1, 2, 3, 4), score=0.1)))
        session.close()
    session = Session.open(session.project)
    assert len(session.reader.proposals_of_run(3)) == 2
    assert search.find(session.reader, Query("run:3", Order.SCORE)) == [low, high]
    assert search.find(session.reader, Query("score<0.15")) == [high]
    assert search.find(session.reader, Query("shapes=1")) == [high]
    assert search.find(session.reader, Query("shapes=0 predicted")) == [low]
    session.close()
    with closing(sqlite3.connect(session.project / "project.v2.backup.db")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_project_of_version_4_loses_what_replaced_models_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", {n: migrations.STEPS[n] for n in (2, 3, 4)})
        patched.setattr(migrations, "VERSION", 4)
        session = making.project(tmp_path, images=1)
        [bolt] = making.labels(session, "bolt")
        number, path = runs.allocate(session.project, Task.CLASSIFY)
        run = Run(number, path.name, Task.CLASSIFY, "m", RunState.FINISHED, best_epoch=5)
        runs.write(path, run)
        session.index_runs()
        [image_id] = session.reader.image_ids()
        decided, open_one, new = (
            Proposal(i, number, image_id, bolt.id, None, i / 10) for i in (1, 2, 3)
        )
        session.record(ProposalsMade(number, (image_id,), (decided, open_one)))
        session.apply(actions.reject([decided]))
        session.close()
    # As version 4 left it when the run was trained for longer and asked again.
    with closing(sqlite3.connect(session.project / folder.DATABASE)) as connection:
        connection.execute("UPDATE run SET first_proposal = 3")
        connection.execute(
            "INSERT INTO proposal VALUES (3, ?, ?, ?, NULL, 0.3)", (number, image_id, bolt.id)
        )
        connection.commit()
    session = Session.open(session.project)
    assert session.reader.proposals(image_id) == (new,)
    assert search.find(session.reader, Query("score<0.25")) == []
    session.undo()
    assert session.reader.proposals(image_id) == (new, decided)
    session.close()

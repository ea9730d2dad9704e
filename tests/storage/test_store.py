from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.edits import Change, Edit, Title, created, deleted, replaced
from studio.domain.facts import ImagesFound, ProposalsMade, RunGone, RunsSeen, SplitsDrawn
from studio.domain.labels import Label, Tag
from studio.domain.project import Changes, Image, Split, State
from studio.domain.proposals import Decision, Proposal, Verdict
from studio.domain.runs import Run, RunState, Task
from studio.domain.shapes import Box, Mask, Part, Points, Polygon, Polyline, RotatedBox, Shape
from studio.editing import actions, classes
from studio.editing.classes import LabelRows
from studio.editing.session import Session
from studio.errors import EditConflict, ProjectError, ProjectLocked, ProjectTooNew
from studio.storage import folder, migrations, runs, search
from studio.storage.packing import pack, unpack
from studio.storage.reader import Reader
from studio.storage.search import Order, Query
from studio.storage.store import Store
from tests import making

A_BOX = Box(1, 2, 11, 12)
NEXT = migrations.VERSION + 1


@pytest.fixture
def session(tmp_path: Path):
    session = making.project(tmp_path)
    making.labels(session, "cat", "dog")
    yield session
    session.close()


def drawn(session: Session, image_id: int = 1, geometry=A_BOX) -> Shape:
    [shape_id] = session.store.reserve_ids("shape")
    shape = Shape(shape_id, image_id, session.reader.labels()[0].id, geometry)
    session.apply(created(Title.DRAW_BOX, shape))
    return shape


GEOMETRIES = (
    Box(0.5, 1, 7, 9.25),
    RotatedBox(10, 20, 5, 6, 30),
    Polygon(
        (
            Part(((0, 0), (10, 0), (10, 10)), (((6, 2), (8, 2), (8, 4)),)),
            Part(((20, 20), (30, 20), (25, 30))),
        )
    ),
    Mask(3, 4, 2, 2, b"\x00\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00"),
    Polyline(((1.5, 2), (3, 4), (5, 2))),
    Points(((1.5, 2),)),
    Points(((1.5, 2), (3, 4)), frozenset({1}), ("nose", "左眼")),
)


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=lambda g: type(g).__name__)
def test_a_shape_is_read_back_as_it_was_drawn(session: Session, geometry) -> None:
    shape = drawn(session, geometry=geometry)
    assert session.reader.shapes(1) == (shape,)
    assert unpack(pack(geometry)) == geometry


def test_an_edit_says_what_it_touched(session: Session) -> None:
    shape = Shape(99, 2, session.reader.labels()[0].id, Box(0, 0, 5, 5))
    assert session.apply(created(Title.DRAW_BOX, shape)) == Changes(images=frozenset({2}))


def test_an_edit_whose_before_is_stale_changes_nothing(session: Session) -> None:
    shape = drawn(session)
    session.apply(replaced(Title.MOVE, shape, replace(shape, geometry=Box(5, 5, 9, 9))))
    other = replace(shape, id=500)
    stale = Edit(Title.MOVE, (Change(None, other), Change(shape, replace(shape, z=4))))
    with pytest.raises(EditConflict, match="nothing was done"):
        session.apply(stale)
    assert [s.id for s in session.reader.shapes(1)] == [shape.id]
    assert session.store.undo_title() == Title.MOVE


def test_two_classes_cannot_have_one_name(session: Session) -> None:
    cat, dog = session.reader.labels()
    with pytest.raises(EditConflict):
        session.apply(replaced(Title.RENAME_CLASS, dog, replace(dog, name="CAT")))
    swap = Edit(
        Title.RENAME_CLASS,
        (Change(cat, None), Change(dog, replace(dog, name="cat"))),
    )
    session.apply(swap)
    assert [label.name for label in session.reader.labels()] == ["cat"]


def test_undo_and_redo_survive_closing_and_opening(tmp_path: Path) -> None:
    session = making.project(tmp_path)
    making.labels(session, "cat")
    first, second = drawn(session), drawn(session)
    session.apply(deleted(Title.DELETE, first))
    session.undo()
    session.close()

    session = Session.open(tmp_path / "project")
    assert session.reader.shapes(1) == (first, second)
    edit, changes = session.redo() or pytest.fail("nothing to redo")
    assert edit.title == Title.DELETE and changes.images == {1}
    assert session.reader.shapes(1) == (second,)
    for _ in range(4):
        session.undo()
    assert session.undo() is None
    assert session.reader.labels() == () and session.reader.shapes(1) == ()
    session.close()


def test_a_new_edit_ends_redo_but_the_log_keeps_everything(session: Session) -> None:
    first = drawn(session)
    session.undo()
    drawn(session)
    assert session.redo() is None
    titles = [(entry.kind, entry.title) for entry in session.store.history()]
    assert titles[:3] == [("do", "Draw box"), ("undo", "Draw box"), ("do", "Draw box")]
    assert first.id not in [shape.id for shape in session.reader.shapes(1)]


def test_ids_are_never_given_twice_even_after_undo_and_reopening(tmp_path: Path) -> None:
    session = making.project(tmp_path)
    making.labels(session, "cat")
    shape = drawn(session)
    session.undo()
    session.close()
    session = Session.open(tmp_path / "project")
    assert session.store.reserve_ids("shape")[0] > shape.id
    session.close()


def test_deleting_a_class_takes_its_labels_and_undo_brings_them_back(session: Session) -> None:
    cat = session.reader.labels()[0]
    shape = drawn(session)
    session.apply(created(Title.TAG, Tag(2, 1, cat.id)))
    assert session.reader.label_usage()[cat.id].images == 2
    session.apply(actions.delete_label(cat, *session.reader.rows_of_label(cat.id)))
    assert cat not in session.reader.labels() and session.reader.tags(2) == ()
    session.undo()
    assert session.reader.shapes(1) == (shape,)
    assert session.reader.tags(2) == (Tag(2, 1, cat.id),)


def test_one_window_owns_a_project_and_others_read(session: Session, tmp_path: Path) -> None:
    with pytest.raises(ProjectLocked, match="already open"):
        Store.open(tmp_path / "project")
    with Reader.open(tmp_path / "project") as reader:
        shape = drawn(session)
        assert reader.shapes(1) == (shape,)
        with pytest.raises(sqlite3.OperationalError):
            reader._connection.execute("DELETE FROM shape")


def test_a_read_only_project_is_refused_at_the_door_and_not_at_the_first_edit(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()
    # Asked of the mode alone, for an administrator may write everywhere.
    monkeypatch.setattr("os.access", lambda path, _: bool(Path(path).stat().st_mode & 0o200))
    (tmp_path / "project" / folder.DATABASE).chmod(0o444)
    with pytest.raises(ProjectError, match=r"Cannot write to .*project: .*\. Put the project into"):
        Store.open(tmp_path / "project")
    (tmp_path / "project" / folder.DATABASE).chmod(0o644)
    Store.open(tmp_path / "project").close()


def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(session: Session) -> None:
    connection = session.store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    drawn(session)
    with pytest.raises(ProjectError, match=r"cannot be written: .*full.*free space"):
        for _ in range(2_000):
            drawn(session, geometry=GEOMETRIES[2])
    shapes = session.reader.shapes(1)
    connection.execute("PRAGMA max_page_count = 1000000")
    drawn(session)
    assert len(session.reader.shapes(1)) == len(shapes) + 1


def test_files_that_are_no_project_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not a Vision Studio project"):
        Store.open(tmp_path)
    (tmp_path / "project.db").write_bytes(b"this is no database, only text" * 100)
    with pytest.raises(ProjectError, match="damaged or not a Vision Studio project"):
        Store.open(tmp_path)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (x)")
    (tmp_path / "other.db").replace(tmp_path / "project.db")
    with pytest.raises(ProjectError, match="is not a Vision Studio project"):
        Store.open(tmp_path)


def test_a_project_where_nothing_can_be_written_can_be_read(tmp_path: Path) -> None:
    project = tmp_path / "a 100% project" / "of 猫"
    making.project(project).close()
    # Whoever may write anywhere is refused too where the names of SQLite's own files are taken.
    for name in ("project.db-wal", "project.db-shm"):
        (project / "project" / name).mkdir()
    with pytest.raises(ProjectError, match="cannot be opened: unable to open"):
        Reader.open(project / "project")
    (project / "project" / "project.db-wal").rmdir()
    with Reader.open(project / "project") as reader:
        assert reader.image_count() == 3


def test_a_run_that_cannot_be_begun_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("in its place")
    with pytest.raises(ProjectError, match=r"Cannot write to .*: File exists"):
        runs.allocate(tmp_path, Task.DETECT)


@pytest.mark.parametrize("table", ["history", "run"])
def test_what_is_damaged_within_is_said_and_a_copy_put_back_opens(
    tmp_path: Path, table: str
) -> None:
    session = making.project(tmp_path)
    making.labels(session, "cat")
    session.close()
    path = tmp_path / "project" / folder.DATABASE
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        [[page]] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])
    start, end = size * (page - 1), size * page
    path.write_bytes(whole[:start] + bytes(size) + whole[end:])
    with pytest.raises(ProjectError, match=r"malformed.*copy of the project"):
        Session.open(tmp_path / "project")
    path.write_bytes(whole)
    Session.open(tmp_path / "project").close()


def test_a_newer_project_is_refused_in_a_sentence(tmp_path: Path) -> None:
    Store.create(tmp_path / "p").close()
    with closing(sqlite3.connect(tmp_path / "p" / "project.db")) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    for opener in (Store.open, Reader.open):
        with pytest.raises(ProjectTooNew, match="newer Vision Studio"):
            opener(tmp_path / "p")


def test_a_project_is_not_made_over_another(tmp_path: Path) -> None:
    Store.create(tmp_path / "p").close()
    with pytest.raises(ProjectError, match="already holds a project"):
        Store.create(tmp_path / "p")


def test_an_upgrade_keeps_a_copy_and_records_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.create(tmp_path / "p").close()
    monkeypatch.setattr(migrations, "STEPS", {NEXT: "ALTER TABLE root ADD COLUMN alias TEXT"})
    monkeypatch.setattr(migrations, "VERSION", NEXT)
    with pytest.raises(ProjectError, match="older version"):
        Reader.open(tmp_path / "p")
    Store.open(tmp_path / "p").close()
    with closing(sqlite3.connect(tmp_path / "p" / "project.db")) as connection:
        recorded = [row[0] for row in connection.execute("SELECT version FROM migration")]
        assert recorded == list(range(1, NEXT + 1))
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
    with closing(sqlite3.connect(tmp_path / "p" / f"project.v{NEXT - 1}.backup.db")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)


def test_an_upgrade_that_fails_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.create(tmp_path / "p").close()
    monkeypatch.setattr(
        migrations, "STEPS", {NEXT: "ALTER TABLE root ADD COLUMN a; SELECT nonsense"}
    )
    monkeypatch.setattr(migrations, "VERSION", NEXT)
    with pytest.raises(sqlite3.OperationalError):
        Store.open(tmp_path / "p")
    with closing(sqlite3.connect(tmp_path / "p" / "project.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(root)")]
    assert columns == ["id", "path"]


# Facts ----------------------------------------------------------------------------------------


def test_facts_are_recorded_and_never_undone(session: Session) -> None:
    before = session.store.undo_title()
    image = session.reader.image(1)
    changes = session.record(ImagesFound((replace(image, width=640, problem=""),)))
    assert changes == Changes(images=frozenset({1}), image_list=True)
    assert session.reader.image(1).width == 640
    assert session.store.undo_title() == before


def test_a_drawn_split_sticks_and_a_humans_split_wins(session: Session) -> None:
    session.record(SplitsDrawn({1: Split.VAL}))
    session.record(SplitsDrawn({1: Split.TRAIN}))
    [annotated] = session.reader.annotated([1])
    assert annotated.split is Split.VAL
    session.apply(actions.assign_split([session.reader.status(1)], Split.TEST))
    [annotated] = session.reader.annotated([1])
    assert annotated.split is Split.TEST
    session.record(ImagesFound((replace(annotated.image, width=9, auto_split=None),)))
    assert session.reader.image(1).auto_split is Split.VAL


def test_proposals_are_replaced_unless_a_human_decided(session: Session) -> None:
    label = session.reader.labels()[0].id
    first, second = (Proposal(i, 7, 1, label, Box(0, 0, i, i), 0.5) for i in (11, 12))
    session.record(ProposalsMade(7, (1,), (first, second)))
    session.apply(actions.reject([first]))
    assert session.reader.proposals(1, 7) == (second,)
    third = replace(second, id=13, score=0.9)
    session.record(ProposalsMade(7, (1,), (third,)))
    assert session.reader.proposals(1) == (third,)
    session.undo()
    assert session.reader.proposals(1) == (third, first)


def test_proposals_of_a_deleted_class_wait_for_its_return(session: Session) -> None:
    cat = session.reader.labels()[0]
    proposal = Proposal(1, 7, 1, cat.id, Box(0, 0, 5, 5), 0.8)
    session.record(ProposalsMade(7, (1,), (proposal,)))
    session.apply(actions.delete_label(cat, *session.reader.rows_of_label(cat.id)))
    assert session.reader.proposals(1) == session.reader.proposals_of_run(7) == ()
    gone = actions.accept(
        [proposal], session.store.reserve_ids("shape"), session.reader.tag_groups(), ()
    )
    with pytest.raises(EditConflict, match="no longer in the project"):
        session.apply(gone)
    session.undo()
    assert session.reader.proposals(1) == (proposal,)


def test_accepting_is_an_edit_that_remembers_its_run(session: Session) -> None:
    label = session.reader.labels()[0].id
    proposals = (
        Proposal(1, 7, 1, label, Box(0, 0, 5, 5), 0.8),
        Proposal(2, 7, 2, label, None, 0.9),
    )
    session.record(ProposalsMade(7, (1, 2), proposals))
    edit = actions.accept(
        proposals, session.store.reserve_ids("shape", 1), session.reader.tag_groups(), ()
    )
    session.apply(edit)
    [shape] = session.reader.shapes(1)
    assert (shape.run, shape.score, shape.geometry) == (7, 0.8, Box(0, 0, 5, 5))
    assert session.reader.tags(2)[0].run == 7
    assert session.reader.proposals_of_run(7) == ()
    session.undo()
    assert session.reader.shapes(1) == () and len(session.reader.proposals_of_run(7)) == 2


def test_an_accepted_tag_never_replaces_a_humans(session: Session) -> None:
    cat, dog = session.reader.labels()
    human = Tag(1, 1, cat.id)
    session.apply(created(Title.TAG, human))
    edit = actions.accept(
        [Proposal(1, 7, 1, dog.id, None, 0.99)], (), session.reader.tag_groups(), (human,)
    )
    assert not edit


def test_a_discarded_run_takes_its_open_proposals_along(session: Session) -> None:
    label = session.reader.labels()[0].id
    session.record(RunsSeen((Run(7, "0007-detect", Task.DETECT, "m", RunState.FINISHED),)))
    kept, lost = (Proposal(i, 7, 1, label, Box(0, 0, 3, 3), 0.5) for i in (1, 2))
    session.record(ProposalsMade(7, (1,), (kept, lost)))
    session.apply(created(Title.REJECT, Verdict(kept.id, 1, 7, Decision.REJECTED)))
    session.record(RunGone(7))
    assert session.reader.runs() == () and session.reader.proposals(1) == ()


def test_a_better_model_of_a_run_takes_the_open_proposals_of_the_one_before(
    session: Session,
) -> None:
    label = session.reader.labels()[0].id
    run = Run(7, "0007-detect", Task.DETECT, "m", RunState.FINISHED, best_epoch=5)
    other = replace(run, number=8, folder="0008-detect")
    session.record(RunsSeen((run, other)))
    turned_down, old, of_other = (
        Proposal(i, number, 1, label, Box(0, 0, 3, 3), 0.5)
        for i, number in ((1, 7), (2, 7), (3, 8))
    )
    session.record(ProposalsMade(7, (1,), (turned_down, old), 5))
    session.record(ProposalsMade(8, (1,), (of_other,), 5))
    session.apply(actions.reject([turned_down]))

    session.record(RunsSeen((replace(run, epochs=9),)))
    assert session.reader.proposals(1, 7) == (old,), "nothing was better"
    session.record(RunsSeen((replace(run, best_epoch=8),)))
    assert session.reader.proposals(1) == (of_other,)
    assert search.find(session.reader, Query("run:7")) == []
    session.undo()
    assert session.reader.proposals(1, 7) == (turned_down,), "the human's own is taken back"

    late, new = (replace(old, id=i, score=0.9) for i in (4, 5))
    session.record(ProposalsMade(7, (2,), (replace(late, image_id=2),), 5))
    assert session.reader.proposals(2) == () and session.reader.images_predicted(7) == set()
    session.record(ProposalsMade(7, (1,), (new,), 8))
    assert session.reader.proposals(1, 7) == (new,)
    assert session.reader.images_predicted(7) == {1}


def test_the_first_best_model_takes_the_open_proposals_of_one_that_learned_no_whole_epoch(
    session: Session,
) -> None:
    label = session.reader.labels()[0].id
    stopped = Run(7, "0007-detect", Task.DETECT, "m", RunState.STOPPED)
    session.record(RunsSeen((stopped,)))
    early = Proposal(1, 7, 1, label, Box(0, 0, 3, 3), 0.5)
    session.record(ProposalsMade(7, (1,), (early,), 0))
    session.record(RunsSeen((replace(stopped, state=RunState.FAILED),)))
    assert session.reader.proposals(1, 7) == (early,), "nothing was better"
    trained = replace(stopped, state=RunState.FINISHED, epochs=3, best_epoch=2)
    session.record(RunsSeen((trained,)))
    assert session.reader.proposals(1, 7) == ()
    assert not trained.has_model_of(stopped)

    late, unknown = (replace(early, id=i, image_id=i) for i in (2, 3))
    session.record(ProposalsMade(7, (2,), (late,), 0))
    session.record(ProposalsMade(7, (3,), (unknown,)))
    assert session.reader.proposals(2, 7) == ()
    assert session.reader.proposals(3, 7) == (unknown,), "an older program's file does not tell"


def test_a_run_whose_best_epoch_an_older_program_did_not_note_keeps_its_proposals(
    session: Session,
) -> None:
    label = session.reader.labels()[0].id
    old = Run(7, "0007-detect", Task.DETECT, "m", RunState.FINISHED, epochs=5)
    session.record(RunsSeen((old,)))
    made = Proposal(1, 7, 1, label, Box(0, 0, 3, 3), 0.5)
    session.record(ProposalsMade(7, (1,), (made,)))
    named = replace(old, best_epoch=4)
    session.record(RunsSeen((named,)))
    assert session.reader.proposals(1, 7) == (made,) and named.has_model_of(old)


def test_a_run_that_takes_the_number_of_a_deleted_one_takes_none_of_its_proposals(
    session: Session,
) -> None:
    label = session.reader.labels()[0].id
    run = Run(7, "0007-detect", Task.DETECT, "m", RunState.FINISHED)
    session.record(RunsSeen((run,)))
    session.record(RunGone(7))
    session.record(ProposalsMade(7, (1,), (Proposal(1, 7, 1, label, None, 0.5),)))
    session.record(RunsSeen((run,)))
    assert session.reader.proposals(1, 7) == ()


# Actions --------------------------------------------------------------------------------------


def test_tagging_is_exclusive_until_the_group_says_otherwise(session: Session) -> None:
    cat, dog = session.reader.labels()
    [group] = session.reader.tag_groups()

    def tag(label) -> None:
        [now] = session.reader.tag_groups()
        session.apply(actions.tag(1, now, label, session.reader.tags(1)))

    tag(cat)
    tag(dog)
    assert [t.label for t in session.reader.tags(1)] == [dog.id]
    tag(dog)
    assert session.reader.tags(1) == ()
    session.apply(actions.set_multi_label(group, True))
    tag(cat)
    tag(dog)
    assert {t.label for t in session.reader.tags(1)} == {cat.id, dog.id}


def test_states_are_kept_apart_for_tags_and_shapes(session: Session) -> None:
    session.apply(actions.mark([session.reader.status(1)], State.DONE, shapes=False))
    status = session.reader.status(1)
    assert (status.tags, status.shapes) == (State.DONE, State.NEW)


def test_moved_shapes_stay_on_the_image_and_locked_ones_stay_put(session: Session) -> None:
    shape = drawn(session)
    locked = replace(drawn(session), locked=True)
    edit = actions.move_shapes([shape, locked], -50, 1000, 64, 48)
    assert [change.after.geometry for change in edit.changes] == [Box(0, 38, 10, 48)]


def test_removing_an_image_hides_it_and_undo_brings_it_back(session: Session) -> None:
    session.apply(actions.remove_images([session.reader.status(2)]))
    assert session.reader.image_ids() == [1, 3]
    session.undo()
    assert session.reader.image_ids() == [1, 2, 3]
    assert isinstance(session.reader.image(2), Image)


def test_proposals_of_a_merged_class_are_of_the_one_that_it_became(session: Session) -> None:
    cat, dog = session.reader.labels()[:2]
    [lynx] = making.labels(session, "lynx")
    of_cat = Proposal(1, 7, 1, cat.id, Box(0, 0, 5, 5), 0.8)
    of_dog = Proposal(2, 7, 2, dog.id, None, 0.9)
    session.record(ProposalsMade(7, (1, 2), (of_cat, of_dog)))

    def merge(merged: Label, into: Label) -> None:
        rows = (LabelRows(*session.reader.rows_of_label(each.id)) for each in (merged, into))
        session.apply(classes.merge([merged], into, [next(rows)], next(rows)))

    merge(cat, dog)
    merge(dog, lynx)
    assert session.reader.proposals(1) == (replace(of_cat, label=lynx.id),)
    assert [each.label for each in session.reader.proposals_of_run(7)] == [lynx.id] * 2
    assert session.reader.scores_proposed(7, (1,)) == {1: {(lynx.id, 0.8)}}
    assert search.find(session.reader, Query("score<0.85")) == [1]
    later = Proposal(3, 7, 3, cat.id, None, 0.7)  # of a model that was loaded before
    session.record(ProposalsMade(7, (3,), (later,)))
    assert search.find(session.reader, Query("predicted", Order.SCORE)) == [3, 1, 2]
    accepted = actions.accept(
        session.reader.proposals(1),
        session.store.reserve_ids("shape", 1),
        session.reader.tag_groups(),
        (),
    )
    session.apply(accepted)
    assert session.reader.shapes(1)[0].label == lynx.id
    for _ in range(2):
        session.undo()
    assert session.reader.proposals(1) == (replace(of_cat, label=dog.id),)
    session.undo()
    assert session.reader.proposals(1) == (of_cat,)
    session.redo()
    session.apply(actions.delete_label(dog, *session.reader.rows_of_label(dog.id)))
    assert search.find(session.reader, Query("predicted")) == []
    session.undo()
    assert search.find(session.reader, Query("predicted")) == [1, 2, 3]

"""Random edits, undo, redo and reopening, against a plain model of what should be there."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studio.domain.edits import Change, Edit, Row, Title, created, deleted, replaced
from studio.domain.labels import ClassDone, Label, MergedLabel, Tag, new_label
from studio.domain.project import ImageStatus, State
from studio.domain.shapes import Box, Shape
from studio.editing import actions, classes, restoring
from studio.editing.session import Session
from studio.errors import EditConflict
from studio.storage import search
from studio.storage.past import Past
from studio.storage.search import Query
from studio.storage.tables import table_of
from tests import making

IMAGES = (1, 2, 3)
Rows = frozenset[Row]


class ProjectMachine(RuleBasedStateMachine):
    """``past`` and ``future`` are whole states; the store must always equal the present one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.session = making.project(self.folder, images=len(IMAGES))
        self.present: Rows = frozenset(ImageStatus(image_id) for image_id in IMAGES)
        self.past: list[Rows] = []
        self.future: list[Rows] = []
        self.moments: dict[int, Rows] = {}

    def rows(self, kind: type) -> list:
        return sorted((row for row in self.present if type(row) is kind), key=repr)

    def apply(self, edit: Edit) -> None:
        self.session.apply(edit)
        if not edit:
            return
        gone = {change.before for change in edit.changes} - {None}
        new = {change.after for change in edit.changes} - {None}
        self.past.append(self.present)
        self.present = (self.present - gone) | new
        self.future.clear()
        self.remember()

    def remember(self) -> None:
        """Note what is there after the newest entry of the log."""
        self.moments[self.session.store.history(1)[0].seq] = self.present

    @initialize(names=st.sets(st.sampled_from(("cat", "Hund", "猫")), min_size=1))
    def add_classes(self, names: set[str]) -> None:
        for number, name in enumerate(sorted(names)):
            label = replace(new_label(name, self.rows(Label)), id=f"{number:032x}")
            self.apply(actions.add_label(label))

    @precondition(lambda self: self.rows(Label))
    @rule(data=st.data(), x=st.floats(0, 40), y=st.floats(0, 30), size=st.floats(0, 20))
    def draw(self, data: st.DataObject, x: float, y: float, size: float) -> None:
        [shape_id] = self.session.store.reserve_ids("shape")
        label = data.draw(st.sampled_from(self.rows(Label)))
        image_id = data.draw(st.sampled_from(IMAGES))
        shape = Shape(shape_id, image_id, label.id, Box(x, y, x + size, y + size))
        self.apply(actions.draw(Title.DRAW_BOX, shape))

    @precondition(lambda self: self.rows(Shape))
    @rule(data=st.data(), dx=st.floats(-99, 99), dy=st.floats(-99, 99))
    def move(self, data: st.DataObject, dx: float, dy: float) -> None:
        shapes = data.draw(st.lists(st.sampled_from(self.rows(Shape)), unique=True))
        self.apply(actions.move_shapes(shapes, dx, dy, 64, 48))

    @precondition(lambda self: self.rows(Shape))
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        shape = data.draw(st.sampled_from(self.rows(Shape)))
        field, value = data.draw(
            st.sampled_from((("z", 3), ("locked", True), ("ignore", True), ("note", "späte Notiz")))
        )
        self.apply(replaced(Title.ORDER, shape, replace(shape, **{field: value})))

    @precondition(lambda self: self.rows(Shape))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        shapes = data.draw(st.lists(st.sampled_from(self.rows(Shape)), unique=True))
        self.apply(actions.delete_shapes(shapes))

    @precondition(lambda self: self.rows(Label))
    @rule(data=st.data())
    def tag(self, data: st.DataObject) -> None:
        [group] = self.session.reader.tag_groups()
        label = data.draw(st.sampled_from(self.rows(Label)))
        image_id = data.draw(st.sampled_from(IMAGES))
        self.apply(actions.tag(image_id, group, label, self.rows(Tag)))

    @precondition(lambda self: self.rows(Label))
    @rule(data=st.data())
    def delete_class(self, data: st.DataObject) -> None:
        label = data.draw(st.sampled_from(self.rows(Label)))
        self.apply(actions.delete_label(label, *self.session.reader.rows_of_label(label.id)))

    @precondition(lambda self: len(self.rows(Label)) > 1)
    @rule(data=st.data())
    def merge_classes(self, data: st.DataObject) -> None:
        into, *merged = data.draw(
            st.lists(st.sampled_from(self.rows(Label)), min_size=2, unique=True)
        )
        reader = self.session.reader
        used = [classes.LabelRows(*reader.rows_of_label(label.id)) for label in merged]
        standing = classes.LabelRows(*reader.rows_of_label(into.id))
        self.apply(classes.merge(merged, into, used, standing))

    @precondition(lambda self: self.rows(Label))
    @rule(data=st.data(), group=st.sampled_from(("", "animal", "动物")))
    def group_class(self, data: st.DataObject, group: str) -> None:
        label = data.draw(st.sampled_from(self.rows(Label)))
        self.apply(classes.set_group([label], group, self.rows(Label)))

    @precondition(lambda self: self.rows(Label))
    @rule(data=st.data())
    def mark_class(self, data: st.DataObject) -> None:
        label = data.draw(st.sampled_from(self.rows(Label)))
        image_id = data.draw(st.sampled_from(IMAGES))
        done = ClassDone(image_id, label.id) in self.present
        self.apply(classes.mark_class(image_id, label, not done))

    @rule(image_id=st.sampled_from(IMAGES), state=st.sampled_from(State))
    def mark(self, image_id: int, state: State) -> None:
        status = next(row for row in self.rows(ImageStatus) if row.image_id == image_id)
        self.apply(actions.mark([status], state))

    @rule()
    def undo(self) -> None:
        done = self.session.undo()
        assert (done is not None) == bool(self.past)
        if done:
            self.future.append(self.present)
            self.present = self.past.pop()
            self.remember()

    @rule()
    def redo(self) -> None:
        done = self.session.redo()
        assert (done is not None) == bool(self.future)
        if done:
            self.past.append(self.present)
            self.present = self.future.pop()
            self.remember()

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.session = Session.open(self.folder / "project")

    @precondition(lambda self: self.moments)
    @rule(data=st.data(), image_id=st.sampled_from(IMAGES))
    def look_back(self, data: st.DataObject, image_id: int) -> None:
        seq = data.draw(st.sampled_from(sorted(self.moments)))
        with Past.open(self.folder / "project") as past:
            moment = past.image_at(image_id, seq)
            assert past.image_now(image_id) == past.image_at(image_id, max(self.moments))
        rows = self.moments[seq]
        assert {moment.status, *moment.shapes, *moment.tags, *moment.marks} == {
            row for row in rows if getattr(row, "image_id", 0) == image_id
        }
        assert {*moment.labels, *moment.merged} == {
            row for row in rows if isinstance(row, Label | MergedLabel)
        }

    @precondition(lambda self: self.moments)
    @rule(data=st.data(), image_id=st.sampled_from(IMAGES))
    def restore(self, data: st.DataObject, image_id: int) -> None:
        seq = data.draw(st.sampled_from(sorted(self.moments)))
        with Past.open(self.folder / "project") as past:
            now, then = past.image_now(image_id), past.image_at(image_id, seq)
            self.apply(restoring.restore(now, then))
            restored = past.image_now(image_id)
        assert restored.status == then.status
        if {label.name for label in now.labels} & {label.name for label in then.labels} <= {
            label.name for label in then.labels if label.id in {each.id for each in now.labels}
        }:  # no namesake stands for a class that was deleted
            assert restored.shapes == then.shapes
            assert set(restored.tags) == set(then.tags) and set(restored.marks) == set(then.marks)
        else:
            assert [s.geometry for s in restored.shapes] == [s.geometry for s in then.shapes]

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def revert(self, data: st.DataObject) -> None:
        """An edit is taken back alone, or refused in a sentence and nothing has changed."""
        seq = data.draw(st.sampled_from(sorted(self.moments)))
        with Past.open(self.folder / "project") as past:
            try:
                edit = restoring.revert(past, seq)
            except EditConflict:
                return
        self.apply(edit)

    @invariant()
    def store_equals_model(self) -> None:
        found: set[Row] = {*self.session.reader.labels(), *self.session.reader.merged_labels()}
        for annotated in self.session.reader.annotated(list(IMAGES)):
            found |= {annotated.status, *annotated.tags, *annotated.shapes}
            found |= {ClassDone(annotated.image.id, label) for label in annotated.done_labels}
        assert found == self.present

    @invariant()
    def a_class_stands_or_was_merged(self) -> None:
        standing = {label.id for label in self.rows(Label)}
        assert all(m.into in standing and m.id not in standing for m in self.rows(MergedLabel))

    @invariant()
    def images_are_found_by_their_number_of_shapes(self) -> None:
        drawn = Counter(shape.image_id for shape in self.rows(Shape))
        for image_id in IMAGES:
            assert image_id in search.find(self.session.reader, Query(f"shapes={drawn[image_id]}"))

    def teardown(self) -> None:
        self.session.close()
        shutil.rmtree(self.folder)


TestProjectMachine = ProjectMachine.TestCase
TestProjectMachine.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_every_row_type_has_a_table() -> None:
    for row in (created(Title.TAG, Tag(1, 1, "a")), deleted(Title.TAG, Tag(1, 1, "a"))):
        assert all(
            table_of(each).name == "tag"
            for change in row.changes
            for each in (change.before, change.after)
            if each
        )
    assert Change(None, Tag(1, 1, "a")).inverse() == Change(Tag(1, 1, "a"), None)

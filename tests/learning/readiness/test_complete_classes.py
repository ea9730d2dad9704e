"""An image that is complete for cars says nothing of people, neither yes nor no."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.domain.edits import Title, created, replaced
from studio.domain.labels import Label, Tag
from studio.domain.project import Split, State
from studio.domain.runs import Task
from studio.domain.shapes import Box, Part, Polygon, Shape
from studio.editing import actions, classes
from studio.editing.session import Session
from studio.learning import preparation, snapshot
from studio.learning.events import Notice
from studio.learning.readiness import dataset
from studio.learning.snapshot import FrozenImage, Truth
from studio.learning.spec import ModelSpec
from studio.learning.tasks import adapter_for
from studio.learning.tasks.losses import Criterion
from tests import making
from tests.learning import scenes

OUTLINE = Polygon((Part(((4.0, 4.0), (24.0, 4.0), (14.0, 20.0))),))


@pytest.fixture
def session(tmp_path: Path):
    session = making.project(tmp_path, images=12)
    making.labels(session, "car", "person")
    yield session
    session.close()


def draw(session: Session, label: Label, image_ids: list[int]) -> None:
    ids = session.store.reserve_ids("shape", len(image_ids))
    shapes = (Shape(n, i, label.id, OUTLINE) for n, i in zip(ids, image_ids, strict=True))
    session.apply(created(Title.DRAW_POLYGON, *shapes))


def mark(session: Session, label: Label, image_ids: list[int]) -> None:
    for image_id in image_ids:
        session.apply(classes.mark_class(image_id, label, True))


def frozen(session: Session, task: Task) -> dict[int, FrozenImage]:
    return {image.id: image for image in dataset.freeze(session.reader, task, 0, 0.2).images}


def done(session: Session, image_ids: list[int]) -> None:
    statuses = [session.reader.status(image_id) for image_id in image_ids]
    session.apply(actions.mark(statuses, State.DONE))


def test_boxes_and_instances_leave_an_image_out_that_is_complete_for_some_classes(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:6])
    draw(session, person, ids[:3])
    done(session, ids[:4])
    mark(session, car, ids[4:6])
    for task in (Task.DETECT, Task.INSTANCES):
        found = dataset.readiness(session.reader)[task]
        assert found.images == 4
        assert str(found.advice[-1]) == (
            "2 images are complete for some of the classes only; they are left out."
        )
        made = dataset.freeze(session.reader, task, 0, 0.2)
        assert {image.id for image in made.images} == set(ids[:4])
        assert [(each.file, str(each.sentence)) for each in made.left_out] == [
            (name, "It is complete for some of the classes only; it is left out.")
            for name in ("004.png", "005.png")
        ]


def test_too_few_complete_images_are_told_of_where_training_is_blocked(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:5])
    draw(session, person, ids[:1])
    mark(session, car, ids[:4])
    found = dataset.readiness(session.reader)[Task.DETECT]
    assert not found.ready
    assert [str(sentence) for sentence in found.missing] == [
        "Boxes on 3 more images.",
        "4 images are complete for some of the classes only; they are left out.",
    ]


def test_complete_for_every_class_that_is_taught_is_as_good_as_done(session) -> None:
    car, _ = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:5])
    mark(session, car, ids[:6])
    made = frozen(session, Task.DETECT)
    assert made.keys() == set(ids[:6])
    assert made[ids[5]].truths == ()  # looked at, and no car is on it
    events = preparation.freeze(session.project, scenes.config(Task.DETECT), scenes.never)
    assert not [event for event in events if isinstance(event, Notice)]


def test_done_as_a_whole_beats_the_marks_of_single_classes(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:4])
    draw(session, person, ids[3:5])
    mark(session, car, ids[:4])
    done(session, ids[:5])
    assert frozen(session, Task.DETECT).keys() == set(ids[:5])


def test_segmentation_learns_what_is_drawn_and_takes_the_rest_for_unknown(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:5])
    draw(session, person, ids[:3])
    done(session, ids[:4])
    mark(session, car, ids[4:6])
    made = frozen(session, Task.SEGMENT)
    assert made.keys() == set(ids[:5])
    assert made[ids[4]].unknown == (person.id,)
    spec = ModelSpec(Task.SEGMENT, scenes.config(Task.SEGMENT), (car, person))
    adapter = adapter_for(spec)
    classes_of = {i: adapter.class_map(made[i], (64, 48)) for i in (ids[3], ids[4])}
    assert set(np.unique(classes_of[ids[3]])) == {0, 1}
    assert set(np.unique(classes_of[ids[4]])) == {1, 255}


def test_several_tags_an_image_leave_unknown_ones_out_of_loss_and_metrics(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    [group] = session.reader.tag_groups()
    session.apply(replaced(Title.TAG_MODE, group, replace(group, multi_label=True)))
    tags = [Tag(i, 1, car.id) for i in ids[:9]] + [Tag(i, 1, person.id) for i in ids[:5]]
    session.apply(created(Title.TAG, *tags))
    done(session, ids[:8])
    mark(session, car, ids[8:10])  # tagged as a car, and looked at without finding one
    draw(session, car, [ids[10]])
    mark(session, car, [ids[10]])  # a car was drawn but nobody tagged it
    made = frozen(session, Task.CLASSIFY)
    assert made.keys() == set(ids[:10])
    assert made[ids[4]].unknown == ()
    assert made[ids[8]].unknown == made[ids[9]].unknown == (person.id,)

    spec = ModelSpec(Task.CLASSIFY, scenes.config(Task.CLASSIFY), (car, person), multi_label=True)
    adapter = adapter_for(spec)
    sample = adapter.prepare(np.zeros((48, 64, 3), np.uint8), made[ids[8]], None)
    assert sample.target["known"].tolist() == [1, 0]
    logits = [torch.tensor([[0.3, wild]]) for wild in (-9.0, 9.0)]
    usual = Criterion.usual(spec)
    first, second = (adapter._loss(each, [sample], usual) for each in logits)
    assert first == second

    truth = adapter.truth(made[ids[8]])
    says = {"scores": {"car": 0.9, "person": 0.9}}
    rows = {row["label"]: row for row in adapter.score([truth], [says]).per_class}
    assert rows["car"]["f1"] == 1 and rows["person"]["f1"] is None
    assert adapter.score([truth], [says]).metrics["accuracy"] == 1
    assert adapter.badness(truth, says) == pytest.approx(0.1)


def test_a_frozen_data_set_keeps_the_unknown_and_older_ones_still_load(tmp_path: Path) -> None:
    label = Label("a", "car", "#000000", 0)
    source = FrozenImage(
        1, "a.png", "a.png", "", 64, 48, Split.TRAIN, truths=(Truth("a", OUTLINE),), unknown=("b",)
    )
    frozen_set = snapshot.Snapshot(Task.SEGMENT, (label,), (source,), grey={})
    snapshot.write(tmp_path, frozen_set)
    assert snapshot.read(tmp_path) == frozen_set
    path = tmp_path / "dataset.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    del value["images"][0]["unknown"]
    path.write_text(json.dumps(value), encoding="utf-8")
    assert snapshot.read(tmp_path).images == (replace(source, unknown=()),)


def test_a_skipped_image_stays_out_whatever_is_marked_on_it(session) -> None:
    car, _ = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:5])
    mark(session, car, ids[:6])
    session.apply(actions.mark([session.reader.status(ids[5])], State.SKIPPED))
    assert ids[5] not in frozen(session, Task.DETECT)


def test_present_images_are_judged_by_what_the_model_tells_apart(session) -> None:
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:2])
    mark(session, car, ids[:2])
    statuses = [session.reader.status(i) for i in ids[:2]]
    session.apply(actions.assign_split(statuses, Split.TEST))
    both = dataset.present(session.reader, Task.DETECT, (car, person), Split.TEST)
    cars = dataset.present(session.reader, Task.DETECT, (car,), Split.TEST)
    assert both == () and {image.id for image in cars} == set(ids[:2])


def test_a_box_marked_complete_is_no_background_elsewhere(session) -> None:
    """A bare box teaches no mask, so the image teaches a segmenter nothing and is passed over."""
    car, person = session.reader.labels()
    ids = session.reader.image_ids()
    draw(session, car, ids[:4])
    draw(session, person, ids[:4])
    [number] = session.store.reserve_ids("shape")
    session.apply(created(Title.DRAW_BOX, Shape(number, ids[5], car.id, Box(1, 1, 9, 9))))
    mark(session, car, [ids[5]])
    assert frozen(session, Task.SEGMENT).keys() == set(ids[:4])

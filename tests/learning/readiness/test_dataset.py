"""What a project offers each task, what is missing, and what a run freezes."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.domain import geometry as geo
from studio.domain.edits import Title, created, replaced
from studio.domain.facts import ImagesFound
from studio.domain.labels import Tag
from studio.domain.project import Split, State
from studio.domain.runs import Task
from studio.domain.shapes import Box, Part, Points, Polygon, Polyline, Shape
from studio.editing import actions
from studio.editing.session import Session
from studio.errors import NotEnoughLabels, say
from studio.learning import inspection, preparation, snapshot
from studio.learning.events import Notice
from studio.learning.readiness import dataset
from studio.learning.snapshot import LeftOut, Snapshot
from studio.storage import runs
from tests import making
from tests.learning import arrows, scenes


@pytest.fixture
def session(tmp_path: Path):
    session = making.project(tmp_path, images=12)
    yield session
    session.close()


def tag(session: Session, image_ids: list[int], label: str) -> None:
    session.apply(created(Title.TAG, *(Tag(image_id, 1, label) for image_id in image_ids)))


def draw(session: Session, label: str, geometries: dict[int, object], **fields: object) -> None:
    ids = session.store.reserve_ids("shape", len(geometries))
    session.apply(
        created(
            Title.DRAW_BOX,
            *(
                Shape(shape_id, image_id, label, geometry, **fields)
                for shape_id, (image_id, geometry) in zip(ids, geometries.items(), strict=True)
            ),
        )
    )


def missing(session: Session, task: Task) -> list[str]:
    return [str(sentence) for sentence in dataset.readiness(session.reader)[task].missing]


def test_more_classes_than_a_pixel_can_name_are_too_many(session):
    """The next one would be the number that stands for what is not known."""

    def add(*names: str) -> None:
        outline = geo.polygon((2, 2), (20, 2), (20, 20))
        for label in making.labels(session, *names):
            draw(session, label.id, dict.fromkeys(session.reader.image_ids()[:4], outline))

    add(*(f"class {number}" for number in range(254)))
    assert missing(session, Task.SEGMENT) == []
    add("one more")
    assert missing(session, Task.SEGMENT) == [
        "Fewer classes: there are 255, and a model that segments learns 254 at most."
    ]
    assert missing(session, Task.INSTANCES) == []


def test_an_empty_project_says_what_each_task_needs(session):
    assert missing(session, Task.CLASSIFY) == ["2 classes, each with at least 5 images."]
    assert missing(session, Task.DETECT) == ["Boxes on 4 more images."]
    assert missing(session, Task.SEGMENT) == ["Outlines or masks on 4 more images."]


def test_a_classifier_counts_what_each_class_still_needs(session):
    bolt, washer = making.labels(session, "bolt", "washer")
    ids = session.reader.image_ids()
    tag(session, ids[:6], bolt.id)
    tag(session, ids[6:8], washer.id)
    assert missing(session, Task.CLASSIFY) == ["3 more images of washer."]
    tag(session, ids[8:11], washer.id)
    found = dataset.readiness(session.reader)[Task.CLASSIFY]
    assert found.ready and found.per_label == {bolt.id: 6, washer.id: 5}
    assert found.train_images + found.val_images == 11


def test_a_rare_third_class_is_advised_on_but_does_not_block(session):
    a, b, rare = making.labels(session, "a", "b", "rare")
    ids = session.reader.image_ids()
    tag(session, ids[:5], a.id)
    tag(session, ids[5:10], b.id)
    tag(session, ids[10:11], rare.id)
    found = dataset.readiness(session.reader)[Task.CLASSIFY]
    assert found.ready
    assert [str(s) for s in found.advice] == [
        "rare is on very few images (1) and will hardly be learned; 20 or more are better."
    ]


def test_images_nobody_marked_done_are_counted_but_do_not_block(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids[:6], Box(2, 3, 22, 23)))
    for finished, told in (
        (4, ["2 images have shapes but are not marked done; what is not drawn on them counts as "
             "background."]),
        (5, ["1 image has shapes but is not marked done; what is not drawn on it counts as "
             "background."]),
        (6, []),
    ):  # fmt: skip
        statuses = [session.reader.status(image_id) for image_id in ids[:finished]]
        session.apply(actions.mark(statuses, State.DONE))
        found = dataset.readiness(session.reader)[Task.DETECT]
        assert found.ready and [str(s) for s in found.advice][-1:] == told
        config = scenes.config(Task.DETECT)
        events = list(preparation.freeze(session.project, config, scenes.never))
        assert [str(event.sentence) for event in events if isinstance(event, Notice)] == told


def test_boxes_train_a_detector_but_no_mask_task(session):
    [bolt] = making.labels(session, "bolt")
    draw(session, bolt.id, dict.fromkeys(session.reader.image_ids()[:5], Box(2, 3, 22, 23)))
    found = dataset.readiness(session.reader)
    assert found[Task.DETECT].ready and found[Task.DETECT].object_px == (20.0,) * 5
    assert not found[Task.INSTANCES].ready and not found[Task.SEGMENT].ready


def test_skipped_and_unopened_images_are_never_used(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids[:6], Box(2, 3, 22, 23)))
    session.apply(actions.mark([session.reader.status(ids[0])], State.SKIPPED))
    session.apply(actions.mark([session.reader.status(ids[7])], State.DONE))
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.2)
    by_id = {image.id: image for image in frozen.images}
    assert by_id.keys() == {*ids[1:6], ids[7]}
    assert by_id[ids[7]].truths == ()


def test_a_polygon_is_a_box_to_a_detector_and_a_box_is_ignored_by_a_segmenter(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    outline = Polygon((Part(((4.0, 4.0), (24.0, 4.0), (14.0, 20.0))),))
    draw(session, bolt.id, dict.fromkeys(ids[:4], outline))
    draw(session, bolt.id, {ids[0]: Box(30, 30, 40, 40)})
    [first, *_] = dataset.freeze(session.reader, Task.DETECT, 0, 0.2).images
    assert [truth.geometry for truth in first.truths] == [Box(4, 4, 24, 20), Box(30, 30, 40, 40)]
    [first, *_] = dataset.freeze(session.reader, Task.SEGMENT, 0, 0.2).images
    assert [(truth.geometry, truth.ignore) for truth in first.truths] == [
        (outline, False),
        (Box(30, 30, 40, 40), True),
    ]


def test_a_region_to_ignore_keeps_its_outline_for_a_detector(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    outline = Polygon((Part(((4.0, 4.0), (24.0, 4.0), (14.0, 20.0))),))
    draw(session, bolt.id, dict.fromkeys(ids[:4], Box(2, 3, 22, 23)))
    draw(session, bolt.id, {ids[0]: outline}, ignore=True)
    [first, *_] = dataset.freeze(session.reader, Task.DETECT, 0, 0.2).images
    assert [truth.geometry for truth in first.truths] == [Box(2, 3, 22, 23), outline]


def test_a_box_without_area_is_named_and_left_out(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids[:5], Box(2, 3, 22, 23)))
    draw(session, bolt.id, {ids[0]: Box(5, 5, 5, 9)})
    draw(session, bolt.id, {ids[6]: Box(70, 5, 90, 9)})  # outside the 64 px wide image
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.2)
    assert [len(image.truths) for image in frozen.images] == [1] * 5
    assert [(each.file, str(each.sentence)) for each in frozen.left_out] == [
        ("000.png", "Shape 2 has no area within the image; it is left out."),
        ("006.png", "Shape 1 has no area within the image; it is left out."),
    ]


def test_broken_and_changed_files_are_named_and_left_out(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids[:7], Box(2, 3, 22, 23)))
    images = [session.reader.image(image_id) for image_id in ids[:3]]
    session.reader.path_of(images[0]).write_bytes(b"not a picture")
    making.picture(session.reader.path_of(images[1]), 80, 48)
    session.record(ImagesFound((replace(images[2], problem="003.png is cut short."),)))
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.2)
    told = list(_run(inspection.check(frozen, scenes.never)))
    checked = told.pop()
    assert [image.id for image in checked.images] == ids[3:7]
    assert {each.file for each in checked.left_out} == {"000.png", "001.png", "002.png"}
    assert any("is now 80 x 48 pixels" in str(each.sentence) for each in checked.left_out)
    named = [str(event.sentence) for event in told if hasattr(event, "sentence")]
    assert all(any(name in text for text in named) for name in ("000", "001", "002"))


def test_broken_pixels_are_named_before_training_and_sound_ones_decoded_once(session, monkeypatch):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids[:7], Box(2, 3, 22, 23)))
    victim = session.reader.path_of(session.reader.image(ids[0]))
    data = bytearray(victim.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20] = bytes(20)  # the header and the end stay as they were
    victim.write_bytes(data)
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.2)
    plain, decoded = inspection.images.read_reduced, []

    def read_reduced(path, *rest):
        decoded.append(path.name)
        return plain(path, *rest)

    monkeypatch.setattr(inspection.images, "read_reduced", read_reduced)
    for again in ([f"{i:03d}.png" for i in range(7)], [victim.name]):
        *told, checked = _run(inspection.check(frozen, scenes.never))
        assert [each.file for each in checked.left_out] == [victim.name]
        assert [image.id for image in checked.images] == ids[1:7]
        [named] = (e for e in told if victim.name in str(getattr(e, "sentence", "")))
        assert named.sentence.values["problem"] == checked.left_out[0].sentence, "to be translated"
        assert sorted(decoded) == again
        decoded.clear()


def _run(generator):
    while True:
        try:
            yield next(generator)
        except StopIteration as end:
            yield end.value
            return


def test_a_human_split_is_kept_and_classes_need_a_use(session):
    used, ignored, _ = making.labels(session, "used", "ignored", "unused")
    ids = session.reader.image_ids()
    draw(session, used.id, dict.fromkeys(ids[:6], Box(2, 3, 22, 23)))
    draw(session, ignored.id, {ids[0]: Box(30, 30, 40, 40)}, ignore=True)
    session.apply(actions.assign_split([session.reader.status(i) for i in ids[:2]], Split.VAL))
    session.apply(actions.assign_split([session.reader.status(ids[2])], Split.TEST))
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.2)
    assert [label.name for label in frozen.labels] == ["used"]
    assert {image.id for image in frozen.of(Split.VAL)} == set(ids[:2])
    assert [image.id for image in frozen.of(Split.TEST)] == [ids[2]]


def test_the_same_file_twice_is_on_one_side(session):
    [bolt] = making.labels(session, "bolt")
    ids = session.reader.image_ids()
    draw(session, bolt.id, dict.fromkeys(ids, Box(2, 3, 22, 23)))
    images = [session.reader.image(image_id) for image_id in ids]
    session.record(
        ImagesFound(tuple(replace(each, quick_hash=f"{i // 2}") for i, each in enumerate(images)))
    )
    frozen = dataset.freeze(session.reader, Task.DETECT, 0, 0.3)
    assert len(frozen.of(Split.VAL)) == 4
    sides = {(image.hash, image.split) for image in frozen.images}
    assert len(sides) == len(ids) // 2


def test_multi_label_takes_every_tag_and_checked_images_without_any(session):
    a, b = making.labels(session, "a", "b")
    ids = session.reader.image_ids()
    [group] = session.reader.tag_groups()
    session.apply(replaced(Title.TAG_MODE, group, replace(group, multi_label=True)))
    tag(session, ids[:9], a.id)
    tag(session, ids[:5], b.id)
    session.apply(actions.mark([session.reader.status(ids[10])], State.DONE))
    frozen = dataset.freeze(session.reader, Task.CLASSIFY, 0, 0.2)
    assert frozen.multi_label
    assert {image.id: len(image.tags) for image in frozen.images} == (
        dict.fromkeys(ids[:5], 2) | dict.fromkeys(ids[5:9], 1) | {ids[10]: 0}
    )


def test_too_little_cannot_be_frozen(session):
    with pytest.raises(NotEnoughLabels, match="Boxes on 4 more images"):
        dataset.freeze(session.reader, Task.DETECT, 0, 0.2)


@pytest.mark.parametrize("task", list(Task))
def test_a_snapshot_comes_back_from_its_file(tmp_path, task):
    drawn = arrows if task is Task.KEYPOINTS else scenes
    session = drawn.open_project(tmp_path)
    frozen = dataset.freeze(session.reader, task, 0, 0.25)
    session.close()
    snapshot.write(tmp_path, frozen)
    assert snapshot.read(tmp_path) == frozen


def test_masks_take_little_room_and_those_of_earlier_runs_are_read(tmp_path):
    session = scenes.open_project(tmp_path)
    frozen = dataset.freeze(session.reader, Task.SEGMENT, 0, 0.25)
    session.close()
    snapshot.write(tmp_path, frozen)
    text = (tmp_path / runs.DATASET).read_text("utf-8")
    assert text.count("\n") == 0, "a line for each number would fill the memory"
    value = json.loads(text)
    for image in value["images"]:
        for drawn in image["shapes"]:
            packed = base64.b64decode(drawn["runs"])
            drawn["runs"] = np.frombuffer(packed, dtype="<u4").tolist()
    (tmp_path / runs.DATASET).write_text(json.dumps(value), "utf-8")
    assert snapshot.read(tmp_path) == frozen


def test_why_an_image_was_left_out_comes_back_with_the_sentence_within_it(tmp_path):
    unread = say("{file}: {problem}", file="a.tif", problem=say("{file} is gone.", file="a.tif"))
    frozen = Snapshot(Task.CLASSIFY, (), (), grey={}, left_out=(LeftOut("a.tif", unread),))
    snapshot.write(tmp_path, frozen)
    assert snapshot.read(tmp_path) == frozen


def test_geometry_of_every_kind_survives_json():
    hole = ((2.0, 2.0), (3.0, 2.0), (3.0, 3.0))
    outer = ((0.0, 0.0), (9.0, 0.5), (9.0, 9.0))
    for geometry in (Box(0, 1, 2.5, 3), Polygon((Part(outer, (hole,)), Part(outer)))):
        assert snapshot.geometry_from_json(snapshot.geometry_to_json(geometry)) == geometry
        assert geo.area(geometry) > 0


def test_lines_and_points_teach_no_boxes_and_no_areas(session):
    nut, *_ = making.labels(session, "nut")
    ids = session.reader.image_ids()
    square = Polygon((Part(((5, 5), (20, 5), (20, 20), (5, 20))),))
    draw(session, nut.id, dict.fromkeys(ids[:6], square))
    draw(session, nut.id, {i: Polyline(((1, 1), (30, 9))) for i in (ids[0], ids[7], ids[8])})
    draw(session, nut.id, {i: Points(((9, 9), (12, 9))) for i in (ids[0], ids[7])})
    status = session.reader.status(ids[8])
    session.apply(actions.mark([status], State.DONE))
    for task in (Task.DETECT, Task.INSTANCES, Task.SEGMENT):
        found = dataset.readiness(session.reader)[task]
        assert (found.ready, found.images, found.objects, found.negatives) == (True, 7, 6, 1)
        told = "5 lines and sets of points have no area; they are left out."
        assert told in map(str, found.advice)
        frozen = dataset.freeze(session.reader, task, seed=0, val_fraction=0.2)
        assert [len(image.truths) for image in frozen.images] == [1] * 6 + [0]
        assert not frozen.left_out

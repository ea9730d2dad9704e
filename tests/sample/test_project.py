"""What a user finds in the sample project."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch
from studio.domain.project import Split, State
from studio.domain.runs import Task
from studio.domain.shapes import Box, Mask, Polygon
from studio.editing.session import Session
from studio.errors import ProjectError
from studio.learning.readiness.dataset import readiness
from studio.sample.project import (
    IMAGES,
    PICTURES,
    PROJECT,
    UNLABELLED,
    batch,
    create_sample,
    ensure_sample,
    plans,
)
from studio.sample.reliefs import Kind
from studio.storage.folder import is_project
from studio.storage.reader import Reader


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> ImportBatch:
    return batch(tmp_path_factory.mktemp("sample"), seed=0)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return create_sample(tmp_path, seed=1, images=24)


def test_160_pictures_24_of_them_without_labels(whole: ImportBatch) -> None:
    assert len(whole.images) == IMAGES == 160
    bare = [image for image in whole.images if not image.tags_done and not image.shapes_done]
    assert len(bare) == UNLABELLED == 24
    assert not any(image.tags or image.shapes for image in bare)
    assert all(image.path.is_file() for image in whole.images)


def test_at_least_30_pictures_validate_every_task(whole: ImportBatch) -> None:
    held_out = [image for image in whole.images if image.split is Split.VAL]
    assert sum(bool(image.tags) for image in held_out) >= 30
    assert sum(bool(image.shapes) for image in held_out) >= 30
    assert not any(isinstance(s.geometry, Box) for image in held_out for s in image.shapes)
    tags = Counter(image.tags[0] for image in held_out if image.tags)
    assert min(tags[kind] for kind in Kind) >= 9


def test_tags_boxes_polygons_and_masks(whole: ImportBatch) -> None:
    kinds = Counter(type(s.geometry) for image in whole.images for s in image.shapes)
    assert min(kinds[Box], kinds[Polygon], kinds[Mask]) >= 20
    labels = Counter(s.label for image in whole.images for s in image.shapes)
    assert set(labels) == set(Kind) == set(whole.labels)
    assert min(labels.values()) > 150


def test_a_tag_names_the_one_kind_of_part_on_a_picture(whole: ImportBatch) -> None:
    for image in whole.images:
        kinds = {s.label for s in image.shapes}
        assert set(image.tags) == (kinds if len(kinds) == 1 else set())


def test_some_pictures_of_each_split_mix_the_kinds(whole: ImportBatch) -> None:
    mixed = Counter(i.split for i in whole.images if len({s.label for s in i.shapes}) > 1)
    assert mixed[Split.TRAIN] >= 10
    assert mixed[Split.VAL] >= 3


def test_empty_benches_are_verified_negatives(whole: ImportBatch) -> None:
    empty = [image for image in whole.images if image.shapes_done and not image.shapes]
    assert 2 <= len(empty) <= 8
    assert all(image.split is Split.TRAIN and not image.tags for image in empty)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    first, again = batch(tmp_path / "a", 5, 6, 1), batch(tmp_path / "b", 5, 6, 1)
    for a, b in zip(first.images, again.images, strict=True):
        assert a.path.name == b.path.name
        assert a.path.read_bytes() == b.path.read_bytes()
        assert a.shapes == b.shapes


def test_a_picture_does_not_depend_on_how_many_there_are(tmp_path: Path) -> None:
    few, more = batch(tmp_path / "a", 5, 4, 1), batch(tmp_path / "b", 5, 8, 1)
    assert few.images[2].path.read_bytes() == more.images[2].path.read_bytes()


def test_plans_hold_out_every_fourth() -> None:
    splits = [plan.split for plan in plans(40, 8)]
    assert splits.count(Split.VAL) == 8
    assert splits[-8:] == [None] * 8


def test_the_project_opens_with_everything_in_it(small: Path) -> None:
    with Reader.open(small) as reader:
        assert reader.image_count() == 24
        assert [label.name for label in reader.labels()] == ["washer", "screw", "nut"]
        everything = list(reader.annotated(reader.image_ids()))
        assert not reader.problems()
    done = [each for each in everything if each.status.shapes is State.DONE]
    assert len(done) == 20
    assert all(each.image.width == 400 and each.image.height == 300 for each in everything)
    assert {each.split for each in done} == {Split.TRAIN, Split.VAL}


def test_every_task_can_be_trained_at_once(small: Path) -> None:
    with Reader.open(small) as reader:
        ready = readiness(reader)
    assert all(ready[task].ready for task in Task if task is not Task.KEYPOINTS)


def test_labelling_the_sample_is_one_undoable_edit(small: Path) -> None:
    session = Session.open(small)
    session.undo()
    assert not session.reader.labels()
    assert session.reader.image_count() == 24
    session.close()


def test_the_sample_is_made_once(tmp_path: Path, small: Path) -> None:
    assert ensure_sample(tmp_path) == small
    with pytest.raises(ProjectError):
        create_sample(tmp_path, images=4)


def test_a_sample_that_is_stopped_leaves_no_project(tmp_path: Path) -> None:
    asked = itertools.count()
    with pytest.raises(ProjectError):
        create_sample(tmp_path, images=24, should_stop=lambda: next(asked) >= 4)
    assert not is_project(tmp_path / PROJECT)
    assert len(list((tmp_path / PICTURES).iterdir())) == 4


def test_pictures_lie_beside_the_project(tmp_path: Path, small: Path) -> None:
    assert small.parent == tmp_path
    assert len(list((tmp_path / PICTURES).glob("*.jpg"))) == 24

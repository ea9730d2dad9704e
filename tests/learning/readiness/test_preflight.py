"""What is found before a training, checked against projects with one defect each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from studio.domain.edits import Change, Edit, Title, created
from studio.domain.labels import DEFAULT_TAG_GROUP, Label, Tag
from studio.domain.project import Split, State
from studio.domain.quality import Flaw
from studio.domain.runs import Task
from studio.domain.shapes import Box, Shape
from studio.editing import actions
from studio.editing.session import Session
from studio.learning.config import TrainConfig
from studio.learning.readiness import preflight
from studio.learning.readiness.preflight import Finding, Kind
from tests import making

DETECT = TrainConfig(Task.DETECT, "fasterrcnn_small_cnn_fpn")
CLASSIFY = TrainConfig(Task.CLASSIFY, "small_cnn")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = making.project(tmp_path, images=12)
    yield made
    made.close()


@pytest.fixture
def labels(session: Session) -> list[Label]:
    return making.labels(session, "washer", "nut")


def draw(session: Session, label: Label, image_id: int, box: Box) -> int:
    [number] = session.store.reserve_ids("shape")
    session.apply(created(Title.DRAW_BOX, Shape(number, image_id, label.id, box)))
    return number


def done(session: Session, image_ids: list[int]) -> None:
    session.apply(actions.mark(session.reader.statuses(image_ids).values(), State.DONE))


def sound(session: Session, label: Label) -> list[int]:
    """Every image has one good box and is done."""
    ids = session.reader.image_ids()
    for image_id in ids:
        draw(session, label, image_id, Box(5, 5, 30, 30))
    done(session, ids)
    return ids


def put(session: Session, image_ids: list[int], split: Split) -> None:
    statuses = session.reader.statuses(image_ids).values()
    changes = tuple(Change(each, replace(each, split=split)) for each in statuses)
    session.apply(Edit(Title.ASSIGN_SPLIT, changes))


def only(findings: tuple[Finding, ...], kind: Kind) -> Finding:
    [found] = [each for each in findings if each.kind is kind]
    return found


def test_a_sound_project_has_none(session: Session, labels: list[Label]) -> None:
    sound(session, labels[0])
    assert preflight.check(session.reader, DETECT) == ()


def test_shapes_that_teach_nothing(session: Session, labels: list[Label]) -> None:
    ids = sound(session, labels[0])
    flat = draw(session, labels[0], ids[3], Box(5, 5, 5, 30))
    found = only(preflight.check(session.reader, DETECT), Kind.SHAPES)
    assert (found.images, found.shapes) == ((ids[3],), (flat,))
    assert [issue.flaw for issue in found.issues] == [Flaw.NO_AREA]
    assert preflight.check(session.reader, CLASSIFY) == ()


def test_files_that_are_gone_can_be_removed_unless_their_drive_is(
    session: Session, labels: list[Label]
) -> None:
    ids = sound(session, labels[0])
    paths = session.reader.paths_of(session.reader.images(ids).values())
    paths[ids[2]].unlink()
    found = only(preflight.check(session.reader, DETECT), Kind.FILES)
    assert found.images == (ids[2],)
    assert len(found.issues) == 1
    assert "002.png" in str(found.sentence)
    for image_id in ids[3:]:
        paths[image_id].unlink()
    found = only(preflight.check(session.reader, DETECT), Kind.FILES)
    assert len(found.images) == 10
    assert found.issues == ()


def test_a_class_that_nobody_judges(session: Session, labels: list[Label]) -> None:
    ids = sound(session, labels[0])
    for image_id in ids[:5]:
        draw(session, labels[1], image_id, Box(35, 5, 60, 30))
    put(session, ids[:9], Split.TRAIN)
    put(session, ids[9:], Split.VAL)
    found = only(preflight.check(session.reader, DETECT), Kind.NOT_JUDGED)
    assert "nut" in str(found.sentence)
    assert found.images
    assert set(found.images) < set(ids[:5])
    put(session, list(found.images), Split.VAL)
    assert preflight.check(session.reader, DETECT) == ()


def test_no_validation_at_all(session: Session, labels: list[Label]) -> None:
    ids = sound(session, labels[0])
    put(session, ids, Split.TRAIN)
    found = only(preflight.check(session.reader, DETECT), Kind.NOT_JUDGED)
    assert len(found.images) == 2  # a fifth of twelve


def test_classes_on_few_images(session: Session, labels: list[Label]) -> None:
    ids = session.reader.image_ids()
    rows = (
        Tag(image_id, DEFAULT_TAG_GROUP.id, labels[place == 4].id)
        for place, image_id in enumerate(ids)
    )
    session.apply(created(Title.TAG, *rows))
    found = only(preflight.check(session.reader, CLASSIFY), Kind.FEW)
    assert found.images == (ids[4],)
    assert str(found.sentence).startswith("nut is on very few images (1)")


def test_images_that_nobody_marked_done(session: Session, labels: list[Label]) -> None:
    ids = sound(session, labels[0])
    session.apply(actions.mark(session.reader.statuses(ids[:2]).values(), State.IN_PROGRESS))
    assert only(preflight.check(session.reader, DETECT), Kind.UNFINISHED).images == tuple(ids[:2])


def test_a_disk_with_too_little_room(
    session: Session, labels: list[Label], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(session, labels[0])
    large = TrainConfig(Task.DETECT, "fasterrcnn_resnet50_fpn")
    assert preflight.needed_bytes(large) > preflight.needed_bytes(DETECT) > 2**20
    free = preflight.needed_bytes(large) - 1
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert preflight.check(session.reader, DETECT) == ()
    assert only(preflight.check(session.reader, large), Kind.DISK).images == ()

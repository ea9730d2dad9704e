"""Looking through a project for flaws, and repairing them with one edit each."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.domain import geometry as geo
from studio.domain.edits import Title, created
from studio.domain.facts import SplitsDrawn
from studio.domain.labels import Label
from studio.domain.project import Split
from studio.domain.quality import Flaw, Issue
from studio.domain.shapes import Box, Geometry, Shape
from studio.editing import actions, inspecting, repairs, scan, videos
from studio.editing.session import Session
from studio.vision import decoding, images
from tests import making

Issues = Callable[[], list[Issue]]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Four pictures, of which the last two look the same, scanned from their folder."""
    folder = tmp_path / "pictures"
    for seed in range(3):
        making.picture(folder / f"{seed}.png", 160, 120, seed=seed)
    same = cv2.imread(str(folder / "2.png"))
    cv2.imwrite(str(folder / "2 again.jpg"), same, [cv2.IMWRITE_JPEG_QUALITY, 60])
    session = Session.create(tmp_path / "project")
    for _ in scan.scan(session, folder):
        pass
    yield session
    session.close()


@pytest.fixture
def bolt(session: Session) -> Label:
    [label] = making.labels(session, "bolt")
    return label


@pytest.fixture
def look(session: Session, tmp_path: Path) -> Issues:
    def found() -> list[Issue]:
        looked = inspecting.inspect(session.project, tmp_path / "hashes.db", lambda: False)
        return [issue for each in looked for issue in each.issues]

    return found


def draw(session: Session, label: Label, *geometries: Geometry) -> list[int]:
    ids = session.store.reserve_ids("shape", len(geometries))
    image_id = session.reader.image_ids()[0]
    rows = (Shape(i, image_id, label.id, g) for i, g in zip(ids, geometries, strict=True))
    session.apply(created(Title.DRAW_BOX, *rows))
    return list(ids)


def geometries(session: Session) -> list[Geometry]:
    return [s.geometry for s in session.reader.shapes(session.reader.image_ids()[0])]


def by_name(session: Session) -> dict[str, int]:
    images = session.reader.images(session.reader.image_ids())
    return {image.path: image.id for image in images.values()}


def of(issues: list[Issue], flaw: Flaw) -> list[Issue]:
    return [each for each in issues if each.flaw is flaw]


def test_shapes_are_repaired_in_one_edit_and_undone_in_one(
    session: Session, bolt: Label, look: Issues
) -> None:
    bow_tie = geo.polygon((10, 10), (50, 50), (50, 10), (10, 50))
    twice = Box(60, 70, 90, 99)
    before = (Box(100, 20, 200, 60), bow_tie, Box(5, 5, 5, 9), twice, twice)
    draw(session, bolt, *before)
    found = [each for each in look() if each.shapes]
    assert sorted(each.flaw for each in found) == ["crossing", "duplicate", "no_area", "outside"]
    session.apply(repairs.repair(session.reader, found))
    outside, untangled, kept = geometries(session)
    assert outside == Box(100, 20, 160, 60)
    assert geo.area(untangled) == 800
    assert kept == Box(60, 70, 90, 99)
    assert not [each for each in look() if each.shapes]
    session.undo()
    assert geometries(session) == list(before)


def test_a_locked_shape_is_left_alone(session: Session, bolt: Label, look: Issues) -> None:
    [shape_id] = draw(session, bolt, Box(5, 5, 5, 9))
    shape = session.reader.shape(shape_id)
    session.apply(actions.set_locked([shape], True))
    assert not repairs.repair(session.reader, of(look(), Flaw.NO_AREA))


def test_a_class_that_nobody_uses(session: Session, bolt: Label, look: Issues) -> None:
    [issue] = of(look(), Flaw.UNUSED_CLASS)
    draw(session, bolt, Box(10, 10, 40, 40))  # meanwhile
    assert not repairs.repair(session.reader, [issue])
    assert of(look(), Flaw.UNUSED_CLASS) == []


def test_files_that_are_gone_changed_or_broken(
    session: Session, look: Issues, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    (folder / "0.png").unlink()
    making.picture(folder / "1.png", 80, 60, seed=9)
    ids = by_name(session)
    found = look()
    [gone], [changed] = of(found, Flaw.MISSING_FILE), of(found, Flaw.CHANGED_FILE)
    assert (gone.images, changed.images) == ((ids["0.png"],), (ids["1.png"],))
    session.apply(repairs.repair(session.reader, [gone]))
    assert gone.images[0] not in session.reader.image_ids()


def test_pictures_alike_stay_together_when_split_anew(
    session: Session, bolt: Label, look: Issues
) -> None:
    ids = by_name(session)
    twins = {ids["2.png"], ids["2 again.jpg"]}
    [alike] = of(look(), Flaw.NEAR_DUPLICATE)
    assert set(alike.images) == twins
    session.record(SplitsDrawn({ids["2.png"]: Split.TRAIN, ids["2 again.jpg"]: Split.VAL}))
    found = look()
    [leak] = of(found, Flaw.LEAK)
    assert set(leak.images) == twins
    assert of(found, Flaw.NEAR_DUPLICATE) == []

    edit = repairs.resplit(session.reader, [leak.images], 0.25, seed=3)
    session.apply(edit)
    statuses = session.reader.statuses(ids.values())
    assert len({statuses[each].split for each in twins}) == 1
    assert {status.split for status in statuses.values()} == {Split.TRAIN, Split.VAL}
    assert of(look(), Flaw.LEAK) == []


def test_frames_of_one_video_belong_into_one_split(
    session: Session, look: Issues, tmp_path: Path
) -> None:
    frames = tmp_path / "project" / "frames" / "clip"
    for seed in range(10, 13):
        making.picture(frames / f"{seed}.png", 160, 120, seed=seed)
    (frames / videos.SOURCE).write_text("{}")
    for _ in scan.scan(session, frames):
        pass
    ids = by_name(session)
    clip = [ids[f"{seed}.png"] for seed in range(10, 13)]
    assert of(look(), Flaw.VIDEO) == []
    session.record(SplitsDrawn({clip[0]: Split.TRAIN, clip[2]: Split.VAL}))
    [leak] = of(look(), Flaw.VIDEO)
    assert sorted(leak.images) == clip
    assert list(inspecting.standing(session.reader, [leak])) == [leak]

    [twins] = of(look(), Flaw.NEAR_DUPLICATE)
    chained = (twins.images[0], clip[0])  # which makes one group of both
    groups = [twins.images, *inspecting.videos(session.reader), chained]
    session.apply(repairs.resplit(session.reader, groups, 0.3, seed=1))
    statuses = session.reader.statuses([*clip, *twins.images])
    assert len({status.split for status in statuses.values()}) == 1
    assert of(look(), Flaw.VIDEO) == []
    assert list(inspecting.standing(session.reader, [leak])) == []


def test_a_picture_that_only_lies_among_the_frames_of_a_video_is_none_of_them(
    session: Session, tmp_path: Path
) -> None:
    frames = tmp_path / "project" / "frames" / "clip"
    for name in ("a", "b", "foreign"):
        making.picture(frames / f"{name}.png", 160, 120)
    (frames / videos.SOURCE).write_text('{"frames": {"a.png": 0.0, "b.png": 1.0}}')
    for _ in scan.scan(session, frames):
        pass
    ids = by_name(session)
    assert inspecting.videos(session.reader) == [[ids["a.png"], ids["b.png"]]]


def test_one_leak_is_stopped_by_training_on_all_of_it(session: Session, look: Issues) -> None:
    first, second = session.reader.image_ids()[:2]
    leak = Issue(Flaw.LEAK, (first, second))
    session.record(SplitsDrawn({first: Split.TRAIN, second: Split.VAL}))
    session.apply(repairs.repair(session.reader, [leak]))
    assert {s.split for s in session.reader.statuses([first, second]).values()} == {Split.TRAIN}


def test_of_pictures_alike_the_labelled_one_stays(
    session: Session, bolt: Label, look: Issues
) -> None:
    [alike] = of(look(), Flaw.NEAR_DUPLICATE)
    labelled = alike.images[1]
    session.apply(created(Title.DRAW_BOX, Shape(50, labelled, bolt.id, Box(10, 10, 40, 40))))
    [alike] = of(look(), Flaw.NEAR_DUPLICATE)
    session.apply(repairs.repair(session.reader, [alike]))
    assert labelled in session.reader.image_ids()
    assert len(session.reader.image_ids()) == 3


def no_memory(*_: object) -> None:
    raise MemoryError


def no_drive(*_: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    ("module", "name", "failing"), [(decoding, "decode", no_memory), (images, "_header", no_drive)]
)
def test_a_picture_that_cannot_be_read_this_time_is_not_called_damaged(
    session: Session, tmp_path: Path, look: Issues, monkeypatch, module, name: str, failing
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, name, failing)
        looked = list(inspecting.inspect(session.project, tmp_path / "hashes.db", lambda: False))
    assert looked[-1].done == looked[-1].total
    assert not any(each.news or of(list(each.issues), Flaw.UNREADABLE) for each in looked)
    assert of(look(), Flaw.NEAR_DUPLICATE), "it is read the next time"


def test_what_was_stopped_ends_at_once(session: Session, tmp_path: Path) -> None:
    looked = list(inspecting.inspect(session.project, tmp_path / "hashes.db", lambda: True))
    assert len(looked) == 1


def test_pictures_are_read_once(session: Session, look: Issues, monkeypatch) -> None:
    look()
    monkeypatch.setattr(np, "std", None)  # what hashing would need
    assert of(look(), Flaw.NEAR_DUPLICATE)

"""Frames of a video become images, and shapes between two key frames are filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.domain.edits import Title, created
from studio.domain.labels import Label
from studio.domain.project import State
from studio.domain.shapes import Box, Shape
from studio.editing import actions, interpolating, scan, videos
from studio.editing.session import Session
from studio.errors import EditConflict, ImageProblem
from tests import making


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session.create(tmp_path / "project")
    yield made
    made.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return making.film(tmp_path / "蜜蜂.avi", seconds=3, fps=10)


def take(session: Session, film: Path, every_s: float | None) -> videos.Taking:
    *_, last = videos.take_frames(session.project, film, every_s, lambda: False)
    for _ in scan.scan(session, last.folder):
        pass
    return last


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.jpg"))


def test_frames_with_their_source_and_time(session: Session, film: Path) -> None:
    taken = take(session, film, 1.0)
    assert taken.folder == session.project / "frames" / "蜜蜂"
    assert names(taken.folder) == [
        "蜜蜂_00000.000s.jpg",
        "蜜蜂_00001.000s.jpg",
        "蜜蜂_00002.000s.jpg",
    ]
    source = json.loads((taken.folder / "source.json").read_text(encoding="utf-8"))
    assert source["video"] == str(film.resolve())
    assert source["frames"]["蜜蜂_00002.000s.jpg"] == 2.0
    assert len(session.reader.image_ids()) == 3


def test_a_finer_choice_adds_to_what_is_there(session: Session, film: Path) -> None:
    folder = take(session, film, 1.0).folder
    first = folder / names(folder)[0]
    before = first.stat().st_mtime_ns
    take(session, film, 0.5)
    assert len(names(folder)) == 6
    assert first.stat().st_mtime_ns == before
    assert len(session.reader.image_ids()) == 6


def test_another_video_of_the_same_name_has_another_folder(
    session: Session, film: Path, tmp_path: Path
) -> None:
    take(session, film, 1.0)
    (tmp_path / "other").mkdir()
    other = making.film(tmp_path / "other" / film.name, seconds=1)
    assert take(session, other, 1.0).folder.name == "蜜蜂 2"
    assert take(session, film, 1.0).folder.name == "蜜蜂"


def test_so_it_has_where_the_first_was_cut_short(
    session: Session, film: Path, tmp_path: Path
) -> None:
    cut_short = videos.take_frames(session.project, film, 1.0, lambda: False)
    first = next(cut_short)
    (tmp_path / "other").mkdir()
    other = making.film(tmp_path / "other" / film.name, seconds=1)
    assert take(session, other, 1.0).folder != first.folder
    cut_short.close()


def test_a_broken_video_leaves_nothing_behind(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"nothing")
    with pytest.raises(ImageProblem):
        list(videos.take_frames(session.project, path, 1.0, lambda: False))
    assert not (session.project / "frames").exists()


def test_stopped_on_the_way_what_was_taken_stays(session: Session, film: Path) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 12

    *_, last = videos.take_frames(session.project, film, 0.5, stop)
    assert names(last.folder) == [
        "蜜蜂_00000.000s.jpg",
        "蜜蜂_00000.500s.jpg",
        "蜜蜂_00001.000s.jpg",
    ]


@pytest.fixture
def frames(session: Session, film: Path) -> list[int]:
    take(session, film, 0.5)
    return list(interpolating.moments_around(session.reader, session.reader.image_ids()[0]))


@pytest.fixture
def bee(session: Session) -> Label:
    [label, _] = making.labels(session, "bee", "flower")
    return label


def draw(session: Session, image_id: int, label: Label, box: Box, **more) -> Shape:
    [number] = session.store.reserve_ids("shape")
    shape = Shape(number, image_id, label.id, box, **more)
    session.apply(created(Title.DRAW_BOX, shape))
    return shape


def fill(session: Session, shape: Shape) -> None:
    moments = interpolating.moments_around(session.reader, shape.image_id)
    gap = interpolating.gap_before(session.reader, shape, moments)
    ids = session.store.reserve_ids("shape", len(gap.images))
    statuses = session.reader.statuses(gap.images)
    session.apply(interpolating.fill([gap], statuses, ids))


def test_what_lies_between_two_key_frames(session: Session, frames: list[int], bee: Label) -> None:
    draw(session, frames[0], bee, Box(0, 0, 10, 10))
    last = draw(session, frames[4], bee, Box(40, 20, 50, 30), attributes=(("track", "1"),))
    fill(session, last)
    found = {i: session.reader.shapes(i)[0] for i in frames[1:4]}
    assert [found[i].geometry for i in frames[1:4]] == [
        Box(10, 5, 20, 15), Box(20, 10, 30, 20), Box(30, 15, 40, 25),
    ]  # fmt: skip
    assert found[frames[1]].attributes == (("track", "1"),)
    assert session.reader.status(frames[2]).shapes is State.IN_PROGRESS
    session.undo()
    assert session.reader.shapes(frames[2]) == ()


@pytest.mark.parametrize("why", ["removed", "done", "skipped"])
def test_time_goes_on_where_an_image_is_left_out(
    session: Session, frames: list[int], bee: Label, why: str
) -> None:
    draw(session, frames[0], bee, Box(0, 0, 10, 10))
    last = draw(session, frames[4], bee, Box(40, 0, 50, 10))
    statuses = session.reader.statuses([frames[1]]).values()
    session.apply(
        actions.remove_images(statuses) if why == "removed" else actions.mark(statuses, State(why))
    )
    fill(session, last)
    assert [session.reader.shapes(i)[0].geometry for i in frames[2:4]] == [
        Box(20, 0, 30, 10), Box(30, 0, 40, 10),
    ]  # fmt: skip


def test_frames_that_are_not_equally_far_apart_are_filled_in_by_their_times(
    session: Session, film: Path, bee: Label
) -> None:
    """As the first frames of scenes are, and those that a finer choice added."""
    folder = take(session, film, 1.0).folder
    ids = session.reader.image_ids()
    source = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    source["frames"]["蜜蜂_00001.000s.jpg"] = 0.25
    (folder / "source.json").write_text(json.dumps(source), encoding="utf-8")
    draw(session, ids[0], bee, Box(0, 0, 10, 10))
    fill(session, draw(session, ids[2], bee, Box(80, 0, 90, 10)))
    assert session.reader.shapes(ids[1])[0].geometry == Box(10, 0, 20, 10)
    session.undo()
    (folder / "source.json").write_text('{"frames": {"x": "soon"}}', encoding="utf-8")
    fill(session, session.reader.shapes(ids[2])[0])
    assert session.reader.shapes(ids[1])[0].geometry == Box(40, 0, 50, 10)


def test_a_picture_that_only_lies_among_the_frames_leaves_them_their_times(
    session: Session, film: Path, bee: Label
) -> None:
    folder = take(session, film, 1.0).folder
    frames = session.reader.image_ids()
    making.picture(folder / "蜜蜂_00000.500s note.png", 64, 48)
    for _ in scan.scan(session, folder):
        pass
    [foreign] = set(session.reader.image_ids()) - set(frames)
    draw(session, frames[0], bee, Box(0, 0, 10, 10))
    fill(session, draw(session, frames[2], bee, Box(80, 0, 90, 10)))
    assert session.reader.shapes(frames[1])[0].geometry == Box(40, 0, 50, 10)
    assert session.reader.shapes(foreign) == ()
    with pytest.raises(EditConflict, match="No earlier image"):
        fill(session, draw(session, foreign, bee, Box(0, 0, 10, 10)))


def test_an_image_that_is_done_stays_as_it_is(
    session: Session, frames: list[int], bee: Label
) -> None:
    draw(session, frames[0], bee, Box(0, 0, 10, 10))
    last = draw(session, frames[3], bee, Box(30, 0, 40, 10))
    [status] = session.reader.statuses([frames[1]]).values()
    session.apply(actions.mark([status], State.DONE))
    fill(session, last)
    assert session.reader.shapes(frames[1]) == ()
    assert len(session.reader.shapes(frames[2])) == 1


def test_the_nearest_of_two_objects_is_the_same_one(
    session: Session, frames: list[int], bee: Label
) -> None:
    draw(session, frames[0], bee, Box(0, 30, 10, 40))
    draw(session, frames[0], bee, Box(0, 0, 10, 10))
    last = draw(session, frames[2], bee, Box(8, 0, 18, 10))
    fill(session, last)
    [shape] = session.reader.shapes(frames[1])
    assert shape.geometry == Box(4, 0, 14, 10)


def test_a_track_is_followed_before_what_is_nearer(
    session: Session, frames: list[int], bee: Label
) -> None:
    draw(session, frames[0], bee, Box(0, 0, 10, 10), attributes=(("track", "b"),))
    draw(session, frames[0], bee, Box(30, 30, 40, 40), attributes=(("track", "a"),))
    last = draw(session, frames[2], bee, Box(0, 0, 10, 10), attributes=(("track", "a"),))
    fill(session, last)
    [shape] = session.reader.shapes(frames[1])
    assert shape.geometry == Box(15, 15, 25, 25)


def test_frames_are_in_the_order_in_which_a_person_counts(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "numbered"
    for number in (10, 2, 1):
        making.picture(folder / f"shot {number}.png")
    making.picture(folder / "below" / "shot 3.png")
    for _ in scan.scan(session, folder):
        pass
    reader = session.reader
    paths = {image.id: image.path for image in reader.images(reader.image_ids()).values()}
    first = next(i for i, path in paths.items() if path == "shot 10.png")
    ordered = [paths[i] for i in interpolating.moments_around(reader, first)]
    assert ordered == ["shot 1.png", "shot 2.png", "shot 10.png"]


def test_without_an_earlier_frame_a_sentence_says_so(
    session: Session, frames: list[int], bee: Label
) -> None:
    only = draw(session, frames[3], bee, Box(0, 0, 10, 10))
    with pytest.raises(EditConflict, match="No earlier image"):
        fill(session, only)
    draw(session, frames[2], bee, Box(0, 0, 10, 10))
    with pytest.raises(EditConflict, match="No image between"):
        fill(session, only)

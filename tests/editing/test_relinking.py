"""Moved and renamed image files are found by what is in them, and keep their labels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.domain.edits import Title, created
from studio.domain.labels import Tag
from studio.domain.project import Image
from studio.editing.relinking import Relinked, look_for_missing, note_missing
from studio.editing.scan import scan
from studio.editing.session import Session
from studio.errors import ProjectError
from studio.storage import search
from studio.storage.folder import root_path
from studio.storage.search import Query
from tests import making


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A project of the scanned images a/1.png, a/2.png and b/3.png."""
    for seed, name in enumerate(("a/1", "a/2", "b/3"), start=1):
        making.picture(tmp_path / "pictures" / f"{name}.png", seed=seed)
    made = Session.create(tmp_path / "project")
    list(scan(made, tmp_path / "pictures"))
    yield made
    made.close()


def test_what_could_not_be_read_still_cannot_where_it_was_moved(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "pictures" / "a" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no more")
    list(scan(session, tmp_path / "pictures"))
    [before] = session.reader.problems()
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    note_missing(session)
    assert search.count_missing(session.reader) == 4, "it is missing like the others"
    assert not note_missing(session), "nothing new"
    assert link(session, tmp_path).found == 4
    assert search.count_missing(session.reader) == 0
    [after] = session.reader.problems()
    assert (after.id, after.problem) == (before.id, before.problem)
    assert "cannot be read" in after.problem


def link(session: Session, folder: Path) -> Relinked:
    steps = look_for_missing(session, folder)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def images(session: Session) -> dict[int, Image]:
    return session.reader.images(session.reader.image_ids())


def names(session: Session, text: str) -> list[str]:
    ids = search.find(session.reader, Query(text))
    return [image.path for image in session.reader.images(ids).values()]


def all_there(session: Session) -> bool:
    return all(session.reader.path_of(image).exists() for image in images(session).values())


def test_a_moved_folder_takes_its_images_with_it(session: Session, tmp_path: Path) -> None:
    before = images(session)
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    changes = note_missing(session)
    assert changes.image_list
    assert names(session, "missing") == ["a/1.png", "a/2.png", "b/3.png"]
    assert search.count_missing(session.reader) == 3

    done = link(session, tmp_path)
    assert (done.missing, done.found) == (3, 3)
    assert done.changes.images == before.keys()
    after = images(session)
    assert {i: image.path for i, image in after.items()} == {
        i: image.path for i, image in before.items()
    }
    assert [root.path for root in session.reader.roots()] == ["../elsewhere"]
    assert all_there(session)
    assert names(session, "problem") == []
    assert [p.inspected for p in scan(session, tmp_path / "elsewhere")][-1] == 0, "all is known"


def test_renamed_and_scattered_files_are_known_by_their_content(
    session: Session, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"
    ids = {image.path: i for i, image in images(session).items()}
    (pictures / "a" / "1.png").rename(pictures / "b" / "first.png")
    (tmp_path / "other").mkdir()
    (pictures / "a" / "2.png").rename(tmp_path / "other" / "2.png")
    assert link(session, pictures).found == 1
    assert link(session, tmp_path / "other").found == 1
    after = images(session)
    assert after[ids["a/1.png"]].path == "b/first.png"
    assert after[ids["a/2.png"]].path == "2.png"
    assert all_there(session)


def test_another_picture_of_the_same_name_is_left_alone(session: Session, tmp_path: Path) -> None:
    (tmp_path / "pictures" / "a" / "1.png").unlink()
    making.picture(tmp_path / "new" / "1.png", seed=99)
    done = link(session, tmp_path / "new")
    assert (done.missing, done.found, done.changed) == (1, 0, 1)
    assert names(session, "missing") == ["a/1.png"], "what is still lost is flagged"


def test_of_copies_the_one_in_a_folder_of_the_same_name_is_taken(
    session: Session, tmp_path: Path
) -> None:
    ids = {image.path: i for i, image in images(session).items()}
    for folder in ("x", "a"):
        (tmp_path / "copies" / folder).mkdir(parents=True)
        shutil.copy2(tmp_path / "pictures" / "a" / "1.png", tmp_path / "copies" / folder / "1.png")
    (tmp_path / "pictures" / "a" / "1.png").unlink()
    assert link(session, tmp_path / "copies").found == 1
    assert session.reader.image(ids["a/1.png"]).path == "a/1.png"


def test_a_new_place_added_as_new_images_gives_way_to_the_labelled_ones(
    session: Session, tmp_path: Path
) -> None:
    [bolt] = making.labels(session, "bolt")
    old = images(session)
    for image_id in old:
        session.apply(created(Title.TAG, Tag(image_id, 1, bolt.id)))
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    list(scan(session, tmp_path / "elsewhere"))
    assert len(images(session)) == 6

    done = link(session, tmp_path / "elsewhere")
    assert (done.found, done.replaced) == (3, 3)
    assert images(session).keys() == old.keys()
    assert all_there(session)
    assert len(names(session, "class:bolt -problem")) == 3


def move_all(source: Path, target: Path) -> None:
    """Move what is in a folder into another one."""
    for entry in source.iterdir():
        entry.rename(target / entry.name)
    source.rmdir()


def rescan(session: Session) -> None:
    """What F5 does: it complains where a folder of the project is not there."""
    for root in session.reader.roots():
        list(scan(session, root_path(session.project, root)))


@pytest.mark.parametrize("scanned_before", [False, True])
def test_a_folder_whose_images_are_all_in_another_one_is_forgotten(
    session: Session, tmp_path: Path, scanned_before: bool
) -> None:
    before = images(session).keys()
    making.picture(tmp_path / "archive" / "old.png", seed=50)
    list(scan(session, tmp_path / "archive"))
    move_all(tmp_path / "pictures", tmp_path / "archive")
    if scanned_before:
        list(scan(session, tmp_path / "archive"))

    done = link(session, tmp_path / "archive")
    assert (done.found, done.replaced) == (3, 3 if scanned_before else 0)
    assert before < images(session).keys()
    assert [root.path for root in session.reader.roots()] == ["../archive"]
    rescan(session)
    assert all_there(session)
    assert names(session, "missing") == []
    if scanned_before:
        session.undo()  # the duplicates that gave way are in the list again
        assert len(names(session, "missing")) == 3


def test_a_folder_that_is_gone_stays_known_while_one_of_its_images_is_missing(
    session: Session, tmp_path: Path
) -> None:
    making.picture(tmp_path / "archive" / "old.png", seed=50)
    list(scan(session, tmp_path / "archive"))
    (tmp_path / "pictures" / "b" / "3.png").unlink()
    move_all(tmp_path / "pictures", tmp_path / "archive")
    assert link(session, tmp_path / "archive").found == 2
    assert len(session.reader.roots()) == 2
    assert names(session, "missing") == ["b/3.png"]


def test_a_labelled_image_at_the_new_place_stays(session: Session, tmp_path: Path) -> None:
    [bolt] = making.labels(session, "bolt")
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    list(scan(session, tmp_path / "elsewhere"))
    for image_id in images(session):
        session.apply(created(Title.TAG, Tag(image_id, 1, bolt.id)))
    done = link(session, tmp_path / "elsewhere")
    assert (done.missing, done.found, done.replaced) == (3, 0, 0)
    assert len(names(session, "class:bolt")) == 6


def test_a_drive_that_is_plugged_in_again_needs_no_linking(
    session: Session, tmp_path: Path
) -> None:
    before = {i: image.path for i, image in images(session).items()}
    (tmp_path / "pictures").rename(tmp_path / "unplugged")
    note_missing(session)
    assert not note_missing(session), "nothing new"
    (tmp_path / "unplugged").rename(tmp_path / "pictures")
    note_missing(session)
    assert names(session, "problem") == []
    assert {i: image.path for i, image in images(session).items()} == before


def test_a_stopped_search_records_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    steps = look_for_missing(session, tmp_path, lambda: True)
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value == Relinked(3, 0)
    assert session.reader.roots()[0].path == "../pictures"
    with pytest.raises(ProjectError):
        next(look_for_missing(session, tmp_path / "nowhere"))

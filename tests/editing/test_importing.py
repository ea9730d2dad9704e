"""A data set enters a project: images stay, labels are one edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.domain.imports import ImportBatch, ImportedImage, ImportedShape, Problem
from studio.domain.project import Split, State
from studio.domain.shapes import Box
from studio.editing.importing import Imported, import_batch
from studio.editing.scan import add_images
from studio.editing.session import Session
from studio.errors import say
from tests.making import picture


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.create(tmp_path / "project")
    yield session
    session.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [picture(tmp_path / "pictures" / f"{n}.png", seed=n) for n in range(3)]


def tagged(path: Path, *tags: str, split: Split | None = None) -> ImportedImage:
    return ImportedImage(path, tags, split=split, tags_done=True)


def boxed(path: Path, *labels: str, ignore: bool = False) -> ImportedImage:
    shapes = tuple(
        ImportedShape(label, Box(n, n, n + 10, n + 10), ignore) for n, label in enumerate(labels)
    )
    return ImportedImage(path, shapes=shapes, shapes_done=True)


def take(session: Session, *images: ImportedImage, labels: tuple[str, ...] = ()) -> Imported:
    return import_batch(session, ImportBatch(images, labels))


def names(session: Session) -> list[str]:
    return [label.name for label in session.reader.labels()]


def test_classes_keep_the_data_sets_order(session: Session, files: list[Path]) -> None:
    take(session, boxed(files[0], "b"), labels=("z", "b", "a"))
    assert names(session) == ["z", "b", "a"]


def test_known_classes_are_found_without_regard_to_case(
    session: Session, files: list[Path]
) -> None:
    take(session, boxed(files[0], "Cat"))
    take(session, boxed(files[1], " cat ", "dog"), labels=("CAT",))
    assert names(session) == ["Cat", "dog"]


def test_shapes_lie_in_their_order_and_are_done(session: Session, files: list[Path]) -> None:
    result = take(session, boxed(files[0], "a", "b"), boxed(files[1]))
    first, second = session.reader.image_ids()
    assert [shape.z for shape in session.reader.shapes(first)] == [0, 1]
    assert session.reader.status(second).shapes is State.DONE
    assert session.reader.status(second).tags is State.NEW
    assert (result.images, result.shapes, result.tags) == (2, 2, 0)


def test_one_undo_takes_all_labels_back_but_not_the_images(
    session: Session, files: list[Path]
) -> None:
    take(session, boxed(files[0], "a"), tagged(files[1], "b", split=Split.VAL))
    session.undo()
    assert names(session) == []
    assert session.reader.image_count() == 2
    assert not session.reader.shapes(session.reader.image_ids()[0])
    assert session.reader.status(session.reader.image_ids()[1]).split is None
    session.redo()
    assert names(session) == ["a", "b"]
    assert session.reader.status(session.reader.image_ids()[1]).split is Split.VAL


def test_importing_twice_changes_nothing(session: Session, files: list[Path]) -> None:
    images = (boxed(files[0], "a", "a"), tagged(files[1], "b"))
    take(session, *images)
    again = take(session, *images)
    assert not again.edit
    assert (again.shapes, again.tags) == (0, 0)
    assert session.reader.image_count() == 2


def test_another_data_set_of_the_same_images_adds_to_them(
    session: Session, files: list[Path]
) -> None:
    take(session, tagged(files[0], "a"))
    take(session, boxed(files[0], "b"))
    [image_id] = session.reader.image_ids()
    status = session.reader.status(image_id)
    assert (status.tags, status.shapes) == (State.DONE, State.DONE)


def test_the_same_image_twice_in_one_data_set(session: Session, files: list[Path]) -> None:
    roundabout = files[0].parent / ".." / files[0].parent.name / files[0].name
    take(session, boxed(files[0], "a"), boxed(roundabout, "b", "c"))
    [image_id] = session.reader.image_ids()
    assert len(session.reader.shapes(image_id)) == 3


def test_several_tags_open_the_group_of_a_project_without_tags(
    session: Session, files: list[Path]
) -> None:
    result = take(session, tagged(files[0], "a", "b"))
    assert session.reader.tag_groups()[0].multi_label
    assert len(session.reader.tags(session.reader.image_ids()[0])) == 2
    assert "several tags" in str(result.problems[0])
    session.undo()
    assert not session.reader.tag_groups()[0].multi_label


def test_a_human_tag_stays_where_only_one_is_allowed(session: Session, files: list[Path]) -> None:
    take(session, tagged(files[0], "a"))
    result = take(session, tagged(files[0], "b"), tagged(files[1], "c", "d"))
    first, second = session.reader.image_ids()
    by_id = {label.id: label.name for label in session.reader.labels()}
    assert [by_id[tag.label] for tag in session.reader.tags(first)] == ["a"]
    assert [by_id[tag.label] for tag in session.reader.tags(second)] == ["c"]
    assert len(result.problems) == 2


def test_regions_to_ignore_may_have_no_class(session: Session, files: list[Path]) -> None:
    take(session, boxed(files[0], "", ignore=True))
    [shape] = session.reader.shapes(session.reader.image_ids()[0])
    assert shape.ignore
    assert names(session) == ["ignore"]


def test_a_removed_image_comes_back(session: Session, files: list[Path]) -> None:
    from studio.editing.actions import remove_images

    take(session, tagged(files[0], "a"))
    session.apply(remove_images([session.reader.status(session.reader.image_ids()[0])]))
    assert session.reader.image_count() == 0
    take(session, tagged(files[0], "a"))
    assert session.reader.image_count() == 1


def test_masks_listed_as_images_leave_unless_somebody_labelled_them(
    session: Session, files: list[Path]
) -> None:
    add_images(session, files)
    take(session, tagged(files[2], "mine"))
    batch = ImportBatch((boxed(files[0], "nucleus"),), masks=(files[1], files[2]))
    result = import_batch(session, batch)
    assert [
        session.reader.path_of(i)
        for i in session.reader.images(session.reader.image_ids()).values()
    ] == [files[0], files[2]]
    assert str(result.problems[0].sentence).startswith("1 file(s) here are masks")
    assert import_batch(session, batch).problems == ()
    session.undo()
    assert session.reader.image_count() == 3


def test_the_formats_problems_are_handed_on(session: Session, files: list[Path]) -> None:
    problem = Problem("a.json", "images[0]", say("it is gone"))
    result = import_batch(session, ImportBatch((tagged(files[0], "a"),), problems=(problem,)))
    assert result.problems == (problem,)
    assert str(problem) == "a.json, images[0]: it is gone"

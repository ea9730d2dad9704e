"""Shapes that were read before their image is shown: at hand, and never those of before an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from studio.domain import geometry as geo
from studio.domain.edits import Title, created, deleted, replaced
from studio.domain.labels import Tag
from studio.domain.shapes import Box, Geometry, Shape
from studio.editing import actions
from studio.ui.canvas import scene
from studio.ui.canvas.canvas import Canvas
from studio.ui.document import Document
from tests import making

FIRST, SECOND = Box(2, 3, 20, 30), geo.polygon((5, 5), (40, 8), (30, 44))


@pytest.fixture
def canvas(tmp_path: Path, qapp) -> Iterator[Canvas]:
    """The first image is shown; on the second there are a box and a polygon."""
    document = Document(making.project(tmp_path, images=3))
    making.labels(document.session, "bolt", "nut")
    first, second, _ = document.reader.image_ids()
    draw(document, second, FIRST, SECOND)
    canvas = Canvas(document)
    canvas.showing.neighbours = lambda image_id: [second] if image_id == first else []
    yield canvas
    canvas.close_pictures()
    document.close()
    canvas.deleteLater()


def draw(document: Document, image_id: int, *geometries: Geometry) -> None:
    label = document.reader.labels()[0].id
    ids = document.reserve_ids("shape", len(geometries))
    shapes = [Shape(i, image_id, label, g) for i, g in zip(ids, geometries, strict=True)]
    document.session.apply(created(Title.DRAW_BOX, *shapes))


def show_first(canvas: Canvas, qtbot) -> int:
    """Show the first image and wait until the second one's shapes have been read."""
    first, second, _ = canvas.document.reader.image_ids()
    canvas.document.show_image(first)
    qtbot.waitUntil(lambda: canvas.scene.has_ahead(second))
    return second


def assert_shown_as_stored(canvas: Canvas) -> None:
    scene, reader = canvas.scene, canvas.document.reader
    shapes = reader.shapes(canvas.document.image_id)
    assert scene.shapes == shapes
    for index, shape in enumerate(shapes):
        bounds = geo.bounds(shape.geometry)
        corner = Box(bounds.x0, bounds.y0, bounds.x0, bounds.y0)
        assert index in scene.touching(corner)
        assert scene.shape(shape.id) == shape


def test_what_was_read_ahead_is_shown_without_being_read_again(
    canvas: Canvas, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = show_first(canvas, qtbot)
    with monkeypatch.context() as none_is_read:
        none_is_read.setattr(canvas.document.reader, "shapes", None)
        canvas.document.show_image(second)
    assert [shape.geometry for shape in canvas.scene.shapes] == [FIRST, SECOND]
    assert_shown_as_stored(canvas)


def move(document: Document, shape: Shape) -> None:
    moved = replace(shape, geometry=geo.translate(shape.geometry, 3, 2))
    document.apply(replaced(Title.MOVE, shape, moved))


def move_and_back(document: Document, shape: Shape) -> None:
    move(document, shape)
    document.undo()


def lock(document: Document, shape: Shape) -> None:
    document.apply(replaced(Title.LOCK, shape, replace(shape, locked=True)))


def delete(document: Document, shape: Shape) -> None:
    document.apply(deleted(Title.DELETE, shape))


def delete_the_class(document: Document, shape: Shape) -> None:
    bolt = document.reader.labels()[0]
    document.apply(actions.delete_label(bolt, *document.reader.rows_of_label(bolt.id)))


def write_beside_the_window(document: Document, shape: Shape) -> None:
    """As an import does: on a thread, and the window is not told yet."""
    moved = replace(shape, geometry=FIRST, z=7)
    edit = replaced(Title.MOVE, shape, moved)
    thread = Thread(target=document.session.apply, args=(edit,))
    thread.start()
    thread.join()


def tag(document: Document, shape: Shape) -> None:
    document.apply(created(Title.TAG, Tag(shape.image_id, 1, shape.label)))


@pytest.mark.parametrize(
    "change",
    [move, move_and_back, lock, delete, delete_the_class, write_beside_the_window, tag],
)
def test_an_edit_meanwhile_is_shown(
    canvas: Canvas, qtbot, change: Callable[[Document, Shape], None]
) -> None:
    second = show_first(canvas, qtbot)
    change(canvas.document, canvas.document.reader.shapes(second)[1])
    canvas.document.show_image(second)
    assert_shown_as_stored(canvas)


def test_edits_after_it_is_shown_are_followed(canvas: Canvas, qtbot) -> None:
    second = show_first(canvas, qtbot)
    canvas.document.show_image(second)
    move(canvas.document, canvas.scene.shapes[1])
    assert_shown_as_stored(canvas)
    canvas.document.undo()
    assert_shown_as_stored(canvas)


@pytest.fixture
def crowded(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> Canvas:
    """Two shapes are very many here, and nothing is read ahead."""
    monkeypatch.setattr(scene, "MANY", 1)
    canvas.showing.neighbours = lambda image_id: []
    return canvas


def show_second(canvas: Canvas) -> int:
    _, second, _ = canvas.document.reader.image_ids()
    canvas.document.show_image(second)
    assert not canvas.scene.is_complete
    return second


def test_very_many_shapes_come_by_themselves_and_are_painted(crowded: Canvas, qtbot) -> None:
    crowded.resize(400, 300)
    crowded.document.show_image(0)
    crowded.grab()
    bare = show_second(crowded) and crowded.grab().toImage()
    assert not crowded.is_finished
    qtbot.waitUntil(lambda: crowded.scene.is_complete)
    qtbot.waitUntil(lambda: crowded.grab().toImage() != bare and crowded.is_finished)
    assert_shown_as_stored(crowded)


def test_whoever_asks_for_them_before_waits_for_all(crowded: Canvas) -> None:
    show_second(crowded)
    assert [s.geometry for s in crowded.scene.near((10, 10), 1)] == [FIRST, SECOND]
    show_second_again(crowded)
    crowded.document.select([shape.id for shape in crowded.scene.shapes])
    assert len(crowded.scene.selected()) == 2
    assert_shown_as_stored(crowded)


def show_second_again(canvas: Canvas) -> None:
    canvas.document.show_image(canvas.document.reader.image_ids()[2])
    show_second(canvas)


@pytest.mark.parametrize("change", [move, delete, write_beside_the_window])
def test_an_edit_while_they_are_read_is_shown(
    crowded: Canvas, qtbot, change: Callable[[Document, Shape], None]
) -> None:
    second = show_second(crowded)
    change(crowded.document, crowded.document.reader.shapes(second)[1])
    qtbot.waitUntil(lambda: crowded.scene.is_complete)
    assert_shown_as_stored(crowded)


def test_those_of_an_image_that_was_left_do_not_come(crowded: Canvas, qtbot) -> None:
    show_second(crowded)
    third = crowded.document.reader.image_ids()[2]
    crowded.document.show_image(third)
    qtbot.wait(50)
    assert crowded.scene.shapes == () and crowded.scene.is_complete

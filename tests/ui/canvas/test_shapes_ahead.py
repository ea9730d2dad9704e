"""Shapes that were read before their image is shown: at hand, and never those of before an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread, Timer

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain import geometry as geo
from studio.domain.edits import Title, created, deleted, replaced
from studio.domain.labels import Tag
from studio.domain.shapes import Box, Geometry, Point, Shape
from studio.editing import actions
from studio.ui.canvas import long_outlines, scene
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas.shapes_ahead import Drawn, ShapesAhead
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


def test_of_a_very_long_outline_no_path_is_made_ahead_for_it_is_another_at_each_zoom(
    canvas: Canvas, qtbot
) -> None:
    teeth = [(4 + at / 100, 5 + at % 2) for at in range(long_outlines.MANY + 1)]
    document = canvas.document
    second = document.reader.image_ids()[1]
    draw(document, second, geo.polygon((4, 50), *teeth, (34, 50)))
    show_first(canvas, qtbot)
    ahead = canvas.scene._ahead.take(second)
    *drawn, long = document.reader.shapes(second)
    assert ahead is not None
    assert set(ahead.outlines) == {shape.id for shape in drawn}
    assert long.id in {shape.id for shape in ahead.shapes}


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
def reading(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Two shapes are very many here, and reading them takes until this is set."""
    may_end, read = Event(), ShapesAhead._read
    at_last = Timer(30, may_end.set)  # who waits in vain fails, and does not wait for ever
    at_last.start()

    def read_slowly(ahead: ShapesAhead, image_id: int, known: Drawn | None) -> Drawn:
        may_end.wait()
        return read(ahead, image_id, known)

    monkeypatch.setattr(scene, "MANY", 1)
    monkeypatch.setattr(ShapesAhead, "_read", read_slowly)
    canvas.showing.neighbours = lambda image_id: []
    yield may_end
    at_last.cancel()
    may_end.set()


def show_second(canvas: Canvas) -> int:
    _, second, _ = canvas.document.reader.image_ids()
    canvas.document.show_image(second)
    assert not canvas.scene.is_complete
    return second


def test_very_many_shapes_come_after_the_picture(canvas: Canvas, reading: Event, qtbot) -> None:
    canvas.resize(400, 300)
    show_second(canvas)
    qtbot.waitUntil(lambda: canvas.showing.shows_whole)
    bare = canvas.grab().toImage()
    assert not canvas.is_finished
    reading.set()
    qtbot.waitUntil(lambda: canvas.scene.is_complete)
    qtbot.waitUntil(lambda: canvas.grab().toImage() != bare and canvas.is_finished)
    assert_shown_as_stored(canvas)


def test_they_may_come_at_once(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread may be quicker than whoever asked it."""

    def submit(read: Callable[..., Drawn], *what: object) -> Future[Drawn]:
        done = Future[Drawn]()
        done.set_result(read(*what))
        return done

    monkeypatch.setattr(scene, "MANY", 1)
    monkeypatch.setattr(canvas.scene._ahead._pool, "submit", submit)
    _, second, _ = canvas.document.reader.image_ids()
    canvas.document.show_image(second)
    assert canvas.scene.is_complete
    assert_shown_as_stored(canvas)


def test_where_they_cannot_be_read_ahead_they_are_read_at_last(
    canvas: Canvas, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Drawn:
        raise OSError

    monkeypatch.setattr(scene, "MANY", 1)
    monkeypatch.setattr(ShapesAhead, "_read", fail)
    canvas.document.show_image(canvas.document.reader.image_ids()[1])
    qtbot.waitUntil(lambda: canvas.scene.is_complete)
    assert_shown_as_stored(canvas)


def test_nobody_waits_for_the_shapes_of_others(canvas: Canvas, reading: Event, qtbot) -> None:
    first, second, third = canvas.document.reader.image_ids()
    canvas.scene.read_ahead([third])
    qtbot.waitUntil(lambda: third in canvas.scene._ahead._pending)
    canvas.document.show_image(second)
    assert_shown_as_stored(canvas)
    canvas.showing.neighbours = lambda image_id: [second]
    canvas.document.show_image(first)
    reading.set()
    qtbot.waitUntil(lambda: canvas.scene.has_ahead(second))


def test_a_look_at_one_alone_outlasts_another_state_of_the_file(
    canvas: Canvas, reading: Event
) -> None:
    second = show_second(canvas)
    Timer(0.05, reading.set).start()
    first, other = canvas.scene.shapes
    alone = first.id
    canvas.scene.show_only([alone])
    write_beside_the_window(canvas.document, other)
    canvas.scene.load(second)
    assert not canvas.scene.is_complete
    assert canvas.scene.shapes and canvas.scene.solo == {alone}


def click(canvas: Canvas) -> list[Shape]:
    return canvas.scene.near((10, 10), 1)


def take_all(canvas: Canvas) -> list[Shape]:
    canvas.document.select([shape.id for shape in canvas.scene.shapes])
    return canvas.scene.selected()


def take_one(canvas: Canvas) -> list[Shape]:
    second = canvas.document.reader.shapes(canvas.document.image_id)[1]
    canvas.document.select([second.id])
    return canvas.scene.selected()


@pytest.mark.parametrize(
    ("ask", "found"),
    [(click, [FIRST, SECOND]), (take_all, [FIRST, SECOND]), (take_one, [SECOND])],
)
def test_whoever_asks_for_them_before_waits_for_all(
    canvas: Canvas,
    reading: Event,
    ask: Callable[[Canvas], list[Shape]],
    found: list[Geometry],
) -> None:
    show_second(canvas)
    Timer(0.05, reading.set).start()
    assert [shape.geometry for shape in ask(canvas)] == found
    assert_shown_as_stored(canvas)


def point_at(canvas: Canvas, point: Point) -> QPoint:
    """Move the pointer there with no button held."""
    spot = QPointF(*canvas.viewport.to_widget(point)).toPoint()
    at, none = QPointF(spot), Qt.MouseButton.NoButton
    kind, keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QMouseEvent(kind, at, canvas.mapToGlobal(at), none, none, keys))
    return spot


def test_no_tool_waits_for_them_while_one_only_points(
    canvas: Canvas, reading: Event, qtbot
) -> None:
    canvas.resize(400, 300)
    show_second(canvas)
    for tool in canvas.tools:
        canvas.use(tool)
        point_at(canvas, (10, 10))
        canvas.grab()
        assert not canvas.scene.is_complete, tool
    reading.set()
    qtbot.waitUntil(lambda: canvas.scene.is_complete)
    canvas.use("select")
    point_at(canvas, (10, 10))
    assert canvas._selection_layer.hovered == canvas.scene.shapes[0].id


def test_a_corner_is_put_onto_shapes_that_had_not_come(canvas: Canvas, reading: Event) -> None:
    """A press waits for them, whatever it would be put onto before they were there."""
    canvas.resize(400, 300)
    second = show_second(canvas)
    canvas.document.choose_label(canvas.document.reader.labels()[0].id)
    canvas.use("box")
    spot = point_at(canvas, (20.4, 30.4))
    Timer(0.05, reading.set).start()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert canvas.scene.is_complete
    far = QPointF(*canvas.viewport.to_widget((46, 44))).toPoint()
    QTest.mouseMove(canvas, far)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=far)
    drawn = canvas.document.reader.shapes(second)[-1].geometry
    assert isinstance(drawn, Box) and (drawn.x0, drawn.y0) == (FIRST.x1, FIRST.y1)


@pytest.mark.parametrize("change", [move, delete, write_beside_the_window])
def test_an_edit_while_they_are_read_is_shown(
    canvas: Canvas, reading: Event, qtbot, change: Callable[[Document, Shape], None]
) -> None:
    second = show_second(canvas)
    Timer(0.05, reading.set).start()
    change(canvas.document, canvas.document.reader.shapes(second)[1])
    qtbot.waitUntil(lambda: canvas.scene.is_complete)
    assert_shown_as_stored(canvas)


def test_those_of_an_image_that_was_left_do_not_come(canvas: Canvas, reading: Event, qtbot) -> None:
    show_second(canvas)
    third = canvas.document.reader.image_ids()[2]
    canvas.document.show_image(third)
    reading.set()
    qtbot.waitUntil(lambda: canvas.scene.has_ahead(third))
    assert canvas.scene.shapes == () and canvas.scene.is_complete

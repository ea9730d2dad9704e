"""The names above shapes: whole wherever one looks, and none where they would be all one sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from studio.domain.edits import Title, created
from studio.domain.labels import new_label
from studio.domain.shapes import Box, Shape
from studio.ui.canvas import name_tags
from tests.ui.label.hand import Hand


@pytest.fixture
def named(hand: Hand) -> Hand:
    """Names are shown, and the current class has a long one."""
    document = hand.document
    label = new_label("hexagon bolt, zinc-plated 六角螺栓", document.reader.labels())
    document.apply(created(Title.ADD_CLASS, label))
    document.choose_label(label.id)
    hand.key(Qt.Key.Key_G)
    return hand


def put(hand: Hand, *boxes: Box) -> None:
    document = hand.document
    ids = document.reserve_ids("shape", len(boxes))
    shapes = (
        Shape(number, document.image_id, document.label_id, box)
        for number, box in zip(ids, boxes, strict=True)
    )
    document.apply(created(Title.PASTE, *shapes))


def seen(hand: Hand) -> QImage:
    shown = hand.canvas.grab()
    while not hand.canvas.is_finished:
        shown = hand.canvas.grab()
    return shown.toImage()


def seen_anew(hand: Hand) -> QImage:
    """What is seen where nothing is kept of what was drawn before."""
    hand.canvas._shapes_layer.forget()
    return seen(hand)


def test_a_name_is_drawn_whole_where_its_shape_is_drawn_alone(named: Hand) -> None:
    """Near the right border the name goes to the left of its shape."""
    seen(named)
    put(named, Box(5, 100, 10, 110))
    assert seen(named) == seen_anew(named)
    named.canvas.view.zoom(6, (0.0, 0.0))
    seen(named)
    right, _ = named.canvas.viewport.to_image((named.canvas.width() - 8.0, 0.0))
    put(named, Box(right - 3, 60, right, 66))
    assert seen(named) == seen_anew(named)


@pytest.mark.parametrize("way", [(150.0, 40.0), (-150.0, -40.0)])
def test_names_keep_inside_while_the_view_is_moved(named: Hand, way: tuple[float, float]) -> None:
    put(named, Box(20, 20, 380, 280), Box(150, 100, 160, 110))
    named.canvas.view.zoom(6, (400.0, 300.0))
    seen(named)
    named.canvas.view.set(named.canvas.viewport.panned(*way))
    assert seen(named) == seen_anew(named)


def test_what_is_out_of_sight_has_no_name_in_sight(named: Hand) -> None:
    named.canvas.view.zoom(6, (0.0, 0.0))
    bare = seen(named)
    left, top = named.canvas.viewport.to_image((named.canvas.width() + 40.0, 200.0))
    put(named, Box(left, top, left + 6, top + 6))
    assert seen_anew(named) == bare


def test_the_small_ones_of_a_crowd_go_without_names(named: Hand) -> None:
    count = name_tags.MANY_NAMES + 1
    places = ((5 + 30 * (n // 20), 5 + 14 * (n % 20)) for n in range(count))
    put(named, *(Box(x, y, x + 4, y + 4) for x, y in places))
    small = seen(named)
    named.key(Qt.Key.Key_G)
    assert seen(named) == small
    put(named, Box(200, 100, 300, 200))
    bare = seen(named)
    named.key(Qt.Key.Key_G)
    assert seen(named) != bare, "a large one has its name also in a crowd"

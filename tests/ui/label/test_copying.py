"""Copies: onto this image, the next one, another project; the previous image's shapes, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from studio.domain import geometry as geo
from studio.domain.labels import new_label
from studio.domain.project import Changes, State
from studio.domain.shapes import (
    Box,
    Geometry,
    Part,
    Points,
    Polygon,
    Polyline,
    RotatedBox,
    Shape,
)
from studio.editing import actions, copying
from studio.ui.document import Document
from studio.ui.label.clipboard import MIME
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.vision import masks
from tests import making
from tests.ui.label.hand import CTRL, Hand, put

SQUARE = geo.polygon((100.25, 100.5), (200.125, 100.5), (200, 200), (100, 200))


@pytest.fixture(autouse=True)
def empty_clipboard(qapp) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def put_on_clipboard(text: bytes) -> None:
    data = QMimeData()
    data.setData(MIME, text)
    QGuiApplication.clipboard().setMimeData(data)


def geometries(hand: Hand) -> list[Geometry]:
    return [shape.geometry for shape in hand.shapes()]


def hints(hand: Hand) -> list[str]:
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    return said


def test_shapes_are_pasted_onto_the_next_image_where_they_were(hand: Hand) -> None:
    put(hand, SQUARE, note="left one", attributes=(("pose", "up"),), ignore=True)
    put(hand, Box(10, 20, 60, 70), locked=True, run=3, score=0.5)
    hand.document.select(shape.id for shape in hand.shapes())
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_V, CTRL)
    first, second = hand.shapes()
    assert (first.geometry, second.geometry) == (SQUARE, Box(10, 20, 60, 70))
    assert (first.note, first.attributes, first.ignore) == ("left one", (("pose", "up"),), True)
    assert (second.locked, second.run, second.score) == (False, None, None)
    assert hand.document.selection == {first.id, second.id}
    assert hand.document.reader.status(hand.document.image_id).shapes is State.IN_PROGRESS
    assert hand.document.undo_title() == "Paste"
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_Y, CTRL)
    assert len(hand.shapes()) == 2


def test_pasting_on_the_same_image_goes_aside_each_time(hand: Hand) -> None:
    put(hand, Box(100, 100, 150, 140))
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_V, CTRL)
    hand.key(Qt.Key.Key_V, CTRL)
    boxes = geometries(hand)
    assert len(set(boxes)) == 3
    assert all(geo.area(box) == 50 * 40 for box in boxes)
    assert len(hand.document.selection) == 1


def test_a_copy_in_the_far_corner_goes_aside_the_other_way(hand: Hand) -> None:
    put(hand, Box(350, 260, 400, 300))
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_V, CTRL)
    assert len(set(geometries(hand))) == 2


def test_cut_takes_away_and_paste_brings_back_in_place(hand: Hand) -> None:
    put(hand, SQUARE)
    locked = put(hand, Box(10, 20, 60, 70), locked=True)
    hand.document.select(shape.id for shape in hand.shapes())
    hand.key(Qt.Key.Key_X, CTRL)
    assert [shape.id for shape in hand.shapes()] == [locked]
    assert hand.document.undo_title() == "Delete"
    hand.key(Qt.Key.Key_V, CTRL)
    assert SQUARE in geometries(hand)
    assert len(hand.shapes()) == 2


def test_copying_nothing_keeps_what_is_on_the_clipboard(hand: Hand) -> None:
    put(hand, SQUARE)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.document.select(())
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_X, CTRL)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_V, CTRL)
    assert geometries(hand) == [SQUARE]


def test_what_lies_beyond_a_smaller_image_is_cut_or_moved_inside(hand: Hand) -> None:
    """Copied from an image of 1000 x 800 px."""
    [label, *_] = hand.document.reader.labels()
    across = Shape(1, 9, label.id, Box(350, 100, 600, 200))
    beyond = Shape(2, 9, label.id, geo.polygon((700, 700), (760, 700), (760, 760)))
    put_on_clipboard(copying.to_text([across, beyond], [label]).encode())
    hand.key(Qt.Key.Key_V, CTRL)
    assert geometries(hand) == [
        Box(350, 100, 400, 200),
        geo.polygon((340, 240), (400, 240), (400, 300)),
    ]


def test_of_what_cannot_be_on_a_smaller_image_it_is_said(hand: Hand) -> None:
    """Moved inside, the corner of the triangle that would be seen is empty."""
    [label, *_] = hand.document.reader.labels()
    inside = Shape(1, 9, label.id, SQUARE)
    beyond = Shape(2, 9, label.id, geo.polygon((0, 2000), (2000, 0), (2000, 2000)))
    said = hints(hand)
    for copied, told in (
        ([beyond], "1 shape left out: it lies beyond this image"),
        ([inside, beyond], "1 shape pasted · 1 shape left out: it lies beyond this image"),
    ):
        put_on_clipboard(copying.to_text(copied, [label]).encode())
        hand.key(Qt.Key.Key_V, CTRL)
        assert said[-1] == told
    assert geometries(hand) == [SQUARE]


def test_pasting_from_an_empty_clipboard_says_so(hand: Hand) -> None:
    said = hints(hand)
    hand.key(Qt.Key.Key_V, CTRL)
    assert said[-1] == "There are no shapes on the clipboard."


def test_malformed_clipboards_change_nothing(hand: Hand) -> None:
    [label, *_] = hand.document.reader.labels()
    good = copying.to_text([Shape(1, 1, label.id, SQUARE)], [label])
    for text in (
        "", "{}", "[]", "3", "null", "not json", good[:-5], good.replace("shapes", "sharks"),
        good.replace('"class": "bolt"', '"class": " "'), good.replace("#", ""),
        good.replace('"version": 1', '"version": 2'),
        good.replace('"geometry": "', '"geometry": "!'),
        good.replace('"attributes": []', '"attributes": [["a"]]'),
        good.replace('"note": ""', '"note": null'),
    ):  # fmt: skip
        put_on_clipboard(text.encode())
        hand.key(Qt.Key.Key_V, CTRL)
    put_on_clipboard(b"\xff\xfe\x00")
    hand.key(Qt.Key.Key_V, CTRL)
    QGuiApplication.clipboard().setText(good)
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.shapes() == []
    assert hand.document.undo_title() == "Add class"


def test_another_project_gets_the_classes_that_it_lacks(hand: Hand, tmp_path: Path, qtbot) -> None:
    _, nut, _ = hand.document.reader.labels()
    put(hand, SQUARE)
    second = put(hand, Box(10, 20, 60, 70))
    stored = hand.document.reader.shape(second)
    assert stored is not None
    hand.document.apply(actions.change_label([stored], nut))
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.close()
    other = Document(making.project(tmp_path / "other", images=1, width=400, height=300))
    making.labels(other.session, "Nut")
    elsewhere = Hand(other)
    elsewhere.show(qtbot)
    try:
        other.announce(Changes(labels=True))
        elsewhere.key(Qt.Key.Key_V, CTRL)
        assert elsewhere.names() == ["bolt", "Nut"]
        assert [label.name for label in other.reader.labels()] == ["Nut", "bolt"]
        elsewhere.key(Qt.Key.Key_Z, CTRL)
        assert [label.name for label in other.reader.labels()] == ["Nut"]
        assert elsewhere.shapes() == []
    finally:
        elsewhere.close()
        ThumbnailLoader.of(other).close()
        other.close()


@pytest.mark.parametrize(
    "geometry",
    [
        Box(10.5, 20.25, 60, 70),
        RotatedBox(100, 120, 60, 40, 33.5),
        Polygon((Part(SQUARE.parts[0].outer, (((120, 120), (140, 120), (130, 140)),)),)),
        Polyline(((10, 20), (30.5, 44), (90, 20))),
        Points(((10, 20), (30, 44)), frozenset({1}), ("nose", "tail")),
        masks.encode(masks.rasterise(SQUARE, 400, 300)),
    ],
    ids=lambda geometry: type(geometry).__name__,
)
def test_every_kind_of_shape_comes_through_unchanged(hand: Hand, geometry: Geometry) -> None:
    put(hand, geometry)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_V, CTRL)
    assert geometries(hand) == [geometry]
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_B, CTRL)
    assert geometries(hand) == [geometry]


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (masks.encode(np.ones((10, 10), bool), 395, 20), Box(395, 20, 400, 30)),
        (masks.encode(np.ones((10, 10), bool), 500, 400), Box(390, 290, 400, 300)),
        (RotatedBox(500, 100, 20, 10, 0), Box(390, 95, 410, 105)),
        (Polyline(((300, 20), (500, 20))), Box(300, 20, 400, 20)),
        (Points(((300, 20), (500, 20))), Box(300, 20, 300, 20)),
        (Box(-50, -50, 900, 900), Box(0, 0, 400, 300)),
    ],
)
def test_every_kind_of_shape_is_fitted_to_a_smaller_image(
    geometry: Geometry, expected: Box
) -> None:
    found = copying.fitted(geometry, 400, 300)
    assert found is not None
    assert geo.bounds(found) == expected


# Ctrl+B ---------------------------------------------------------------------------------------


def test_the_previous_images_shapes_are_copied_once_and_never_stick(hand: Hand) -> None:
    put(hand, SQUARE, hidden=True)
    put(hand, Box(10, 20, 60, 70), note="kept")
    said = hints(hand)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_B, CTRL)
    assert geometries(hand) == [SQUARE, Box(10, 20, 60, 70)]
    assert [shape.note for shape in hand.shapes()] == ["", "kept"]
    assert not any(shape.hidden for shape in hand.shapes())
    assert [text[:2] for text in said if "copied from 000.png" in text] == ["2 "]
    assert hand.document.undo_title() == "Copy previous image's shapes"
    hand.key(Qt.Key.Key_B, CTRL)
    assert len(hand.shapes()) == 2
    hand.key(Qt.Key.Key_D)
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_A)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_shapes_of_a_larger_previous_image_may_lie_beyond_this_one(hand: Hand) -> None:
    put(hand, geo.polygon((0, 2000), (2000, 0), (2000, 2000)))
    said = hints(hand)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_B, CTRL)
    assert hand.shapes() == []
    assert said[-1] == "1 shape left out: it lies beyond this image"


def test_only_what_is_missing_is_copied(hand: Hand) -> None:
    put(hand, SQUARE)
    kept = put(hand, Box(10, 20, 60, 70))
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_B, CTRL)
    [copy] = [shape for shape in hand.shapes() if shape.geometry == SQUARE]
    hand.document.select({copy.id})
    hand.key(Qt.Key.Key_Delete)
    said = hints(hand)
    hand.key(Qt.Key.Key_B, CTRL)
    assert sorted(geometries(hand), key=geo.area) == [Box(10, 20, 60, 70), SQUARE]
    assert [text[:2] for text in said if "copied from 000.png" in text] == ["1 "]
    assert hand.document.reader.shape(kept) is not None


def test_with_nothing_to_copy_nothing_is_written(hand: Hand) -> None:
    said = hints(hand)
    hand.key(Qt.Key.Key_B, CTRL)
    assert said[-1] == "There is no image before this one."
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_B, CTRL)
    assert said[-1] == "There are no shapes on 000.png."
    assert hand.document.undo_title() == "Add class"


def test_the_drawing_tool_stays_in_the_hand(hand: Hand) -> None:
    put(hand, SQUARE)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_R)
    hand.key(Qt.Key.Key_B, CTRL)
    assert hand.canvas.tool.id == "box"
    assert hand.document.selection == frozenset()
    hand.drag((20, 210), (60, 250))
    assert len(hand.shapes()) == 2


def test_everything_that_a_shape_says_survives_the_clipboard() -> None:
    label = new_label("垫圈", ())
    shape = Shape(
        5, 1, label.id, SQUARE, ignore=True, note="ä\n“b”", attributes=(("k", "v"), ("", ""))
    )
    [copied] = copying.from_text(copying.to_text([shape], [label]))
    assert (copied.name, copied.color, copied.geometry) == ("垫圈", label.color, SQUARE)
    assert (copied.ignore, copied.note, copied.attributes) == (True, "ä\n“b”", shape.attributes)

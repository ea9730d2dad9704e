"""Wand, scissors, cut out, fill, freehand and the brush's modes, by mouse and key, on a picture
whose objects are known to the pixel."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import Polygon as ShapelyPolygon

from studio.domain import geometry as geo
from studio.domain.edits import Title
from studio.domain.shapes import Box, Geometry, Mask, Part, Polygon
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.label import unfinished
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.vision import masks
from tests import making
from tests.ui.label.hand import CTRL, LEFT, NONE, SHIFT, Hand, put

RIGHT = Qt.MouseButton.RightButton
ALT = Qt.KeyboardModifier.AltModifier
WIDTH, HEIGHT = 400, 300

ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
DISC = np.hypot(xs - 110, ys - 150) <= 50
HALO = (np.hypot(xs - 110, ys - 150) <= 70) & ~DISC
BLOCK = (xs > 240) & (xs < 360) & (ys > 90) & (ys < 210)
BORDER = ((240, 90), (360, 90), (360, 210), (240, 210))


def picture() -> np.ndarray:
    """(H, W, 3) BGR: a disc with a halo 40 greys off, and a block, on ground of another colour."""
    noise = np.random.default_rng(0).integers(-5, 6, (HEIGHT, WIDTH, 1))
    colors = np.full((HEIGHT, WIDTH, 3), (150, 60, 60))
    colors[DISC] = (60, 60, 200)
    colors[HALO] = (60, 100, 200)
    colors[BLOCK] = (60, 180, 60)
    return (colors + noise).astype(np.uint8)


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    session = making.project(tmp_path, images=2, width=WIDTH, height=HEIGHT)
    for file in (tmp_path / "pictures").iterdir():
        file.write_bytes(cv2.imencode(".png", picture())[1].tobytes())
    document = Document(session)
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


def covered(geometry: Geometry) -> np.ndarray:
    return masks.rasterise(geometry, WIDTH, HEIGHT)


def iou(a: np.ndarray, b: np.ndarray) -> float:
    return np.count_nonzero(a & b) / np.count_nonzero(a | b)


def stored(hand: Hand, qtbot, count: int = 1) -> np.ndarray:
    """The pixels of the newest of ``count`` shapes, once there are so many."""
    qtbot.waitUntil(lambda: len(hand.shapes()) == count)
    return covered(hand.shapes()[-1].geometry)


def settle(hand: Hand, qtbot) -> None:
    """Wait for what is worked out on another thread."""
    done: list[bool] = []
    for name in ("wand", "fill", "smart"):
        hand.canvas.tools[name].background.run(lambda: True, done.append)
    qtbot.waitUntil(lambda: len(done) == 3)
    for name in ("wand", "fill"):  # an errand may have set off another one
        hand.canvas.tools[name].background.run(lambda: True, done.append)
    qtbot.waitUntil(lambda: len(done) == 5)


def hold_up(hand: Hand, tool: str) -> threading.Event:
    """Nothing is found by ``tool`` before the event is set."""
    go = threading.Event()
    hand.canvas.tools[tool].background.run(lambda: go.wait(20), lambda _: None)
    return go


# The wand -------------------------------------------------------------------------------------


def test_the_wand_masks_what_is_joined_in_its_colour(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150))
    assert np.array_equal(stored(hand, qtbot), DISC)
    assert hand.names() == ["nut"]
    assert hand.document.selection == {hand.shape().id}
    assert hand.document.undo_title() == Title.PAINT_MASK
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_dragging_says_how_much_a_colour_may_differ(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    right = (110 + 90 / hand.canvas.viewport.scale, 150.0)
    hand.press((110, 150))
    hand.move(right, buttons=LEFT)
    assert "60" in hand.canvas.hint
    hand.release(right)
    assert np.array_equal(stored(hand, qtbot), DISC | HALO)
    # The tolerance is the next press's too; dragging to the left lowers it.
    hand.drag((110, 150), (110 - 90 / hand.canvas.viewport.scale, 150.0))
    assert np.array_equal(stored(hand, qtbot, 2), DISC)


def test_the_region_is_seen_before_the_release(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.move((110, 150))
    QApplication.processEvents()
    before = hand.canvas.grab().toImage()
    at = hand.spot((80, 150))
    hand.press((110, 150))
    qtbot.waitUntil(lambda: hand.canvas.grab().toImage().pixel(at) != before.pixel(at))
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_Escape)
    assert hand.canvas.grab().toImage().pixel(at) == before.pixel(at)
    hand.release((110, 150))
    settle(hand, qtbot)
    assert hand.shapes() == []


def test_shift_adds_and_ctrl_alt_or_the_right_button_take_away(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150))
    stored(hand, qtbot)
    hand.click((300, 150), SHIFT)
    settle(hand, qtbot)
    assert np.array_equal(covered(hand.shape().geometry), DISC | BLOCK)
    for modifiers in (CTRL, ALT):
        hand.click((300, 150), modifiers)
        settle(hand, qtbot)
        assert np.array_equal(covered(hand.shape().geometry), DISC)
        assert hand.document.undo_title() == Title.ERASE_MASK
        hand.key(Qt.Key.Key_Z, CTRL)
    QTest.mouseClick(hand.canvas, RIGHT, NONE, hand.spot((300, 150)))
    settle(hand, qtbot)
    assert np.array_equal(covered(hand.shape().geometry), DISC)
    hand.click((110, 150), CTRL)
    settle(hand, qtbot)
    assert hand.shapes() == []


def test_taking_away_needs_a_shape_and_says_so(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150), CTRL)
    assert "Select" in hand.canvas.hint
    settle(hand, qtbot)
    assert hand.shapes() == []


def test_taking_away_finds_the_polygon_under_the_pointer(hand: Hand, qtbot) -> None:
    put(hand, geo.polygon((100, 100), (380, 80), (390, 220), (100, 200)))
    before = covered(hand.shape().geometry)
    hand.key(Qt.Key.Key_M)
    hand.click((300, 150), CTRL)
    settle(hand, qtbot)
    assert np.array_equal(covered(hand.shape().geometry), before & ~BLOCK)


def test_what_changes_nothing_is_no_edit(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150))
    stored(hand, qtbot)
    entries = len(hand.document.history())
    hand.click((110, 150), SHIFT)
    settle(hand, qtbot)
    assert len(hand.document.history()) == entries


def test_outside_the_image_the_wand_does_nothing(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.click((-5, 150))
    settle(hand, qtbot)
    assert hand.shapes() == []


def test_a_mask_goes_where_it_was_asked_for(hand: Hand, qtbot) -> None:
    """Class and image are those of the click, however late the mask comes."""
    hand.key(Qt.Key.Key_M)
    first = hand.document.image_id
    go = hold_up(hand, "wand")
    hand.click((110, 150))
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_D)
    assert hand.document.image_id != first
    go.set()
    settle(hand, qtbot)
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_A)
    assert hand.names() == ["bolt"]
    assert np.array_equal(stored(hand, qtbot), DISC)
    assert hand.document.reader.status(first).shapes == "in_progress"


def test_another_image_comes_while_the_button_is_held(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.press((110, 150))
    hand.key(Qt.Key.Key_D)
    hand.release((110, 150))
    settle(hand, qtbot)
    assert hand.document.reader.shape_counts() == {}


def test_a_shape_that_changes_meanwhile_keeps_both_changes(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150))
    stored(hand, qtbot)
    go = hold_up(hand, "wand")
    hand.click((300, 150), SHIFT)
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(10)
    hand.drag((20, 20), (60, 20))
    go.set()
    settle(hand, qtbot)
    found = covered(hand.shape().geometry)
    assert found[20, 40]
    assert found[DISC | BLOCK].all()


def test_a_window_that_closes_keeps_what_was_released(hand: Hand) -> None:
    hand.key(Qt.Key.Key_M)
    go = hold_up(hand, "wand")
    threading.Timer(0.2, go.set).start()
    hand.click((110, 150))
    hand.close()
    assert np.array_equal(covered(hand.shape().geometry), DISC)


def test_without_a_class_the_mask_asks_for_one(unlabelled: Hand, qtbot) -> None:
    hand = unlabelled
    hand.key(Qt.Key.Key_M)
    hand.click((110, 150))
    qtbot.waitUntil(lambda: hand.canvas.scene.unnamed is not None)
    hand.type("disc")
    hand.key(Qt.Key.Key_Return)
    assert hand.names() == ["disc"]
    assert np.array_equal(stored(hand, qtbot), DISC)


# Cut out --------------------------------------------------------------------------------------

AROUND_BLOCK = ((225.0, 75.0), (375.0, 225.0))


def find_block(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    hand.drag(*AROUND_BLOCK)
    found(hand, qtbot)


def found(hand: Hand, qtbot) -> None:
    qtbot.waitUntil(lambda: not hand.canvas.tool.background.is_asked, timeout=20_000)


def test_a_box_finds_the_object_and_enter_keeps_it(hand: Hand, qtbot) -> None:
    find_block(hand, qtbot)
    assert hand.shapes() == []
    assert "Enter" in hand.canvas.hint
    hand.key(Qt.Key.Key_Return)
    assert iou(stored(hand, qtbot), BLOCK) > 0.95
    assert isinstance(hand.shape().geometry, Mask)
    assert not hand.canvas.tool.busy
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


@pytest.fixture
def dotted(document: Document) -> None:
    """A small dark mark on the ground of the first image."""
    path = document.reader.path_of(document.reader.image(document.reader.image_ids()[0]))
    pixels = picture()
    pixels[248:252, 200:204] = 0
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


def test_a_speck_in_a_large_box_is_told_of_and_not_taken_for_the_object(
    dotted: None, hand: Hand, qtbot
) -> None:
    hand.key(Qt.Key.Key_S)
    hand.drag((170, 220), (230, 280))
    hand.key(Qt.Key.Key_Return)  # before it is found
    found(hand, qtbot)
    assert hand.canvas.hint == "Only a speck stands out there: paint over the whole object"
    assert hand.shapes() == []
    hand.drag((180, 230), (220, 270))
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    assert stored(hand, qtbot)[235:265, 190:210].any()


def test_enter_does_not_wait_to_be_pressed_again(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    go = hold_up(hand, "smart")
    hand.drag(*AROUND_BLOCK)
    assert "Finding" in hand.canvas.hint
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_2)
    go.set()
    assert iou(stored(hand, qtbot), BLOCK) > 0.95
    assert hand.names() == ["bolt"]


@pytest.mark.parametrize("way", ["ctrl", "alt", "right button"])
def test_strokes_take_away_and_backspace_brings_back(hand: Hand, qtbot, way: str) -> None:
    find_block(hand, qtbot)
    if way == "right button":
        QTest.mousePress(hand.canvas, RIGHT, NONE, hand.spot((250, 100)))
        hand.move((350, 100), buttons=RIGHT)
        QTest.mouseRelease(hand.canvas, RIGHT, NONE, hand.spot((350, 100)))
    else:
        hand.drag((250, 100), (350, 100), modifiers=CTRL if way == "ctrl" else ALT)
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    assert not stored(hand, qtbot)[100, 255:345].any()
    hand.key(Qt.Key.Key_Z, CTRL)
    find_block(hand, qtbot)
    hand.drag((250, 100), (350, 100), modifiers=CTRL)
    hand.key(Qt.Key.Key_Backspace)
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    assert stored(hand, qtbot)[100, 255:345].all()


def test_strokes_add_what_is_missing(hand: Hand, qtbot) -> None:
    find_block(hand, qtbot)
    hand.drag((300, 150), (300, 250))
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    bitmap = stored(hand, qtbot)
    assert bitmap[215:248, 300].all()
    assert bitmap[BLOCK].mean() > 0.9


def test_escape_and_undo_leave_nothing(hand: Hand, qtbot) -> None:
    for key, modifiers in ((Qt.Key.Key_Escape, NONE), (Qt.Key.Key_Z, CTRL)):
        find_block(hand, qtbot)
        hand.key(key, modifiers)
        assert not hand.canvas.tool.busy
        hand.key(Qt.Key.Key_Return)
    settle(hand, qtbot)
    assert hand.shapes() == []
    assert hand.document.undo_title() == Title.ADD_CLASS


def test_undo_amid_a_stroke_drops_the_stroke_alone(hand: Hand, qtbot) -> None:
    find_block(hand, qtbot)
    hand.press((250, 100), CTRL)
    hand.move((350, 100), CTRL, LEFT)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.release((350, 100), CTRL)
    hand.key(Qt.Key.Key_Return)
    assert stored(hand, qtbot)[100, 255:345].all()


def test_a_mere_click_is_no_box(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((300, 150))
    assert not hand.canvas.tool.busy
    hand.key(Qt.Key.Key_Return)
    settle(hand, qtbot)
    assert hand.shapes() == []


def test_what_was_found_stays_on_its_image(hand: Hand, qtbot) -> None:
    first = hand.document.image_id
    find_block(hand, qtbot)
    hand.key(Qt.Key.Key_D)
    settle(hand, qtbot)
    assert hand.shapes() == []
    [shape] = hand.document.reader.shapes(first)
    assert iou(covered(shape.geometry), BLOCK) > 0.95


def test_what_was_not_found_yet_is_dropped_with_its_image(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    go = hold_up(hand, "smart")
    hand.drag(*AROUND_BLOCK)
    hand.key(Qt.Key.Key_D)
    go.set()
    settle(hand, qtbot)
    assert not hand.canvas.tool.busy
    assert hand.document.reader.shape_counts() == {}


def test_the_window_closes_amid_the_finding(hand: Hand) -> None:
    hand.key(Qt.Key.Key_S)
    hand.drag((5, 5), (395, 295))
    hand.close()
    assert hand.shapes() == []


# Scissors -------------------------------------------------------------------------------------


def snip(hand: Hand, qtbot, *points: tuple[float, float]) -> None:
    """Click along an edge, each time after the ways from the last click are known."""
    for point in points:
        hand.click(point)
        qtbot.waitUntil(lambda: not hand.canvas.tools["scissors"]._background.is_asked)
        hand.move(point)


def on_border(hand: Hand, tolerance: float = 2.0) -> bool:
    geometry = hand.shape().geometry
    assert isinstance(geometry, Polygon)
    [part] = geometry.parts
    border = LineString([*BORDER, BORDER[0]])
    outline = LineString([*part.outer, part.outer[0]])
    return outline.hausdorff_distance(border) <= tolerance


@pytest.mark.parametrize("close", ["enter", "double-click", "first point"])
def test_the_outline_follows_the_edge_between_clicks(hand: Hand, qtbot, close: str) -> None:
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, *BORDER[:3])
    if close == "double-click":
        hand.double_click(BORDER[3])
    else:
        snip(hand, qtbot, BORDER[3])
    if close == "enter":
        hand.key(Qt.Key.Key_Return)
    if close == "first point":
        hand.click(BORDER[0])
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1)
    assert on_border(hand)
    assert hand.document.undo_title() == Title.DRAW_POLYGON


def test_the_outline_is_one_edit(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, *BORDER)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1)
    assert not hand.canvas.tool.busy
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_the_way_bends_where_the_edge_does(hand: Hand, qtbot) -> None:
    """Two clicks at opposite corners are joined along the border, not across the block."""
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, BORDER[0], BORDER[2])
    line = LineString(hand.canvas.tool.drafts[hand.document.image_id])
    border = LineString([*BORDER, BORDER[0]])
    assert max(border.distance(ShapelyPoint(p)) for p in line.segmentize(2).coords) <= 2


def test_clicks_beside_the_edge_go_onto_it_unless_ctrl_is_held(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    hand.click((243, 150))
    [[x, _]] = hand.canvas.tool.drafts[hand.document.image_id]
    assert abs(x - 240) <= 1
    hand.key(Qt.Key.Key_Escape)
    hand.click((243, 150), CTRL)
    assert hand.canvas.tool.drafts[hand.document.image_id] == [hand.exact((243, 150))]


def test_backspace_takes_whole_stretches_back(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, BORDER[0], BORDER[1], BORDER[2], (390, 290))
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Z, CTRL)
    snip(hand, qtbot, BORDER[2], BORDER[3])
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1)
    assert on_border(hand)
    for _ in range(4):
        hand.key(Qt.Key.Key_Backspace)
    assert len(hand.shapes()) == 1


def test_until_the_edges_are_known_the_outline_goes_straight(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    go = threading.Event()
    hand.canvas.tool._background.run(lambda: go.wait(20), lambda _: None)
    for point in ((20, 20), (60, 25), (40, 60)):
        hand.click(point, CTRL)
    assert len(hand.canvas.tool.drafts[hand.document.image_id]) == 3
    go.set()


def test_escape_drops_the_outline(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, BORDER[0], BORDER[1], BORDER[2])
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Return)
    assert hand.shapes() == []
    assert not hand.canvas.tool.busy


def test_an_open_outline_waits_on_its_image_and_in_the_project(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_I)
    snip(hand, qtbot, *BORDER[:3])
    first = hand.document.image_id
    draft = list(hand.canvas.tool.drafts[first])
    hand.key(Qt.Key.Key_D)
    assert not hand.canvas.tool.busy
    assert unfinished.load(hand.document.project).drafts["scissors"][first] == draft
    hand.key(Qt.Key.Key_A)
    hand.wait_for_picture(qtbot)
    snip(hand, qtbot, BORDER[3])
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1)
    assert covered(hand.shape().geometry)[BLOCK].mean() > 0.9


def test_the_window_closes_while_edges_are_searched(hand: Hand) -> None:
    hand.key(Qt.Key.Key_I)
    hand.click(BORDER[0])
    hand.close()


# Freehand -------------------------------------------------------------------------------------


def circle(steps: int = 60) -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    return [(float(200 + 80 * math.cos(a)), float(150 + 80 * math.sin(a))) for a in angles]


def test_a_shift_drag_draws_freehand_and_closes_where_it_began(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    way = circle()
    hand.drag(*way, way[0], modifiers=SHIFT)
    geometry = hand.shape().geometry
    assert isinstance(geometry, Polygon)
    drawn = ShapelyPolygon(geometry.parts[0].outer)
    assert drawn.symmetric_difference(ShapelyPolygon(way)).area < 0.03 * drawn.area
    assert len(geometry.parts[0].outer) < len(way)


def test_clicks_and_freehand_mix_and_are_taken_back_one_by_one(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    corners = ((20.0, 20.0), (300.0, 20.0), (200.0, 250.0))
    for corner in corners:
        hand.click(corner)
    hand.drag((150, 260), (120, 220), (90, 260), (60, 200), modifiers=SHIFT)
    assert len(hand.canvas.tool.drafts[hand.document.image_id]) == 7
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Return)
    assert hand.shape().geometry == geo.polygon(*(hand.exact(corner) for corner in corners))


def test_a_shift_click_still_goes_in_45_degrees(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    hand.click((100, 100))
    hand.click((200, 108), SHIFT)
    (_, y0), (_, y1) = hand.canvas.tool.drafts[hand.document.image_id]
    assert y1 == pytest.approx(y0)


def test_freehand_survives_another_image_and_goes_with_escape(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P)
    first = hand.document.image_id
    hand.press(circle()[0], SHIFT)
    for point in circle()[1:30]:
        hand.move(point, SHIFT, LEFT)
    hand.key(Qt.Key.Key_D)
    hand.release(circle()[30], SHIFT)
    assert 3 < len(hand.canvas.tool.drafts[first]) < 30
    assert hand.document.image_id not in hand.canvas.tool.drafts
    hand.press(circle()[0], SHIFT)
    hand.move(circle()[10], SHIFT, LEFT)
    hand.key(Qt.Key.Key_Escape)
    hand.move(circle()[20], SHIFT, LEFT)
    hand.release(circle()[20], SHIFT)
    assert not hand.canvas.tool.busy


# Fill -----------------------------------------------------------------------------------------


def test_a_click_in_a_hole_fills_it(hand: Hand, qtbot) -> None:
    mask = masks.encode(HALO)
    assert mask
    put(hand, mask)
    hand.key(Qt.Key.Key_F)
    hand.click((110, 150))
    settle(hand, qtbot)
    assert np.array_equal(covered(hand.shape().geometry), DISC | HALO)
    assert hand.document.undo_title() == Title.FILL_HOLES
    hand.key(Qt.Key.Key_Z, CTRL)
    assert np.array_equal(covered(hand.shape().geometry), HALO)


def test_a_polygon_stays_a_polygon(hand: Hand, qtbot) -> None:
    outer = ((20.0, 20.0), (200.0, 20.0), (200.0, 200.0), (20.0, 200.0))
    hole = ((60.0, 60.0), (120.0, 60.0), (120.0, 120.0))
    put(hand, Polygon((Part(outer, (hole,)),)))
    hand.key(Qt.Key.Key_F)
    hand.click((110, 80))
    settle(hand, qtbot)
    assert hand.shape().geometry == geo.polygon(*outer)


def test_elsewhere_the_hint_says_why_not(hand: Hand, qtbot) -> None:
    mask = masks.encode(HALO)
    assert mask
    put(hand, mask)
    hand.key(Qt.Key.Key_F)
    entries = len(hand.document.history())
    usual = hand.canvas.hint
    hand.click((170, 150))
    qtbot.waitUntil(lambda: "filled already" in hand.canvas.hint)
    hand.move((300, 150))
    assert hand.canvas.hint == usual
    hand.click((300, 150))
    qtbot.waitUntil(lambda: "encloses" in hand.canvas.hint)
    assert len(hand.document.history()) == entries


# The brush's modes ----------------------------------------------------------------------------


def test_the_brush_leaves_other_masks_alone(hand: Hand) -> None:
    mask, block = masks.encode(DISC), masks.encode(BLOCK)
    assert mask
    assert block
    other = put(hand, mask)
    put(hand, Box(150, 100, 200, 200))  # a box covers nothing
    put(hand, geo.polygon((240, 90), (360, 90), (360, 210), (240, 210)))
    hand.key(Qt.Key.Key_B)
    assert hand.workspace.bar._preserve.isVisible()
    hand.key(Qt.Key.Key_B, SHIFT)
    assert hand.actions["label.preserve"].isChecked()
    hand.canvas.brush_size.set(40)
    hand.drag((20, 150), (100, 150), (200, 150), (380, 150))
    painted = covered(hand.shapes()[-1].geometry)
    assert not (painted & (DISC | BLOCK)).any()
    assert painted[150, 20:55].all()
    assert painted[150, 165:235].all()
    assert covered(hand.document.reader.shape(other).geometry).sum() == DISC.sum()
    hand.key(Qt.Key.Key_B, SHIFT)
    hand.drag((20, 150), (100, 150))
    assert (covered(hand.shapes()[-1].geometry) & DISC).any()


def test_what_was_shared_before_stays_shared(hand: Hand) -> None:
    mask = masks.encode(DISC)
    assert mask
    put(hand, mask)
    upper = put(hand, geo.polygon((100, 140), (220, 140), (220, 160), (100, 160)))
    before = covered(hand.document.reader.shape(upper).geometry)
    hand.key(Qt.Key.Key_B)
    hand.document.select([upper])
    hand.key(Qt.Key.Key_B, SHIFT)
    hand.canvas.brush_size.set(30)
    hand.drag((80, 150), (230, 150))
    after = covered(hand.document.reader.shape(upper).geometry)
    assert np.array_equal(after & DISC, before & DISC)
    assert after[150, 225]


def test_only_the_brush_shows_what_only_it_can(hand: Hand) -> None:
    preserve = hand.workspace.bar._preserve
    for key, shown in ((Qt.Key.Key_B, True), (Qt.Key.Key_E, False), (Qt.Key.Key_V, False)):
        hand.key(key)
        assert preserve.isVisible() == shown


def test_shift_click_paints_straight_from_the_last_stroke(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(10)
    hand.drag((50, 50), (100, 50))
    hand.click((300, 250), SHIFT)
    painted = covered(hand.shape().geometry)
    assert painted[150, 200]
    assert painted[248, 298]
    assert len(hand.document.history()) >= 2
    hand.key(Qt.Key.Key_Z, CTRL)
    assert not covered(hand.shape().geometry)[150, 200]


def test_a_new_object_begins_without_a_line_from_the_last(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    hand.canvas.brush_size.set(10)
    hand.drag((50, 50), (100, 50))
    hand.key(Qt.Key.Key_Return)
    hand.click((300, 250), SHIFT)
    assert len(hand.shapes()) == 2
    assert not covered(hand.shapes()[-1].geometry)[150, 200]


def turn(hand: Hand, notches: int, modifiers=NONE) -> None:
    at = QPointF(hand.spot((100, 100)))
    event = QWheelEvent(
        at, hand.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(hand.canvas, event)


def test_shift_and_the_wheel_size_the_brush(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    size, view = hand.canvas.brush_size, hand.canvas.viewport
    before = size.diameter_px
    turn(hand, 1, SHIFT)
    assert size.diameter_px > before
    turn(hand, -1, SHIFT)
    turn(hand, -1, SHIFT)
    assert size.diameter_px < before
    assert hand.canvas.viewport == view
    turn(hand, 1)
    assert hand.canvas.viewport.scale > view.scale


# The strip ------------------------------------------------------------------------------------

CHROME_PX = 80
"""Header and status bar of the window."""


def test_all_tools_fit_into_a_small_window(hand: Hand) -> None:
    assert hand.workspace.tools.minimumSizeHint().height() <= 720 - CHROME_PX

"""Shapes made out of shapes, by key and mouse, read back from the store and undone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from studio.domain import geometry as geo
from studio.domain.edits import Title, created, replaced
from studio.domain.shapes import Box, Geometry, Mask, Part, Point, Polygon, RotatedBox, Shape
from studio.editing import reshaping
from studio.errors import StudioError
from studio.ui.label.reshaping import Reshaping
from studio.ui.label.simplifier import Simplifier
from studio.vision import masks
from tests.ui.label.hand import CTRL, SHIFT, Hand

ALT = Qt.KeyboardModifier.AltModifier
LOW = Box(100, 100, 200, 200)
HIGH = geo.as_polygon(Box(150, 150, 250, 250))


class Workshop:
    """Puts shapes on the image and notes what is refused."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.refused: list[str] = []
        self.hints: list[str] = []
        hand.document.failed.connect(self._note)
        hand.workspace.hint_changed.connect(self.hints.append)

    def _note(self, error: StudioError) -> None:
        self.refused.append(str(error))

    def put(self, *geometries: Geometry, **more: Any) -> list[int]:
        document = self.hand.document
        ids = document.reserve_ids("shape", len(geometries))
        labels = [label.id for label in document.reader.labels()]
        shapes = [
            Shape(number, document.image_id, labels[index % len(labels)], geometry, **more)
            for index, (number, geometry) in enumerate(zip(ids, geometries, strict=True))
        ]
        document.apply(created(Title.PASTE, *shapes))
        document.select(ids)
        return list(ids)

    def geometries(self) -> dict[int, Geometry]:
        return {shape.id: shape.geometry for shape in self.hand.shapes()}

    def undo(self) -> None:
        self.hand.key(Qt.Key.Key_Z, CTRL)

    @property
    def simplifier(self) -> Simplifier:
        found = self.hand.canvas.findChild(Reshaping)
        assert isinstance(found, Reshaping)
        return found.simplifier


@pytest.fixture
def shop(hand: Hand) -> Iterator[Workshop]:
    yield Workshop(hand)


@pytest.mark.parametrize(
    ("key", "modifiers", "kept", "area"),
    [
        (Qt.Key.Key_U, ALT, 0, 17_500),
        (Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, 1, 17_500),
        (Qt.Key.Key_S, ALT, 0, 7_500),
        (Qt.Key.Key_I, ALT, 0, 2_500),
    ],
)
def test_two_shapes_become_one_and_undo_brings_both_back(
    shop: Workshop, key: Qt.Key, modifiers: Qt.KeyboardModifier, kept: int, area: float
) -> None:
    ids = shop.put(LOW, HIGH)
    before = shop.hand.shapes()
    shop.hand.key(key, modifiers)
    made = shop.hand.shape()
    assert made.id == ids[kept]
    assert made.label == before[kept].label
    assert geo.area(made.geometry) == pytest.approx(area)
    assert shop.hand.document.selection == {made.id}
    shop.undo()
    assert shop.hand.shapes() == before
    assert shop.hand.document.selection == set(ids)
    assert not shop.refused


def test_what_cannot_be_done_says_why_and_changes_nothing(shop: Workshop) -> None:
    shop.hand.key(Qt.Key.Key_U, ALT)
    shop.put(LOW, Box(300, 10, 350, 40))
    before = shop.hand.shapes()
    shop.hand.key(Qt.Key.Key_I, ALT)
    shop.hand.key(Qt.Key.Key_F, SHIFT)
    assert shop.hand.shapes() == before
    assert len(shop.refused) == 3
    assert "no area in common" in shop.refused[1]
    assert "no holes" in shop.refused[2]


def test_the_overlap_goes_to_the_selected_shape(shop: Workshop) -> None:
    low, small, high = shop.put(LOW, Box(160, 160, 170, 170), HIGH)
    shop.hand.document.select([high])
    shop.hand.key(Qt.Key.Key_O, ALT)
    after = shop.geometries()
    assert geo.area(after[low]) == pytest.approx(7_500)
    assert after[small] == Box(160, 160, 170, 170)
    assert after[high] == HIGH
    assert "1 shape" in shop.hints[-1]
    shop.undo()
    assert shop.geometries()[low] == LOW


def test_a_box_that_a_mask_takes_from_becomes_pixels_and_that_is_said(shop: Workshop) -> None:
    mask = masks.encode(np.ones((50, 50), dtype=bool), 150, 150)
    assert mask
    low, high = shop.put(LOW, mask)
    shop.hand.document.select([high])
    shop.hand.key(Qt.Key.Key_O, ALT)
    assert isinstance(shop.geometries()[low], Mask)
    assert "Turned into pixels" in shop.hints[-1]


@pytest.mark.parametrize("many_px", [0, reshaping.MANY_PX])
def test_what_is_lost_is_said_only_of_what_was_done(
    shop: Workshop, qtbot, monkeypatch: pytest.MonkeyPatch, many_px: float
) -> None:
    monkeypatch.setattr(reshaping, "MANY_PX", many_px)  # on the window's thread, or on another
    shop.put(RotatedBox(150, 150, 80, 40, 0.5))
    document, before = shop.hand.document, shop.hand.shape()
    moved = replaced(Title.MOVE, before, replace(before, geometry=LOW))
    document.session.apply(moved)  # while the canvas has not heard of it
    shop.hand.actions["label.to_box"].trigger()
    qtbot.waitUntil(lambda: bool(shop.refused))
    assert "has changed meanwhile" in shop.refused[0]
    assert not any("lost" in hint for hint in shop.hints)
    document.session.undo()
    shop.hand.actions["label.to_box"].trigger()
    qtbot.waitUntil(lambda: "the angle is lost" in shop.hints[-1])
    assert isinstance(shop.hand.shape().geometry, Box)


def test_hidden_and_locked_shapes_keep_what_they_have(shop: Workshop) -> None:
    shop.put(LOW, locked=True)
    shop.put(LOW, hidden=True)
    shop.put(HIGH)
    before = shop.hand.shapes()
    shop.hand.key(Qt.Key.Key_O, ALT)
    assert shop.hand.shapes() == before
    assert shop.refused


def test_a_dragged_line_slices_the_selected_shape(shop: Workshop) -> None:
    [left] = shop.put(LOW, note="seen")
    other = shop.put(Box(210, 100, 260, 200))
    shop.hand.document.select([left])
    shop.hand.key(Qt.Key.Key_C)
    shop.hand.drag((80, 130), (150, 130), (300, 130))
    pieces = [shape for shape in shop.hand.shapes() if shape.id not in other]
    cut = shop.hand.exact((80, 130))[1]
    assert sorted(geo.area(p.geometry) for p in pieces) == pytest.approx(
        [100 * (cut - 100), 100 * (200 - cut)]
    )
    assert {p.note for p in pieces} == {"seen"}
    assert next(p for p in pieces if p.id == left).geometry != LOW
    shop.undo()
    assert shop.geometries()[left] == LOW


def test_a_clicked_line_slices_everything_where_nothing_is_selected(shop: Workshop) -> None:
    shop.put(LOW, HIGH)
    shop.hand.document.select(())
    shop.hand.key(Qt.Key.Key_C)
    for point in ((90, 90), (175, 180), (300, 260)):
        shop.hand.click(point)
    shop.hand.click((390, 290))
    shop.hand.key(Qt.Key.Key_Z, CTRL)  # takes the last point back, and no shape
    assert len(shop.hand.shapes()) == 2
    shop.hand.key(Qt.Key.Key_Return)
    assert len(shop.hand.shapes()) == 4
    assert not shop.refused


def test_a_line_beside_everything_is_refused_and_escape_drops_one(shop: Workshop) -> None:
    shop.put(LOW)
    shop.hand.key(Qt.Key.Key_C)
    shop.hand.drag((10, 10), (50, 10), (90, 10))
    assert len(shop.refused) == 1
    shop.hand.click((80, 150))
    shop.hand.click((250, 150))
    shop.hand.key(Qt.Key.Key_Escape)
    shop.hand.key(Qt.Key.Key_Return)
    assert shop.hand.shape().geometry == LOW


def test_a_mask_is_sliced_without_losing_a_pixel(shop: Workshop) -> None:
    disc = np.hypot(*np.mgrid[-40:41, -40:41]) <= 40
    mask = masks.encode(disc, 100, 100)
    assert mask
    shop.put(mask)
    shop.hand.key(Qt.Key.Key_C)
    shop.hand.drag((90, 100), (140, 140), (200, 190))
    pieces = [masks.rasterise(shape.geometry, 400, 300) for shape in shop.hand.shapes()]
    assert len(pieces) == 2
    assert (sum(piece.astype(int) for piece in pieces) == masks.rasterise(mask, 400, 300)).all()


RING = ((100.0, 100.0), (150.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0))


@pytest.mark.parametrize("shift", [False, True])
def test_a_stretch_is_redrawn_between_two_vertices(shop: Workshop, shift: bool) -> None:
    hole = ((120.0, 150.0), (140.0, 150.0), (140.0, 170.0))
    polygon = Polygon((Part(RING, (hole,)),))
    shop.put(polygon)
    shop.hand.key(Qt.Key.Key_Q)
    shop.hand.click(RING[0])
    shop.hand.click((130, 80))
    shop.hand.click((170, 80))
    shop.hand.click((190, 60))
    shop.hand.key(Qt.Key.Key_Backspace)
    shop.hand.click(RING[2], SHIFT if shift else Qt.KeyboardModifier.NoModifier)
    path = {shop.hand.exact((130, 80)), shop.hand.exact((170, 80))}
    after = shop.hand.shape().geometry
    assert isinstance(after, Polygon)
    gone = set(RING[3:]) if shift else {RING[1]}
    assert set(after.parts[0].outer) == (set(RING) - gone) | path
    assert after.parts[0].holes == (hole,)
    shop.undo()
    assert shop.hand.shape().geometry == polygon


def test_over_the_last_vertex_the_new_outline_is_seen_before_it_is_made(shop: Workshop) -> None:
    [number] = shop.put(geo.polygon(*RING))
    shop.hand.key(Qt.Key.Key_Q)
    shop.hand.click(RING[0])
    shop.hand.click((150, 80))
    shop.hand.move(RING[2])
    seen = shop.hand.canvas.scene.in_hand[number]
    assert isinstance(seen, Polygon) and RING[1] not in seen.parts[0].outer
    shop.hand.key(Qt.Key.Key_Escape)
    assert not shop.hand.canvas.scene.in_hand
    assert shop.hand.shape().geometry == geo.polygon(*RING)


def test_the_redraw_tool_takes_up_the_polygon_that_is_clicked(shop: Workshop) -> None:
    [number] = shop.put(geo.polygon(*RING))
    shop.hand.document.select(())
    shop.hand.key(Qt.Key.Key_Q)
    shop.hand.click((150, 150))
    assert shop.hand.document.selection == {number}
    shop.hand.click(RING[0])
    shop.hand.click(RING[2])
    after = shop.hand.shape().geometry
    assert isinstance(after, Polygon)
    assert set(after.parts[0].outer) == {RING[0], *RING[2:]}


def test_from_a_vertex_straight_to_the_next_there_is_nothing_to_redraw(shop: Workshop) -> None:
    shop.put(geo.polygon(*RING))
    before = shop.hand.document.history()
    shop.hand.key(Qt.Key.Key_Q)
    shop.hand.click(RING[0])
    shop.hand.click(RING[1])
    assert shop.hand.document.history() == before
    assert shop.hand.shape().geometry == geo.polygon(*RING)


def circle(count: int, centre: Point = (200, 150), radius: float = 80) -> Polygon:
    (x, y), turns = centre, (2 * math.pi * index / count for index in range(count))
    return geo.polygon(*((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns))


def test_simplifying_is_seen_live_and_enter_makes_one_edit(shop: Workshop, qtbot) -> None:
    [number] = shop.put(circle(300))
    shop.hand.key(Qt.Key.Key_P, ALT)
    panel = shop.simplifier
    assert panel.isVisible()
    qtbot.waitUntil(lambda: "300 →" in panel.count.text())
    before = panel.count.text()
    for _ in range(8):
        shop.hand.key(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: panel.count.text() != before)
    shown = shop.hand.canvas.scene.in_hand[number]
    assert isinstance(shown, Polygon) and len(shown.parts[0].outer) < 300
    assert shop.hand.shape().geometry == circle(300)
    shop.hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.isVisible())
    after = shop.hand.shape().geometry
    assert isinstance(after, Polygon)
    assert set(after.parts[0].outer) < set(circle(300).parts[0].outer)
    assert shop.hand.canvas.hasFocus()
    shop.undo()
    assert shop.hand.shape().geometry == circle(300)


@pytest.mark.parametrize("y", [60, 240])
def test_the_panel_does_not_hide_what_is_simplified(shop: Workshop, qtbot, y: float) -> None:
    shop.put(circle(100, (200, y), 40))
    shop.hand.key(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: bool(shop.hand.canvas.scene.in_hand))
    panel = shop.simplifier.geometry()
    assert shop.hand.canvas.rect().contains(panel)
    assert not panel.contains(shop.hand.spot((200, y - 40)))
    assert not panel.contains(shop.hand.spot((200, y + 40)))


def test_escape_drops_the_simplified_outline(shop: Workshop, qtbot) -> None:
    shop.put(circle(100))
    shop.hand.key(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: bool(shop.hand.canvas.scene.in_hand))
    shop.hand.key(Qt.Key.Key_Escape)
    assert not shop.simplifier.isVisible()
    assert not shop.hand.canvas.scene.in_hand
    assert shop.hand.shape().geometry == circle(100)


def test_the_panel_goes_with_its_workspace(shop: Workshop, qtbot) -> None:
    shop.put(circle(100))
    shop.hand.key(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: bool(shop.hand.canvas.scene.in_hand))
    shop.hand.workspace.hide()
    shop.hand.workspace.show()
    assert not shop.simplifier.isVisible()
    assert not shop.hand.canvas.scene.in_hand
    assert shop.hand.shape().geometry == circle(100)


def test_a_shape_deleted_meanwhile_takes_the_panel_with_it(shop: Workshop, qtbot) -> None:
    shop.put(circle(100))
    shop.hand.key(Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: bool(shop.hand.canvas.scene.in_hand))
    shop.hand.key(Qt.Key.Key_Delete)
    assert shop.hand.shapes() == []
    assert not shop.simplifier.isVisible()


def test_enter_before_the_outline_is_ready_still_takes_it(shop: Workshop, qtbot) -> None:
    shop.put(circle(300))
    shop.hand.key(Qt.Key.Key_P, ALT)
    shop.hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shop.hand.shape().geometry != circle(300))


def test_only_polygons_are_simplified(shop: Workshop) -> None:
    shop.put(LOW)
    shop.hand.key(Qt.Key.Key_P, ALT)
    assert not shop.simplifier.isVisible()
    assert len(shop.refused) == 1


def test_holes_of_polygons_and_masks_are_filled(shop: Workshop) -> None:
    frame = np.ones((20, 20), dtype=bool)
    frame[5:15, 5:15] = False
    mask = masks.encode(frame, 10, 10)
    assert mask
    hole = ((120.0, 150.0), (140.0, 150.0), (140.0, 170.0))
    ids = shop.put(mask, Polygon((Part(RING, (hole,)),)))
    shop.hand.key(Qt.Key.Key_F, SHIFT)
    after = shop.geometries()
    assert geo.area(after[ids[0]]) == 400
    assert after[ids[1]] == geo.polygon(*RING)
    shop.undo()
    assert shop.geometries()[ids[0]] == mask


def test_one_shape_goes_through_all_kinds_and_all_the_way_back(shop: Workshop) -> None:
    shop.put(HIGH)
    kinds: list[Geometry] = [HIGH]
    for key, kind, lost in (
        (Qt.Key.Key_4, Mask, "finer than a pixel"),
        (Qt.Key.Key_3, Polygon, ""),
        (Qt.Key.Key_2, RotatedBox, "the outline is lost"),
        (Qt.Key.Key_1, Box, "the angle is lost"),
    ):
        shop.hints.clear()
        shop.hand.key(key, ALT)
        kinds.append(shop.hand.shape().geometry)
        assert isinstance(kinds[-1], kind)
        said = [hint for hint in shop.hints if "lost" in hint]
        assert [hint for hint in said if lost in hint] == said and len(said) == bool(lost)
    assert kinds[-1] == Box(150, 150, 250, 250)
    for geometry in reversed(kinds[:-1]):
        shop.undo()
        assert shop.hand.shape().geometry == geometry


def test_brush_and_eraser_work_on_a_polygon_and_its_hole_survives(shop: Workshop) -> None:
    hole = ((120.0, 120.0), (180.0, 120.0), (180.0, 180.0), (120.0, 180.0))
    polygon = Polygon((Part(RING, (hole,)),))
    shop.put(polygon)
    shop.hand.key(Qt.Key.Key_B)
    shop.hand.canvas.brush_size.set(10)
    shop.hand.drag((200, 150), (230, 150))
    painted = shop.hand.shape().geometry
    bitmap = masks.rasterise(painted, 400, 300)
    assert isinstance(painted, Mask)
    assert "vertices" in shop.hints[-1]
    assert bitmap[150, 225] and not bitmap[150, 150]
    shop.hand.key(Qt.Key.Key_3, ALT)
    outline = shop.hand.shape().geometry
    assert (masks.rasterise(outline, 400, 300) == bitmap).all()
    shop.undo()
    shop.undo()
    assert shop.hand.shape().geometry == polygon


def test_a_large_mask_is_converted_behind_the_window(shop: Workshop, qtbot, monkeypatch) -> None:
    monkeypatch.setattr("studio.editing.reshaping.MANY_PX", 100)
    mask = masks.encode(np.ones((50, 50), dtype=bool), 10, 10)
    assert mask
    shop.put(mask)
    with qtbot.waitSignal(shop.hand.document.busy_changed, check_params_cb=lambda busy: not busy):
        shop.hand.key(Qt.Key.Key_3, ALT)
    outline = shop.hand.shape().geometry
    assert isinstance(outline, Polygon)
    assert set(outline.parts[0].outer) == {(10, 10), (60, 10), (60, 60), (10, 60)}
    shop.undo()
    assert shop.hand.shape().geometry == mask


def test_what_was_lost_behind_the_window_is_said_when_it_is_done(
    shop: Workshop, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr("studio.editing.reshaping.MANY_PX", 100)
    shop.put(HIGH)
    with qtbot.waitSignal(shop.hand.document.busy_changed, check_params_cb=lambda busy: not busy):
        shop.hand.key(Qt.Key.Key_4, ALT)
    assert isinstance(shop.hand.shape().geometry, Mask)
    assert "vertices" in shop.hints[-1]


def test_the_menu_on_a_shape_offers_all_of_it(shop: Workshop, qtbot) -> None:
    shop.put(LOW)
    shop.hand.key(Qt.Key.Key_V)
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                seen.extend(each.objectName() for each in below.actions())
        menu.close()

    QTimer.singleShot(50, look)
    at = shop.hand.spot((150, 150))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, shop.hand.canvas.mapToGlobal(at))
    QApplication.sendEvent(shop.hand.canvas, event)
    qtbot.waitUntil(lambda: bool(seen))
    assert {"label.unite", "label.to_mask", "label.simplify"} <= set(seen)

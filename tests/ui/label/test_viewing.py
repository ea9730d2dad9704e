"""How picture and shapes are looked at, and that looking changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QToolButton

from studio.domain import geometry as geo
from studio.domain.facts import ImagesFound
from studio.domain.shapes import Box
from studio.storage.folder import DATABASE
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.label.view_panel import ViewPanel
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.vision.depth import GreyMapping, to_8_bit
from studio.vision.tone import UNCHANGED
from tests import making
from tests.ui.label.hand import CTRL, LEFT, NONE, SHIFT, Hand, put

BARE, INSIDE = (360, 20), (75, 75)
"""An image pixel without shapes, and one within ``Box(50, 50, 100, 100)``."""


def pixels(hand: Hand) -> np.ndarray:
    """(H, W, 3) of the canvas as it is on the screen, all of it drawn."""
    image = hand.canvas.grab().toImage()
    while not hand.canvas.is_finished:
        image = hand.canvas.grab().toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shown = np.frombuffer(image.constBits(), dtype=np.uint8)
    return shown.reshape(image.height(), image.width(), 4)[:, :, 2::-1].astype(int)


def at(hand: Hand, pixel: tuple[int, int]) -> list[int]:
    """The colour on the screen in the middle of an image pixel."""
    spot = hand.spot((pixel[0] + 0.5, pixel[1] + 0.5))
    return pixels(hand)[spot.y(), spot.x()].tolist()


def panel(hand: Hand) -> ViewPanel:
    found = hand.canvas.findChild(ViewPanel)
    assert isinstance(found, ViewPanel)
    return found


def view_button(hand: Hand) -> QToolButton:
    found = hand.workspace.bar.findChild(QToolButton, "view")
    assert isinstance(found, QToolButton)
    return found


def zoom_to(hand: Hand, scale: float) -> None:
    """Magnify about the middle of the canvas."""
    view = hand.canvas.view
    view.set(view.viewport.zoomed_to(scale, (view.viewport.width / 2, view.viewport.height / 2)))


@contextmanager
def nothing_written(hand: Hand) -> Iterator[None]:
    """Neither the project nor a picture is written to."""
    reader = hand.document.reader
    pictures = [reader.path_of(image) for image in reader.images(reader.image_ids()).values()]
    database = sqlite3.connect(hand.document.project / DATABASE)

    def state() -> tuple[object, ...]:
        return database.execute("PRAGMA data_version").fetchone(), *map(Path.read_bytes, pictures)

    before = state()
    yield
    assert state() == before
    database.close()


# The panel ------------------------------------------------------------------------------------


def test_the_panel_opens_and_closes_by_key_button_and_esc(hand: Hand) -> None:
    assert panel(hand).isHidden()
    hand.key(Qt.Key.Key_V, SHIFT)
    assert panel(hand).isVisible()
    hand.key(Qt.Key.Key_V, SHIFT)
    assert panel(hand).isHidden() and hand.canvas.hasFocus()
    QTest.mouseClick(view_button(hand), LEFT)
    assert panel(hand).isVisible()
    hand.key(Qt.Key.Key_Escape)
    assert panel(hand).isHidden() and hand.canvas.hasFocus()


def test_tab_walks_through_the_panel(hand: Hand) -> None:
    hand.key(Qt.Key.Key_V, SHIFT)
    sliders = panel(hand).sliders
    assert QApplication.focusWidget() is sliders["fill"].slider
    seen = set()
    for _ in range(12):
        hand.key(Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert sliders["gamma"].slider in seen
    assert set(panel(hand).findChildren(QCheckBox)) <= seen


def test_what_is_pressed_in_the_panel_draws_nothing_underneath(hand: Hand) -> None:
    hand.key(Qt.Key.Key_R)
    hand.key(Qt.Key.Key_V, SHIFT)
    before = hand.canvas.viewport
    over = panel(hand)
    QTest.mousePress(over, LEFT, NONE, QPoint(100, 8))
    QTest.mouseMove(over, QPoint(20, over.height() - 4))
    QTest.mouseRelease(over, LEFT, NONE, QPoint(20, over.height() - 4))
    assert hand.shapes() == []
    assert hand.canvas.viewport == before


# The picture ----------------------------------------------------------------------------------


def test_a_slider_shows_the_picture_lighter_and_the_file_stays(hand: Hand) -> None:
    hand.key(Qt.Key.Key_0, CTRL)
    before = pixels(hand)
    with nothing_written(hand):
        hand.key(Qt.Key.Key_V, SHIFT)
        panel(hand).sliders["gamma"].slider.setFocus()
        hand.keys([Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_Right])
        panel(hand).sliders["contrast"].slider.setFocus()
        hand.key(Qt.Key.Key_PageDown)
        hand.key(Qt.Key.Key_V, SHIFT)
        tone = hand.canvas.looking.look.tone
        assert tone.gamma > 1 > 0 > tone.contrast
        assert "altered" in view_button(hand).text()
        # At its own size every pixel of the picture is one of the screen.
        box = hand.canvas.viewport.box_to_widget(Box(0, 0, 400, 300))
        shown = (slice(round(box.y0), round(box.y1)), slice(round(box.x0), round(box.x1)))
        assert np.array_equal(pixels(hand)[shown], tone.table()[before[shown]])
        hand.key(Qt.Key.Key_0, CTRL | SHIFT)
        assert np.array_equal(pixels(hand), before)
        assert "altered" not in view_button(hand).text()


def test_the_next_image_is_looked_at_alike(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_V, SHIFT)
    panel(hand).sliders["brightness"].slider.setFocus()
    hand.key(Qt.Key.Key_End)
    hand.key(Qt.Key.Key_V, SHIFT)
    assert at(hand, BARE) == [255, 255, 255]
    hand.key(Qt.Key.Key_D)
    hand.wait_for_picture(qtbot)
    assert at(hand, BARE) == [255, 255, 255]


# Raw values -----------------------------------------------------------------------------------


@pytest.fixture
def deep(tmp_path: Path, qapp, qtbot) -> Iterator[Hand]:
    """A workspace whose first image holds 1000 to 3980 in 16 bits, the others 8 bits."""
    theme.apply(qapp, "light")
    session = making.project(tmp_path, images=2, width=400, height=300)
    raw = np.broadcast_to(1000 + 10 * (np.arange(300, dtype=np.uint16)[:, None]), (300, 400))
    path = tmp_path / "pictures" / "000.png"
    path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(raw))[1].tobytes())
    document = Document(session)
    hand = Hand(document)
    hand.show(qtbot)
    yield hand
    hand.close()
    ThumbnailLoader.of(document).close()
    document.close()


def wait_for_levels(hand: Hand, qtbot, levels: GreyMapping) -> None:
    qtbot.waitUntil(lambda: hand.canvas.showing.picture.mapping == levels, timeout=20_000)


def test_levels_that_are_typed_show_these_raw_values_on_screen_only(deep: Hand, qtbot) -> None:
    full = GreyMapping(0, 65_535)
    assert deep.canvas.showing.picture.mapping == full
    assert at(deep, (20, 100))[0] == round(2000 * 255 / 65_535)
    with nothing_written(deep):
        deep.key(Qt.Key.Key_V, SHIFT)
        editor = panel(deep).levels
        assert editor.isVisible()
        for field, number in ((editor.low, "1500"), (editor.high, "2500")):
            field.setFocus()
            field.selectAll()
            deep.type(number)
            deep.key(Qt.Key.Key_Return)
        wanted = GreyMapping(1500, 2500)
        # What 8 bits can say of it is seen at once, all of it a moment later.
        assert abs(at(deep, (20, 100))[0] - 128) <= 255 * (65_535 / 255) / 1000
        wait_for_levels(deep, qtbot, wanted)
        for row in (10, 60, 100, 140, 149, 200):
            raw = np.array([1000 + 10 * row], dtype=np.uint16)
            assert abs(at(deep, (20, row))[0] - int(to_8_bit(raw, 16, wanted)[0])) <= 2
        assert "altered" in view_button(deep).text()
        deep.canvas.setFocus()
        deep.key(Qt.Key.Key_D)
        deep.wait_for_picture(qtbot)
        assert not editor.isVisible()
        assert "altered" not in view_button(deep).text()
        deep.key(Qt.Key.Key_A)
        deep.key(Qt.Key.Key_0, CTRL | SHIFT)
        wait_for_levels(deep, qtbot, full)


def test_levels_are_dragged_in_the_histogram(deep: Hand, qtbot) -> None:
    deep.key(Qt.Key.Key_V, SHIFT)
    editor = panel(deep).levels
    view = editor.view
    qtbot.waitUntil(lambda: editor.view.span == 2990, timeout=20_000)
    y = view.height() // 2
    # Both ends of the whole range lie beyond the values that occur, at the edges.
    QTest.mousePress(view, LEFT, NONE, QPoint(7, y))
    QTest.mouseMove(view, QPoint(round(view.place(1500)), y))
    QTest.mouseRelease(view, LEFT, NONE, QPoint(round(view.place(1500)), y))
    assert editor.low.value() == pytest.approx(1500, abs=20)
    assert editor.high.value() == 65_535
    assert deep.canvas.looking.levels.low == pytest.approx(1500, abs=20)


def test_levels_come_back_with_their_project(deep: Hand, qtbot) -> None:
    deep.canvas.looking.set_levels(GreyMapping(1200, 3000))
    deep.close()
    again = Hand(deep.document)
    again.show(qtbot)
    assert again.canvas.looking.levels == GreyMapping(1200, 3000)
    wait_for_levels(again, qtbot, GreyMapping(1200, 3000))
    again.close()


# What is laid over ----------------------------------------------------------------------------


def test_pixels_have_borders_where_they_are_large(hand: Hand) -> None:
    zoom_to(hand, 10)
    with_grid = pixels(hand)
    hand.key(Qt.Key.Key_G, SHIFT)
    without = pixels(hand)
    beside_minimap = (with_grid != without)[:, :500].any(axis=2)
    rows = np.flatnonzero(beside_minimap.mean(axis=1) > 0.8)
    assert set(np.diff(rows)) == {10}
    assert hand.canvas.viewport.to_image((0, rows[0]))[1] % 1 == pytest.approx(0, abs=0.06)
    hand.key(Qt.Key.Key_G, SHIFT)
    assert np.array_equal(pixels(hand), with_grid)
    zoom_to(hand, 7)
    small = pixels(hand)
    hand.key(Qt.Key.Key_G, SHIFT)
    assert np.array_equal(pixels(hand), small)


def test_a_crosshair_follows_the_cursor_of_a_drawing_tool(hand: Hand) -> None:
    bare = pixels(hand)
    hand.move((200, 150))
    assert np.array_equal(pixels(hand), bare)
    hand.key(Qt.Key.Key_R)
    hand.move((200, 150))
    lines = (pixels(hand) != bare).any(axis=2)
    spot = hand.spot((200, 150))
    assert lines[spot.y()].all() and lines[:, spot.x()].all()
    assert lines.sum() == lines.shape[0] + lines.shape[1] - 1
    hand.key(Qt.Key.Key_C, SHIFT)
    assert np.array_equal(pixels(hand), bare)


def test_the_minimap_pans_and_is_there_only_while_it_is_of_use(hand: Hand) -> None:
    canvas, minimap = hand.canvas, hand.canvas.looking.minimap
    assert not minimap.isVisible()
    zoom_to(hand, 6)
    assert minimap.isVisible()
    left, top = QPoint(minimap.width() // 4, minimap.height() // 4).toTuple()
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(left, top))
    centre = canvas.viewport.to_image((canvas.width() / 2, canvas.height() / 2))
    assert centre == pytest.approx((100, 75), abs=4)
    QTest.mousePress(minimap, LEFT, NONE, QPoint(left, top))
    QTest.mouseMove(minimap, QPoint(2 * left, 2 * top))
    QTest.mouseRelease(minimap, LEFT, NONE, QPoint(2 * left, 2 * top))
    centre = canvas.viewport.to_image((canvas.width() / 2, canvas.height() / 2))
    assert centre == pytest.approx((200, 150), abs=4)
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_F9)
    assert not minimap.isVisible()
    hand.key(Qt.Key.Key_F9)
    hand.key(Qt.Key.Key_F, CTRL)
    assert not minimap.isVisible()


# Shapes ---------------------------------------------------------------------------------------


def test_fill_and_lines_become_stronger_and_fainter(hand: Hand) -> None:
    bare = at(hand, INSIDE)
    put(hand, Box(50, 50, 100, 100))
    before = at(hand, INSIDE)
    assert before != bare
    with nothing_written(hand):
        hand.key(Qt.Key.Key_V, SHIFT)
        panel(hand).sliders["fill"].slider.setFocus()
        hand.key(Qt.Key.Key_End)
        colour = hand.canvas.scene.color(hand.shape())
        assert at(hand, INSIDE) == list(colour.toTuple()[:3])
        hand.key(Qt.Key.Key_Home)
        assert at(hand, INSIDE) == bare
        panel(hand).sliders["line"].slider.setFocus()
        hand.key(Qt.Key.Key_Home)
        hand.key(Qt.Key.Key_V, SHIFT)
        with_shape = pixels(hand)
        hand.key(Qt.Key.Key_H, CTRL)
        assert np.array_equal(pixels(hand), with_shape)


def test_hundreds_of_shapes_change_their_look_in_slices(hand: Hand) -> None:
    for index in range(150):
        x, y = 10 + 25 * (index % 15), 10 + 28 * (index // 15)
        put(hand, Box(x, y, x + 20, y + 20))
    before = pixels(hand)
    hand.key(Qt.Key.Key_V, SHIFT)
    panel(hand).sliders["fill"].slider.setFocus()
    hand.keys([Qt.Key.Key_PageUp] * 3)
    hand.key(Qt.Key.Key_V, SHIFT)
    filled = pixels(hand)
    spot = hand.spot((20, 20))
    assert not np.array_equal(filled[spot.y(), spot.x()], before[spot.y(), spot.x()])
    colours = {tuple(filled[s.y(), s.x()]) for s in (hand.spot((20, 20)), hand.spot((20, 21)))}
    assert len(colours) <= 2


def test_solo_shows_the_selected_alone_and_writes_nothing(hand: Hand) -> None:
    empty = pixels(hand)
    one, other = put(hand, Box(50, 50, 100, 100)), put(hand, Box(200, 50, 260, 100))
    bare = empty[hand.spot((230.5, 75.5)).y(), hand.spot((230.5, 75.5)).x()].tolist()
    hand.click(INSIDE)
    assert hand.document.selection == {one}
    with nothing_written(hand):
        hand.key(Qt.Key.Key_H, SHIFT)
        assert hand.actions["label.solo"].isChecked()
        assert at(hand, (230, 75)) == bare
        hand.click((230, 75))
        assert hand.document.selection == frozenset()
        hand.key(Qt.Key.Key_H, SHIFT)
        assert not hand.actions["label.solo"].isChecked()
        assert at(hand, (230, 75)) != bare
        hand.key(Qt.Key.Key_H, SHIFT)
        assert not hand.actions["label.solo"].isChecked()
    hand.click((230, 75))
    assert hand.document.selection == {other}


def test_a_solo_takes_in_what_is_drawn_and_ends_with_its_image(hand: Hand) -> None:
    put(hand, Box(50, 50, 100, 100))
    hand.click(INSIDE)
    hand.key(Qt.Key.Key_H, SHIFT)
    hand.key(Qt.Key.Key_R)
    hand.drag((200, 50), (230, 80), (260, 100))
    hand.key(Qt.Key.Key_V)
    hand.click((230, 75))
    assert len(hand.document.selection) == 1
    assert hand.actions["label.solo"].isChecked()
    hand.key(Qt.Key.Key_D)
    assert not hand.actions["label.solo"].isChecked()
    hand.key(Qt.Key.Key_A)
    assert len([s for s in hand.shapes() if hand.canvas.scene.is_visible(s)]) == 2


def test_a_solo_ends_when_its_last_shape_is_gone(hand: Hand) -> None:
    put(hand, Box(50, 50, 100, 100))
    put(hand, Box(200, 50, 260, 100))
    hand.click(INSIDE)
    hand.key(Qt.Key.Key_H, SHIFT)
    hand.key(Qt.Key.Key_Delete)
    assert not hand.actions["label.solo"].isChecked()
    assert hand.canvas.scene.is_visible(hand.shape())


@pytest.mark.parametrize("ignore", [True, False])
def test_what_is_ignored_is_hatched(hand: Hand, ignore: bool) -> None:
    put(hand, geo.polygon((50, 50), (150, 50), (150, 150), (50, 150)), ignore=ignore)
    zoom_to(hand, 1.0)
    left, right = hand.spot((60, 100)), hand.spot((110, 100))
    row = pixels(hand)[left.y(), left.x() : right.x()]
    steps = np.abs(np.diff(row, axis=0)).max(axis=1)
    assert (steps > 40).any() == ignore


# Keeping --------------------------------------------------------------------------------------


def test_the_look_is_found_again_at_the_next_start(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_V, SHIFT)
    for name in ("fill", "width_px", "brightness"):
        panel(hand).sliders[name].slider.setFocus()
        hand.key(Qt.Key.Key_PageUp)
    for key, modifiers in ((Qt.Key.Key_C, SHIFT), (Qt.Key.Key_F9, NONE), (Qt.Key.Key_G, NONE)):
        hand.key(key, modifiers)
    look = hand.canvas.looking.look
    assert look.tone != UNCHANGED and look.shapes.names and not (look.crosshair or look.minimap)
    hand.close()
    again = Hand(hand.document)
    again.show(qtbot)
    assert again.canvas.looking.look == look
    assert "altered" in view_button(again).text()
    for name, shown in (("crosshair", False), ("pixel_grid", True), ("names", True)):
        assert again.actions[f"label.{name}"].isChecked() == shown
        again.key(Qt.Key.Key_V, SHIFT)
        assert panel(again).boxes[name].isChecked() == shown
    again.close()


def test_the_zoom_is_told_of_an_image_whose_size_was_not_known(hand: Hand, qtbot) -> None:
    document = hand.document
    shown = document.reader.image(document.image_id)
    document.record(ImagesFound((replace(shown, width=0, height=0, mtime_ns=1),)))
    hand.wait_for_picture(qtbot)
    percent = f"{hand.canvas.viewport.scale:.0%}"
    assert hand.canvas.can_draw
    assert percent in [label.text() for label in hand.workspace.findChildren(QLabel)]


def test_no_button_moves_when_the_state_changes(hand: Hand) -> None:
    view = hand.workspace.findChild(QToolButton, "view")
    place = view.mapTo(hand.window, QPoint())
    for state in (
        lambda: put(hand, Box(10, 10, 40, 40)),
        lambda: hand.key(Qt.Key.Key_Return, CTRL),
    ):
        state()
        QApplication.processEvents()
        assert view.mapTo(hand.window, QPoint()) == place

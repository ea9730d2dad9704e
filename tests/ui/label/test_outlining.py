"""Outlines from clicks with a synthetic model, by mouse and key, in the real child process.

The picture is 512 x 256 px and as red as white is; a click finds the square of 20 px to every
side.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.shapes import Mask
from studio.interactive import models
from studio.jobs import launch
from studio.settings import Settings
from studio.ui import theme
from studio.ui.canvas.tools.smart import SmartTool
from studio.ui.document import Document
from studio.ui.thumbnails.loader import ThumbnailLoader
from studio.ui.wording import messages
from studio.vision import masks
from tests import making
from tests.interactive import synthetic
from tests.ui.label.hand import CTRL, LEFT, NONE, Hand

RIGHT = Qt.MouseButton.RightButton
ALT = Qt.KeyboardModifier.AltModifier
WIDTH, HEIGHT = 512, 256


@pytest.fixture(autouse=True)
def model(tmp_path: Path) -> models.InstalledModel:
    model = models.install(*synthetic.sam(tmp_path / "files"), "SAM")
    Settings.load().change(interactive_model=model.id)
    return model


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    session = making.project(tmp_path, images=2, width=WIDTH, height=HEIGHT)
    red = np.full((HEIGHT, WIDTH, 3), (40, 40, 255), np.uint8)
    for shade, file in enumerate(sorted((tmp_path / "pictures").iterdir())):
        red[:, :, :2] = 40 * shade
        red[60:100, 120:180] = 255  # for GrabCut
        file.write_bytes(cv2.imencode(".png", red)[1].tobytes())
    document = Document(session)
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


def smart(hand: Hand) -> SmartTool:
    tool = hand.canvas.tools["smart"]
    assert isinstance(tool, SmartTool)
    return tool


def found(hand: Hand, qtbot) -> None:
    qtbot.waitUntil(lambda: not smart(hand).background.is_asked, timeout=30_000)


def stored(hand: Hand, qtbot) -> Mask:
    qtbot.waitUntil(lambda: len(hand.shapes()) == 1, timeout=30_000)
    geometry = hand.shape().geometry
    assert isinstance(geometry, Mask)
    return geometry


def square(hand: Hand, *around: tuple[float, float]) -> np.ndarray:
    """The pixels whose centres are within 20 px of a click, of all clicks given."""
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    bitmap = np.ones((HEIGHT, WIDTH), bool)
    for point in around:
        x, y = hand.exact(point)
        bitmap &= (np.abs(xs - x) < 20) & (np.abs(ys - y) < 20)
    return bitmap


def differs(mask: Mask, expected: np.ndarray) -> int:
    """Pixels that differ. A click need not lie where cells meet, so the rim may be half one off."""
    return int(np.count_nonzero(masks.rasterise(mask, WIDTH, HEIGHT) != expected))


RIM = 4 * 40 + 4


def kill_child(hand: Hand) -> None:
    process = smart(hand).outliner._process
    assert process is not None and process._child._process is not None
    launch.kill(process._child._process)


def test_a_click_finds_and_enter_keeps(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_S)
    assert "Click on the object" in hand.canvas.hint
    hand.click((140, 64))
    assert "Preparing the image" in hand.canvas.hint
    found(hand, qtbot)
    assert "Enter keeps it" in hand.canvas.hint
    assert hand.shapes() == []
    hand.key(Qt.Key.Key_Return)
    assert differs(stored(hand, qtbot), square(hand, (140, 64))) <= RIM
    assert hand.names() == ["nut"]
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.shapes() == []


def test_clicks_before_the_image_is_ready_are_not_lost(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    hand.click((150, 70))
    hand.key(Qt.Key.Key_Return)
    assert differs(stored(hand, qtbot), square(hand, (140, 64), (150, 70))) <= RIM


@pytest.mark.parametrize("way", ["alt", "right button"])
def test_a_click_outside_takes_away_and_backspace_brings_back(hand: Hand, qtbot, way: str) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    if way == "alt":
        hand.click((146, 64), ALT)
    else:
        found(hand, qtbot)
        assert "right-click what is too much" in hand.canvas.hint
        QTest.mouseClick(hand.canvas, RIGHT, NONE, hand.spot((146, 64)))
    found(hand, qtbot)
    before = smart(hand)._found
    assert before is not None
    mask = before.mask()
    assert mask is not None
    assert abs(mask.x + mask.width - hand.exact((146, 64))[0]) <= 1
    hand.key(Qt.Key.Key_Backspace)
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    assert differs(stored(hand, qtbot), square(hand, (140, 64))) <= RIM


def test_a_box_finds_what_is_in_it_also_after_a_click(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    hand.drag((130, 40), (300, 200))
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    expected = square(hand, (140, 64))
    left, top = hand.exact((130, 40))
    expected[:, : round(left)] = False
    expected[: round(top)] = False
    assert differs(stored(hand, qtbot), expected) <= RIM


def test_clicks_and_the_box_being_drawn_are_seen(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    spot, rim = hand.spot((60, 200)), hand.spot((330, 130))
    plain = hand.canvas.grab().toImage()
    hand.click((60, 200))
    QTest.mouseClick(hand.canvas, RIGHT, NONE, hand.spot((300, 200)))
    found(hand, qtbot)
    shown = hand.canvas.grab().toImage()
    assert shown.pixel(spot) != plain.pixel(spot)
    hand.press((300, 100))
    hand.move((330, 160), buttons=LEFT)
    assert hand.canvas.grab().toImage().pixel(rim) != shown.pixel(rim)
    hand.key(Qt.Key.Key_Escape)
    hand.release((330, 160))
    settled = hand.canvas.grab().toImage()
    assert settled.pixel(spot) == plain.pixel(spot)


def test_escape_drops_it_all(hand: Hand, qtbot) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    hand.key(Qt.Key.Key_Escape)
    assert not hand.canvas.tool.busy
    hand.key(Qt.Key.Key_Return)
    found(hand, qtbot)
    assert hand.shapes() == []


def test_what_was_found_stays_on_its_image(hand: Hand, qtbot) -> None:
    first = hand.document.image_id
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    found(hand, qtbot)
    hand.key(Qt.Key.Key_D)
    assert hand.document.image_id != first
    qtbot.waitUntil(lambda: len(list(hand.document.reader.shapes(first))) == 1)
    hand.wait_for_picture(qtbot)
    hand.click((200, 100))  # the next image has its own embedding
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    assert differs(stored(hand, qtbot), square(hand, (200, 100))) <= RIM


def test_neighbours_are_prepared_ahead(hand: Hand, qtbot) -> None:
    tool = smart(hand)
    hand.key(Qt.Key.Key_S)
    files = [tool._file(image_id) for image_id in hand.document.reader.image_ids()]
    qtbot.waitUntil(
        lambda: all(file and tool.outliner.is_prepared(file) for file in files), timeout=30_000
    )


def test_a_crash_is_one_sentence_and_boxes_work_on(hand: Hand, qtbot) -> None:
    said: list[str] = []
    hand.document.failed.connect(lambda error: said.append(messages.sentence(error)))
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    found(hand, qtbot)
    kill_child(hand)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert "drag a box" in said[0]
    assert not hand.canvas.tool.busy  # clicks alone say nothing without a model
    assert "Drag a box" in hand.canvas.hint
    hand.click((140, 64))
    assert not hand.canvas.tool.busy
    hand.drag((100, 40), (200, 120))
    found(hand, qtbot)
    hand.key(Qt.Key.Key_Return)
    mask = stored(hand, qtbot)
    assert (mask.x, mask.y, mask.width, mask.height) == (120, 60, 60, 40)
    assert len(said) == 1


def test_a_model_that_was_changed_is_told_of_once(
    hand: Hand, qtbot, model: models.InstalledModel
) -> None:
    said: list[str] = []
    hand.document.failed.connect(lambda error: said.append(messages.sentence(error)))
    (model.folder / models.ENCODER).write_bytes(b"other")
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    qtbot.waitUntil(lambda: len(said) == 1, timeout=30_000)
    assert "has changed" in said[0]
    found(hand, qtbot)
    assert not hand.canvas.tool.busy
    assert len(said) == 1


def test_without_the_tool_no_process_runs(hand: Hand) -> None:
    hand.key(Qt.Key.Key_B)
    assert smart(hand).outliner._process is None


def test_the_window_closes_amid_the_preparing(hand: Hand) -> None:
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    hand.close()
    assert smart(hand).outliner._process is None
    assert hand.shapes() == []


def test_without_a_model_a_click_is_nothing_and_a_box_works(hand: Hand, qtbot) -> None:
    hand.workspace._settings.change(interactive_model="")
    hand.key(Qt.Key.Key_S)
    hand.click((140, 64))
    assert not hand.canvas.tool.busy
    assert "Drag a box" in hand.canvas.hint

"""A hand on mouse and keyboard: real events on a shown Label workspace, in image pixels."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from studio.domain.edits import Title
from studio.domain.shapes import Box, Geometry, Point, Shape
from studio.editing import actions
from studio.jobs.queue import JobQueue
from studio.settings import Settings
from studio.ui.actions import Actions
from studio.ui.actions_table import SPECS
from studio.ui.document import Document
from studio.ui.label.workspace import LabelWorkspace

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Works on a window that holds the Label workspace of ``document``."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.window = QMainWindow()
        self.actions = Actions(SPECS, self.window)
        self.actions.connect_to("edit.undo", document.undo)
        self.actions.connect_to("edit.redo", document.redo)
        for action_id in ("edit.undo", "edit.redo"):
            self.window.addAction(self.actions[action_id])
        self.queue = JobQueue(self.window)
        self.workspace = LabelWorkspace(document, self.queue, Settings.load(), self.actions)
        self.canvas = self.workspace.canvas
        self.window.setCentralWidget(self.workspace)
        self.window.resize(1100, 700)

    def show(self, qtbot) -> None:
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.canvas.setFocus()
        self.wait_for_picture(qtbot)

    def wait_for_picture(self, qtbot) -> None:
        qtbot.waitUntil(lambda: self.canvas.showing.shows_whole, timeout=20_000)

    def close(self) -> None:
        """Close and delete the window, once: nothing of it hears of the next test's theme."""
        if shiboken6.isValid(self.window):
            self.workspace.close()
            self.queue.close(5)
            self.window.close()
            self.window.deleteLater()
            QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    # Mouse ------------------------------------------------------------------------------------

    def spot(self, point: Point) -> QPoint:
        """The widget pixel nearest to an image point."""
        x, y = self.canvas.viewport.to_widget(point)
        return QPoint(round(x), round(y))

    def exact(self, point: Point) -> Point:
        """The image point under ``spot(point)``: what the canvas really hears."""
        spot = self.spot(point)
        return self.canvas.viewport.to_image((spot.x(), spot.y()))

    def click(self, point: Point, modifiers=NONE) -> None:
        QTest.mouseClick(self.canvas, LEFT, modifiers, self.spot(point))

    def double_click(self, point: Point) -> None:
        self.click(point)
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.spot(point))

    def move(self, point: Point, modifiers=NONE, buttons=Qt.MouseButton.NoButton) -> None:
        at = QPointF(self.spot(point))
        QApplication.sendEvent(
            self.canvas,
            QMouseEvent(
                QEvent.Type.MouseMove, at, self.canvas.mapToGlobal(at),
                Qt.MouseButton.NoButton, buttons, modifiers,
            ),
        )  # fmt: skip

    def press(self, point: Point, modifiers=NONE) -> None:
        QTest.mousePress(self.canvas, LEFT, modifiers, self.spot(point))

    def release(self, point: Point, modifiers=NONE) -> None:
        QTest.mouseRelease(self.canvas, LEFT, modifiers, self.spot(point))

    def drag(self, *points: Point, modifiers=NONE) -> None:
        self.press(points[0], modifiers)
        for point in points[1:]:
            self.move(point, modifiers, LEFT)
        self.release(points[-1], modifiers)

    # Keyboard ---------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers=NONE) -> None:
        target = QApplication.focusWidget() or self.canvas
        QTest.keyClick(target, key, modifiers)

    def keys(self, keys: Iterable[Qt.Key]) -> None:
        for key in keys:
            self.key(key)

    def type(self, text: str) -> None:
        """Key by key; what is not on an ASCII keyboard comes from an input method."""
        target = QApplication.focusWidget()
        for letter in text:
            if letter.isascii():
                QTest.keyClick(target, letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(target, event)

    # What is stored ---------------------------------------------------------------------------

    def shapes(self) -> list[Shape]:
        return list(self.document.reader.shapes(self.document.image_id))

    def shape(self) -> Shape:
        [shape] = self.shapes()
        return shape

    def names(self) -> list[str]:
        by_id = {label.id: label.name for label in self.document.reader.labels()}
        return [by_id[shape.label] for shape in self.shapes()]

    def tags(self) -> list[str]:
        by_id = {label.id: label.name for label in self.document.reader.labels()}
        return sorted(by_id[t.label] for t in self.document.reader.tags(self.document.image_id))


def put(hand: Hand, geometry: Geometry, **fields) -> int:
    """A shape of the first class, stored without the mouse."""
    document = hand.document
    [shape_id] = document.reserve_ids("shape")
    label = document.reader.labels()[0]
    shape = Shape(shape_id, document.image_id, label.id, geometry, **fields)
    assert document.apply(actions.draw(Title.DRAW_BOX, shape))
    return shape_id


def box_of(hand: Hand, shape_id: int) -> Box:
    shape = hand.document.reader.shape(shape_id)
    assert shape is not None
    assert isinstance(shape.geometry, Box)
    return shape.geometry


def near(box: Box, *expected: float) -> bool:
    """Equal to within the screen pixel that the mouse can hit."""
    return (box.x0, box.y0, box.x1, box.y1) == pytest.approx(expected, abs=1.0)

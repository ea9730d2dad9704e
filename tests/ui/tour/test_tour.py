"""The tour leads through five steps and blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from studio.settings import Settings
from studio.ui.canvas.canvas import Canvas
from studio.ui.shell.main_window import MainWindow
from studio.ui.tour.bubble import Bubble

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def bubble(window: MainWindow) -> Bubble:
    assert window.guide.tour is not None
    return window.guide.tour.bubble


def points_at(window: MainWindow, widget: QWidget) -> bool:
    """Whether the arrow's tip is at the widget's edge."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return place.adjusted(-8, -8, 8, 8).contains(bubble(window).tip())


def button_of(window: MainWindow, action_id: str) -> QToolButton:
    action = window.actions_of_window[action_id]
    return next(
        b for b in window.findChildren(QToolButton) if b.defaultAction() is action and b.isVisible()
    )


def test_enter_goes_on_once_the_tour_has_the_keyboard(
    window: MainWindow, canvas: Canvas, qtbot
) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_F1, SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_F1, SHIFT)
    shown = bubble(window)
    titles = [shown.title()]
    while window.guide.tour is not None and len(titles) < 9:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        QApplication.processEvents()
        titles.append(shown.title())
    assert len(set(titles)) == 5
    assert window.guide.tour is None


def test_five_steps_with_real_clicks(window: MainWindow, canvas: Canvas, qtbot) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_F1, SHIFT)
    view = window.view
    assert view is not None
    shown = bubble(window)
    titles = [shown.title()]
    assert not shown.back.isVisible()
    QTest.mouseClick(shown.next, LEFT)
    titles.append(shown.title())
    assert points_at(window, button_of(window, "label.box"))
    assert "Press R" in shown.text()
    for workspace in ("train", "results", "predict"):
        QTest.mouseClick(shown.next, LEFT)
        titles.append(shown.title())
        assert view.workspaces.name == workspace
        QApplication.processEvents()
        assert window.rect().contains(shown.geometry())
    assert points_at(window, button_of(window, "workspace.predict"))
    assert len(set(titles)) == 5
    QTest.mouseClick(shown.back, LEFT)
    assert view.workspaces.name == "results"
    QTest.mouseClick(shown.next, LEFT)
    assert shown.next.text() == "Done"
    QTest.mouseClick(shown.next, LEFT)
    assert window.guide.tour is None
    assert not [each for each in window.findChildren(Bubble) if each.isVisible()]


def test_work_goes_on_beside_the_tour(window: MainWindow, canvas: Canvas) -> None:
    window.guide.show_tour()
    QTest.mouseClick(bubble(window).next, LEFT)
    assert canvas.hasFocus()
    QTest.keyClick(canvas, Qt.Key.Key_R)
    x, y = canvas.viewport.to_widget((250, 200))
    QTest.mousePress(canvas, LEFT, pos=QPoint(round(x), round(y)))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(round(x) + 80, round(y) + 60))
    [shape] = canvas.document.reader.shapes(canvas.document.image_id)
    assert shape.geometry
    assert bubble(window).isVisible()


def test_escape_ends_the_tour_but_first_drops_what_is_in_hand(
    window: MainWindow, canvas: Canvas
) -> None:
    window.guide.show_tour()
    canvas.use("polygon")
    QTest.mouseClick(canvas, LEFT, pos=QPoint(600, 300))
    assert canvas.tool.busy
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.tool.busy
    assert window.guide.tour is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert window.guide.tour is None


def test_skip_ends_the_tour_and_the_keyboard_reaches_it(window: MainWindow, canvas: Canvas) -> None:
    window.guide.show_tour()
    QTest.keyClick(canvas, Qt.Key.Key_F1, SHIFT)
    assert bubble(window).next.hasFocus()
    QTest.keyClick(bubble(window).next, Qt.Key.Key_Space)
    assert window.guide.tour is not None
    assert window.guide.tour.step == 1
    QTest.mouseClick(bubble(window).skip, LEFT)
    assert window.guide.tour is None


def test_the_bubble_follows_the_window_and_the_language(
    window: MainWindow, canvas: Canvas, qtbot
) -> None:
    window.guide.show_tour()
    for _ in range(4):
        QTest.mouseClick(bubble(window).next, LEFT)
    window.resize(1500, 800)
    qtbot.waitUntil(lambda: points_at(window, button_of(window, "workspace.predict")))
    window.set_language("zh_CN")
    qtbot.waitUntil(lambda: points_at(window, button_of(window, "workspace.predict")))
    assert window.rect().contains(bubble(window).geometry())


def test_closing_the_project_ends_the_tour(window: MainWindow, canvas: Canvas, qtbot) -> None:
    window.guide.show_tour()
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None)
    assert window.guide.tour is None


def test_the_tour_comes_up_once_when_the_sample_is_first_opened(window: MainWindow, qtbot) -> None:
    window.flow.sample()
    qtbot.waitUntil(lambda: window.guide.tour is not None, timeout=60_000)
    assert Settings.load().tour_seen
    QTest.mouseClick(bubble(window).skip, LEFT)
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None)
    window.flow.sample()
    qtbot.waitUntil(lambda: window.view is not None, timeout=60_000)
    assert window.guide.tour is None


def test_a_project_of_ones_own_starts_no_tour(window: MainWindow, canvas: Canvas) -> None:
    assert window.guide.tour is None
    assert not Settings.load().tour_seen

"""The frame around self-painted views that have the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from studio.ui import theme
from studio.ui.keys.focus_ring import FocusRing
from studio.ui.style_sheet import set_role


def shown(qtbot) -> tuple[QWidget, QWidget, FocusRing]:
    window = QWidget()
    target = QWidget(window)
    target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    ring = FocusRing(target)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    target.clearFocus()
    return window, target, ring


def test_it_comes_with_tab_and_goes_with_the_keyboard(qtbot) -> None:
    window, target, ring = shown(qtbot)
    target.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    target.clearFocus()
    assert not ring.isVisible()
    target.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()
    shiboken6.delete(window)


def test_a_view_may_be_deleted_while_it_has_the_keyboard(qtbot) -> None:
    for reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason):
        window, target, _ = shown(qtbot)
        target.setFocus(reason)
        shiboken6.delete(target)
        shiboken6.delete(window)


def test_a_button_that_was_reached_by_key_has_one_frame_and_no_second_within(qtbot, qapp) -> None:
    theme.apply(qapp, "light")
    for role in ("", "primary", "hero", "quiet"):
        window = QWidget()
        button = QPushButton("Train", window)
        button.setMinimumWidth(200)
        set_role(button, role)
        QPushButton("Other", window).move(0, 80)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for _ in range(2):
            QTest.keyClick(window, Qt.Key.Key_Tab)
        assert button.hasFocus()
        picture = button.grab().toImage()
        middle = picture.height() // 2
        colors = {picture.pixelColor(x, middle).name() for x in range(8, 60)}
        assert len(colors) == 1, role
        shiboken6.delete(window)

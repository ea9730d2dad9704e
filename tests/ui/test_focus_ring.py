"""The frame around self-painted views that have the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.ui.focus_ring import FocusRing


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

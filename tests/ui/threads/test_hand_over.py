"""Results of other threads come on the window's thread, and never to an object that has gone."""

from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject

from studio.ui.threads.hand_over import to_window


def test_a_call_from_another_thread_comes_on_the_windows(qtbot) -> None:
    receiver, came = QObject(), []
    hand_over = to_window(receiver, lambda word: came.append((word, threading.current_thread())))
    worker = threading.Thread(target=hand_over, args=("bolt",))
    worker.start()
    worker.join()
    assert came == []
    qtbot.waitUntil(lambda: bool(came))
    assert came == [("bolt", threading.main_thread())]


def test_a_receiver_that_went_meanwhile_is_not_called(qtbot) -> None:
    receiver, came = QObject(), []
    hand_over = to_window(receiver, lambda: came.append("gone"))
    worker = threading.Thread(target=hand_over)
    worker.start()
    worker.join()
    shiboken6.delete(receiver)
    qtbot.wait(50)
    assert came == []

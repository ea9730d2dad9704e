"""Answering dialogs that wait for the user, while a test goes on behind them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

LOOK_EVERY_MS = 20


class Answer(QObject):
    """Waits for the next modal dialog and calls ``act`` with it, once."""

    def __init__(self, act: Callable[[QWidget], object], parent: QObject) -> None:
        super().__init__(parent)
        self.given = False
        self._act = act
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.isVisible():
            self._timer.stop()
            self.given = True
            self._act(dialog)

"""Answering dialogs that wait for the user, while a test goes on behind them."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

LOOK_EVERY_MS = 20
PATIENCE_S = 60
"""A dialog that has been left alone for so long waits for an answer that will not come."""


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


class Unanswered(QObject):
    """Turns down dialogs that a test did not expect, which would else stand still for ever.

    A time limit does not end them: whatever it raises is raised within the dialog's event loop.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._seen: tuple[QWidget | None, float] = (None, 0)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog, (seen, since) = QApplication.activeModalWidget(), self._seen
        if dialog is not seen:
            self._seen = dialog, time.monotonic()
        elif isinstance(dialog, QDialog) and time.monotonic() - since > PATIENCE_S:
            is_message = isinstance(dialog, QMessageBox)
            self.texts.append(dialog.text() if is_message else dialog.windowTitle())
            dialog.reject()

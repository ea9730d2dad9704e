"""Asking a disk that may never answer."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QProgressDialog, QWidget

from studio.ui.threads import patience
from studio.ui.threads.patience import Patience

WAITING = ("Open project", "Opening…")


@pytest.mark.parametrize("is_missed", [False, True])
def test_what_nobody_would_miss_gives_way_to_the_next_question(
    qtbot, monkeypatch: pytest.MonkeyPatch, is_missed: bool
) -> None:
    monkeypatch.setattr(patience, "AT_ONCE_S", 0.01)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    asking, may_answer, told = Patience(window), threading.Event(), list[str]()
    given_up = {"given_up": lambda: told.append("given up")} if is_missed else {}
    asking.ask(lambda: may_answer.wait(30), lambda _: told.append("first"), WAITING, **given_up)
    asking.ask(lambda: None, lambda _: told.append("second"), WAITING)
    may_answer.set()
    qtbot.waitUntil(lambda: told == (["first"] if is_missed else ["second"]))
    qtbot.waitUntil(lambda: window.findChild(QProgressDialog) is None)

"""How many images are done, in the status bar: the same where they are counted on a thread."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.domain.project import State
from studio.editing import actions
from studio.ui.canvas.canvas import Canvas
from studio.ui.shell import counting
from studio.ui.shell.main_window import MainWindow


@pytest.mark.parametrize("large", [0, 5000])
def test_the_status_bar_follows_what_is_marked_done(
    window: MainWindow, project: Path, qtbot, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(counting, "LARGE", large)
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    qtbot.waitUntil(lambda: said(window, "0 of 3 done"))
    for number, image_id in enumerate(document.reader.image_ids(), 1):
        document.apply(actions.mark([document.reader.status(image_id)], State.DONE))
        window.view._counter.count()  # one more while another is under way
        qtbot.waitUntil(lambda number=number: said(window, f"{number} of 3 done"))


def test_what_was_skipped_is_not_called_done(window: MainWindow, project: Path, qtbot) -> None:
    window.flow.open(project)
    assert window.view is not None
    [canvas] = window.findChildren(Canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(
        canvas,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: said(window, "1 of 3 done  ·  1 skipped"))


def test_a_project_is_given_up_while_its_images_are_counted(
    window: MainWindow, project: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "LARGE", 0)
    window.flow.open(project)
    window.close_project()
    qtbot.waitUntil(lambda: window.view is None)
    assert not said(window, "done")


def test_what_the_session_brought_is_what_was_labelled_image_by_image(
    window: MainWindow, project: Path, qtbot
) -> None:
    window.flow.open(project)
    assert window.view is not None
    document = window.view.document
    ids, [group] = document.reader.image_ids(), document.reader.tag_groups()
    bolt, nut = document.reader.labels()
    document.apply(actions.tag_images(ids, group, bolt, {}))
    assert not said(window, "labelled")
    assert "several images at once" in window.status.pace.toolTip()
    document.apply(actions.tag(ids[0], group, nut, document.reader.tags(ids[0])))
    assert said(window, "1 labelled")


def said(window: MainWindow, text: str) -> bool:
    labels = (getattr(child, "text", str)() for child in window.status.findChildren(QWidget))
    return any(text in str(label) for label in labels)

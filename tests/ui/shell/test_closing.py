"""Closing while something works in the background: asked for, paused, never hanging."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from studio.editing.session import Session
from studio.jobs.protocol import CallRequest
from studio.jobs.thread import JobThread
from studio.ui.main_window import MainWindow
from tests import making
from tests.ui.modal import Answer


def begin_job(window: MainWindow, qtbot, project: Path) -> JobThread:
    window.flow.open(project)
    assert window.view is not None
    request = CallRequest("tests.jobs.tasks:count", {"total": 100_000, "pause_s": 0.02})
    job = window.view.queue.submit(request)
    with qtbot.waitSignal(job.event_arrived, timeout=30_000):
        pass
    return job


def answer(window: MainWindow, button_text: str) -> list[str]:
    asked: list[str] = []

    def act(box: object) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(each for each in box.buttons() if each.text() == button_text).click()

    Answer(act, window)
    return asked


def test_a_running_job_is_paused_before_the_window_goes(
    window: MainWindow, qtbot, project: Path
) -> None:
    job = begin_job(window, qtbot, project)
    assert window.status.job.isVisible()
    assert window.status.job.text() == "Working"
    asked = answer(window, "Pause and close")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    assert asked == ["A background job is still at work."]
    assert job.result is not None
    assert job.result.state == "paused"
    Session.open(project).close()


def test_the_user_may_think_better_of_it(window: MainWindow, qtbot, project: Path) -> None:
    job = begin_job(window, qtbot, project)
    answer(window, "Cancel")
    window.close()
    assert window.isVisible()
    assert job.result is None
    answer(window, "Pause and close")


def test_a_scan_under_way_is_cut_short(window: MainWindow, qtbot, project: Path) -> None:
    for number in range(300):
        making.picture(project.parent / "more" / f"{number}.png", seed=number % 5)
    window.flow.open(project)
    assert window.view is not None
    window.view.scanner.scan([project.parent / "more"])
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    Session.open(project).close()

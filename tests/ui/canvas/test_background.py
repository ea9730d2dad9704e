"""What tools work out on a thread of their own: new questions win, errands are never lost."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from studio.ui.canvas.tools.background import Background


@pytest.fixture
def owner(qapp):
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.fixture
def background(owner):
    background = Background(owner)
    yield background
    background.close()


def test_only_the_newest_question_is_answered(background, qtbot) -> None:
    answers: list[int] = []
    stopped: list[bool] = []
    go = threading.Event()

    def slow(should_stop) -> int:
        go.wait(10)
        stopped.append(should_stop())
        return 1

    background.ask(slow, answers.append)
    background.ask(lambda _: 2, answers.append)
    background.ask(lambda _: 3, answers.append)
    assert background.is_asked
    go.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [3]
    assert stopped in ([], [True])
    assert not background.is_asked


def test_what_is_forgotten_is_not_told(background, qtbot) -> None:
    answers: list[int] = []
    background.ask(lambda _: 1, answers.append)
    background.forget()
    background.run(lambda: 2, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [2]


def test_no_answer_comes_before_the_question_is_asked(background, qtbot) -> None:
    answers: list[int] = []
    for _ in range(200):
        background.ask(lambda _: 1, answers.append)
        assert answers == []
    qtbot.waitUntil(lambda: answers == [1])


def test_errands_are_run_in_turn_and_taken_on_the_windows_thread(background, qtbot) -> None:
    taken: list[tuple[int, bool]] = []
    main = threading.current_thread()
    for number in range(3):
        background.run(
            lambda n=number: n,
            lambda n: taken.append((n, threading.current_thread() is main)),
        )
    qtbot.waitUntil(lambda: len(taken) == 3)
    assert taken == [(0, True), (1, True), (2, True)]


def test_closing_takes_what_errands_bring_and_leaves_questions(owner, qtbot) -> None:
    background = Background(owner)
    taken: list[str] = []
    background.run(lambda: "errand", taken.append)
    background.ask(lambda _: "question", taken.append)
    background.close()
    assert taken == ["errand"]
    background.run(lambda: "late", taken.append)
    background.ask(lambda _: "late", taken.append)
    background.close()
    qtbot.wait(20)  # what was handed over already is not taken twice
    assert taken == ["errand"]


def test_an_error_is_not_swallowed(background, qtbot) -> None:
    def fail() -> None:
        raise ValueError("broken")

    with qtbot.capture_exceptions() as errors:
        background.run(fail, lambda _: None)
        qtbot.waitUntil(lambda: bool(errors))
    assert [str(error[1]) for error in errors] == ["broken"]

"""Only the newest question counts, one is answered at a time, and none after the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject

from studio.errors import StudioError
from studio.storage.reader import Reader
from studio.ui.threads.latest import Latest
from studio.ui.threads.work import Work
from tests import making


@dataclass
class Oracle:
    """Takes its time over each question, until it may answer."""

    may_answer: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    asked: list[str] = field(default_factory=list)

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        assert self.may_answer.acquire(timeout=10)
        if question == "why":
            raise StudioError("Nobody knows.")
        return f"{question}!"

    def has_been_asked(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.asked) == count


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def latest(oracle: Oracle, qtbot) -> Iterator[Latest]:
    parent = QObject()
    latest = Latest(oracle, parent, pause_ms=30)
    yield latest
    oracle.may_answer.release(9)
    latest.close()


@pytest.fixture
def told(latest: Latest) -> list[object]:
    answers: list[object] = []
    latest.answered.connect(answers.append)
    latest.failed.connect(lambda error: answers.append(str(error)))
    return answers


def test_another_question_takes_the_place_of_the_older_ones(latest, oracle, told, qtbot) -> None:
    latest.ask("bolt")
    qtbot.waitUntil(oracle.has_been_asked(1))
    latest.ask("nut")
    latest.ask("washer")
    assert latest.busy
    oracle.may_answer.release(3)
    qtbot.waitUntil(lambda: not latest.busy)
    assert oracle.asked == ["bolt", "washer"]
    assert told == ["washer!"]


def test_the_same_question_is_answered_and_looked_up_again(latest, oracle, told, qtbot) -> None:
    latest.ask("bolt")
    qtbot.waitUntil(oracle.has_been_asked(1))
    latest.ask("bolt")
    latest.ask("bolt")
    oracle.may_answer.release()
    qtbot.waitUntil(lambda: told == ["bolt!"])
    oracle.may_answer.release()
    qtbot.waitUntil(lambda: told == ["bolt!", "bolt!"])
    assert not latest.busy


def test_questions_that_follow_one_another_are_answered_once(latest, oracle, told, qtbot) -> None:
    oracle.may_answer.release(9)
    for question in ("bolt", "nut", "washer"):
        latest.ask_soon(question)
    assert latest.busy
    assert not oracle.asked
    qtbot.waitUntil(lambda: not latest.busy)
    assert oracle.asked == ["washer"]
    assert told == ["washer!"]


def test_a_dropped_question_gets_no_answer(latest, oracle, told, qtbot) -> None:
    latest.ask("bolt")
    qtbot.waitUntil(oracle.has_been_asked(1))
    latest.drop()
    oracle.may_answer.release(2)
    qtbot.waitUntil(lambda: not latest.busy)
    latest.ask("nut")
    qtbot.waitUntil(lambda: not latest.busy)
    assert told == ["nut!"]


def test_a_sentence_is_told_and_the_next_question_answered(latest, oracle, told, qtbot) -> None:
    oracle.may_answer.release(2)
    latest.ask("why")
    qtbot.waitUntil(lambda: not latest.busy)
    latest.ask("bolt")
    qtbot.waitUntil(lambda: not latest.busy)
    assert told == ["Nobody knows.", "bolt!"]


def test_nothing_is_told_or_begun_after_closing(latest, oracle, told, qtbot) -> None:
    latest.ask("bolt")
    latest.ask("nut")
    qtbot.waitUntil(oracle.has_been_asked(1))
    oracle.may_answer.release()
    latest.close()
    latest.ask("washer")
    latest.ask_soon("washer")
    qtbot.wait(60)
    assert oracle.asked == ["bolt"]
    assert told == []


def test_closing_breaks_off_what_is_being_read(tmp_path: Path, qtbot) -> None:
    session = making.project(tmp_path, images=1)
    asked: list[str] = []

    def count_for_ever(reader: Reader, what: str) -> None:
        asked.append(what)
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        reader.select(f"{numbers} SELECT count(*) FROM n")

    parent = QObject()
    latest = Latest(count_for_ever, parent, project=session.project)
    latest.ask("sheep")
    qtbot.waitUntil(lambda: asked == ["sheep"])
    latest.close()  # or this test never ends
    session.close()


def test_work_deletes_itself_and_may_be_closed_all_the_same(qtbot) -> None:
    def task(_: Callable[[], bool]) -> Generator[int, None, None]:
        yield 1

    parent = QObject()
    work = Work(task, parent)
    with qtbot.waitSignal(work.succeeded):
        work.start()
    qtbot.waitUntil(lambda: not shiboken6.isValid(work))
    assert not parent.children()
    work.cancel()
    work.close()

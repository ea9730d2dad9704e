"""The quick classifier while one tags: it comes by itself, suggests, and never decides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from studio.domain.project import Changes, State
from studio.domain.runs import Task
from studio.jobs import quick_process
from studio.jobs.protocol import CallRequest
from studio.settings import Settings
from studio.ui import theme
from studio.ui.document import Document
from studio.ui.label.view_panel import ViewPanel
from studio.ui.suggest.suggestions import Looking
from studio.ui.thumbnails.loader import ThumbnailLoader
from tests import making
from tests.ui import playing, playing_quick
from tests.ui.label.hand import Hand

ANSWERS = {
    "003.png": {"bolt": 0.2, "nut": 0.7, "washer": 0.1},
    "004.png": {"bolt": 0.9, "nut": 0.06, "washer": 0.04},
    "005.png": {"nut": 0.8, "bolt": 0.6, "washer": 0.1},
}


@pytest.fixture
def document(tmp_path: Path, qapp) -> Iterator[Document]:
    theme.apply(qapp, "light")
    document = Document(making.project(tmp_path, images=7, width=80, height=60))
    yield document
    ThumbnailLoader.of(document).close()
    document.close()


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    monkeypatch.setattr(quick_process, "MODULE", "tests.ui.playing_quick")

    def answer(played: object) -> None:
        monkeypatch.setenv(playing_quick.ANSWERS, json.dumps(played))

    answer(ANSWERS)
    return answer


@pytest.fixture
def hand(document: Document, play, qtbot) -> Iterator[Hand]:
    making.labels(document.session, "bolt", "nut", "washer")
    hand = Hand(document)
    document.announce(Changes(labels=True))
    hand.show(qtbot)
    hand.key(Qt.Key.Key_T)
    yield hand
    hand.close()


def tag(hand: Hand, digits: str) -> None:
    """Tag image after image with these classes."""
    for digit in digits:
        hand.key(Qt.Key(ord(digit)))
        hand.key(Qt.Key.Key_D)


def said(hand: Hand) -> str:
    return hand.workspace.suggestion_bar._said.toolTip()


def wait(hand: Hand, qtbot) -> None:
    suggestions = hand.workspace.suggestions
    qtbot.waitUntil(lambda: bool(suggestions.open), timeout=20_000)


def test_after_a_few_tags_the_next_image_has_a_suggestion(hand: Hand, qtbot) -> None:
    suggestions, switch = hand.workspace.suggestions, hand.actions["label.suggestions"]
    tag(hand, "112")
    assert not suggestions.on
    tag(hand, "2")  # the fourth image; every class in use has two now
    assert suggestions.on and switch.isChecked()
    wait(hand, qtbot)
    assert [(each.label.name, each.score) for each in suggestions.open] == [("bolt", 0.9)]
    assert said(hand).startswith("bolt 90%")
    assert "Quick classifier, 24 image" in said(hand) and "about 88% right" in said(hand)
    assert "suggestion" not in said(hand)  # there is room for little, and it is one
    hand.key(Qt.Key.Key_Return)
    assert hand.tags() == ["bolt"]
    reader, image_id = hand.document.reader, hand.document.image_id
    [tagged] = reader.tags(image_id)
    assert (tagged.run, tagged.score) == (None, None)
    assert reader.status(image_id).tags is State.IN_PROGRESS
    assert reader.proposals(image_id) == ()
    assert suggestions.open == ()
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.tags() == []
    assert [each.label.name for each in suggestions.open] == ["bolt"]
    hand.key(Qt.Key.Key_D)
    assert [each.label.name for each in suggestions.open] == ["nut"]  # looked at ahead
    hand.key(Qt.Key.Key_X)
    suggestions.set_min_score(0.3)
    assert [each.label.name for each in suggestions.open] == ["bolt"]  # the next best


def test_it_leaves_with_the_tag_tool_and_stays_off_when_turned_off(hand: Hand, qtbot) -> None:
    suggestions = hand.workspace.suggestions
    tag(hand, "1122")
    wait(hand, qtbot)
    hand.key(Qt.Key.Key_V)
    assert not suggestions.on and suggestions.shown == ()
    hand.key(Qt.Key.Key_T)
    assert suggestions.on
    hand.key(Qt.Key.Key_U)
    tag(hand, "1")
    assert not suggestions.on
    hand.key(Qt.Key.Key_U)
    wait(hand, qtbot)
    hand.actions["label.quick_classifier"].trigger()
    assert suggestions.state is Looking.NO_MODEL
    assert not Settings.load().quick_classifier


def test_switched_off_in_the_settings_it_never_comes(hand: Hand) -> None:
    hand.actions["label.quick_classifier"].trigger()
    tag(hand, "1122")
    assert not hand.workspace.suggestions.on


def test_the_switch_says_what_it_has_changed(hand: Hand, qtbot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    said: list[str] = []
    hand.workspace.hint_changed.connect(said.append)
    hand.key(Qt.Key.Key_U, shift)
    assert said[-1] == "The quick classifier is off."
    hand.key(Qt.Key.Key_U, shift)
    assert "tag two images of each class first" in said[-1]
    hand.key(Qt.Key.Key_V)
    hand.key(Qt.Key.Key_U, shift)
    hand.key(Qt.Key.Key_U, shift)
    assert "helps where images are tagged" in said[-1]
    hand.key(Qt.Key.Key_T)
    labels = [{"id": label.id, "name": label.name} for label in hand.document.reader.labels()]
    playing.finished_run(hand.document.project, Task.CLASSIFY, "small_cnn", labels)
    hand.document.announce(hand.document.session.index_runs())
    hand.key(Qt.Key.Key_U, shift)
    hand.key(Qt.Key.Key_U, shift)
    assert "A trained model can suggest tags here" in said[-1]


def test_several_tags_are_suggested_and_accepted_together(hand: Hand, play, qtbot) -> None:
    play({"004.png": {"nut": 0.8, "bolt": 0.6, "washer": 0.1}})
    hand.workspace.classes.several.click()
    tag(hand, "1122")
    wait(hand, qtbot)
    hand.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hand.tags() == ["bolt", "nut"]


def test_what_the_user_asks_for_comes_first(hand: Hand, qtbot) -> None:
    suggestions = hand.workspace.suggestions
    tag(hand, "1122")
    wait(hand, qtbot)
    counting = CallRequest("tests.jobs.tasks:count", {"total": 1})
    asked = hand.queue.submit(counting)
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_D)
    assert suggestions.state is Looking.WAITING
    qtbot.waitUntil(lambda: asked.result is not None, timeout=20_000)
    hand.key(Qt.Key.Key_A)
    wait(hand, qtbot)
    assert [each.label.name for each in suggestions.open] == ["nut"]


def test_when_it_fails_it_says_why_and_is_not_started_again(hand: Hand, play, qtbot) -> None:
    play({})
    tag(hand, "1122")
    qtbot.waitUntil(lambda: said(hand) == "The weights are damaged.", timeout=20_000)
    play(ANSWERS)
    tag(hand, "1")
    assert hand.workspace.suggestions.state is Looking.FAILED
    hand.keys((Qt.Key.Key_U, Qt.Key.Key_U))  # off and on again
    wait(hand, qtbot)


def test_it_can_be_switched_off_in_the_view_panel(hand: Hand, qtbot) -> None:
    tag(hand, "1122")
    wait(hand, qtbot)
    hand.key(Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    [panel] = hand.canvas.findChildren(ViewPanel)
    assert panel.boxes["suggestions"].isChecked()
    panel.boxes["quick_classifier"].click()
    assert not hand.workspace.suggestions.on
    assert not panel.boxes["suggestions"].isChecked()

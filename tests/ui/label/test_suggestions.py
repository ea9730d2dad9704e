"""The newest model's suggestions while labelling: shown, accepted, rejected, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from studio.domain.edits import Title, created
from studio.domain.project import State
from studio.domain.runs import Task
from studio.domain.shapes import Box, Points, RotatedBox, Shape
from studio.jobs.protocol import CallRequest
from studio.learning.events import ImagePredicted
from studio.storage import runs
from studio.ui.suggest.suggestions import Looking, Suggestions
from tests.ui import playing
from tests.ui.label.hand import Hand, put

BOLT, NUT = Box(10, 10, 30, 20), Box(36, 24, 56, 40)


def found(hand: Hand, name: str, score: float, box: Box) -> dict[str, Any]:
    label = next(each for each in hand.document.reader.labels() if each.name == name)
    bbox = [box.x0, box.y0, box.width, box.height]
    return {"label": name, "label_id": label.id, "score": score, "bbox": bbox}


Model = Callable[..., Suggestions]


@pytest.fixture
def model(hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch) -> Model:
    """Turns suggestions on, of a run that answers as told by file name."""

    def make(task: Task, answers: dict[str, Any], **more: Any) -> Suggestions:
        playing.use(monkeypatch, answers=answers, **more)
        document = hand.document
        labels = [{"id": e.id, "name": e.name, "color": e.color} for e in document.reader.labels()]
        playing.finished_run(document.project, task, "a_model", labels)
        document.announce(document.session.index_runs())
        hand.key(Qt.Key.Key_U)
        suggestions = hand.workspace.suggestions
        qtbot.waitUntil(lambda: suggestions.state is Looking.DONE, timeout=20_000)
        return suggestions

    return make


@pytest.fixture
def detector(hand: Hand, model: Model) -> Suggestions:
    objects = [found(hand, "bolt", 0.9, BOLT), found(hand, "nut", 0.7, NUT)]
    objects.append(found(hand, "nut", 0.3, Box(2, 40, 12, 46)))
    return model(Task.DETECT, {"000.png": {"objects": objects}})


def drawn(hand: Hand) -> list[tuple[str, Any]]:
    names = {label.id: label.name for label in hand.document.reader.labels()}
    shapes = hand.document.reader.shapes(hand.document.image_id)
    return [(names[shape.label], shape.geometry) for shape in shapes]


def test_enter_accepts_the_surest_and_goes_on(hand: Hand, detector: Suggestions) -> None:
    assert [each.label.name for each in detector.open] == ["bolt", "nut"]  # 0.3 is too weak
    hand.key(Qt.Key.Key_Return)
    assert drawn(hand) == [("bolt", BOLT)]
    [shape] = hand.document.reader.shapes(hand.document.image_id)
    assert (shape.run, shape.score) == (1, 0.9)
    assert hand.document.reader.status(hand.document.image_id).shapes is State.IN_PROGRESS
    hand.key(Qt.Key.Key_Return)
    assert drawn(hand) == [("bolt", BOLT), ("nut", NUT)]
    assert detector.chosen is None


def test_x_rejects_and_undo_brings_it_back(hand: Hand, detector: Suggestions) -> None:
    hand.key(Qt.Key.Key_X)
    assert drawn(hand) == []
    assert [each.label.name for each in detector.open] == ["nut"]
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.label.name for each in detector.open] == ["bolt", "nut"]


def test_shift_enter_accepts_all_that_is_shown_in_one_edit(
    hand: Hand, detector: Suggestions
) -> None:
    detector.set_min_score(0.2)
    hand.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert len(drawn(hand)) == 3
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert drawn(hand) == []


def test_what_a_human_has_drawn_there_keeps_its_suggestion_back(
    hand: Hand, detector: Suggestions
) -> None:
    hand.key(Qt.Key.Key_R)
    hand.drag((11, 10), (30, 20))
    assert [each.label.name for each in detector.shown if each.held] == ["bolt"]
    assert detector.chosen is not None and detector.chosen.label.name == "nut"
    hand.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [name for name, _ in drawn(hand)] == ["bolt", "nut"]


def test_a_click_chooses_and_a_double_click_accepts(hand: Hand, detector: Suggestions) -> None:
    hand.key(Qt.Key.Key_V)
    hand.click((45, 30))
    assert detector.chosen is not None and detector.chosen.label.name == "nut"
    hand.double_click((45, 30))
    assert drawn(hand) == [("nut", NUT)]


def test_an_open_polygon_keeps_its_enter(hand: Hand, detector: Suggestions) -> None:
    hand.key(Qt.Key.Key_P)
    for point in ((40, 4), (50, 4), (45, 12)):
        hand.click(point)
    hand.key(Qt.Key.Key_Return)
    assert len(drawn(hand)) == 1
    assert len(detector.open) == 2


def test_enter_finishes_what_is_being_painted_before_it_accepts(
    hand: Hand, detector: Suggestions
) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag((200, 200), (240, 220))
    assert len(hand.document.selection) == 1
    hand.key(Qt.Key.Key_Return)
    assert len(drawn(hand)) == 1 and not hand.document.selection
    hand.key(Qt.Key.Key_Return)
    assert drawn(hand)[1:] == [("bolt", BOLT)]


def test_x_turns_what_is_selected_until_a_suggestion_is_chosen(
    hand: Hand, detector: Suggestions
) -> None:
    turned = put(hand, RotatedBox(200, 150, 60, 30, 10))
    hand.document.select([turned])
    hand.key(Qt.Key.Key_X)
    assert drawn(hand) == [("bolt", RotatedBox(200, 150, 60, 30, 11))]
    assert len(detector.open) == 2
    hand.key(Qt.Key.Key_V)
    hand.click((45, 30))
    assert not hand.document.selection
    hand.key(Qt.Key.Key_X)
    assert [each.label.name for each in detector.open] == ["bolt"]


def test_x_rejects_although_a_mask_which_cannot_be_turned_is_selected(
    hand: Hand, detector: Suggestions
) -> None:
    hand.key(Qt.Key.Key_B)
    hand.drag((200, 200), (240, 220))
    hand.key(Qt.Key.Key_X)
    assert [each.label.name for each in detector.open] == ["nut"]
    hand.document.select([shape.id for shape in hand.shapes()])
    hand.key(Qt.Key.Key_Period)
    assert not hand.document.selection


def test_the_images_to_come_are_looked_at_before_one_gets_there(
    hand: Hand, model: Model, qtbot
) -> None:
    answers = {name: {"objects": [found(hand, "nut", 0.8, NUT)]} for name in ("000.png", "001.png")}
    suggestions = model(Task.DETECT, answers)
    qtbot.waitUntil(lambda: not hand.queue.jobs, timeout=20_000)
    hand.key(Qt.Key.Key_D)
    assert suggestions.state is Looking.DONE
    assert [each.label.name for each in suggestions.open] == ["nut"]
    assert hand.queue.jobs == ()


def test_what_the_user_asks_for_comes_first(hand: Hand, model: Model, qtbot) -> None:
    answers = {"000.png": {"objects": [found(hand, "nut", 0.8, NUT)]}}
    suggestions = model(Task.DETECT, answers, patient=True)
    [looking_ahead] = hand.queue.jobs
    assert looking_ahead.expendable
    asked = hand.queue.submit(CallRequest("tests.jobs.tasks:count", {"total": 1}))
    qtbot.waitUntil(lambda: asked.result is not None, timeout=20_000)
    assert looking_ahead.result is not None
    assert len(suggestions.open) == 1


def test_what_comes_late_is_of_the_run_that_found_it(
    hand: Hand, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"000.png": {"objects": [found(hand, "nut", 0.8, NUT)]}}
    playing.use(monkeypatch, answers=answers, patient=True)
    document, suggestions = hand.document, hand.workspace.suggestions
    labels = [{"id": e.id, "name": e.name, "color": e.color} for e in document.reader.labels()]
    for _ in range(2):
        playing.finished_run(document.project, Task.DETECT, "a_model", labels)
    document.announce(document.session.index_runs())
    older = document.reader.runs()[0]
    assert older.number == 1

    def choose_the_other(event: object) -> None:
        if isinstance(event, ImagePredicted):
            suggestions.use(older)

    hand.queue.job_submitted.connect(lambda job: job.event_arrived.connect(choose_the_other))
    hand.key(Qt.Key.Key_U)
    shown = {document.image_id}
    qtbot.waitUntil(lambda: document.reader.images_predicted(2) == shown, timeout=20_000)
    qtbot.waitUntil(lambda: document.reader.images_predicted(1) == shown, timeout=20_000)
    assert [each.label.name for each in suggestions.open] == ["nut"]


def test_a_run_that_was_trained_for_longer_looks_anew(hand: Hand, model: Model, qtbot) -> None:
    answers = {"000.png": {"objects": [found(hand, "nut", 0.8, NUT)]}}
    suggestions = model(Task.DETECT, answers)
    qtbot.waitUntil(lambda: not hand.queue.jobs, timeout=20_000)
    folder = runs.find(hand.document.project, 1)
    run = runs.read(folder)
    assert run is not None

    def trained_to(epochs: int, best: int) -> None:
        runs.write(folder, replace(run, epochs=epochs, best_epoch=best))
        hand.document.announce(hand.document.session.index_runs())

    answers["000.png"] = {"objects": [found(hand, "bolt", 0.9, BOLT)]}
    for epochs in (4, 5):  # an older program's record does not name the best epoch yet
        trained_to(epochs, 4)
        assert suggestions.state is Looking.DONE, "nothing was better"
    trained_to(6, 6)
    assert suggestions.state is Looking.COMING
    qtbot.waitUntil(lambda: suggestions.state is Looking.DONE, timeout=20_000)
    assert [each.label.name for each in suggestions.open] == ["bolt"]
    hand.key(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not hand.queue.jobs, timeout=20_000)
    trained_to(7, 7)
    qtbot.waitUntil(lambda: suggestions.state is Looking.DONE, timeout=20_000)
    assert suggestions.open == (), "what was turned down, and is found just so again, stays so"


def test_a_classifier_suggests_a_tag(hand: Hand, model: Model) -> None:
    suggestions = model(Task.CLASSIFY, {"000.png": {"scores": {"bolt": 0.1, "nut": 0.9}}})
    assert [each.geometry for each in suggestions.open] == [None]
    hand.key(Qt.Key.Key_Return)
    reader = hand.document.reader
    [tag] = reader.tags(hand.document.image_id)
    assert next(e.name for e in reader.labels() if e.id == tag.label) == "nut"


def test_another_run_can_be_chosen_until_a_newer_one_of_its_task_comes(
    hand: Hand, detector: Suggestions, qtbot
) -> None:
    document = hand.document
    labels = [{"id": e.id, "name": e.name, "color": e.color} for e in document.reader.labels()]

    def add_run(task: Task) -> int:
        number = playing.finished_run(document.project, task, "a_model", labels)
        document.announce(document.session.index_runs())
        return number

    tagger = add_run(Task.CLASSIFY)
    assert detector.run is not None and detector.run.number == tagger
    hand.workspace.suggestion_bar.choice.choose(1)
    assert detector.run.number == 1
    assert [each.label.name for each in detector.open] == ["bolt", "nut"]
    add_run(Task.CLASSIFY)
    assert detector.run.number == 1
    newer = add_run(Task.DETECT)
    assert detector.run.number == newer


def test_where_objects_are_drawn_a_model_that_draws_comes_first(
    hand: Hand, detector: Suggestions
) -> None:
    document = hand.document
    labels = [{"id": e.id, "name": e.name, "color": e.color} for e in document.reader.labels()]
    hand.key(Qt.Key.Key_Return)  # one is accepted
    playing.finished_run(document.project, Task.CLASSIFY, "a_model", labels)
    document.announce(document.session.index_runs())
    assert detector.run is not None and detector.run.task is Task.DETECT


def test_without_a_model_it_says_what_to_do(hand: Hand) -> None:
    hand.key(Qt.Key.Key_U)
    assert hand.workspace.suggestions.state is Looking.NO_MODEL
    hand.key(Qt.Key.Key_U)
    assert not hand.workspace.suggestions.on


def test_turned_off_nothing_is_shown_and_enter_is_free(hand: Hand, detector: Suggestions) -> None:
    hand.key(Qt.Key.Key_U)
    assert detector.shown == ()
    hand.key(Qt.Key.Key_Return)
    assert drawn(hand) == []


def test_points_are_suggested_and_held_back_where_a_human_has_set_them(
    hand: Hand, model: Model
) -> None:
    names = ("left", "right", "tip")

    def told(dx: float, score: float) -> dict[str, Any]:
        places = ((10 + dx, 10), (24 + dx, 10), (17 + dx, 24))
        points = [
            {"name": name, "x": x, "y": y, "score": 0.9}
            for name, (x, y) in zip(names, places, strict=True)
        ]
        return {**found(hand, "bolt", score, Box(8 + dx, 8, 26 + dx, 26)), "keypoints": points}

    answers = {"000.png": {"objects": [told(0, 0.9), told(30, 0.8)]}}
    suggestions = model(Task.KEYPOINTS, answers)
    assert [each.score for each in suggestions.open] == [0.9, 0.8]
    assert suggestions.at((47, 15)) is suggestions.open[1], "its frame counts, not only its dots"
    hand.key(Qt.Key.Key_Return)
    points = Points(((10, 10), (24, 10), (17, 24)), names=names)
    assert drawn(hand) == [("bolt", points)]
    assert [each.score for each in suggestions.open] == [0.8]
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bolt = next(each for each in hand.document.reader.labels() if each.name == "bolt")
    [number] = hand.document.reserve_ids("shape")
    mine = Points(((11, 11), (23, 11), (17, 23)), names=names)
    shape = Shape(number, hand.document.image_id, bolt.id, mine)
    hand.document.apply(created(Title.SET_POINTS, shape))
    assert [each.score for each in suggestions.open] == [0.8], "a human has set these"


def test_the_narrower_the_bar_the_more_gives_way_before_the_sentence(
    hand: Hand, detector: Suggestions, qtbot
) -> None:
    bar = hand.workspace.suggestion_bar
    needed = bar.fontMetrics().horizontalAdvance("nut 90%  ·  2 suggestions")
    seen: list[tuple[int, bool]] = []
    for window_px in (1024, 1280, 1800):
        before = bar.width()
        hand.workspace.resize(window_px, 700)
        qtbot.waitUntil(lambda before=before: bar.width() != before)
        qtbot.waitUntil(lambda: bar._said.width() > needed)
        seen.append((bar.choice.maximumWidth(), bool(bar.accept.text())))
    assert [named for _, named in seen] == [False, True, True]
    assert seen[1][0] < seen[2][0]

"""Setting up a training: what can be trained, what is missing, what is chosen and why."""

from __future__ import annotations

from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.domain.runs import Task
from studio.domain.shapes import Box
from studio.errors import Sentence, say
from studio.jobs.protocol import TrainRequest
from studio.learning.config import TrainConfig
from studio.learning.events import Notice
from studio.learning.pretrained import weights
from studio.ui import language, theme
from studio.ui.training.runs.notices import NoticeList
from studio.ui.training.setup import fields
from studio.ui.training.workspace import TrainWorkspace
from tests.ui import playing
from tests.ui.workbench import Workbench


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    playing.use(monkeypatch)


def open_workspace(bench: Workbench, qtbot: QtBot) -> TrainWorkspace:
    workspace = bench.show(TrainWorkspace, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    return workspace


def test_an_empty_project_says_what_is_missing(bench: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(bench, qtbot)
    cards = workspace.setup.cards.cards
    assert not any(card.ready for card in cards.values())
    assert "5 more images of washer." in cards[Task.CLASSIFY].status.text()
    assert "5 more images of nut." in workspace.setup.missing.text
    assert not workspace.setup.train.isEnabled()


def test_labelling_makes_a_task_ready_while_the_page_is_open(
    bench: Workbench, qtbot: QtBot
) -> None:
    workspace = open_workspace(bench, qtbot)
    card = workspace.setup.cards.cards[Task.DETECT]
    for image_id in bench.document.reader.image_ids()[:4]:
        bench.box(bench.labels[0], image_id, Box(5, 5, 30, 30))
    qtbot.waitUntil(lambda: card.ready, timeout=10_000)
    assert "4" in card.status.text()


def test_every_choice_is_shown_with_its_reason(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(labelled, qtbot)
    assert workspace.setup.cards.task is Task.CLASSIFY
    lines = workspace.setup.form.lines
    for name in ("epochs", "image_size", "batch_size", "lr", "augmentation", "device"):
        assert lines[name].value.isVisible(), name
        assert lines[name].value.text(), name
        assert lines[name].reason.text(), name
        assert not lines[name].editor.isVisible(), name
        assert lines[name].editor.toolTip(), name
    assert workspace.setup.model.title.text()
    assert workspace.setup.train.isEnabled()


def test_a_choice_of_the_user_stands_until_it_is_reset(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(labelled, qtbot)
    form = workspace.setup.form
    automatic = form.lines["epochs"].value.text()
    qtbot.mouseClick(workspace.setup.options, Qt.MouseButton.LeftButton)
    editor = form.lines["epochs"].editor
    assert editor.isVisible()
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert form.lines["epochs"].value.text() == "at most 7"
    assert form.lines["epochs"].reason.text() == "Chosen by you"
    reset = form.lines["epochs"].reset
    qtbot.waitUntil(lambda: reset.height() > 10)  # the lines have found their places
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert form.lines["epochs"].value.text() == automatic


def test_the_button_trains_what_was_set_up(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(labelled, qtbot)
    workspace.plan.override("epochs", 2)
    workspace.plan.override("model", "small_cnn")
    workspace.setup.refresh()
    with qtbot.waitSignal(labelled.queue.job_submitted) as submitted:
        qtbot.mouseClick(workspace.setup.train, Qt.MouseButton.LeftButton)
    request = submitted.args[0].request
    assert isinstance(request, TrainRequest)
    assert (request.config.model, request.config.epochs) == ("small_cnn", 2)
    assert workspace.setup.train.text() == "Add to queue"
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)
    assert workspace.setup.train.text() == "Train"


def test_a_part_of_the_training_images_is_told_beside_the_button(
    labelled: Workbench, qtbot: QtBot
) -> None:
    workspace = open_workspace(labelled, qtbot)
    assert "16 images to learn from, 4 to check on" in workspace.setup.bar.summary.text()
    workspace.setup._override("train_part", 0.25)
    assert "4 images to learn from, 4 to check on" in workspace.setup.bar.summary.text()


def test_a_gpu_that_torch_cannot_use_is_told_of(
    labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch, facts={**playing.FACTS, "unused_gpu": "NVIDIA RTX 4070"})
    workspace = open_workspace(labelled, qtbot)
    qtbot.waitUntil(lambda: "NVIDIA RTX 4070" in workspace.setup.gpu.text, timeout=20_000)
    assert "pytorch.org" in workspace.setup.gpu.text


def test_missing_weights_leave_the_choice_to_the_user(
    labelled: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing.use(monkeypatch, missing_weights=True)
    workspace = open_workspace(labelled, qtbot)
    workspace.plan.override("epochs", 1)
    workspace.setup.refresh()
    workspace.setup.request_training()
    choice = workspace.setup.weights
    qtbot.waitUntil(choice.isVisible, timeout=20_000)
    assert choice.banner.text == "No weights here."
    qtbot.mouseClick(choice.scratch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(labelled.document.reader.runs()), timeout=20_000)
    qtbot.waitUntil(lambda: workspace.jobs.job is None, timeout=20_000)
    assert not choice.isVisible()


def test_a_file_of_weights_is_taken_in_while_the_window_goes_on(
    labelled: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(labelled, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.setup.levels.cards), timeout=10_000)
    choice, threads = workspace.setup.weights, list[bool]()
    copy, go_on = weights.add, Event()

    def slow(file: Path, model: str = "") -> Sentence:
        threads.append(current_thread() is main_thread())
        assert go_on.wait(20)
        return copy(file, model)

    monkeypatch.setattr(weights, "add", slow)
    choice.offer(TrainConfig(Task.CLASSIFY, "squeezenet1_1"), say("No weights here."))
    (tmp_path / "net.pth").write_bytes(b"damaged")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "net.pth"), ""))

    qtbot.mouseClick(choice.pick, Qt.MouseButton.LeftButton)

    assert choice.banner.text == "Copying the file…" and not choice.pick.isEnabled()
    go_on.set()
    qtbot.waitUntil(choice.pick.isEnabled, timeout=20_000)
    assert threads == [False]
    assert "net.pth is not a file of weights" in choice.banner.text


def test_weights_of_a_model_that_is_not_chosen_any_more_are_not_missed(
    labelled: Workbench, qtbot: QtBot
) -> None:
    setup = open_workspace(labelled, qtbot).setup
    qtbot.waitUntil(lambda: bool(setup.levels.cards), timeout=10_000)
    asked: list[object] = []
    setup.train_requested.connect(asked.append)
    accurate, fast = setup.levels.cards[-1], setup.levels.cards[0]
    qtbot.mouseClick(accurate, Qt.MouseButton.LeftButton)
    config = setup._advice and setup._advice.config
    assert config is not None
    setup.offer_weights(config, say("No weights here."))
    setup._override("epochs", 3)
    assert setup.weights.isVisible()
    qtbot.mouseClick(fast, Qt.MouseButton.LeftButton)
    assert not setup.weights.isVisible() and asked == []


def test_missing_weights_are_told_without_the_ways_of_the_command_line(
    labelled: Workbench, qtbot: QtBot
) -> None:
    choice = open_workspace(labelled, qtbot).setup.weights
    missing = say(
        "The pretrained weights of {model} could not be fetched: {reason} (--from-scratch)",
        model="mobilenet_v2",
        reason="example.org cannot be reached: offline.",
    )
    choice.offer(TrainConfig(Task.CLASSIFY, "mobilenet_v2"), missing)
    said = (
        "The pretrained weights of MobileNet v2 are not on this computer and could not be "
        "downloaded: example.org cannot be reached: offline."
    )
    assert choice.banner.text == said
    choice.retranslate()
    assert choice.banner.text == said


def test_what_was_said_is_said_again_in_another_language(
    bench: Workbench, qapp: QApplication, qtbot: QtBot
) -> None:
    workspace = open_workspace(bench, qtbot)
    qtbot.waitUntil(lambda: bool(workspace.plan.readiness), timeout=10_000)
    setup, config = workspace.setup, TrainConfig(Task.CLASSIFY, "small_cnn")
    killed = say("The background process was killed.")
    setup.show_failure(killed)
    setup.offer_weights(config, killed)
    hints: list[str] = []
    workspace.hint_changed.connect(hints.append)
    language.apply(qapp, "zh_CN")
    workspace.retranslate()
    for text in (setup.failure.text, setup.weights.banner.text, hints[-1]):
        assert text
        assert text.isascii() is False
    language.apply(qapp, "en")
    workspace.retranslate()
    assert setup.failure.text == "The background process was killed."
    assert hints[-1] == "There is too little labelled to train on yet.", "Train cannot be pressed"
    assert not setup.train.isEnabled()


def test_what_values_mean_follows_the_language(
    labelled: Workbench, qtbot: QtBot, qapp: QApplication
) -> None:
    workspace = open_workspace(labelled, qtbot)
    forms = [workspace.setup.form, *(each.form for each in workspace.setup.finer.sections.values())]
    shown: dict[str, list[str]] = {}
    for code in ("zh_CN", "en"):
        language.apply(qapp, code)
        workspace.retranslate()
        shown[code] = []
        for editor in (line.editor for form in forms for line in form.lines.values()):
            if isinstance(editor, QSpinBox):
                shown[code] += [editor.text(), editor.specialValueText()]
            elif isinstance(editor, QLineEdit):
                shown[code].append(editor.placeholderText())
    assert [text for text in shown["zh_CN"] if text.endswith(" 像素")]
    assert [text for text in shown["en"] if text.endswith(" px")]
    assert not [text for text in shown["en"] if not text.isascii()]


def test_notices_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    notices = NoticeList()
    qtbot.addWidget(notices)
    notices.show_notices([Notice("info", say("The background process was killed."))])

    def sign() -> QImage:
        return notices.item(0).icon().pixmap(16, 16).toImage()

    light = sign()
    theme.apply(qapp, "dark")
    QApplication.sendEvent(notices, QEvent(QEvent.Type.PaletteChange))
    assert sign() != light
    theme.apply(qapp, "light")


def test_the_newest_notice_stays_in_sight_in_a_lower_list(qtbot: QtBot) -> None:
    notices = NoticeList()
    qtbot.addWidget(notices)
    notices.resize(300, 200)
    notices.show_notices([Notice("info", say(text)) for text in ("One.", "Two.", "Three.")])
    with qtbot.waitExposed(notices):
        notices.show()
    notices.resize(300, 44)
    newest = notices.visualItemRect(notices.item(2))
    assert notices.viewport().rect().contains(newest.center())


def test_a_refused_value_is_named_as_its_line_is(labelled: Workbench, qtbot: QtBot) -> None:
    workspace = open_workspace(labelled, qtbot)
    workspace.plan.override("backbone_lr_factor", 2.0)
    workspace.setup.refresh()
    reason = workspace.setup.finer.sections[fields.Group.STEPS].form.lines["backbone_lr_factor"]
    assert reason.reason.text() == (
        "Learning rate of pretrained layers (× the rate) is 2.0; it must lie between 0 and 1."
    )


@pytest.mark.parametrize("height", [400, 2000])
def test_the_button_stands_exactly_below_the_cards(
    labelled: Workbench, qtbot: QtBot, height: int
) -> None:
    workspace = open_workspace(labelled, qtbot)
    workspace.resize(2000, height)
    setup = workspace.setup
    cards, button = setup.cards.cards[Task.CLASSIFY], setup.train
    [scroll] = setup.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().isVisible() == (height < 1000))

    def left(widget: QWidget) -> int:
        return widget.mapTo(setup, widget.rect().topLeft()).x()

    qtbot.waitUntil(lambda: left(cards) == left(button), timeout=2_000)

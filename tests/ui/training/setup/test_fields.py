"""Settings in words."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from studio.domain.runs import Task
from studio.errors import ConfigError, Sentence
from studio.learning.choices import ClassWeights, Loss, Sampling
from studio.learning.config import TrainConfig
from studio.ui.training.setup import editors, fields
from studio.ui.wording import messages


def test_tiles_are_told_in_pixels_or_as_whole_images(qtbot) -> None:
    whole = TrainConfig(Task.DETECT, "fasterrcnn_small_cnn_fpn")
    tiled = whole.changed({"tile_size": 640})
    assert fields.value_text(whole, "tile_size") == "Whole images"
    assert fields.value_text(tiled, "tile_size") == "640 px"
    assert "tile_size" in fields.SHOWN
    assert "parts that larger images are seen in" in fields.help_text("tile_size")

    editor = editors.editor("tile_size")
    qtbot.addWidget(editor)
    editor.show_value(0)
    assert editor.text() == "Whole images"
    editor.show_value(640)
    assert editor.text() == "640 px"


def test_every_value_that_can_be_chosen_has_words_of_its_own() -> None:
    for task in Task:
        config = TrainConfig(task, "")
        for name in fields.chosen_by(config):
            offered = fields.choices(config, name)
            words = [fields.choice_name(each) for each in offered]
            assert len(set(words)) == len(offered), name
            assert not set(words) & set(map(str, offered)), "as it stands in files"
    assert fields.choice_name(Sampling.ROOT) == "More often, by square root"
    assert fields.choice_name(ClassWeights.ROOT) == "More, by square root"


def test_a_value_that_is_no_number_is_told_in_words_and_comes_back_by_emptying_the_line(
    qtbot,
) -> None:
    config = TrainConfig(Task.CLASSIFY, "small_cnn")
    for name, meant in (
        ("dropout", "As the model has it"),
        ("ema_decay", "Automatic"),
        ("workers", "Automatic"),
        ("head_epochs", "None"),
        ("freeze", "None"),
        ("blur", "As augmentation says"),
        ("rand_augment", "As augmentation says"),
    ):
        assert fields.value_text(config, name) == meant
        editor = editors.editor(name)
        qtbot.addWidget(editor)
        editor.show_value(getattr(config, name))
        shown = editor.text() or editor.placeholderText()  # type: ignore[union-attr]
        assert shown == meant, name

    editor = editors.editor("dropout")
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value(-1.0)
    decided: list[object] = []
    editor.decided.connect(decided.append)
    qtbot.keyClicks(editor, "0.3\r")
    editor.selectAll()  # type: ignore[union-attr]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert decided == [0.3, -1.0]


@pytest.mark.parametrize(
    ("name", "typed", "shown", "taken"),
    [
        ("contrast", "9", "1", [1.0]),
        ("contrast", "-0.5", "0", [0.0]),
        ("contrast", "-1", "", [-1.0]),
        ("contrast", "0.123456789", "0.123456789", [0.123456789]),
        ("momentum", "1,000", "0.2", []),
        ("contrast", "0,3", "0.3", [0.3]),
        ("lr", "1e-9", "1e-08", [1e-8]),
        ("lr", "", "0.2", []),
        ("lr", "-", "0.2", []),
        ("lr", "3e", "0.2", []),
        ("lr", "nan", "0.2", []),
    ],
)
def test_a_line_never_shows_a_number_that_training_would_not_use(
    qtbot, name, typed, shown, taken
) -> None:
    editor = editors.editor(name)
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value(0.2)
    decided: list[object] = []
    editor.decided.connect(decided.append)
    editor.selectAll()  # type: ignore[union-attr]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, typed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.text(), decided) == (shown, taken)  # type: ignore[union-attr]
    for value in decided:
        TrainConfig(Task.CLASSIFY, "small_cnn").changed({name: value})


@pytest.mark.parametrize(
    ("changes", "plain", "said"),
    [
        (
            {"loss": Loss.CE_DICE},
            "loss cannot be ce_dice for detect; choose one of own, giou.",
            "Loss cannot be “Cross-entropy and Dice” for Detect; choose one of “The model's usual "
            "one”, “Generalised IoU of boxes”.",
        ),
        (
            {"class_weights": ClassWeights.ROOT},
            "class_weights must be none for detect: its models have losses of their own; use "
            "sampling instead.",
            "Rare classes count must be “Like the others” for Detect: its models have losses of "
            "their own; use “Rare classes are shown” instead.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_names_of_the_window(qapp, changes, plain, said):
    with pytest.raises(ConfigError) as raised:
        TrainConfig(task=Task.DETECT, model="yolox_nano", **changes)
    assert str(raised.value) == plain
    assert messages.sentence(fields.in_words(raised.value.sentence)) == said
    again = json.loads(json.dumps(raised.value.sentence.to_json()))
    assert Sentence(**again) == raised.value.sentence

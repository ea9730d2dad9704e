"""Settings in words."""

from __future__ import annotations

from studio.domain.runs import Task
from studio.learning.choices import ClassWeights, Sampling
from studio.learning.config import TrainConfig
from studio.ui.training import editors, fields


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
    assert fields.choice_name(Sampling.ROOT) == "More often, by square root"
    assert fields.choice_name(ClassWeights.ROOT) == "More, by square root"

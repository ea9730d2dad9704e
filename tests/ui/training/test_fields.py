"""Settings in words."""

from __future__ import annotations

from studio.domain.runs import Task
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
